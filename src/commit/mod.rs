//! The only write path: a plan becomes changes by the rules, and changes become one transaction with its journal entry.
//!
//! Everything that can be done before the lock is: planning, rules, checks, encoding, sorting, against a snapshot. If
//! the store has moved on when the lock is held, the step is planned again on what is there now.

mod ahead;
mod based_on;
mod build;
mod check;
pub mod computed;
mod context;
mod currency;
pub mod defaults;
mod definitions;
mod fixed;
mod held_once;
pub mod input;
mod language;
mod links;
mod needed;
pub mod parts;
mod past;
pub mod plan;
mod prepare;
mod purged;
mod remarks;
pub mod setup;
pub mod skipped;
mod staged;
mod stages;
pub mod step_preview;
mod whole;

use crate::{
    domain::{Instant, RecordId, define::is_definition},
    error::{Error, Result},
    store::{
        Encoded, Reader, RecordChange, Store,
        journal::{Entry, StepType, Tally},
        renew, stamp, unfinished_indexes,
    },
    text::{Said, said},
};

pub use based_on::{AsOf, Changed, Since, by_whom, changed_from, changed_since};
pub use computed::AssignedFormula;
pub use context::Context;
pub use input::Input;
pub use past::{Direction, UndoScope, preview, purge, redo, removal, undo};
pub use plan::{Assign, Assignment, Edit, WritePlan};
pub use prepare::{PreparedStep, prepare};
pub use step_preview::StepPreview;

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Its sequence number; `None` where nothing differed, so that nothing was written.
    pub seq: Option<u64>,
    /// How many records it made, changed and removed.
    pub tally: Tally,
    /// Which ones, in the order of their ids; the first is not always the one that was asked for.
    pub touched: Vec<RecordId>,
    /// Whether it is a purge, which nothing takes back.
    pub for_good: bool,
    /// The words of the step that was taken back or done again.
    pub of: Option<String>,
    /// Whether records were purged after that step, which stays done.
    pub over_purge: bool,
    /// What the person should know about it.
    pub remarks: Vec<Said>,
}

/// So often is a step planned outside the lock before it is planned inside, where nothing can overtake it.
const TRIES: usize = 3;

/// Plans and writes a step.
///
/// # Errors
/// What the plan or a rule refuses; `Busy` where other writers keep the store.
pub fn commit(store: &Store, context: &Context, plan: &mut Planner<'_>) -> Result<Receipt> {
    run(store, context, &mut |reader| {
        let PreparedStep { changes, remarks } = prepare(reader, context, plan(reader)?)?;
        Ok(Prepared { deed: StepType::Do, user: context.user, changes, remarks })
    })
}

/// The same for a step that somebody was asked about: `agreed` looks at what is about to be written, and may refuse it.
///
/// # Errors
/// As [`commit`], and what `agreed` says.
pub fn commit_agreed(
    store: &Store,
    context: &Context,
    plan: &mut Planner<'_>,
    agreed: &mut dyn FnMut(&[RecordChange]) -> Result<()>,
) -> Result<Receipt> {
    run(store, context, &mut |reader| {
        let PreparedStep { changes, remarks } = prepare(reader, context, plan(reader)?)?;
        agreed(&changes)?;
        Ok(Prepared { deed: StepType::Do, user: context.user, changes, remarks })
    })
}

/// Plans what every store begins with, or a new user: no step that anybody takes back. The plan says who takes it, who
/// may be the very user that it makes.
///
/// # Errors
/// As [`commit`].
pub fn set_up(
    store: &Store,
    context: &Context,
    plan: &mut dyn FnMut(&Reader<'_>, &mut Context) -> Result<WritePlan>,
) -> Result<Receipt> {
    run(store, context, &mut |reader| {
        let mut context = context.clone();
        let plan = plan(reader, &mut context)?;
        let PreparedStep { changes, remarks } = prepare(reader, &context, plan)?;
        Ok(Prepared { deed: StepType::Setup, user: context.user, changes, remarks })
    })
}

/// What a step would change, and what a person should know of it, without the lock.
///
/// # Errors
/// What the plan or a rule refuses.
pub fn dry_run(store: &Store, context: &Context, plan: &mut Planner<'_>) -> Result<PreparedStep> {
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let prepared = prepare(&reader, context, plan(&reader)?)?;
    definitions::schemas(&reader, context, StepType::Do, &prepared.changes)?;
    Ok(prepared)
}

/// Makes what follows from the records what they say, in one transaction; gives how many entries it was not. No record
/// changes, so that it is no step, and nothing of it can be taken back. `clock` is the machine's.
///
/// # Errors
/// What the store says.
pub fn mend(store: &Store, clock: fn() -> Instant, progress: &mut dyn FnMut(u64, u64)) -> Result<u64> {
    let mut txn = store.begin()?;
    let mended = crate::store::rebuild(&mut *txn, progress)?;
    let unfinished = !unfinished_indexes(&*txn)?.is_empty();
    if renew(&mut *txn)? || mended > 0 {
        stamp(&mut *txn)?;
        txn.commit()?;
    } else {
        drop(txn);
    }
    if unfinished {
        build::to_the_end(store, clock)?;
    }
    Ok(mended)
}

/// Makes a plan from what the store holds; may be called again when that has changed.
pub type Planner<'p> = dyn FnMut(&Reader<'_>) -> Result<WritePlan> + 'p;

/// A step as it follows from what the store holds at one moment. All of it is found out anew where the store has moved
/// on: which step is taken back, and who acts, too.
struct Prepared {
    deed: StepType,
    user: Option<u64>,
    changes: Vec<RecordChange>,
    remarks: Vec<Said>,
}

type Preparer<'p> = dyn FnMut(&Reader<'_>) -> Result<Prepared> + 'p;

/// A step may be dated so far ahead of the machine's clock, in milliseconds: clocks of machines differ.
const AHEAD: i64 = 5 * 60 * 1000;

/// Refuses a step that would be dated in the future: "what changed since" and "as of" would be wrong until then.
fn in_time(context: &Context) -> Result<()> {
    if context.ahead <= AHEAD {
        return Ok(());
    }
    let now = context.now.utc().format("%Y-%m-%dT%H:%M:%SZ");
    Err(Error::usage(said!(
        "{now} is ahead of this machine's clock: --now and CRM_NOW may not date a change in the future",
        "{now} 晚于本机时钟：--now 与 CRM_NOW 不能把更改记在将来"
    ))
    .hint(said!(
        "leave it away; reading may look ahead, and CRM_CLOCK=free lets a rehearsal or a test write",
        "请去掉该时刻；读取可用将来的时刻，演练或测试可设置 CRM_CLOCK=free 后写入"
    )))
}

fn run(store: &Store, context: &Context, work: &mut Preparer<'_>) -> Result<Receipt> {
    let mut unfinished = false;
    let mut receipt = write(store, context, &mut |reader| {
        unfinished = reader.schema().has_unfinished_index();
        work(reader)
    })?;
    let defines = receipt.touched.iter().any(|id| is_definition(id.kind));
    if receipt.seq.is_some() && (defines || unfinished) {
        build::after_step(store, context, defines, &mut receipt);
    }
    Ok(receipt)
}

fn write(store: &Store, context: &Context, work: &mut Preparer<'_>) -> Result<Receipt> {
    in_time(context)?;
    for _ in 0..TRIES {
        let (seq, encoded) = {
            let snapshot = store.snapshot()?;
            let reader = snapshot.reader();
            (reader.seq()?, encode(&reader, context, work(&reader)?)?)
        };
        let (encoded, receipt) = encoded;
        let Some(encoded) = encoded else { return Ok(receipt) };
        let mut txn = store.begin()?;
        if Reader::inside(&*txn)?.seq()? != seq {
            if receipt.touched.len() < SMALL {
                drop((encoded, receipt));
                return finish(txn, context, work);
            }
            continue;
        }
        encoded.write(&mut *txn)?;
        stamp(&mut *txn)?;
        txn.commit()?;
        return Ok(receipt);
    }
    finish(store.begin()?, context, work)
}

/// A step on so few records is planned again inside the lock at once.
const SMALL: usize = 1000;

/// Plans and writes inside the transaction, where nothing can overtake it.
fn finish(
    mut txn: Box<dyn crate::store::engine::WriteTxn + '_>,
    context: &Context,
    work: &mut Preparer<'_>,
) -> Result<Receipt> {
    let encoded = {
        let reader = Reader::inside(&*txn)?;
        let prepared = work(&reader)?;
        encode(&reader, context, prepared)?
    };
    let (encoded, receipt) = encoded;
    let Some(encoded) = encoded else { return Ok(receipt) };
    encoded.write(&mut *txn)?;
    stamp(&mut *txn)?;
    txn.commit()?;
    Ok(receipt)
}

fn encode(reader: &Reader<'_>, context: &Context, prepared: Prepared) -> Result<(Option<Encoded>, Receipt)> {
    let Prepared { deed, user, changes, remarks } = prepared;
    // A step is taken back also where nothing of it is left, so that those before it can be reached.
    if changes.is_empty() && !matches!(deed, StepType::Undo(_) | StepType::Redo(_)) {
        return Ok((None, Receipt { remarks, ..Receipt::default() }));
    }
    let last = reader.seq()?;
    let tally = tally(&changes);
    let entry = Entry {
        at: context.now.0,
        by: user.unwrap_or_default(),
        session: context.session.clone(),
        words: context.words.clone(),
        deed,
        tally,
        ..Entry::default()
    };
    let touched = changes.iter().map(|change| change.id).collect();
    let for_good = deed == StepType::Purge;
    let schemas = definitions::schemas(reader, context, deed, &changes)?;
    let encoded = Encoded::new(schemas, last + 1, entry, changes, for_good)?.by_clock((context.machine)());
    Ok((Some(encoded), Receipt { seq: Some(last + 1), tally, touched, for_good, of: None, over_purge: false, remarks }))
}

/// How many records a step makes, changes and removes.
pub fn tally(changes: &[RecordChange]) -> Tally {
    let mut tally = Tally::default();
    for change in changes {
        match (change.live_before().is_some(), change.live_after().is_some()) {
            (false, true) => tally.created += 1,
            (true, false) => tally.removed += 1,
            _ if change.after.is_none() => tally.removed += 1,
            _ => tally.changed += 1,
        }
    }
    tally
}

/// The number of the user who acts; an error where the store does not know the login.
pub fn actor(context: &Context) -> Result<u64> {
    context.user.ok_or_else(|| {
        Error::not_found(said!("There is no user {}", "没有用户“{}”", context.login))
            .hint(said!("crm user list shows the users", "crm user list 可查看用户"))
    })
}
