//! What a form asks of the store's thread, and what comes back.

use crate::{
    domain::FieldDef,
    error::Error,
    tui::picker::{Choice, Source},
};

use super::{
    conflict::FieldText,
    draft::Draft,
    state::{Form, LikelyDuplicate},
    target::FormTarget,
};

/// What is asked of the store's thread.
#[derive(Clone, Debug)]
pub enum FormRequest {
    /// A form.
    Open(FormTarget, Option<Box<Draft>>),
    /// What would come of a form.
    Try(TrialRequest),
    /// The records that a link may point to.
    Look(RecordQuery),
    /// What the record of a form holds by now.
    Compare(Box<Form>),
    /// Drafts are kept in a file; none, and the file is gone.
    Keep(Vec<Draft>),
}

/// A form to be tried.
#[derive(Clone, Debug)]
pub struct TrialRequest {
    /// Which form.
    pub form: u64,
    /// What was typed by then.
    pub turn: u64,
    /// Its words.
    pub words: Vec<String>,
    /// The fields whose defaults are to be told.
    pub empty: Vec<(FieldDef, String)>,
    /// Whether records that may be the very one are to be named.
    pub alike: bool,
}

/// What would come of a form.
#[derive(Clone, Debug, Default)]
pub struct TrialResult {
    /// What empty fields will hold, by code.
    pub defaults: Vec<(String, String)>,
    /// What a rule says against it.
    pub refused: Option<Error>,
    /// Records that may be the very one.
    pub alike: Vec<LikelyDuplicate>,
    /// How many records would change.
    pub changes: usize,
}

/// Records to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordQuery {
    /// What is typed.
    pub typed: String,
    /// Among which.
    pub source: Source,
}

/// What comes back from the store's thread.
#[derive(Clone, Debug)]
pub enum FormResponse {
    /// A form is there.
    Opened(Box<Form>),
    /// What would come of a form, as it was then.
    Tried(u64, u64, Box<TrialResult>),
    /// The records for what was typed.
    Found(String, Vec<Choice>),
    /// What the record of a form holds by now.
    Compared(u64, i64, Vec<FieldText>),
    /// Drafts that earlier sessions left behind.
    Left(Vec<Draft>),
}
