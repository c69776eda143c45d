//! What can be wrong with a store, and what a person should do about it.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// What went wrong below the records.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no file of that name, or no folder to make it in.
    #[error("{} does not exist.", .0.display())]
    Missing(PathBuf),
    /// The file has no bytes at all.
    #[error("{} is an empty file, not a store.", .0.display())]
    Empty(PathBuf),
    /// The file is something else; it was not touched.
    #[error("{} is not a store.", .0.display())]
    NotAStore(PathBuf),
    /// The name is a folder's.
    #[error("{} is a folder, not a store.", .0.display())]
    IsDirectory(PathBuf),
    /// The system does not let this person read or write it.
    #[error("{} cannot be opened: the system denies permission.", .0.display())]
    PermissionDenied(PathBuf),
    /// A write to a store that is open for reading, or on a medium that takes no writes.
    #[error("The store is read-only here.")]
    ReadOnly,
    /// The last writer died, and this person may not write the file to put it in order.
    #[error("{} was left in the middle of a write, and this user may not put it in order.", .0.display())]
    Unrecovered(PathBuf),
    /// A later version of the program wrote the file, or has it open in a way this one does not know.
    #[error("The store belongs to a newer version of this program.")]
    Newer,
    /// The file is a store with something missing or wrong in it.
    #[error("The store is damaged: {0}.")]
    Corrupt(String),
    /// Other writers held the store for the whole wait.
    #[error("The store is busy: another process is writing to it (waited {:.1} s).", .waited.as_secs_f64())]
    Busy {
        /// How long this one waited.
        waited: Duration,
    },
    /// A value is larger than an entry can be (3 GiB).
    #[error("A value of {0} bytes is too large to store.")]
    TooLarge(usize),
    /// The disk or the person's quota is full.
    #[error("There is no space left for the store.")]
    NoSpace,
    /// A write failed earlier; this engine does nothing more until it is opened anew. What was committed is safe.
    #[error("An earlier write to the store failed, and it has to be opened again.")]
    Reopen,
    /// Anything else the system reports.
    #[error("The store cannot be read or written: {0}.")]
    Io(#[source] io::Error),
}

impl EngineError {
    /// The system's error as ours; `path` is the file it was about.
    pub(super) fn from_io(error: io::Error, path: &std::path::Path) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing(path.into()),
            io::ErrorKind::PermissionDenied => Self::PermissionDenied(path.into()),
            io::ErrorKind::IsADirectory => Self::IsDirectory(path.into()),
            _ => error.into(),
        }
    }

    fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing(_) => "Check the name given with --store or CRM_STORE, and that its folder exists.",
            Self::Empty(_) => "Remove it, or name a file that does not exist yet; a store is made there.",
            Self::NotAStore(_) | Self::IsDirectory(_) => {
                "It was left as it is. Name another file with --store or CRM_STORE."
            }
            Self::PermissionDenied(_) => "Ask its owner for access, or name another file with --store or CRM_STORE.",
            Self::ReadOnly => "Reading works; to change it, make the file and its folder writable.",
            Self::Unrecovered(_) => "Open it once as somebody who may write the file, then read it here.",
            Self::Newer => "Install the newer version, or end the other program that has the store open.",
            Self::Corrupt(_) => "Restore a backup of the file; keep the damaged one.",
            Self::Busy { .. } => "Try again, or wait longer with --wait SECONDS.",
            Self::NoSpace => "Make room on the disk; nothing was changed.",
            Self::Reopen => "Run the program again; what was saved before is safe.",
            Self::TooLarge(_) | Self::Io(_) => return None,
        })
    }
}

impl From<io::Error> for EngineError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::NoSpace,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::UnexpectedEof => Self::Corrupt("the file is cut short".to_owned()),
            _ => Self::Io(error),
        }
    }
}

impl From<EngineError> for Error {
    fn from(error: EngineError) -> Self {
        let kind = match error {
            EngineError::Busy { .. } => ErrorKind::Busy,
            _ => ErrorKind::Failure,
        };
        let converted = Self::new(kind, error.to_string());
        match error.hint() {
            Some(hint) => converted.hint(hint),
            None => converted,
        }
    }
}
