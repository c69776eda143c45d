//! The store through its library surface.

mod doctor;
mod undo;
