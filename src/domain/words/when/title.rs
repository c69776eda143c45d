//! What stands behind a date that leads: the words of what is to be done, and not the end of a date that was read by
//! half.

use super::scan::{Input, attempt, number, one_of, spaces};
use super::{Found, Moment, chinese, clean, day, time};
use crate::domain::words::{Result, WordsError};
use crate::text::said;

/// What may stand between a date and the words behind it.
pub(super) const BETWEEN: [char; 8] = [' ', '\u{3000}', '\t', ',', '，', '、', ':', '：'];

/// Refuses the words behind a date that say more of when, which was not understood. `after` is what follows the date at
/// once, normal in its characters.
pub(super) fn check(text: &str, found: &Found, after: &str, moment: &Moment) -> Result<()> {
    let rest = after.trim_start_matches(BETWEEN);
    let glued = rest.len() == after.len();
    let more = match glued {
        _ if rest.is_empty() => false,
        true => continues(rest) || attempt(&mut &*rest, |input| day::day(input, moment)).is_some(),
        false => stands_alone(rest) || after.starts_with(['、']) && begins_with_date(rest, moment),
    };
    if more || joins(rest, moment) || found.span && begins_with_number_of_days(rest) || another_date(rest, moment) {
        return Err(not_understood(text, rest));
    }
    Ok(())
}

/// Whether the rest goes on with the date that it stands behind without a gap.
fn continues(rest: &str) -> bool {
    const MORE: [&str; 13] = ["号", "日", "前", "之", "以", "内", "底", "初", "后", "的", "左右", "上旬", "工作日"];
    rest.starts_with(|c: char| c.is_ascii_digit())
        || MORE.iter().any(|more| rest.starts_with(more))
        || lone_weekday(rest)
        || rest.strip_prefix('第').is_some_and(|rest| rest.chars().take(4).any(|c| "天日周月季".contains(c)))
}

/// The weekday of `下周三四` behind which nothing is told: 周三一起吃饭 says what is to be done.
fn lone_weekday(rest: &str) -> bool {
    let mut input = rest;
    attempt(&mut input, chinese::weekday_name).is_some() && input.chars().next().is_none_or(|c| !c.is_alphanumeric())
}

/// A word that can only be of the date: `周五 前 回访`.
fn stands_alone(rest: &str) -> bool {
    const WORDS: [&str; 16] = [
        "号",
        "日",
        "前",
        "之前",
        "以前",
        "内",
        "之内",
        "以内",
        "底",
        "初",
        "后",
        "之后",
        "以后",
        "前后",
        "左右",
        "工作日",
    ];
    let word = rest.split(BETWEEN).next().unwrap_or(rest);
    WORDS.contains(&word) || lone_weekday(rest)
}

/// `到周三`, `或 6 日`, `- 5号`: another date that this one is joined with.
fn joins(rest: &str, moment: &Moment) -> bool {
    let mut input = rest;
    let words = ["到", "至", "或者", "或", "和", "与", "及", "或是", "~", "～", "-", "–", "—", "/"];
    let joined = one_of(&mut input, &words).is_some()
        || attempt(&mut input, |input| {
            super::scan::word(input).filter(|word| matches!(*word, "or" | "to" | "until" | "till" | "and"))
        })
        .is_some();
    if !joined {
        return false;
    }
    spaces(&mut input);
    input.starts_with(|c: char| c.is_ascii_digit())
        || lone_weekday(input)
        || begins_with_date(input, moment)
        || attempt(&mut input, |input| clean(input, time::time)).is_some()
}

fn begins_with_date(rest: &str, moment: &Moment) -> bool {
    attempt(&mut &*rest, |input| clean(input, |input| day::day(input, moment))).is_some()
}

/// A second date as a word of its own.
fn another_date(rest: &str, moment: &Moment) -> bool {
    let mut input = rest;
    attempt(&mut input, |input| clean(input, |input| day::day(input, moment))).is_some()
        && (input.is_empty() || input.starts_with(BETWEEN))
}

/// `明年 3月`: which of the days that were said by their first one.
fn begins_with_number_of_days(rest: &str) -> bool {
    let mut input = rest;
    let counted = |input: Input<'_, '_>| {
        number(input)?;
        spaces(input);
        one_of(input, &["月", "号", "日", "季"])
    };
    attempt(&mut input, counted).is_some()
}

fn not_understood(text: &str, rest: &str) -> WordsError {
    let word: String = rest.split(BETWEEN).next().unwrap_or(rest).chars().take(12).collect();
    let text = text.trim();
    WordsError::new(said!(
        "'{text}': '{word}' behind the date is not understood as part of it",
        "“{text}”：日期之后的“{word}”无法理解"
    ))
    .hint(said!(
        "write the date as 2026-12-03, then a space, then what is to be done",
        "请写明日期，如 12月3日 或 2026-12-03，再空一格写事项"
    ))
}
