//! Work in parts: made by all cores at once, taken in the order of the parts.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::error::Result;

/// More threads than this wait for each other, and each holds what it made.
const MOST_THREADS: usize = 8;
/// So many parts for each thread may be in the making or wait to be taken.
const AHEAD: usize = 3;

/// Makes parts 0 to `count` and takes each as soon as it and those before it are there. A thread makes several, with a
/// state of its own, and begins the next one when it is done with one, so that a slow core holds nobody up; no more than
/// a few for each thread are held at any time.
///
/// # Errors
/// What `make` and `take` return; the first ends the work.
pub fn in_order<S, T: Send>(
    count: usize,
    start: impl Fn() -> S + Sync,
    make: impl Fn(&mut S, usize) -> Result<T> + Sync,
    take: &mut dyn FnMut(T) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, Into::into);
    let threads = cores.min(MOST_THREADS).min(count);
    if threads < 2 {
        return alone(count, &start, &make, take);
    }
    let (hand_out, parts) = channel();
    let (give, get) = channel();
    let parts = Mutex::new(parts);
    let (start, make, parts) = (&start, &make, &parts);
    // When this ends, in whichever way, no part is handed out any more, and the threads end too.
    thread::scope(move |scope| {
        let threads = (0..threads).take_while(|_| {
            let line = WorkChannel { parts, give: give.clone() };
            let work = move || {
                let mut state = start();
                while let Some(part) = line.next() {
                    line.put(part, make(&mut state, part));
                }
            };
            // Those that the system allows do the work of the others.
            thread::Builder::new().spawn_scoped(scope, work).is_ok()
        });
        let threads = threads.count();
        if threads == 0 {
            return alone(count, start, make, take);
        }
        let mut left = 0..count;
        // Nobody takes parts any more only after a panic, which the scope passes on.
        let mut begin = || {
            let _ = left.next().map(|part| hand_out.send(part));
        };
        (0..threads * AHEAD).for_each(|_| begin());
        let mut early = BTreeMap::new();
        for part in 0..count {
            let made = loop {
                if let Some(made) = early.remove(&part) {
                    break made;
                }
                match get.recv() {
                    Ok(Some((part, made))) => early.insert(part, made),
                    Ok(None) | Err(_) => return Ok(()),
                };
            };
            begin();
            if take(made?)?.is_break() {
                break;
            }
        }
        Ok(())
    })
}

/// The same on the thread that asks.
fn alone<S, T>(
    count: usize,
    start: &impl Fn() -> S,
    make: &impl Fn(&mut S, usize) -> Result<T>,
    take: &mut dyn FnMut(T) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let mut state = start();
    for part in 0..count {
        if take(make(&mut state, part)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// What a thread has of the others: parts to make, and where to put what it made; nothing stands for a part that it could
/// not make, because of a panic.
struct WorkChannel<'l, T> {
    parts: &'l Mutex<Receiver<usize>>,
    give: Sender<Option<(usize, Result<T>)>>,
}

impl<T> WorkChannel<'_, T> {
    /// The next part, as soon as one may be begun.
    fn next(&self) -> Option<usize> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }

    fn put(&self, part: usize, made: Result<T>) {
        // Whom it was for may have ended with an error.
        let _ = self.give.send(Some((part, made)));
    }
}

impl<T> Drop for WorkChannel<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.give.send(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Error, text::Said};

    fn taken(count: usize, until: usize, fails: Option<usize>) -> (Vec<usize>, bool) {
        let mut taken = Vec::new();
        let make = |made: &mut usize, part: usize| {
            *made += 1;
            if Some(part) == fails { Err(Error::failure(Said::same("no"))) } else { Ok(part) }
        };
        let outcome = in_order(count, || 0, make, &mut |part| {
            taken.push(part);
            Ok(if taken.len() == until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
        (taken, outcome.is_ok())
    }

    #[test]
    fn parts_are_taken_in_order_until_an_end_or_an_error() {
        for count in [0, 1, 2, 3, 500] {
            assert_eq!(taken(count, usize::MAX, None), ((0..count).collect(), true));
        }
        assert_eq!(taken(500, 30, None), ((0..30).collect(), true));
        assert_eq!(taken(500, 30, Some(40)), ((0..30).collect(), true));
        assert_eq!(taken(500, usize::MAX, Some(40)), ((0..40).collect(), false));
    }

    #[test]
    fn a_part_that_is_late_holds_up_the_taking_but_not_the_making() {
        let others = std::sync::atomic::AtomicUsize::new(0);
        let make = |(): &mut (), part: usize| {
            if part == 0 {
                // The other threads make all that may lie ready meanwhile.
                while others.load(std::sync::atomic::Ordering::SeqCst) == 0 {
                    thread::yield_now();
                }
            } else {
                others.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
            Ok(part)
        };
        let mut taken = Vec::new();
        in_order(40, || (), make, &mut |part| {
            taken.push(part);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        assert_eq!(taken, (0..40).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_of_one_thread_ends_them_all() {
        let make = |(): &mut (), part: usize| {
            assert!(part != 7, "made to panic");
            Ok(part)
        };
        let run = || in_order(500, || (), make, &mut |_| Ok(ControlFlow::Continue(())));
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
