//! What an index of texts can say about a test of text.

use crate::{
    domain::{FieldDef, Kind},
    error::Result,
    query::{
        candidates::CandidateSet,
        filter::{Check, Node, WordTest},
    },
    store::{
        Reader,
        search::{ListReader, WordQuery},
    },
};

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
    pub fn found(self, reader: &Reader<'_>, kind: &'static Kind) -> Result<Option<CandidateSet>> {
        let asked = match self {
            Self::Words(words) => words.asked(),
            Self::Contains(def, part) => Some(def).filter(|def| is_searched(def)).and_then(|_| WordQuery::text(part)),
        };
        let Some(asked) = asked else { return Ok(None) };
        let Some(lookup) = ListReader::new(*reader, kind.id)? else { return Ok(None) };
        let found = lookup.find(&asked)?;
        // That one of the fields holds it does not say which.
        let mut all = CandidateSet::of(found.sure, matches!(self, Self::Words(_)));
        all.add(CandidateSet::of(found.perhaps, false));
        all.tidy();
        Ok(Some(all))
    }
}

/// Whether the grams of a field stand in the lists.
const fn is_searched(def: &FieldDef) -> bool {
    (def.search || def.name) && !def.derived
}
