//! Queries over a store in memory.

mod data;
mod grids;
mod oracle;
mod table;

use data::{asking, store};
