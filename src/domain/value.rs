//! Values: what a field can hold.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use rust_decimal::Decimal;

use super::words::{
    money::{Money, UnitPrice},
    phone,
};
use crate::text::fold_cow;

/// A point in time, in milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Instant(pub i64);

impl Instant {
    /// The same point as a chrono date and time; out of chrono's range it is the epoch.
    pub fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.0).single().unwrap_or_default()
    }

    /// The day it falls on in `tz`.
    pub fn day(self, tz: chrono_tz::Tz) -> NaiveDate {
        self.utc().with_timezone(&tz).date_naive()
    }

    /// This point moved by a number of seconds.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

/// When something is due: on a day, or at a point in time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Due {
    /// Any time that day.
    Day(NaiveDate),
    /// At that very time.
    At(Instant),
}

impl Due {
    /// The day it falls on in `tz`.
    pub fn day(self, tz: chrono_tz::Tz) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(at) => at.day(tz),
        }
    }

    /// When it is over: that instant, or the end of the day in `tz`.
    pub fn end(self, tz: chrono_tz::Tz) -> Instant {
        match self {
            Self::Day(day) => start_of_day(day.succ_opt().unwrap_or(day), tz),
            Self::At(at) => at,
        }
    }

    /// When it begins: that instant, or the start of the day in `tz`.
    pub fn start(self, tz: chrono_tz::Tz) -> Instant {
        match self {
            Self::Day(day) => start_of_day(day, tz),
            Self::At(at) => at,
        }
    }
}

/// The first instant of a day in `tz`, also where a clock change skips midnight.
pub fn start_of_day(day: NaiveDate, tz: chrono_tz::Tz) -> Instant {
    (0..4)
        .filter_map(|hour| day.and_hms_opt(hour, 0, 0))
        .find_map(|at| tz.from_local_datetime(&at).earliest())
        .map_or(Instant(0), |at| Instant(at.timestamp_millis()))
}

/// A telephone number as written, with the number of its label among the field's choices.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Phone {
    /// As the user wrote it, scrubbed.
    pub number: String,
    /// Its label (mobile, landline, fax), if it has one.
    pub label: Option<u16>,
}

/// What a field of a record holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// Text, long text, e-mail, url: NFC, scrubbed.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A decimal number, and percent with decimals. Equal numbers are equal values, however many decimals are written.
    Decimal(Decimal),
    /// An amount of one currency.
    Money(Money),
    /// The price of one of something.
    UnitPrice(UnitPrice),
    /// Whole percent, 0 to 100.
    Percent(u8),
    /// A day.
    Date(NaiveDate),
    /// A point in time.
    Instant(Instant),
    /// A day or a point in time.
    Due(Due),
    /// Seconds.
    Duration(i64),
    /// The number of the choice in the field's list.
    Choice(u16),
    /// Yes or no.
    YesNo(bool),
    /// The number of a record of the field's target kind.
    Link(u64),
    /// A telephone number.
    Phone(Phone),
    /// Several of one type; never empty in a record.
    List(Vec<Value>),
}

impl Value {
    /// Whether two items of a list say the same, however they are written: case, width and accents of text do not
    /// count, nor do the spaces of a telephone number, nor its label where one of the two has none.
    pub fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b || fold_cow(a) == fold_cow(b),
            (Self::Phone(a), Self::Phone(b)) => {
                let labels = a.label == b.label || a.label.is_none() || b.label.is_none();
                labels && (a.number == b.number || phone::same(&a.number, &b.number))
            }
            _ => self == other,
        }
    }

    /// A number that is the same for all values that are [`alike`](Self::alike).
    fn likeness(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        match self {
            Self::Text(text) => fold_cow(text).hash(&mut hasher),
            Self::Phone(phone) => phone::shared_digits(&phone.number).hash(&mut hasher),
            other => other.hash(&mut hasher),
        }
        hasher.finish()
    }
}

/// A list in the making, of which no two items are alike.
///
/// A few items are compared with each other; of many, those that may be alike are found by what they have in common.
#[derive(Default)]
pub struct Items {
    items: Vec<Value>,
    /// The places of the items by a hash that is the same for all that are alike; empty while they are few.
    places: HashMap<u64, Vec<usize>>,
}

/// So many items are compared one by one.
const FEW: usize = 32;

impl Items {
    /// The items of a stored list; a lone value is a list of one.
    pub fn of(value: Option<Value>) -> Self {
        let items = match value {
            Some(Value::List(items)) => items,
            Some(item) => vec![item],
            None => Vec::new(),
        };
        let mut all = Self { items, places: HashMap::new() };
        all.find_places();
        all
    }

    /// Appends an item unless one alike is there. A telephone number that stands there without a label gets the item's.
    pub fn include(&mut self, item: Value) {
        match (self.position(&item).map(|at| &mut self.items[at]), item) {
            (None, item) => {
                if self.items.len() >= FEW {
                    self.places.entry(item.likeness()).or_default().push(self.items.len());
                }
                self.items.push(item);
                if self.items.len() == FEW {
                    self.find_places();
                }
            }
            (Some(Value::Phone(present)), Value::Phone(phone)) if present.label.is_none() => {
                present.label = phone.label;
            }
            (Some(_), _) => {}
        }
    }

    /// Whether an item alike is there.
    pub fn has(&self, item: &Value) -> bool {
        self.position(item).is_some()
    }

    /// The list; nothing where it has no item.
    pub fn into_value(self) -> Option<Value> {
        (!self.items.is_empty()).then_some(Value::List(self.items))
    }

    fn position(&self, item: &Value) -> Option<usize> {
        if self.items.len() < FEW {
            return self.items.iter().position(|present| present.alike(item));
        }
        let places = self.places.get(&item.likeness())?;
        places.iter().copied().find(|at| self.items[*at].alike(item))
    }

    fn find_places(&mut self) {
        if self.items.len() < FEW {
            return;
        }
        self.places.clear();
        for (at, item) in self.items.iter().enumerate() {
            self.places.entry(item.likeness()).or_default().push(at);
        }
    }
}
