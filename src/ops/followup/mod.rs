//! What follow-ups do besides what every record does.

pub mod done;
pub mod snooze;
