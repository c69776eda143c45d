//! The board on the screen: columns, cursor, marks.

use std::collections::BTreeSet;

use crate::{
    domain::{RecordId, words::money::Money},
    query::board::{Board, BoardColumn, Card},
};

use super::{Rows, sift::total};

/// What the pane knows.
#[derive(Clone, Debug, Default)]
pub struct State {
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
    /// New rows; the cursor stays on its card, wherever that is now, and marks stay.
    pub fn loaded(&mut self, rows: Rows) {
        let (held, stage) = (self.card().map(|card| card.id), self.stage());
        self.rows = rows;
        let columns = self.columns();
        let card = held.and_then(|id| {
            let mut places = columns.iter().enumerate();
            places.find_map(|(at, column)| column.cards.iter().position(|card| card.id == id).map(|card| (at, card)))
        });
        let column = || columns.iter().position(|column| Some(column.stage) == stage);
        (self.column, self.card) = card.unwrap_or_else(|| (column().unwrap_or(self.column), self.card));
        self.settle();
    }

    /// The pipeline that is shown.
    pub fn pipeline(&self) -> Option<RecordId> {
        self.rows.board.as_ref().map(|board| board.pipeline)
    }

    /// What a verb acts on: what is marked, else the card under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        match self.marks.is_empty() {
            true => self.card().map(|card| card.id).into_iter().collect(),
            false => self.marks.iter().copied().collect(),
        }
    }

    /// The card under the cursor.
    pub fn card(&self) -> Option<&Card> {
        self.here()?.cards.get(self.card)
    }

    /// The customer of the card under the cursor.
    pub fn customer(&self) -> Option<RecordId> {
        self.card()?.customer.as_ref().map(|(id, _)| *id)
    }

    /// The stage of the column under the cursor.
    pub fn stage(&self) -> Option<RecordId> {
        self.here().map(|column| column.stage)
    }

    /// What is marked.
    pub const fn marks(&self) -> &BTreeSet<RecordId> {
        &self.marks
    }

    /// The number of the card under the cursor in its column, counted from one, and how many deals stand there.
    pub fn position(&self) -> (usize, usize) {
        let Some(column) = self.here() else { return (0, 0) };
        let cards = usize::try_from(column.count).unwrap_or(usize::MAX).max(column.cards.len());
        ((self.card + 1).min(column.cards.len()), cards)
    }

    /// The name of the stage under the cursor, as stored.
    pub fn stage_name(&self) -> Option<&str> {
        self.here().map(|column| column.name.as_str())
    }

    /// The columns of open stages.
    pub(super) fn columns(&self) -> Vec<&BoardColumn> {
        self.board().into_iter().flat_map(|board| &board.columns).filter(|column| column.is_open()).collect()
    }

    pub(super) fn board(&self) -> Option<&Board> {
        self.rows.board.as_ref()
    }

    /// The column under the cursor.
    pub(super) fn here(&self) -> Option<&BoardColumn> {
        self.board()?.columns.iter().filter(|column| column.is_open()).nth(self.column)
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
        let columns = self.columns();
        let (len, cards) = (columns.len(), columns.iter().map(|column| column.cards.len()).collect::<Vec<_>>());
        self.column = self.column.min(len.saturating_sub(1));
        let here = cards.get(self.column).copied().unwrap_or_default();
        self.card = self.card.min(here.saturating_sub(1));
        self.offsets.resize(len, 0);
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
        let from = self.here()?.cards.iter().position(|card| card.id == from)?;
        Some((from.min(self.card), from.max(self.card)))
    }
}
