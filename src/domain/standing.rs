//! Links to tickets that have been merged: they lead to the ticket that stands for them.

use super::{
    RecordId,
    field::Field,
    lookup::Lookup,
    rules::{Draft, Effect, RuleContext},
    ticket,
    types::Link,
};
use crate::{
    error::{Error, Result},
    text::{Said, said},
};

/// What is newly linked to a merged ticket, or comes back with such a link, goes to the one that stands for it.
///
/// # Errors
/// What the store says.
pub fn link_to_standing(draft: &mut Draft<'_>, context: &RuleContext<'_>, link: Field<Link>) -> Result<()> {
    let Some(named) = draft.get(link).filter(|_| draft.takes(link)) else { return Ok(()) };
    let to = ticket::standing_for(named, context.lookup)?;
    if to != named {
        draft.set(link, to);
        context.then(Effect::Remark(goes_to(named, to)));
    }
    Ok(())
}

/// Refuses what somebody newly links to a merged ticket when the one that would stand for it is in the trash: it would
/// land on the closed one.
///
/// # Errors
/// `Invalid` for such a ticket; what the store says.
pub fn leads_on(ticket: RecordId, lookup: &dyn Lookup) -> Result<()> {
    let into = lookup.record(ticket)?.and_then(|ticket| ticket.get(ticket::MERGED_INTO));
    let Some(into) = into.map(|num| RecordId::new(ticket::ID, num)) else { return Ok(()) };
    match lookup.record(into)? {
        Some(_) => Ok(()),
        None => Err(Error::invalid(said!(
            "{ticket} has been merged into {into}, which is in the trash",
            "{ticket} 已合并到 {into}，而 {into} 在回收站中"
        ))
        .hint(said!("crm restore {into} brings it back", "crm restore {into} 可恢复"))),
    }
}

/// The remark that something lands on another ticket than the one that was named.
pub fn goes_to(named: u64, to: u64) -> Said {
    let (named, to) = (RecordId::new(ticket::ID, named), RecordId::new(ticket::ID, to));
    said!("{named} has been merged into {to}; this goes to {to}", "{named} 已合并到 {to}，此项记入 {to}")
}
