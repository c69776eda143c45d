//! Processes that take steps on one disk, and what is known of the store at each moment.

use super::{
    judge::{Complaint, checked, open, picture},
    steps::{Kind, kind, prepare, take},
};
use crate::{
    commit::setup,
    error::{Error, Result},
    store::{
        Store,
        engine::{
            Access,
            simulated::{Disk, PlannedFailure, ProcessOf},
        },
    },
    text::Said,
};

/// A state that the store had, or would have had.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownState {
    /// How many events there were before the step began.
    pub(super) began: usize,
    /// And when it was acknowledged; never, where its process was killed.
    pub(super) acknowledged: Option<usize>,
    /// What the store holds after it.
    pub(super) picture: u64,
}

/// A process, and the store if it has it open.
pub(super) struct Actor {
    pub(super) process: ProcessOf,
    pub(super) store: Option<Store>,
}

/// One disk, and processes on it.
pub(super) struct World {
    pub(super) disk: Disk,
    pub(super) start: Vec<u8>,
    pub(super) states: Vec<KnownState>,
}

/// A store that was just made, in order.
pub(super) fn new_store() -> Vec<u8> {
    let disk = Disk::default();
    let store = open(&disk.process(), Access::Create).unwrap();
    setup::set_up(&store, &mut super::steps::context(0), true).unwrap();
    store.close().unwrap();
    disk.bytes()
}

impl World {
    /// A disk that holds a store in order.
    pub(super) fn holding(start: Vec<u8>) -> Self {
        let disk = Disk::holding(start.clone());
        let mut actor = Actor::new(&disk);
        let picture = picture(actor.store(Access::Read).unwrap()).unwrap();
        actor.leave().unwrap();
        assert_eq!(disk.at(), 0, "reading a store in order writes nothing");
        Self { disk, start, states: vec![KnownState { began: 0, acknowledged: Some(0), picture }] }
    }

    /// Lets a process take a step, and notes what the store holds after it.
    pub(super) fn step(&mut self, actor: &mut Actor, number: usize) -> Result<bool> {
        let mut began = self.disk.at();
        let store = actor.store(Access::Write)?;
        let mut told = |store: &Store| {
            let acknowledged = self.disk.at();
            // The dead see nothing any more, and say nothing.
            let picture = picture(store).map_err(|complaint| Error::failure(Said::same(complaint)))?;
            self.states.push(KnownState { began, acknowledged: Some(acknowledged), picture });
            began = self.disk.at();
            Ok(())
        };
        prepare(store, number, &mut told)?;
        let taken = take(store, number)?;
        if taken {
            told(store)?;
        }
        Ok(taken)
    }

    pub(super) fn note(&mut self, began: usize, acknowledged: Option<usize>, picture: u64) {
        self.states.push(KnownState { began, acknowledged, picture });
    }

    /// The picture of what was acknowledged last.
    pub(super) fn last(&self) -> u64 {
        self.allowed(self.disk.at())[0]
    }

    /// What the store may hold if the power is cut after so many events: what was acknowledged last, and what was begun
    /// since.
    pub(super) fn allowed(&self, point: usize) -> Vec<u64> {
        let last = self.states.iter().rposition(|known| known.acknowledged.is_some_and(|at| at <= point)).unwrap();
        let later = self.states[last..].iter().filter(|known| known.began <= point);
        later.map(|known| known.picture).collect()
    }
}

impl Actor {
    pub(super) fn new(disk: &Disk) -> Self {
        Self { process: disk.process(), store: None }
    }

    /// The store, opened if it is not.
    pub(super) fn store(&mut self, access: Access) -> Result<&Store> {
        if self.store.is_none() {
            self.store = Some(open(&self.process, access)?);
        }
        Ok(self.store.as_ref().unwrap())
    }

    /// Closes the store, as a command does at its end.
    pub(super) fn leave(&mut self) -> Result<()> {
        self.store.take().map_or(Ok(()), Store::close)
    }

    /// Is killed after so many calls that change the file.
    pub(super) fn dies(&self, after: usize) {
        self.process.set_fate(Some(PlannedFailure::Dies(after)));
    }
}

/// The states of the store at the end of each step of the script, when one process takes all of them: bytes of the file.
pub(super) fn stations(steps: usize, every: usize) -> Vec<(usize, Vec<u8>)> {
    let mut stations = Vec::new();
    let mut bytes = new_store();
    for first in (0..steps).step_by(every) {
        stations.push((first, bytes.clone()));
        let disk = Disk::holding(bytes);
        let mut actor = Actor::new(&disk);
        for number in first..first + every {
            // Some steps cannot be taken at that moment, such as undoing where there is nothing to undo.
            let _ = take(actor.store(Access::Write).unwrap(), number);
        }
        sound(actor.store.as_ref().unwrap(), first + every - 1).unwrap();
        actor.leave().unwrap();
        bytes = disk.bytes();
    }
    stations
}

/// Whether a store passes the check after a step, unless the step was to damage it.
pub(super) fn sound(store: &Store, number: usize) -> std::result::Result<(), Complaint> {
    if kind(number) == Kind::Damage { Ok(()) } else { checked(store) }
}
