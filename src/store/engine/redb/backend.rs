//! The file under redb, which waits for the disk whenever redb asks for it, but for two times when a store is closed.
//!
//! Closing writes a commit and waits for it, and then changes two flags of the header: "the newest commit is on the disk"
//! and "this file was left in order". redb waits after each, two times of the seven that a command with one change waits.
//! Neither has to last: with the flags lost, the header names the same commit, all of which is on the disk, and the next
//! to open the file puts it in order, which it would have done a moment before.
//!
//! What is on the disk is known only from this process's own waits within one turn at writing: nobody else writes while
//! it lasts. Of what others wrote before nothing is known; one of them may have died before it waited.

use std::{
    fs::File,
    io,
    ops::Bound,
    sync::{Mutex, MutexGuard},
};

use redb::{BackendError, DatabaseError, StorageBackend, backends::FileBackend};

use super::header::{FLAGS, LENGTH, TURN, UNCLEAN, UNFLUSHED};

type Header = [u8; LENGTH];

/// A file of which it is known what this turn has put on the disk.
#[derive(Debug)]
pub(super) struct StoreFile<F = FileBackend> {
    file: F,
    turn: Mutex<Turn>,
}

/// What was written in this turn.
#[derive(Debug, Default)]
struct Turn {
    /// The header that the last wait put on the disk.
    waited: Option<Box<Header>>,
    /// The header that was written after that.
    header: Option<Box<Header>>,
    /// Whether anything else was written after that.
    other: bool,
}

impl Turn {
    fn wrote(&mut self, offset: u64, data: &[u8]) {
        match <&Header>::try_from(data) {
            Ok(header) if offset == 0 => self.header = Some(Box::new(*header)),
            _ => self.other = true,
        }
    }

    /// Whether nothing was written since the last wait but a header in which these flags are taken away.
    fn may_be_lost(&self) -> bool {
        let (Some(before), Some(after)) = (&self.waited, &self.header) else { return false };
        let mut told = before.clone();
        told[FLAGS] &= after[FLAGS] | !(UNCLEAN | UNFLUSHED);
        !self.other && told == *after
    }

    fn waited(&mut self) {
        self.waited = self.header.take().or(self.waited.take());
        self.other = false;
    }
}

impl StoreFile {
    pub(super) fn new(file: File) -> Result<Self, DatabaseError> {
        FileBackend::new(file).map(Self::over)
    }
}

impl<F: StorageBackend> StoreFile<F> {
    /// Over any file.
    pub(super) fn over(file: F) -> Self {
        Self { file, turn: Mutex::default() }
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        // A thread that panicked here left a write unnoted at worst: nothing is known then.
        self.turn.lock().unwrap_or_else(|poisoned| {
            let mut turn = poisoned.into_inner();
            *turn = Turn::default();
            turn
        })
    }

    /// A turn begins or ends: nothing is known.
    fn forget(&self, start: Bound<u64>) {
        if start == Bound::Included(TURN) {
            *self.turn() = Turn::default();
        }
    }
}

impl<F: StorageBackend> StorageBackend for StoreFile<F> {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let set = self.file.set_len(len);
        self.turn().other = true;
        set
    }

    fn sync_data(&self) -> io::Result<()> {
        // Held while the disk works, so that a write in between is not taken for one that it has.
        let mut turn = self.turn();
        if !turn.may_be_lost() {
            self.file.sync_data()?;
            turn.waited();
        }
        Ok(())
    }

    /// What is written is noted when it is in the file, so that no wait before that is taken for one that it had. For a
    /// header the turn is held meanwhile: the one that is noted is the one that the next wait puts on the disk.
    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        if offset != 0 {
            let written = self.file.write(offset, data);
            self.turn().other = true;
            return written;
        }
        let mut turn = self.turn();
        let written = self.file.write(offset, data);
        turn.wrote(offset, data);
        // Nobody knows what of it is there.
        turn.other |= written.is_err();
        written
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        let locked = self.file.try_lock_range(start, end);
        self.forget(start);
        locked
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        let locked = self.file.lock_range(start, end);
        self.forget(start);
        locked
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.forget(start);
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread, time::Duration};

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
            ("left in order", header(0b0110, 1), header(0b0100, 1), false, true),
            ("both", header(0b1110, 1), header(0b0100, 1), false, true),
            ("the same again", header(0b0110, 1), header(0b0110, 1), false, true),
            ("another commit is the newest", header(0b0110, 1), header(0b1111, 1), false, false),
            ("another commit is the newest, flags gone", header(0b1110, 1), header(0b0101, 1), false, false),
            ("in two phases", header(0b1010, 1), header(0b0110, 1), false, false),
            ("a writer begins", header(0b0100, 1), header(0b0110, 1), false, false),
            ("not on disk yet", header(0b0110, 1), header(0b1110, 1), false, false),
            ("another commit", header(0b1110, 1), header(0b0110, 2), false, false),
            ("pages too", header(0b1110, 1), header(0b0110, 1), true, false),
        ] {
            let mut turn = Turn { waited: Some(Box::new(before)), ..Turn::default() };
            turn.wrote(0, &after);
            if other {
                turn.wrote(4096, &[0; LENGTH]);
            }
            assert_eq!(turn.may_be_lost(), lost, "{what}");
        }
    }

    /// A file whose writes go on only when they are let, and that says what happens.
    #[derive(Debug)]
    struct Slow {
        go_on: Mutex<mpsc::Receiver<()>>,
        said: mpsc::Sender<&'static str>,
    }

    impl StorageBackend for Slow {
        fn len(&self) -> io::Result<u64> {
            Ok(0)
        }

        fn read(&self, _: u64, _: &mut [u8]) -> io::Result<()> {
            Ok(())
        }

        fn set_len(&self, _: u64) -> io::Result<()> {
            Ok(())
        }

        fn sync_data(&self) -> io::Result<()> {
            self.said.send("waited").map_err(io::Error::other)
        }

        fn write(&self, _: u64, _: &[u8]) -> io::Result<()> {
            self.said.send("writes").map_err(io::Error::other)?;
            let _ = self.go_on.lock().unwrap().recv();
            self.said.send("wrote").map_err(io::Error::other)
        }
    }

    #[test]
    fn a_wait_during_a_write_is_none_for_what_is_written() {
        let (go_on, gate) = mpsc::channel();
        let (said, heard) = mpsc::channel();
        let file = StoreFile::over(Slow { go_on: Mutex::new(gate), said });
        let next = || heard.recv_timeout(Duration::from_secs(60)).unwrap();
        // Of a page: the wait does not count for it.
        thread::scope(|scope| {
            let writer = scope.spawn(|| file.write(4096, &[0; LENGTH]));
            assert_eq!(next(), "writes");
            file.sync_data().unwrap();
            assert_eq!(next(), "waited");
            go_on.send(()).unwrap();
            writer.join().unwrap().unwrap();
            assert_eq!(next(), "wrote");
        });
        assert!(file.turn().other);
        // Of a header: it waits until the header is there.
        thread::scope(|scope| {
            let writer = scope.spawn(|| file.write(0, &header(0b1110, 1)));
            assert_eq!(next(), "writes");
            let waiter = scope.spawn(|| file.sync_data());
            assert_eq!(heard.recv_timeout(Duration::from_millis(50)), Err(mpsc::RecvTimeoutError::Timeout));
            go_on.send(()).unwrap();
            writer.join().unwrap().unwrap();
            waiter.join().unwrap().unwrap();
            assert_eq!([next(), next()], ["wrote", "waited"]);
        });
    }

    #[test]
    fn what_this_turn_has_not_waited_for_is_waited_for() {
        let mut turn = Turn::default();
        assert!(!turn.may_be_lost());
        turn.wrote(0, &header(0b0110, 1));
        assert!(!turn.may_be_lost());
        turn.waited();
        turn.waited();
        assert!(!turn.may_be_lost());
        turn.wrote(0, &header(0b0100, 1));
        assert!(turn.may_be_lost());
    }
}
