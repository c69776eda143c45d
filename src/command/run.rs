//! Operations run against a store: asked, or planned, foreseen and written.

use std::{cell::RefCell, collections::HashSet};

use crate::{
    domain::{RecordId, print::Understood, record_of},
    error::{Error, ErrorLocation, Result},
    query::names::Names,
    store::{Reader, RecordChange, Store},
    text::{Lang, Said, said},
};

use super::{
    args::Words,
    confirmation::{self, ConfirmedStep, Consents},
    done::StepResult,
    global_options::COLUMNS,
    op::{Answer, Invocation, Planned, Run, Show},
    question::Question,
};
use crate::{
    command::Op,
    commit::{self, Context, Receipt, WritePlan, skipped::partly},
};

/// Runs an operation against a store.
///
/// # Errors
/// What the operation, a rule or the store says.
pub fn run(op: &Op, store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    match op.run {
        Run::Whole(work, _) => work(store, context, words, show),
        Run::Ask(work) => {
            let snapshot = store.snapshot()?;
            let reader = snapshot.reader();
            let words = &*words.within(reader.schema())?;
            let (names, heard) = (Names::new(reader, context.lang), Understood::default());
            work(&Invocation { reader, context, words, names: &names, heard: &heard }, show)?;
            show.hear(&heard.into_lists().0);
            Ok(())
        }
        Run::Change(plan) => change(&[(plan, words)], op.verb, store, context, show),
    }
}

/// Runs several operations as one step: all of them, or none.
///
/// # Errors
/// `Usage` for an operation that plans no step; what an operation, a rule or the store says.
pub fn run_together(said: &[(&Op, Words)], store: &Store, context: &Context, show: &mut dyn Show) -> Result<()> {
    change(&plannings(said)?, said.first().map_or("", |(op, _)| op.verb), store, context, show)
}

fn plannings<'w>(said: &'w [(&Op, Words)]) -> Result<Vec<(Planning, &'w Words)>> {
    let plans = said.iter().map(|(op, words)| match op.run {
        Run::Change(plan) => Ok((plan, words)),
        Run::Ask(_) | Run::Whole(..) => Err(Error::usage(said!(
            ("{} is done for one record at a time", op.verb),
            ("“{}”一次只能用于一条记录", op.zh_verb())
        ))),
    });
    plans.collect()
}

/// What plans a step.
type Planning = fn(&Invocation<'_>) -> Result<Planned>;

/// What several operations plan, each beside what those before it have planned.
fn made(plans: &[(Planning, &Words)], reader: &Reader<'_>, context: &Context) -> Result<Planned> {
    let mut made = Planned::default();
    for (plan, words) in plans {
        let one = {
            let reader = reader.beside(made.plan.taken());
            let words = &*words.within(reader.schema())?;
            let names = Names::new(reader, context.lang);
            let heard = Understood::default();
            let mut planned = plan(&Invocation { reader, context, words, names: &names, heard: &heard })?;
            let (heard, remarks) = heard.into_lists();
            planned.plan.remarks.extend(remarks);
            Planned { heard, ..planned }
        };
        made.join(one);
    }
    Ok(made)
}

fn change(
    plans: &[(Planning, &Words)],
    verb: &'static str,
    store: &Store,
    context: &Context,
    show: &mut dyn Show,
) -> Result<()> {
    let mut step = Operations { plans, store, context, planned: RefCell::default() };
    if show.dry_run() {
        let ready = commit::dry_run(store, context, &mut |reader| step.plan(reader))
            .map_err(|error| about_known(error, store))?;
        let Planned { each, keeps_columns, told, heard, .. } = step.planned.into_inner();
        show.hear(&heard);
        let columns = plans.iter().find_map(|(_, words)| words.one(COLUMNS)).filter(|_| !keeps_columns);
        difference(store, context, &ready.changes, columns, show)?;
        let would = told.filter(|_| !ready.changes.is_empty()).map(|(_, would)| would);
        remark(would.as_slice(), show)?;
        remark(&ready.remarks, show)?;
        let left = each.map(|(_, left_out)| left_out.take()).unwrap_or_default();
        for one in &left {
            show.show(Answer::Remark(one.line(Lang::En), one.line(Lang::Zh)))?;
        }
        return if left.is_empty() { Ok(()) } else { Err(partly(left.len())) };
    }
    let receipt = confirmation::write(&mut step, store, show)?;
    let Planned { mut about, note, made, each, told, done, heard, .. } = step.planned.into_inner();
    show.hear(&heard);
    let done = StepResult { verb, told: done };
    let Some((mut selected, left_out)) = each else {
        if let Some(kind) = made.filter(|_| !show.is_for_people() && !show.wants_only_ids()) {
            let known: HashSet<RecordId> = about.iter().copied().collect();
            about.extend(receipt.touched.iter().filter(|id| id.kind == kind && !known.contains(id)));
        }
        show.show(Answer::Done { about: &about, receipt: &receipt, done: &done, note })?;
        remark(told.filter(|_| receipt.seq.is_some()).map(|(told, _)| told).as_slice(), show)?;
        return remark(&receipt.remarks, show);
    };
    let left = left_out.take();
    let out: HashSet<&str> = left.iter().filter_map(|left| left.id.as_deref()).collect();
    selected.retain(|id| !out.contains(id.to_string().as_str()));
    show.show(Answer::Partly {
        about: &selected,
        done: &done,
        named: !about.is_empty(),
        receipt: &receipt,
        left: &left,
    })?;
    remark(&receipt.remarks, show)?;
    if left.is_empty() { Ok(()) } else { Err(partly(left.len())) }
}

/// The step of several operations.
struct Operations<'a> {
    plans: &'a [(Planning, &'a Words)],
    store: &'a Store,
    context: &'a Context,
    /// What was planned last.
    planned: RefCell<Planned>,
}

impl Operations<'_> {
    fn plan(&self, reader: &Reader<'_>) -> Result<WritePlan> {
        let mut made = made(self.plans, reader, self.context)?;
        let steps = std::mem::take(&mut made.plan);
        self.planned.replace(made);
        Ok(steps)
    }
}

impl ConfirmedStep for Operations<'_> {
    fn foresee(&mut self) -> Result<(Vec<RecordChange>, Option<Question>)> {
        let changes = commit::dry_run(self.store, self.context, &mut |reader| self.plan(reader))?.changes;
        Ok((changes, self.planned.borrow().question.clone()))
    }

    fn write(&mut self, consents: &mut Consents<'_>) -> Result<Receipt> {
        let mut agreed = |changes: &[RecordChange]| consents(changes, self.planned.borrow().question.as_ref());
        commit::commit_agreed(self.store, self.context, &mut |reader| self.plan(reader), &mut agreed)
            .map_err(|error| about_known(error, self.store))
    }
}

/// The error without the id of a record that the step would have made: it tells nobody anything.
fn about_known(error: Error, store: &Store) -> Error {
    let is_known =
        |id: RecordId| store.snapshot().and_then(|at| at.reader().last_num(id.kind)).map(|last| id.num <= last);
    match record_of(&error).map(is_known) {
        Some(Ok(false)) => error.instead_of_record(ErrorLocation::default()),
        _ => error,
    }
}

/// What the step of operations would change, and the records that it is about; nothing is written.
///
/// # Errors
/// What an operation or a rule refuses; `Usage` where one plans no step.
pub fn attempt(said: &[(&Op, Words)], store: &Store, context: &Context) -> Result<(Vec<RecordChange>, Vec<RecordId>)> {
    let plans = plannings(said)?;
    let planned = RefCell::new(Planned::default());
    let changes = commit::dry_run(store, context, &mut |reader| {
        let mut made = made(&plans, reader, context)?;
        let steps = std::mem::take(&mut made.plan);
        planned.replace(made);
        Ok(steps)
    })?
    .changes;
    Ok((changes, planned.into_inner().about))
}

/// Says what a person should know about a step.
///
/// # Errors
/// What the output says.
pub fn remark(remarks: &[Said], show: &mut dyn Show) -> Result<()> {
    remarks.iter().try_for_each(|remark| {
        let (english, chinese) = remark.both();
        show.show(Answer::Remark(english.to_owned(), chinese.to_owned()))
    })
}

/// Shows what a step would change: these columns of it, or all.
///
/// # Errors
/// What the output says.
pub fn difference(
    store: &Store,
    context: &Context,
    changes: &[RecordChange],
    columns: Option<&str>,
    show: &mut dyn Show,
) -> Result<()> {
    let snapshot = store.snapshot()?;
    let names = Names::new(snapshot.reader(), context.lang);
    show.show(Answer::Difference(changes, &names, columns))
}
