//! The thread that runs operations and reads the panes whose rows are all read.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::{Duration, SystemTime},
};

use crate::{
    commit::{Context, StepPreview},
    domain::{Instant, RecordId, Schema, customer, followup, schema::BASE, ticket},
    error::{Error, ErrorKind, Result},
    query::names::Names,
    read_model::{
        agenda::{self as agenda_query, Clock as Days},
        owners::Owners,
        queue,
    },
};

use super::{
    action::{Action, Counts, Effect},
    address,
    answer_collector::AnswerCollector,
    history, layout,
    notify::{Due, DueRecord, NAMED},
    palette::{self, RecordQuery},
    panes,
    run_words::say,
    thread_context::ThreadContext,
};

/// How often the store is asked whether another process has changed it.
const POLL: Duration = Duration::from_millis(500);
/// Two steps that are so far apart leave two different times on their file, on any file system.
const SETTLED: Duration = Duration::from_secs(2);

/// The store, and what was read of it.
pub struct Worker {
    thread: ThreadContext,
    context: Context,
    seq: u64,
    /// The kinds of record that the screen was told of last.
    schema: &'static Schema,
    /// When the file was written to last, if nobody can have written to it since without that being seen.
    written: Option<SystemTime>,
    /// When it was counted last what wants attention: what fell due before is not told.
    counted: Instant,
    panes: panes::PaneCache,
    /// Why this session cannot go on with the store, where that has been told.
    told: Option<Error>,
}

impl Worker {
    /// A worker with a context of its own.
    pub fn new(thread: ThreadContext) -> Self {
        let context = thread.context();
        Self {
            counted: context.now,
            context,
            thread,
            panes: panes::PaneCache::default(),
            seq: 0,
            schema: &BASE,
            written: None,
            told: None,
        }
    }

    /// Time passes.
    #[cfg(test)]
    pub fn pass(&mut self, seconds: i64) {
        self.thread.pass(seconds);
    }

    /// Does what is asked until nobody asks any more.
    pub fn work(mut self, asked: &Receiver<Effect>, tell: &Sender<Action>) {
        (self.seq, self.schema) = self.latest().unwrap_or((0, &BASE));
        let held = history::read(self.thread.history().as_deref());
        // Whoever is gone needs no history.
        let _ = tell.send(Action::History(held));
        let mut queue = Vec::new();
        loop {
            let wait = if queue.is_empty() { POLL } else { Duration::ZERO };
            match asked.recv_timeout(wait) {
                Ok(effect) => {
                    queue.push(effect);
                    queue.extend(asked.try_iter());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            drop_stale(&mut queue);
            let done = if queue.is_empty() { self.poll() } else { self.serve(queue.remove(0)) };
            for action in done {
                if tell.send(action).is_err() {
                    return;
                }
            }
        }
    }

    /// The last step, and the kinds of record that there are since.
    fn latest(&self) -> Result<(u64, &'static Schema)> {
        let snapshot = self.thread.store.snapshot()?;
        Ok((snapshot.reader().seq()?, snapshot.schema()))
    }

    /// Tells whether the store has changed. Most of the time the file says that nobody has written to it; what it says
    /// is believed once it is so old that another step would have another time.
    fn poll(&mut self) -> Vec<Action> {
        if let Err(error) = self.thread.store.in_place()
            && let Some(told) = self.cannot_go_on(error)
        {
            return told;
        }
        let written = self.thread.store.written();
        if written.is_some() && written == self.written {
            return Vec::new();
        }
        let settled = |at: &SystemTime| at.elapsed().is_ok_and(|age| age > SETTLED);
        self.written = written.filter(settled);
        match self.latest() {
            Ok((seq, schema)) if seq != self.seq => {
                self.seq = seq;
                let other = !std::ptr::eq(schema, self.schema);
                self.schema = schema;
                other.then_some(Action::Schema(schema)).into_iter().chain([Action::Changed]).collect()
            }
            Ok(_) => Vec::new(),
            Err(error) => {
                self.written = None;
                self.cannot_go_on(error).unwrap_or_default()
            }
        }
    }

    /// Tells, once, that the store is not this session's any more: another file has its name, or another version of the
    /// program has taken it over. Anything else, a writer at work say, is no reason to alarm anybody; the next look will
    /// tell.
    fn cannot_go_on(&mut self, error: Error) -> Option<Vec<Action>> {
        if error.kind() != ErrorKind::Conflict {
            return None;
        }
        if self.told.as_ref() == Some(&error) {
            return Some(Vec::new());
        }
        self.told = Some(error.clone());
        Some(vec![Action::Failed(error)])
    }

    /// Does one thing that is asked.
    pub(super) fn serve(&mut self, effect: Effect) -> Vec<Action> {
        self.context = self.thread.context();
        let done = match effect {
            Effect::Pane(wish) => return vec![self.pane(&wish).unwrap_or_else(Action::Refused)],
            Effect::Count => return self.count().unwrap_or_else(|error| vec![Action::Failed(error)]),
            Effect::Seek(to) => self.seek(to),
            Effect::Addresses(id) => self.addresses(id),
            Effect::Visit(address) => match address::visit(&address) {
                Ok(()) => return Vec::new(),
                Err(error) => Err(error),
            },
            Effect::Remember(line) => {
                history::remember(self.thread.history().as_deref(), &line);
                return Vec::new();
            }
            Effect::Arrange(pane, columns) => {
                layout::keep(self.thread.layout().as_deref(), pane.noun(), &columns);
                return Vec::new();
            }
            Effect::Run(words, yes) => return self.run(vec![words], yes, None),
            Effect::Each(lines, yes) => return self.run(lines, yes, None),
            Effect::Agreed(lines, seen) => {
                let (foreseen, asked) = seen.unzip();
                self.context.now = asked.unwrap_or(self.context.now);
                return self.run(lines, true, foreseen);
            }
            _ => return Vec::new(),
        };
        vec![done.unwrap_or_else(Action::Failed)]
    }

    fn pane(&mut self, wish: &panes::PaneRequest) -> Result<Action> {
        let snapshot = self.thread.store.snapshot()?;
        Ok(Action::Rows(Box::new(self.panes.load(snapshot.reader(), &self.context, wish)?)))
    }

    fn seek(&self, to: RecordQuery) -> Result<Action> {
        let snapshot = self.thread.store.snapshot()?;
        palette::seek(snapshot.reader(), &self.context, to).map(Action::Found)
    }

    fn addresses(&self, id: RecordId) -> Result<Action> {
        let snapshot = self.thread.store.snapshot()?;
        let found = address::addresses(&snapshot.reader(), id, self.context.lang)?;
        Ok(Action::Addresses(id, found))
    }

    /// Counts what wants attention, and tells whose time has come since it was counted last.
    fn count(&mut self) -> Result<Vec<Action>> {
        let snapshot = self.thread.store.snapshot()?;
        let names = Names::new(snapshot.reader(), self.context.lang);
        let context = &self.context;
        let mine = Owners::of(context.user.into_iter().collect::<Vec<_>>());
        let clock = Days { now: context.now, tz: context.tz, week_start: context.settings.week_start };
        let reader = names.reader();
        let overdue = agenda_query::pressing(&reader, &mine, &clock, self.counted)?;
        let breached = queue::breached(&reader, &mine.and_nobody(), (self.counted, context.now))?;
        let mut done = vec![Action::Counted(Counts { overdue: overdue.late, breached: breached.late })];
        let followups = overdue.come.iter().map(|num| RecordId::new(followup::ID, *num));
        let tickets = breached.come.iter().map(|num| RecordId::new(ticket::ID, *num));
        let come: Vec<RecordId> = followups.chain(tickets).collect();
        if !come.is_empty() {
            let first = come.iter().take(NAMED).map(|id| called(&names, *id)).collect::<Result<Vec<_>>>()?;
            done.push(Action::Due(Due { more: come.len() - first.len(), first }));
        }
        // A clock that was put back tells nothing twice.
        self.counted = self.counted.max(context.now);
        Ok(done)
    }

    fn run(&mut self, lines: Vec<Vec<String>>, yes: bool, agreed: Option<StepPreview>) -> Vec<Action> {
        let mut rest = lines.iter().cloned();
        let mut collector = AnswerCollector::new(&self.context, rest.next().unwrap_or_default(), yes);
        collector.outcome.along = rest.collect();
        collector.agreed = agreed;
        let error = say(&self.thread.store, &self.context, lines, &mut collector).err();
        let outcome = collector.into_outcome();
        let mut done = vec![Action::Ran(Box::new(outcome), error)];
        done.extend(self.poll());
        done
    }
}

/// What a record is called whose time has come, and whom it is about.
fn called(names: &Names<'_>, id: RecordId) -> Result<DueRecord> {
    let about = if id.kind == ticket::ID { ticket::CUSTOMER } else { followup::CUSTOMER };
    let customer = names.reader().with_row(id, |row| row.get(about))?.flatten();
    let whose = customer.map(|num| names.of(RecordId::new(customer::ID, num))).transpose()?;
    Ok(DueRecord { id, title: names.of(id)?, whose: whose.unwrap_or_default() })
}

/// Of several questions for the same thing only the last is answered.
fn drop_stale(queue: &mut Vec<Effect>) {
    let last = |queue: &[Effect], same: fn(&Effect) -> bool| queue.iter().rposition(same);
    let pane = last(queue, |effect| matches!(effect, Effect::Pane(..)));
    let seek = last(queue, |effect| matches!(effect, Effect::Seek(_)));
    let count = last(queue, |effect| matches!(effect, Effect::Count));
    let mut at = 0;
    queue.retain(|effect| {
        let keep = match effect {
            Effect::Pane(..) => Some(at) == pane,
            Effect::Count => Some(at) == count,
            Effect::Seek(_) => Some(at) == seek,
            _ => true,
        };
        at += 1;
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commit::setup,
        store::{Store, engine::Access},
        text::Lang,
        tui::testing::screen,
    };

    #[test]
    fn the_trash_is_seen_through_the_filter() {
        let mut app = screen::TestScreen::new(Lang::En, (100, 24));
        for line in ["customer add Kept", "customer add Gone city=Oslo", "customer rm C-2"] {
            app.say(line);
        }
        app.press("Fis:trashed city:Oslo<enter>");
        let picture = app.picture();
        assert!(picture.contains("Gone") && !picture.contains("Kept"), "{picture}");
        assert!(picture.contains("1 customer "), "all that are in the trash: {picture}");
        app.press("Fis:trashed city:Bonn<enter>");
        assert!(app.picture().contains("0 of 1 ") && !app.picture().contains("No customers yet"), "{}", app.picture());
        app.press("2Fis:trashed<enter>");
        assert!(app.picture().contains("records in use"), "{}", app.picture());
    }

    #[test]
    fn what_others_write_is_seen_and_an_old_file_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("crm.redb");
        let wait = Duration::from_secs(5);
        let mut context = screen::context(Lang::En);
        setup::set_up(&Store::open(&path, Access::Create, wait).unwrap(), &mut context, true).unwrap();
        let mut worker =
            Worker::new(ThreadContext::new(Store::open(&path, Access::Write, wait).unwrap(), context, None));
        let mut other = Worker::new(ThreadContext::new(
            Store::open(&path, Access::Write, wait).unwrap(),
            screen::context(Lang::En),
            None,
        ));
        let mut write = |name: &str| {
            let done = other.serve(Effect::Run(["customer", "add", name].map(str::to_owned).to_vec(), true));
            assert!(matches!(done.first(), Some(Action::Ran(_, None))), "{done:?}");
        };
        let changed = |worker: &mut Worker| matches!(worker.poll().as_slice(), [Action::Changed]);
        changed(&mut worker);
        // One right after the other: their times may be the same.
        for number in 0..20 {
            write(&format!("Acme {number}"));
            assert!(changed(&mut worker), "{number}");
            assert!(!changed(&mut worker));
        }
        assert_eq!(worker.written, None, "so young a time is not believed");
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - 2 * SETTLED).unwrap();
        assert!(!changed(&mut worker));
        assert!(worker.written.is_some() && !changed(&mut worker));
        write("Later");
        assert!(changed(&mut worker));
    }

    #[test]
    fn a_store_that_is_not_this_sessions_any_more_is_told_of_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("crm.redb");
        let wait = Duration::from_secs(5);
        let mut context = screen::context(Lang::En);
        setup::set_up(&Store::open(&path, Access::Create, wait).unwrap(), &mut context, true).unwrap();
        let open = || Store::open(&path, Access::Write, wait).unwrap();
        let mut worker = Worker::new(ThreadContext::new(open(), context, None));
        worker.poll();
        let told = |worker: &mut Worker| match worker.poll().as_slice() {
            [Action::Failed(error)] => error.message(Lang::En),
            [] => String::new(),
            other => panic!("{other:?}"),
        };
        let aside = folder.path().join("aside.redb");
        std::fs::copy(&path, &aside).unwrap();
        std::fs::rename(&aside, &path).unwrap();
        assert!(told(&mut worker).contains("was replaced or removed while it was open"));
        assert_eq!(told(&mut worker), "");
        let done = worker.serve(Effect::Run(["customer", "add", "Acme"].map(str::to_owned).to_vec(), true));
        assert!(matches!(done.first(), Some(Action::Ran(_, Some(_)))), "{done:?}");

        let mut worker = Worker::new(ThreadContext::new(open(), screen::context(Lang::En), None));
        worker.poll();
        let newer = open();
        let mut txn = newer.begin().unwrap();
        txn.put(crate::store::engine::Space::Meta, b"layout", &[7]).unwrap();
        txn.commit().unwrap();
        assert!(told(&mut worker).contains("Another version of crm keeps this store now"));
        assert_eq!(told(&mut worker), "");
        let shown = worker.serve(Effect::Count);
        assert!(matches!(shown.as_slice(), [Action::Failed(_)]), "nothing is shown that may not be so: {shown:?}");
    }
}
