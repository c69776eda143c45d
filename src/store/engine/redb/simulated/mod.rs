//! Power cuts, killed processes and failing disks, for tests: a disk in memory under the real engine.

mod cut;
mod disk;
mod locks;
mod tests;

use std::path::Path;

pub(crate) use cut::{Cut, Dice};
pub(crate) use disk::{Call, Disk, Event, PlannedFailure, ProcessOf};
use redb::StorageBackend;

use super::{
    RedbEngine, Source, Writer,
    backend::StoreFile,
    guard::{Held, guarded},
    header,
    open::explain,
    watch::WatchedFile,
};
use crate::store::engine::{Access, Engine, EngineError, OpenOptions};

/// A file of a simulated disk has no name.
const NAME: &str = "simulated";

/// Opens the store of a simulated disk, as [`open`](super::open()) opens a file.
pub(crate) fn open_simulated(process: &ProcessOf, options: OpenOptions) -> Result<Box<dyn Engine>, EngineError> {
    let path = Path::new(NAME);
    if options.access() != Access::Create {
        let file = process.open();
        let length = file.len()?;
        let mut start = vec![0; header::LENGTH.min(usize::try_from(length).unwrap_or(usize::MAX))];
        file.read(0, &mut start)?;
        header::examine(&start, length, path)?;
        file.close()?;
    }
    let read = || {
        let opened = options.builder().open_read_only_with_backend(process.open());
        guarded(|| opened.map(Held::new).map_err(|error| explain(path, options, error)))
    };
    let engine = match options.access() {
        Access::Write | Access::Create => RedbEngine::Writing(write(process, options)?),
        Access::Read => match read() {
            Err(EngineError::Unrecovered(_)) => {
                write(process, options)?.close()?;
                RedbEngine::Reading(read()?)
            }
            opened => RedbEngine::Reading(opened?),
        },
    };
    Ok(Box::new(engine))
}

fn write(process: &ProcessOf, options: OpenOptions) -> Result<Writer, EngineError> {
    let file = WatchedFile::new(StoreFile::over(process.open()));
    let again = process.clone();
    let source = Source::new(file.watch(), None, Box::new(move || write(&again, options)?.close()));
    guarded(|| {
        let opened = options.builder().create_with_backend(file).map(|database| Writer::new(database, source));
        opened.map_err(|error| explain(Path::new(NAME), options, error))
    })
}

/// Whether all pages of a store, those that no table shows included, are what their checksums say, and what is free and
/// what is not agrees with the trees.
pub(crate) fn pages_agree(process: &ProcessOf) -> Result<bool, EngineError> {
    let options = OpenOptions::new(Access::Write);
    let file = StoreFile::over(process.open());
    guarded(|| {
        let mut database = options.builder().create_with_backend(file)?;
        let agrees = database.check_integrity()?;
        database.close().map(|()| agrees)
    })
}
