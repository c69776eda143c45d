//! The file: engine, keys, rows, indexes, the journal, derived fields and summaries.
//!
//! Reading goes through [`Reader`]; writing through [`Encoded`], which `commit` alone makes.

mod apply;
mod arena;
mod build_index;
mod change;
mod chunk;
mod chunks;
pub mod cores;
mod counted;
mod dangling;
mod dated;
pub mod definitions;
mod derive;
pub mod engine;
mod entry;
mod file;
mod first;
mod forget_field;
#[cfg(test)]
mod formula_tests;
mod hash;
pub mod index;
pub mod journal;
mod kept;
pub mod keys;
mod layout;
mod lookup;
mod made;
pub mod meta;
mod misplaced;
mod raise;
mod reader;
mod redefine;
pub mod row;
mod schema;
pub mod search;
mod step_schemas;
pub mod summary;
mod unfinished;
mod verify;
mod view;

pub use apply::Encoded;
pub use build_index::build_part;
pub use change::{RecordChange, RecordState};
pub use chunks::{PURGED, differing, find as find_change, gone_at, unapply, visit as visit_changes, visit_numbers};
pub use counted::Counted;
pub use dated::{disorder, first_since, is_of_a_step, last_until};
pub use definitions::{left_out, schema_of};
pub use file::{Store, renew, stamp};
pub use hash::MultiplyHash;
pub use raise::{copies, raise};
pub use reader::{Reader, StoredRecord};
pub use schema::schema;
pub use step_schemas::StepSchemas;
pub use unfinished::unfinished_indexes;
pub use verify::{Flaw, Problem, check, rebuild, verify};
pub use view::{SharedView, StoreView};
