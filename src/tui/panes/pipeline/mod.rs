//! The pipeline as a board: deals as cards in the columns of their stages.

mod card;
mod sift;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

use crate::{
    domain::pipeline,
    error::{Error, Result},
    ops::Context,
    query::{
        board::{Board, board},
        names::Names,
    },
    text::Lang,
};

use super::Wish;

pub use super::Action;
pub use state::State;
pub use view::draw;

/// A column holds so many cards; the rest is counted.
pub const CARDS: usize = 200;

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
    /// The board; nothing where there is no pipeline.
    pub board: Option<Board>,
    /// Whose it is.
    pub whose: String,
    /// The words that narrowed it.
    pub filter: String,
}

/// Reads a pipeline, the default one unless another is named by its number.
///
/// # Errors
/// `NotFound` where there is none; else what the store says.
pub fn load(names: &Names<'_>, context: &Context, wish: &Wish, pipeline: Option<u64>) -> Result<Rows> {
    let pipeline = match pipeline {
        Some(pipeline) => pipeline,
        None => pipeline::default_pipeline(&names.reader())?
            .ok_or_else(|| Error::not_found("There is no pipeline").hint("add one: pipeline add Sales"))?,
    };
    let narrow = wish.narrow();
    let limit = narrow.is_open().then_some(CARDS);
    let mut found = board(names, pipeline, &wish.whose.owners, (context.now, context.tz), limit)?;
    if !narrow.is_open() {
        for column in found.columns.iter_mut().filter(|column| column.is_open()) {
            sift::sift(column, &narrow, names.reader())?;
        }
    }
    let (en, zh) = &wish.whose.said;
    Ok(Rows { board: Some(found), whose: context.lang.pick(en, zh).clone(), filter: wish.filter.clone() })
}
