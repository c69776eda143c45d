//! What tickets do besides what every record does.

pub mod answer;
pub mod merge;
pub mod next;
pub mod rate;
pub mod status;
