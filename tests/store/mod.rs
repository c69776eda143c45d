//! The store through its library surface.

mod doctor;
mod steps;
mod undo;
mod unseen;
