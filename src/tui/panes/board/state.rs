//! The board on the screen: columns, cursor, marks.

use std::collections::BTreeSet;

use crate::{
    domain::{RecordId, deal, words::money::Money},
    read_model::board::{Board, BoardColumn, Card},
};

use super::{PaneQuery, RowWindow, Rows, card};

/// What the pane knows.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Which deals it shows.
    pub question: PaneQuery,
    pub(super) rows: Rows,
    /// The column under the cursor, among those of open stages.
    pub(super) column: usize,
    /// The card under the cursor.
    pub(super) card: usize,
    /// The first card on the screen, in each column.
    pub(super) offsets: Vec<usize>,
    pub(super) marks: BTreeSet<RecordId>,
    /// Where a range began.
    pub(super) from: Option<RecordId>,
}

impl State {
    /// Takes what was read, unless something else is asked for by now. The cursor stays on its card, wherever that is
    /// now, and marks stay.
    pub fn loaded(&mut self, rows: Rows) {
        if rows.question != self.question {
            return;
        }
        let (held, stage) = (self.id(), self.stage());
        let seen = self.offsets.get(self.column).map(|offset| self.card.saturating_sub(*offset));
        self.rows = rows;
        self.go_back_to(held, stage);
        if let (Some(seen), Some(offset)) = (seen, self.offsets.get_mut(self.column)) {
            // The rest of the column moves as little as it can.
            *offset = (*offset).max(self.card.saturating_sub(seen.max(1))).min(self.card);
        }
    }

    /// Puts the cursor on a card wherever it is now, or else into the column of a stage.
    pub(super) fn go_back_to(&mut self, held: Option<RecordId>, stage: Option<RecordId>) {
        let columns = self.columns();
        let place = held.and_then(|id| {
            let mut places = columns.iter().enumerate();
            places.find_map(|(at, column)| column.order.iter().position(|num| *num == id.num).map(|card| (at, card)))
        });
        // A board that is new to the eye begins at the first deal there is.
        let column =
            || columns.iter().position(|column| stage.map_or(!column.order.is_empty(), |id| column.stage == id));
        (self.column, self.card) = place.unwrap_or_else(|| (column().unwrap_or(self.column), self.card));
        self.settle();
    }

    /// Asks for the pipeline after the one that is shown, round the end; whether there is another.
    pub fn next_pipeline(&mut self) -> bool {
        let all = &self.rows.pipelines;
        let here = self.board().and_then(|board| all.iter().position(|num| *num == board.pipeline.num));
        let next = here.and_then(|here| all.get((here + 1) % all.len())).copied();
        let is_another = all.len() > 1 && next.is_some();
        if is_another {
            self.question.pipeline = next;
        }
        is_another
    }

    /// What a verb acts on: what is marked, else the card under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        let marked = self.marked();
        if marked.is_empty() { self.id().into_iter().collect() } else { marked.into_iter().collect() }
    }

    /// What is shown as marked: the marks, and the range that was begun.
    pub fn marked(&self) -> BTreeSet<RecordId> {
        self.marks.iter().copied().chain(self.ranged()).collect()
    }

    /// The deals of the range that was begun.
    pub(super) fn ranged(&self) -> impl Iterator<Item = RecordId> + '_ {
        let numbers = self.span().and_then(|(first, last)| self.here()?.order.get(first..=last)).unwrap_or_default();
        numbers.iter().map(|num| RecordId::new(deal::ID, *num))
    }

    /// The deal under the cursor.
    pub fn id(&self) -> Option<RecordId> {
        let num = self.here()?.order.get(self.card)?;
        Some(RecordId::new(deal::ID, *num))
    }

    /// The deal that the cursor stays on, and its place in its column.
    pub fn keep(&self) -> Option<(RecordId, usize)> {
        self.id().map(|id| (id, self.card))
    }

    /// The card in a place, if it was read.
    pub(super) fn card_at(&self, column: usize, card: usize) -> Option<&Card> {
        let (from, cards) = self.rows.cards.get(column)?;
        cards.get(card.checked_sub(*from)?)
    }

    /// The card under the cursor, if it was read.
    pub fn card(&self) -> Option<&Card> {
        self.card_at(self.column, self.card)
    }

    /// What a deal is called, if its card was read.
    pub fn called(&self, id: RecordId) -> Option<&str> {
        let mut cards = self.rows.cards.iter().flat_map(|(_, cards)| cards);
        cards.find(|card| card.id == id).map(|card| card.title.as_str())
    }

    /// The customer of the card under the cursor.
    pub fn customer(&self) -> Option<RecordId> {
        self.card()?.customer.as_ref().map(|(id, _)| *id)
    }

    /// The stage of the column under the cursor.
    pub fn stage(&self) -> Option<RecordId> {
        self.here().map(|column| column.stage)
    }

    /// The number of the card under the cursor in its column, counted from one, and how many deals stand there.
    pub fn position(&self) -> (usize, usize) {
        let cards = self.here().map_or(0, |column| column.order.len());
        ((self.card + 1).min(cards), cards)
    }

    /// The name of the stage under the cursor, as stored.
    pub fn stage_name(&self) -> Option<&str> {
        self.here().map(|column| column.name.as_str())
    }

    /// The stages of the pipeline that is shown, in their order.
    pub fn stages(&self) -> &[BoardColumn] {
        self.board().map_or(&[], |board| &board.columns)
    }

    /// The columns of open stages.
    pub(super) fn columns(&self) -> Vec<&BoardColumn> {
        self.stages().iter().filter(|column| column.is_open()).collect()
    }

    pub const fn board(&self) -> Option<&Board> {
        self.rows.board.as_ref()
    }

    /// The column under the cursor.
    pub(super) fn here(&self) -> Option<&BoardColumn> {
        self.stages().iter().filter(|column| column.is_open()).nth(self.column)
    }

    /// How many deals stand in open stages, what they are worth, and by their chance of winning.
    pub(super) fn totals(&self) -> (u64, Vec<Money>, Vec<Money>) {
        let columns = self.columns();
        let count = columns.iter().map(|column| column.count).sum();
        let sums = total(columns.iter().flat_map(|column| column.sums.iter().copied()));
        (count, sums, total(columns.iter().flat_map(|column| column.weighted.iter().copied())))
    }

    /// Keeps the cursor on the board.
    pub(super) fn settle(&mut self) {
        let cards: Vec<usize> = self.columns().iter().map(|column| column.order.len()).collect();
        self.column = self.column.min(cards.len().saturating_sub(1));
        let here = cards.get(self.column).copied().unwrap_or_default();
        self.card = self.card.min(here.saturating_sub(1));
        self.offsets.resize(cards.len(), 0);
        for (offset, cards) in self.offsets.iter_mut().zip(cards) {
            *offset = (*offset).min(cards.saturating_sub(1));
        }
    }

    /// The first card to show in a column, were there room for so many.
    pub(super) fn first(&self, column: usize, cards: usize, room: usize) -> usize {
        let room = room.max(1);
        let offset = self.offsets.get(column).copied().unwrap_or_default().min(cards.saturating_sub(room));
        if column == self.column { offset.clamp((self.card + 1).saturating_sub(room), self.card) } else { offset }
    }

    /// The cards of the range that was begun in this column, were it to end at the cursor.
    pub(super) fn span(&self) -> Option<(usize, usize)> {
        let from = self.from?;
        let from = self.here()?.order.iter().position(|num| *num == from.num)?;
        Some((from.min(self.card), from.max(self.card)))
    }

    /// What is read of each column when everything is read again.
    pub fn windows(&self, height: u16) -> Vec<RowWindow> {
        let room = card::cards_in(height);
        let columns = self.columns();
        let first = |(at, column): (usize, &&BoardColumn)| self.first(at, column.order.len(), room);
        columns.iter().enumerate().map(first).map(|first| RowWindow::around(first, room)).collect()
    }

    /// The same where a card is seen that was not read.
    pub fn missing(&self, height: u16) -> Option<Vec<RowWindow>> {
        let room = card::cards_in(height);
        let is_there = |(at, column): (usize, &&BoardColumn)| {
            let first = self.first(at, column.order.len(), room);
            (first..(first + room).min(column.order.len())).all(|card| self.card_at(at, card).is_some())
        };
        let whole = self.rows.board.is_some() && self.columns().iter().enumerate().all(is_there);
        (!whole).then(|| self.windows(height))
    }
}

/// Sums by currency.
pub(super) fn total(all: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut total: Vec<Money> = Vec::new();
    for sum in all {
        match total.iter_mut().find(|held| held.currency == sum.currency) {
            Some(held) => held.minor = held.minor.saturating_add(sum.minor),
            None => total.push(sum),
        }
    }
    total.sort_by_key(|sum| sum.currency);
    total
}
