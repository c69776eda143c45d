//! Operations: one file each. They plan; `commit` alone changes the store; none of them prints.

pub mod commit;
mod context;
pub mod import;
pub mod plan;
pub mod setup;

pub use context::Context;
pub use plan::{Assign, Assignment, Edit, Plan};
