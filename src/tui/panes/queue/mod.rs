//! The queue: open tickets by the time that is left.

pub mod conversation;
#[cfg(test)]
mod tests;
mod view;

use crate::{
    domain::{KindId, RecordId, ticket},
    read_model::queue::{QueueRow, breached_of},
    text::Lang,
};

use super::{
    Action,
    question::{PaneQuery, RowWindow},
    virtual_list::{self, LoadedRows, VirtualList, lines_in},
};

pub use view::draw;

/// What the pane is called.
pub const fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Tickets",
        Lang::Zh => "工单",
    }
}

/// The queue as it was read.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Its places and rows, the one with the least time left first.
    pub read: LoadedRows<QueueRow>,
    /// How many of them are over their limit.
    pub breached: usize,
}

impl virtual_list::ListRow for QueueRow {
    const KIND: KindId = ticket::ID;

    fn id(&self) -> RecordId {
        self.id
    }

    fn name(&self) -> &str {
        &self.subject
    }

    fn customer(&self) -> Option<RecordId> {
        self.customer.as_ref().map(|(id, _)| *id)
    }
}

/// What the pane knows.
#[derive(Clone, Debug)]
pub struct State {
    /// Which tickets it shows.
    pub question: PaneQuery,
    /// The list.
    pub list: VirtualList<QueueRow>,
}

impl Default for State {
    fn default() -> Self {
        Self { question: PaneQuery::default(), list: VirtualList::new(false) }
    }
}

impl State {
    /// Takes what was read, unless something else is asked for by now.
    pub fn loaded(&mut self, rows: Rows) {
        if rows.read.question == self.question {
            self.list.take(rows.read, rows.breached);
        }
    }

    /// Acts in a pane of this height; whether anything is different now.
    pub fn update(&mut self, action: Action, height: u16) -> bool {
        self.list.act(action, lines_in(height, true))
    }

    /// The row at a line of a pane of this height.
    pub fn hit(&self, line: u16, height: u16) -> Option<usize> {
        self.list.hit(line, height, true)
    }

    /// What has to be read so that all that is seen is there.
    pub fn missing(&self, height: u16) -> Option<RowWindow> {
        self.list.missing(lines_in(height, true))
    }

    /// What is read when everything is read again.
    pub fn window(&self, height: u16) -> RowWindow {
        self.list.window(lines_in(height, true))
    }

    /// How many tickets are over their limit at a time.
    pub fn breached(&self, now: crate::domain::Instant) -> usize {
        breached_of(&self.list.read.order, now)
    }
}
