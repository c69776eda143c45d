//! Phrases as people type them, with their right values: `tests/phrases.tsv`, whose head says how each is judged.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Asia::Shanghai;
use rust_decimal::Decimal;

use super::{asking, store};
use crate::{
    domain::{
        Due, FieldDef, Instant, Value, bytes, customer, deal, followup,
        read::{ReadContext, read},
        repeat, ticket,
        words::{
            money::{Currency, Money},
            when::{self, When},
        },
    },
    error::{Error, Result},
    query::{
        filter::{Check, Edge, Filter, Node},
        resolve::{self, QueryContext},
    },
    store::engine::Engine,
    text::said,
};

const PHRASES: &str = include_str!("../../../tests/phrases.tsv");

/// The lines that are read otherwise so far: this list can only get shorter.
const NOT_YET: &[&str] = &[];

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 27, 15, 15, 0).unwrap()
}

fn value(def: &FieldDef, phrase: &str) -> Result<Option<Value>> {
    let reading = ReadContext {
        now: Instant::from(now()),
        tz: Shanghai,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        date_format: None,
        decimal: None,
        links: &|_, _| Err(Error::not_found(said!("no links here", "此处没有关联"))),
    };
    read(def, phrase, &reading)
}

fn local(at: Instant) -> String {
    at.utc().with_timezone(&Shanghai).format("%Y-%m-%dT%H:%M%:z").to_string()
}

fn day_or_time(due: Due, only_day: bool) -> String {
    match due {
        Due::Day(day) => day.to_string(),
        Due::At(at) if only_day => at.day(Shanghai).to_string(),
        Due::At(at) => local(at),
    }
}

/// What a phrase says that names a part of the day without an hour is judged by its day.
fn names_a_part(phrase: &str) -> bool {
    let hours = ['点', '點', '时', ':', '：'];
    !phrase.contains(hours) && !phrase.contains("中午") && phrase.contains(['午', '晚', '早', '晨', '夜'])
}

fn shown(value: Option<Value>, phrase: &str) -> String {
    match value {
        None => "(empty)".to_owned(),
        Some(Value::Due(due)) => day_or_time(due, names_a_part(phrase)),
        Some(Value::Date(day)) => match day.to_string().strip_prefix("0000") {
            Some(rest) => format!("-{rest}"),
            None => day.to_string(),
        },
        Some(Value::Money(money)) => amount(money.decimal().unwrap_or_default(), money),
        Some(Value::Whole(number)) => number.to_string(),
        Some(Value::Percent(number)) => number.to_string(),
        other => format!("{other:?}"),
    }
}

fn amount(number: Decimal, money: Money) -> String {
    format!("{} {}", number.normalize(), money.currency)
}

fn field(what: &str, phrase: &str) -> Result<String> {
    let def = match what {
        "date" | "datetime" => followup::DUE.def(),
        "amount" => deal::AMOUNT.def(),
        "birthday" => customer::BIRTHDAY.def(),
        "length" => followup::MINUTES.def(),
        "repeat" => {
            let found = repeat::parse(phrase)?.to_string();
            return Ok(parts(&found).into_iter().collect::<Vec<_>>().join(";"));
        }
        _ if phrase.ends_with('分') => ticket::SATISFACTION.def(),
        _ if phrase.ends_with(['成', '%', '％']) => deal::PROBABILITY.def(),
        _ => customer::EMPLOYEES.def(),
    };
    let value = value(&def, phrase)?;
    Ok(match value {
        Some(Value::Whole(minutes)) if what == "length" && minutes % (24 * 60) == 0 => {
            format!("P{}D", minutes / 24 / 60)
        }
        Some(Value::Whole(minutes)) if what == "length" => format!("{minutes}m"),
        value => shown(value, phrase),
    })
}

/// The parts of a rule that are judged.
fn parts(rule: &str) -> BTreeSet<String> {
    rule.split(';').filter(|part| !matches!(*part, "RSCALE=GREGORIAN" | "SKIP=BACKWARD")).map(str::to_owned).collect()
}

fn filtered(what: &str, phrase: &str, asking: &QueryContext<'_>) -> Result<String> {
    let (kind, name) = match what {
        "amount" => (&deal::KIND, "amount"),
        "number" => (&deal::KIND, "probability"),
        "length" => (&followup::KIND, "minutes"),
        _ => (&followup::KIND, "due"),
    };
    let quoted =
        if phrase.contains(' ') && !phrase.contains("..") { format!("\"{phrase}\"") } else { phrase.to_owned() };
    let filter = resolve::read(&format!("{name}:{quoted}"), kind, asking)?;
    Ok(range(&filter))
}

fn range(filter: &Filter) -> String {
    let day = |number: i64| match number {
        i64::MIN | i64::MAX => String::new(),
        number => bytes::day_from_number(number).map(|day| day.to_string()).unwrap_or_default(),
    };
    match filter.root() {
        Node::Field(_, Check::Due { days, instants }) if days.iter().len() == 1 => {
            let (from, to) = days.iter().next().unwrap();
            let at = instants.iter().next().unwrap();
            // A moment lies in the same days as a day does.
            let same = |at: i64, day: i64, after: i64| {
                let start = bytes::day_from_number(day).map(|day| Due::Day(day).start(Shanghai).0 + after);
                matches!(at, i64::MIN | i64::MAX) || start == Some(at) || start.is_none()
            };
            if !same(at.0, from, 0) || !same(at.1, to, 24 * 3_600_000 - 1) {
                return format!("{:?} {:?}", (day(from), day(to)), (local(Instant(at.0)), local(Instant(at.1))));
            }
            format!("{}..{}", day(from), day(to))
        }
        Node::Field(_, Check::Exact(spans, Some(currency))) if spans.iter().len() == 1 => {
            match spans.iter().next().unwrap() {
                (Edge::At(from, false), Edge::At(to, true)) if from == to => format!("{} {currency}", from.normalize()),
                (Edge::At(from, false), Edge::At(to, true)) => {
                    format!("{}..{} {currency}", from.normalize(), to.normalize())
                }
                other => format!("{other:?}"),
            }
        }
        Node::Field(_, Check::Numbers(numbers)) if numbers.iter().len() == 1 => {
            let (from, to) = numbers.iter().next().unwrap();
            format!("{from}..{to}")
        }
        node => format!("{node:?}"),
    }
}

fn due_of(when: When) -> Due {
    match when {
        When::Day(day) => Due::Day(day),
        When::At(at) => Due::At(at.into()),
    }
}

fn next(phrase: &str) -> Result<String> {
    let (found, title) = when::split_prefix(phrase, now(), Shanghai, Weekday::Mon)?;
    if title.trim().is_empty() {
        return Err(Error::invalid(said!("nothing is said", "没有内容")));
    }
    let due = due_of(found);
    Ok(format!("{}¦{title}", day_or_time(due, names_a_part(phrase))))
}

fn snoozed(what: &str, phrase: &str, expected: &str) -> Result<String> {
    let found = when::parse_from_now(phrase, now(), Shanghai, Weekday::Mon)?;
    let due = due_of(found);
    Ok(match due {
        Due::At(at) if what == "length" => format!("{}m", (at.0 - now().timestamp_millis()) / 60_000),
        Due::Day(day) if what == "length" => {
            let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
            let months =
                expected.strip_prefix('P').and_then(|rest| rest.strip_suffix('M')).and_then(|n| n.parse().ok());
            match months.filter(|months| today.checked_add_months(chrono::Months::new(*months)) == Some(day)) {
                Some(_) => expected.to_owned(),
                None => format!("P{}D", (day - today).num_days()),
            }
        }
        due => day_or_time(due, names_a_part(phrase)),
    })
}

/// Whether what was read is what is right; numbers are the same with and without decimals.
fn agrees(what: &str, found: &str, right: &str) -> bool {
    let number = |text: &str| {
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        number.parse::<Decimal>().ok().map(|number| (number.normalize(), unit.to_owned()))
    };
    match what {
        "amount" | "number" if right != "refused" => {
            found == right || number(found).is_some_and(|n| Some(n) == number(right))
        }
        "repeat" if right != "refused" => parts(found) == parts(right),
        "datetime" if right != "refused" => {
            let at = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").ok();
            found == right || at(found).is_some_and(|found| Some(found) == at(right))
        }
        "range" if right != "refused" && !right.contains("..") => found == format!("{right}..{right}"),
        _ => found == right,
    }
}

#[test]
fn phrases_have_their_right_values() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let asking = QueryContext { now: now(), ..asking(reader) };
    let (mut differ, mut count) = (Vec::new(), 0);
    for line in PHRASES.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [what, door, phrase, right] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = match door {
            "filter" => filtered(what, phrase, &asking),
            "next" => next(phrase),
            "snooze" => snoozed(what, phrase, right),
            _ => field(what, phrase),
        };
        let found = found.unwrap_or_else(|_| "refused".to_owned());
        count += 1;
        if !agrees(what, &found, right) {
            differ.push((format!("{what}\t{door}\t{phrase}"), format!("{right}, not {found}")));
        }
    }
    assert!(count > 2000, "{count}");
    let held: BTreeSet<&str> = differ.iter().map(|(line, _)| line.as_str()).collect();
    let new: Vec<String> = differ
        .iter()
        .filter(|(line, _)| !NOT_YET.contains(&line.as_str()))
        .map(|(line, why)| format!("{line}\t{why}"))
        .collect();
    assert!(new.is_empty(), "{} of {count}:\n{}", new.len(), new.join("\n"));
    let read: Vec<_> = NOT_YET.iter().filter(|line| !held.contains(*line)).collect();
    assert!(read.is_empty(), "these are right now, so take them from the list: {read:?}");
}

/// On Friday 2026-11-27.
#[test]
fn ranges_of_what_has_been_end_after_their_beginning() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let asking = QueryContext { now: now(), ..asking(reader) };
    for (text, days) in [
        ("11月1日到11月30日", "2026-11-01..2026-11-30"),
        ("11月1日..11月15日", "2026-11-01..2026-11-15"),
        ("12月20日..1月5日", "2025-12-20..2026-01-05"),
        ("1号到28号", "2026-11-01..2026-11-28"),
        ("周一到周五", "2026-11-23..2026-11-27"),
        ("周六到周日", "2026-11-21..2026-11-22"),
        ("'nov 1'..'nov 30'", "2026-11-01..2026-11-30"),
        ("周三", "2026-11-25..2026-11-25"),
        ("11月1日到今天", "2026-11-01..2026-11-27"),
    ] {
        let text = text.replace('\'', "\"");
        let filter = resolve::read(&format!("created:{text}"), &customer::KIND, &asking).unwrap();
        let Node::Field(_, Check::Numbers(ranges)) = filter.root() else { panic!("{text}: {:?}", filter.root()) };
        let (from, to) = ranges.iter().next().unwrap();
        let day = |at: i64| Instant(at).day(Shanghai).to_string();
        assert_eq!(format!("{}..{}", day(from), day(to)), days, "{text}");
    }
}
