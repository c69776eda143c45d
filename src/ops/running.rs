//! Operations run against a store: asked, or planned, foreseen and written.

use std::cell::RefCell;

use crate::{
    domain::RecordId,
    error::{Error, Result},
    query::names::Names,
    store::{Reader, RecordChange, Store},
    text::said,
};

use super::{
    Context, Op,
    args::Words,
    op::{Answer, Ask, Planned, Run, Show},
};

/// A bulk change of more records than this is asked about.
const ASK_CHANGED: usize = 20;
/// A removal of more records than this is asked about.
const ASK_REMOVED: u64 = 3;

/// Runs an operation against a store.
///
/// # Errors
/// What the operation, a rule or the store says.
pub fn run(op: &Op, store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    match op.run {
        Run::Whole(work) => work(store, context, words, show),
        Run::Ask(work) => {
            let snapshot = store.snapshot()?;
            let reader = Reader::of(&*snapshot);
            let names = Names::new(reader, context.lang);
            work(&Ask { reader, context, words, names: &names }, show)
        }
        Run::Change(plan) => change(&[(plan, words)], store, context, show),
    }
}

/// Runs several operations as one step: all of them, or none.
///
/// # Errors
/// `Usage` for an operation that plans no step; what an operation, a rule or the store says.
pub fn run_together(said: &[(&Op, Words)], store: &Store, context: &Context, show: &mut dyn Show) -> Result<()> {
    change(&plannings(said)?, store, context, show)
}

fn plannings<'w>(said: &'w [(&Op, Words)]) -> Result<Vec<(Planning, &'w Words)>> {
    let plans = said.iter().map(|(op, words)| match op.run {
        Run::Change(plan) => Ok((plan, words)),
        Run::Ask(_) | Run::Whole(_) => {
            Err(Error::usage(said!("{} is done for one record at a time", "{} 一次只能用于一条记录", op.verb)))
        }
    });
    plans.collect()
}

/// What plans a step.
type Planning = fn(&Ask<'_>) -> Result<Planned>;

/// What several operations plan, each beside what those before it have planned.
fn made(plans: &[(Planning, &Words)], reader: &Reader<'_>, context: &Context) -> Result<Planned> {
    let mut made = Planned::default();
    for (plan, words) in plans {
        let one = {
            let reader = reader.beside(made.plan.taken());
            let names = Names::new(reader, context.lang);
            plan(&Ask { reader, context, words, names: &names })?
        };
        made.join(one);
    }
    Ok(made)
}

fn change(plans: &[(Planning, &Words)], store: &Store, context: &Context, show: &mut dyn Show) -> Result<()> {
    let planned = RefCell::new(Planned::default());
    let mut planner = |reader: &Reader<'_>| {
        let mut made = made(plans, reader, context)?;
        let steps = std::mem::take(&mut made.plan);
        planned.replace(made);
        Ok(steps)
    };
    if show.dry_run() || show.can_ask() {
        let changes = crate::ops::commit::dry_run(store, context, &mut planner)?;
        if show.dry_run() {
            return difference(store, context, &changes, show);
        }
        show.foresee(store, &changes)?;
        match planned.take().question.filter(|_| !changes.is_empty()) {
            Some((english, chinese)) => show.confirm(&english, &chinese)?,
            None => ask(&changes, show)?,
        }
    }
    let receipt = crate::ops::commit::commit(store, context, &mut planner)?;
    let Planned { about, note, .. } = planned.into_inner();
    show.show(Answer::Done { about: &about, receipt: &receipt, note })
}

/// What the step of operations would change, and the records that it is about; nothing is written.
///
/// # Errors
/// What an operation or a rule refuses; `Usage` where one plans no step.
pub fn attempt(said: &[(&Op, Words)], store: &Store, context: &Context) -> Result<(Vec<RecordChange>, Vec<RecordId>)> {
    let plans = plannings(said)?;
    let planned = RefCell::new(Planned::default());
    let changes = crate::ops::commit::dry_run(store, context, &mut |reader| {
        let mut made = made(&plans, reader, context)?;
        let steps = std::mem::take(&mut made.plan);
        planned.replace(made);
        Ok(steps)
    })?;
    Ok((changes, planned.into_inner().about))
}

/// Shows what a step would change.
///
/// # Errors
/// What the output says.
pub fn difference(store: &Store, context: &Context, changes: &[RecordChange], show: &mut dyn Show) -> Result<()> {
    let snapshot = store.snapshot()?;
    let names = Names::new(Reader::new(&*snapshot), context.lang);
    show.show(Answer::Difference(changes, &names))
}

fn ask(changes: &[RecordChange], show: &mut dyn Show) -> Result<()> {
    let tally = crate::ops::commit::tally(changes);
    if tally.removed > ASK_REMOVED {
        let n = tally.removed;
        return show.confirm(&format!("Move {n} records to the trash?"), &format!("将 {n} 条记录移入回收站？"));
    }
    if changes.len() > ASK_CHANGED {
        let n = changes.len();
        return show.confirm(&format!("Change {n} records?"), &format!("更改 {n} 条记录？"));
    }
    Ok(())
}
