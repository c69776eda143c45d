//! redb trusts the pages of a file and panics on some that were damaged behind its back. A person gets an error.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::store::engine::EngineError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be caught and turned into [`EngineError::Corrupt`]. A panic hook asks, and
/// stays quiet then.
pub fn catches_panics() -> bool {
    GUARDED.get()
}

/// Runs one call into redb; a panic inside means that the file is damaged. No code of ours may run in it.
pub(super) fn guarded<T, E: Into<EngineError>>(call: impl FnOnce() -> Result<T, E>) -> Result<T, EngineError> {
    GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(call));
    GUARDED.set(false);
    match outcome {
        Ok(result) => result.map_err(Into::into),
        Err(_) => Err(EngineError::Corrupt("a page of the file makes no sense".to_owned())),
    }
}
