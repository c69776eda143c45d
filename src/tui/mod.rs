//! The full screen: panes over the store, from the keyboard.

pub mod look;
pub mod panes;
