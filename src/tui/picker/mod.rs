//! A list of choices that is narrowed by typing: in letters, in pinyin or its initials.
//!
//! Whoever needs a choice opens a [`Picker`] and says in [`PickerPurpose`] what becomes of the answer; the picker itself knows
//! neither records nor words. Where there are too many choices to hold, it asks for those that fit what is typed.

mod action;
mod purpose;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use action::{Answer, PickedChoices, PickerAction};
pub use purpose::PickerPurpose;
pub use state::{AfterChoice, Choice, Picker, Source};
pub use view::draw;
