//! A store with some hundred records of several kinds, the same every time.

use chrono::{NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Asia::Shanghai;

use crate::{
    domain::{
        Due, Instant, KindId, Phone, Record, RecordId, Value, activity, common, contact, customer, deal, followup,
        pipeline, stage, user,
        words::money::{Currency, Money},
    },
    query::resolve::Asking,
    store::{
        Encoded, Reader, RecordChange, State,
        engine::{Engine, memory, transact},
        journal::{Deed, Entry, Tally},
    },
    text::Lang,
};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// One time in four nothing.
    fn maybe<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        (self.below(4) > 0).then(|| self.pick(from))
    }
}

pub(super) const NAMES: &[&str] =
    &["Acme", "acme Trading", "Blue Star", "Café Müller", "上海贸易", "张三", "李四", "Harbor 8", "Zeta", "ＡＣＭＥ"];
pub(super) const CITIES: &[&str] = &["上海", "Oslo", "oslo", "São Paulo", "北京", "Berlin"];
pub(super) const TAGS: &[&str] = &["vip", "VIP", "fair", "展会"];
pub(super) const PHONES: &[&str] = &["13800138000", "+86 138-0013-8000", "021-5555 1234", "10086", "ask at the desk"];

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 20).unwrap() + chrono::Days::new(offset)
}

fn at(dice: &mut Dice) -> Instant {
    Instant(
        Utc.with_ymd_and_hms(2026, 1, 20, 0, 0, 0).unwrap().timestamp_millis() + dice.below(60 * 48) as i64 * 1_800_000,
    )
}

fn money(dice: &mut Dice) -> Money {
    let currency = dice.pick(&[Currency::CNY, Currency::CNY, Currency::USD, Currency::JPY]);
    Money { minor: dice.pick(&[100, 10_000, 1_000_000, 5_000_000, 50]), currency }
}

struct Builder {
    /// How many times as many records.
    scale: u64,
    dice: Dice,
    changes: Vec<RecordChange>,
}

impl Builder {
    fn add(&mut self, kind: KindId, num: u64, mut record: Record) {
        record.set(common::CREATED, at(&mut self.dice));
        record.set(common::UPDATED, at(&mut self.dice));
        self.changes.push(RecordChange {
            id: RecordId::new(kind, num),
            prev: 0,
            before: None,
            after: Some(State::live(record)),
        });
    }

    fn setup(&mut self) {
        for (num, (login, name)) in [(1, ("ann", "Ann Lee")), (2, ("bo", "Bo Li")), (3, ("wei", "李伟"))] {
            let mut record = Record::new();
            record.set(user::LOGIN, login.to_owned());
            record.set(user::NAME, name.to_owned());
            self.add(user::ID, num, record);
        }
        for num in 1..=2 {
            let mut record = Record::new();
            record.set(pipeline::NAME, format!("Pipeline {num}"));
            self.add(pipeline::ID, num, record);
            for (at, (code, _, chance, outcome)) in stage::DEFAULT_STAGES.iter().enumerate() {
                let mut record = Record::new();
                record.set(stage::NAME, (*code).to_owned());
                record.set(stage::PIPELINE, num);
                record.set(stage::PROBABILITY, *chance);
                record.set(stage::OUTCOME, *outcome);
                self.add(stage::ID, (num - 1) * 6 + at as u64 + 1, record);
            }
        }
    }

    fn customers(&mut self) {
        for num in 1..=240 * self.scale {
            let mut record = Record::new();
            let dice = &mut self.dice;
            record.set(customer::NAME, dice.pick(NAMES).to_owned());
            record.put(customer::CITY, dice.maybe(CITIES).map(str::to_owned));
            record.put(customer::GRADE, dice.maybe(&[0, 1, 2, 3]));
            record.put(customer::STATUS, dice.maybe(&[0, 1, 2, 3]));
            record.put(customer::OWNER, dice.maybe(&[1, 2, 3]));
            record.put(customer::EMPLOYEES, dice.maybe(&[0, 3, 50, -2, 1000]));
            record.put(customer::BLACKLISTED, dice.maybe(&[true, false]));
            let amount = money(dice);
            record.put(customer::ANNUAL_REVENUE, dice.maybe(&[amount]));
            let birthday = day(dice.below(60));
            record.put(customer::BIRTHDAY, dice.maybe(&[birthday]));
            let tags = [dice.maybe(TAGS), dice.maybe(TAGS)].into_iter().flatten();
            let tags: Vec<Value> = tags.map(|tag| Value::Text(tag.to_owned())).collect();
            record.put(common::TAG, Some(tags));
            let phones = [dice.maybe(PHONES), dice.maybe(PHONES)].into_iter().flatten();
            let phone = |number: &str| Value::Phone(Phone { number: number.to_owned(), label: None });
            record.put(customer::PHONE, Some(phones.map(phone).collect()));
            let relations = [dice.maybe(&[0, 1]), dice.maybe(&[2, 3])].into_iter().flatten();
            record.put(customer::RELATION, Some(relations.map(Value::Choice).collect()));
            self.add(customer::ID, num, record);
        }
    }

    fn children(&mut self) {
        for num in 1..=200 * self.scale {
            let mut record = Record::new();
            let dice = &mut self.dice;
            record.set(deal::TITLE, format!("{} order", dice.pick(NAMES)));
            let customer = dice.below(150 * self.scale) + 1;
            record.put(deal::CUSTOMER, dice.maybe(&[customer]));
            let stage = dice.below(12) + 1;
            record.set(deal::STAGE, stage);
            record.set(deal::PIPELINE, (stage - 1) / 6 + 1);
            let amount = money(dice);
            record.put(deal::AMOUNT, dice.maybe(&[amount]));
            record.put(deal::PROBABILITY, dice.maybe(&[0, 10, 50, 100]));
            let close = day(dice.below(60));
            record.put(deal::EXPECTED_CLOSE, dice.maybe(&[close]));
            record.put(deal::OWNER, dice.maybe(&[1, 2, 3]));
            self.add(deal::ID, num, record);
        }
        for num in 1..=120 * self.scale {
            let mut record = Record::new();
            let dice = &mut self.dice;
            record.set(activity::TEXT, dice.pick(NAMES).to_owned());
            record.put(activity::TYPE, dice.maybe(&[0, 1, 5]));
            record.set(activity::AT, at(dice));
            record.put(activity::BY, dice.maybe(&[1, 2, 3]));
            let customer = dice.below(150 * self.scale) + 1;
            record.put(activity::CUSTOMER, dice.maybe(&[customer]));
            self.add(activity::ID, num, record);
        }
        for num in 1..=120 * self.scale {
            let mut record = Record::new();
            let dice = &mut self.dice;
            record.set(followup::TITLE, dice.pick(NAMES).to_owned());
            let due = if dice.below(2) == 0 { Due::Day(day(dice.below(60))) } else { Due::At(at(dice)) };
            record.set(followup::DUE, due);
            record.put(followup::OWNER, dice.maybe(&[1, 2, 3]));
            record.put(followup::STATUS, dice.maybe(&[0, 1, 2]));
            let remind = [(5, 3 * 3600), (7, 40 * 24 * 3600)].into_iter().find(|(every, _)| num.is_multiple_of(*every));
            record.put(followup::REMIND, remind.map(|(_, before)| before));
            record.put(followup::PRIORITY, dice.maybe(&[0, 1, 2, 3]));
            let customer = dice.below(150 * self.scale) + 1;
            record.put(followup::CUSTOMER, dice.maybe(&[customer]));
            self.add(followup::ID, num, record);
        }
        for num in 1..=40 * self.scale {
            let mut record = Record::new();
            record.set(contact::NAME, self.dice.pick(NAMES).to_owned());
            record.set(contact::CUSTOMER, self.dice.below(150 * self.scale) + 1);
            self.add(contact::ID, num, record);
        }
    }
}

/// The store.
pub(super) fn store() -> impl Engine {
    store_of(1)
}

/// A store with so many times as many records.
pub(super) fn store_of(scale: u64) -> impl Engine {
    let mut builder = Builder { scale, dice: Dice(42), changes: Vec::new() };
    builder.setup();
    builder.customers();
    builder.children();
    let engine = memory().unwrap();
    let tally = Tally::default();
    let entry = Entry { at: 0, by: 1, session: None, words: "test".to_owned(), deed: Deed::Do, tally };
    let encoded = Encoded::new(1, entry, builder.changes, false).unwrap();
    transact(&engine, std::time::Duration::from_secs(1), |txn| encoded.write(txn)).unwrap();
    engine
}

/// Ann asks, on the 18th of February in Shanghai.
pub(super) fn asking(reader: Reader<'_>) -> Asking<'_> {
    Asking {
        now: Utc.with_ymd_and_hms(2026, 2, 18, 2, 30, 0).unwrap(),
        tz: Shanghai,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        me: Some(1),
        lang: Lang::En,
        reader,
    }
}
