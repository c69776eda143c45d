//! Operations: one file each. They plan; `commit` alone changes the store; none of them prints.

mod context;
pub mod commit;
pub mod plan;
pub mod setup;

pub use context::Context;
pub use plan::{Assign, Assignment, Edit, Plan};
