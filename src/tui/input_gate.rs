//! Where the thread that reads keys stands still while another program has the terminal.

use signal_hook::consts::SIGWINCH;
use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// So long whoever shuts the gate waits for the reader to come to it. It comes at once, unless the terminal is gone.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
struct GateState {
    shut: bool,
    waiting: bool,
}

/// A gate on the way of the thread that reads keys.
#[derive(Debug, Default)]
pub struct InputGate {
    stand: Mutex<GateState>,
    moved: Condvar,
}

impl InputGate {
    fn stand(&self) -> MutexGuard<'_, GateState> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The reader passes; while the gate is shut it waits here.
    pub fn pass(&self) {
        let mut stand = self.stand();
        while stand.shut {
            stand.waiting = true;
            self.moved.notify_all();
            stand = self.moved.wait(stand).unwrap_or_else(PoisonError::into_inner);
        }
        stand.waiting = false;
    }

    /// Does something while the reader stands at the gate. One that waits for a key is called by the signal that says
    /// that the window has another size: that ends its waiting.
    pub fn shut<T>(&self, act: impl FnOnce() -> T) -> T {
        let mut stand = self.stand();
        stand.shut = true;
        // Without it the reader comes with the next key.
        let _ = signal_hook::low_level::raise(SIGWINCH);
        let waited = self.moved.wait_timeout_while(stand, PATIENCE, |stand| !stand.waiting);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        let done = act();
        self.stand().shut = false;
        self.moved.notify_all();
        done
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    #[test]
    fn nobody_reads_while_the_gate_is_shut() {
        let (gate, reads) = (Arc::new(InputGate::default()), Arc::new(AtomicUsize::new(0)));
        let reader = std::thread::spawn({
            let (gate, reads) = (Arc::clone(&gate), Arc::clone(&reads));
            move || {
                while reads.load(Ordering::SeqCst) < 1_000_000 {
                    gate.pass();
                    reads.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        for _ in 0..3 {
            let read = || reads.load(Ordering::SeqCst);
            let (before, after) = gate.shut(|| {
                let before = read();
                std::thread::sleep(Duration::from_millis(10));
                (before, read())
            });
            assert_eq!(before, after);
        }
        reads.store(1_000_000, Ordering::SeqCst);
        reader.join().unwrap();
    }
}
