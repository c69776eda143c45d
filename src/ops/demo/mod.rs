//! `demo`: made-up records to try everything on, in a store of their own.
//!
//! Who and what there is comes from a fixed sequence of numbers, and when from the day: on the same day, for the same
//! person, the records are the same. Half of them are the person's at the keyboard, so that every pane has something.

mod companies;
mod dice;
mod selling;
mod service;
mod words;

use chrono::{Days, NaiveDate};

use crate::{
    domain::{Field, Instant, KindId, Record, RecordId, Value, field::Choice, start_of_day, types::OneOf, user},
    error::Result,
    store::{Reader, Store},
};

use super::{
    Assign, Context, Plan,
    args::{Arg, Flag},
    commit,
    op::{DryRun, Noun, Op, Run},
    setup,
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
    zh: "用虚构数据试用全部功能，使用独立的数据文件",
    examples: &["demo", "demo --reset"],
    args: &[RESET.def],
    run: Run::Whole(|_, _, _, _| Ok(()), DryRun::Refused),
};

/// Whether a store holds the demo of this day, made for the person who acts.
///
/// # Errors
/// What the store says.
pub fn is_of_today(store: &Store, context: &Context) -> Result<bool> {
    let made = Reader::new(&*store.snapshot()?).entry(1)?.map(|entry| Instant(entry.at).day(context.tz));
    Ok(made == Some(context.now.day(context.tz)) && setup::user_of(store, &context.login)?.is_some())
}

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
        let mut plan = Plan::new();
        plan.import = true;
        let mut maker = Maker {
            reader,
            context,
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
    today: NaiveDate,
    dice: Dice,
    plan: Plan,
    me: u64,
    colleagues: Vec<u64>,
    customers: Vec<Customer>,
    open_deals: Vec<(u64, Customer)>,
    activities: usize,
}

/// Those who work beside the person at the keyboard: name, Chinese name, team.
const COLLEAGUES: [(&str, &str, &str); 4] = [
    ("Chen Jing", "陈静", "east"),
    ("Wang Fang", "王芳", "east"),
    ("Ada Okafor", "", "west"),
    ("Jonas Weber", "", "west"),
];

impl Maker<'_> {
    fn people(&mut self) -> Result<()> {
        let me = RecordId::new(user::ID, self.me);
        let team = user::TEAM.lent();
        self.plan.set(me, vec![(team, Assign::Set(Value::Text("east".to_owned())))]);
        for (name, chinese, team) in COLLEAGUES {
            let mut person = Record::new();
            person.set(user::NAME, name.to_owned());
            person.set(user::TEAM, team.to_owned());
            person.set(user::EMAIL, format!("{}@crm.example", user::login_from(name)));
            if !chinese.is_empty() {
                person.set(user::ALIAS, vec![Value::Text(chinese.to_owned())]);
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
    let number = field.def().choices.iter().position(|choice: &Choice| choice.code == code);
    record.put(field, number.map(|number| number as u16));
}
