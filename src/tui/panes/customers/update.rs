//! What keys do to the list.

use crate::tui::panes::Action;

use super::state::{State, Urgency};

impl State {
    /// Does it in a list of so many lines; says whether anything has changed.
    pub fn update(&mut self, action: Action, height: u16) -> bool {
        let before = (self.cursor, self.offset, self.marks.len(), self.anchor);
        let last = self.rows.total.saturating_sub(1);
        let height = usize::from(height).max(1);
        let half = (height / 2).max(1);
        match action {
            Action::Down => self.cursor += 1,
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::HalfDown => self.cursor += half,
            Action::HalfUp => self.cursor = self.cursor.saturating_sub(half),
            Action::PageDown => self.cursor += height,
            Action::PageUp => self.cursor = self.cursor.saturating_sub(height),
            Action::Left
            | Action::Right
            | Action::Calendar
            | Action::NextMonth
            | Action::PreviousMonth
            | Action::FirstColumn
            | Action::LastColumn => {}
            Action::Top => self.cursor = 0,
            Action::Bottom => self.cursor = last,
            Action::Row(row) => self.cursor = row.saturating_sub(1),
            Action::Mark => {
                if let Some(id) = self.current().and_then(|row| row.id) {
                    if !self.marks.remove(&id) {
                        self.marks.insert(id);
                    }
                    self.cursor += 1;
                }
            }
            Action::Range => match self.anchor.take() {
                None => self.anchor = Some(self.cursor),
                Some(anchor) => {
                    let (from, to) = (anchor.min(self.cursor), anchor.max(self.cursor));
                    let ids: Vec<_> = (from..=to).filter_map(|at| self.row(at)?.id).collect();
                    self.marks.extend(ids);
                }
            },
            Action::Invert => {
                let ids: Vec<_> = self.rows.rows.iter().filter_map(|row| row.id).collect();
                for id in ids {
                    if !self.marks.remove(&id) {
                        self.marks.insert(id);
                    }
                }
                self.cursor = self.cursor.min(last);
                self.scroll(height);
                return true;
            }
            Action::Unmark => {
                self.marks.clear();
                self.anchor = None;
            }
            Action::NextUrgent => self.seek(self.cursor + 1..self.rows.from + self.rows.rows.len()),
            Action::PreviousUrgent => self.seek((self.rows.from..self.cursor).rev()),
        }
        self.cursor = self.cursor.min(last);
        self.scroll(height);
        before != (self.cursor, self.offset, self.marks.len(), self.anchor)
    }

    /// Moves the window so that it holds the cursor, and no empty lines where there are rows.
    pub fn scroll(&mut self, height: usize) {
        let most = self.rows.total.saturating_sub(height);
        let lowest = (self.cursor + 1).saturating_sub(height);
        self.offset = self.offset.clamp(lowest, self.cursor).min(most.max(lowest));
    }

    fn seek(&mut self, mut places: impl Iterator<Item = usize>) {
        let urgent = |at: &usize| self.row(*at).is_some_and(|row| row.urgency == Urgency::Late);
        if let Some(at) = places.find(urgent) {
            self.cursor = at;
        }
    }
}
