//! The file under redb, which waits for the disk only where a crash would otherwise lose or break something.
//!
//! Three writes of the header change nothing but flags: opening says "somebody may be writing", closing says "the newest
//! commit is on disk" and then "this file was left in order". redb waits for the disk after each, three times of the
//! seven that a command with one change waits. None of them has to last. Whatever a power cut leaves names the same
//! commit, all of which is on the disk: with the flags of the closing lost, the next open recovers, which it would have
//! done a moment before; with that of the opening lost, it need not, because a commit is two-phase and names its own
//! free pages, so that what was being written lies in pages that nobody reads. Every other wait takes place.

use std::{fs::File, io, ops::Bound, sync::Mutex};

use redb::{BackendError, DatabaseError, StorageBackend, backends::FileBackend};

use super::header::{FLAGS, LENGTH, UNCLEAN, UNFLUSHED};

type Header = [u8; LENGTH];

/// A file of which it is known what is not on the disk yet.
#[derive(Debug)]
pub(super) struct StoreFile {
    file: FileBackend,
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
    fn wrote(&mut self, offset: u64, data: &[u8]) {
        match <&Header>::try_from(data) {
            Ok(header) if offset == 0 => self.header = Some(Box::new(*header)),
            _ => self.other = true,
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
        Ok(Self { file: FileBackend::new(file)?, pending: Mutex::default() })
    }

    fn pending(&self) -> std::sync::MutexGuard<'_, Pending> {
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
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.read(offset, out)?;
        self.pending().found(offset, out);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.pending().other = true;
        self.file.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        // Held while the disk works, so that a write in between is not taken for one that it has.
        let mut pending = self.pending();
        if !pending.may_be_lost() {
            self.file.sync_data()?;
            pending.synced();
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.pending().wrote(offset, data);
        self.file.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
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
