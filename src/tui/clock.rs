//! What time it is in a session: the system's time, or one that was named, going on from there.

use chrono::Utc;

use crate::domain::Instant;

/// The clock of a session, which goes on by whole seconds. It follows that of the system, also over a night in which
/// the machine slept.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Instant,
    /// What time the system had then; none for a clock that stands still.
    system: Option<Instant>,
}

impl Clock {
    /// A clock on which it is this time now.
    pub fn at(now: Instant) -> Self {
        Self { began: now, system: Some(Utc::now().into()) }
    }

    /// A clock on which it is always this time.
    #[cfg(test)]
    pub const fn still(now: Instant) -> Self {
        Self { began: now, system: None }
    }

    /// What time it is.
    pub fn now(&self) -> Instant {
        let Some(system) = self.system else { return self.began };
        self.began.plus_seconds((Instant::from(Utc::now()).0 - system.0).div_euclid(1000))
    }
}
