//! Rows of the file as they are kept: encoded fields one behind the other, links as the texts that name their targets.

use crate::domain::{Instant, Row};

/// A link that a row has, as the text that names its target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    /// Which of the mapping's targets.
    pub target: u16,
    /// The number of the text among those of the target's kind.
    pub text: u32,
}

/// Where a row's parts end within its chunk, and where it stood.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub line: u32,
    pub fields: u32,
    pub links: u32,
    /// How many bytes at the end of its note are from beside numbers and addresses.
    pub aside: u32,
    /// Whether a cell of it cannot be read.
    pub broken: bool,
}

/// What a row says that it is, where the file has ids of this program.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RowIdentity {
    /// The number of the record; 0 for none.
    pub num: u64,
    /// Whether it was in the trash.
    pub trashed: bool,
    /// Whether the time at which it was created is given to the minute only.
    pub to_the_minute: bool,
    /// The version of the record that was written; 0 where the file does not say.
    pub version: i64,
    /// When the record was changed last by then, and to how many milliseconds that is said.
    pub updated: Option<(Instant, i64)>,
}

/// Rows that follow each other.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub fields: Vec<u8>,
    pub links: Vec<Pending>,
    pub ends: Vec<End>,
    pub ids: Vec<RowIdentity>,
}

/// One row of the file.
#[derive(Clone, Copy)]
pub(super) struct FileRow<'a> {
    /// The line at which it begins.
    pub line: u32,
    /// Its fields but for links.
    pub fields: Row<'a>,
    /// Its links.
    pub links: &'a [Pending],
    /// The record that it says it is.
    pub own: RowIdentity,
    /// How many bytes at the end of its note are from beside numbers and addresses.
    pub aside: u32,
    /// Whether a cell of it cannot be read: that was told, and the field is there without a value, so that what else is
    /// wrong with the row can be told too.
    pub broken: bool,
}

impl Chunk {
    /// Its rows, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = FileRow<'_>> {
        let (mut field, mut link) = (0, 0);
        self.ends.iter().enumerate().map(move |(at, end)| {
            let fields = &self.fields[field..end.fields as usize];
            let links = &self.links[link..end.links as usize];
            (field, link) = (end.fields as usize, end.links as usize);
            let own = self.ids.get(at).copied().unwrap_or_default();
            let End { line, aside, broken, .. } = *end;
            FileRow { line, fields: Row::new(fields), links, own, aside, broken }
        })
    }
}
