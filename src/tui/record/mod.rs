//! One record in words: what stands in the panel beside a list, and in the record's own view.

mod format;
mod measure;
mod open_record;
mod parts;
#[cfg(test)]
mod tests;
mod view;

use crate::{domain::RecordId, text::Lang};

pub use format::{EVENTS, tell, told};
pub use open_record::OpenRecord;
pub use parts::PartCell;
pub use view::draw;

/// A record told.
#[derive(Clone, Debug, Default)]
pub struct RecordView {
    /// Which.
    pub id: Option<RecordId>,
    /// What it is called.
    pub title: String,
    /// How it stands, in a word or two: grade, stage, status.
    pub badge: String,
    /// Its id and what else is said in a line.
    pub about: String,
    /// The rest, line by line.
    pub lines: Vec<RecordLine>,
    /// So many events were wanted.
    pub events: usize,
    /// Whether more happened before the oldest of them.
    pub older: bool,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing: room between parts.
    #[default]
    Gap,
    /// What comes next.
    Next,
    /// A heading.
    Heading,
    /// A field with its label.
    Field,
    /// A linked record.
    Link,
    /// What the columns of parts are called.
    Columns,
    /// A part, with its columns.
    Part,
    /// Something that happened.
    Event,
    /// Something that was noted among us.
    Aside,
    /// A field that tells of something late.
    Late,
}

/// A line of a record.
#[derive(Clone, Debug, Default)]
pub struct RecordLine {
    /// What it is.
    pub sort: LineKind,
    /// What stands at its left.
    pub label: String,
    /// What stands behind that.
    pub text: String,
    /// The columns of a part, which hold its text.
    pub cells: Vec<PartCell>,
    /// The record that it leads to.
    pub to: Option<RecordId>,
    /// What sort of thing happened.
    pub what: Option<EventFilter>,
}

/// Sorts of things that happen, as a timeline can be limited to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFilter {
    /// Somebody was in touch, or wrote a note.
    Activity,
    /// The record changed.
    Change,
    /// A deal.
    Deal,
    /// A follow-up.
    Followup,
    /// A ticket.
    Ticket,
}

impl EventFilter {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Activity, Self::Change, Self::Deal, Self::Followup, Self::Ticket];

    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Activity => "activities",
            Self::Change => "changes",
            Self::Deal => "deals",
            Self::Followup => "followups",
            Self::Ticket => "tickets",
        }
    }

    /// What it is called.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Activity => lang.pick("Activities", "跟进记录"),
            Self::Change => lang.pick("Changes", "变更"),
            Self::Deal => lang.pick("Deals", "商机"),
            Self::Followup => lang.pick("Follow-ups", "跟进计划"),
            Self::Ticket => lang.pick("Tickets", "工单"),
        }
    }
}

/// What is said while nothing is read yet.
pub fn waiting(lang: Lang) -> &'static str {
    lang.pick("reading …", "读取中…")
}
