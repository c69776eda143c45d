//! Where one has been.

use crate::domain::RecordId;

use super::panes::Pane;

/// So many places are remembered.
const MOST: usize = 100;

/// A place: the pane, and the records that are open over it, each with the lines of its cursor and of its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JumpEntry {
    /// The pane.
    pub pane: Pane,
    /// The records.
    pub open: Vec<(RecordId, usize, usize)>,
}

/// Places before this one, and those that one came back from.
#[derive(Clone, Debug, Default)]
pub struct JumpList {
    back: Vec<JumpEntry>,
    forward: Vec<JumpEntry>,
}

impl JumpList {
    /// Remembers a place that one leaves to go elsewhere.
    pub fn leave(&mut self, place: JumpEntry) {
        self.forward.clear();
        self.back.push(place);
        if self.back.len() > MOST {
            self.back.remove(0);
        }
    }

    /// The place before, or that one came back from; this one is remembered on the other side.
    pub fn jump(&mut self, here: JumpEntry, forward: bool) -> Option<JumpEntry> {
        let (from, to) = match forward {
            false => (&mut self.back, &mut self.forward),
            true => (&mut self.forward, &mut self.back),
        };
        let place = from.pop()?;
        to.push(here);
        Some(place)
    }
}
