//! What keys do to the list.

use crate::tui::panes::Action;

use super::{question::Grouping, state::State};

impl State {
    /// Does it in a list of so many lines; says whether anything has changed.
    pub fn update(&mut self, action: Action, height: u16) -> bool {
        let before = (self.cursor, self.offset, self.cell, self.marks.len(), self.anchor);
        let last = self.total().saturating_sub(1);
        let height = usize::from(height).max(1);
        let half = (height / 2).max(1);
        self.added = None;
        let from = self.bound_for.take();
        match action {
            Action::Down => self.step(from, 1),
            Action::Up => self.step(from, -1),
            Action::HalfDown => self.step(from, half as isize),
            Action::HalfUp => self.step(from, -(half as isize)),
            Action::PageDown => self.step(from, height as isize),
            Action::PageUp => self.step(from, -(height as isize)),
            Action::Left => self.cell = Some(self.cell.unwrap_or_default().saturating_sub(1)),
            Action::Right => {
                let next = self.cell.map_or(0, |cell| cell + 1);
                self.cell = Some(next.min(self.columns.len().saturating_sub(1)));
            }
            Action::Calendar | Action::NextMonth | Action::PreviousMonth | Action::FirstColumn | Action::LastColumn => {
            }
            Action::Top => self.cursor = 0,
            Action::Bottom => self.go_to(usize::MAX),
            Action::Row(row) => self.go_to(row.saturating_sub(1)),
            Action::Mark => {
                if let Some(num) = self.number(self.cursor) {
                    self.marks.toggle(num);
                    self.cursor += 1;
                }
            }
            Action::Range => match self.span() {
                None => self.anchor = self.number(self.cursor),
                Some(_) => {
                    let ranged = self.ranged().to_vec();
                    ranged.into_iter().for_each(|num| self.marks.insert(num));
                    self.anchor = None;
                }
            },
            Action::Invert => self.list.numbers.iter().for_each(|num| self.marks.toggle(*num)),
            Action::Unmark => {
                self.marks.clear();
                self.anchor = None;
            }
            Action::NextUrgent => self.seek(|total, from| (from + 1..total).chain(0..from)),
            Action::PreviousUrgent => self.seek(|total, from| (0..from).rev().chain((from..total).rev())),
        }
        self.cursor = self.cursor.min(last);
        self.scroll(height);
        before != (self.cursor, self.offset, self.cell, self.marks.len(), self.anchor)
    }

    /// Moves the window so that it holds the cursor, and no empty lines where there are rows.
    pub fn scroll(&mut self, height: usize) {
        let height = height.max(1);
        let line = self.line(self.cursor);
        // A heading is seen above its first row.
        let head = self.list.groups.binary_search_by_key(&self.cursor, |group| group.start).is_ok();
        let top = if head && height > 1 { line - 1 } else { line };
        let most = self.lines().saturating_sub(height);
        self.offset = self.offset.min(most).clamp((line + 1).saturating_sub(height), top);
    }

    /// Other headings, or none.
    pub fn regroup(&mut self) {
        self.question.group = Grouping::next(self.question.group);
    }

    /// Goes on from the cursor, or from where it is bound for: a list of which only the beginning is there may go on.
    fn step(&mut self, from: Option<usize>, by: isize) {
        let to = from.unwrap_or(self.cursor).saturating_add_signed(by);
        if from.is_some() || to >= self.total() {
            self.go_to(to);
        } else {
            self.cursor = to;
        }
    }

    fn go_to(&mut self, place: usize) {
        self.cursor = place;
        if !self.list.whole {
            self.bound_for = Some(place);
        }
    }

    /// To the first of these places, which are all but this one, whose next step is overdue.
    fn seek<I: Iterator<Item = usize>>(&mut self, places: impl FnOnce(usize, usize) -> I) {
        let late = |at: &usize| self.number(*at).is_some_and(|num| self.list.late.contains(num));
        if let Some(at) = places(self.total(), self.cursor).find(late) {
            self.cursor = at;
        }
    }
}
