//! What a thread on the store knows.

use std::{path::PathBuf, sync::Arc};

use crate::{commit::Context, store::Store};

use super::clock::Clock;

/// What a thread on the store knows: the store, and who asks.
#[derive(Clone)]
pub struct ThreadContext {
    /// The store.
    pub store: Arc<Store>,
    /// The folder of what is kept from session to session.
    folder: Option<PathBuf>,
    context: Context,
    clock: Clock,
}

impl ThreadContext {
    /// A context whose clock begins at the context's `now`.
    pub fn new(store: Store, context: Context, folder: Option<PathBuf>) -> Self {
        Self { store: Arc::new(store), folder, clock: Clock::at(context.now), context }
    }

    /// The file of lines that were run in the palette.
    pub fn history(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(|folder| folder.join("history"))
    }

    /// The file of how the panes are set up.
    pub fn layout(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(|folder| folder.join("layout.toml"))
    }

    /// Time stands still from here on, however long a test takes, until it [passes](Self::pass).
    #[cfg(test)]
    #[must_use]
    pub fn still(mut self) -> Self {
        self.pass(0);
        self
    }

    /// Time passes.
    #[cfg(test)]
    pub fn pass(&mut self, seconds: i64) {
        self.clock = Clock::still(self.clock.now().plus_seconds(seconds));
    }

    /// Who asks, at this moment.
    pub fn context(&self) -> Context {
        Context { now: self.clock.now(), ..self.context.clone() }
    }
}
