//! redb trusts the pages of a file and panics on some that were damaged behind its back. A person gets an error.
//!
//! The end of what redb lends is a call into redb too: a transaction gives back its pages, a table its root. So whatever
//! has such an end is [`Held`], and ends inside a guard as well.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use crate::store::engine::EngineError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be caught and turned into [`EngineError::Corrupt`]. A panic hook asks, and
/// stays quiet then.
pub fn catches_panics() -> bool {
    GUARDED.get()
}

/// Runs calls into redb; a panic inside means that the file is damaged. Code of others goes through [`unguarded`].
pub(super) fn guarded<T, E: Into<EngineError>>(calls: impl FnOnce() -> Result<T, E>) -> Result<T, EngineError> {
    let before = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(calls));
    match (outcome, GUARDED.replace(before)) {
        (Ok(result), _) => result.map_err(Into::into),
        (Err(_), true) => Err(EngineError::Corrupt("a page of the file makes no sense".to_owned())),
        (Err(panic), false) => resume_unwind(panic),
    }
}

/// Runs a visitor inside of [`guarded`]: its panics are its own.
pub(super) fn unguarded<T>(call: impl FnOnce() -> T) -> T {
    GUARDED.set(false);
    let value = call();
    GUARDED.set(true);
    value
}

/// Something of redb's that ends inside a guard. It is there until it is taken.
pub(in crate::store::engine) struct Held<T>(Option<T>);

impl<T> Held<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(Some(value))
    }

    pub(super) fn get(&self) -> Result<&T, EngineError> {
        self.0.as_ref().ok_or(EngineError::Reopen)
    }

    pub(super) fn get_mut(&mut self) -> Result<&mut T, EngineError> {
        self.0.as_mut().ok_or(EngineError::Reopen)
    }

    /// Takes it out, for a call that consumes it.
    pub(super) fn take(&mut self) -> Result<T, EngineError> {
        self.0.take().ok_or(EngineError::Reopen)
    }
}

impl<T> Drop for Held<T> {
    fn drop(&mut self) {
        let held = self.0.take();
        // Whoever wants to know about a failure ends it explicitly.
        let _ = guarded(|| {
            drop(held);
            Ok::<_, EngineError>(())
        });
    }
}
