//! The script: steps of every kind, each a function of its number and of what the store holds, through the write path.

use std::{ops::ControlFlow, rc::Rc};

use chrono::Weekday;

use crate::{
    commit::{self, Assign, Context, Edit, WritePlan},
    domain::{
        Due, Instant, KindId, Lookup, Record, RecordId, Value, common, customer, deal, followup,
        rules::Settings,
        words::money::{Currency, Money},
    },
    error::Result,
    ops::import::{ImportJob, ImportOptions, LinkMissing},
    store::{
        Reader, Store,
        engine::{KeyRange, Space},
        meta,
    },
    text::Lang,
};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Add,
    Set,
    Bulk,
    Import,
    Trash,
    Restore,
    Undo,
    Redo,
    Purge,
    /// Takes entries out of the indexes, so that there is something to rebuild. No step that a person takes.
    Damage,
    Rebuild,
    /// Says that the store is of the first format, so that there is something to raise. No step that a person takes.
    Lower,
    Raise,
}

/// The kinds in the order in which the script has them, over and over. Their number is a prime, so that those who begin
/// at every tenth step begin at each kind.
const ORDER: [Kind; 23] = [
    Kind::Add,
    Kind::Import,
    Kind::Set,
    Kind::Add,
    Kind::Bulk,
    Kind::Undo,
    Kind::Redo,
    Kind::Add,
    Kind::Trash,
    Kind::Set,
    Kind::Import,
    Kind::Undo,
    Kind::Add,
    Kind::Restore,
    Kind::Damage,
    Kind::Rebuild,
    Kind::Bulk,
    Kind::Purge,
    Kind::Add,
    Kind::Set,
    Kind::Lower,
    Kind::Raise,
    Kind::Bulk,
];

/// What the step of this number does.
pub(super) const fn kind(number: usize) -> Kind {
    ORDER[number % ORDER.len()]
}

pub(super) fn context(number: usize) -> Context {
    Context {
        now: Instant(1_772_442_000_000 + number as i64 * 1000),
        ahead: 0,
        machine: || Instant(0),
        tz: chrono_tz::Asia::Shanghai,
        lang: Lang::En,
        user: Some(1),
        login: "ann".to_owned(),
        session: None,
        settings: Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: Default::default() },
        words: format!("step {number}"),
        input: commit::Input::default(),
    }
}

/// The number of a step that lowers the format; the next one raises it.
pub(super) const LOWERS: usize = 20;

/// What every process does before it takes a step: it raises a store of an earlier format, and makes anew what is kept
/// beside the records where that is another version's. Each of the two is a transaction, and told.
pub(super) fn prepare(store: &Store, number: usize, told: &mut dyn FnMut(&Store) -> Result<()>) -> Result<()> {
    if matches!(kind(number), Kind::Lower | Kind::Raise) {
        return Ok(());
    }
    if raise(store, number)? {
        told(store)?;
    }
    if store.is_outdated() {
        commit::mend(store, || Instant(0), &mut |_, _| {})?;
        told(store)?;
    }
    Ok(())
}

/// Raises the store, as far as that is done in its file; whether there was anything to raise.
fn raise(store: &Store, number: usize) -> Result<bool> {
    let is_lower = store.format()?.0 < meta::FORMAT;
    if is_lower {
        crate::store::raise(store, context(number).now)?;
    }
    Ok(is_lower)
}

fn lower(store: &Store) -> Result<bool> {
    let mut txn = store.begin()?;
    if meta::number(&*txn, meta::FORMAT_KEY)? == 1 {
        return Ok(false);
    }
    meta::set_number(&mut *txn, meta::FORMAT_KEY, 1)?;
    txn.commit()?;
    Ok(true)
}

/// Takes the step of this number; whether it was one, and not something that cannot be done at that moment.
pub(super) fn take(store: &Store, number: usize) -> Result<bool> {
    prepare(store, number, &mut |_| Ok(()))?;
    let context = context(number);
    let n = number as u64;
    let receipt = match kind(number) {
        Kind::Undo => commit::undo(store, &context, &commit::UndoScope::Mine)?,
        Kind::Redo => commit::redo(store, &context, &commit::UndoScope::Mine)?,
        Kind::Purge => {
            let last = store.snapshot()?.reader().last_num(customer::ID)?;
            commit::purge(store, &context, &mut |reader| {
                commit::removal(reader, &[RecordId::new(customer::ID, 1 + n * 7 % last.max(1))])
            })?
        }
        Kind::Rebuild => return commit::mend(store, || Instant(0), &mut |_, _| {}).map(|mended| mended > 0),
        Kind::Damage => return damage(store, n).map(|()| true),
        Kind::Lower => return lower(store),
        Kind::Raise => return raise(store, number),
        Kind::Import => {
            let job = import(n, &context)?;
            commit::commit(store, &context, &mut |reader| job.plan(reader).map(|(plan, _)| plan))?
        }
        Kind::Add | Kind::Set | Kind::Bulk | Kind::Trash | Kind::Restore => {
            commit::commit(store, &context, &mut |reader| plan(reader, number))?
        }
    };
    Ok(receipt.seq.is_some())
}

fn plan(reader: &Reader<'_>, number: usize) -> Result<WritePlan> {
    let n = number as u64;
    let mut plan = WritePlan::new();
    let pick = |kind: KindId| {
        reader.last_num(kind).map(|last| RecordId::new(kind, 1 + n.wrapping_mul(0x9e37_79b9) % last.max(1)))
    };
    match kind(number) {
        Kind::Bulk => {
            let def = customer::KIND.field("grade").unwrap();
            let fields: Rc<[_]> = vec![(def, Assign::Set(Value::Choice((number % 4) as u16)))].into();
            let most = if n.is_multiple_of(2) { 100 } else { 40 };
            reader.rows(customer::ID, 0, false, &mut |num, _| {
                let id = RecordId::new(customer::ID, num);
                plan.edits.push(Edit::Set { id, fields: fields.clone(), based_on: None });
                if plan.edits.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        Kind::Set => {
            let def = customer::KIND.field("name").unwrap();
            plan.set(pick(customer::ID)?, vec![(def, Assign::Set(Value::Text(format!("Häfen 名{number}"))))]);
        }
        Kind::Trash => {
            let first = pick(customer::ID)?.num;
            for num in first..first + 5 {
                let id = RecordId::new(customer::ID, num);
                if reader.record(id)?.is_some() {
                    plan.edits.push(Edit::Trash(id));
                }
            }
        }
        Kind::Restore => reader.trashed(customer::ID, &mut |num, _| {
            plan.edits.push(Edit::Restore(RecordId::new(customer::ID, num)));
            if plan.edits.len() < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?,
        _ => {
            let mut record = Record::new();
            let kind = match number % 3 {
                0 => {
                    record.set(customer::NAME, format!("Acme 客户 {number}"));
                    record.set(customer::EMAIL, vec![Value::Text(format!("a{number}@example.com"))]);
                    record.set(common::NOTE, "long words ".repeat(number % 9 * 200));
                    customer::ID
                }
                1 => {
                    record.set(deal::TITLE, format!("Deal {number}"));
                    record.set(deal::CUSTOMER, pick(customer::ID)?.num);
                    record.set(deal::AMOUNT, Money { minor: number as i128 * 101, currency: Currency::CNY });
                    deal::ID
                }
                _ => {
                    record.set(followup::TITLE, format!("Call {number}"));
                    record.set(followup::CUSTOMER, pick(customer::ID)?.num);
                    record.set(followup::DUE, Due::At(Instant(1_772_442_000_000 + number as i64 * 3_600_000)));
                    followup::ID
                }
            };
            plan.add(reader, kind, record)?;
        }
    }
    Ok(plan)
}

/// Rows that add customers, or change those with the same address.
fn import(n: u64, context: &Context) -> Result<ImportJob> {
    let rows = 20 + n * 13 % 90;
    let grade = ["A", "B", "C", "D"];
    let lines = (n..n + rows)
        .map(|row| format!("Imported 名 {},i{row}@example.com,{}\n", row % 50, grade[(row + n) as usize % 4]));
    let file: String = std::iter::once("name,email,grade\n".to_owned()).chain(lines).collect();
    let options = ImportOptions {
        key: Some("email".to_owned()),
        skip_errors: true,
        link_missing: LinkMissing::Create,
        ..ImportOptions::new(&crate::domain::schema::BASE, &customer::KIND)
    };
    ImportJob::read(file.into_bytes(), options, context, &mut |_, _| {})
}

fn damage(store: &Store, n: u64) -> Result<()> {
    let mut txn = store.begin()?;
    let (mut keys, mut at) = (Vec::new(), n);
    txn.scan(Space::Index, KeyRange::all(), false, &mut |key, _| {
        at += 1;
        if at.is_multiple_of(7) {
            keys.push(key.to_vec());
        }
        if keys.len() < 30 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    txn.unload(Space::Index, &mut keys.iter().map(Vec::as_slice))?;
    Ok(txn.commit()?)
}
