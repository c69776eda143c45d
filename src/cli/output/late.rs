//! What is not said before it is certain: a step is written, but whether its store is sound is told when it is closed.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Data and messages that are held back, in their order; those of one command.
#[derive(Clone, Debug, Default)]
pub struct Late(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    holds: bool,
    made: bool,
    parts: Vec<Chunk>,
}

#[derive(Debug)]
enum Chunk {
    Data(Vec<u8>),
    Message(Vec<u8>),
}

impl Late {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on everything is held back.
    pub fn hold(&self) {
        self.state().holds = true;
    }

    /// Whether everything is held back.
    pub fn holds(&self) -> bool {
        self.state().holds
    }

    /// Takes note that a step was written, which stands even if what is held cannot be printed.
    pub fn made(&self) {
        self.state().made = true;
    }

    /// Whether a step was written.
    pub fn has_made(&self) -> bool {
        self.state().made
    }

    /// Holds data back.
    pub fn data(&self, bytes: &[u8]) {
        let parts = &mut self.state().parts;
        match parts.last_mut() {
            Some(Chunk::Data(held)) => held.extend_from_slice(bytes),
            _ => parts.push(Chunk::Data(bytes.to_vec())),
        }
    }

    /// Writes a message, or holds it back.
    pub fn message(&self, bytes: &[u8]) {
        let mut state = self.state();
        if state.holds {
            state.parts.push(Chunk::Message(bytes.to_vec()));
        } else {
            // There is nobody left to tell that standard error cannot be written.
            let _ = io::stderr().lock().write_all(bytes);
        }
    }

    /// Writes all that is held, and holds nothing back any more.
    ///
    /// # Errors
    /// What standard output says. Messages are written all the same.
    pub fn release(&self) -> io::Result<()> {
        let mut state = self.state();
        state.holds = false;
        let parts = std::mem::take(&mut state.parts);
        drop(state);
        let mut out = io::stdout().lock();
        let mut written = Ok(());
        for part in parts {
            match part {
                Chunk::Data(bytes) => written = written.and_then(|()| out.write_all(&bytes)),
                Chunk::Message(bytes) => {
                    written = written.and_then(|()| out.flush());
                    let _ = io::stderr().lock().write_all(&bytes);
                }
            }
        }
        written.and_then(|()| out.flush())
    }
}
