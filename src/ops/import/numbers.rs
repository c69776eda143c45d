//! How numbers of a column are written: which sign parts the decimals, which one groups of digits.
//!
//! `1.000` is a thousand in a German file and one in an English one, and no single cell says which. A column does, by any
//! cell with both signs, with one of them twice, or with another number of digits than three behind it; and where the
//! heading is Chinese, Japanese or Korean a comma stands between thousands. Neither the locale of the machine nor anything
//! else decides for it; the person may, with `--decimal`.

use crate::{
    domain::{FieldDef, Type, words::figures::Mark},
    error::{Error, Result},
    text::{Said, fold_cow, said},
};

/// Whether the cells of a field are numbers of which a column says how they are written, and its heading in which unit.
pub(super) const fn counts(def: &FieldDef) -> bool {
    matches!(def.ty, Type::Money | Type::UnitPrice | Type::Whole | Type::Decimal | Type::Rate)
}

/// What `--decimal` says stands before decimals.
///
/// # Errors
/// `Usage` for anything but the two.
pub(super) fn mark_named(text: &str) -> Result<Mark> {
    match text {
        "." | "point" | "．" => Ok(Mark::Point),
        "," | "comma" | "，" => Ok(Mark::Comma),
        _ => Err(Error::usage(said!("--decimal does not know '{}'", "--decimal 不能是“{}”", crate::text::scrub(text)))
            .hint(said!("write --decimal , or --decimal .", "请写 --decimal , 或 --decimal ."))),
    }
}

/// Whether a character is one of Chinese, Japanese or Korean: Han, kana, Hangul, or a full-width form.
const fn is_east_asian(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{2fdf}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// What a cell says of the decimal sign of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalSign {
    /// Nothing: it has neither sign.
    Nothing,
    /// That it is this one.
    Sign(Mark),
    /// It is read differently by either.
    Either,
}

/// What the cells of a column so far say of its decimal sign: the line of the first that says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecimalEvidence {
    /// That decimals stand behind a point.
    pub point: Option<u32>,
    /// That they stand behind a comma.
    pub comma: Option<u32>,
    /// That both are possible.
    pub either: Option<u32>,
    /// How many say that they stand behind a point.
    points: u64,
    /// How many say that they stand behind a comma.
    commas: u64,
}

impl DecimalEvidence {
    /// Takes in what the cell at a line says.
    pub fn hear(&mut self, says: DecimalSign, line: u32) {
        let slot = match says {
            DecimalSign::Nothing => return,
            DecimalSign::Sign(Mark::Point) => &mut self.point,
            DecimalSign::Sign(Mark::Comma) => &mut self.comma,
            DecimalSign::Either => &mut self.either,
        };
        slot.get_or_insert(line);
        self.points += u64::from(says == DecimalSign::Sign(Mark::Point));
        self.commas += u64::from(says == DecimalSign::Sign(Mark::Comma));
    }

    /// Takes in what cells further down say.
    pub fn join(&mut self, other: Self) {
        self.point = self.point.or(other.point);
        self.comma = self.comma.or(other.comma);
        self.either = self.either.or(other.either);
        self.points += other.points;
        self.commas += other.commas;
    }

    /// Whether cells say different things.
    pub const fn disagrees(&self) -> bool {
        self.point.is_some() && self.comma.is_some()
    }

    /// The sign of the column; nothing where no cell needs one. Where every cell tells its own, most of them decide, and
    /// the others do not fit.
    ///
    /// # Errors
    /// `Invalid` where cells say different things and that decides nothing, or none says anything and one needs it.
    pub fn decide(self, heading: &str) -> Result<Option<Mark>> {
        let undecided = |what: Said| {
            Err(Error::invalid(what).hint(said!(
                "say which sign parts the decimals: --decimal , or --decimal .",
                "请说明小数点的写法：--decimal , 或 --decimal ."
            )))
        };
        match self {
            Self { either: None, points, commas, .. } if points != commas && self.disagrees() => {
                Ok(Some(if points > commas { Mark::Point } else { Mark::Comma }))
            }
            Self { point: Some(point), comma: Some(comma), .. } => undecided(said!(
                "line {point} of '{heading}' has its decimals behind a point, line {comma} behind a comma",
                "“{heading}”第 {point} 行以点为小数点，第 {comma} 行以逗号为小数点"
            )),
            Self { point: Some(_), .. } => Ok(Some(Mark::Point)),
            Self { comma: Some(_), .. } => Ok(Some(Mark::Comma)),
            Self { either: Some(_), .. } if heading.contains(is_east_asian) => Ok(Some(Mark::Point)),
            Self { either: Some(line), .. } => undecided(said!(
                "line {line} of '{heading}' may be thousands or decimals, and no other line tells",
                "“{heading}”第 {line} 行可能是千位分隔，也可能是小数，其他行也无法说明"
            )),
            _ => Ok(None),
        }
    }
}

/// The figures of a cell, from the first digit to the last: where they stand in it.
fn figures(text: &str) -> Option<(usize, usize)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    // `.50` and `,50` have no digit before their sign.
    let start = if text[..start].ends_with(['.', ',']) { start - 1 } else { start };
    let inside = &text[start..end];
    inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || is_gap(c)).then_some((start, end))
}

/// What stands between groups of digits and never before decimals.
const fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\'' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// What a cell of a field of this type says.
pub fn says(text: &str, ty: Type) -> DecimalSign {
    if !text.contains(['.', ',', '．', '，']) {
        return DecimalSign::Nothing;
    }
    let text = fold_cow(text);
    let Some((start, end)) = figures(&text) else { return DecimalSign::Nothing };
    let inside = &text[start..end];
    let count = |sign: char| inside.matches(sign).count();
    let (points, commas) = (count('.'), count(','));
    let sign = match (points, commas) {
        (0, 0) => return DecimalSign::Nothing,
        (1.., 1..) if inside.rfind('.') > inside.rfind(',') => return DecimalSign::Sign(Mark::Point),
        (1.., 1..) => return DecimalSign::Sign(Mark::Comma),
        (0, 2..) => return DecimalSign::Sign(Mark::Point),
        (2.., 0) => return DecimalSign::Sign(Mark::Comma),
        (1, _) => Mark::Point,
        _ => Mark::Comma,
    };
    let (before, behind) = inside.split_once(sign.sign()).unwrap_or((inside, ""));
    let grouped = behind.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    match grouped {
        false => DecimalSign::Sign(sign),
        // What has no decimals has no 200 of them either.
        true if ty == Type::Whole && behind != "000" => DecimalSign::Sign(sign.other()),
        // Nobody writes thousands of percent so.
        true if ty == Type::Rate => DecimalSign::Sign(sign),
        true => DecimalSign::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Mark::{Comma, Point};

    #[test]
    fn cells_say_which_sign_parts_their_decimals() {
        for (text, expected) in [
            ("1200", DecimalSign::Nothing),
            ("1,200.50", DecimalSign::Sign(Point)),
            ("1.200,50 €", DecimalSign::Sign(Comma)),
            ("1.234.567", DecimalSign::Sign(Comma)),
            ("1,50,000", DecimalSign::Sign(Point)),
            ("12.5", DecimalSign::Sign(Point)),
            ("12,50", DecimalSign::Sign(Comma)),
            ("0.125", DecimalSign::Sign(Point)),
            (",125", DecimalSign::Sign(Comma)),
            ("1234,567", DecimalSign::Sign(Comma)),
            ("250.000 €", DecimalSign::Either),
            ("$1,000", DecimalSign::Either),
            ("１，０００", DecimalSign::Either),
            ("Rs. x", DecimalSign::Nothing),
        ] {
            assert_eq!(says(text, Type::Money), expected, "{text}");
        }
        assert_eq!(says("1,200", Type::Whole), DecimalSign::Sign(Point));
        assert_eq!(says("1.200", Type::Whole), DecimalSign::Sign(Comma));
        assert_eq!(says("1.000", Type::Whole), DecimalSign::Either);
        assert_eq!(says("8.875%", Type::Rate), DecimalSign::Sign(Point));
        assert_eq!(says("8,875", Type::Rate), DecimalSign::Sign(Comma));
    }

    #[test]
    fn a_column_is_decided_by_any_of_its_cells() {
        let heard = |cells: &[&str]| {
            let mut heard = DecimalEvidence::default();
            cells.iter().zip(2..).for_each(|(cell, line)| heard.hear(says(cell, Type::Money), line));
            heard.decide("Amount").map_err(|error| error.message(crate::text::Lang::En).to_owned())
        };
        assert_eq!(heard(&["1.000", "12,5"]), Ok(Some(Comma)));
        assert_eq!(heard(&["12", "13"]), Ok(None));
        assert_eq!(heard(&["1,5", "1.234,5", "1.5"]), Ok(Some(Comma)));
        assert!(heard(&["1,5", "1.234,5", "1.5", "1.000"]).is_err(), "what 1.000 is hangs on it");
        assert!(heard(&["12", "1.000"]).unwrap_err().starts_with("line 3 of 'Amount' may be thousands"));
        let mut chinese = DecimalEvidence::default();
        chinese.hear(says("3,500", Type::Money), 2);
        assert_eq!(chinese.decide("合同金额（万元）").ok(), Some(Some(Point)), "no comma is before decimals there");
        for heading in ["金额", "きんがく", "금액", "ＡＭＴ"] {
            assert_eq!(chinese.decide(heading).ok(), Some(Some(Point)), "{heading}");
        }
        for heading in ["Amount 💰", "Montant €", "Сумма", "\u{a640}"] {
            assert!(chinese.decide(heading).is_err(), "{heading}");
        }
        assert!(heard(&["1.5", "1,5"]).unwrap_err().starts_with("line 2 of 'Amount' has its decimals behind a point"));
    }
}
