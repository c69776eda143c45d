//! The store through its library surface.

mod undo;
