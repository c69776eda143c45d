//! What an index can say about one test.

use crate::{
    domain::{FieldDef, Kind, RecordId},
    error::Result,
    query::{
        candidates::CandidateSet,
        filter::{Filter, Node, Ranges},
    },
    store::Reader,
    text::{Lang, Said, said},
};

use super::{QueryPlan, Wanted, keys::IndexKeys, text::TextTest};

/// Linked records are looked up beforehand if they are so few, or few beside those that may link to them.
const FEW_LINKED: u64 = 20_000;
const LINKED_SHARE: u64 = 8;

/// Where the numbers of a test's records come from.
#[derive(Debug)]
pub enum Source {
    /// From the test itself.
    Ids(Ranges, u64),
    /// From an index.
    Keys(IndexKeys),
    /// From an index of texts.
    Text(CandidateSet),
    /// From several, of which one is enough.
    Union(Vec<Source>),
    /// From several, all of which have them; whether they are all that is asked.
    Both(Vec<Source>, bool),
    /// From the links of records that link here.
    Targets { from: &'static Kind, link: &'static FieldDef, numbers: Vec<u64> },
}

/// The source of the records that may pass a test, if an index can tell.
pub fn of(reader: &Reader<'_>, kind: &'static Kind, node: &Node) -> Result<Option<Source>> {
    if let Some(test) = TextTest::of(node) {
        return Ok(test.found(reader, kind)?.map(Source::Text));
    }
    Ok(match node {
        Node::Ids(ranges) => Some(Source::Ids(ranges.clone(), reader.last_num(kind.id)?)),
        Node::Field(def, check) => IndexKeys::of(kind.id, def, check).map(Source::Keys),
        Node::Link(def, inner) if def.indexed() => {
            let few = FEW_LINKED.max(reader.total(kind.id)? / LINKED_SHARE);
            let targets = numbers_of_few(reader, inner, few)?;
            targets.and_then(|targets| IndexKeys::linking(kind.id, def, &targets)).map(Source::Keys)
        }
        Node::Linked { link, inner } => {
            let few = FEW_LINKED.max(reader.total(kind.id)? / LINKED_SHARE);
            let from = inner.kind();
            numbers_of_few(reader, inner, few)?.map(|numbers| Source::Targets { from, link, numbers })
        }
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
            let mut sources = Vec::new();
            for node in nodes {
                sources.extend(of(reader, kind, node)?);
            }
            let all = sources.len() == nodes.len();
            (!sources.is_empty()).then_some(Source::Both(sources, all))
        }
        Node::Link(..) | Node::Not(_) | Node::Words(_) => None,
    })
}

/// The records that pass the filter at the other end of a link, if they are found by an index and few.
fn numbers_of_few(reader: &Reader<'_>, inner: &Filter, few: u64) -> Result<Option<Vec<u64>>> {
    let plan = QueryPlan::new(reader, inner, Wanted::ALL)?;
    if plan.estimate(reader)? > few {
        return Ok(None);
    }
    super::numbers_by(reader, inner, &plan).map(Some)
}

impl Source {
    /// Whether every record passes that it names.
    pub fn is_exact(&self) -> bool {
        match self {
            Self::Keys(keys) => keys.is_exact(),
            Self::Text(found) => found.hits().iter().all(|hit| hit.is_sure()),
            Self::Union(sources) => sources.iter().all(Self::is_exact),
            Self::Both(sources, all) => *all && sources.iter().all(Self::is_exact),
            Self::Ids(..) | Self::Targets { .. } => false,
        }
    }

    /// How many keys are to be read, counted up to a limit.
    pub fn size(&self, reader: &Reader<'_>, limit: u64) -> Result<u64> {
        match self {
            Self::Ids(ranges, last) => {
                Ok(within(ranges, *last).map(|(from, to)| to - from + 1).sum::<u64>().min(limit))
            }
            Self::Keys(keys) => keys.count(reader, limit),
            Self::Text(found) => Ok((found.hits().len() as u64).min(limit)),
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
            Self::Both(sources, _) => {
                let mut least = limit;
                for source in sources {
                    least = least.min(source.size(reader, least)?);
                }
                Ok(least)
            }
            Self::Targets { numbers, .. } => Ok((numbers.len() as u64).min(limit)),
        }
    }

    /// As [`size`](Self::size), and the records themselves where they were counted by reading all of them.
    pub fn measured(&self, reader: &Reader<'_>, limit: u64) -> Result<(u64, Option<CandidateSet>)> {
        match self {
            Self::Keys(_) => {
                let found = self.found(reader, limit)?;
                Ok((found.as_ref().map_or(limit, |found| found.hits().len() as u64), found))
            }
            _ => Ok((self.size(reader, limit)?, None)),
        }
    }

    /// Its records; `None` where they take more keys than the limit.
    pub fn found(&self, reader: &Reader<'_>, limit: u64) -> Result<Option<CandidateSet>> {
        match self {
            Self::Ids(ranges, last) if self.size(reader, limit)? < limit => {
                Ok(Some(CandidateSet::of(within(ranges, *last).flat_map(|(from, to)| from..=to), false)))
            }
            Self::Ids(..) => Ok(None),
            Self::Keys(keys) => {
                Ok(keys.numbers(reader, limit)?.map(|numbers| CandidateSet::of(numbers, keys.is_exact())))
            }
            Self::Text(found) => Ok(((found.hits().len() as u64) < limit).then(|| found.clone())),
            Self::Union(sources) => {
                let mut found = CandidateSet::default();
                for source in sources {
                    match source.found(reader, limit)? {
                        Some(more) => found.add(more),
                        None => return Ok(None),
                    }
                }
                found.tidy();
                Ok(Some(found))
            }
            Self::Both(sources, all) => {
                let mut found: Option<CandidateSet> = None;
                let mut left_out = !*all;
                for source in sources {
                    match (source.found(reader, limit)?, &mut found) {
                        (Some(more), Some(found)) => found.intersect(&more),
                        (more @ Some(_), None) => found = more,
                        (None, _) => left_out = true,
                    }
                }
                if let Some(found) = found.as_mut().filter(|_| left_out) {
                    found.doubt();
                }
                Ok(found)
            }
            Self::Targets { from, link, numbers } => {
                let mut targets = Vec::with_capacity(numbers.len());
                for num in numbers {
                    let id = RecordId::new(from.id, *num);
                    reader.with_row(id, |row| targets.extend(row.links(link)))?;
                }
                Ok(Some(CandidateSet::of(targets, false)))
            }
        }
    }

    /// What it is, in words.
    pub fn said(&self) -> Said {
        let join = |sources: &[Self], en: &str, zh: &str| {
            let all: Vec<Said> = sources.iter().map(Self::said).collect();
            let side = |lang, word: &str| all.iter().map(|said| said.get(lang)).collect::<Vec<_>>().join(word);
            Said::new(side(Lang::En, en), side(Lang::Zh, zh))
        };
        match self {
            Self::Ids(..) => said!("the ids that are named", "所列编号"),
            Self::Keys(keys) => said!("index {}", "索引 {}", keys.name()),
            Self::Text(_) => said!("the text index", "文本索引"),
            Self::Union(sources) if sources.is_empty() => said!("nothing", "空集"),
            Self::Union(sources) => join(sources, " or ", " 或 "),
            Self::Both(sources, _) => join(sources, " and ", " 且 "),
            Self::Targets { from, link, .. } => {
                let (en, zh) = (from.plural, from.zh);
                said!(("the links of {en} by {}", link.code), ("{zh}的关联字段“{}”", link.zh))
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
