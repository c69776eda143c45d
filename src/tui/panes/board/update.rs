//! Going over the board.

use crate::domain::{RecordId, deal};

use super::{Action, State, card, view};

impl State {
    /// Acts in a pane of this height; whether anything is different now.
    pub fn update(&mut self, action: Action, height: u16) -> bool {
        let before = (self.column, self.card, self.offsets.clone(), self.marks.clone(), self.from);
        let page = card::cards_in(height).max(1);
        match action {
            Action::Down => self.card += 1,
            Action::Up => self.card = self.card.saturating_sub(1),
            Action::PageDown => self.card += page,
            Action::PageUp => self.card = self.card.saturating_sub(page),
            Action::HalfDown => self.card += page.div_ceil(2),
            Action::HalfUp => self.card = self.card.saturating_sub(page.div_ceil(2)),
            Action::Top => self.card = 0,
            Action::Bottom => self.card = usize::MAX,
            Action::Row(card) => self.card = card.saturating_sub(1),
            Action::Left => self.sideways(self.column.saturating_sub(1)),
            Action::Right => self.sideways(self.column + 1),
            Action::FirstColumn => self.sideways(0),
            Action::LastColumn => self.sideways(self.offsets.len().saturating_sub(1)),
            Action::NextUrgent => self.urgent(1),
            Action::PreviousUrgent => self.urgent(-1),
            Action::Mark => {
                let id = self.id();
                self.toggle(id);
                self.card += 1;
            }
            Action::Range => self.range(),
            Action::Invert => {
                let all: Vec<u64> = self.columns().iter().flat_map(|column| column.order.iter().copied()).collect();
                all.into_iter().for_each(|num| self.toggle(Some(RecordId::new(deal::ID, num))));
            }
            Action::Unmark => {
                self.marks.clear();
                self.from = None;
            }
            Action::Calendar | Action::NextMonth | Action::PreviousMonth => {}
        }
        self.settle();
        let cards = self.here().map_or(0, |column| column.order.len());
        let first = self.first(self.column, cards, page);
        if let Some(offset) = self.offsets.get_mut(self.column) {
            *offset = first;
        }
        (self.column, self.card, self.offsets.clone(), self.marks.clone(), self.from) != before
    }

    /// To another column, at the same height on the screen.
    /// Goes to the card at a place of a pane of this size, or to the column whose heading is there.
    pub fn click(&mut self, place: (u16, u16), size: (u16, u16)) {
        let Some((column, card)) = view::hit(self, place, size) else { return };
        if column != self.column {
            self.sideways(column);
        }
        let card = card.unwrap_or(self.card);
        self.update(Action::Row(card + 1), size.1);
    }

    fn sideways(&mut self, column: usize) {
        let Some(there) = self.offsets.get(column) else { return };
        let here = self.offsets.get(self.column).copied().unwrap_or_default();
        self.card = self.card.saturating_sub(here) + there;
        self.column = column;
        self.from = None;
    }

    /// To the nearest card, column after column and round the end, that wants attention: of those that were read, which
    /// reaches far enough to find the next one wherever some are in want of it.
    fn urgent(&mut self, step: isize) {
        let read = self.rows.cards.iter().enumerate();
        let cards =
            read.flat_map(|(at, (first, cards))| (*first..).zip(cards).map(move |(place, card)| (at, place, card)));
        let urgent: Vec<(usize, usize)> =
            cards.filter(|(.., card)| card.wants_attention()).map(|(at, place, _)| (at, place)).collect();
        let here = (self.column, self.card);
        let found = match step {
            1 => urgent.iter().find(|place| **place > here).or(urgent.first()),
            _ => urgent.iter().rev().find(|place| **place < here).or(urgent.last()),
        };
        if let Some(place) = found {
            (self.column, self.card) = *place;
        }
    }

    fn toggle(&mut self, id: Option<RecordId>) {
        if let Some(id) = id
            && !self.marks.remove(&id)
        {
            self.marks.insert(id);
        }
    }

    fn range(&mut self) {
        if self.span().is_some() {
            self.marks = self.marked();
            self.from = None;
        } else {
            self.from = self.id();
        }
    }
}
