//! The file that is open and the file of its name: the same one, unless somebody put another in its place.

use std::{
    fs::{File, Metadata},
    path::{Path, PathBuf},
};

use crate::store::engine::EngineError;

/// A file by its name and by what it is.
#[derive(Debug)]
pub(super) struct FileIdentity {
    path: PathBuf,
    identity: Option<(u64, u64)>,
}

impl FileIdentity {
    /// The place of an open file.
    pub(super) fn of(path: &Path, file: &File) -> Result<Self, EngineError> {
        let metadata = file.metadata().map_err(|error| EngineError::from_io(error, path))?;
        Ok(Self { path: path.to_owned(), identity: identity(&metadata) })
    }

    /// Makes sure that the name still leads to this file: what is written to a file without a name is lost. A backup
    /// that is put back, or a program that keeps folders alike, puts another file in its place.
    ///
    /// # Errors
    /// [`EngineError::Replaced`]; [`EngineError::PermissionDenied`] and the like where the system does not tell.
    pub(super) fn check(&self) -> Result<(), EngineError> {
        match std::fs::metadata(&self.path) {
            Ok(metadata) if identity(&metadata) == self.identity => Ok(()),
            Ok(_) => Err(EngineError::Replaced(self.path.clone())),
            Err(error) => match EngineError::from_io(error, &self.path) {
                EngineError::Missing(path) => Err(EngineError::Replaced(path)),
                other => Err(other),
            },
        }
    }
}

/// Device and number of a file, where there is such a thing.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
const fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}
