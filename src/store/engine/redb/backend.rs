//! The file under redb, which waits for the disk only where a crash would otherwise lose or break something.
//!
//! Pages go by way of [`Spill`], which keeps them until they are many. The header never does, because others read it.
//!
//! Three writes of the header change nothing but flags: opening says "somebody may be writing", closing says "the newest
//! commit is on disk" and then "this file was left in order". redb waits for the disk after each, three times of the
//! seven that a command with one change waits. None of them has to last. Whatever a power cut leaves names the same
//! commit, all of which is on the disk: with the flags of the closing lost, the next open recovers, which it would have
//! done a moment before; with that of the opening lost, it need not, because a commit is two-phase and names its own
//! free pages, so that what was being written lies in pages that nobody reads. Every other wait takes place.

use std::{
    fs::File,
    io,
    ops::Bound,
    sync::{Mutex, MutexGuard},
};

use redb::{BackendError, DatabaseError, StorageBackend, backends::FileBackend};

use super::header::{FLAGS, LENGTH, UNCLEAN, UNFLUSHED};
use super::spill::{KEPT, Spill};

type Header = [u8; LENGTH];

/// The byte of the file that a writer has locked for the length of its turn: `WRITER_BYTE` of redb's `db.rs`.
const TURN: Bound<u64> = Bound::Included(1 << 62);

/// A file of which it is known what is not on the disk yet.
#[derive(Debug)]
pub(super) struct StoreFile {
    pages: Spill,
    pending: Mutex<Pending>,
}

/// What was written since the last wait.
#[derive(Debug, Default)]
struct Pending {
    /// The header as the last wait left it on the disk.
    synced: Option<Box<Header>>,
    /// The header that was written after that.
    header: Option<Box<Header>>,
    /// Whether anything else was written.
    other: bool,
}

impl Pending {
    /// Takes note of a write; says whether it is the header, which goes out at once.
    fn wrote(&mut self, offset: u64, data: &[u8]) -> bool {
        match <&Header>::try_from(data) {
            Ok(header) if offset == 0 => {
                self.header = Some(Box::new(*header));
                true
            }
            _ => {
                self.other = true;
                false
            }
        }
    }

    /// Takes note of the header as it was found. One that was left in order is on the disk, up to these flags: whoever
    /// left it so had waited for the rest.
    fn found(&mut self, offset: u64, data: &[u8]) {
        if let Ok(header) = <&Header>::try_from(data)
            && offset == 0
            && self.synced.is_none()
            && header[FLAGS] & (UNCLEAN | UNFLUSHED) == 0
        {
            self.synced = Some(Box::new(*header));
        }
    }

    /// Whether nothing was written but a header that differs in these flags only. That the newest commit is not on the
    /// disk yet may be taken back, never said.
    fn may_be_lost(&self) -> bool {
        let (Some(synced), Some(header)) = (&self.synced, &self.header) else { return false };
        let others = !(UNCLEAN | UNFLUSHED);
        let (before, after) = (synced[FLAGS], header[FLAGS]);
        !self.other
            && before & others == after & others
            && after & !before & UNFLUSHED == 0
            && synced[..FLAGS] == header[..FLAGS]
            && synced[FLAGS + 1..] == header[FLAGS + 1..]
    }

    fn synced(&mut self) {
        if let Some(header) = self.header.take() {
            self.synced = Some(header);
        }
        self.other = false;
    }
}

impl StoreFile {
    pub(super) fn new(file: File) -> Result<Self, DatabaseError> {
        Self::keeping(file, KEPT)
    }

    fn keeping(file: File, bytes: usize) -> Result<Self, DatabaseError> {
        Ok(Self { pages: Spill::new(FileBackend::new(file)?, bytes), pending: Mutex::default() })
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        // A thread that panicked here left at worst a write unnoted, and the mark below makes up for that.
        self.pending.lock().unwrap_or_else(|poisoned| {
            let mut pending = poisoned.into_inner();
            pending.other = true;
            pending
        })
    }
}

impl StorageBackend for StoreFile {
    fn len(&self) -> io::Result<u64> {
        self.pages.file().len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.pages.read(offset, out)?;
        if offset == 0 {
            self.pending().found(offset, out);
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.pending().other = true;
        if len < self.len()? {
            self.pages.settle()?;
            self.pages.unsee();
        }
        self.pages.file().set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        // Held while the disk works, so that a write in between is not taken for one that it has.
        let mut pending = self.pending();
        if !pending.may_be_lost() {
            self.pages.settle()?;
            self.pages.file().sync_data()?;
            pending.synced();
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        if self.pending().wrote(offset, data) {
            return self.pages.file().write(offset, data);
        }
        if offset < LENGTH as u64 {
            self.pages.settle()?;
            self.pages.unsee();
            return self.pages.file().write(offset, data);
        }
        self.pages.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.pages.close();
        self.pages.file().close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.pages.file().try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.pages.file().try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.pages.file().lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.pages.file().lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        if start == TURN {
            self.pages.forget();
        }
        self.pages.file().unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.pages.file().query_lock_range(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(flags: u8, commit: u8) -> Header {
        let mut header = [0; LENGTH];
        (header[FLAGS], header[100]) = (flags, commit);
        header
    }

    #[test]
    fn only_flags_that_are_taken_away_may_be_lost() {
        for (what, before, after, other, lost) in [
            ("the commit is on disk", header(0b1110, 1), header(0b0110, 1), false, true),
            ("left in order", header(0b1110, 1), header(0b0100, 1), false, true),
            ("the same again", header(0b0110, 1), header(0b0110, 1), false, true),
            ("another commit is the newest", header(0b0110, 1), header(0b1111, 1), false, false),
            ("another commit is the newest, flags gone", header(0b1110, 1), header(0b0101, 1), false, false),
            ("a writer begins", header(0b0100, 1), header(0b0110, 1), false, true),
            ("a writer begins, and pages", header(0b0100, 1), header(0b0110, 1), true, false),
            ("not on disk yet", header(0b0110, 1), header(0b1110, 1), false, false),
            ("another commit", header(0b1110, 1), header(0b0110, 2), false, false),
            ("pages too", header(0b1110, 1), header(0b0110, 1), true, false),
        ] {
            let mut pending = Pending { synced: Some(Box::new(before)), ..Pending::default() };
            pending.wrote(0, &after);
            if other {
                pending.wrote(4096, &[0; LENGTH]);
            }
            assert_eq!(pending.may_be_lost(), lost, "{what}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_was_written_is_read(
            kept in 0_usize..16_384,
            steps in proptest::collection::vec((0_u8..12, 1_u64..40, 1_usize..4, proptest::num::u8::ANY), 1..80),
        ) {
            let file = StoreFile::keeping(tempfile::tempfile().unwrap(), kept).unwrap();
            let mut model = vec![0_u8; 44 * 512];
            file.set_len(model.len() as u64).unwrap();
            for (step, at, pages, byte) in steps {
                let (start, length) = (at as usize * 512, pages * 512);
                match step {
                    0 => file.sync_data().unwrap(),
                    1 => {
                        file.pages.forget();
                        file.pages.file().read(0, &mut model).unwrap();
                    }
                    2 => {
                        file.set_len(start as u64).unwrap();
                        file.set_len(model.len() as u64).unwrap();
                        model[start..].fill(0);
                    }
                    3..7 => {
                        let data = vec![byte; length];
                        file.write(start as u64, &data).unwrap();
                        model[start..start + length].copy_from_slice(&data);
                    }
                    _ => {
                        let mut out = vec![0; length];
                        file.read(start as u64, &mut out).unwrap();
                        assert_eq!(out, model[start..start + length]);
                        if step > 9 {
                            file.write(start as u64, &out).unwrap();
                        }
                    }
                }
            }
            file.sync_data().unwrap();
            let mut whole = vec![0; model.len()];
            file.pages.file().read(0, &mut whole).unwrap();
            assert!(whole == model);
        }
    }

    #[test]
    fn what_is_not_known_to_be_on_disk_is_waited_for() {
        let mut pending = Pending::default();
        assert!(!pending.may_be_lost());
        pending.wrote(0, &header(0b0110, 1));
        assert!(!pending.may_be_lost());
        pending.synced();
        assert!(!pending.may_be_lost());
        pending.wrote(0, &header(0b0100, 1));
        assert!(pending.may_be_lost());
    }

    #[test]
    fn a_file_is_known_to_be_on_disk_when_it_was_left_in_order() {
        for (flags, known) in [(0b0100, true), (0b0101, true), (0b0110, false), (0b1110, false), (0b1100, false)] {
            let mut pending = Pending::default();
            pending.found(0, &header(flags, 1));
            pending.wrote(0, &header(flags & 1 | 0b0110, 1));
            assert_eq!(pending.may_be_lost(), known, "{flags:b}");
        }
    }
}
