//! Figures: digits and the signs between them, whichever sign a country puts before decimals: `1,234.50`, `1.234,50`,
//! `1 234,50`, `1'234.50`, `1,50,000`.
//!
//! This tells a sign between thousands from the one before decimals, for one number alone; a column of a file is asked as
//! a whole (`ops/import/numbers`). Where the figures do not say which it is, both readings are given, and whoever knows
//! what is counted chooses or refuses.

/// The sign that stands before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// `1,234.50`.
    Point,
    /// `1.234,50`.
    Comma,
}

impl Mark {
    /// The sign itself.
    pub const fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The one that stands between thousands then.
    pub const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// What figures say, as digits with a point before decimals.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Figures {
    /// The number.
    pub(super) digits: String,
    /// The other number that they can be: of `1.234`, 1234.
    pub(super) or: Option<String>,
}

/// Reads folded figures. Without a mark they say themselves what stands before their decimals: the last of two signs,
/// never one that comes twice; a lone comma does not where three digits follow, a lone point always.
pub(super) fn read(text: &str, mark: Option<Mark>) -> Option<Figures> {
    let parts = parts(text, mark.unwrap_or(Mark::Point))?;
    let fraction = match mark {
        Some(mark) => parts.fraction_behind(mark)?,
        None => parts.fraction()?,
    };
    let (whole, decimals) = (&parts.groups[..parts.groups.len() - usize::from(fraction)], parts.groups.last());
    if !grouped(whole, &parts.signs[..whole.len().saturating_sub(1)]) {
        return None;
    }
    let joined = whole.concat();
    let digits = match decimals.filter(|_| fraction) {
        Some(decimals) if joined.is_empty() => format!("0.{decimals}"),
        Some(decimals) => format!("{joined}.{decimals}"),
        None => joined,
    };
    let or = mark.is_none() && fraction && parts.is_one_group_of_thousands();
    Some(Figures { digits, or: or.then(|| parts.groups.concat()) })
}

/// Runs of digits, and the signs between them. Only the first run may be empty, before decimals.
struct Parts<'t> {
    groups: Vec<&'t str>,
    signs: Vec<char>,
}

fn parts(text: &str, mark: Mark) -> Option<Parts<'_>> {
    let is_sign = |c: char| matches!(c, '.' | ',' | ' ' | '\'' | '’');
    let groups: Vec<_> = text.split(is_sign).collect();
    let signs: Vec<_> = text.chars().filter(|c| is_sign(*c)).map(|c| if c == '’' { '\'' } else { c }).collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let bare = first.is_empty() && signs.len() == 1 && signs[0] == mark.sign();
    let fine =
        digits(first) && (bare || !first.is_empty()) && rest.iter().all(|group| !group.is_empty() && digits(group));
    fine.then_some(Parts { groups, signs })
}

impl Parts<'_> {
    /// Whether the last sign stands before decimals; `None` where the signs make no sense.
    fn fraction(&self) -> Option<bool> {
        let Some(last) = self.signs.last() else { return Some(false) };
        let times = self.signs.iter().filter(|sign| *sign == last).count();
        let others = self.signs.len() - times;
        match (last, times, others) {
            (' ' | '\'', ..) => Some(false),
            (_, 1, 1..) | ('.', 1, 0) => Some(true),
            (',', 1, 0) if self.is_one_group_of_thousands() => Some(false),
            (',', 1, 0) => self.is_decimal_comma().then_some(true),
            (_, _, 0) => Some(false),
            _ => None,
        }
    }

    /// Whether the last sign is this mark; `None` where it stands elsewhere too.
    fn fraction_behind(&self, mark: Mark) -> Option<bool> {
        match self.signs.iter().filter(|sign| **sign == mark.sign()).count() {
            0 => Some(false),
            1 if self.signs.last() == Some(&mark.sign()) => Some(true),
            _ => None,
        }
    }

    /// `1.234` and `1,234`, which is one and a bit for some and more than a thousand for others.
    fn is_one_group_of_thousands(&self) -> bool {
        matches!(self.signs[..], ['.' | ',']) && grouped(&self.groups, &self.signs)
    }

    /// A comma that cannot stand between thousands, as in `12,5` and `1234,567`. Four digits behind it may be a slip of
    /// the hand, or the thousands of who counts by ten thousands.
    fn is_decimal_comma(&self) -> bool {
        let [whole, fraction] = self.groups[..] else { return false };
        matches!(fraction.len(), 1 | 2) || fraction.len() == 3 && (whole == "0" || whole.len() > 3)
    }
}

/// Whether the digits before the decimals stand in groups of three behind one and the same sign, or in those of two
/// and a last one of three that India writes.
fn grouped(groups: &[&str], signs: &[char]) -> bool {
    let (Some((first, rest)), Some(sign)) = (groups.split_first(), signs.first()) else { return true };
    let Some((last, between)) = rest.split_last() else { return true };
    let leads = |longest: usize| (1..=longest).contains(&first.len()) && !first.starts_with('0');
    let thousands = leads(3) && rest.iter().all(|group| group.len() == 3);
    let lakhs = *sign == ',' && leads(2) && last.len() == 3 && between.iter().all(|group| group.len() == 2);
    signs.iter().all(|other| other == sign) && (thousands || lakhs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, mark: Option<Mark>) -> Option<String> {
        read(text, mark).map(|figures| match figures.or {
            Some(or) => format!("{} or {or}", figures.digits),
            None => figures.digits,
        })
    }

    #[test]
    fn figures_say_which_sign_stands_before_their_decimals() {
        let table = [
            ("1234", Some("1234")),
            ("1.234,50", Some("1234.50")),
            ("1,234.50", Some("1234.50")),
            ("1 234,50", Some("1234.50")),
            ("1'234.50", Some("1234.50")),
            ("1’234’567", Some("1234567")),
            ("1.234.567", Some("1234567")),
            ("1,234,567", Some("1234567")),
            ("1,50,000", Some("150000")),
            ("12,34,56,789.25", Some("123456789.25")),
            ("1,234", Some("1234")),
            ("1.234", Some("1.234 or 1234")),
            ("250.000", Some("250.000 or 250000")),
            ("0.125", Some("0.125")),
            ("0,125", Some("0.125")),
            (".125", Some("0.125")),
            ("12,5", Some("12.5")),
            ("12.5", Some("12.5")),
            ("1234.567", Some("1234.567")),
            ("1234,567", Some("1234.567")),
            ("1 234.567", Some("1234.567")),
            ("1.2345", Some("1.2345")),
            ("1,2000", None),
            ("1,2,3", None),
            ("1.2.3", None),
            ("1.234.56", None),
            ("1,234.56,7", None),
            ("1 2", None),
            ("1 234'567", None),
            (",100", None),
            ("1,", None),
            ("1..2", None),
            ("012,345", None),
            ("", None),
            (".", None),
        ];
        for (text, number) in table {
            assert_eq!(told(text, None).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn a_mark_that_is_known_decides() {
        let table = [
            ("1.234", Mark::Comma, Some("1234")),
            ("250.000,00", Mark::Comma, Some("250000.00")),
            ("1,234", Mark::Comma, Some("1.234")),
            ("1,2000", Mark::Comma, Some("1.2000")),
            ("1.234", Mark::Point, Some("1.234")),
            ("1,234", Mark::Point, Some("1234")),
            (",125", Mark::Comma, Some("0.125")),
            (".125", Mark::Comma, None),
            ("0,125", Mark::Point, None),
            ("1'234.50", Mark::Point, Some("1234.50")),
            ("1 234,50", Mark::Comma, Some("1234.50")),
            ("1,50,000", Mark::Point, Some("150000")),
            ("1,2,3", Mark::Point, None),
            ("1.2.3", Mark::Point, None),
            ("1.5", Mark::Comma, None),
            ("1,5", Mark::Point, None),
            ("1.234,50", Mark::Point, None),
            ("1,234.50", Mark::Comma, None),
        ];
        for (text, mark, number) in table {
            assert_eq!(told(text, Some(mark)).as_deref(), number, "{text} {mark:?}");
        }
    }
}
