//! The store through its library surface.

mod between;
mod define;
mod derived;
mod doctor;
mod fields;
mod layout;
mod mixed;
mod steps;
mod undo;
mod unseen;
