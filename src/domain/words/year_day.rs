//! Days of every year: `--02-29`, as ISO 8601 and vCard write a birthday whose year nobody knows.
//!
//! Such a day is kept as that day of the year 0, which is none that people write, and has a 29th of February.

use chrono::{Datelike, NaiveDate};

/// The day that `--02-29` or `--0229` says.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let rest = text.trim().strip_prefix("--")?;
    let (month, day) = match rest.split_once('-') {
        Some(parts) => parts,
        None => rest.split_at_checked(2)?,
    };
    let two =
        |digits: &str| digits.parse().ok().filter(|_| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()));
    NaiveDate::from_ymd_opt(0, two(month)?, two(day)?)
}

/// Whether a day is one of every year.
pub fn is(day: NaiveDate) -> bool {
    day.year() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_every_year() {
        let day = |month, day| NaiveDate::from_ymd_opt(0, month, day);
        for (text, found) in [("--02-29", day(2, 29)), ("--0612", day(6, 12)), ("--12-31", day(12, 31))] {
            assert_eq!(parse(text), found, "{text}");
            assert!(found.is_some_and(is));
        }
        for text in ["--02-30", "--13-01", "--2-9", "02-29", "---02-29", "--+1-01", "--", "--0230", "--００12"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
