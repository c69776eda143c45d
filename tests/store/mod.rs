//! The store through its library surface.

mod doctor;
mod fields;
mod steps;
mod undo;
mod unseen;
