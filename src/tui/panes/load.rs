//! Reading the panes: the places of all their records, kept as long as the store stays as it is, and the rows that are
//! seen.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::Range,
    sync::Arc,
};

use crate::{
    domain::{RecordId, deal, followup, pipeline as pipelines, ticket, user},
    error::{Error, Result},
    ops::Context,
    query::{agenda as follow_ups, board, names::Names, placed::Placed, queue},
    store::Reader,
    text::said,
};

use super::{
    Pane, Rows, agenda, pipeline,
    question::{Question, Window, Wish},
    roll::Read,
    tickets,
};

/// What the worker knows of the panes from the last time.
#[derive(Debug, Default)]
pub struct Orders {
    board: Known<board::Board>,
    agenda: Known<Arc<[Placed]>>,
    tickets: Known<Arc<[Placed]>>,
}

/// An answer, and the question, the step of the store and the minute that it belongs to.
#[derive(Debug)]
struct Known<T>(Option<(Question, u64, i64, T)>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> Known<T> {
    /// The answer of before where nothing has changed since, else a new one.
    fn or(&mut self, question: &Question, (seq, minute): (u64, i64), find: impl FnOnce() -> Result<T>) -> Result<T> {
        if let Some((held, at, then, known)) = &self.0
            && (held, *at, *then) == (question, seq, minute)
        {
            return Ok(known.clone());
        }
        let found = find()?;
        self.0 = Some((question.clone(), seq, minute, found.clone()));
        Ok(found)
    }
}

impl Orders {
    /// Reads what is wished for.
    ///
    /// # Errors
    /// What is wrong with the filter, what the store says.
    pub fn load(&mut self, reader: Reader<'_>, context: &Context, wish: &Wish) -> Result<Rows> {
        let names = Names::new(reader, context.lang);
        let stamp = (reader.seq()?, context.now.0.div_euclid(60_000));
        match wish.pane {
            Pane::Pipeline => self.board(&names, context, wish, stamp).map(Rows::Pipeline),
            Pane::Agenda => self.agenda(&names, context, wish, stamp).map(Rows::Agenda),
            Pane::Tickets | Pane::Customers => self.tickets(&names, context, wish, stamp).map(Rows::Tickets),
        }
    }

    fn board(
        &mut self,
        names: &Names<'_>,
        context: &Context,
        wish: &Wish,
        (seq, _): (u64, i64),
    ) -> Result<pipeline::Rows> {
        let (reader, question) = (names.reader(), &wish.question);
        let (owners, said) = question.whose(wish.pane, &reader, context)?;
        // Whose days in a stage are over does not change which cards there are.
        let board = self.board.or(question, (seq, 0), || {
            let pipeline = match question.pipeline {
                Some(pipeline) => pipeline,
                None => pipelines::default_pipeline(&reader)?.ok_or_else(|| {
                    Error::not_found(said!("There is no pipeline", "没有销售流程"))
                        .hint(said!("add one: pipeline add Sales", "请新建一个：pipeline add 销售"))
                })?,
            };
            board::board(names, pipeline, &owners, &question.read(&deal::KIND, &reader, context)?)
        })?;
        let mut cards = Vec::new();
        for (at, column) in board.columns.iter().filter(|column| column.is_open()).enumerate() {
            let window = wish.windows.get(at).copied().unwrap_or(Window::around(0, 0));
            let window = kept(&column.order, wish, window, |num| *num);
            let numbers = column.order.get(window.clone()).unwrap_or_default();
            let read = board::cards(names, column.stale_after, numbers, (context.now, context.tz))?;
            cards.push((window.start, read));
        }
        let whose = said.get(context.lang).to_owned();
        let pipelines = pipelines::in_order(&reader)?;
        Ok(pipeline::Rows { question: question.clone(), board: Some(board), cards, whose, pipelines })
    }

    fn agenda(&mut self, names: &Names<'_>, context: &Context, wish: &Wish, stamp: (u64, i64)) -> Result<agenda::Rows> {
        let (reader, question) = (names.reader(), &wish.question);
        let clock = follow_ups::Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
        let (owners, said) = question.whose(wish.pane, &reader, context)?;
        let order = self.agenda.or(question, stamp, || {
            let filter = question.read(&followup::KIND, &reader, context)?;
            let placed = match question.calls {
                true => follow_ups::calls(names, &owners, &clock, &filter)?,
                false => follow_ups::order(&reader, &owners, &clock, &filter)?,
            };
            Ok(placed.into())
        })?;
        let window = kept(&order, wish, only(wish), |placed| placed.num);
        let rows = follow_ups::rows(names, &clock, order.get(window.clone()).unwrap_or_default())?;
        let people = if owners.is_one() { BTreeMap::new() } else { people(names, rows.iter().map(|row| row.owner))? };
        let whose = said.get(context.lang).to_owned();
        let read = Read { question: question.clone(), whose, people, order, from: window.start, rows };
        Ok(agenda::Rows { read, week_start: clock.week_start })
    }

    fn tickets(
        &mut self,
        names: &Names<'_>,
        context: &Context,
        wish: &Wish,
        stamp: (u64, i64),
    ) -> Result<tickets::Rows> {
        let (reader, question) = (names.reader(), &wish.question);
        let (owners, said) = question.whose(wish.pane, &reader, context)?;
        let order = self.tickets.or(question, stamp, || {
            Ok(queue::order(&reader, &owners, &question.read(&ticket::KIND, &reader, context)?)?.into())
        })?;
        let window = kept(&order, wish, only(wish), |placed| placed.num);
        let rows = queue::rows(names, order.get(window.clone()).unwrap_or_default(), context.now)?;
        let people = people(names, rows.iter().map(|row| row.owner))?;
        let whose = said.get(context.lang).to_owned();
        let breached = queue::breached_of(&order, context.now);
        let read = Read { question: question.clone(), whose, people, order, from: window.start, rows };
        Ok(tickets::Rows { read, breached })
    }
}

fn only(wish: &Wish) -> Window {
    wish.windows.first().copied().unwrap_or(Window::around(0, 0))
}

/// The window, moved as far as the record has moved that the cursor stays on.
fn kept<T>(order: &[T], wish: &Wish, window: Window, num: impl Fn(&T) -> u64) -> Range<usize> {
    let found = wish.keep.and_then(|(id, was)| {
        let is = order.iter().position(|place| num(place) == id.num)?;
        Some(Window { from: (window.from + is).saturating_sub(was), ..window })
    });
    found.unwrap_or(window).of(order.len())
}

/// What these users are called.
fn people(names: &Names<'_>, nums: impl Iterator<Item = Option<u64>>) -> Result<BTreeMap<u64, String>> {
    let mut people = BTreeMap::new();
    for num in nums.flatten() {
        if let Entry::Vacant(entry) = people.entry(num) {
            entry.insert(names.of(RecordId::new(user::ID, num))?);
        }
    }
    Ok(people)
}
