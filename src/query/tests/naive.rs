//! Filters answered by somebody who holds all records decoded, and looks at each.

use std::{
    cell::{Cell, RefCell},
    cmp::Ordering,
    collections::HashMap,
    ops::ControlFlow,
    rc::Rc,
};

use chrono::NaiveDate;
use chrono_tz::Asia::Shanghai;

use super::asks::{Ask, Asked, days};
use crate::{
    domain::{
        Due, FieldDef, Kind, KindId, Lookup, Record, RecordId, Type, Value, bytes,
        schema::BASE,
        stage, start_of_day, user,
        words::{
            duration,
            money::{Currency, Money},
            phone,
        },
    },
    query::filter::is_nought_when_absent,
    store::Reader,
    text::{fold, fold_words, pinyin},
};

/// What is stored of a record, and what the program works out for it.
struct Held {
    record: Record,
    derived: Record,
}

/// By kind and link, the records that point to each record.
type Pointing = HashMap<(KindId, u16), Rc<HashMap<u64, Vec<u64>>>>;

/// All live records of a store.
pub(crate) struct Naive {
    held: HashMap<KindId, Vec<Option<Held>>>,
    pointing: RefCell<Pointing>,
}

/// What a path ends at.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Id,
    Field(&'static FieldDef),
    /// Records that point back.
    Back(&'static Kind),
}

/// The kind that a name leads back from, and by which of its links.
pub(crate) fn back(name: &str, kind: &Kind) -> (&'static Kind, &'static FieldDef) {
    let from = BASE.named(name).unwrap();
    let link = if kind.noun != "user" { kind.noun } else { from.field("owner").map_or("by", |_| "owner") };
    (from, from.field(link).unwrap())
}

pub(crate) fn end_of(kind: &'static Kind, path: &str) -> End {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if name == "id" {
        return End::Id;
    }
    match (kind.field(name), rest) {
        (Some(def), None) => End::Field(def),
        (Some(def), Some(rest)) => end_of(BASE.target(def).unwrap(), rest),
        (None, None) => End::Back(back(name, kind).0),
        (None, Some(rest)) => end_of(back(name, kind).0, rest),
    }
}

impl Naive {
    pub(crate) fn of(reader: Reader<'_>) -> Self {
        let mut held = HashMap::new();
        for kind in BASE.kinds() {
            let mut records: Vec<Option<Held>> = Vec::new();
            reader
                .each(kind.id, &mut |num, record| {
                    let num = usize::try_from(num).unwrap();
                    records.resize_with(num + 1, || None);
                    let derived = reader.derived(RecordId::new(kind.id, num as u64)).unwrap();
                    records[num] = Some(Held { record: record.clone(), derived });
                    ControlFlow::Continue(())
                })
                .unwrap();
            held.insert(kind.id, records);
        }
        Self { held, pointing: RefCell::default() }
    }

    fn held(&self, kind: KindId, num: u64) -> Option<&Held> {
        self.held[&kind].get(usize::try_from(num).unwrap())?.as_ref()
    }

    /// The records of a kind, by number.
    pub(crate) fn all(&self, kind: KindId) -> impl Iterator<Item = u64> + '_ {
        (0..).zip(&self.held[&kind]).filter(|(_, held)| held.is_some()).map(|(num, _)| num)
    }

    pub(crate) fn len(&self) -> usize {
        self.held.values().flatten().flatten().count()
    }

    /// One field of a record.
    pub(crate) fn value(&self, kind: KindId, num: u64, def: &FieldDef) -> Option<Value> {
        let held = self.held(kind, num)?;
        if def.derived { held.derived.row().value(def) } else { held.record.row().value(def) }
    }

    /// By record, those that point to it.
    fn pointing(&self, from: &Kind, link: &FieldDef) -> Rc<HashMap<u64, Vec<u64>>> {
        let mut known = self.pointing.borrow_mut();
        let by_target = known.entry((from.id, link.tag)).or_insert_with(|| {
            let mut by_target: HashMap<u64, Vec<u64>> = HashMap::new();
            for child in self.all(from.id) {
                if let Some(Value::Link(target)) = self.value(from.id, child, link) {
                    by_target.entry(target).or_default().push(child);
                }
            }
            Rc::new(by_target)
        });
        Rc::clone(by_target)
    }

    /// Whether one of the values at the end of a path passes, links followed either way, lists taken apart. Whether
    /// links lead anywhere at all is a value too: `deals` gives the numbers of the deals.
    fn any(&self, kind: &'static Kind, num: u64, path: &str, test: &dyn Fn(&Value) -> bool) -> bool {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        if self.held(kind.id, num).is_none() {
            return false;
        }
        if name == "id" {
            return test(&Value::Whole(num as i64));
        }
        let Some(def) = kind.field(name) else {
            let (from, link) = back(name, kind);
            let pointing = self.pointing(from, link);
            return pointing.get(&num).into_iter().flatten().any(|child| match rest {
                Some(rest) => self.any(from, *child, rest, test),
                None => test(&Value::Link(*child)),
            });
        };
        match (self.value(kind.id, num, def), rest) {
            (None, _) => is_nought_when_absent(def) && test(&Value::Whole(0)),
            (Some(Value::Link(target)), Some(rest)) => self.any(BASE.target(def).unwrap(), target, rest, test),
            (Some(Value::List(items)), _) => items.iter().any(test),
            (Some(value), _) => test(&value),
        }
    }

    /// The first value at the end of a path.
    pub(crate) fn first(&self, kind: &'static Kind, num: u64, path: &str) -> Option<Value> {
        let first = Cell::new(None);
        self.any(kind, num, path, &|value| {
            first.set(Some(value.clone()));
            true
        });
        first.into_inner()
    }

    pub(crate) fn holds(&self, kind: &'static Kind, num: u64, ask: &Ask) -> bool {
        let compares = |path: &str, literal: &str, wanted: &dyn Fn(Ordering) -> bool| {
            let end = end_of(kind, path);
            self.any(kind, num, path, &|value| self.compare(end, value, literal).is_some_and(wanted))
        };
        match ask {
            Ask::Compare(path, asked, literal) => match asked {
                Asked::Equal => compares(path, literal, &Ordering::is_eq),
                Asked::Not => !compares(path, literal, &Ordering::is_eq),
                Asked::AtLeast => compares(path, literal, &Ordering::is_ge),
                Asked::AtMost => compares(path, literal, &Ordering::is_le),
                Asked::Over => compares(path, literal, &Ordering::is_gt),
                Asked::Under => compares(path, literal, &Ordering::is_lt),
            },
            Ask::Between(path, from, to) => {
                let end = end_of(kind, path);
                self.any(kind, num, path, &|value| {
                    self.compare(end, value, from).is_some_and(Ordering::is_ge)
                        && self.compare(end, value, to).is_some_and(Ordering::is_le)
                })
            }
            Ask::Set(path) => {
                // Of a count that the program keeps, none is none.
                let counted = matches!(end_of(kind, path), End::Field(def) if is_nought_when_absent(def));
                self.any(kind, num, path, &|value| !counted || *value != Value::Whole(0))
            }
            Ask::Empty(path) => !self.holds(kind, num, &Ask::Set(path.clone())),
            Ask::Prefix(path, start) => {
                let end = end_of(kind, path);
                self.any(kind, num, path, &|value| fold(&self.text(end, value)).starts_with(&fold(start)))
            }
            Ask::Contains(path, part) => {
                let end = end_of(kind, path);
                self.any(kind, num, path, &|value| fold_words(&self.text(end, value)).contains(&*fold_words(part)))
            }
            Ask::Word(word) => self.has_word(kind, num, word),
            Ask::View(None, _, ask) => self.holds(kind, num, ask),
            Ask::View(Some(link), _, ask) => {
                let target = BASE.target(kind.field(link).unwrap()).unwrap();
                self.any(kind, num, link, &|value| {
                    matches!(value, Value::Link(to) if self.held(target.id, *to).is_some() && self.holds(target, *to, ask))
                })
            }
            Ask::And(asks) => asks.iter().all(|ask| self.holds(kind, num, ask)),
            Ask::Or(asks) => asks.iter().any(|ask| self.holds(kind, num, ask)),
            Ask::Not(ask) => !self.holds(kind, num, ask),
        }
    }

    fn has_word(&self, kind: &'static Kind, num: u64, word: &str) -> bool {
        let is_number = word.chars().all(|c| c.is_ascii_digit() || c == ' ');
        let sounds = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
        kind.all_fields().filter(|def| def.search || def.name).any(|def| {
            self.any(kind, num, def.code, &|value| {
                let text = self.text(End::Field(def), value);
                fold_words(&text).contains(&*fold_words(word))
                    || (def.ty == Type::Phone && is_number && digits(&text).contains(&digits(word)))
                    || (def.ty == Type::Phone && phone::is_whole(word) && phone::same(&text, word))
                    || (def.name && sounds && !text.is_ascii() && pinyin::matches(word, &text))
            })
        })
    }

    /// What a record is called.
    fn name(&self, kind: &Kind, num: u64) -> Option<Value> {
        self.value(kind.id, num, kind.name_field())
    }

    /// The text of a value; of a link, what its record is called.
    fn text(&self, end: End, value: &Value) -> String {
        let called = match (value, end) {
            (Value::Link(num), End::Back(kind)) => self.name(kind, *num),
            (Value::Link(num), End::Field(def)) => self.name(BASE.target(def).unwrap(), *num),
            _ => None,
        };
        match called.as_ref().unwrap_or(value) {
            Value::Text(text) => text.clone(),
            Value::Phone(phone) => phone.number.clone(),
            _ => String::new(),
        }
    }

    /// How a value compares with a literal, all of which are easy to read.
    fn compare(&self, end: End, value: &Value, literal: &str) -> Option<Ordering> {
        let in_days = |day: NaiveDate| {
            let (from, until) = days(literal);
            if day < from {
                Ordering::Less
            } else if day >= until {
                Ordering::Greater
            } else {
                Ordering::Equal
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
            Value::Duration(seconds) => seconds.cmp(&duration::parse(literal).unwrap()),
            Value::YesNo(yes) => return (*yes == (literal == "yes")).then_some(Ordering::Equal),
            Value::Choice(number) => number.cmp(&choice(end, literal)),
            Value::Money(money) => match literal.split_once(' ') {
                Some((amount, currency)) if money.currency.as_str() == currency => {
                    number(*money).total_cmp(&amount.parse().unwrap())
                }
                Some(_) => return None,
                None if money.currency != Currency::CNY => return None,
                None => number(*money).total_cmp(&literal.parse().unwrap()),
            },
            Value::Date(day) => in_days(*day),
            Value::Instant(at) => in_days(at.day(Shanghai)),
            Value::Due(Due::Day(day)) => in_days(*day),
            Value::Due(Due::At(at)) => {
                if *at < start_of_day(days(literal).0, Shanghai) {
                    Ordering::Less
                } else if *at >= start_of_day(days(literal).1, Shanghai) {
                    Ordering::Greater
                } else {
                    Ordering::Equal
                }
            }
            Value::Link(num) => {
                let kind = match end {
                    End::Back(kind) => kind,
                    End::Field(def) => BASE.target(def).unwrap(),
                    End::Id => return None,
                };
                let called = match kind.id {
                    user::ID => self.value(kind.id, *num, &user::LOGIN.def()),
                    stage::ID => self.value(kind.id, *num, &stage::NAME.def()),
                    _ => self.name(kind, *num),
                };
                let Some(Value::Text(called)) = called else { return None };
                return (fold(&called) == fold(literal)).then_some(Ordering::Equal);
            }
            Value::Decimal(_) | Value::UnitPrice(_) | Value::List(_) => return None,
        })
    }
}

/// The number of a choice.
pub(crate) fn choice(end: End, code: &str) -> u16 {
    let End::Field(def) = end else { panic!("{code}") };
    def.choices.iter().position(|choice| choice.code == code).unwrap() as u16
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

pub(crate) fn number(money: Money) -> f64 {
    money.minor as f64 / 10_f64.powi(i32::from(money.currency.digits()))
}

/// What sorting goes by.
pub(crate) fn rank(value: &Value) -> (i64, String) {
    match value {
        Value::Text(text) => (0, fold(text)),
        Value::Whole(number) | Value::Duration(number) => (*number, String::new()),
        Value::Percent(number) => (i64::from(*number), String::new()),
        Value::Choice(number) => (i64::from(*number), String::new()),
        Value::Money(money) => ((number(*money) * 10_000.0) as i64, money.currency.to_string()),
        Value::Date(day) => (bytes::day_number(*day), String::new()),
        Value::Instant(at) => (at.0, String::new()),
        Value::Due(due) => (due.start(chrono_tz::UTC).0, String::new()),
        _ => (0, String::new()),
    }
}
