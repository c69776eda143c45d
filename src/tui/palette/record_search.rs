//! Records that a word may mean, asked of the store.

use crate::{
    commit::Context,
    domain::{Kind, RecordId, contact, customer, deal, followup, ticket, user},
    error::Result,
    query::{
        filter::{Filter, Node, WordTest},
        names::Names,
        select::{Order, Query},
    },
    store::Reader,
    text::{narrow, scrub},
};

use super::{
    offers::FoundRecords,
    words::{RecordQuery, is_small},
};

/// So many are offered.
const OFFERED: usize = 8;
/// So many that hold the word are put in order.
const ORDERED: usize = 60;

/// The records that hold what is typed, the likeliest first.
///
/// # Errors
/// What the store says.
pub fn seek(reader: Reader<'_>, context: &Context, to: RecordQuery) -> Result<FoundRecords> {
    let names = Names::new(reader, context.lang);
    let typed = to.text.trim_matches(['"', '\'']).rsplit([',', '，']).next().unwrap_or_default().trim();
    let schema = reader.schema();
    let wanted = to.kind.and_then(|kind| schema.kind(kind));
    let some: [&'static Kind; 5] = [&customer::KIND, &contact::KIND, &deal::KIND, &ticket::KIND, &followup::KIND];
    let kinds: Vec<&'static Kind> = match wanted {
        Some(kind) => vec![kind],
        None => some.map(|kind| schema.table(kind)).to_vec(),
    };
    let mut found = Vec::new();
    if let Some(id) = RecordId::parse(typed, wanted)
        && kinds.iter().any(|kind| kind.id == id.kind)
        && reader.held(id)?.is_some()
    {
        found.push((None, id, scrub(&names.of(id)?).into_owned()));
    }
    for kind in kinds.iter().copied().filter(|kind| is_small(kind.id)) {
        let query = Query { lang: context.lang, ..Query::new(Filter::all(kind)) };
        for num in query.numbers(&reader)? {
            let id = RecordId::new(kind.id, num);
            let name = scrub(&names.of(id)?).into_owned();
            let login = if kind.id == user::ID { names.login(id)? } else { String::new() };
            let fit = narrow(typed, &name).into_iter().chain(narrow(typed, &login)).min();
            found.extend(fit.map(|fit| (Some(fit), id, name)));
        }
    }
    for kind in kinds.into_iter().filter(|kind| !typed.is_empty() && !is_small(kind.id)) {
        let filter = Filter::new(kind, Node::Words(WordTest::new(kind, typed)));
        let mut query = Query { limit: Some(ORDERED), lang: context.lang, ..Query::new(filter) };
        query.sort.push(Order::parse("-id", kind, reader.schema())?);
        for num in query.numbers(&reader)? {
            let id = RecordId::new(kind.id, num);
            let name = scrub(&names.of(id)?).into_owned();
            found.push((narrow(typed, &name).map(Some).unwrap_or(None), id, name));
        }
    }
    found.sort_by_key(|(fit, ..)| (fit.is_none(), *fit));
    found.dedup_by_key(|(_, id, _)| *id);
    Ok(FoundRecords { to, records: found.into_iter().take(OFFERED).map(|(_, id, name)| (id, name)).collect() })
}
