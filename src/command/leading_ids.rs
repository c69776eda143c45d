//! Verbs on several records in one step: ids that stand in a row at the head of the words.

use crate::{
    domain::{Kind, RecordId},
    error::Result,
};

use super::{assignments::finder, op::Invocation};

/// The records that a verb is about, the first word and the ids of the same kind that follow it, and the words behind
/// them. Only an id with its letters is taken for one more, so that words may begin with a number.
///
/// # Errors
/// `NotFound` and `Ambiguous` for the first word.
pub fn several<'w>(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    words: &[&'w str],
) -> Result<(Vec<RecordId>, Vec<&'w str>)> {
    let (first, rest) = words.split_first().map_or(("", words), |(first, rest)| (*first, rest));
    let finder = finder(ask, None);
    let mut ids = vec![finder.find(Some(kind), first)?];
    let more = rest.iter().take_while(|word| RecordId::parse(word, None).is_some_and(|id| id.kind == kind.id));
    for word in more {
        let id = finder.find(Some(kind), word)?;
        ids.extend((!ids.contains(&id)).then_some(id));
    }
    let behind = rest.iter().skip_while(|word| RecordId::parse(word, None).is_some_and(|id| id.kind == kind.id));
    Ok((ids, behind.copied().collect()))
}
