//! Links to tickets that have been merged: they lead to the ticket that stands for them.

use super::{
    RecordId,
    field::Field,
    rules::{Draft, Effect, RuleContext},
    ticket,
    types::Link,
};
use crate::error::Result;
use crate::text::{Said, said};

/// What is newly linked to a merged ticket goes to the one that stands for it.
///
/// # Errors
/// What the store says.
pub fn link_to_standing(draft: &mut Draft<'_>, context: &RuleContext<'_>, link: Field<Link>) -> Result<()> {
    let Some(named) = draft.get(link).filter(|_| draft.changed(link)) else { return Ok(()) };
    let to = ticket::standing_for(named, context.lookup)?;
    if to != named {
        draft.set(link, to);
        context.then(Effect::Remark(goes_to(named, to)));
    }
    Ok(())
}

/// The remark that something lands on another ticket than the one that was named.
pub fn goes_to(named: u64, to: u64) -> Said {
    let (named, to) = (RecordId::new(ticket::ID, named), RecordId::new(ticket::ID, to));
    said!("{named} has been merged into {to}; this goes to {to}", "{named} 已合并到 {to}，此项记入 {to}")
}
