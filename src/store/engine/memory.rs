//! The engine of unit tests: everything the file does, kept in memory.

use super::{Engine, EngineError, redb::RedbEngine};

/// An empty store in memory, gone when it is dropped.
///
/// # Errors
/// None in practice; making a store can fail as far as the types know.
pub fn memory() -> Result<impl Engine, EngineError> {
    RedbEngine::in_memory()
}
