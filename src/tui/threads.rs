//! The threads on the store, so that drawing never waits for it, and what is seen never for what takes long.
//!
//! One reads rows and records, a few at a time; one serves forms; one makes lists, which of a million takes a while and is broken off
//! when another is wanted; one runs operations and reads the other panes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{
    commit::Context,
    domain::RecordId,
    error::{Error, Result},
    store::{Reader, Store},
    text::said,
};

use super::{
    action::{Action, Effect},
    drafts::Drafts,
    form::FormRequest,
    form_worker::FormWorker,
    panes::customers,
    record,
    thread_context::ThreadContext,
    worker::Worker,
};

/// What the names of these threads begin with: an end of theirs is told by whoever waits for them.
pub const STORE: &str = "store";

/// The threads, and the way to each.
pub struct Threads {
    store: Arc<Store>,
    rows: Sender<Effect>,
    lists: Sender<(u64, customers::ListRequest)>,
    /// The list that is wanted last.
    latest: Arc<AtomicU64>,
    forms: Sender<FormRequest>,
    work: Sender<Effect>,
    running: Vec<JoinHandle<()>>,
    /// The one that keeps drafts.
    form_worker: JoinHandle<()>,
}

/// So long a session that ends by a fault waits until drafts are kept.
const LAST_WAIT: Duration = Duration::from_secs(1);

impl Threads {
    /// Starts them; what they answer goes to `tell`.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(thread: &ThreadContext, drafts: Drafts, tell: &Sender<Action>) -> Result<Self> {
        let latest = Arc::new(AtomicU64::new(0));
        let (rows, rows_asked) = channel();
        let (lists, lists_asked) = channel();
        let (forms, forms_asked) = channel();
        let (work, work_asked) = channel();
        let thread = || thread.clone();
        let form_worker = FormWorker::new(thread(), drafts);
        let worker = Worker::new(thread());
        let running = vec![
            spawn("store-rows", with(thread(), tell.clone(), move |thread, tell| read(thread, &rows_asked, tell)))?,
            spawn(
                "store-lists",
                with(thread(), tell.clone(), {
                    let latest = latest.clone();
                    move |thread, tell| list(thread, &lists_asked, &latest, tell)
                }),
            )?,
            spawn(STORE, with(thread(), tell.clone(), move |_, tell| worker.work(&work_asked, tell)))?,
        ];
        let form_worker =
            spawn("store-forms", with(thread(), tell.clone(), move |_, tell| form_worker.work(&forms_asked, tell)))?;
        Ok(Self { store: thread().store, rows, lists, latest, forms, work, running, form_worker })
    }

    /// Asks whoever does it; whether anybody is there.
    pub fn ask(&self, effect: Effect) -> bool {
        match effect {
            Effect::Customers(wish) => {
                let ticket = self.latest.fetch_add(1, Ordering::Relaxed) + 1;
                self.lists.send((ticket, wish)).is_ok()
            }
            effect @ (Effect::Window(..) | Effect::Tell(_) | Effect::TellMore(..)) => self.rows.send(effect).is_ok(),
            Effect::Form(wish) => self.forms.send(*wish).is_ok(),
            effect => self.work.send(effect).is_ok(),
        }
    }

    /// Waits until all have done what was asked, and closes the store; a list is broken off.
    ///
    /// # Errors
    /// What closing the store says.
    pub fn finish(self) -> Result<()> {
        self.latest.fetch_add(1, Ordering::Relaxed);
        drop((self.rows, self.lists, self.forms, self.work));
        let ended: Vec<_> = self.running.into_iter().chain([self.form_worker]).map(JoinHandle::join).collect();
        if ended.iter().any(std::result::Result::is_err) {
            return Err(Error::failure(said!("A thread of the store stopped working", "数据线程已停止工作")));
        }
        match Arc::into_inner(self.store) {
            Some(store) => store.end()?.map_or(Ok(()), |remark| Err(Error::failure(remark))),
            None => Ok(()),
        }
    }

    /// Leaves everything as it is after a fault, but for the drafts: they are kept first, if that does not take long.
    pub fn abandon(self) {
        drop(self.forms);
        let (clock, step) = (Instant::now(), Duration::from_millis(5));
        while !self.form_worker.is_finished() && clock.elapsed() < LAST_WAIT {
            thread::sleep(step);
        }
    }
}

/// Work with a context and a sender of its own, which are dropped at its end.
fn with(
    thread: ThreadContext,
    tell: Sender<Action>,
    work: impl FnOnce(&ThreadContext, &Sender<Action>) + Send + 'static,
) -> impl FnOnce() + Send + 'static {
    move || work(&thread, &tell)
}

/// Starts a thread.
///
/// # Errors
/// Where the system gives none.
pub fn spawn<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(work);
    started.map_err(|error| Error::failure(said!("A thread cannot be started: {error}", "无法启动线程：{error}")))
}

/// Reads rows and records: of several that are waited for, the last of each sort.
fn read(thread: &ThreadContext, asked: &Receiver<Effect>, tell: &Sender<Action>) {
    while let Ok(first) = asked.recv() {
        let (mut window, mut record) = (None, None);
        for effect in std::iter::once(first).chain(asked.try_iter()) {
            match effect {
                Effect::Window(..) => window = Some(effect),
                _ => record = Some(effect),
            }
        }
        for effect in window.into_iter().chain(record) {
            let answer = answer(thread, effect).unwrap_or_else(Action::Failed);
            if tell.send(answer).is_err() {
                return;
            }
        }
    }
}

/// Reads rows, or a record.
pub(super) fn answer(thread: &ThreadContext, effect: Effect) -> Result<Action> {
    let (context, snapshot) = (thread.context(), thread.store.snapshot()?);
    let reader = snapshot.reader();
    Ok(match effect {
        Effect::Window(columns, numbers) => {
            let names = crate::query::names::Names::new(reader, context.lang);
            let rows = customers::read(&names, &context, &columns, &numbers)?;
            Action::Window(columns, rows)
        }
        Effect::Tell(id) => told(reader, &context, id, record::EVENTS)?,
        Effect::TellMore(id, events) => told(reader, &context, id, events)?,
        _ => Action::Nothing,
    })
}

fn told(reader: Reader<'_>, context: &Context, id: RecordId, events: usize) -> Result<Action> {
    Ok(Action::Told(id, record::tell(reader, context, id, events)?.map(Box::new)))
}

/// Makes lists: of several that are waited for, the last.
fn list(
    thread: &ThreadContext,
    asked: &Receiver<(u64, customers::ListRequest)>,
    latest: &AtomicU64,
    tell: &Sender<Action>,
) {
    let mut lists = customers::ListCache::default();
    while let Ok(first) = asked.recv() {
        let Some((ticket, wish)) = std::iter::once(first).chain(asked.try_iter()).last() else { return };
        let go_on = || latest.load(Ordering::Relaxed) == ticket;
        let made = thread.store.snapshot().and_then(|snapshot| {
            lists.answer(&snapshot.reader(), &thread.context(), &wish, &go_on, &mut |list| {
                // The loop that is told ends before this does.
                let _ = tell.send(Action::Customers(Box::new(list)));
            })
        });
        if let Err(error) = made
            && tell.send(Action::Refused(error)).is_err()
        {
            return;
        }
    }
}
