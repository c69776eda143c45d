//! What an index of texts can say about a test of text.

use std::fmt;

use crate::{
    domain::{FieldDef, Kind, RecordId},
    error::Result,
    query::filter::{Check, Node, WordTest},
    store::{
        Reader,
        search::{Asked, Lookup},
    },
};

/// Records that may hold a text, as an index of texts knows them.
pub trait Postings: fmt::Debug {
    /// How many entries are to be read, counted up to a limit.
    fn size(&self, reader: &Reader<'_>, limit: u64) -> Result<u64>;

    /// The numbers of the records, in rising order, each once; `None` beyond a limit.
    fn numbers(&self, reader: &Reader<'_>, limit: u64) -> Result<Option<Vec<u64>>>;

    /// Whether every one of them passes for certain, so that no row needs to be asked.
    fn is_exact(&self) -> bool {
        false
    }

    /// Says that they answer a part of a test only.
    fn loosen(&mut self);
}

/// A test of text.
#[derive(Debug, Clone, Copy)]
pub enum TextTest<'f> {
    /// One of the searched fields holds the text.
    Words(&'f WordTest),
    /// The field holds the folded text.
    Contains(&'static FieldDef, &'f str),
}

impl<'f> TextTest<'f> {
    /// The test that a node is, if it is one of text.
    pub fn of(node: &'f Node) -> Option<Self> {
        match node {
            Node::Words(words) => Some(Self::Words(words)),
            Node::Field(def, Check::Contains(part)) => Some(Self::Contains(def, part)),
            _ => None,
        }
    }

    /// The records that may pass it; `None` where no index of texts can tell.
    pub fn postings(self, reader: &Reader<'_>, kind: &'static Kind) -> Result<Option<Box<dyn Postings>>> {
        let asked = match self {
            Self::Words(words) => words.asked(),
            Self::Contains(def, part) => Some(def).filter(|def| is_searched(def)).and_then(|_| Asked::text(part)),
        };
        let Some(asked) = asked else { return Ok(None) };
        let Some(lookup) = Lookup::new(*reader, kind.id)? else { return Ok(None) };
        let mut found = lookup.find(&asked)?;
        let exact = match self {
            Self::Words(words) if found.perhaps.len() <= FEW.max(found.sure.len() / 4) => {
                keep_passing(reader, kind, words, &mut found.perhaps)?;
                true
            }
            _ => false,
        };
        Ok(Some(Box::new(Listed { numbers: found.all(), exact })))
    }
}

/// So few records that are not certain are asked at once, so that the others need not be.
const FEW: usize = 1_000;

/// Whether the grams of a field stand in the lists.
const fn is_searched(def: &FieldDef) -> bool {
    (def.search || def.name) && !def.derived
}

fn keep_passing(reader: &Reader<'_>, kind: &Kind, words: &WordTest, numbers: &mut Vec<u64>) -> Result<()> {
    let mut passing = Vec::with_capacity(numbers.len());
    for num in numbers.drain(..) {
        if reader.with_row(RecordId::new(kind.id, num), |row| words.passes(|def| row.raw(def.tag)))? == Some(true) {
            passing.push(num);
        }
    }
    *numbers = passing;
    Ok(())
}

/// Records that the lists name.
#[derive(Debug)]
struct Listed {
    numbers: Vec<u64>,
    exact: bool,
}

impl Postings for Listed {
    fn size(&self, _reader: &Reader<'_>, limit: u64) -> Result<u64> {
        Ok((self.numbers.len() as u64).min(limit))
    }

    fn numbers(&self, _reader: &Reader<'_>, limit: u64) -> Result<Option<Vec<u64>>> {
        Ok(((self.numbers.len() as u64) < limit).then(|| self.numbers.clone()))
    }

    fn is_exact(&self) -> bool {
        self.exact
    }

    fn loosen(&mut self) {
        self.exact = false;
    }
}
