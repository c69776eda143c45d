//! The thread that reads and writes the store, so that drawing never waits for it.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant as Clock},
};

use crate::{
    domain::{Instant, RecordId, user},
    error::{Error, Result},
    ops::{
        Context, Op, agenda,
        op::{Ask, Words},
        pane::whose,
        record, running, settings,
        spoken::{self, Request},
    },
    query::{
        agenda::{Clock as Days, Section, agenda as follow_ups},
        names::Names,
        owners::Owners,
        queue,
    },
    store::{Reader, Store},
};

use super::{
    action::{Action, Counts, Effect},
    desk::Desk,
    drafts::Drafts,
    form::{self, Draft, Form, Looked, News, Wish},
    panes::{self, Pane, Scope, customers},
    reading,
};

/// How often the store is asked whether another process has changed it.
const POLL: Duration = Duration::from_millis(500);

/// The store, and what was read of it.
pub struct Worker {
    store: Store,
    drafts: Drafts,
    context: Context,
    started: (Clock, Instant),
    seq: u64,
    order: customers::Order,
    /// The question of which only the beginning was read.
    begun: Option<customers::Question>,
}

impl Worker {
    /// A worker; its clock begins at the context's `now`.
    pub fn new(store: Store, context: Context, drafts: Drafts) -> Self {
        let started = (Clock::now(), context.now);
        Self { store, context, drafts, started, seq: 0, order: customers::Order::default(), begun: None }
    }

    /// Does what is asked until nobody asks any more, and closes the store.
    ///
    /// # Errors
    /// What closing the store says.
    pub fn work(mut self, asked: &Receiver<Effect>, tell: &Sender<Action>) -> Result<()> {
        self.seq = self.latest().unwrap_or_default();
        for action in self.left() {
            if tell.send(action).is_err() {
                return self.store.close();
            }
        }
        let mut queue = Vec::new();
        loop {
            let wait = if queue.is_empty() { POLL } else { Duration::ZERO };
            match asked.recv_timeout(wait) {
                Ok(effect) => {
                    queue.push(effect);
                    queue.extend(asked.try_iter());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            drop_stale(&mut queue);
            let done = if queue.is_empty() { self.poll() } else { self.serve(queue.remove(0), &mut queue) };
            for action in done {
                if tell.send(action).is_err() {
                    return self.store.close();
                }
            }
        }
        self.store.close()
    }

    /// The store.
    #[cfg(test)]
    pub(super) const fn store(&self) -> &Store {
        &self.store
    }

    fn latest(&self) -> Result<u64> {
        Reader::new(&*self.store.snapshot()?).seq()
    }

    fn poll(&mut self) -> Vec<Action> {
        match self.latest() {
            Ok(seq) if seq != self.seq => {
                self.seq = seq;
                vec![Action::Changed]
            }
            Ok(_) => Vec::new(),
            // A writer at work is no reason to alarm anybody; the next look will tell.
            Err(_) => Vec::new(),
        }
    }

    /// Does one thing that is asked.
    pub(super) fn serve(&mut self, effect: Effect, queue: &mut Vec<Effect>) -> Vec<Action> {
        self.context.now = self.started.1.plus_seconds(self.started.0.elapsed().as_secs() as i64);
        let done = match effect {
            Effect::Customers(wish) => return self.customers(wish, queue),
            Effect::Pane(pane, scope, narrow, pipeline) => self.pane(pane, scope, narrow, pipeline),
            Effect::Tell(id) => self.tell(id),
            Effect::Count => self.count(),
            Effect::Form(wish) => return self.form(*wish),
            Effect::Run(words, yes) => return self.run(vec![words], yes),
            Effect::Each(lines, yes) => return self.run(lines, yes),
            Effect::Copy(_) | Effect::Suspend | Effect::Redraw | Effect::Quit => return Vec::new(),
        };
        vec![done.unwrap_or_else(Action::Failed)]
    }

    fn customers(&mut self, wish: customers::Wish, queue: &mut Vec<Effect>) -> Vec<Action> {
        // The second time that the same is asked for, all of it is read: the beginning is on the screen already.
        let patient = self.begun.as_ref() == Some(&wish.question);
        match self.rows(&wish, patient) {
            Ok(rows) => {
                self.begun = (!rows.whole).then(|| wish.question.clone());
                if !rows.whole {
                    queue.push(Effect::Customers(wish));
                }
                vec![Action::Customers(Box::new(rows))]
            }
            Err(error) => vec![Action::Refused(error)],
        }
    }

    fn rows(&mut self, wish: &customers::Wish, patient: bool) -> Result<customers::Rows> {
        let snapshot = self.store.snapshot()?;
        customers::load(&Reader::of(&*snapshot), &self.context, wish, &mut self.order, patient)
    }

    fn pane(&self, pane: Pane, scope: Scope, filter: String, pipeline: Option<u64>) -> Result<Action> {
        let (context, snapshot) = (&self.context, self.store.snapshot()?);
        let names = Names::new(Reader::of(&*snapshot), context.lang);
        let words = match scope {
            Scope::Mine => Vec::new(),
            Scope::All => vec!["--owner".to_owned(), "all".to_owned()],
            Scope::Team => {
                let me = context.me().map(|me| names.reader().held(me)).transpose()?.flatten();
                let team = me.and_then(|me| me.record.get(user::TEAM).map(str::to_owned));
                vec!["--owner".to_owned(), team.map_or_else(|| "me".to_owned(), |team| format!("team:{team}"))]
            }
        };
        let words = Words { kind: None, matches: spoken::parse(&agenda::OP, None, &words)? };
        let whose = whose(&Ask { reader: names.reader(), context, words: &words, names: &names })?;
        let wish = panes::Wish { whose, filter };
        Ok(Action::Rows(Box::new(match pane {
            Pane::Pipeline => panes::Rows::Pipeline(panes::pipeline::load(&names, context, &wish, pipeline)?),
            Pane::Agenda => panes::Rows::Agenda(panes::agenda::load(&names, context, &wish)?),
            Pane::Tickets | Pane::Customers => panes::Rows::Tickets(panes::tickets::load(&names, context, &wish)?),
        })))
    }

    fn tell(&self, id: RecordId) -> Result<Action> {
        let snapshot = self.store.snapshot()?;
        let told = reading::tell(Reader::of(&*snapshot), &self.context, id)?;
        Ok(Action::Told(id, told.map(Box::new)))
    }

    fn count(&self) -> Result<Action> {
        let snapshot = self.store.snapshot()?;
        let names = Names::new(Reader::of(&*snapshot), self.context.lang);
        let context = &self.context;
        let mine = Owners::of(context.user.into_iter().collect::<Vec<_>>());
        let clock = Days { now: context.now, tz: context.tz, week_start: context.settings.week_start };
        let agenda = follow_ups(&names, &mine, &clock, Some(clock.today()))?;
        let overdue = agenda.rows.iter().filter(|row| row.section == Section::Overdue).count();
        let breached = queue::breached(&queue::queue(&names, &mine.and_nobody(), context.now)?);
        Ok(Action::Counted(Counts { overdue, breached }))
    }

    /// What a form asks for. What it is told late is dropped by the form.
    fn form(&mut self, wish: Wish) -> Vec<Action> {
        let news = match wish {
            Wish::Open(ask, draft) => self.open(ask, draft.as_deref()).map(|form| News::Opened(Box::new(form))),
            Wish::Try(wanted) => form::attempt(&self.store, &self.context, &wanted)
                .map(|tried| News::Tried(wanted.form, wanted.turn, Box::new(tried))),
            Wish::Look(looked) => self.look(looked),
            Wish::Compare(held) => self.compare(&held),
            Wish::Keep(drafts) => match self.drafts.keep(&drafts) {
                Ok(()) => return Vec::new(),
                Err(error) => Err(unkept(&error)),
            },
        };
        match news {
            Ok(news) => vec![Action::Form(Box::new(news))],
            Err(error) => vec![Action::Failed(error)],
        }
    }

    fn open(&self, ask: form::Ask, draft: Option<&Draft>) -> Result<Form> {
        let snapshot = self.store.snapshot()?;
        let mut form = Form::new(ask, &self.context)?;
        form::fill(Reader::of(&*snapshot), &self.context, &mut form)?;
        if let Some(draft) = draft {
            form::restored(&mut form, draft);
        }
        Ok(form)
    }

    fn look(&self, looked: Looked) -> Result<News> {
        let snapshot = self.store.snapshot()?;
        let found = form::look(Reader::of(&*snapshot), &self.context, &looked)?;
        Ok(News::Found(looked.typed, found))
    }

    fn compare(&self, held: &Form) -> Result<News> {
        let snapshot = self.store.snapshot()?;
        let (version, now) = form::compare(Reader::of(&*snapshot), &self.context, held)?;
        Ok(News::Compared(held.number, version, now))
    }

    /// What earlier sessions left behind; a folder that cannot be read holds nobody up.
    pub(super) fn left(&mut self) -> Vec<Action> {
        match self.drafts.adopt() {
            Ok(mut drafts) => {
                let last = drafts.pop();
                last.map(|draft| Action::Form(Box::new(News::Left(Box::new(draft))))).into_iter().collect()
            }
            Err(error) => vec![Action::Failed(unkept(&error))],
        }
    }

    fn run(&mut self, lines: Vec<Vec<String>>, yes: bool) -> Vec<Action> {
        let mut rest = lines.iter().cloned();
        let mut desk = Desk::new(&self.context, rest.next().unwrap_or_default(), yes);
        desk.outcome.along = rest.collect();
        let error = say(&self.store, &self.context, lines, &mut desk).err();
        let outcome = desk.outcome;
        let mut done = vec![Action::Ran(Box::new(outcome), error)];
        done.extend(self.poll());
        done
    }
}

fn unkept(error: &std::io::Error) -> Error {
    Error::failure(format!("Unfinished forms cannot be kept: {error}")).hint("look at the folder for state files")
}

/// Runs the words of commands, several as one step.
fn say(store: &Store, context: &Context, lines: Vec<Vec<String>>, desk: &mut Desk<'_>) -> Result<()> {
    let said = lines.iter().cloned().map(spoken::join).collect::<Vec<_>>().join("; ");
    let context = Context { words: crate::text::scrub(&said).into_owned(), ..context.clone() };
    let mut parsed = Vec::new();
    for words in lines {
        parsed.push(understood(words)?);
    }
    match parsed.as_slice() {
        [(op, words)] => {
            desk.bulk = op.verb == record::set::OP.verb && op.noun == record::set::OP.noun;
            running::run(op, store, &context, words, desk)
        }
        parsed => running::run_together(parsed, store, &context, desk),
    }
}

/// The operation that words name, and its arguments.
fn understood(words: Vec<String>) -> Result<(&'static Op, Words)> {
    let (op, kind, rest) = match spoken::request(words)? {
        Request::Run(op, kind, rest) => (op, kind, rest),
        Request::Help(_) | Request::Version | Request::Bare(_) => {
            return Err(Error::usage("This is for the command line").hint("? lists the keys"));
        }
    };
    let outside = [settings::OP.verb, crate::ops::demo::OP.verb];
    if kind.is_none() && outside.contains(&op.verb) {
        return Err(Error::usage(format!("{} is for the command line", op.verb)).hint("leave with q first"));
    }
    Ok((op, Words { kind, matches: spoken::parse(op, kind, &rest)? }))
}

/// Of several questions for the same thing only the last is answered.
fn drop_stale(queue: &mut Vec<Effect>) {
    let last = |queue: &[Effect], same: fn(&Effect) -> bool| queue.iter().rposition(same);
    let list = last(queue, |effect| matches!(effect, Effect::Customers(_)));
    let tell = last(queue, |effect| matches!(effect, Effect::Tell(_)));
    let pane = last(queue, |effect| matches!(effect, Effect::Pane(..)));
    let count = last(queue, |effect| matches!(effect, Effect::Count));
    let form =
        |sort: fn(&Wish) -> bool| queue.iter().rposition(|effect| matches!(effect, Effect::Form(wish) if sort(wish)));
    let attempt = form(|wish| matches!(wish, Wish::Try(_)));
    let look = form(|wish| matches!(wish, Wish::Look(_)));
    let kept = form(|wish| matches!(wish, Wish::Keep(_)));
    let mut at = 0;
    queue.retain(|effect| {
        let keep = match effect {
            Effect::Customers(_) => Some(at) == list,
            Effect::Tell(_) => Some(at) == tell,
            Effect::Pane(..) => Some(at) == pane,
            Effect::Count => Some(at) == count,
            Effect::Form(wish) => match **wish {
                Wish::Try(_) => Some(at) == attempt,
                Wish::Look(_) => Some(at) == look,
                Wish::Keep(_) => Some(at) == kept,
                Wish::Open(..) | Wish::Compare(_) => true,
            },
            _ => true,
        };
        at += 1;
        keep
    });
}
