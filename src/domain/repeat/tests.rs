use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::{Europe::Berlin, UTC};
use proptest::prelude::*;

use super::*;
use crate::text::Lang;

fn day(text: &str) -> Due {
    Due::Day(text.parse().unwrap())
}

fn moment(text: &str) -> Instant {
    text.parse::<DateTime<Utc>>().unwrap().into()
}

/// The first ones after `from`, each done when it is due.
fn series(text: &str, from: Due, tz: Tz, most: usize) -> Vec<String> {
    let (mut text, mut due) = (text.to_owned(), from);
    let mut found = Vec::new();
    while found.len() < most {
        let Some(next) = next(&text, due, due.start(tz), tz).unwrap() else { break };
        due = next.due;
        found.push(match due {
            Due::Day(day) => day.to_string(),
            Due::At(at) => at.utc().with_timezone(&tz).format("%Y-%m-%d %H:%M").to_string(),
        });
        match next.repeat {
            Some(repeat) => text = repeat,
            None => break,
        }
    }
    found
}

#[test]
fn words_and_rules_give_the_next_day() {
    for (text, next) in [
        ("every 2 weeks", "2026-02-14"),
        ("每两周", "2026-02-14"),
        ("every other week", "2026-02-14"),
        ("every 2 days", "2026-02-02"),
        ("monthly", "2026-02-28"),
        ("每3天", "2026-02-03"),
        ("每季度", "2026-04-30"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-02-02"),
        ("RRULE:FREQ=DAILY;INTERVAL=10", "2026-02-10"),
    ] {
        assert_eq!(series(text, day("2026-01-31"), UTC, 1), [next], "{text}");
    }
}

#[test]
fn words_are_read_into_rules() {
    for (rule, all) in [
        ("FREQ=DAILY", &["daily", "every day", "每天", "每日"][..]),
        ("FREQ=DAILY;INTERVAL=2", &["every other day", "every 2 days", "每两天", "每隔一天", "隔天", "隔日"]),
        ("FREQ=WEEKLY", &["weekly", "every week", "每周", "每星期", "每个礼拜"]),
        (
            "FREQ=WEEKLY;INTERVAL=2",
            &["every 2 weeks", "biweekly", "every-2-weeks", "每两周", "每2个星期", "每隔一周", "隔周", "每兩週一次"],
        ),
        (
            "FREQ=WEEKLY;BYDAY=FR",
            &[
                "every friday",
                "fridays",
                "every fri",
                "weekly on friday",
                "每周五",
                "每个星期五",
                "每週五",
                "每逢周五",
                "每個禮拜五",
            ],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            &["every other friday", "every 2 weeks on friday", "every second friday", "每两周周五", "每两周的周五"],
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            &["every mon, wed and fri", "每周一、三、五", "每周一三五", "每周一、周三和周五"],
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            &[
                "weekdays",
                "every weekday",
                "every working day",
                "每个工作日",
                "工作日",
                "每周一到周五",
                "周一至周五",
                "每周一到五",
            ],
        ),
        ("FREQ=WEEKLY;BYDAY=SA,SU", &["weekends", "每周末"]),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            &[
                "last day of month",
                "last day of every month",
                "last-day-of-month",
                "end of month",
                "monthly on the 31st",
                "每月底",
                "月底",
                "每月最后一天",
                "每个月末",
                "每月31号",
            ],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15",
            &[
                "every 15th",
                "15th of every month",
                "monthly on the 15th",
                "every month on day 15",
                "每月15号",
                "每月十五日",
            ],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", &["every month on the 1st and 15th", "每月1号、15号", "每月1日和15日"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1", &["first day of month", "每月初", "每月1号"]),
        ("FREQ=MONTHLY;BYDAY=1MO", &["first monday of the month", "每月第一个周一"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", &["last friday of every month", "monthly on the last friday", "每月最后一个周五"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", &["last weekday of the month", "每月最后一个工作日"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD", &["monthly", "every month", "每月", "每个月"]),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD",
            &["quarterly", "every 3 months", "每季度", "每三个月"],
        ),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=BACKWARD", &["monthly on the 30th", "每月30日"]),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", &["last day of quarter", "每季度末"]),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD", &["yearly", "annually", "every year", "每年"]),
        (
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
            &["every year on march 1", "every mar 1", "yearly on 1st march", "每年3月1日"],
        ),
        (
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD",
            &["yearly on february 29", "每年2月29日"],
        ),
        (
            "FREQ=DAILY;BYHOUR=9;BYMINUTE=30",
            &["daily at 9:30", "每天9:30", "每天 09:30", "每天上午9点半", "每天９点半", "daily at 9:30am"],
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
            &["每周一早上9点", "每周一上午九点", "每周一9点", "每週一早上９點", "每逢周一 9:00", "every monday at 9am"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=15;BYMINUTE=0",
            &["每月15号下午3点", "每月15日15点", "monthly on the 15th at 3pm"],
        ),
        ("FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=0", &["每周三十点"]),
    ] {
        for text in all {
            let repeat = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!(repeat.to_string(), rule, "{text}");
            assert_eq!(parse(rule), Ok(repeat), "{text}");
        }
    }
}

#[test]
fn what_is_no_repetition_or_would_never_come_is_refused() {
    for text in [
        "sometimes",
        "every",
        "every 0 days",
        "every blue moon",
        "monthly on the 32nd",
        "every 2nd friday",
        "friday 13",
        "february 30",
        "每",
        "每隔两周",
        "每月32号",
        "每周八",
        "每年2月30日",
        "monthly on the 15th and 30th",
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;BYEASTER=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYYEARDAY=1,0",
        "every -1 days",
        "every - 3 months",
        "-weekly",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=MO四",
        "FREQ=DAILY;BYMINUTE=5",
        "FREQ=DAILY;BYHOUR=9,12",
        "FREQ=DAILY;SKIP=FORWARD",
        "FREQ=",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=9000;BYMONTH=2;BYMONTHDAY=30",
    ] {
        assert!(!parse(text).unwrap().goes_on(day("2026-01-31"), UTC), "{text}");
    }
    let error = parse("FREQ=DAILY;INTERVAL=0").unwrap_err();
    assert!(error.message(Lang::En).contains("INTERVAL=0"), "{error:?}");
}

#[test]
fn a_followup_repeats_on_the_day_that_was_meant() {
    for text in ["monthly", "每月"] {
        assert_eq!(
            series(text, day("2026-01-31"), UTC, 5),
            ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
        );
        assert_eq!(series(text, day("2026-01-29"), UTC, 2), ["2026-02-28", "2026-03-29"]);
        assert_eq!(series(text, day("2026-01-30"), UTC, 2), ["2026-02-28", "2026-03-30"]);
    }
    assert_eq!(series("quarterly", day("2026-01-31"), UTC, 3), ["2026-04-30", "2026-07-31", "2026-10-31"]);
    for text in ["yearly", "每年"] {
        let leap = series(text, day("2024-02-29"), UTC, 4);
        assert_eq!(leap, ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
    }
    // What RFC 5545 says itself: a month without that day is passed over.
    assert_eq!(series("FREQ=MONTHLY", day("2026-01-31"), UTC, 2), ["2026-03-31", "2026-05-31"]);
}

#[test]
fn the_repetition_says_which_day_is_meant_where_the_due_day_does_not() {
    let repeat = |text: &str, from: &str| next(text, day(from), Instant(0), UTC).unwrap().unwrap().repeat;
    assert_eq!(repeat("monthly", "2026-01-15").as_deref(), Some("monthly"));
    assert_eq!(repeat("Monthly", "2026-01-31").as_deref(), Some("Monthly on day 31"));
    assert_eq!(repeat("每季度", "2026-01-31").as_deref(), Some("每季度31日"));
    assert_eq!(repeat("每年", "2024-02-29").as_deref(), Some("每年2月29日"));
}

#[test]
fn the_local_time_that_was_meant_is_kept_across_clock_changes() {
    let at = |y, m, d, h, min| Due::At(Instant::from(Berlin.with_ymd_and_hms(y, m, d, h, min, 0).unwrap().to_utc()));
    for text in ["daily", "每天"] {
        assert_eq!(
            series(text, at(2026, 3, 28, 2, 30), Berlin, 3),
            ["2026-03-29 03:30", "2026-03-30 02:30", "2026-03-31 02:30"]
        );
        assert_eq!(series(text, at(2026, 3, 28, 9, 0), Berlin, 1), ["2026-03-29 09:00"]);
        assert_eq!(series(text, at(2026, 10, 24, 2, 30), Berlin, 2), ["2026-10-25 02:30", "2026-10-26 02:30"]);
    }
    assert_eq!(series("FREQ=DAILY", at(2026, 3, 28, 2, 30), Berlin, 2), ["2026-03-29 03:30", "2026-03-30 02:30"]);
    assert_eq!(moved_to(at(2026, 3, 28, 2, 30), "2026-03-29".parse().unwrap(), Berlin), at(2026, 3, 29, 3, 30));
}

#[test]
fn a_rule_ends_where_it_says() {
    let three = ["2026-02-01", "2026-02-02", "2026-02-03"];
    for text in [
        "FREQ=DAILY;UNTIL=20260203",
        "FREQ=DAILY;UNTIL=20260203T000000Z",
        "FREQ=DAILY;UNTIL=20260203T120000",
        "FREQ=DAILY;COUNT=4",
    ] {
        assert_eq!(series(text, day("2026-01-31"), UTC, 9), three, "{text}");
    }
    let at = |text: &str| Due::At(moment(text));
    assert_eq!(series("FREQ=DAILY;UNTIL=20260202T080000Z", at("2026-01-31T09:00:00Z"), UTC, 9), ["2026-02-01 09:00"]);
    assert_eq!(series("FREQ=DAILY;UNTIL=20260202", at("2026-01-31T09:00:00Z"), UTC, 9).len(), 2);
    assert!(series("FREQ=DAILY;COUNT=1", day("2026-01-31"), UTC, 9).is_empty());
}

#[test]
fn what_was_missed_is_not_made_up_for() {
    let after = |text: &str, due: Due, now: &str| next(text, due, moment(now), UTC).unwrap();
    let weekly = after("weekly", day("2026-01-02"), "2026-03-02T10:00:00Z").unwrap();
    assert_eq!(weekly.due, day("2026-03-06"));
    let daily = after("daily", Due::At(moment("2026-01-02T09:00:00Z")), "2026-03-02T09:00:00Z").unwrap();
    assert_eq!(daily.due, Due::At(moment("2026-03-03T09:00:00Z")));
    // Done early: the one after that.
    assert_eq!(after("weekly", day("2026-01-02"), "2026-01-01T10:00:00Z").unwrap().due, day("2026-01-09"));
    // Those that were missed count.
    let counted = after("FREQ=WEEKLY;COUNT=10", day("2026-01-02"), "2026-01-20T10:00:00Z").unwrap();
    assert_eq!((counted.due, counted.repeat.as_deref()), (day("2026-01-23"), Some("FREQ=WEEKLY;COUNT=7")));
    assert_eq!(after("FREQ=WEEKLY;COUNT=3", day("2026-01-02"), "2026-03-02T10:00:00Z"), None);
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>(), like in "(every|每|freq=|weekly|[0-9]|;by|=| ){0,8}") {
        let _ = (parse(&text), parse(&like));
    }

    #[test]
    fn any_value_of_a_part_of_a_rule_is_survived(
        part in prop::sample::select(vec!["INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYSETPOS", "BYHOUR"]),
        value in "[-+0-9A-Z,]{0,4}\\PC{0,3}",
    ) {
        let _ = parse(&format!("FREQ=MONTHLY;{part}={value}"));
    }

    #[test]
    fn printed_repetitions_are_read_back_as_the_same(
        unit in prop::sample::select(vec!["days", "weeks", "months", "quarters", "years"]), count in 1u32..60,
        days in 0i64..20_000, hour in 0u32..24,
    ) {
        let due = NaiveDate::default() + chrono::Days::new(days as u64);
        let text = format!("every {count} {unit}");
        let repeat = parse(&text).unwrap();
        prop_assert_eq!(parse(&repeat.to_string()), Ok(repeat));
        // What follows goes on saying the same, step by step, as the rule that it is.
        let due = Due::At(Instant::from(due.and_hms_opt(hour, 30, 0).unwrap().and_utc()));
        let rule = parse(&text).unwrap().to_string();
        prop_assert_eq!(series(&text, due, Berlin, 4), series(&rule, due, Berlin, 4));
    }
}
