//! What a thread on the store knows.

use std::{path::PathBuf, sync::Arc, time::Instant as Clock};

use crate::{domain::Instant, ops::Context, store::Store};

/// What a thread on the store knows: the store, and who asks.
#[derive(Clone)]
pub struct Seat {
    /// The store.
    pub store: Arc<Store>,
    /// The folder of what is kept from session to session.
    folder: Option<PathBuf>,
    context: Context,
    started: (Clock, Instant),
}

impl Seat {
    /// A seat whose clock begins at the context's `now`.
    pub fn new(store: Store, context: Context, folder: Option<PathBuf>) -> Self {
        Self { store: Arc::new(store), folder, started: (Clock::now(), context.now), context }
    }

    /// The file of lines that were run in the palette.
    pub fn history(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(|folder| folder.join("history"))
    }

    /// The file of how the panes are set up.
    pub fn layout(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(|folder| folder.join("layout.toml"))
    }

    /// Who asks, at this moment.
    pub fn context(&self) -> Context {
        let (clock, began) = &self.started;
        Context { now: began.plus_seconds(clock.elapsed().as_secs() as i64), ..self.context.clone() }
    }
}
