//! Pages on their way to the file.
//!
//! redb writes page by page in no order, a call for each 4 KiB. Between two waits for the disk the order is nobody's
//! business: what is written there is not part of any commit yet, so no other process reads it. So pages are kept until
//! they are many or a wait is due, and go out sorted, neighbours in one call. A thread does that, and has the disk begin
//! with it, while the step goes on.
//!
//! At the end of a step redb reads back every page that it had no room for, sums it up and writes it once more, nearly
//! always as it was. What was read back is remembered for a while, and a page that comes back the same stays.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, mpsc};
use std::{io, thread};

use fixedbitset::FixedBitSet;
use redb::{StorageBackend, backends::FileBackend};

use super::pages::{Look, Pages};

/// So many bytes of pages are kept before they are written.
pub(super) const KEPT: usize = 4 << 20;
/// So many bytes that were read back are remembered, and as many again that were before them: redb keeps that much
/// before it writes.
const SEEN: usize = 2 << 20;

/// So many times that may lie with the thread.
const BEHIND: usize = 4;
/// So many bytes are written before the disk is made to begin with them.
const AHEAD: usize = 16 << 20;

/// A file, and the pages that are not in it yet.
#[derive(Debug)]
pub(super) struct Spill {
    shared: Arc<Shared>,
    kept: usize,
}

#[derive(Debug)]
struct Shared {
    file: FileBackend,
    way: Mutex<Way>,
    /// The thread has come to an end of something.
    turn: Condvar,
    /// Whether there is anything to look for, so that a read need not ask where there is nothing.
    any: AtomicBool,
}

#[derive(Debug, Default)]
struct Way {
    /// Pages that are still to be written.
    kept: Pages,
    /// Those that the thread has to write, the oldest first.
    going: VecDeque<Arc<Pages>>,
    /// Memory for the next ones.
    spare: Vec<Pages>,
    /// Whether the thread has not come to rest.
    busy: bool,
    thread: Option<Thread>,
    /// Pages that were written in this step, by their number in the file.
    written: FixedBitSet,
    /// What the file holds of them, where that was read: the latest, and those before.
    seen: [Pages; 2],
    /// How many writes there were, to tell whether one came in between.
    writes: u64,
    /// Why some pages of this step could not be written: what the file holds in their place is not to be read.
    lost: Option<io::ErrorKind>,
    /// Why the disk did not take what was written; the system says so only once, so that nothing is safe ever after.
    unsynced: Option<io::ErrorKind>,
}

#[derive(Debug)]
struct Thread {
    orders: mpsc::Sender<Arc<Pages>>,
    handle: thread::JoinHandle<()>,
}

impl Way {
    /// Takes note of how writing some pages went.
    fn wrote(&mut self, outcome: &io::Result<()>) {
        if let Err(error) = outcome {
            self.lost.get_or_insert(error.kind());
        }
    }

    /// An error where pages of this step are missing from the file.
    fn whole(&self) -> io::Result<()> {
        self.lost.map_or(Ok(()), |kind| Err(kind.into()))
    }

    /// Fills `out` from a page on its way; `None` where only a part of it, or another page over it, is.
    fn find(&self, offset: u64, out: &mut [u8]) -> Option<bool> {
        for pages in std::iter::once(&self.kept).chain(self.going.iter().rev().map(|pages| &**pages)) {
            match pages.look(offset, out.len()) {
                Look::Page(page) => {
                    out.copy_from_slice(page);
                    return Some(true);
                }
                Look::Conflict => return None,
                Look::Nothing => {}
            }
        }
        Some(false)
    }

    /// Remembers what the file holds.
    fn see(&mut self, offset: u64, page: &[u8]) {
        let [latest, before] = &mut self.seen;
        if latest.size() + page.len() > SEEN {
            std::mem::swap(latest, before);
            latest.clear();
        }
        before.remove(offset, page.len());
        latest.remove(offset, page.len());
        latest.keep(offset, page);
    }

    /// Whether the file is known to hold this; if not, it is forgotten what it holds there.
    fn holds(&mut self, offset: u64, page: &[u8]) -> bool {
        if self.seen.iter().any(|seen| matches!(seen.look(offset, page.len()), Look::Page(held) if held == page)) {
            return true;
        }
        self.seen.iter_mut().for_each(|seen| seen.remove(offset, page.len()));
        false
    }
}

/// Takes note of pages that are written.
fn note(written: &mut FixedBitSet, pages: &Pages) {
    for offset in pages.offsets() {
        written.grow_and_insert(number(offset));
    }
}

/// The number of a page in the file, or of that in which it begins.
const fn number(offset: u64) -> usize {
    (offset >> 12) as usize
}

impl Spill {
    /// Over this file, writing when so many bytes are kept.
    pub(super) fn new(file: FileBackend, kept: usize) -> Self {
        let shared = Shared { file, way: Mutex::default(), turn: Condvar::new(), any: AtomicBool::new(false) };
        Self { shared: Arc::new(shared), kept }
    }

    /// The file itself, for what is not about pages.
    pub(super) fn file(&self) -> &FileBackend {
        &self.shared.file
    }

    pub(super) fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if !self.shared.any.load(Ordering::Acquire) {
            return self.shared.file.read(offset, out);
        }
        let mut way = self.shared.lock();
        way.whole()?;
        match way.find(offset, out) {
            Some(true) => return Ok(()),
            Some(false) => {}
            None => way = self.shared.settle(way)?,
        }
        let (is_back, writes) = (way.written.contains(number(offset)), way.writes);
        drop(way);
        self.shared.file.read(offset, out)?;
        if is_back {
            let mut way = self.shared.lock();
            if way.writes == writes {
                way.see(offset, out);
            }
        }
        Ok(())
    }

    pub(super) fn write(&self, offset: u64, page: &[u8]) -> io::Result<()> {
        let mut way = self.shared.lock();
        way.whole()?;
        way.writes += 1;
        if way.holds(offset, page) {
            return Ok(());
        }
        let conflicts = |pages: &Pages| pages.conflicts(offset, page.len());
        if conflicts(&way.kept) || way.going.iter().any(|pages| conflicts(pages)) {
            way = self.shared.settle(way)?;
        }
        self.shared.any.store(true, Ordering::Release);
        way.kept.keep(offset, page);
        if way.kept.size() >= self.kept { self.hand_over(way) } else { Ok(()) }
    }

    /// Gives what is kept to the thread, when it is not too far behind. Where there can be no thread, it is written
    /// here.
    fn hand_over(&self, way: MutexGuard<'_, Way>) -> io::Result<()> {
        let mut way = self.shared.wait(way, |way| way.going.len() >= BEHIND);
        if way.kept.size() < self.kept {
            return Ok(());
        }
        if way.thread.is_none() {
            way.thread = Thread::start(&self.shared);
        }
        if way.thread.is_none() {
            return self.shared.settle(way).map(drop);
        }
        let spare = way.spare.pop().unwrap_or_default();
        let pages = Arc::new(std::mem::replace(&mut way.kept, spare));
        note(&mut way.written, &pages);
        way.going.push_back(Arc::clone(&pages));
        way.busy = true;
        if way.thread.as_ref().is_some_and(|thread| thread.orders.send(pages).is_err()) {
            way.going.clear();
            way.busy = false;
            way.wrote(&Err(io::ErrorKind::BrokenPipe.into()));
            return way.whole();
        }
        Ok(())
    }

    /// Writes all that is kept, and answers for what was written before.
    pub(super) fn settle(&self) -> io::Result<()> {
        let way = self.shared.settle(self.shared.lock())?;
        way.whole()?;
        way.unsynced.map_or(Ok(()), |kind| Err(kind.into()))
    }

    /// Forgets what the file holds: it becomes shorter.
    pub(super) fn unsee(&self) {
        self.shared.lock().seen.iter_mut().for_each(Pages::clear);
    }

    /// Drops all pages that are not in the file, and waits for those that are on their way: the step is over, and what
    /// it left here is of no commit. The memory goes too, because a session may stay open all day.
    pub(super) fn forget(&self) {
        if !self.shared.any.load(Ordering::Acquire) {
            return;
        }
        let mut way = self.shared.rest(self.shared.lock());
        // Whoever reads the file at this moment must not remember it beyond the step: others may write there now.
        way.writes += 1;
        way.lost = None;
        way.kept = Pages::default();
        way.seen = Default::default();
        way.spare.clear();
        way.written.clear();
        self.shared.any.store(false, Ordering::Release);
    }

    /// Ends the thread.
    pub(super) fn close(&self) {
        self.forget();
        let thread = self.shared.lock().thread.take();
        if let Some(Thread { orders, handle }) = thread {
            drop(orders);
            // A panic in it was told by the hook, and leaves pages unwritten that were of no commit.
            let _ = handle.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Way> {
        // A thread that panicked here left at worst pages that are not to be trusted.
        self.way.lock().unwrap_or_else(|poisoned| {
            let mut way = poisoned.into_inner();
            way.unsynced.get_or_insert(io::ErrorKind::Other);
            way
        })
    }

    fn wait<'w>(&self, way: MutexGuard<'w, Way>, until_not: impl Fn(&Way) -> bool) -> MutexGuard<'w, Way> {
        self.turn.wait_while(way, |way| until_not(way)).unwrap_or_else(|poisoned| {
            let mut way = poisoned.into_inner();
            way.unsynced.get_or_insert(io::ErrorKind::Other);
            way
        })
    }

    /// Waits until the thread has nothing to do.
    fn rest<'w>(&self, way: MutexGuard<'w, Way>) -> MutexGuard<'w, Way> {
        self.wait(way, |way| way.busy)
    }

    /// Writes all that is kept, behind what the thread writes.
    fn settle<'w>(&self, way: MutexGuard<'w, Way>) -> io::Result<MutexGuard<'w, Way>> {
        let mut way = self.rest(way);
        let Way { kept, written, .. } = &mut *way;
        note(written, kept);
        let outcome = kept.runs(|at, run| self.file.write(at, run));
        kept.clear();
        way.wrote(&outcome);
        way.whole().map(|()| way)
    }

    /// What the thread does.
    fn obey(&self, orders: &mpsc::Receiver<Arc<Pages>>) {
        let mut ahead = 0;
        while let Ok(pages) = orders.recv() {
            ahead += pages.size();
            let written = pages.runs(|at, run| self.file.write(at, run));
            {
                let mut way = self.lock();
                way.wrote(&written);
                way.going.pop_front();
                if let Ok(mut pages) = Arc::try_unwrap(pages) {
                    pages.clear();
                    way.spare.push(pages);
                }
            }
            self.turn.notify_all();
            // The step will have to wait for less at its end.
            let synced = if ahead < AHEAD {
                Ok(())
            } else {
                ahead = 0;
                self.file.sync_data()
            };
            let mut way = self.lock();
            // Whoever waits for the disk has to hear of it: the system says so only once.
            if let Err(error) = synced {
                way.unsynced.get_or_insert(error.kind());
            }
            way.busy = !way.going.is_empty();
            drop(way);
            self.turn.notify_all();
        }
    }
}

impl Thread {
    fn start(shared: &Arc<Shared>) -> Option<Self> {
        let (orders, receiver) = mpsc::channel();
        let shared = Arc::clone(shared);
        let thread = thread::Builder::new().name("store-write".to_owned());
        let handle = thread.spawn(move || shared.obey(&receiver)).ok()?;
        Some(Self { orders, handle })
    }
}
