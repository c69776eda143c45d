//! The one way in: every open of a file goes through [`open`], with the sharing mode and a cache size set.

use std::{
    fs::{self, DirBuilder, OpenOptions as FileOptions},
    io::ErrorKind,
    path::Path,
    time::{Duration, Instant},
};

use redb::{Builder, ConcurrencyMode, DatabaseError, StorageError};

use super::{
    FileIdentity, RedbEngine, Source, Writer,
    backend::StoreFile,
    guard::{Held, guarded},
    header,
    watch::WatchedFile,
    within,
};
use crate::store::engine::{Draft, Engine, EngineError, draft::sync_folder};

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading; needs no right to write the file.
    Read,
    /// Reading and writing a store that exists.
    Write,
    /// Reading and writing, and making the store where there is no file. Its folder has to exist.
    Create,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOptions {
    access: Access,
    cache: usize,
    wait: Duration,
    whole: bool,
}

impl OpenOptions {
    /// Bytes of pages to keep in memory: little, because the system keeps the file's pages too, and memory that is used
    /// again and again stays in the processor's own cache. A scan, a bulk edit and a sort of a million records take a
    /// quarter less processor time with 4 MiB than with 32, and an import no more; so do 64 and 256.
    pub const CACHE: usize = 4 << 20;
    /// How long to wait for other writers unless told otherwise.
    pub const WAIT: Duration = Duration::from_secs(5);

    /// Opening for this access, with the default cache and wait.
    pub const fn new(access: Access) -> Self {
        Self { access, cache: Self::CACHE, wait: Self::WAIT, whole: false }
    }

    /// What it is opened for.
    pub const fn access(self) -> Access {
        self.access
    }

    /// The most bytes of pages to keep in memory.
    #[must_use]
    pub const fn cache(self, bytes: usize) -> Self {
        Self { cache: bytes, ..self }
    }

    /// The longest time to wait for another process that is in a write transaction: opening for writing takes the
    /// writers' turn for a moment.
    #[must_use]
    pub const fn wait(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// Whether every page is looked at first, so that a damaged one is found though nobody would read it. Opening for
    /// reading cannot do that.
    #[must_use]
    pub const fn whole(self, whole: bool) -> Self {
        Self { whole, ..self }
    }

    pub(super) fn builder(self) -> Builder {
        let mut builder = Builder::new();
        builder.set_concurrency_mode(ConcurrencyMode::MultiWriter).set_cache_size(self.cache);
        builder.set_check_integrity_on_open(self.whole);
        builder
    }
}

/// Opens the store at `path`. What is not a store is refused and not touched.
///
/// # Errors
/// Every variant of [`EngineError`] that speaks of a file, and [`EngineError::Busy`].
pub fn open(path: &Path, options: OpenOptions) -> Result<Box<dyn Engine>, EngineError> {
    match header::check(path) {
        Err(EngineError::Missing(_)) if options.access == Access::Create => {
            create(path, options)?;
            header::check(path)?;
        }
        checked => checked?,
    }
    let engine = match options.access {
        Access::Read => open_to_read(path, options)?,
        Access::Write | Access::Create => RedbEngine::Writing(open_to_write(path, options)?),
    };
    Ok(Box::new(engine))
}

/// Makes a folder and those above it, for this person alone where folders have owners.
///
/// # Errors
/// Whatever the system refuses.
pub fn create_folder(path: &Path) -> Result<(), EngineError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| EngineError::from_io(error, path))
}

/// Opens for reading. When the last writer left without closing, someone who may write has to put the file in order
/// first, and no other open can do it. Until that is done and read another writer may die; so it is tried again.
fn open_to_read(path: &Path, options: OpenOptions) -> Result<RedbEngine, EngineError> {
    let open = || {
        let opened = || options.builder().open_read_only(path).map_err(|error| explain(path, options, error));
        guarded(|| opened().map(Held::new))
    };
    let start = Instant::now();
    loop {
        match open() {
            Err(EngineError::Unrecovered(_)) => {}
            opened => return opened.map(RedbEngine::Reading),
        }
        let left = options.wait.saturating_sub(start.elapsed());
        match open_to_write(path, options.wait(left)).and_then(Writer::close) {
            Err(EngineError::PermissionDenied(_) | EngineError::ReadOnly) => {
                return Err(EngineError::Unrecovered(path.into()));
            }
            repaired => repaired?,
        }
        match open() {
            Err(EngineError::Unrecovered(_)) if start.elapsed() < options.wait => {}
            Err(EngineError::Unrecovered(_)) => return Err(EngineError::Busy { waited: start.elapsed() }),
            opened => return opened.map(RedbEngine::Reading),
        }
    }
}

/// Opens for both. redb takes the writers' turn to do so and waits for it without end.
fn open_to_write(path: &Path, options: OpenOptions) -> Result<Writer, EngineError> {
    let path = path.to_owned();
    let work = move || {
        let file = FileOptions::new().read(true).write(true).open(&path);
        let file = file.map_err(|error| EngineError::from_io(error, &path))?;
        let place = FileIdentity::of(&path, &file)?;
        let opened = StoreFile::new(file).map(WatchedFile::new).and_then(|file| {
            let named = path.clone();
            let anew = Box::new(move || open_to_write(&named, options).and_then(Writer::close));
            let source = Source::new(file.watch(), Some(place), anew);
            options.builder().create_with_backend(file).map(|database| Writer::new(database, source))
        });
        opened.map_err(|error| explain(&path, options, error))
    };
    within(options.wait, || None, work)
}

/// An error of opening, which can name the file.
pub(super) fn explain(path: &Path, options: OpenOptions, error: DatabaseError) -> EngineError {
    match error {
        DatabaseError::Storage(StorageError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
            EngineError::NotAStore(path.into())
        }
        DatabaseError::Storage(StorageError::Io(error)) => EngineError::from_io(error, path),
        DatabaseError::UpgradeRequired(_) => EngineError::NotAStore(path.into()),
        DatabaseError::DatabaseAlreadyOpen => EngineError::Busy { waited: options.wait },
        DatabaseError::RepairAborted => EngineError::Unrecovered(path.into()),
        other => other.into(),
    }
}

/// Makes an empty store beside `path` and gives it that name once it is whole, so that nobody ever sees half of one.
/// If somebody else was faster, theirs stays.
fn create(path: &Path, options: OpenOptions) -> Result<(), EngineError> {
    // The name would become another store, and the one that it led to would be forgotten.
    if path.is_symlink() {
        return Err(EngineError::DanglingLink(path.into()));
    }
    let made = Draft::of(path).map_err(EngineError::from).and_then(|draft| {
        initialise(draft.path(), options)?;
        publish(draft.path(), path)
    });
    made.map_err(|error| error.about(path))
}

fn initialise(draft: &Path, options: OpenOptions) -> Result<(), EngineError> {
    let mut file = FileOptions::new();
    file.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    let file = file.open(draft).map_err(|error| EngineError::from_io(error, draft))?;
    guarded(|| options.builder().create_with_backend(StoreFile::new(file)?)?.close())
}

/// Gives a file that is whole and on the disk another name, beside the one that it has or instead of it; a file that
/// has that name stays.
///
/// # Errors
/// What the system says; `AlreadyExists` where the name is taken.
pub fn name_file(draft: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(draft, path) {
        Ok(()) => {}
        Err(_) if path.exists() => return Err(ErrorKind::AlreadyExists.into()),
        // Some file systems have no links: there a rename has to do.
        Err(_) => fs::rename(draft, path)?,
    }
    // The name itself is durable only once its folder is.
    sync_folder(path);
    Ok(())
}

/// Gives the draft its name, unless it is taken.
fn publish(draft: &Path, path: &Path) -> Result<(), EngineError> {
    match name_file(draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        named => Ok(named?),
    }
}
