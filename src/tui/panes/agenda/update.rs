//! Going over the agenda.

use super::{Action, State, state::Lines, view};

impl State {
    /// Acts in a pane of this height; whether anything is different now.
    pub fn update(&mut self, action: Action, height: u16) -> bool {
        if action == Action::Calendar {
            self.calendar = !self.calendar;
            return true;
        }
        let lines = Lines { rows: &self.rows.rows, sections: &self.sections };
        self.list.update(action, &lines, view::lines_in(height))
    }
}
