//! What a thread on the store knows.

use std::{path::PathBuf, sync::Arc, time::Instant as Clock};

use crate::{domain::Instant, ops::Context, store::Store};

/// What a thread on the store knows: the store, and who asks.
#[derive(Clone)]
pub struct Seat {
    /// The store.
    pub store: Arc<Store>,
    /// The file of lines that were run in the palette.
    pub history: Option<PathBuf>,
    context: Context,
    started: (Clock, Instant),
}

impl Seat {
    /// A seat whose clock begins at the context's `now`.
    pub fn new(store: Store, context: Context, history: Option<PathBuf>) -> Self {
        Self { store: Arc::new(store), history, started: (Clock::now(), context.now), context }
    }

    /// Who asks, at this moment.
    pub fn context(&self) -> Context {
        let (clock, began) = &self.started;
        Context { now: began.plus_seconds(clock.elapsed().as_secs() as i64), ..self.context.clone() }
    }
}
