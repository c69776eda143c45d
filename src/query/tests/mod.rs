//! Queries over a store in memory.

mod asks;
mod data;
mod grids;
mod lineups;
mod oracle;
mod panes;
mod table;

use data::{asking, store};
