//! All that the screen shows, as data.

use std::sync::Arc;

use chrono_tz::Tz;

use crate::{
    domain::{Instant, RecordId, Schema, schema::BASE},
    error::Error,
    keymap::{Key, Keymap},
    text::Lang,
};

use super::{
    action::{Action, Counts, Effect},
    form::{Draft, Form, FormAction},
    jump_list::JumpList,
    notify::Notify,
    palette::{FoundRecords, OfferContext, Palette},
    panes::{OwnerFilter, Pane, PaneQuery, PaneRequest, RowWindow, agenda, board, customers, queue},
    picker::{Picker, PickerPurpose},
    popup::{self, Popup},
    record::RecordView,
};

pub use super::{bar::Bar, record::OpenRecord};

/// The least that the screen works in.
pub const SMALLEST: (u16, u16) = (60, 15);
/// From so many columns on a record stands beside the list.
pub const WIDE: u16 = 100;
/// So many lines stand around the pane: tabs and title above, hints and status below.
pub const FRAME: u16 = 4;

/// The whole screen.
#[derive(Clone, Debug)]
pub struct State {
    /// The kinds of record that there are.
    pub schema: &'static Schema,
    /// The language of the reader.
    pub lang: Lang,
    /// The zone of the reader.
    pub tz: Tz,
    /// What time it is.
    pub now: Instant,
    /// What the person at the keyboard is called.
    pub person: String,
    /// Columns and lines.
    pub size: (u16, u16),
    /// Where the store is, while a person is welcomed to a new one.
    pub welcome: Option<String>,
    /// What the store is called, unless it is the usual one.
    pub store: Option<String>,
    /// How it is told that something falls due.
    pub notify: Notify,
    /// Whether one thing stands below the other, for those who hear the screen.
    pub plain: bool,
    /// Which pane is open.
    pub pane: Pane,
    /// The customers.
    pub customers: customers::State,
    /// The board.
    pub board: board::State,
    /// The agenda.
    pub agenda: agenda::State,
    /// The queue.
    pub queue: queue::State,
    /// The record beside the list.
    pub panel: Option<RecordView>,
    /// The record that is being read for it.
    pub asked: Option<RecordId>,
    /// Records that were opened, each from the one before.
    pub open: Vec<OpenRecord>,
    /// The line at the foot.
    pub bar: Bar,
    /// The people who were found for a filter that is typed.
    pub people: FoundRecords,
    /// What the keys do.
    pub keymap: Arc<Keymap>,
    /// Keys that begin something.
    pub pressed: Vec<Key>,
    /// Whether one hesitates over them, so that they are told what may follow.
    pub guided: bool,
    /// What was pressed in a pane before its rows were there.
    pub early: Vec<(Pane, Action)>,
    /// Where one has been.
    pub jumps: JumpList,
    /// What has just been done.
    pub toast: Option<String>,
    /// What has just gone wrong.
    pub error: Option<Error>,
    /// What was said in this session.
    pub messages: Vec<String>,
    /// Choices, and what becomes of the answer.
    pub picker: Option<(Picker, PickerPurpose)>,
    /// Forms that are open, each over the one for which it was opened.
    pub forms: Vec<Form>,
    /// What was pressed since a form was asked for that is not there yet.
    pub opening: Option<Vec<FormAction>>,
    /// How many forms there were.
    pub made: u64,
    /// Forms that were left without being saved, the last one at the end.
    pub kept: Vec<Draft>,
    /// Lines to read.
    pub popup: Option<Popup>,
    /// A question, and what is done when it is answered with yes.
    pub question: Option<(String, Effect)>,
    /// The last change, in words that may hold placeholders.
    pub repeat: Option<String>,
    /// The same of what is being done now.
    pub saying: Option<String>,
    /// The records that a prompt asks about.
    pub prompted: Vec<RecordId>,
    /// What wants attention.
    pub counts: Counts,
    /// Commands of the palette, the oldest first.
    pub history: Vec<String>,
    /// The line of the palette that is being run.
    pub line_run: Option<String>,
    /// Whether the last key was an interrupt.
    pub interrupted: bool,
    /// What was asked for last of a pane other than customers: nobody asks twice for what does not come.
    pub wished: Option<(Pane, PaneQuery, Vec<RowWindow>)>,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whether an operation is running.
    pub busy: bool,
}

impl State {
    /// A screen on which nothing is read yet, over a store with the program's own kinds.
    pub fn new(
        lang: Lang,
        tz: Tz,
        now: Instant,
        person: impl Into<String>,
        size: (u16, u16),
        keymap: Arc<Keymap>,
    ) -> Self {
        Self {
            schema: &BASE,
            lang,
            tz,
            now,
            person: person.into(),
            size,
            welcome: None,
            store: None,
            notify: Notify::default(),
            plain: false,
            pane: Pane::Customers,
            customers: customers::State::default(),
            board: board::State::default(),
            agenda: agenda::State::default(),
            queue: queue::State::default(),
            panel: None,
            asked: None,
            open: Vec::new(),
            bar: Bar::None,
            people: FoundRecords::default(),
            keymap,
            pressed: Vec::new(),
            guided: false,
            early: Vec::new(),
            jumps: JumpList::default(),
            toast: None,
            error: None,
            messages: Vec::new(),
            picker: None,
            forms: Vec::new(),
            opening: None,
            made: 0,
            kept: Vec::new(),
            popup: None,
            question: None,
            repeat: None,
            saying: None,
            prompted: Vec::new(),
            counts: Counts::default(),
            history: Vec::new(),
            line_run: None,
            interrupted: false,
            wished: None,
            mouse: false,
            busy: false,
        }
    }

    /// The lines of a pane that draws its own title.
    pub const fn pane_height(&self) -> u16 {
        self.size.1.saturating_sub(FRAME - 1)
    }

    /// The rows of the list that are seen.
    pub const fn list_height(&self) -> u16 {
        // Also in a window that is too small to show any: the cursor stays within what would be seen.
        match self.size.1.saturating_sub(FRAME + 1) {
            0 => 1,
            rows => rows,
        }
    }

    /// The room of an open record below its heading.
    pub const fn reading_size(&self) -> (u16, u16) {
        (self.size.0.saturating_sub(2), self.size.1.saturating_sub(FRAME + 3))
    }

    /// The lines that are seen of a pop-up.
    pub const fn popup_height(&self) -> u16 {
        popup::height(self.size.1.saturating_sub(FRAME))
    }

    /// Whether the record stands beside the list.
    pub const fn is_wide(&self) -> bool {
        self.size.0 >= WIDE && !self.plain
    }

    /// The records that a verb is about.
    pub fn subject(&self) -> Vec<RecordId> {
        match (self.open.last(), self.pane) {
            (Some(reading), _) => vec![reading.id],
            (None, Pane::Customers) => self.customers.subject(),
            (None, Pane::Board) => self.board.subject(),
            (None, Pane::Agenda) => self.agenda.list.subject(),
            (None, Pane::Queue) => self.queue.list.subject(),
        }
    }

    /// A step was done to these records: where they are at hand, the cursor keeps its place when they go elsewhere.
    pub fn acted_on(&mut self, about: &[RecordId]) {
        let acted: Vec<_> = self.subject().into_iter().filter(|id| about.contains(id)).collect();
        (self.agenda.list.acted, self.queue.list.acted) = (acted.clone(), acted);
    }

    /// The record under the cursor.
    pub fn here(&self) -> Option<RecordId> {
        match (self.open.last(), self.pane) {
            (Some(reading), _) => Some(reading.id),
            (None, Pane::Customers) => self.customers.here(),
            (None, Pane::Board) => self.board.id(),
            (None, Pane::Agenda) => self.agenda.list.id(),
            (None, Pane::Queue) => self.queue.list.id(),
        }
    }

    /// The customer of the row under the cursor.
    pub fn customer(&self) -> Option<RecordId> {
        match (self.open.is_empty(), self.pane) {
            (false, _) => None,
            (true, Pane::Customers) => self.here(),
            (true, Pane::Board) => self.board.customer(),
            (true, Pane::Agenda) => self.agenda.list.customer(),
            (true, Pane::Queue) => self.queue.list.customer(),
        }
    }

    /// Does something to the palette, if it is open, with all that it depends on.
    pub fn with_palette<T>(&mut self, act: impl FnOnce(&mut Palette, &OfferContext<'_>) -> T) -> Option<T> {
        let subject = self.subject();
        let Bar::Palette(palette) = &mut self.bar else { return None };
        let here = OfferContext {
            schema: self.schema,
            lang: self.lang,
            tz: self.tz,
            now: self.now,
            keymap: &self.keymap,
            subject: &subject,
            history: &self.history,
        };
        Some(act(palette, &here))
    }

    /// Where the cursor stands in its list, and how many rows that has.
    pub fn position(&self) -> (usize, usize) {
        match self.pane {
            Pane::Customers => (self.customers.cursor + 1, self.customers.total()),
            Pane::Board => self.board.position(),
            Pane::Agenda => self.agenda.list.position(),
            Pane::Queue => self.queue.list.position(),
        }
    }

    /// Whether the rows of a pane were read.
    pub const fn has_rows(&self, pane: Pane) -> bool {
        match pane {
            Pane::Customers => self.customers.loaded,
            Pane::Board => self.board.board().is_some(),
            Pane::Agenda => self.agenda.list.loaded,
            Pane::Queue => self.queue.list.loaded,
        }
    }

    /// How many records of the pane are shown as marked.
    pub fn marked(&self) -> usize {
        match self.pane {
            Pane::Customers => self.customers.marked(),
            Pane::Board => self.board.marked().len(),
            Pane::Agenda => self.agenda.list.marked().len(),
            Pane::Queue => self.queue.list.marked().len(),
        }
    }

    /// How much of a pane wants attention.
    pub const fn count_of(&self, pane: Pane) -> usize {
        match pane {
            Pane::Agenda => self.counts.overdue,
            Pane::Queue => self.counts.breached,
            Pane::Customers | Pane::Board => 0,
        }
    }

    /// The text that narrows the rows of the pane, or the lines of the record that is open.
    pub fn narrow(&mut self) -> &mut String {
        match (self.open.last_mut(), self.pane) {
            (Some(reading), _) => &mut reading.find,
            (None, Pane::Customers) => &mut self.customers.question.narrow,
            (None, Pane::Board) => &mut self.board.question.narrow,
            (None, Pane::Agenda) => &mut self.agenda.question.narrow,
            (None, Pane::Queue) => &mut self.queue.question.narrow,
        }
    }

    /// Whose records the pane shows.
    pub fn scope(&mut self) -> &mut OwnerFilter {
        match self.pane {
            Pane::Customers => &mut self.customers.question.scope,
            Pane::Board => &mut self.board.question.scope,
            Pane::Agenda => &mut self.agenda.question.scope,
            Pane::Queue => &mut self.queue.question.scope,
        }
    }

    /// The filter of the pane, in the filter language.
    pub const fn filter(&mut self) -> &mut String {
        match self.pane {
            Pane::Customers => &mut self.customers.question.filter,
            Pane::Board => &mut self.board.question.filter,
            Pane::Agenda => &mut self.agenda.question.filter,
            Pane::Queue => &mut self.queue.question.filter,
        }
    }

    /// What is to be read of the pane, if it is none of customers: where rows are missing that are seen, or all again.
    pub fn wish(&self, again: bool) -> Option<PaneRequest> {
        let height = self.pane_height();
        let (question, windows, keep) = match self.pane {
            Pane::Customers => return None,
            Pane::Board => {
                let windows = if again { Some(self.board.windows(height)) } else { self.board.missing(height) };
                (&self.board.question, windows?, self.board.keep())
            }
            Pane::Agenda => {
                let window = if again { Some(self.agenda.window(height)) } else { self.agenda.missing(height) };
                (&self.agenda.question, vec![window?], self.agenda.list.keep())
            }
            Pane::Queue => {
                let window = if again { Some(self.queue.window(height)) } else { self.queue.missing(height) };
                (&self.queue.question, vec![window?], self.queue.list.keep())
            }
        };
        let keep = keep.filter(|_| again);
        Some(PaneRequest { pane: self.pane, question: question.clone(), windows, keep })
    }
}
