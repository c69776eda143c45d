//! redb's errors as ours.

use std::time::Duration;

use redb::{CommitError, CursorError, DatabaseError, StorageError, TableError, TransactionError};

use crate::store::engine::EngineError;

/// The only file format that this program writes.
pub(super) const FORMAT: u8 = 3;

impl From<StorageError> for EngineError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Corrupted(what) => Self::Corrupt(what),
            StorageError::ValueTooLarge(bytes) => Self::TooLarge(bytes),
            StorageError::Io(error) => error.into(),
            StorageError::PreviousIo => Self::Reopen,
            other => Self::Io(std::io::Error::other(other)),
        }
    }
}

impl From<DatabaseError> for EngineError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Storage(error) => error.into(),
            DatabaseError::LockProtocolMismatch => Self::Newer,
            DatabaseError::UpgradeRequired(format) if format > FORMAT => Self::Newer,
            other => Self::Io(std::io::Error::other(other)),
        }
    }
}

impl From<TransactionError> for EngineError {
    fn from(error: TransactionError) -> Self {
        match error {
            TransactionError::Storage(error) => error.into(),
            TransactionError::WouldBlock => Self::Busy { waited: Duration::ZERO },
            other => Self::Io(std::io::Error::other(other.to_string())),
        }
    }
}

impl From<TableError> for EngineError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Storage(error) => error.into(),
            other => Self::Corrupt(other.to_string()),
        }
    }
}

impl From<CommitError> for EngineError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Storage(error) => error.into(),
            other => Self::Io(std::io::Error::other(other)),
        }
    }
}

impl From<CursorError> for EngineError {
    fn from(error: CursorError) -> Self {
        match error {
            CursorError::Storage(error) => error.into(),
            other => Self::Io(std::io::Error::other(other)),
        }
    }
}
