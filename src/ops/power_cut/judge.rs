//! Whether what a power cut left is a store, and which one.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use crate::store::{
    Store,
    engine::{
        Access, EngineError, KeyRange, OpenOptions, Snapshot, Space,
        simulated::{Disk, ProcessOf, open_simulated, pages_agree},
    },
    verify,
};

/// What is said of a store that is not what it should be.
pub(super) type Complaint = String;

/// So little memory for pages that they leave it in the middle of a step.
const CACHE: usize = 96 << 10;

pub(super) fn open(process: &ProcessOf, access: Access) -> crate::error::Result<Store> {
    let options = OpenOptions::new(access).cache(CACHE).wait(Duration::from_secs(20));
    Store::over(open_simulated(process, options)?, None, options, Duration::from_secs(20))
}

/// A key that no program writes: what stands there is not looked at.
const MARK: &[u8] = b"written after the power cut";

/// A number for everything that a store holds.
pub(super) fn picture(store: &Store) -> Result<u64, Complaint> {
    picture_of(&*store.snapshot().map_err(|error| format!("no snapshot: {error:?}"))?)
}

/// The same of what a snapshot shows.
pub(super) fn picture_of(snapshot: &dyn Snapshot) -> Result<u64, Complaint> {
    let mut hasher = DefaultHasher::new();
    for space in Space::ALL {
        let mut look = |key: &[u8], value: &[u8]| {
            if key != MARK {
                (space.name(), key, value).hash(&mut hasher);
            }
            ControlFlow::Continue(())
        };
        let scanned = snapshot.scan(*space, KeyRange::all(), false, &mut look);
        scanned.map_err(|error| format!("{} cannot be read: {error:?}", space.name()))?;
    }
    Ok(hasher.finish())
}

/// What `doctor --check` says.
pub(super) fn checked(store: &Store) -> Result<(), Complaint> {
    let snapshot = store.snapshot().map_err(|error| format!("no snapshot: {error:?}"))?;
    let flaws = verify(&snapshot.reader()).map_err(|error| format!("cannot be checked: {error:?}"))?;
    if flaws.is_empty() { Ok(()) } else { Err(format!("{} flaws, the first {:?}", flaws.len(), flaws[0])) }
}

/// Opens an image for reading and for writing, writes to it, and looks whether it holds one of these pictures all the
/// while, and every page is in order. A store that holds one of them passes the check of `doctor`, because each of them
/// did when it was made.
pub(super) fn judge(image: Vec<u8>, allowed: &[u64]) -> Result<(), Complaint> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let disk = Disk::holding(image.clone());
        let reader = disk.process();
        let store = open(&reader, Access::Read).map_err(|error| format!("does not open to read: {error:?}"))?;
        holds(&store, allowed, "read")?;
        store.close().map_err(|error| format!("does not close after reading: {error:?}"))?;

        let disk = Disk::holding(image);
        let writer = disk.process();
        let store = open(&writer, Access::Write).map_err(|error| format!("does not open to write: {error:?}"))?;
        holds(&store, allowed, "write")?;
        write(&store).map_err(|error| format!("takes no write: {error:?}"))?;
        holds(&store, allowed, "write, after a write")?;
        store.close().map_err(|error| format!("does not close after writing: {error:?}"))?;
        match pages_agree(&disk.process()) {
            Ok(true) => {}
            Ok(false) => return Err("pages are not what their checksums say".to_owned()),
            Err(error) => return Err(format!("pages cannot be checked: {error:?}")),
        }
        match &*disk.locked() {
            [] => Ok(()),
            held => Err(format!("locks are left: {held:?}")),
        }
    }));
    outcome.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(format!("panic: {}", text.unwrap_or("of something else")))
    })
}

fn holds(store: &Store, allowed: &[u64], opened_to: &str) -> Result<(), Complaint> {
    let found = picture(store).map_err(|complaint| format!("opened to {opened_to}: {complaint}"))?;
    match allowed.contains(&found) {
        true => Ok(()),
        false => Err(format!("opened to {opened_to} it holds {found:x}, not one of {allowed:x?}")),
    }
}

fn write(store: &Store) -> crate::error::Result<()> {
    let mut txn = store.begin()?;
    txn.put(Space::Meta, MARK, &[7; 3000])?;
    txn.commit().map_err(EngineError::into)
}
