//! Days by name: `tomorrow`, `fri`, `next mon`, `eom`, `后天`, `下周一`, `月底`, `3月1日`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::scan::{Input, attempt, digits, ends_cleanly, literal, number, one_of, optional, spaces, word};
use super::{Moment, iso, time};
use crate::domain::words::calendar::{
    MONTHS, month_start, quarter_start, shift_days, shift_months, week_start, year_start,
};

/// A day by any of its names.
pub(super) fn day(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    attempt(input, iso::date)
        .or_else(|| attempt(input, |input| with_month_name(input, moment)))
        .or_else(|| attempt(input, |input| in_english(input, moment)))
        .or_else(|| attempt(input, |input| named_in_chinese(input, moment)))
        .or_else(|| attempt(input, |input| weekday_in_chinese(input, moment)))
        .or_else(|| attempt(input, |input| edge_in_chinese(input, moment)))
        .or_else(|| attempt(input, |input| date_in_chinese(input, moment)))
}

fn in_english(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let today = moment.today();
    match word(input)? {
        "on" => {
            spaces(input);
            day(input, moment)
        }
        "today" | "eod" => Some(today),
        "tomorrow" | "tmr" => shift_days(today, 1),
        "yesterday" => shift_days(today, -1),
        "sow" => Some(week_start(today, moment.week_start)),
        "som" => Some(month_start(today)),
        "soq" => Some(quarter_start(today)),
        "soy" => Some(year_start(today)),
        "eow" => shift_days(week_start(today, moment.week_start), 6),
        "eom" => month_end(today),
        "eoq" => last_of_months(quarter_start(today), 3),
        "eoy" => last_of_months(year_start(today), 12),
        "next" => beside(input, moment, 1),
        "this" => beside(input, moment, 0),
        "last" => beside(input, moment, -1),
        name => next_weekday(today, weekday(name)?),
    }
}

/// What follows `next`, `this` and `last`: a weekday of that week, or the period, by its first day.
fn beside(input: Input<'_, '_>, moment: &Moment, by: i64) -> Option<NaiveDate> {
    spaces(input);
    let today = moment.today();
    match word(input)? {
        "week" if by != 0 => shift_days(week_start(today, moment.week_start), 7 * by),
        "month" if by != 0 => shift_months(month_start(today), by),
        "quarter" if by != 0 => shift_months(quarter_start(today), 3 * by),
        "year" if by != 0 => shift_months(year_start(today), 12 * by),
        name => day_of_week(moment, weekday(name)?, by),
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// The next such day, today excluded.
fn next_weekday(today: NaiveDate, wanted: Weekday) -> Option<NaiveDate> {
    let ahead = match wanted.days_since(today.weekday()) {
        0 => 7,
        days => i64::from(days),
    };
    shift_days(today, ahead)
}

/// That day of the week so many weeks from this one.
fn day_of_week(moment: &Moment, wanted: Weekday, weeks: i64) -> Option<NaiveDate> {
    let start = week_start(moment.today(), moment.week_start);
    shift_days(start, weeks.checked_mul(7)? + i64::from(wanted.days_since(moment.week_start)))
}

fn named_in_chinese(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    const NAMES: [(&str, i64); 12] = [
        ("大后天", 3),
        ("大前天", -3),
        ("今天", 0),
        ("今日", 0),
        ("明天", 1),
        ("明日", 1),
        ("后天", 2),
        ("昨天", -1),
        ("昨日", -1),
        ("前天", -2),
        ("明儿", 1),
        ("今儿", 0),
    ];
    let today = moment.today();
    if let Some((_, days)) = NAMES.iter().find(|(name, _)| literal(input, name).is_some()) {
        return shift_days(today, *days);
    }
    // 今晚8点, 明早9点: the day is one character when a time follows.
    let which = one_of(input, &["昨", "今", "明"])?;
    let days = [-1, 0, 1][which];
    let mut ahead = *input;
    let evening_or_morning = ahead.starts_with(['晚', '早']);
    if !evening_or_morning || time::time(&mut ahead).is_none() {
        return None;
    }
    shift_days(today, days)
}

/// How many periods from this one: `下下` is 2, `上` is -1, `本` and `这` are 0. `None` when nothing says so.
fn which(input: Input<'_, '_>) -> Option<i64> {
    let by = if one_of(input, &["本", "这"]).is_some() {
        0
    } else {
        let step = if input.starts_with('下') { 1 } else { -1 };
        let name = if step > 0 { "下" } else { "上" };
        literal(input, name)?;
        let mut by = step;
        while literal(input, name).is_some() {
            by += step;
        }
        by
    };
    optional(input, |input| literal(input, "个"));
    Some(by)
}

fn weekday_in_chinese(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let weeks = attempt(input, which);
    one_of(input, &["周", "星期", "礼拜"])?;
    let names = ["一", "二", "三", "四", "五", "六", "日", "天", "末"];
    let today = moment.today();
    match (attempt(input, |input| one_of(input, &names)), weeks) {
        (Some(8), weeks) => day_of_week(moment, Weekday::Sat, weeks.unwrap_or(0)),
        (Some(at), weeks) => {
            let wanted = Weekday::try_from(u8::try_from(at.min(6)).ok()?).ok()?;
            match weeks {
                Some(weeks) => day_of_week(moment, wanted, weeks),
                None => next_weekday(today, wanted),
            }
        }
        (None, Some(weeks)) if weeks != 0 => shift_days(week_start(today, moment.week_start), weeks.checked_mul(7)?),
        _ => None,
    }
}

/// The ends and beginnings of months, quarters and years: `月底`, `下个月初`, `季末`, `明年底`, and `下个月` alone.
fn edge_in_chinese(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let today = moment.today();
    let years = [("去", -1), ("今", 0), ("明", 1)];
    let years = years.iter().find(|(name, _)| literal(input, name).is_some()).map(|&(_, by)| by);
    let by = if years.is_some() { None } else { attempt(input, which) };
    let (start, months) = match (one_of(input, &["季度", "季", "月", "年"])?, years) {
        (0 | 1, None) => (quarter_start(today), 3),
        (2, None) => (month_start(today), 1),
        (3, _) => (year_start(today), 12),
        _ => return None,
    };
    let distance = years.or(by);
    let start = shift_months(start, months * distance.unwrap_or(0))?;
    let edge = attempt(input, |input| one_of(input, &["底", "末", "初"]));
    match (edge, distance) {
        (Some(0 | 1), _) => last_of_months(start, months),
        (Some(_), Some(_)) => Some(start),
        (None, Some(distance)) if distance != 0 => Some(start),
        _ => None,
    }
}

/// `mar 1`, `1 March 2026`, `March 1st, 2026`.
fn with_month_name(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let before = attempt(input, day_number);
    let month = month(word(input)?)?;
    spaces(input);
    let day = match before {
        Some(day) => day,
        None => day_number(input)?,
    };
    let year = attempt(input, |input| {
        spaces(input);
        optional(input, |input| literal(input, ","));
        spaces(input);
        let before = *input;
        let year = digits(input, 4..=4)?;
        ends_cleanly(before, input).then_some(year)
    });
    in_year(year, month, day, moment.today())
}

fn day_number(input: Input<'_, '_>) -> Option<u32> {
    let day = digits(input, 1..=2)?;
    optional(input, |input| word(input).filter(|&word| matches!(word, "st" | "nd" | "rd" | "th")));
    spaces(input);
    Some(day)
}

fn month(name: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|month| *month == name || (name.len() == 3 && month.starts_with(name)));
    let at = if name == "sept" { Some(8) } else { at };
    u32::try_from(at? + 1).ok()
}

/// `2026年3月1日`, `3月1日`.
fn date_in_chinese(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let year = attempt(input, |input| {
        let year = digits(input, 4..=4)?;
        literal(input, "年")?;
        spaces(input);
        Some(year)
    });
    let month = number(input)?;
    literal(input, "月")?;
    spaces(input);
    let day = number(input)?;
    one_of(input, &["日", "号"])?;
    in_year(year, month, day, moment.today())
}

/// That day of that year, or without the year the next such day, today included.
fn in_year(year: Option<u32>, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| year > 0),
        // A leap day is at most eight years away.
        None => (today.year()..=today.year() + 8)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|&date| date >= today),
    }
}

fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    last_of_months(month_start(day), 1)
}

/// The last day of the so many months that begin at `start`.
fn last_of_months(start: NaiveDate, months: i64) -> Option<NaiveDate> {
    shift_days(shift_months(start, months)?, -1)
}
