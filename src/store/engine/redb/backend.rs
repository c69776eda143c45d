//! The file under redb, which waits for the disk only where a crash would otherwise lose or break something, and hands
//! pages to the system in long runs.
//!
//! redb writes page by page in no order, a call for each 4 KiB. Between two waits the order is nobody's business: what
//! is written there is not part of any commit yet, so no other process reads it. So pages are kept until they are many
//! or a wait is due, and go out sorted, neighbours in one call. The header is never kept, because others read it.
//!
//! Three writes of the header change nothing but flags: opening says "somebody may be writing", closing says "the newest
//! commit is on disk" and then "this file was left in order". redb waits for the disk after each, three times of the
//! seven that a command with one change waits. None of them has to last. Whatever a power cut leaves names the same
//! commit, all of which is on the disk: with the flags of the closing lost, the next open recovers, which it would have
//! done a moment before; with that of the opening lost, it need not, because a commit is two-phase and names its own
//! free pages, so that what was being written lies in pages that nobody reads. Every other wait takes place.

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    ops::Bound,
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use redb::{BackendError, DatabaseError, StorageBackend, backends::FileBackend};

use super::header::{FLAGS, LENGTH, UNCLEAN, UNFLUSHED};

type Header = [u8; LENGTH];

/// So many bytes of pages are kept before they are written.
const KEPT: usize = 8 << 20;
/// The most that is written in one call.
const RUN: usize = 1 << 20;

/// A file of which it is known what is not on the disk yet.
#[derive(Debug)]
pub(super) struct StoreFile {
    file: FileBackend,
    pending: Mutex<Pending>,
    /// Whether pages are kept, so that a read need not ask where there are none.
    keeps: AtomicBool,
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
    /// Pages that are still to be written, by their place.
    pages: BTreeMap<u64, Vec<u8>>,
    /// The bytes in them.
    bytes: usize,
    /// Whether some of them could not be written, so that nothing here may be called safe any more.
    lost: bool,
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

    /// Keeps a page; says whether it can be: not where it overlaps with another without being in its very place.
    fn keep(&mut self, offset: u64, data: &[u8]) -> bool {
        let end = offset + data.len() as u64;
        let there = self.overlapping(offset, end).next().map(|(at, page)| (at, page.len()));
        match there {
            Some(there) if there != (offset, data.len()) => return false,
            Some(_) => {}
            None => self.bytes += data.len(),
        }
        self.pages.insert(offset, data.to_vec());
        true
    }

    /// The kept pages that hold bytes of this range.
    fn overlapping(&self, start: u64, end: u64) -> impl Iterator<Item = (u64, &Vec<u8>)> {
        let before = self.pages.range(..start).next_back().filter(move |(at, page)| *at + page.len() as u64 > start);
        before.into_iter().chain(self.pages.range(start..end)).map(|(at, page)| (*at, page))
    }

    /// Takes the kept pages out, neighbours as one run.
    fn runs(&mut self) -> impl Iterator<Item = (u64, Vec<u8>)> + use<> {
        self.bytes = 0;
        let mut pages = std::mem::take(&mut self.pages).into_iter().peekable();
        std::iter::from_fn(move || {
            let (start, mut run) = pages.next()?;
            while let Some((_, page)) =
                pages.next_if(|(at, page)| *at == start + run.len() as u64 && run.len() + page.len() <= RUN)
            {
                run.extend_from_slice(&page);
            }
            Some((start, run))
        })
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
        Ok(Self { file: FileBackend::new(file)?, pending: Mutex::default(), keeps: AtomicBool::new(false) })
    }

    /// Writes the pages that were kept.
    fn flush(&self, pending: &mut Pending) -> io::Result<()> {
        let written = pending.runs().try_for_each(|(start, run)| self.file.write(start, &run));
        pending.lost |= written.is_err();
        self.keeps.store(false, Ordering::Release);
        written
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
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if self.keeps.load(Ordering::Acquire) {
            let mut pending = self.pending();
            if let Some(page) = pending.pages.get(&offset).filter(|page| page.len() == out.len()) {
                out.copy_from_slice(page);
                return Ok(());
            }
            if pending.overlapping(offset, offset + out.len() as u64).next().is_some() {
                self.flush(&mut pending)?;
            }
        }
        self.file.read(offset, out)?;
        if offset == 0 {
            self.pending().found(offset, out);
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut pending = self.pending();
        pending.other = true;
        self.flush(&mut pending)?;
        self.file.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        // Held while the disk works, so that a write in between is not taken for one that it has.
        let mut pending = self.pending();
        if !pending.may_be_lost() {
            self.flush(&mut pending)?;
            if pending.lost {
                return Err(io::Error::other("pages could not be written before"));
            }
            self.file.sync_data()?;
            pending.synced();
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut pending = self.pending();
        if pending.wrote(offset, data) {
            return self.file.write(offset, data);
        }
        if offset < LENGTH as u64 || pending.bytes + data.len() > KEPT || !pending.keep(offset, data) {
            self.flush(&mut pending)?;
            return self.file.write(offset, data);
        }
        self.keeps.store(true, Ordering::Release);
        Ok(())
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
    fn pages_go_out_sorted_and_neighbours_together() {
        let mut pending = Pending::default();
        for (offset, byte, length) in [(8192, 2, 4096), (4096, 1, 4096), (65_536, 9, 8192), (8192, 3, 4096)] {
            assert!(pending.keep(offset, &vec![byte; length]));
        }
        assert_eq!(pending.bytes, 16_384);
        for (offset, length) in [(0, 8192), (4096, 8192), (6144, 1024), (69_632, 4096), (0, 1 << 20)] {
            assert!(!pending.keep(offset, &vec![0; length]), "{offset} {length}");
        }
        let runs: Vec<_> = pending.runs().collect();
        let starts: Vec<_> = runs.iter().map(|(start, run)| (*start, run.len(), run[0], run[run.len() - 1])).collect();
        assert_eq!(starts, [(4096, 8192, 1, 3), (65_536, 8192, 9, 9)]);
        assert_eq!((pending.bytes, pending.pages.len()), (0, 0));
    }

    proptest::proptest! {
        #[test]
        fn what_was_written_is_read(
            steps in proptest::collection::vec((0_u8..5, 1_u64..40, 1_usize..4, proptest::num::u8::ANY), 1..80),
        ) {
            let file = StoreFile::new(tempfile::tempfile().unwrap()).unwrap();
            let mut model = vec![0_u8; 44 * 512];
            file.set_len(model.len() as u64).unwrap();
            for (step, at, pages, byte) in steps {
                let (start, length) = (at as usize * 512, pages * 512);
                match step {
                    0 => file.sync_data().unwrap(),
                    1 | 2 => {
                        let data = vec![byte; length];
                        file.write(start as u64, &data).unwrap();
                        model[start..start + length].copy_from_slice(&data);
                    }
                    _ => {
                        let mut out = vec![0; length];
                        file.read(start as u64, &mut out).unwrap();
                        assert_eq!(out, model[start..start + length]);
                    }
                }
            }
            file.sync_data().unwrap();
            let mut whole = vec![0; model.len()];
            file.file.read(0, &mut whole).unwrap();
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
