//! What a piece of the screen is.

/// What a piece of the screen is, as far as its style is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// What is read second.
    Dim,
    /// A heading.
    Heading,
    /// The name of a pane.
    Tab,
    /// The name of the pane that is open.
    ActiveTab,
    /// The row under the cursor.
    Selected,
    /// The row under the cursor of what has not the keys.
    Resting,
    /// A marked row.
    Mark,
    /// Overdue, breached.
    Late,
    /// Soon due.
    Soon,
    /// Won, done.
    Good,
    /// What went wrong.
    Error,
    /// A thin line.
    Rule,
    /// A key in a hint.
    Key,
}
