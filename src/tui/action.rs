//! What can happen, and what is to be done about it outside the state.

use crate::{domain::RecordId, error::Error};

use super::{
    desk::Outcome,
    line::Edit,
    panes::{self, Pane, customers},
    reading::Told,
};

/// A verb on the records under the cursor or marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Notes that somebody was in touch: the word after `log`.
    Log(&'static str),
    /// Plans a follow-up.
    FollowUp,
    /// Done, resolved.
    Done,
    /// Puts off.
    Snooze,
    /// To the trash.
    Trash,
    /// A deal to the next stage, to won or to lost: the word after the deal.
    Move(&'static str),
    /// Something with a ticket: the verb.
    Ticket(&'static str),
}

/// What of a row is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is seen.
    Row,
    /// The telephone number.
    Phone,
    /// The e-mail address.
    Email,
    /// The id.
    Id,
}

/// What happens to the state.
#[derive(Clone, Debug)]
pub enum Action {
    /// Something in the list.
    List(panes::Action),
    /// To a pane.
    Go(Pane),
    /// So many panes further.
    Turn(isize),
    /// Opens the record under the cursor.
    Open,
    /// Opens the customer of the row under the cursor.
    OpenCustomer,
    /// Back to where I came from.
    Back,
    /// Out of it; at the root out of the program.
    Quit,
    /// Takes back what is being typed; twice ends the program.
    Interrupt,
    /// A key that begins a longer one.
    Pending(char),
    /// A key that means nothing here.
    Nothing,
    /// Opens the palette with these words.
    Palette(String),
    /// Opens the search line.
    Narrow,
    /// Opens the filter line.
    FilterBar,
    /// Opens the help.
    Help,
    /// Another order.
    Sort,
    /// Other people's records.
    Scope,
    /// Something with records.
    Do(Verb),
    /// A new record.
    Add,
    /// Words to be run as they are.
    Say(&'static [&'static str]),
    /// Copies.
    Copy(Part),
    /// The next record, or the one before, without leaving the record.
    Neighbour(isize),
    /// To the shell, until it calls us back.
    Suspend,
    /// What is typed into a line.
    Edit(Edit),
    /// The line is as it should be.
    Accept,
    /// Completes the word.
    Complete,
    /// An earlier line, or a later one.
    History(isize),
    /// Yes or no.
    Answer(bool),
    /// The terminal has another size.
    Resized(u16, u16),
    /// Another minute.
    Clock(crate::domain::Instant),
    /// Customers were read.
    Customers(Box<customers::Rows>),
    /// Another pane was read.
    Rows(Box<panes::Rows>),
    /// The list cannot be read so.
    Refused(Error),
    /// A record was read.
    Told(RecordId, Option<Box<Told>>),
    /// An operation has run.
    Ran(Box<Outcome>, Option<Error>),
    /// What wants attention.
    Counted(Counts),
    /// The store has changed.
    Changed,
    /// Something failed.
    Failed(Error),
}

/// What wants attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Follow-ups of the person that should have been done.
    pub overdue: usize,
    /// Tickets over their limit.
    pub breached: usize,
}

/// What is to be done outside the state.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Reads customers.
    Customers(customers::Wish),
    /// Reads a pane other than customers.
    Pane(panes::Wish),
    /// Reads a record.
    Tell(RecordId),
    /// Runs an operation; the person has agreed to it or not.
    Run(Vec<String>, bool),
    /// Counts what wants attention.
    Count,
    /// Copies a text to the clipboard.
    Copy(String),
    /// To the shell.
    Suspend,
    /// Ends the program.
    Quit,
}
