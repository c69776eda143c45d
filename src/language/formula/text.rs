//! Text in formulas: values as files have them, and what the functions of text do.

use rust_decimal::Decimal;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{
    RecordId,
    words::{duration, money::Money, number},
};

use super::{
    datum::{Amount, Datum, rounded, settled},
    functions::FunctionId,
    types::Ty,
};

/// A value of a type as files have it: codes, ISO dates, plain numbers. `None` where it is too large.
pub(super) fn written(datum: &Datum, ty: Ty) -> Option<String> {
    Some(match datum {
        Datum::Number(number) if ty == Ty::Percent => {
            format!("{}%", number::print(settled(number.checked_mul(Decimal::ONE_HUNDRED)?)))
        }
        Datum::Number(number) => number::print(settled(*number)),
        Datum::Money(amount) => written_amount(*amount)?,
        Datum::Amounts(amounts) => {
            amounts.iter().map(|amount| written_amount(*amount)).collect::<Option<Vec<_>>>()?.join(", ")
        }
        Datum::Text(text) => text.clone(),
        Datum::Date(day) => day.to_string(),
        Datum::Instant(at) => at.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        Datum::Duration(seconds) => duration::print(i64::try_from(rounded(*seconds, 0)?).ok()?),
        Datum::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Datum::Choice(number) => match ty {
            Ty::Choice(def) => def.choice(*number)?.code.to_owned(),
            _ => return None,
        },
        Datum::Link(number) => match ty {
            Ty::Link(kind) => RecordId::new(kind, *number).to_string(),
            _ => return None,
        },
    })
}

/// An amount with the digits of its currency; a bare number without one.
fn written_amount(amount: Amount) -> Option<String> {
    let Some(currency) = amount.currency else { return Some(number::print(settled(amount.number))) };
    let digits = u32::from(currency.digits());
    let minor = rounded(amount.number, digits as i32)?.checked_mul(Decimal::from(10_u64.pow(digits)))?;
    Some(Money { minor: i128::try_from(minor).ok()?, currency }.to_string())
}

/// What a function of text gives.
pub(super) fn changed(id: FunctionId, texts: &[String]) -> Option<String> {
    Some(match (id, texts) {
        (FunctionId::Title, [text]) => text.split_word_bounds().map(capitalized).collect(),
        (FunctionId::Lower, [text]) => text.to_lowercase(),
        (FunctionId::Trim, [text]) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        (FunctionId::Replace, [text, old, _]) if old.is_empty() => text.clone(),
        (FunctionId::Replace, [text, old, new]) => text.replace(old.as_str(), new),
        _ => return None,
    })
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}
