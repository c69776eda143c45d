//! The agenda: what is to be done, by when, for whom, and why; and the call list.

mod calendar;
mod state;
#[cfg(test)]
mod tests;
mod view;

use chrono::Weekday;

use crate::{
    domain::{KindId, RecordId, followup},
    read_model::agenda::AgendaRow,
    text::Lang,
};

use super::virtual_list::{self, LoadedRows};

pub use state::{NARROW, State};
pub use view::draw;

/// What the pane is called.
pub const fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Agenda",
        Lang::Zh => "日程",
    }
}

/// The agenda as it was read.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Its places by section, then by time, and rows.
    pub read: LoadedRows<AgendaRow>,
    /// The first day of the week.
    pub week_start: Weekday,
}

impl virtual_list::ListRow for AgendaRow {
    const KIND: KindId = followup::ID;

    fn id(&self) -> RecordId {
        self.id
    }

    fn name(&self) -> &str {
        &self.title
    }

    fn customer(&self) -> Option<RecordId> {
        self.customer.as_ref().map(|(id, _)| *id)
    }
}
