use super::*;
use crate::text::Lang;
use chrono::TimeZone;
use chrono_tz::{America::New_York, Asia::Shanghai};
use proptest::prelude::*;

/// Wednesday 2026-03-04, 10:30 in Shanghai.
fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 4, 2, 30, 0).unwrap()
}

fn read(text: &str) -> Result<String> {
    parse(text, now(), Shanghai, Weekday::Mon).map(|when| match when {
        When::Day(day) => day.to_string(),
        When::At(at) => at.with_timezone(&Shanghai).format("%Y-%m-%d %H:%M").to_string(),
    })
}

fn check(table: &[(&str, &str)]) {
    for (text, meant) in table {
        assert_eq!(read(text).as_deref(), Ok(*meant), "{text}");
    }
}

#[test]
fn days_in_english() {
    check(&[
        ("today", "2026-03-04"),
        ("Tomorrow", "2026-03-05"),
        ("yesterday", "2026-03-03"),
        ("fri", "2026-03-06"),
        ("on friday", "2026-03-06"),
        ("wed", "2026-03-11"),
        ("mon", "2026-03-09"),
        ("next mon", "2026-03-09"),
        ("next-mon", "2026-03-09"),
        ("In-3-days", "2026-03-07"),
        ("1-mar-2027", "2027-03-01"),
        ("next fri", "2026-03-13"),
        ("this fri", "2026-03-06"),
        ("last fri", "2026-02-27"),
        ("next week", "2026-03-09"),
        ("next month", "2026-04-01"),
        ("eod", "2026-03-04"),
        ("eow", "2026-03-08"),
        ("eom", "2026-03-31"),
        ("eoq", "2026-03-31"),
        ("eoy", "2026-12-31"),
        ("som", "2026-03-01"),
        ("  today ", "2026-03-04"),
    ]);
}

/// On Wednesday 2026-03-04.
#[test]
fn what_has_been_is_the_last_day_of_its_name() {
    for (text, meant) in [
        ("周三", "2026-03-04"),
        ("周四", "2026-02-26"),
        ("thu", "2026-02-26"),
        ("wed", "2026-02-25"),
        ("3月5日", "2025-03-05"),
        ("3月4日", "2026-03-04"),
        ("mar 5", "2025-03-05"),
        ("2月29日", "2024-02-29"),
        ("5号", "2026-02-05"),
        ("31号", "2026-01-31"),
        ("3日", "2026-03-03"),
        ("3日前", "2026-03-01"),
        ("元旦", "2026-01-01"),
        ("国庆节", "2025-10-01"),
        ("周四下午3点", "2026-02-26 15:00"),
        ("上周四", "2026-02-26"),
        ("下周四", "2026-03-12"),
        ("明天", "2026-03-05"),
        ("2026-11-20", "2026-11-20"),
    ] {
        let found = parse_toward(text, Toward::Back, now(), Shanghai, Weekday::Mon).map(|when| match when {
            When::Day(day) => day.to_string(),
            When::At(at) => at.with_timezone(&Shanghai).format("%Y-%m-%d %H:%M").to_string(),
        });
        assert_eq!(found.as_deref(), Ok(meant), "{text}");
    }
}

/// A number of days before the 30th is no number of days back, where days are to come.
#[test]
fn the_nth_is_a_day_with_either_word() {
    check(&[
        ("15日", "2026-03-15"),
        ("3日", "2026-04-03"),
        ("30日前", "2026-03-30"),
        ("30日之前", "2026-03-30"),
        ("15日下午3点", "2026-03-15 15:00"),
        ("3天前", "2026-03-01"),
        ("三日后", "2026-03-07"),
    ]);
    for title in ["3日游", "5日线", "30日元"] {
        assert!(split_prefix(title, now(), Shanghai, Weekday::Mon).is_err(), "{title}");
    }
    let from_now = |text: &str| parse_from_now(text, now(), Shanghai, Weekday::Mon);
    assert_eq!(from_now("3日"), from_now("三天"));
    assert_eq!(from_now("到10日").unwrap().print(Shanghai), "2026-03-10");
}

#[test]
fn distances() {
    check(&[
        ("+3d", "2026-03-07"),
        ("-2w", "2026-02-18"),
        ("+1m", "2026-04-04"),
        ("-90d", "2025-12-04"),
        ("+2h", "2026-03-04 12:30"),
        ("+30min", "2026-03-04 11:00"),
        ("in 3 days", "2026-03-07"),
        ("in a week", "2026-03-11"),
        ("in two hours", "2026-03-04 12:30"),
        ("3 days ago", "2026-03-01"),
        ("2 weeks from now", "2026-03-18"),
        ("+3d 15:00", "2026-03-07 15:00"),
        ("3天后", "2026-03-07"),
        ("３天后", "2026-03-07"),
        ("两周后", "2026-03-18"),
        ("一个月后", "2026-04-04"),
        ("3天前", "2026-03-01"),
        ("3天之后下午3点", "2026-03-07 15:00"),
        ("2小时后", "2026-03-04 12:30"),
        ("半小时后", "2026-03-04 11:00"),
    ]);
}

#[test]
fn dates_and_instants() {
    check(&[
        ("2026-03-01", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("2026-03-01T15:00", "2026-03-01 15:00"),
        ("2026-03-01 15:00:00+08:00", "2026-03-01 15:00"),
        ("2026-03-01T15:00:00Z", "2026-03-01 23:00"),
        ("2026-03-01T15:00:00.123-0500", "2026-03-02 04:00"),
        ("2026-03-01 3pm", "2026-03-01 15:00"),
        ("2026-03-01 3:30 pm", "2026-03-01 15:30"),
        ("2026年3月1日", "2026-03-01"),
        ("２０２６年３月１日", "2026-03-01"),
        ("3月1日", "2027-03-01"),
        ("3月4号", "2026-03-04"),
        ("十二月三十一日", "2026-12-31"),
        ("2月29日", "2028-02-29"),
        ("mar 9", "2026-03-09"),
        ("1 March", "2027-03-01"),
        ("March 1st, 2026", "2026-03-01"),
        ("1 sept 2026 3pm", "2026-09-01 15:00"),
    ]);
}

#[test]
fn times() {
    check(&[
        ("15:00", "2026-03-04 15:00"),
        ("3pm", "2026-03-04 15:00"),
        ("12am", "2026-03-04 00:00"),
        ("tomorrow 3pm", "2026-03-05 15:00"),
        ("tomorrow-3pm", "2026-03-05 15:00"),
        ("tomorrow at 3 pm", "2026-03-05 15:00"),
        ("3pm tomorrow", "2026-03-05 15:00"),
        ("fri 14:30", "2026-03-06 14:30"),
        ("next mon 9:00", "2026-03-09 09:00"),
        ("noon", "2026-03-04 12:00"),
        ("tomorrow noon", "2026-03-05 12:00"),
        ("明天下午3点", "2026-03-05 15:00"),
        ("明天上午10点半", "2026-03-05 10:30"),
        ("下午3点15分", "2026-03-04 15:15"),
        ("下午３：１５", "2026-03-04 15:15"),
        ("周五晚上8点", "2026-03-06 20:00"),
        ("今晚八点", "2026-03-04 20:00"),
        ("明早9点", "2026-03-05 09:00"),
        ("今天晚上12点", "2026-03-05 00:00"),
        ("后天中午", "2026-03-06 12:00"),
        ("凌晨12点", "2026-03-04 00:00"),
        ("15点20分", "2026-03-04 15:20"),
    ]);
}

#[test]
fn days_in_chinese() {
    check(&[
        ("今天", "2026-03-04"),
        ("明天", "2026-03-05"),
        ("后天", "2026-03-06"),
        ("大后天", "2026-03-07"),
        ("昨天", "2026-03-03"),
        ("前天", "2026-03-02"),
        ("周五", "2026-03-06"),
        ("周三", "2026-03-04"),
        ("下周一", "2026-03-09"),
        ("下个星期三", "2026-03-11"),
        ("星期天", "2026-03-08"),
        ("本周五", "2026-03-06"),
        ("这周一", "2026-03-02"),
        ("下下周三", "2026-03-18"),
        ("上周五", "2026-02-27"),
        ("月底", "2026-03-31"),
        ("下月底", "2026-04-30"),
        ("下个月初", "2026-04-01"),
        ("季末", "2026-03-31"),
        ("年底", "2026-12-31"),
        ("明年底", "2027-12-31"),
        ("下个月", "2026-04-01"),
    ]);
}

#[test]
fn what_is_not_a_date() {
    for text in [
        "",
        "soon",
        "sunny",
        "fri 14:305",
        "+3",
        "+3dx",
        "2026-02-30",
        "25:00",
        "13pm",
        "2026-13-01",
        "feb 30",
        "32 mar",
        "本周",
        "next",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    let error = read("3/1").expect_err("two readings");
    assert!(error.message.get(Lang::En).contains("two different days"));
    assert!(error.hint.is_some_and(|hint| hint.get(Lang::En).contains("2026-03-01")));
    for (text, next) in [
        ("12/31/2027", "write 2027-12-31"),
        ("31.12.2027", "write 2027-12-31"),
        ("31/12/27", "write 2027-12-31"),
        ("5/5/2027", "write 2027-05-05"),
        ("3/4/2027", "write 2027-03-04 or 2027-04-03"),
        ("12/31", "write 2026-12-31"),
    ] {
        let error = read(text).expect_err(text);
        assert_eq!(error.hint.as_ref().map(|hint| hint.get(Lang::En)), Some(next), "{text}");
    }
    for (text, next) in [("2h", "write +2h for"), ("30m", "write +30min for"), ("1d12h", "write +1d")] {
        let error = read(text).expect_err("a length of time");
        assert!(error.hint.is_some_and(|hint| hint.get(Lang::En).starts_with(next)), "{text}");
    }
    assert!(read("+999999999y").is_err());
}

#[test]
fn the_week_begins_where_it_is_told_to() {
    let next_sunday = |first| parse("next sun", now(), Shanghai, first).unwrap().print(Shanghai);
    assert_eq!(next_sunday(Weekday::Mon), "2026-03-15");
    assert_eq!(next_sunday(Weekday::Sun), "2026-03-08");
}

#[test]
fn today_is_that_of_the_zone() {
    let today = parse("today", now(), New_York, Weekday::Mon);
    assert_eq!(today.map(|when| when.print(New_York)).as_deref(), Ok("2026-03-03"));
}

#[test]
fn a_date_comes_off_the_front() {
    let table = [
        ("fri send quote", "2026-03-06", "send quote"),
        ("Fri: send Quote", "2026-03-06", "send Quote"),
        ("明天下午3点 send quote", "2026-03-05T15:00:00+08:00", "send quote"),
        ("明天下午3点发报价", "2026-03-05T15:00:00+08:00", "发报价"),
        ("next-mon send quote", "2026-03-09", "send quote"),
        ("tomorrow-3pm call 王五", "2026-03-05T15:00:00+08:00", "call 王五"),
        ("tomorrow 3pm call 王五", "2026-03-05T15:00:00+08:00", "call 王五"),
        ("+3d 2 samples", "2026-03-07", "2 samples"),
        ("3天后，回访", "2026-03-07", "回访"),
        ("下周一３点 ２个人开会", "2026-03-09T03:00:00+08:00", "２个人开会"),
        ("2026-03-09 call", "2026-03-09", "call"),
        ("2026-03-09 15:00 call", "2026-03-09T15:00:00+08:00", "call"),
        ("mar 9 call", "2026-03-09", "call"),
        ("may 5 15:00 call", "2026-05-05T15:00:00+08:00", "call"),
        ("today", "2026-03-04", ""),
    ];
    for (text, when, rest) in table {
        let split = split_prefix(text, now(), Shanghai, Weekday::Mon);
        assert_eq!(split.map(|(when, rest)| (when.print(Shanghai), rest)), Ok((when.to_owned(), rest)), "{text}");
    }
    for text in [
        "send quote fri",
        "sunny",
        "sun-dried",
        "today's list",
        "sun@x.cn",
        "in a meeting",
        "march on",
        "3 samples",
        "",
        "3/1 call",
    ] {
        assert!(split_prefix(text, now(), Shanghai, Weekday::Mon).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn printed_dates_are_read_back(seconds in -2_000_000_000i64..4_000_000_000, whole in any::<bool>()) {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        let when = if whole { When::Day(at.date_naive()) } else { When::At(at) };
        prop_assert_eq!(parse(&when.print(New_York), now(), New_York, Weekday::Sun), Ok(when));
    }

    /// Places had offsets of seconds before there were zones.
    #[test]
    fn very_old_dates_are_read_back(seconds in -20_000_000_000i64..-1_000_000_000) {
        let when = When::At(DateTime::from_timestamp(seconds, 0).unwrap());
        prop_assert_eq!(parse(&when.print(Shanghai), now(), Shanghai, Weekday::Sun), Ok(when));
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), like in "[-+0-9:/年月日号天前后内点半个下周末明一三五 a-z]{0,12}") {
        for text in [&text, &like] {
            let whole = parse(text, now(), Shanghai, Weekday::Mon);
            let split = split_prefix(text, now(), Shanghai, Weekday::Mon);
            if let Ok((_, rest)) = split {
                prop_assert!(text.ends_with(rest));
            }
            // What is a date as a whole is one as a prefix.
            prop_assert!(whole.is_err() || split.is_ok());
        }
    }
}
