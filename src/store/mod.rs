//! The file: engine, keys, rows, indexes, the journal, derived fields and summaries.
//!
//! Reading goes through [`Reader`]; writing through [`Encoded`], which `ops/commit.rs` alone makes.

mod apply;
mod arena;
mod change;
mod chunks;
mod counted;
mod derive;
pub mod engine;
mod file;
pub mod index;
pub mod journal;
mod kept;
pub mod keys;
mod layout;
mod meta;
mod reader;
pub mod row;
pub mod search;
mod spread;
pub mod summary;
mod touched;
mod verify;

pub use apply::Encoded;
pub use change::{RecordChange, State};
pub use chunks::{
    PURGED, chunk_of, differing, encode as encode_chunk, find as find_change, gone_at, unapply, visit as visit_changes,
    visit_numbers,
};
pub use counted::Counted;
pub use file::{Store, renew, stamp};
pub use reader::{Held, Reader, kind_of};
pub use spread::Spreading;
pub use verify::{Flaw, Problem, check, rebuild, verify};
