//! Lists, panes and orders beside a naive reading of the same store.

mod decimals;
mod grids;
mod index_orders;
mod panes;
mod sounds;
