//! Days by name in Chinese: `后天`, `周五`, `下周一`, `15号`, `下月5号`, `明年3月1日`, `月底`, `元旦`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Moment,
    scan::{Input, attempt, literal, number, one_of, optional, spaces},
    time,
};
use crate::domain::words::{
    calendar::{month_start, quarter_start, shift_days, shift_months, year_start},
    span::{self, Span},
};

/// A day by any of its names in Chinese.
pub(super) fn day(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    attempt(input, |input| named(input, moment))
        .or_else(|| attempt(input, |input| weekday(input, moment)))
        .or_else(|| attempt(input, |input| date(input, moment)))
        .or_else(|| attempt(input, |input| of_month(input, moment)))
        .or_else(|| attempt(input, |input| holiday(input, moment)))
        .or_else(|| attempt(input, |input| edge(input, moment)))
}

fn named(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    const NAMES: [(&str, i64); 14] = [
        ("大后天", 3),
        ("大前天", -3),
        ("今天", 0),
        ("今日", 0),
        ("明天", 1),
        ("明日", 1),
        ("后天", 2),
        ("后日", 2),
        ("昨天", -1),
        ("昨日", -1),
        ("前天", -2),
        ("前日", -2),
        ("明儿", 1),
        ("今儿", 0),
    ];
    let today = moment.today();
    if let Some((_, days)) = NAMES.iter().find(|(name, _)| literal(input, name).is_some()) {
        return shift_days(today, *days);
    }
    // 今晚, 明早9点: the day is one character before a part of the day.
    let which = one_of(input, &["昨", "今", "明"])?;
    input.starts_with(['晚', '早', '晨', '夜']).then(|| shift_days(today, [-1, 0, 1][which]))?
}

/// How many periods from this one: `下下` is 2, `上` is -1, `本` and `这` are 0. `None` when nothing says so.
fn which(input: Input<'_, '_>) -> Option<i64> {
    let by = if one_of(input, &["本", "这", "当"]).is_some() {
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

const WEEK: [&str; 3] = ["周", "星期", "礼拜"];

/// The day of the week that a character is, Monday first.
pub(super) fn weekday_name(input: Input<'_, '_>) -> Option<Weekday> {
    let at = one_of(input, &["一", "二", "三", "四", "五", "六", "日", "天"])?;
    Weekday::try_from(u8::try_from(at.min(6)).ok()?).ok()
}

/// A weekday that says nothing of the week: `周五`, `星期五`.
pub(super) fn bare_weekday(input: Input<'_, '_>) -> Option<Weekday> {
    one_of(input, &WEEK)?;
    weekday_name(input)
}

/// `周五`, which is today on a Friday and else the next one; `下周五`, `周末`.
fn weekday(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let weeks = attempt(input, which);
    one_of(input, &WEEK)?;
    let today = moment.today();
    if literal(input, "末").is_some() {
        let weekend = Span::Weekend.around(today, moment.week_start, weeks.unwrap_or(0))?;
        // Of a weekend that has begun today is left.
        return Some(if weeks.is_none() { weekend.from.max(today) } else { weekend.from });
    }
    let wanted = weekday_name(input)?;
    match weeks {
        Some(weeks) => moment.day_of_week(wanted, weeks),
        None => moment.weekday(wanted, false),
    }
}

/// A month and a day, and the year if one is said: `2026年3月1日`, `明年3月1号`, `三月一日`.
pub(super) fn month_day(input: Input<'_, '_>, today: NaiveDate) -> Option<(Option<i32>, u32, u32)> {
    let year = attempt(input, |input| year(input, today));
    let month = number(input)?;
    spaces(input);
    literal(input, "月")?;
    spaces(input);
    let day = number(input)?;
    spaces(input);
    one_of(input, &["日", "号"])?;
    Some((year, month, day))
}

fn year(input: Input<'_, '_>, today: NaiveDate) -> Option<i32> {
    let year = span::year(input, today)?;
    spaces(input);
    optional(input, |input| literal(input, "的"));
    Some(year)
}

fn date(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let (year, month, day) = month_day(input, moment.today())?;
    moment.in_year(year, month, day)
}

/// `下月5号`, `本月20日`; and `15号` or `15日` alone, which is the next such day, today included.
fn of_month(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let today = moment.today();
    let months = attempt(input, |input| {
        let months = which(input)?;
        literal(input, "月")?;
        optional(input, |input| literal(input, "份"));
        spaces(input);
        optional(input, |input| literal(input, "的"));
        Some(months)
    });
    let day = number(input)?;
    match months {
        Some(months) => {
            spaces(input);
            one_of(input, &["号", "日"])?;
            shift_months(month_start(today), months)?.with_day(day)
        }
        None => {
            spaces(input);
            if one_of(input, &["号", "日"])? == 1 && !ends_a_day(input) {
                return None;
            }
            // 3号楼 is a building.
            const THINGS: [&str; 26] = [
                "楼",
                "店",
                "线",
                "仓",
                "门",
                "厂",
                "桌",
                "房",
                "院",
                "库",
                "馆",
                "车",
                "机",
                "码",
                "柜",
                "台",
                "站",
                "舱",
                "厅",
                "口",
                "样",
                "会议室",
                "文件",
                "合同",
                "产品",
                "客户",
            ];
            if THINGS.iter().any(|thing| input.starts_with(thing)) {
                return None;
            }
            moment.in_month(day)
        }
    }
}

/// The number of a day alone: `15号`.
pub(super) fn day_number(input: Input<'_, '_>) -> Option<u32> {
    let day = number(input)?;
    one_of(input, &["号", "日"])?;
    Some(day)
}

/// Whether what stands behind `15日` leaves it a day: 3日游 is none.
fn ends_a_day(input: &str) -> bool {
    let behind = ["前", "之前", "以前", "上午", "下午", "早", "晚", "中午", "凌晨"];
    input.chars().next().is_none_or(|c| !c.is_alphabetic()) || behind.iter().any(|word| input.starts_with(word))
}

/// Days that people have off on the same date every year: the next one. 国庆礼品 and 五一路 are none.
fn holiday(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    const NAMES: [(&str, u32, u32); 8] = [
        ("五一劳动节", 5, 1),
        ("元旦节", 1, 1),
        ("元旦", 1, 1),
        ("劳动节", 5, 1),
        ("五一节", 5, 1),
        ("五一", 5, 1),
        ("国庆节", 10, 1),
        ("国庆", 10, 1),
    ];
    let today = moment.today();
    let year = attempt(input, |input| year(input, today));
    let (_, month, day) = NAMES.iter().find(|(name, ..)| literal(input, name).is_some())?;
    let behind = ["前", "之前", "以前", "上午", "下午", "早上", "晚上", "中午"];
    let ends = input.chars().next().is_none_or(|c| !c.is_alphabetic());
    (ends || behind.iter().any(|word| input.starts_with(word))).then_some(())?;
    moment.in_year(year, *month, *day)
}

/// Beginnings, middles and ends of months, beginnings and ends of quarters and years: `月底`, `月中`, `下个月初`, `12月底`, `明年6月底`, `季末`, `年底`. Without
/// more it is the next one, today included.
fn edge(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let today = moment.today();
    let year = attempt(input, |input| year(input, today));
    let month = attempt(input, |input| {
        let month = number(input)?;
        spaces(input);
        literal(input, "月")?;
        Some(month)
    });
    if let Some(month) = month {
        optional(input, |input| literal(input, "份"));
        let first = NaiveDate::from_ymd_opt(year.unwrap_or(today.year()), month, 1)?;
        return next_edge(input, first, (1, 12), year.is_none().then_some(today));
    }
    if let Some(year) = year {
        optional(input, |input| literal(input, "年"));
        return next_edge(input, NaiveDate::from_ymd_opt(year, 1, 1)?, (12, 12), None);
    }
    let by = attempt(input, which);
    let (first, months) = match one_of(input, &["季度", "季", "月", "年"])? {
        0 | 1 => (quarter_start(today), 3),
        2 => (month_start(today), 1),
        _ => (year_start(today), 12),
    };
    let first = shift_months(first, months * by.unwrap_or(0))?;
    next_edge(input, first, (months, months), by.is_none().then_some(today))
}

/// The beginning, the 15th or the end, as the input says, of so many months from the first; where it would be before
/// `today`, that of the next such months.
fn next_edge(
    input: Input<'_, '_>,
    first: NaiveDate,
    (months, step): (i64, i64),
    today: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let which = one_of(input, &["底", "末", "初", "中"])?;
    // 月中旬 and 中秋 are others.
    let ends = input.chars().next().is_none_or(|c| !c.is_alphabetic()) || input.starts_with(['前', '之', '以']);
    if which == 3 && (months != 1 || !ends) {
        return None;
    }
    let edge = |first: NaiveDate| match which {
        0 | 1 => last_of_months(first, months),
        2 => Some(first),
        _ => first.with_day(MIDDLE),
    };
    let date = edge(first)?;
    match today {
        Some(today) if date < today => edge(shift_months(first, step)?),
        _ => Some(date),
    }
}

/// The middle of a month.
const MIDDLE: u32 = 15;

/// The last day of the so many months that begin at `first`.
pub(super) fn last_of_months(first: NaiveDate, months: i64) -> Option<NaiveDate> {
    shift_days(shift_months(first, months)?, -1)
}

/// The first day of the month, the quarter or the year at hand, where the whole of the text is its beginning: `月初`; of
/// the month its middle too.
pub(super) fn at_hand(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    Some(match text {
        "月初" => month_start(today),
        "月中" => month_start(today).with_day(MIDDLE)?,
        "季初" | "季度初" => quarter_start(today),
        "年初" => year_start(today),
        _ => return None,
    })
}

/// What is to come, by its first day: `下周`, `下个月`, `下季度`, `明年`.
pub(super) fn coming_span(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let today = moment.today();
    let span = attempt(input, |input| {
        let by = which(input).filter(|by| *by > 0)?;
        let span = match one_of(input, &["周", "星期", "礼拜", "季度", "季", "月", "年"])? {
            0..=2 => Span::Week,
            3 | 4 => Span::Quarter,
            5 => Span::Month,
            _ => Span::Year,
        };
        span.around(today, moment.week_start, by)
    });
    match span {
        Some(span) => Some(span.from),
        None => {
            let years = [1, 2][one_of(input, &["明年", "后年"])?];
            shift_months(year_start(today), 12 * years)
        }
    }
}

/// The last day of a span that something is to be done within: `本周内`, `月内`, `今年之内`.
pub(super) fn within(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let by = match attempt(input, which) {
        _ if literal(input, "今").is_some() => Some(0),
        by => by,
    };
    let span = match one_of(input, &["周", "星期", "礼拜", "季度", "季", "月", "年"])? {
        0..=2 => Span::Week,
        3 | 4 => Span::Quarter,
        5 => Span::Month,
        _ => Span::Year,
    };
    inside(input)?;
    let span = span.around(moment.today(), moment.week_start, by.unwrap_or(0).max(0))?;
    by.is_none_or(|by| by >= 0).then(|| span.last())
}

/// `内`, not as the beginning of a word.
pub(super) fn inside(input: Input<'_, '_>) -> Option<()> {
    one_of(input, &["之内", "以内", "内"])?;
    (!input.starts_with(['部', '容', '外', '勤', '测', '训'])).then_some(())
}

/// `前`, not as the beginning of a word: `周五前往` and `周五前后` are not before Friday.
pub(super) fn before(input: Input<'_, '_>) -> Option<()> {
    let long = one_of(input, &["之前", "以前", "前"])? < 2;
    let word = input.starts_with(['往', '来', '去', '台', '端', '期', '任', '面', '后', '提', '沿', '景']);
    (long || !word).then_some(())
}

/// A part of the day behind a day, without an hour: `今晚`, `明天一早`, `25号下午`. `bound` is said of a day that is one
/// character, to which the part belongs.
pub(super) fn part_of_day(input: Input<'_, '_>, bound: bool) -> Option<()> {
    if attempt(input, time::part).is_some() {
        // 下午茶 is none.
        return (!input.starts_with('茶')).then_some(());
    }
    one_of(input, &["晚", "早", "晨", "夜"])?;
    (bound || input.chars().next().is_none_or(|c| !c.is_alphanumeric())).then_some(())
}
