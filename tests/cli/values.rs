//! What a value means, through every door: amounts, birthdays, days that are due, repetitions.

use serde_json::json;

use super::{id, shown};
use crate::harness::TestEnvironment;

fn count<const N: usize>(env: &TestEnvironment, terms: [&str; N]) -> String {
    env.crm([&["deal", "count"][..], &terms].concat()).ok().trim().to_owned()
}

#[test]
fn amounts_are_summed_to_the_last_digit_and_compared_in_one_currency() {
    let env = TestEnvironment::new();
    env.crm(["config", "set", "currency", "USD"]).ok();
    for (title, amount) in [
        ("a", "90000000000000000 USD"),
        ("b", "90000000000000000 USD"),
        ("c", "90000000000000000.01 USD"),
        ("d", "5000 JPY"),
        ("e", "951 USD"),
    ] {
        env.crm(["deal", "add", title, &format!("amount={amount}")]).ok();
    }
    let said = env.crm(["deal", "count", "--sum", "amount", "-o", "tsv", "--no-header"]).ok();
    assert!(said.contains("4\t270000000000000951.01\tUSD"), "{said}");
    assert!(env.crm(["board"]).ok().contains("270,000,000,000,000,951.01"));
    assert_eq!(count(&env, ["amount.over:950"]), "4");
    assert_eq!(count(&env, ["amount.over:950 JPY"]), "1");
    assert_eq!(count(&env, ["amount.over:90000000000000000"]), "1");
    assert_eq!(count(&env, ["amount.currency:JPY"]), "1");
    assert_eq!(count(&env, ["amount.currency.not:日元"]), "4");
    assert_eq!(count(&env, ["商机金额.币种:USD,JPY"]), "5");
    assert!(env.crm(["deal", "count", "amount.currency:XXY"]).fails(2).contains("XXY"));
    assert!(env.crm(["deal", "count", "amount.over:1.234"]).fails(2).contains("1234"));
    assert!(env.crm(["deal", "add", "f", "amount=250.000 €"]).fails(4).contains("250000"));
}

#[test]
fn a_birthday_may_have_no_year_and_its_days_go_over_the_end_of_the_year() {
    let env = TestEnvironment::new();
    for (name, day) in [("Leap", "--02-29"), ("Eve", "1990-12-31"), ("New", "--01-02"), ("Mar", "1985-03-01T00:00:00Z")]
    {
        env.crm(["contact", "add", name, &format!("birthday={day}")]).ok();
    }
    let found = |terms: &[&str]| {
        let words =
            [&["contact", "list", "--columns", "name", "-o", "tsv", "--no-header", "--sort", "id"][..], terms].concat();
        env.crm(words)
            .ok()
            .lines()
            .map(|line| line.rsplit('\t').next().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(shown(&env, "P-1")["record"]["birthday"], json!("--02-29"));
    let by = |bucket: &str| {
        let by = format!("birthday:{bucket}");
        env.crm(["contact", "count", "--by", &by, "-o", "csv", "--no-header"]).ok().trim().replace('\n', " ")
    };
    assert_eq!(by("day"), "--01-02,1 --02-29,1 1985-03-01,1 1990-12-31,1");
    assert_eq!(by("month"), "--01,1 --02,1 1985-03,1 1990-12,1");
    assert_eq!(by("quarter"), "--Q1,2 1985-Q1,1 1990-Q4,1");
    assert_eq!(by("year"), "1985,1 1990,1 ,2");
    assert_eq!(found(&["birthday:--02-29"]), "Leap");
    assert_eq!(found(&["birthday.before:2000-01-01"]), "Eve Mar");
    assert_eq!(found(&["birthday.day:2026-12-30..2027-01-03"]), "Eve New");
    assert_eq!(found(&["birthday.day:--12-30..--01-03"]), "Eve New");
    assert_eq!(found(&["birthday.day:2027-02-28"]), "Leap");
    assert_eq!(found(&["birthday.day:2028-02-28"]), "");
    assert_eq!(found(&["birthday.day:2028-02-29"]), "Leap");
    assert_eq!(found(&["birthday.day:today..+7d", "--now", "2027-02-22"]), "Leap Mar");
    assert_eq!(found(&["birthday.day:2026-01..2027-12"]), "Leap Eve New Mar");
    // The day as it is written, wherever the reader is.
    assert_eq!(found(&["birthday:1985-03-01T00:00:00Z", "--tz", "America/New_York"]), "Mar");
    env.crm(["contact", "add", "West", "birthday=1990-01-01T00:00:00Z", "--tz", "America/New_York"]).ok();
    assert_eq!(shown(&env, "P-5")["record"]["birthday"], json!("1990-01-01"));
    env.crm(["contact", "add", "None", "birthday=--02-30"]).fails(4);
    env.crm(["deal", "add", "None", "expected_close=--02-28"]).fails(4);
}

#[test]
fn a_day_that_is_due_is_over_when_the_day_is_over() {
    let env = TestEnvironment::new();
    for (title, due) in [
        ("yesterday", "2026-03-01"),
        ("today", "2026-03-02"),
        ("tomorrow", "2026-03-03"),
        ("nine", "2026-03-02T09:00Z"),
    ] {
        env.crm(["followup", "add", title, &format!("due={due}")]).ok();
    }
    let found = |term: &str| {
        let words =
            ["followup", "list", term, "--columns", "title", "-o", "tsv", "--no-header", "--now", "2026-03-02T12:00Z"];
        env.crm(words)
            .ok()
            .lines()
            .map(|line| line.rsplit('\t').next().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(found("due.before:now"), "yesterday nine");
    assert_eq!(found("due.after:now"), "today tomorrow");
    assert_eq!(found("due:..now"), "yesterday nine");
    assert_eq!(found("due:today"), "today nine");
    assert_eq!(found("due.before:today"), "yesterday");
    assert_eq!(found("due.after:today"), "tomorrow");
    let agenda = env.crm(["agenda", "--now", "2026-03-02T12:00Z"]).ok();
    assert!(agenda.contains("2 overdue"), "{agenda}");
}

#[test]
fn a_followup_goes_on_as_it_was_meant_through_its_steps() {
    let env = TestEnvironment::new();
    let rent = id(&env, ["followup", "add", "Rent", "due=2026-03-31", "repeat=monthly"]);
    env.crm(["followup", "done", &rent]).ok();
    let next = |id: &str| {
        let record = shown(&env, id)["record"].clone();
        json!([record["due"], record["repeat"]])
    };
    assert_eq!(next("F-2"), json!(["2026-04-30", "monthly on day 31"]));
    env.crm(["followup", "done", "F-2"]).ok();
    assert_eq!(next("F-3")[0], "2026-05-31");
    env.crm(["undo"]).ok();
    assert_eq!(next("F-2"), json!(["2026-04-30", "monthly on day 31"]));
    // Two months late: the next one is still to come.
    let weekly = id(&env, ["followup", "add", "Call", "due=2026-01-02", "repeat=weekly"]);
    env.crm(["followup", "done", &weekly]).ok();
    let due =
        env.crm(["followup", "list", "title:Call", "status:open", "--columns", "due", "-o", "tsv", "--no-header"]).ok();
    assert!(due.trim().ends_with("2026-03-06"), "{due}");
    for (repeat, said) in [
        ("FREQ=DAILY;UNTIL=20260201", "never comes again"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes again"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=SECONDLY", "SECONDLY"),
        ("FREQ=DAILY;BYHOUR=9", "without one"),
        ("every day at 9:00", "without one"),
    ] {
        let error = env.crm(["followup", "add", "x", "due=2026-03-31", &format!("repeat={repeat}")]).fails(4);
        assert!(error.contains(said), "{repeat}: {error}");
    }
    let timed = id(&env, ["followup", "add", "Ring", "due=2026-03-31 9:00", "repeat=every day at 9:00"]);
    env.crm(["followup", "set", &timed, "due=2026-04-01"]).fails(4);
}

#[test]
fn a_wrong_date_is_one_of_the_command_or_one_of_a_value() {
    let env = TestEnvironment::new();
    env.crm(["followup", "add", "call", "due=tomorrow"]).ok();
    for (words, code) in [
        (&["deal", "list", "--now", "someday"][..], 2),
        (&["deal", "list", "--tz", "nowhere"], 2),
        (&["changes", "--since", "someday"], 2),
        (&["followup", "show", "F-1", "--as-of", "someday"], 2),
        (&["followup", "list", "due.before:someday"], 2),
        (&["followup", "set", "F-1", "due=someday"], 4),
        (&["followup", "snooze", "F-1", "someday"], 4),
        (&["followup", "snooze", "F-1", "昨天"], 4),
        (&["followup", "snooze", "F-1", "-2h"], 4),
        (&["followup", "set", "F-1", "due=9999-12-31T23:59", "--tz", "America/New_York"], 4),
        (&["followup", "set", "F-1", "due=0001-01-01T00:00Z"], 4),
        (&["followup", "snooze", "F-1", "9999-12-31 23:59"], 4),
        (&["customer", "add", "x", "employees=-1"], 4),
        (&["log", "note", "F-1"], 4),
    ] {
        env.crm(words).fails(code);
    }
    env.crm(["followup", "set", "F-1", "due=9999-12-31"]).ok();
}

#[test]
fn options_of_an_import_that_say_nothing_are_mistakes_of_the_command() {
    let env = TestEnvironment::new();
    env.write("n.csv", "name,birthday\nAnn,01/02/1990\n");
    for option in ["--date-format=%Q", "--date-format=xx", "--date-format=%d/%m", "--currency=xyz"] {
        env.crm(["import", "n.csv", "--into", "contact", option]).fails(2);
    }
    env.crm(["import", "n.csv", "--into", "contact", "--date-format=%d/%m/%Y"]).ok();
}
