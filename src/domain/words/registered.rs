//! Numbers that authorities of China give, whose last character is worked out from the others: the unified social
//! credit code of an organisation (GB 32100-2015) and the citizen identification number of a person (GB 11643-1999),
//! which is the taxpayer number of somebody who trades in their own name.

use chrono::NaiveDate;

use crate::text::{Said, said, scrub};

/// How long both are.
const LENGTH: usize = 18;
/// What a credit code is written in; its place is the value of a character (GB 32100-2015, table 2).
const CODE: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// What the check characters of citizen numbers are, by the remainder (GB 11643-1999, 4.2.2).
const CITIZEN: &[u8; 11] = b"10X98765432";
/// The citizen number's weights.
const WEIGHTS: [u32; LENGTH - 1] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// What is doubtful about a number that is as long as these; nothing about any other, which may be one of another
/// country or of former times.
pub fn doubt(text: &str) -> Option<Said> {
    let chars = characters(text)?;
    if fits_code(&chars) || fits_citizen(&chars) {
        return None;
    }
    let text = scrub(text);
    Some(if is_citizen(&chars) {
        said!(
            "the last character of the citizen number '{text}' does not fit the others; please compare it",
            "身份证号“{text}”的校验码不符，请核对"
        )
    } else {
        said!(
            "the last character of the credit code '{text}' does not fit the others; please compare it",
            "统一社会信用代码“{text}”的校验码不符，请核对"
        )
    })
}

/// Whether there is any doubt, without saying which.
pub fn is_doubtful(text: &str) -> bool {
    characters(text).is_some_and(|chars| !fits_code(&chars) && !fits_citizen(&chars))
}

fn characters(text: &str) -> Option<[u8; LENGTH]> {
    let mut chars: [u8; LENGTH] = text.trim().as_bytes().try_into().ok()?;
    chars.make_ascii_uppercase();
    chars.iter().all(u8::is_ascii_alphanumeric).then_some(chars)
}

fn fits_code(chars: &[u8; LENGTH]) -> bool {
    let value = |c: &u8| CODE.iter().position(|known| known == c);
    // The weights are the powers of 3, modulo 31.
    let (mut sum, mut weight) = (0, 1);
    for c in &chars[..LENGTH - 1] {
        let Some(value) = value(c) else { return false };
        sum += value * weight;
        weight = weight * 3 % CODE.len();
    }
    value(&chars[LENGTH - 1]) == Some((CODE.len() - sum % CODE.len()) % CODE.len())
}

fn fits_citizen(chars: &[u8; LENGTH]) -> bool {
    is_citizen(chars) && {
        let sum: u32 = chars.iter().zip(WEIGHTS).map(|(c, weight)| u32::from(c - b'0') * weight).sum();
        chars[LENGTH - 1] == CITIZEN[sum as usize % CITIZEN.len()]
    }
}

/// Whether it is built like a citizen number: a place, a birthday, an order number, a digit or X.
fn is_citizen(chars: &[u8; LENGTH]) -> bool {
    let (digits, last) = (&chars[..LENGTH - 1], chars[LENGTH - 1]);
    let number = |part: &[u8]| part.iter().fold(0, |sum, c| sum * 10 + u32::from(c - b'0'));
    digits.iter().all(u8::is_ascii_digit)
        && (last == b'X' || last.is_ascii_digit())
        && matches!(digits[0], b'1'..=b'8')
        && {
            let (year, month, day) = (number(&digits[6..10]), number(&digits[10..12]), number(&digits[12..14]));
            let year = i32::try_from(year).ok().filter(|year| (1850..2200).contains(year));
            year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).is_some()
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_last_character_follows_from_the_others() {
        // The second and the third are the examples of GB 11643-1999.
        for right in ["91350100M000100Y43", "11010519491231002X", "440524188001010014", "91350100m000100y43"] {
            assert_eq!(doubt(right), None, "{right}");
        }
        for wrong in ["91350100M000100Y44", "91350100M00O100Y43", "110105194912310020", "913501000000100Y43"] {
            assert!(doubt(wrong).is_some() && is_doubtful(wrong), "{wrong}");
        }
        assert!(doubt("110105194912310020").unwrap().both().1.starts_with("身份证号"));
        assert!(doubt("91350100M000100Y44").unwrap().both().1.starts_with("统一社会信用代码"));
    }

    #[test]
    fn numbers_of_other_lengths_are_no_concern() {
        for other in
            ["", "12-3456789", "DE123456789", "350100000000001", "91350100M000100Y4", "９１３５０１００", "统一"]
        {
            assert_eq!(doubt(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_of_a_credit_code_is_noticed(at in 0_usize..LENGTH, other in 0_usize..31) {
            let mut chars = *b"91350100M000100Y43";
            prop_assume!(chars[at] != CODE[other]);
            chars[at] = CODE[other];
            prop_assert!(!fits_code(&chars));
        }

        #[test]
        fn doubts_are_said_where_there_are_any(text in "[0-9A-Z]{17,19}|\\PC{0,20}") {
            prop_assert_eq!(doubt(&text).is_some(), is_doubtful(&text));
        }
    }
}
