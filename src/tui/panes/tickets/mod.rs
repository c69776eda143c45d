//! Tickets: the queue by the time that is left.

mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

use std::collections::{BTreeMap, btree_map::Entry};

use crate::{
    domain::{RecordId, user},
    error::Result,
    ops::Context,
    query::{
        names::Names,
        queue::{QueueRow, queue},
    },
    text::Lang,
};

use super::Wish;

pub use super::Action;
pub use state::State;
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
    /// The one with the least time left first.
    pub rows: Vec<QueueRow>,
    /// The logins of the agents.
    pub agents: BTreeMap<u64, String>,
    /// Whose it is; nothing for mine and unassigned ones.
    pub whose: Option<String>,
    /// The words that narrowed it.
    pub filter: String,
}

/// Reads the queue.
///
/// # Errors
/// What the store says.
pub fn load(names: &Names<'_>, context: &Context, wish: &Wish) -> Result<Rows> {
    let whose = &wish.whose;
    let owners = if whose.by_default { whose.owners.clone().and_nobody() } else { whose.owners.clone() };
    let mut rows = queue(names, &owners, context.now)?;
    let narrow = wish.narrow();
    if !narrow.is_open() {
        rows.retain(|row| narrow.keeps(&[&row.subject, row.customer.as_ref().map_or("", |(_, name)| name)]));
    }
    let mut agents = BTreeMap::new();
    for agent in rows.iter().filter_map(|row| row.owner) {
        if let Entry::Vacant(entry) = agents.entry(agent) {
            entry.insert(names.of(RecordId::new(user::ID, agent))?);
        }
    }
    let (en, zh) = &whose.said;
    let said = (!whose.by_default).then(|| context.lang.pick(en, zh).clone());
    Ok(Rows { rows, agents, whose: said, filter: wish.filter.clone() })
}
