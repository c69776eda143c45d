//! A look at a file before redb gets it: what is not a store is refused by name, and no byte of it changes.
//!
//! The layout is redb's `tree_store/page_store/header.rs`, format 3: magic number, flags, geometry of the regions in
//! little-endian 32-bit words, then two commit slots that begin with the format's number.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::Path,
};

use super::fault::FORMAT;
use crate::store::engine::EngineError;

pub(super) const MAGIC: &[u8] = b"redb\x1a\x0a\xa9\x0d\x0a";
/// Where the flags stand.
pub(super) const FLAGS: usize = 9;
/// A flag: a writer has the file open, or died with it.
pub(super) const UNCLEAN: u8 = 2;
/// A flag: the newest commit may not be on the disk yet; `PRIMARY_UNFLUSHED`.
pub(super) const UNFLUSHED: u8 = 8;
/// The byte of the file that a writer has locked for the length of its turn: `WRITER_BYTE` of `db.rs`.
pub(super) const TURN: u64 = 1 << 62;
pub(super) const PAGE_SIZE: usize = 12;
const REGION_HEADER_PAGES: usize = 16;
const REGION_DATA_PAGES: usize = 20;
const FULL_REGIONS: usize = 24;
const TRAILING_PAGES: usize = 28;
pub(super) const SLOTS: [usize; 2] = [64, 192];
/// The bytes of the header.
pub(super) const LENGTH: usize = 320;

/// Whether a file that begins with these bytes is a database of the engine.
pub fn is_a_database(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Makes sure that `path` is a whole store of a format that this program knows.
pub(super) fn check(path: &Path) -> Result<(), EngineError> {
    let metadata = fs::metadata(path).map_err(|error| EngineError::from_io(error, path))?;
    if metadata.is_dir() {
        return Err(EngineError::IsDirectory(path.into()));
    }
    if !metadata.is_file() {
        return Err(EngineError::NotAStore(path.into()));
    }
    let (mut header, mut length) = read(path)?;
    known(&header, length, path)?;
    // A writer may be resizing the file between our two looks, so only a header that stays the same counts.
    while is_short(&header, length) {
        let again = read(path)?;
        if again.0 == header {
            return Err(cut_short());
        }
        (header, length) = again;
    }
    Ok(())
}

/// The same of the first bytes of a file that nobody else has open, and its length.
#[cfg(test)]
pub(super) fn examine(header: &[u8], length: u64, path: &Path) -> Result<(), EngineError> {
    known(header, length, path)?;
    if is_short(header, length) { Err(cut_short()) } else { Ok(()) }
}

/// Makes sure that the first bytes of a file are those of a store of a known format.
fn known(header: &[u8], length: u64, path: &Path) -> Result<(), EngineError> {
    if length == 0 {
        return Err(EngineError::Empty(path.into()));
    }
    if !header.starts_with(&MAGIC[..header.len().min(MAGIC.len())]) {
        return Err(EngineError::NotAStore(path.into()));
    }
    if header.len() < LENGTH {
        return Err(cut_short());
    }
    if SLOTS.iter().any(|slot| header[*slot] > FORMAT) {
        return Err(EngineError::Newer);
    }
    Ok(())
}

/// Whether the file is shorter than it says.
fn is_short(header: &[u8], length: u64) -> bool {
    expected_length(header).is_some_and(|expected| length < expected)
}

/// The first bytes of the file, then its length.
fn read(path: &Path) -> Result<(Vec<u8>, u64), EngineError> {
    let mut header = Vec::with_capacity(LENGTH);
    let outcome = File::open(path).and_then(|file| {
        (&file).take(LENGTH as u64).read_to_end(&mut header)?;
        file.metadata()
    });
    match outcome {
        Ok(metadata) => Ok((header, metadata.len())),
        Err(error) if error.kind() == ErrorKind::IsADirectory => Err(EngineError::IsDirectory(path.into())),
        Err(error) => Err(EngineError::from_io(error, path)),
    }
}

/// How long the file says it is; nothing while a writer has it open or after a crash, when the number may be stale.
pub(super) fn expected_length(header: &[u8]) -> Option<u64> {
    if header[FLAGS] & UNCLEAN != 0 {
        return None;
    }
    let word = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes).map(u64::from);
    let overhead = word(REGION_HEADER_PAGES)?;
    let trailing = match word(TRAILING_PAGES)? {
        0 => 0,
        pages => overhead + pages,
    };
    let full = word(FULL_REGIONS)?.checked_mul(overhead + word(REGION_DATA_PAGES)?)?;
    full.checked_add(trailing)?.checked_add(1)?.checked_mul(word(PAGE_SIZE)?)
}

fn cut_short() -> EngineError {
    EngineError::Corrupt("the file is cut short".to_owned())
}
