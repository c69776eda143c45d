//! Phone numbers: one form for every spelling, and one notion of which spellings are one number.

mod pieces;

use crate::text::fold_cow;

pub use pieces::{Piece, in_ascii, pieces, said};

/// The least digits that make two numbers the same when one ends with the other: a local number without its area.
const LOCAL_DIGITS: usize = 7;

/// A number without its decoration: full-width digits folded, spaces and `( ) - . /` gone, a leading `00` as `+`, an
/// extension after `x`. Of `62881234/35`, which has two endings, it is the first number. `None` where what is left is no
/// phone number, or several, a line each.
pub fn normalize(text: &str) -> Option<String> {
    if text.trim().contains(char::is_control) {
        return None;
    }
    let folded = fold_cow(text);
    let (number, extension) = split_extension(without_point(&folded));
    // Written `+44 (0)20`, the zero is for callers at home only.
    let number = first_ending(number.trim());
    let international = number.starts_with('+') || number.starts_with("00");
    let mut digits =
        if international && number.contains('(') { bare(&number.replace("(0)", ""))? } else { bare(number)? };
    if let Some(rest) = digits.strip_prefix("00") {
        digits = format!("+{rest}");
    }
    let count = digits.trim_start_matches('+').len();
    if !(3..=20).contains(&count) {
        return None;
    }
    if let Some(extension) = extension {
        let extension = extension.trim_start_matches([' ', '.', ':']).trim_end_matches([' ', ')']);
        if extension.is_empty() || !extension.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push('x');
        digits.push_str(extension);
    }
    Some(digits)
}

/// The form of a number that is stored, words beside it passed over: of `138-0013-8001 (Ann)` that of `138-0013-8001`.
pub fn key(stored: &str) -> Option<String> {
    // What has nothing else in it is most of them.
    if stored.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b' ' | b'-' | b'.')) {
        return normalize(stored);
    }
    pieces(stored).first().map_or_else(|| normalize(stored), |piece| normalize(piece.number))
}

/// Whether two spellings are one number: the same digits, or, without the trunk `0`, one the end of the other and at
/// least seven digits long. Extensions count only where both have one. Words beside a number are passed over.
pub fn same(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (key(a), key(b)) else { return false };
    let ((a, a_extension), (b, b_extension)) = (parts(&a), parts(&b));
    if let (Some(a), Some(b)) = (a_extension, b_extension)
        && a != b
    {
        return false;
    }
    let (a, b) = (significant(a), significant(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    a == b || (short.len() >= LOCAL_DIGITS && long.ends_with(short))
}

/// The last digits of a number, in their order; two spellings of one number have the same.
pub fn shared_digits(number: &str) -> String {
    let normal = key(number).unwrap_or_default();
    let digits = significant(parts(&normal).0);
    digits[digits.len().saturating_sub(LOCAL_DIGITS)..].to_owned()
}

/// Whether a text is long enough to tell one telephone from all others.
pub fn is_whole(number: &str) -> bool {
    normalize(number).is_some_and(|normal| significant(parts(&normal).0).len() >= LOCAL_DIGITS)
}

/// Whether a spreadsheet has cut a long number down to its first digits and a power of ten: `1.38E+10`, and `1.38E10` as
/// some programs have it.
pub fn is_shortened(text: &str) -> bool {
    let text = text.trim();
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.split(['.', ',']).all(digits)
        && match power.strip_prefix('+') {
            Some(power) => digits(power),
            None => number.contains('.') && digits(power) && power.parse().is_ok_and(|power| LONG.contains(&power)),
        }
}

/// The powers of ten of numbers that a spreadsheet finds too long.
const LONG: std::ops::RangeInclusive<u32> = 6..=30;

/// A number without the `.0` that a spreadsheet gives to one that it takes for a quantity: `13800138006.0`.
pub fn without_point(text: &str) -> &str {
    let whole = text.trim().strip_suffix(".0").unwrap_or_default();
    let is_whole = whole.len() >= LOCAL_DIGITS && whole.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { whole } else { text }
}

/// Which kind of phone a number is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// Carried about.
    Mobile,
    /// On a desk.
    Landline,
    /// A fax machine.
    Fax,
}

const LABELS: &[(&str, Label)] = &[
    ("mobile", Label::Mobile),
    ("mob", Label::Mobile),
    ("m", Label::Mobile),
    ("cell", Label::Mobile),
    ("cellphone", Label::Mobile),
    ("手机", Label::Mobile),
    ("手机号", Label::Mobile),
    ("手机号码", Label::Mobile),
    ("移动", Label::Mobile),
    ("移动电话", Label::Mobile),
    ("移动手机", Label::Mobile),
    ("移动号码", Label::Mobile),
    ("行动电话", Label::Mobile),
    ("landline", Label::Landline),
    ("tel", Label::Landline),
    ("t", Label::Landline),
    ("telephone", Label::Landline),
    ("phone", Label::Landline),
    ("office", Label::Landline),
    ("business", Label::Landline),
    ("work", Label::Landline),
    ("home", Label::Landline),
    ("固话", Label::Landline),
    ("固定电话", Label::Landline),
    ("座机", Label::Landline),
    ("电话", Label::Landline),
    ("办公", Label::Landline),
    ("办公电话", Label::Landline),
    ("办公室电话", Label::Landline),
    ("办公室座机", Label::Landline),
    ("固定电话号码", Label::Landline),
    ("座机号", Label::Landline),
    ("座机号码", Label::Landline),
    ("市话", Label::Landline),
    ("市内电话", Label::Landline),
    ("公司电话", Label::Landline),
    ("单位电话", Label::Landline),
    ("家庭电话", Label::Landline),
    ("住宅电话", Label::Landline),
    ("单位", Label::Landline),
    ("公司", Label::Landline),
    ("住宅", Label::Landline),
    ("家庭", Label::Landline),
    ("fax", Label::Fax),
    ("f", Label::Fax),
    ("传真", Label::Fax),
    ("传真号", Label::Fax),
    ("传真号码", Label::Fax),
    ("传真电话", Label::Fax),
];

impl Label {
    /// Its code, as `mobile:138...` spells it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Landline => "landline",
            Self::Fax => "fax",
        }
    }

    /// The label of this word in either language.
    pub fn parse(word: &str) -> Option<Self> {
        let word = fold_cow(word);
        LABELS.iter().find(|(name, _)| *name == word).map(|&(_, label)| label)
    }
}

/// The label and the number of `mobile:138 0013 8000` or `138 0013 8000 (fax)`; all of it where no label stands.
pub fn split_label(text: &str) -> (Option<Label>, &str) {
    let text = text.trim();
    if let Some((word, number)) = text.split_once([':', '：'])
        && let Some(label) = Label::parse(word)
    {
        return (Some(label), number.trim());
    }
    let labelled = text.strip_suffix([')', '）']).and_then(|open| open.rsplit_once(['(', '（']));
    if let Some((number, word)) = labelled
        && let Some(label) = Label::parse(word)
    {
        return (Some(label), number.trim());
    }
    (None, text)
}

/// The digits, with a leading `+` if there is one; `None` at any character that no phone number has.
fn bare(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            ' ' | '(' | ')' | '-' | '.' | '/' | '·' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => {} // hyphens and dashes
            _ => return None,
        }
    }
    digits.ends_with(|c: char| c.is_ascii_digit()).then_some(digits)
}

/// The number before a slash behind which one to three digits stand for another ending.
fn first_ending(number: &str) -> &str {
    let Some((before, ending)) = number.rsplit_once('/') else { return number };
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let ending = ending.trim();
    let is_other = (1..=3).contains(&ending.len()) && digits(ending) == ending.len();
    if is_other && digits(before) >= LOCAL_DIGITS { before.trim_end() } else { number }
}

fn split_extension(text: &str) -> (&str, Option<&str>) {
    // Every mark has one of these, and hardly a number does.
    if text.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'x' | b'#')) {
        return dashed_extension(text).map_or((text, None), |(number, extension)| (number, Some(extension)));
    }
    for mark in ["extension", "ext.", "ext", "转", "分机", "x", "#"] {
        if let Some((number, extension)) = text.split_once(mark) {
            return (number.trim_end_matches([',', ';', ' ']), Some(extension));
        }
    }
    (text, None)
}

/// The least bytes of a landline with its area, a dash and an extension.
const DASHED: usize = 13;

/// The number and the extension of `010-88886666-8001`, `010-88886666*8001` and `010-88886666(8001)`: what stands behind a
/// dash or a star, or in brackets, after a whole number of China.
fn dashed_extension(text: &str) -> Option<(&str, &str)> {
    if text.len() < DASHED {
        return None;
    }
    let (number, extension) = match text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some(parts) => parts,
        None => text.rsplit_once(['-', '*'])?,
    };
    let extension = extension.trim();
    let digits = (2..=6).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_digit());
    (digits && is_whole_in_china(&bare(number.trim_end())?)).then_some((number, extension))
}

/// Whether digits are a landline of China with its area code, or a service number, and nothing behind it.
fn is_whole_in_china(digits: &str) -> bool {
    let abroad = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086"));
    let national = abroad.map_or(digits, |rest| rest.strip_prefix('0').unwrap_or(rest));
    let Some(area) = (if abroad.is_some() { Some(national) } else { digits.strip_prefix('0') }) else {
        return digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    };
    match area.as_bytes() {
        [b'1', b'0', own @ ..] | [b'2', _, own @ ..] => own.len() == 8,
        [b'3'..=b'9', _, _, own @ ..] => matches!(own.len(), 7 | 8),
        _ => false,
    }
}

fn parts(normalized: &str) -> (&str, Option<&str>) {
    match normalized.split_once('x') {
        Some((number, extension)) => (number, Some(extension)),
        None => (normalized, None),
    }
}

/// Without `+` and trunk zero.
fn significant(number: &str) -> &str {
    match number.strip_prefix('+') {
        Some(international) => international,
        None => number.strip_prefix('0').unwrap_or(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_form_for_every_spelling() {
        let table = [
            ("138 0013 8000", Some("13800138000")),
            ("１３８－００１３－８０００", Some("13800138000")),
            ("+86 138-0013-8000", Some("+8613800138000")),
            ("0086 13800138000", Some("+8613800138000")),
            ("(021) 6288.1234", Some("02162881234")),
            ("+44 (0)20 7946 0958", Some("+442079460958")),
            ("0044(0)2079460958", Some("+442079460958")),
            ("021-62881234 ext. 123", Some("02162881234x123")),
            ("021-62881234转123", Some("02162881234x123")),
            ("02162881234x123", Some("02162881234x123")),
            ("62881234/35", Some("62881234")),
            ("0211/123456", Some("0211123456")),
            ("12", None),
            ("call me", None),
            ("138 0013\n8000", None),
            ("1+2345", None),
            ("", None),
            ("62881234x", None),
            ("010x0-0", None),
            ("010-88886666-8001", Some("01088886666x8001")),
            ("（010）88886666－8001", Some("01088886666x8001")),
            ("0571-8765432-12", Some("05718765432x12")),
            ("+86 21-62881234-805", Some("+862162881234x805")),
            ("400-820-8820-8001", Some("4008208820x8001")),
            ("0571-88886666*802", Some("057188886666x802")),
            ("0571-88886666（801）", Some("057188886666x801")),
            ("0571-88886666 (801)", Some("057188886666x801")),
            ("62881234*801", None),
            ("13800138006.0", Some("13800138006")),
            ("030-12345678-9", Some("030123456789")),
            ("138-0013-8000", Some("13800138000")),
            ("206-555-0142-1234", Some("20655501421234")),
        ];
        for (text, form) in table {
            assert_eq!(normalize(text).as_deref(), form, "{text}");
        }
    }

    #[test]
    fn any_spelling_finds_the_number() {
        for (a, b) in [
            ("+86 138 0013 8000", "13800138000"),
            ("021-62881234", "+86 21 6288 1234"),
            ("6288 1234", "021-62881234"),
            ("02162881234x5", "021 6288 1234"),
            ("138-0013-8001(微信同号)", "+86 138 0013 8001"),
            ("Tel: 010-88888888", "010 88888888"),
            ("206-555-0142", "+12065550142"),
            ("62881234 (8001)", "62881234"),
            ("010-88886666-8001", "010-88886666"),
            ("010-88886666-8001", "88886666"),
            ("010-88886666-8001", "+86 10 88886666"),
        ] {
            assert!(same(a, b) && same(b, a), "{a} {b}");
        }
        for (a, b) in [("13800138000", "13800138001"), ("881234", "62881234"), ("62881234x1", "62881234x2"), ("", "")] {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn labels_come_off() {
        let table = [
            ("mobile:138 0013 8000", Some(Label::Mobile), "138 0013 8000"),
            ("传真：021-62881234", Some(Label::Fax), "021-62881234"),
            ("138 0013 8000 (fax)", Some(Label::Fax), "138 0013 8000"),
            ("62881234（座机）", Some(Label::Landline), "62881234"),
            (" 62881234 ", None, "62881234"),
            ("+44 (0)20", None, "+44 (0)20"),
        ];
        for (text, label, number) in table {
            assert_eq!(split_label(text), (label, number), "{text}");
        }
        assert_eq!(Label::parse(Label::Fax.code()), Some(Label::Fax));
    }

    #[test]
    fn numbers_that_a_spreadsheet_shortened_are_told() {
        for text in ["1.38E10", "1.3800138E10", "1.38E+10", "8.61381E+12", "9.11E+17", "1,38E+10", "1e+10", " 5E+09 "] {
            assert!(is_shortened(text), "{text}");
        }
        for text in ["13800138000", "E+10", "138E10", "1.5E3", "1.38E-10", "1..E+1", "Room 5E+", "+1E+10", ""] {
            assert!(!is_shortened(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn normal_is_normal(text in "[-+0-9() .x]{0,20}") {
            if let Some(once) = normalize(&text) {
                prop_assert_eq!(normalize(&once), Some(once.clone()));
                prop_assert!(same(&text, &once));
            }
        }

        #[test]
        fn any_text_is_survived(a in any::<String>(), b in any::<String>()) {
            let _ = (normalize(&a), same(&a, &b), split_label(&a));
        }
    }
}
