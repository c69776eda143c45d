//! Reading the panes: the places of all their records, kept as long as the store stays as it is, and the rows that are
//! seen.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::Range,
    sync::Arc,
};

use crate::{
    commit::Context,
    domain::{RecordId, deal, followup, pipeline as pipelines, ticket, user},
    error::{Error, Result},
    query::names::Names,
    read_model::{self, positions::Position},
    store::Reader,
    text::said,
};

use super::{
    Pane, PaneRows, agenda, board,
    question::{PaneQuery, PaneRequest, RowWindow},
    queue,
    virtual_list::LoadedRows,
};

/// What the worker knows of the panes from the last time.
#[derive(Debug, Default)]
pub struct PaneCache {
    board: Cached<read_model::board::Board>,
    agenda: Cached<Arc<[Position]>>,
    queue: Cached<Arc<[Position]>>,
}

/// An answer, and the question, the step of the store and the minute that it belongs to.
#[derive(Debug)]
struct Cached<T>(Option<(PaneQuery, u64, i64, T)>);

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> Cached<T> {
    /// The answer of before where nothing has changed since, else a new one.
    fn or(&mut self, question: &PaneQuery, (seq, minute): (u64, i64), find: impl FnOnce() -> Result<T>) -> Result<T> {
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

impl PaneCache {
    /// Reads what is wished for.
    ///
    /// # Errors
    /// What is wrong with the filter, what the store says.
    pub fn load(&mut self, reader: Reader<'_>, context: &Context, wish: &PaneRequest) -> Result<PaneRows> {
        let names = Names::new(reader, context.lang);
        let stamp = (reader.seq()?, context.now.0.div_euclid(60_000));
        match wish.pane {
            Pane::Board => self.board(&names, context, wish, stamp).map(PaneRows::Board),
            Pane::Agenda => self.agenda(&names, context, wish, stamp).map(PaneRows::Agenda),
            Pane::Queue | Pane::Customers => self.queue(&names, context, wish, stamp).map(PaneRows::Queue),
        }
    }

    fn board(
        &mut self,
        names: &Names<'_>,
        context: &Context,
        wish: &PaneRequest,
        (seq, _): (u64, i64),
    ) -> Result<board::Rows> {
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
            read_model::board::board(
                names,
                pipeline,
                &owners,
                &question.read(reader.schema().table(&deal::KIND), &reader, context)?,
            )
        })?;
        let mut cards = Vec::new();
        for (at, column) in board.columns.iter().filter(|column| column.is_open()).enumerate() {
            let window = wish.windows.get(at).copied().unwrap_or(RowWindow::around(0, 0));
            let window = kept(&column.order, wish, window, |num| *num);
            let numbers = column.order.get(window.clone()).unwrap_or_default();
            let read = read_model::board::cards(names, column.stale_after, numbers, (context.now, context.tz))?;
            cards.push((window.start, read));
        }
        let whose = said.get(context.lang).to_owned();
        let pipelines = pipelines::in_order(&reader)?;
        Ok(board::Rows { question: question.clone(), board: Some(board), cards, whose, pipelines })
    }

    fn agenda(
        &mut self,
        names: &Names<'_>,
        context: &Context,
        wish: &PaneRequest,
        stamp: (u64, i64),
    ) -> Result<agenda::Rows> {
        let (reader, question) = (names.reader(), &wish.question);
        let clock =
            read_model::agenda::Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
        let (owners, said) = question.whose(wish.pane, &reader, context)?;
        let order = self.agenda.or(question, stamp, || {
            let filter = question.read(reader.schema().table(&followup::KIND), &reader, context)?;
            let placed = match question.calls {
                true => read_model::agenda::calls(names, &owners, &clock, &filter)?,
                false => read_model::agenda::order(&reader, &owners, &clock, &filter)?,
            };
            Ok(placed.into())
        })?;
        let window = kept(&order, wish, only(wish), |placed| placed.num);
        let rows = read_model::agenda::rows(names, &clock, order.get(window.clone()).unwrap_or_default())?;
        let people = if owners.is_one() { BTreeMap::new() } else { people(names, rows.iter().map(|row| row.owner))? };
        let whose = said.get(context.lang).to_owned();
        let read = LoadedRows { question: question.clone(), whose, people, order, from: window.start, rows };
        Ok(agenda::Rows { read, week_start: clock.week_start })
    }

    fn queue(
        &mut self,
        names: &Names<'_>,
        context: &Context,
        wish: &PaneRequest,
        stamp: (u64, i64),
    ) -> Result<queue::Rows> {
        let (reader, question) = (names.reader(), &wish.question);
        let (owners, said) = question.whose(wish.pane, &reader, context)?;
        let order = self.queue.or(question, stamp, || {
            Ok(read_model::queue::order(
                &reader,
                &owners,
                &question.read(reader.schema().table(&ticket::KIND), &reader, context)?,
            )?
            .into())
        })?;
        let window = kept(&order, wish, only(wish), |placed| placed.num);
        let rows = read_model::queue::rows(names, order.get(window.clone()).unwrap_or_default(), context.now)?;
        let people = people(names, rows.iter().map(|row| row.owner))?;
        let whose = said.get(context.lang).to_owned();
        let breached = read_model::queue::breached_of(&order, context.now);
        let read = LoadedRows { question: question.clone(), whose, people, order, from: window.start, rows };
        Ok(queue::Rows { read, breached })
    }
}

fn only(wish: &PaneRequest) -> RowWindow {
    wish.windows.first().copied().unwrap_or(RowWindow::around(0, 0))
}

/// The window, moved as far as the record has moved that the cursor stays on.
fn kept<T>(order: &[T], wish: &PaneRequest, window: RowWindow, num: impl Fn(&T) -> u64) -> Range<usize> {
    let found = wish.keep.and_then(|(id, was)| {
        let is = order.iter().position(|place| num(place) == id.num)?;
        Some(RowWindow { from: (window.from + is).saturating_sub(was), ..window })
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
