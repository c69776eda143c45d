//! Work in parts: made by all cores at once, taken in the order of the parts.

use std::{
    ops::ControlFlow,
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use crate::error::Result;

/// More threads than this wait for each other, and each holds what it made.
const MOST_THREADS: usize = 8;
/// How many parts of each thread may lie ready to be taken.
const READY: usize = 2;

/// Makes parts 0 to `count` and takes each as soon as it and those before it are there. A thread makes several, with a
/// state of its own; no more than a few of each thread are held at any time.
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
        let mut state = start();
        for part in 0..count {
            if take(make(&mut state, part)?)?.is_break() {
                break;
            }
        }
        return Ok(());
    }
    let (start, make) = (&start, &make);
    thread::scope(|scope| {
        let work = |first: usize| -> Receiver<Result<T>> {
            let (give, get) = sync_channel(READY);
            scope.spawn(move || {
                let mut state = start();
                for part in (first..count).step_by(threads) {
                    // Nobody takes any more when an error or an end came before.
                    if give.send(make(&mut state, part)).is_err() {
                        break;
                    }
                }
            });
            get
        };
        let lines: Vec<_> = (0..threads).map(work).collect();
        for part in 0..count {
            // A thread that panicked gives nothing; the scope passes its panic on.
            let Ok(made) = lines[part % threads].recv() else { break };
            if take(made?)?.is_break() {
                break;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::text::Said;

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
}
