//! `demo`: made-up records to try everything on, in a store of their own.
//!
//! Who and what there is comes from a fixed sequence of numbers, and when from the day: on the same day, for the same
//! person, the records are the same. Half of them are the person's at the keyboard, so that every pane has something.
//! The firm is an English or a Chinese one, as the person is; how much there is, and when, is the same in both.

mod chinese;
mod companies;
mod dice;
mod selling;
mod service;
mod words;

use chrono::{Days, NaiveDate};

use crate::{
    domain::{
        Field, Instant, KindId, Lookup as _, Record, RecordId, Value, field::Choice, start_of_day, types::OneOf, user,
    },
    error::Result,
    store::{Reader, Store},
    text::Lang,
};

use crate::{
    command::{
        args::{Arg, Flag},
        op::{DryRun, Noun, Op, Run},
    },
    commit::{self, Assign, Context, WritePlan, setup},
};

use companies::Customer;
use dice::Dice;

/// New records, even where there are those of today.
pub const RESET: Arg<Flag> = Arg::flag("reset", "Make the records anew", "重新生成数据");

/// The operation. It has a store of its own, so it is run by whoever opens stores.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "demo",
    also: "演示",
    en: "Try everything on made-up records, in a store of their own",
    zh: "用虚构数据试用全部功能；数据另存一个文件",
    examples: &["demo", "demo --reset"],
    args: &[RESET.def],
    run: Run::Whole(|_, _, _, _| Ok(()), DryRun::Refused),
};

/// What there is in a store for a person who asks for the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoState {
    /// The demo as it is wanted.
    Ready,
    /// The demo of this day in the other language; something was done with it, so it stays.
    InOtherLanguage,
    /// The demo of another day, or for another person; something was done with it.
    PastButUsed,
    /// The demo of another day, for another person, or in the other language; nothing was done with it.
    Past,
    /// No demo.
    Other,
}

/// Whether a store holds the demo of this day, made for the person who acts and in their language.
///
/// # Errors
/// What the store says.
pub fn found(store: &Store, context: &Context) -> Result<DemoState> {
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let mail = |record: &Record| record.get(user::EMAIL).is_some_and(|mail| mail == mail_of(COLLEAGUES[0].1));
    let first = RecordId::new(user::ID, FIRST_COLLEAGUE);
    let is_demo = reader.record(first)?.is_some_and(|record| mail(&record)) && reader.seq()? >= STEPS;
    if !is_demo {
        return Ok(DemoState::Other);
    }
    let used = reader.seq()? > STEPS;
    let made = reader.entry(1)?.map(|entry| Instant(entry.at).day(context.tz));
    if made != Some(context.now.day(context.tz)) || setup::user_of(store, &context.login)?.is_none() {
        return Ok(if used { DemoState::PastButUsed } else { DemoState::Past });
    }
    let chinese = reader.name(first)?.is_some_and(|name| name == COLLEAGUES_ZH[0].0);
    Ok(match (chinese == (context.lang == Lang::Zh), used) {
        (true, _) => DemoState::Ready,
        (false, true) => DemoState::InOtherLanguage,
        (false, false) => DemoState::Past,
    })
}

/// The steps that make a demo.
const STEPS: u64 = 2;
/// The number of the first user after the person at the keyboard.
const FIRST_COLLEAGUE: u64 = 2;

/// Fills a new store. None of it is a step, so that `undo` takes back only what was done with it.
///
/// # Errors
/// What the store says.
pub fn fill(store: &Store, context: &Context) -> Result<()> {
    let today = context.now.day(context.tz);
    let now = start_of_day(today, context.tz);
    let mut context = Context { now, words: String::new(), session: None, ..context.clone() };
    setup::set_up(store, &mut context, true)?;
    commit::set_up(store, &context, &mut |reader, context| {
        let mut plan = WritePlan::new();
        plan.import = true;
        let mut maker = Maker {
            reader,
            context,
            zh: context.lang == Lang::Zh,
            today,
            dice: Dice::new(),
            plan,
            me: context.user.unwrap_or_default(),
            colleagues: Vec::new(),
            customers: Vec::new(),
            open_deals: Vec::new(),
            activities: 0,
        };
        maker.people()?;
        maker.companies()?;
        maker.service()?;
        maker.selling()?;
        Ok(maker.plan)
    })?;
    Ok(())
}

/// Makes the records.
struct Maker<'a> {
    reader: &'a Reader<'a>,
    context: &'a Context,
    /// Whether the firm is a Chinese one.
    zh: bool,
    today: NaiveDate,
    dice: Dice,
    plan: WritePlan,
    me: u64,
    colleagues: Vec<u64>,
    customers: Vec<Customer>,
    open_deals: Vec<(u64, Customer)>,
    activities: usize,
}

/// Those who work beside the person at the keyboard: name, login, Chinese name, team.
const COLLEAGUES: [(&str, &str, &str, &str); 4] = [
    ("Chen Jing", "chen.jing", "陈静", "east"),
    ("Wang Fang", "wang.fang", "王芳", "east"),
    ("Ada Okafor", "ada.okafor", "", "west"),
    ("Jonas Weber", "jonas.weber", "", "west"),
];

/// The same in the Chinese firm.
const COLLEAGUES_ZH: [(&str, &str, &str, &str); 4] = [
    ("陈静", "chen.jing", "", "华东"),
    ("王芳", "wang.fang", "", "华东"),
    ("罗子昂", "luo.ziang", "", "华南"),
    ("沈若楠", "shen.ruonan", "", "华南"),
];

fn mail_of(login: &str) -> String {
    format!("{login}@crm.example")
}

impl Maker<'_> {
    fn people(&mut self) -> Result<()> {
        let me = RecordId::new(user::ID, self.me);
        let colleagues = if self.zh { COLLEAGUES_ZH } else { COLLEAGUES };
        let own = colleagues[0].3.to_owned();
        self.plan.set(me, vec![(user::TEAM.lent(), Assign::Set(Value::Text(own)))]);
        for (name, login, alias, team) in colleagues {
            let mut person = Record::new();
            person.set(user::NAME, name.to_owned());
            let taken = if login == self.context.login { "2" } else { "" };
            person.set(user::LOGIN, format!("{login}{taken}"));
            person.set(user::TEAM, team.to_owned());
            person.set(user::EMAIL, mail_of(login));
            if !alias.is_empty() {
                person.set(user::ALIAS, vec![Value::Text(alias.to_owned())]);
            }
            let id = self.add(user::ID, person)?;
            self.colleagues.push(id);
        }
        Ok(())
    }

    fn add(&mut self, kind: KindId, record: Record) -> Result<u64> {
        Ok(self.plan.add(self.reader, kind, record)?.num)
    }

    /// Half of everything is the person's at the keyboard.
    fn somebody(&mut self) -> u64 {
        if self.dice.chance(50) { self.me } else { *self.dice.pick(&self.colleagues) }
    }

    /// A day so many days from today.
    fn day(&self, days: i64) -> NaiveDate {
        let distance = Days::new(days.unsigned_abs());
        if days < 0 { self.today - distance } else { self.today + distance }
    }

    /// A time of day, so many days from today.
    fn at(&self, days: i64, hour: i64, minute: i64) -> Instant {
        start_of_day(self.day(days), self.context.tz).plus_seconds((hour * 60 + minute) * 60)
    }

    /// Some time during a working day in the past.
    fn working_hour(&mut self, days_ago: i64) -> Instant {
        let (hour, minute) = (self.dice.between(8, 17), self.dice.between(0, 11) * 5);
        self.at(-days_ago, hour, minute)
    }
}

/// Sets a choice by its code; none for a code that is none.
fn choose(record: &mut Record, field: Field<OneOf>, code: &str) {
    let chosen = field.def().choices.iter().find(|choice: &&Choice| choice.code == code);
    record.put(field, chosen.map(|choice| choice.number));
}
