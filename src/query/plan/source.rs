//! What an index can say about one test.

use std::fmt;

use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, bytes},
    error::Result,
    query::filter::{Filter, Node, Ranges},
    store::Reader,
};

use super::{
    Plan,
    keys::Keys,
    passing,
    text::{Postings, TextTest},
};

/// Linked records are looked up beforehand if they are so few.
const MOST_LINKED: u64 = 20_000;

/// Where the numbers of a test's records come from.
#[derive(Debug)]
pub enum Source {
    /// From the test itself.
    Ids(Ranges, u64),
    /// From an index.
    Keys(Keys),
    /// From an index of texts.
    Text(Box<dyn Postings>),
    /// From several.
    Union(Vec<Source>),
    /// From the links of records that link here.
    Targets { from: KindId, link: &'static FieldDef, numbers: Vec<u64> },
}

/// The source of the records that may pass a test, if an index can tell.
pub fn of(reader: &Reader<'_>, kind: &'static Kind, node: &Node) -> Result<Option<Source>> {
    if let Some(test) = TextTest::of(node) {
        return Ok(test.postings(reader, kind)?.map(Source::Text));
    }
    Ok(match node {
        Node::Ids(ranges) => Some(Source::Ids(ranges.clone(), reader.last_num(kind.id)?)),
        Node::Field(def, check) => Keys::of(kind.id, def, check).map(Source::Keys),
        Node::Link(def, inner) if def.indexed() => {
            few(reader, inner)?.and_then(|targets| Keys::linking(kind.id, def, &targets)).map(Source::Keys)
        }
        Node::Linked { link, inner } => few(reader, inner)?.map(|numbers| {
            let from = inner.kind().id;
            Source::Targets { from, link, numbers }
        }),
        Node::Any(nodes) => {
            let mut sources = Vec::new();
            for node in nodes {
                match of(reader, kind, node)? {
                    Some(source) => sources.push(source),
                    None => return Ok(None),
                }
            }
            Some(Source::Union(sources))
        }
        Node::All(nodes) => {
            for node in nodes {
                if let Some(mut source) = of(reader, kind, node)? {
                    source.loosen();
                    return Ok(Some(source));
                }
            }
            None
        }
        Node::Link(..) | Node::Not(_) | Node::Words(_) => None,
    })
}

/// The records that pass the filter at the other end of a link, if they are found by an index and few.
fn few(reader: &Reader<'_>, inner: &Filter) -> Result<Option<Vec<u64>>> {
    let plan = Plan::new(reader, inner)?;
    if plan.estimate(reader)? > MOST_LINKED {
        return Ok(None);
    }
    passing(reader, inner, plan.candidates(reader)?).map(Some)
}

impl Source {
    /// Whether every record passes that it names.
    pub fn is_exact(&self) -> bool {
        match self {
            Self::Keys(keys) => keys.exact,
            Self::Text(postings) => postings.is_exact(),
            Self::Union(sources) => sources.iter().all(Self::is_exact),
            Self::Ids(..) | Self::Targets { .. } => false,
        }
    }

    /// Says that it answers a part of a test only.
    fn loosen(&mut self) {
        match self {
            Self::Keys(keys) => keys.exact = false,
            Self::Union(sources) => sources.iter_mut().for_each(Self::loosen),
            Self::Text(postings) => postings.loosen(),
            Self::Ids(..) | Self::Targets { .. } => {}
        }
    }

    /// How many keys are to be read, counted up to a limit.
    pub fn size(&self, reader: &Reader<'_>, limit: u64) -> Result<u64> {
        match self {
            Self::Ids(ranges, last) => {
                Ok(within(ranges, *last).map(|(from, to)| to - from + 1).sum::<u64>().min(limit))
            }
            Self::Keys(keys) => keys.count(reader, limit),
            Self::Text(postings) => postings.size(reader, limit),
            Self::Union(sources) => {
                let mut size: u64 = 0;
                for source in sources {
                    size = size.saturating_add(source.size(reader, limit)?);
                    if size >= limit {
                        break;
                    }
                }
                Ok(size.min(limit))
            }
            Self::Targets { numbers, .. } => Ok((numbers.len() as u64).min(limit)),
        }
    }

    /// The numbers of its records, in rising order; `None` beyond a limit.
    pub fn numbers(&self, reader: &Reader<'_>, limit: u64) -> Result<Option<Vec<u64>>> {
        match self {
            Self::Ids(ranges, last) if self.size(reader, limit)? < limit => {
                Ok(Some(within(ranges, *last).flat_map(|(from, to)| from..=to).collect()))
            }
            Self::Ids(..) => Ok(None),
            Self::Keys(keys) => keys.numbers(reader, limit),
            Self::Text(postings) => postings.numbers(reader, limit),
            Self::Union(sources) => {
                let mut numbers = Vec::new();
                for source in sources {
                    match source.numbers(reader, limit)? {
                        Some(more) => numbers.extend(more),
                        None => return Ok(None),
                    }
                }
                numbers.sort_unstable();
                numbers.dedup();
                Ok(Some(numbers))
            }
            Self::Targets { from, link, numbers } => {
                let mut targets = Vec::with_capacity(numbers.len());
                for num in numbers {
                    let target = reader
                        .with_row(RecordId::new(*from, *num), |row| row.raw(link.tag).and_then(bytes::unsigned))?;
                    targets.extend(target.flatten());
                }
                targets.sort_unstable();
                targets.dedup();
                Ok(Some(targets))
            }
        }
    }
}

/// The ranges as numbers that records can have.
fn within(ranges: &Ranges, last: u64) -> impl Iterator<Item = (u64, u64)> + '_ {
    ranges.iter().filter_map(move |(from, to)| {
        let (from, to) = (u64::try_from(from.max(1)).ok()?, u64::try_from(to).ok()?.min(last));
        (from <= to).then_some((from, to))
    })
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ids(..) => f.write_str("ids"),
            Self::Keys(keys) => write!(f, "index {}", keys.def.code),
            Self::Text(_) => f.write_str("text index"),
            Self::Union(sources) => {
                for (at, source) in sources.iter().enumerate() {
                    write!(f, "{}{source}", if at > 0 { " or " } else { "" })?;
                }
                Ok(())
            }
            Self::Targets { link, .. } => write!(f, "links back by {}", link.code),
        }
    }
}
