//! Going over the queue.

use super::{Action, State, view};

impl State {
    /// Acts in a pane of this height; whether anything is different now.
    pub fn update(&mut self, action: Action, height: u16) -> bool {
        self.list.update(action, &self.rows, view::rows_in(height))
    }
}
