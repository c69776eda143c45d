//! What deals do besides what every record does.

pub mod r#move;
mod stage_meant;
