//! Records of all kinds that hold some words, the likeliest first.
//!
//! A word is found as the filter language finds it: folded, as pinyin in names, as digits in telephone numbers. The
//! lists of the store name the records to look at, `search` asks their rows, `tiers` finds the best of very many
//! without reading them all. Where the lists cannot tell, one pass over the rows does.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::{Kind, RecordId, Schema, Type, user},
    error::Result,
    store::Reader,
};

use super::{
    grid::{Cell, Column, Grid, Sink},
    names::Names,
};
use best::{Best, Hit, Rank};
use search::Search;

mod best;
mod excerpt;
mod narrow;
mod search;
#[cfg(test)]
mod tests;
mod tiers;

pub use narrow::{Narrowed, narrow};

/// The kinds of record that are searched: those with fields of their own that free words look into. What is a part of a
/// record is found in it, not beside it; a user is who looks.
fn searched(schema: &Schema) -> impl Iterator<Item = &'static Kind> {
    let kinds = schema.kinds().iter().copied();
    kinds.filter(|kind| kind.id != user::ID && !kind.is_part() && kind.fields.iter().any(|def| def.search))
}

/// Which records to show of those that are found.
#[derive(Clone, Copy, Debug, Default)]
pub struct FoundPage {
    /// Without the first so many.
    pub offset: usize,
    /// At most so many.
    pub limit: Option<usize>,
}

/// The records that hold all the words: id, kind, name, and where the first word was found that the name does not hold.
///
/// `fuzzy` forgives one typing error in each word, and names that only sound alike; what has none comes first.
pub fn find<'a>(words: &'a [&'a str], fuzzy: bool, window: FoundPage, names: &'a Names<'a>) -> Grid<'a> {
    let columns = vec![
        Column::new("id", "ID", "编号"),
        Column::new("kind", "Kind", "类别"),
        Column::new("name", "Name", "名称").main(),
        Column::new("field", "Found in", "匹配字段"),
        Column::new("text", "Text", "匹配内容"),
    ];
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        let reader = names.reader();
        let most = window.limit.map(|limit| limit.saturating_add(window.offset));
        let mut found = Best::of(most);
        let named = named(&reader, words)?;
        if let Some(id) = named {
            found.push(Hit::new(Rank::Id, 0, id, None));
        }
        let new = |kind: &'static Kind| Search::new(kind, words, None).with_families();
        let new = |kind| if fuzzy { new(kind).fuzzy() } else { new(kind) };
        let searches: Vec<Search> = searched(reader.schema()).map(new).collect();
        for search in &searches {
            // The record that was named stands first already.
            let mut hits = search.run(&reader, most)?;
            hits.retain(|hit| Some(hit.id()) != named);
            found.take(hits);
        }
        for hit in found.sorted().into_iter().skip(window.offset) {
            let search = searches.iter().find(|search| search.kind.id == hit.id().kind);
            if give(&reader, names, search, hit, sink)?.is_break() {
                break;
            }
        }
        Ok(())
    });
    Grid { root: "records", columns, rows, parts: None, names }
}

/// Records of these kinds that hold some words in a name, a number or an address, the likeliest first: what may have been
/// meant by a name that none has.
///
/// # Errors
/// What the store says.
pub fn named_like(reader: &Reader<'_>, kinds: &[&'static Kind], words: &str, most: usize) -> Result<Vec<RecordId>> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut found = Best::of(Some(most));
    for kind in kinds.iter().filter(|kind| !words.is_empty() && kind.name_field().search) {
        let mut hits = Search::new(kind, &words, None).with_families().run(reader, Some(LOOKED_AT))?;
        hits.retain(|hit| hit.field(reader.schema()).is_some_and(|def| def.ty != Type::LongText));
        found.take(hits);
    }
    Ok(found.sorted().into_iter().map(|hit| hit.id()).collect())
}

/// So many records are looked at for a name that may have been meant.
const LOOKED_AT: usize = 50;

/// The record whose id the one word is. Without its dash a word is text: `c4` is a grade of steel, too.
fn named(reader: &Reader<'_>, words: &[&str]) -> Result<Option<RecordId>> {
    let [word] = words else { return Ok(None) };
    match RecordId::parse(word, None).filter(|_| word.contains(['-', '－'])) {
        Some(id) => Ok(reader.with_row(id, |_| id)?),
        None => Ok(None),
    }
}

fn give(
    reader: &Reader<'_>,
    names: &Names<'_>,
    search: Option<&Search<'_>>,
    hit: Hit,
    sink: &mut Sink<'_>,
) -> Result<ControlFlow<()>> {
    let kind = reader.schema().kind_of(hit.id())?;
    let field = hit.field(reader.schema());
    let text = match (search, field) {
        (Some(search), Some(def)) => reader.with_row(hit.id(), |row| excerpt::of(def, row, search.asked()))?.flatten(),
        _ => None,
    };
    let (field, en, zh) = field.map_or(("id", "ID", "编号"), |def| (def.code, def.en, def.zh));
    let words = |code: &'static str, en: &'static str, zh: &'static str| Cell::Words {
        code: code.into(),
        en: en.into(),
        zh: zh.into(),
    };
    sink(&[
        Cell::Id(hit.id()),
        words(kind.noun, kind.en, kind.zh),
        Cell::Text(Cow::Owned(names.of(hit.id())?)),
        words(field, en, zh),
        Cell::Text(Cow::Owned(text.unwrap_or_else(|| hit.id().to_string()))),
    ])
}
