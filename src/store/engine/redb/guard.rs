//! redb trusts the pages of a file and panics on some that were damaged behind its back. A person gets an error.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

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
    GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(calls));
    match (outcome, GUARDED.replace(false)) {
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
