//! What a key can do inside a pane.

/// A step inside a pane; a pane leaves alone what it has no use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// To the next row or card.
    Down,
    /// To the one before.
    Up,
    /// On by a screen.
    PageDown,
    /// Back by a screen.
    PageUp,
    /// On by half a screen.
    HalfDown,
    /// Back by half a screen.
    HalfUp,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// To the row with this number, counted from one.
    Row(usize),
    /// To the column on the left.
    Left,
    /// To the column on the right.
    Right,
    /// To the next row that wants attention, round the end.
    NextUrgent,
    /// To the one before that wants attention.
    PreviousUrgent,
    /// Marks the row, or takes its mark away, and goes on to the next.
    Mark,
    /// Begins a range here, or marks the one that was begun.
    Range,
    /// Marks what is not marked, and the other way round.
    Invert,
    /// Takes all marks away, and forgets a range that was begun.
    Unmark,
    /// Shows or hides the calendar.
    Calendar,
    /// A month on in the calendar.
    NextMonth,
    /// A month back.
    PreviousMonth,
    /// To the first column.
    FirstColumn,
    /// To the last column.
    LastColumn,
}
