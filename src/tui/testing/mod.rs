//! What tests of the screen share: a screen over a store of its own, and drawing into text.

pub(super) mod drawing;
mod entry_points;
pub mod screen;
