//! What stands behind a date that leads: the words of what is to be done, and not the end of a date that was read by
//! half.

use super::{
    Moment, ParsedWhen, chinese, clean, day,
    scan::{Input, attempt, number, one_of, spaces},
    time,
};
use crate::{
    domain::words::{Result, WordsError},
    text::said,
};

/// What may stand between a date and the words behind it.
pub(super) const BETWEEN: [char; 8] = [' ', '\u{3000}', '\t', ',', '，', '、', ':', '：'];

/// Refuses the words behind a date that say more of when, which was not understood. `after` is what follows the date at
/// once, normal in its characters.
pub(super) fn check(text: &str, found: &ParsedWhen, after: &str, moment: &Moment) -> Result<()> {
    let rest = after.trim_start_matches(BETWEEN);
    let glued = rest.len() == after.len();
    let more = match glued {
        _ if rest.is_empty() => false,
        true => continues(rest) || attempt(&mut &*rest, |input| day::day(input, moment)).is_some(),
        false if after.starts_with('、') => stands_alone(rest) || lone_weekday(rest) || begins_with_date(rest, moment),
        false => stands_alone(rest) || weekday_word(rest),
    };
    if more
        || joins(rest, glued, moment)
        || found.span && begins_with_number_of_days(rest, moment)
        || another_date(rest, moment)
    {
        return Err(not_understood(text, rest));
    }
    Ok(())
}

/// Whether the rest goes on with the date that it stands behind without a gap.
fn continues(rest: &str) -> bool {
    const MORE: [&str; 15] =
        ["号", "日", "前", "之", "以", "内", "底", "初", "后", "的", "左右", "上旬", "中旬", "下旬", "工作日"];
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
    WORDS.contains(&word)
}

/// The weekday of `下周三 四` as a word of its own; 一、 begins a list.
fn weekday_word(rest: &str) -> bool {
    let mut input = rest;
    attempt(&mut input, chinese::weekday_name).is_some() && (input.is_empty() || input.starts_with(' '))
}

/// `到周三`, `或 6 日`, `- 5号`: another date that this one is joined with. Behind a gap, 和3家客户开会 and `to 3M` are
/// what is to be done: there it is a whole date or time, or the number of a day.
fn joins(rest: &str, glued: bool, moment: &Moment) -> bool {
    let mut input = rest;
    let also_in_titles = ["到", "至", "和", "与", "及"];
    let only_between = ["或者", "或是", "或", "~", "～", "-", "–", "—", "/"];
    let english = |input: Input<'_, '_>, words: &[&str]| {
        attempt(input, |input| super::scan::word(input).filter(|word| words.contains(word))).is_some()
    };
    let may_be_title = if one_of(&mut input, &also_in_titles).is_some() || english(&mut input, &["to", "and"]) {
        !glued
    } else if one_of(&mut input, &only_between).is_some() || english(&mut input, &["or", "until", "till"]) {
        false
    } else {
        return false;
    };
    spaces(&mut input);
    let by_number = match may_be_title {
        true => weekday_word(input) || number_of_day(input),
        false => lone_weekday(input) || input.starts_with(|c: char| c.is_ascii_digit()),
    };
    by_number || begins_with_date(input, moment) || attempt(&mut input, |input| clean(input, time::time)).is_some()
}

/// `5日` of which nothing more is told: 3日游 is none.
fn number_of_day(rest: &str) -> bool {
    let mut input = rest;
    attempt(&mut input, |input| {
        number(input)?;
        spaces(input);
        one_of(input, &["日", "号"])
    })
    .is_some()
        && !input.starts_with(|c: char| c.is_alphanumeric())
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
fn begins_with_number_of_days(rest: &str, moment: &Moment) -> bool {
    let mut input = rest;
    let counted = |input: Input<'_, '_>| {
        number(input)?;
        spaces(input);
        one_of(input, &["月", "日", "季"])
    };
    // 3号楼 is no day.
    attempt(&mut input, counted).is_some() || number(&mut &*rest).is_some() && begins_with_date(rest, moment)
}

fn not_understood(text: &str, rest: &str) -> WordsError {
    let word: String = rest.split(BETWEEN).next().unwrap_or(rest).chars().take(12).collect();
    let text = text.trim();
    WordsError::new(said!(
        "'{text}': '{word}' behind the date is not understood as part of it",
        "“{text}”：日期之后的“{word}”无法理解"
    ))
    .hint(said!(
        "write the date as 2026-12-03, then a space, then what is to be done; other words also go into title=...",
        "请写明日期，如 12月3日 或 2026-12-03，再空一格写事项；事项也可写成 主题=…"
    ))
}
