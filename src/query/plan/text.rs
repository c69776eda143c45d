//! What an index of texts can say about a test of text.

use std::fmt;

use crate::{
    domain::{FieldDef, Kind},
    error::Result,
    query::filter::{Check, Node, WordTest},
    store::Reader,
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

    /// The records that may pass it; `None` where no index of texts can tell, or too short a text makes it useless.
    pub fn postings(self, _reader: &Reader<'_>, _kind: &'static Kind) -> Result<Option<Box<dyn Postings>>> {
        Ok(None)
    }
}
