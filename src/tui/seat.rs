//! What a thread on the store knows.

use std::{path::PathBuf, sync::Arc};

use crate::{ops::Context, store::Store};

use super::clock::Clock;

/// What a thread on the store knows: the store, and who asks.
#[derive(Clone)]
pub struct Seat {
    /// The store.
    pub store: Arc<Store>,
    /// The file of lines that were run in the palette.
    pub history: Option<PathBuf>,
    context: Context,
    clock: Clock,
}

impl Seat {
    /// A seat whose clock begins at the context's `now`.
    pub fn new(store: Store, context: Context, history: Option<PathBuf>) -> Self {
        Self { store: Arc::new(store), history, clock: Clock::at(context.now), context }
    }

    /// Time passes.
    #[cfg(test)]
    pub fn pass(&mut self, seconds: i64) {
        self.clock = Clock::at(self.clock.now().plus_seconds(seconds));
    }

    /// Who asks, at this moment.
    pub fn context(&self) -> Context {
        Context { now: self.clock.now(), ..self.context.clone() }
    }
}
