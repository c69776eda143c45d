//! Random filters, answered by index and plan, agree with decoding every record and looking.

use std::{cell::RefCell, cmp::Ordering, collections::HashMap, ops::ControlFlow};

use chrono::NaiveDate;
use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::{
    asking,
    asks::{Ask, Asked, fields_of, noun_and_ask},
    how, store_of,
};
use crate::{
    domain::{
        Due, FieldDef, Kind, KindId, Lookup, Record, RecordId, Type, Value, activity, customer, deal, followup,
        kind_named, start_of_day,
        words::{money::Money, phone},
    },
    query::{
        count::count,
        resolve::read,
        select::{Order, Query},
    },
    store::Reader,
    text::fold,
};

/// By kind and link, the records that point to each record.
type Pointing = HashMap<(KindId, u16), HashMap<u64, Vec<u64>>>;

/// All records of the store, decoded one at a time.
struct Naive<'a> {
    reader: Reader<'a>,
    /// Found by decoding them all, once.
    pointing: RefCell<Pointing>,
}

impl Naive<'_> {
    fn all(&self, kind: KindId) -> Vec<u64> {
        let mut numbers = Vec::new();
        self.reader
            .each(kind, &mut |num, _| {
                numbers.push(num);
                ControlFlow::Continue(())
            })
            .unwrap();
        numbers
    }

    fn pointing(&self, from: &Kind, link: &FieldDef, target: u64) -> Vec<u64> {
        let mut known = self.pointing.borrow_mut();
        let by_target = known.entry((from.id, link.tag)).or_insert_with(|| {
            let mut by_target: HashMap<u64, Vec<u64>> = HashMap::new();
            for child in self.all(from.id) {
                if let Some(Value::Link(target)) = self.record(from.id, child).unwrap().row().value(link) {
                    by_target.entry(target).or_default().push(child);
                }
            }
            by_target
        });
        by_target.get(&target).cloned().unwrap_or_default()
    }

    fn record(&self, kind: KindId, num: u64) -> Option<Record> {
        self.reader.record(RecordId::new(kind, num)).unwrap()
    }

    /// The values at the end of a path, links followed either way, lists taken apart. Whether links lead anywhere at
    /// all is a value too: `deals` gives the numbers of the deals.
    fn values(&self, kind: &'static Kind, num: u64, path: &str) -> Vec<(Type, Value)> {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let Some(record) = self.record(kind.id, num) else { return Vec::new() };
        let Some(def) = kind.field(name) else {
            let from = kind_named(name).unwrap();
            let link = from.field(if kind.noun == "user" { "owner" } else { kind.noun }).unwrap();
            let linked = self.pointing(from, link, num);
            return linked
                .into_iter()
                .flat_map(|child| match rest {
                    Some(rest) => self.values(from, child, rest),
                    None => vec![(Type::Link, Value::Link(child))],
                })
                .collect();
        };
        let derived = self.reader.derived(RecordId::new(kind.id, num)).unwrap();
        let mut value = if def.derived { derived.row().value(def) } else { record.row().value(def) };
        if value.is_none() && matches!(def.code, "open_deals" | "open_tickets") {
            value = Some(Value::Whole(0));
        }
        match (value, rest) {
            (None, _) => Vec::new(),
            (Some(Value::Link(target)), Some(rest)) => {
                self.values(crate::domain::target_of(def).unwrap(), target, rest)
            }
            (Some(Value::List(items)), _) => items.into_iter().map(|item| (def.ty, item)).collect(),
            (Some(value), _) => vec![(def.ty, value)],
        }
    }

    fn holds(&self, kind: &'static Kind, num: u64, ask: &Ask) -> bool {
        let any = |path: &str, test: &dyn Fn(&Value) -> bool| {
            self.values(kind, num, path).iter().any(|(_, value)| test(value))
        };
        match ask {
            Ask::Compare(path, asked, literal) => {
                let is = |wanted: &dyn Fn(Option<Ordering>) -> bool| {
                    any(path, &|value| wanted(self.compare(path, value, literal)))
                };
                match asked {
                    Asked::Equal => is(&|found| found == Some(Ordering::Equal)),
                    Asked::Not => !is(&|found| found == Some(Ordering::Equal)),
                    Asked::AtLeast => is(&|found| found.is_some_and(Ordering::is_ge)),
                    Asked::AtMost => is(&|found| found.is_some_and(Ordering::is_le)),
                    Asked::Over => is(&|found| found.is_some_and(Ordering::is_gt)),
                    Asked::Under => is(&|found| found.is_some_and(Ordering::is_lt)),
                }
            }
            // Of a count that the program keeps, none is none.
            Ask::Set(path) => any(path, &|value| path != "open_deals" || *value != Value::Whole(0)),
            Ask::Empty(path) => !self.holds(kind, num, &Ask::Set(path.clone())),
            Ask::Prefix(path, start) => any(path, &|value| fold(&text(value)).starts_with(&fold(start))),
            Ask::Contains(path, part) => any(path, &|value| fold(&text(value)).contains(&fold(part))),
            Ask::Word(word) => kind.all_fields().filter(|def| def.search || def.name).any(|def| {
                any(def.code, &|value| {
                    let text = text(value);
                    let sounds = def.name && !text.is_ascii() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
                    fold(&text).contains(&fold(word)) || (sounds && crate::text::pinyin::matches(word, &text))
                })
            }),
            Ask::And(asks) => asks.iter().all(|ask| self.holds(kind, num, ask)),
            Ask::Or(asks) => asks.iter().any(|ask| self.holds(kind, num, ask)),
            Ask::Not(ask) => !self.holds(kind, num, ask),
        }
    }

    /// How a value compares with a literal of the lists below, which are easy to read.
    fn compare(&self, path: &str, value: &Value, literal: &str) -> Option<Ordering> {
        let days = |from: NaiveDate, until: NaiveDate, day: NaiveDate| {
            if day < from {
                Ordering::Less
            } else if day >= until {
                Ordering::Greater
            } else {
                Ordering::Equal
            }
        };
        let period = || {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            match literal {
                "2026-02" => (day("2026-02-01"), day("2026-03-01")),
                "2026-q1" => (day("2026-01-01"), day("2026-04-01")),
                "today" => (day("2026-02-18"), day("2026-02-19")),
                "-10d" => (day("2026-02-08"), day("2026-02-09")),
                other => (day(other), day(other).succ_opt().unwrap()),
            }
        };
        Some(match value {
            Value::Text(text) => fold(text).cmp(&fold(literal)),
            Value::Phone(held) => {
                let same = phone::same(&held.number, literal) || fold(&held.number) == fold(literal);
                return same.then_some(Ordering::Equal);
            }
            Value::Whole(number) => number.cmp(&literal.parse().unwrap()),
            Value::Percent(number) => number.cmp(&literal.parse().unwrap()),
            Value::YesNo(yes) => return (*yes == (literal == "yes")).then_some(Ordering::Equal),
            Value::Choice(number) => {
                let def = [&customer::KIND, &deal::KIND, &activity::KIND, &followup::KIND]
                    .iter()
                    .flat_map(|kind| kind.all_fields())
                    .filter(|def| path.ends_with(def.code))
                    .find_map(|def| def.choices.iter().position(|choice| choice.code == literal))
                    .unwrap();
                usize::from(*number).cmp(&def)
            }
            Value::Money(money) => match literal.split_once(' ') {
                Some((amount, currency)) if money.currency.as_str() == currency => {
                    number(*money).total_cmp(&amount.parse().unwrap())
                }
                Some(_) => return None,
                None => number(*money).total_cmp(&literal.parse().unwrap()),
            },
            Value::Date(day) => days(period().0, period().1, *day),
            Value::Instant(at) => days(period().0, period().1, at.day(Shanghai)),
            Value::Due(Due::Day(day)) => days(period().0, period().1, *day),
            Value::Due(Due::At(at)) => {
                if *at < start_of_day(period().0, Shanghai) {
                    Ordering::Less
                } else if *at >= start_of_day(period().1, Shanghai) {
                    Ordering::Greater
                } else {
                    Ordering::Equal
                }
            }
            Value::Link(num) => {
                let called = if path.ends_with("stage") {
                    self.record(crate::domain::stage::ID, *num)?.get(crate::domain::stage::NAME)? == literal
                } else if path.ends_with("customer") {
                    fold(self.record(customer::ID, *num)?.get(customer::NAME)?) == fold(literal)
                } else {
                    self.record(crate::domain::user::ID, *num)?.get(crate::domain::user::LOGIN)? == literal
                };
                return called.then_some(Ordering::Equal);
            }
            Value::Decimal(_) | Value::Duration(_) | Value::List(_) => return None,
        })
    }
}

fn number(money: Money) -> f64 {
    money.minor as f64 / 10_f64.powi(i32::from(money.currency.digits()))
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Phone(phone) => phone.number.clone(),
        _ => String::new(),
    }
}

#[test]
fn any_filter_agrees_with_looking_at_every_record() {
    use crate::store::engine::Engine;
    // All of it: 54,000 records and 2,000 filters, many threads at work.
    let full = std::env::var_os("CRM_TEST_FULL").is_some();
    let engine = store_of(if full { 75 } else { 1 });
    let snapshot = engine.snapshot().unwrap();
    let reader = Reader::of(&*snapshot);
    let naive = Naive { reader, pointing: RefCell::default() };
    let cases = if full { 2_000 } else { 256 };
    let config = ProptestConfig { failure_persistence: None, cases, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let strategy = (noun_and_ask(), 0..30_usize, 0..6_usize, 0..8_usize, any::<bool>());
    let result = runner.run(&strategy, |((noun, ask), limit, offset, sort, descending)| {
        let kind = kind_named(noun).unwrap();
        let source = ask.text();
        let filter = read(&source, kind, &asking(reader))
            .map_err(|error| TestCaseError::fail(format!("{source}: {error:?}")))?;
        let expected: Vec<u64> = naive.all(kind.id).into_iter().filter(|num| naive.holds(kind, *num, &ask)).collect();
        let query = Query::new(filter.clone());
        prop_assert_eq!(&query.numbers(&reader).unwrap(), &expected, "{}: {:?}", source, how(&query, reader));
        prop_assert_eq!(count(&reader, &filter).unwrap(), expected.len() as u64, "{}", source);

        let (_, ordered) = fields_of(kind);
        let by = ordered[sort % ordered.len()].0;
        if by.starts_with("deals.") {
            return Ok(());
        }
        let order = Order::parse(&format!("{}{by}", if descending { "-" } else { "" }), kind).unwrap();
        let sorted = Query { sort: vec![order], ..query };
        let all = sorted.numbers(&reader).unwrap();
        let mut same = all.clone();
        same.sort_unstable();
        prop_assert_eq!(&same, &expected, "sorted by {}", by);
        for pair in all.windows(2) {
            let of = |num: u64| naive.values(kind, num, by).into_iter().next().map(|(_, value)| rank(&value));
            let in_order = match (of(pair[0]), of(pair[1])) {
                (Some(a), Some(b)) if a == b => {
                    if descending {
                        pair[0] > pair[1]
                    } else {
                        pair[0] < pair[1]
                    }
                }
                (Some(a), Some(b)) => (a < b) != descending,
                (None, Some(_)) => false,
                (Some(_), None) => true,
                (None, None) => {
                    if descending {
                        pair[0] > pair[1]
                    } else {
                        pair[0] < pair[1]
                    }
                }
            };
            prop_assert!(in_order, "{} sorted by {}: {:?}", source, by, pair);
        }
        let page = Query { limit: Some(limit), offset, ..sorted };
        let window: Vec<u64> = all.iter().copied().skip(offset).take(limit).collect();
        prop_assert_eq!(page.numbers(&reader).unwrap(), window, "{} by {}: {:?}", source, by, how(&page, reader));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error:?}");
    }
}

/// What sorting goes by.
fn rank(value: &Value) -> (i64, String) {
    match value {
        Value::Text(text) => (0, fold(text)),
        Value::Whole(number) => (*number, String::new()),
        Value::Percent(number) => (i64::from(*number), String::new()),
        Value::Choice(number) => (i64::from(*number), String::new()),
        Value::Money(money) => ((number(*money) * 10_000.0) as i64, money.currency.to_string()),
        Value::Date(day) => (crate::domain::bytes::day_number(*day), String::new()),
        Value::Instant(at) => (at.0, String::new()),
        Value::Due(due) => (due.start(chrono_tz::UTC).0, String::new()),
        _ => (0, String::new()),
    }
}
