//! Numbers with decimals: no finer than their field has them, and within its bounds.

use rust_decimal::Decimal;

use super::{in_words, refuse};
use crate::{
    domain::{
        field::{FieldDef, Type},
        words::{
            self,
            figures::Mark,
            money::too_fine,
            number::{self, Number},
        },
    },
    error::Result,
    text::said,
};

/// The number that a text says for a field, whether or not the field takes so much, or so many decimals: figures or
/// numerals, with the field's measure word.
pub fn exact_of(def: &FieldDef, text: &str, mark: Option<Mark>) -> words::Result<Decimal> {
    let decimals = def.most_decimals();
    if def.ty == Type::Rate {
        return number::rate(text, mark, decimals);
    }
    let read = |text: &str| Number::read(text, mark).and_then(|number| number.with_decimals(text, decimals));
    let counted = def.measures.iter().find_map(|measure| text.trim_end().strip_suffix(measure));
    match counted.map(read) {
        Some(Ok(number)) => Ok(number),
        _ => read(text),
    }
}

pub(super) fn exact(def: &FieldDef, text: &str, mark: Option<Mark>) -> Result<Decimal> {
    let number = in_words(def, text, exact_of(def, text, mark))?;
    exact_in_range(def, text, number)
}

/// The number, if the field takes so much and so many decimals.
pub fn exact_in_range(def: &FieldDef, text: &str, number: Decimal) -> Result<Decimal> {
    let number = number.normalize();
    let decimals = def.most_decimals();
    if number.scale() > u32::from(decimals) {
        let what = said!("'{}' is finer than this field has it", "“{}”比该字段的精度更细", text.trim());
        return in_words(def, text, Err(too_fine(&what, decimals)));
    }
    let (least, greatest) = def.range();
    if (Decimal::from(least)..=Decimal::from(greatest)).contains(&number) {
        return Ok(number);
    }
    let sign = if def.ty == Type::Rate { "%" } else { "" };
    Err(match (least, greatest) {
        (_, i64::MAX) if number > Decimal::from(greatest) => refuse(def, text, &said!("is too large", "太大")),
        (i64::MIN, i64::MAX) => refuse(def, text, &said!("is too small", "太小")),
        (_, i64::MAX) => refuse(def, text, &said!("is less than {least}{sign}", "小于 {least}{sign}"))
            .hint(said!("write a number from {least}{sign} on", "请写不小于 {least}{sign} 的数")),
        _ => refuse(
            def,
            text,
            &said!("is not between {least}{sign} and {greatest}{sign}", "不在 {least}{sign} 到 {greatest}{sign} 之间"),
        )
        .hint(said!(
            "write a number from {least}{sign} to {greatest}{sign}",
            "请写 {least}{sign} 到 {greatest}{sign} 之间的数"
        )),
    })
}
