//! What can happen, and what is to be done about it outside the state.

use std::sync::Arc;

use crate::{
    commit::StepPreview,
    domain::{Instant, RecordId, Schema},
    error::{Error, Result},
    keymap::Key,
    query::field_path::FieldPath,
};

use super::{
    answer_collector::Outcome,
    editor::EditRequest,
    form::{FormRequest, FormResponse},
    notify::Due,
    palette::{FoundRecords, RecordQuery},
    panes::{self, Pane, customers},
    picker::Choice,
    record::RecordView,
};

/// What of a row is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopiedPart {
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
    /// Something that the screen does, by its name in [`crate::keymap::ACTIONS`], and the word that follows it.
    Screen(&'static str, String),
    /// An operation, in words that may hold placeholders.
    Say(String),
    /// The same, to be completed in the palette.
    Begin(String),
    /// Text that is typed or pasted.
    Type(String),
    /// A key that begins something.
    Pending(Key),
    /// A key that means nothing here.
    Nothing,
    /// A click at a place of the screen.
    Click(u16, u16),
    /// The wheel was turned, by so many lines.
    Wheel(isize),
    /// Nothing followed the keys that were pressed for a while.
    Hesitated,
    /// The terminal has another size.
    Resized(u16, u16),
    /// Another minute.
    Clock(Instant),
    /// Which customers there are.
    Customers(Box<customers::CustomerList>),
    /// Rows of customers were read, with these columns.
    Window(Arc<[FieldPath]>, Vec<customers::CustomerRow>),
    /// Another pane was read.
    Rows(Box<panes::PaneRows>),
    /// The list cannot be read so.
    Refused(Error),
    /// A record was read.
    Told(RecordId, Option<Box<RecordView>>),
    /// An operation has run.
    Ran(Box<Outcome>, Option<Error>),
    /// What wants attention.
    Counted(Counts),
    /// The time of some records has just come.
    Due(Due),
    /// Something about a form.
    Form(Box<FormResponse>),
    /// A text came back from the editor for this form, or nothing is to be taken over.
    Edited(u64, Result<Option<String>>),
    /// What a record can be reached by.
    Addresses(RecordId, Vec<Choice>),
    /// Records were found that a word of the palette may mean.
    Found(FoundRecords),
    /// Lines of the palette that other sessions have run.
    History(Vec<String>),
    /// The store has changed.
    Changed,
    /// Its kinds and fields are others.
    Schema(&'static Schema),
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
    /// Finds out which customers there are.
    Customers(customers::ListRequest),
    /// Reads rows of customers: these columns of these numbers.
    Window(Arc<[FieldPath]>, Vec<u64>),
    /// Reads a pane other than customers.
    Pane(panes::PaneRequest),
    /// Reads a record.
    Tell(RecordId),
    /// Reads a record with so many of the things that happened.
    TellMore(RecordId, usize),
    /// Runs an operation; the person has agreed to it or not.
    Run(Vec<String>, bool),
    /// Asks something for a form.
    Form(Box<FormRequest>),
    /// Runs operations as one step; the person has agreed to it or not.
    Each(Vec<Vec<String>>, bool),
    /// Runs operations as one step after a question about it was answered with yes: to what was foreseen then.
    /// At the moment of the question, so that what bears the time is what was foreseen.
    Agreed(Vec<Vec<String>>, Option<(StepPreview, Instant)>),
    /// Looks for records that a word of the palette may mean.
    Seek(RecordQuery),
    /// Finds out what a record can be reached by.
    Addresses(RecordId),
    /// Opens an address with the program that the person has for it.
    Visit(String),
    /// Keeps a line of the palette for other sessions.
    Remember(String),
    /// Keeps the columns of a pane for other sessions.
    Arrange(Pane, String),
    /// Counts what wants attention.
    Count,
    /// Copies a text to the clipboard.
    Copy(String),
    /// Rings the bell.
    Bell,
    /// Has the desktop tell something.
    Notify(String),
    /// A text goes to the person's editor.
    Outside(EditRequest),
    /// To the shell.
    Suspend,
    /// Draws everything anew.
    Redraw,
    /// Takes the mouse, or leaves it to the terminal.
    Mouse(bool),
    /// Leaves, and opens the store of made-up records.
    Demo,
    /// Ends the program.
    Quit,
}
