//! What can be done to a picker, and what comes of it.

use super::super::line::InputEdit;

/// What is done to a picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickerAction {
    /// The cursor moves by so many.
    Move(isize),
    /// The cursor moves by so many windows.
    Page(isize),
    /// Marks the choice under the cursor, or not.
    Mark,
    /// What was typed is to become a new one.
    Create,
    /// Takes what is marked, else what is under the cursor.
    Accept,
    /// Takes nothing.
    Close,
    /// Types.
    Edit(InputEdit),
}

impl PickerAction {
    /// What an action of the key maps does to a picker; `None` where it does nothing to it.
    pub fn named(action: &str) -> Option<Self> {
        Some(match action {
            "cursor up" => Self::Move(-1),
            "cursor down" => Self::Move(1),
            "page up" => Self::Page(-1),
            "page down" => Self::Page(1),
            "choice mark" => Self::Mark,
            "choice create" => Self::Create,
            "accept" => Self::Accept,
            "back" | "cancel" | "close" => Self::Close,
            _ => Self::Edit(InputEdit::named(action)?),
        })
    }
}

/// What was picked, in the order of the choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickedChoices {
    /// The values.
    pub values: Vec<String>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It goes on.
    Open,
    /// The choices for what is typed now are asked for.
    Asked(String),
    /// These were picked.
    Picked(PickedChoices),
    /// What was typed is to become a new one.
    Create(String),
    /// Nothing was picked.
    Closed,
}
