//! Where one has been: the pane and the records that were opened over it.

use super::{
    panes::Pane,
    state::{Reading, State},
};

/// So many places are remembered.
const MOST: usize = 100;

/// A place that was left.
#[derive(Clone, Debug)]
struct Place {
    pane: Pane,
    open: Vec<Reading>,
}

/// Places before this one, and those that one came back from.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    back: Vec<Place>,
    forward: Vec<Place>,
}

impl State {
    fn place(&self) -> Place {
        // What a record says is read again when one comes back to it.
        let open = self.open.iter().map(|reading| Reading { told: None, ..reading.clone() }).collect();
        Place { pane: self.pane, open }
    }

    /// Remembers where we are, because we go elsewhere.
    pub fn leave(&mut self) {
        let place = self.place();
        self.jumps.forward.clear();
        self.jumps.back.push(place);
        if self.jumps.back.len() > MOST {
            self.jumps.back.remove(0);
        }
    }

    /// Goes to the place before this one, or forward again; whether there was one.
    pub fn jump(&mut self, forward: bool) -> bool {
        let here = self.place();
        let (from, to) = match forward {
            false => (&mut self.jumps.back, &mut self.jumps.forward),
            true => (&mut self.jumps.forward, &mut self.jumps.back),
        };
        let Some(place) = from.pop() else { return false };
        to.push(here);
        (self.pane, self.open, self.popup) = (place.pane, place.open, None);
        true
    }
}
