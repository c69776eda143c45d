//! The pipeline as a board: deals as cards in the columns of their stages.

mod card;
mod moving;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

use crate::{
    read_model::board::{Board, Card},
    text::Lang,
};

use super::{
    Action,
    question::{PaneQuery, RowWindow},
};

pub use moving::MoveTarget;
pub use state::State;
pub use view::draw;

/// What the pane is called.
pub const fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Pipeline",
        Lang::Zh => "销售看板",
    }
}

/// A board as it was read.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// To which question this is the answer.
    pub question: PaneQuery,
    /// The board; nothing where there is no pipeline.
    pub board: Option<Board>,
    /// The cards that were read of each column of an open stage: the place of the first, and those after it.
    pub cards: Vec<(usize, Vec<Card>)>,
    /// Whose it is.
    pub whose: String,
    /// The numbers of all pipelines, in their order.
    pub pipelines: Vec<u64>,
}
