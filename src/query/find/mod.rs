//! Records of all kinds that hold some words, the likeliest first.
//!
//! A word is found as the filter language finds it: folded, as pinyin in names, as digits in telephone numbers. One
//! pass over the rows of a kind, by several threads where there are many; an index of words would name the rows to
//! [`Search::look`] instead of all of them.

use std::{borrow::Cow, cmp::Reverse, ops::ControlFlow};

use rayon::prelude::*;

use crate::{
    domain::{FieldDef, Kind, RecordId, Row, activity, common, contact, customer, deal, followup, ticket},
    error::Result,
    store::Reader,
    text::fold_cow,
};

use super::{
    filter::WordTest,
    grid::{Cell, Column, Grid, Sink},
    names::Names,
};

mod excerpt;

/// The kinds of record that are searched.
pub static SEARCHED: &[&Kind] =
    &[&customer::KIND, &contact::KIND, &deal::KIND, &followup::KIND, &ticket::KIND, &activity::KIND];

/// Which records to show of those that are found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window {
    /// Without the first so many.
    pub offset: usize,
    /// At most so many.
    pub limit: Option<usize>,
}

/// The records that hold all the words: id, kind, name, and where the first word was found that the name does not hold.
pub fn find<'a>(words: &'a [&'a str], window: Window, names: &'a Names<'a>) -> Grid<'a> {
    let columns = vec![
        Column::new("id", "ID", "编号"),
        Column::new("kind", "Kind", "类别"),
        Column::new("name", "Name", "名称"),
        Column::new("field", "Found in", "匹配字段"),
        Column::new("text", "Text", "匹配内容"),
    ];
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        let reader = names.reader();
        let most = window.limit.map(|limit| limit.saturating_add(window.offset));
        let mut found = Best::of(most);
        let named = named(&reader, words)?;
        if let Some(id) = named {
            found.push(Hit { rank: Rank::Id, recent: Reverse(0), id, field: None });
        }
        let searches: Vec<Search> = SEARCHED.iter().map(|kind| Search::new(kind, words)).collect();
        for search in &searches {
            // The record that was named stands first already.
            let hits = search.run(&reader, most)?.into_iter().filter(|hit| Some(hit.id) != named);
            hits.for_each(|hit| found.push(hit));
        }
        for hit in found.sorted().into_iter().skip(window.offset) {
            let search = searches.iter().find(|search| search.kind.id == hit.id.kind);
            if give(&reader, names, search, hit, sink)?.is_break() {
                break;
            }
        }
        Ok(())
    });
    Grid { root: "records", kind: None, columns, rows, parts: None, names }
}

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
    search: Option<&Search>,
    hit: Hit,
    sink: &mut Sink<'_>,
) -> Result<ControlFlow<()>> {
    let kind = crate::store::kind_of(hit.id)?;
    let text = match (search, hit.field) {
        (Some(search), Some(def)) => reader.with_row(hit.id, |row| excerpt::of(def, row, &search.words))?.flatten(),
        _ => None,
    };
    let (field, en, zh) = hit.field.map_or(("id", "ID", "编号"), |def| (def.code, def.en, def.zh));
    let words = |code: &'static str, en: &'static str, zh: &'static str| Cell::Words {
        code: code.into(),
        en: en.into(),
        zh: zh.into(),
    };
    sink(&[
        Cell::Id(hit.id),
        words(kind.noun, kind.en, kind.zh),
        Cell::Text(Cow::Owned(names.of(hit.id)?)),
        words(field, en, zh),
        Cell::Text(Cow::Owned(text.unwrap_or_else(|| hit.id.to_string()))),
    ])
}

/// How well the words fit, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// They are the id.
    Id,
    /// They are the name.
    Exact,
    /// The name begins with them.
    Prefix,
    /// Each begins a word of the name.
    WordStart,
    /// They are somewhere.
    Inside,
}

/// A record that was found. What is better is less.
#[derive(Clone, Copy, Debug)]
struct Hit {
    rank: Rank,
    recent: Reverse<i64>,
    id: RecordId,
    field: Option<&'static FieldDef>,
}

impl Hit {
    const fn key(&self) -> (Rank, Reverse<i64>, RecordId) {
        (self.rank, self.recent, self.id)
    }
}

/// The best hits, no more than are wanted.
struct Best {
    hits: Vec<Hit>,
    most: Option<usize>,
}

/// So many hits may be held beyond those that are wanted before the worst are let go.
const SLACK: usize = 1024;

impl Best {
    const fn of(most: Option<usize>) -> Self {
        Self { hits: Vec::new(), most }
    }

    fn push(&mut self, hit: Hit) {
        self.hits.push(hit);
        if let Some(most) = self.most
            && self.hits.len() >= most.saturating_mul(2).saturating_add(SLACK)
        {
            self.hits.select_nth_unstable_by_key(most, Hit::key);
            self.hits.truncate(most);
        }
    }

    fn sorted(mut self) -> Vec<Hit> {
        self.hits.sort_unstable_by_key(Hit::key);
        self.hits.truncate(self.most.unwrap_or(usize::MAX));
        self.hits
    }
}

/// From this many records on, several threads look through them.
const MANY: u64 = 20_000;
/// So many records are looked through at a time.
const PART: u64 = 16_384;
/// More fields than a kind searches.
const FIELDS: usize = 16;

/// Words looked for in the records of one kind.
struct Search {
    kind: &'static Kind,
    words: Vec<WordTest>,
    /// All the words in a row, folded.
    whole: String,
    /// The searched fields, by rising tag, the name among them.
    fields: Vec<&'static FieldDef>,
}

impl Search {
    fn new(kind: &'static Kind, words: &[&str]) -> Self {
        let words: Vec<WordTest> = words.iter().map(|word| WordTest::new(kind, word)).collect();
        let whole = words.iter().map(WordTest::folded).collect::<Vec<_>>().join(" ");
        let mut fields = words.first().map(|word| word.fields().to_vec()).unwrap_or_default();
        fields.sort_unstable_by_key(|def| def.tag);
        fields.truncate(FIELDS);
        Self { kind, words, whole, fields }
    }

    /// The records of the kind that hold the words; of many, those that are wanted at most, the best.
    fn run(&self, reader: &Reader<'_>, most: Option<usize>) -> Result<Vec<Hit>> {
        let last = reader.last_num(self.kind.id)?;
        match reader.shared() {
            Some(snapshot) if last >= MANY => {
                let parts: Vec<Vec<Hit>> = (0..=last / PART)
                    .into_par_iter()
                    .map(|part| self.part(&Reader::of(snapshot), part * PART, (part + 1) * PART, most))
                    .collect::<Result<_>>()?;
                Ok(parts.into_iter().flatten().collect())
            }
            _ => self.part(reader, 0, u64::MAX, most),
        }
    }

    fn part(&self, reader: &Reader<'_>, from: u64, end: u64, most: Option<usize>) -> Result<Vec<Hit>> {
        let mut best = Best::of(most);
        reader.rows(self.kind.id, from, false, &mut |num, row| {
            if num >= end {
                return ControlFlow::Break(());
            }
            if let Some(hit) = self.look(num, row) {
                best.push(hit);
            }
            ControlFlow::Continue(())
        })?;
        Ok(best.sorted())
    }

    /// Whether a record holds all the words, how well, and where.
    fn look(&self, num: u64, row: Row<'_>) -> Option<Hit> {
        let mut stored = [None; FIELDS];
        let mut wanted = self.fields.iter().enumerate().peekable();
        for (tag, bytes) in row.raw_fields() {
            while wanted.next_if(|(_, def)| def.tag < tag).is_some() {}
            match wanted.next_if(|(_, def)| def.tag == tag) {
                Some((at, _)) => stored[at] = Some(bytes),
                None if wanted.peek().is_none() => break,
                None => {}
            }
        }
        let name = self.fields.iter().position(|def| def.name)?;
        let mut field = self.fields[name];
        for word in &self.words {
            let holds = |at: usize| stored[at].is_some_and(|bytes| word.passes_field(self.fields[at], bytes));
            if !holds(name) {
                let found = self.fields[(0..self.fields.len()).find(|at| *at != name && holds(*at))?];
                if field.name {
                    field = found;
                }
            }
        }
        let named = std::str::from_utf8(stored[name].unwrap_or_default()).unwrap_or_default();
        let rank = if field.name { self.rank(named) } else { Rank::Inside };
        let recent = Reverse(row.get(common::UPDATED).map_or(0, |at| at.0));
        Some(Hit { rank, recent, id: RecordId::new(self.kind.id, num), field: Some(field) })
    }

    /// How well the words fit a name that holds them all.
    fn rank(&self, name: &str) -> Rank {
        let folded = fold_cow(name);
        if *folded == *self.whole {
            Rank::Exact
        } else if folded.starts_with(&self.whole) {
            Rank::Prefix
        } else if self.words.iter().all(|word| begins_word(&folded, word.folded())) {
            Rank::WordStart
        } else {
            Rank::Inside
        }
    }
}

/// Whether a word of the name begins with this one; what is not there as it is was found by its sound, which begins
/// at a syllable.
fn begins_word(name: &str, word: &str) -> bool {
    let mut found = false;
    for (at, _) in name.match_indices(word) {
        if name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()) {
            return true;
        }
        found = true;
    }
    !found
}
