//! A store with some hundred records of several kinds, the same every time.

use chrono::{NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Asia::Shanghai;

use crate::{
    domain::{
        Due, Instant, KindId, Phone, Record, RecordId, Schema, Value, activity, common, contact, customer, deal,
        followup, made_up, pipeline,
        schema::BASE,
        stage, ticket, user, view,
        words::money::{Currency, Money},
    },
    query::resolve::QueryContext,
    store::{
        Encoded, Reader, RecordChange, RecordState,
        engine::{Engine, WriteTxn, memory, transact},
        journal::{Entry, Residence},
        stamp,
    },
    text::Lang,
};

use super::asks;

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

pub(crate) const NAMES: &[&str] =
    &["Acme", "acme Trading", "Blue Star", "Café Müller", "上海贸易", "张三", "李四", "Harbor 8", "Zeta", "ＡＣＭＥ"];
pub(crate) const CITIES: &[&str] = &["上海", "Oslo", "oslo", "São Paulo", "北京", "Berlin"];
pub(crate) const TAGS: &[&str] = &["vip", "VIP", "fair", "展会"];
pub(crate) const SUBJECTS: &[&str] =
    &["Broken pump", "送貨延誤", "送货延误", "Ｉnvoice  Ａ", "café order", "张三 calls"];
pub(crate) const EMAILS: &[&str] = &["ann.lee@example.com", "Bo@Example.com", "wei@example.cn"];
pub(crate) const PHONES: &[&str] = &["13800138000", "+86 138-0013-8000", "021-5555 1234", "10086", "ask at the desk"];

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
    /// What goes to the trash in a step of its own.
    trashed: Vec<RecordChange>,
}

impl Builder {
    fn add(&mut self, kind: KindId, num: u64, mut record: Record) {
        record.set(common::CREATED, at(&mut self.dice));
        record.set(common::UPDATED, at(&mut self.dice));
        self.changes.push(RecordChange {
            id: RecordId::new(kind, num),
            prev: 0,
            before: None,
            after: Some(RecordState::live(record)),
        });
    }

    /// A record that links lead to, and that nobody finds.
    fn add_to_trash(&mut self, kind: KindId, num: u64, record: Record) {
        self.add(kind, num, record);
        let before = self.changes.last().and_then(|change| change.after.clone());
        let after = before.clone().map(|live| RecordState { place: Residence::Trash, ..live });
        self.trashed.push(RecordChange { id: RecordId::new(kind, num), prev: 1, before, after });
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
            let dice = &mut self.dice;
            record.set(contact::NAME, dice.pick(NAMES).to_owned());
            record.set(contact::CUSTOMER, dice.below(150 * self.scale) + 1);
            record.put(contact::OWNER, dice.maybe(&[1, 2, 3]));
            record.put(contact::ROLE, dice.maybe(&[0, 1, 4]));
            record.put(contact::PRIMARY, dice.maybe(&[true, false]));
            let birthday = day(dice.below(60));
            record.put(contact::BIRTHDAY, dice.maybe(&[birthday]));
            let emails = [dice.maybe(EMAILS), dice.maybe(EMAILS)].into_iter().flatten();
            let emails: Vec<Value> = emails.map(|email| Value::Text(email.to_owned())).collect();
            record.put(contact::EMAIL, Some(emails));
            self.add(contact::ID, num, record);
        }
    }

    /// A customer in the trash for each twenty-four in use, and tickets of both, one in ten of them in the trash too.
    fn tickets(&mut self) {
        let live = 240 * self.scale;
        for num in live + 1..=live + 10 * self.scale {
            let mut record = Record::new();
            record.set(customer::NAME, self.dice.pick(NAMES).to_owned());
            record.put(customer::CITY, self.dice.maybe(CITIES).map(str::to_owned));
            self.add_to_trash(customer::ID, num, record);
        }
        for num in 1..=120 * self.scale {
            let mut record = Record::new();
            let dice = &mut self.dice;
            record.set(ticket::SUBJECT, dice.pick(SUBJECTS).to_owned());
            let customer = if dice.below(6) == 0 { live + dice.below(10 * self.scale) } else { dice.below(live) } + 1;
            record.put(ticket::CUSTOMER, dice.maybe(&[customer]));
            let contact = dice.below(40 * self.scale) + 1;
            record.put(ticket::CONTACT, dice.maybe(&[contact]));
            record.put(ticket::OWNER, dice.maybe(&[1, 2, 3]));
            record.put(ticket::STATUS, dice.maybe(&[0, 1, 2, 3, 4]));
            record.put(ticket::PRIORITY, dice.maybe(&[0, 1, 2, 3]));
            record.put(ticket::SATISFACTION, dice.maybe(&[1, 3, 5]));
            record.put(ticket::PAUSED, dice.maybe(&[0, 1_800, 7_200, 172_800]));
            let due = at(dice);
            record.put(ticket::RESOLUTION_DUE, dice.maybe(&[due]));
            if num % 10 == 0 {
                self.add_to_trash(ticket::ID, num, record);
            } else {
                self.add(ticket::ID, num, record);
            }
        }
    }

    fn views(&mut self) {
        for (num, view) in (1..).zip(asks::views()) {
            let mut record = Record::new();
            record.set(view::NAME, view.name.to_owned());
            record.put(view::OF, BASE.named(view.noun).map(view::number_of));
            match view.members {
                Some(members) => {
                    record.set(view::TYPE, view::STATIC);
                    let ids = members.iter().map(|num| Value::Text(format!("C-{num}"))).collect();
                    record.set(view::RECORDS, ids);
                }
                None => {
                    record.set(view::TYPE, view::LIVE);
                    record.set(view::FILTER, view.ask.text());
                }
            }
            self.add(view::ID, num, record);
        }
    }
}

/// The store.
pub(crate) fn store() -> impl Engine {
    store_of(1)
}

/// A store with so many times as many records.
pub(crate) fn store_of(scale: u64) -> impl Engine {
    store_by(scale, 42)
}

/// The same with other dice.
pub(crate) fn store_by(scale: u64, seed: u64) -> impl Engine {
    let mut builder = Builder { scale, dice: Dice(seed), changes: Vec::new(), trashed: Vec::new() };
    builder.setup();
    builder.customers();
    builder.children();
    builder.tickets();
    builder.views();
    written(&BASE, [builder.changes, builder.trashed])
}

/// A store of customers with these names, numbered as they stand.
pub(crate) fn names<'n>(names: impl IntoIterator<Item = &'n str>) -> impl Engine {
    let mut builder = Builder { scale: 1, dice: Dice(42), changes: Vec::new(), trashed: Vec::new() };
    for (num, name) in (1..).zip(names) {
        let mut record = Record::new();
        record.set(customer::NAME, name.to_owned());
        builder.add(customer::ID, num, record);
    }
    written(&BASE, [builder.changes])
}

/// A store of records of the made-up kind, numbered as they stand.
pub(crate) fn made_up(records: impl IntoIterator<Item = Record>) -> impl Engine {
    let mut builder = Builder { scale: 1, dice: Dice(42), changes: Vec::new(), trashed: Vec::new() };
    for (num, record) in (1..).zip(records) {
        builder.add(made_up::ID, num, record);
    }
    written(&made_up::SCHEMA, [builder.changes])
}

/// A store that was written in these steps.
fn written(schema: &'static Schema, steps: impl IntoIterator<Item = Vec<RecordChange>>) -> impl Engine {
    let engine = memory().unwrap();
    for (seq, changes) in (1..).zip(steps) {
        let entry = Entry { by: 1, words: "test".to_owned(), ..Entry::default() };
        let encoded = Encoded::new(schema, seq, entry, changes, false).unwrap();
        let write = |txn: &mut dyn WriteTxn| stamp(txn).and_then(|()| encoded.write(txn));
        transact(&engine, std::time::Duration::from_secs(1), write).unwrap();
    }
    engine
}

/// Ann asks, on the 18th of February in Shanghai.
pub(crate) fn asking(reader: Reader<'_>) -> QueryContext<'_> {
    QueryContext {
        now: Utc.with_ymd_and_hms(2026, 2, 18, 2, 30, 0).unwrap(),
        tz: Shanghai,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        me: Some(1),
        lang: Lang::En,
        reader,
        heard: None,
    }
}
