//! What a record has at the end of a path.

use std::borrow::Cow;

use crate::{
    domain::{FieldDef, Lookup, RecordId, Row, bytes},
    error::{Error, Result},
    store::Reader,
    text::said,
};

use super::{filter::is_nought_when_absent, grid::Column};

pub use crate::language::field_path::{FieldPath, Leaf};

/// What a record has at the end of a path.
#[derive(Debug, Clone, Copy)]
pub enum PathValue<'r> {
    /// An id.
    Id(RecordId),
    /// A field as stored.
    Stored(&'static FieldDef, &'r [u8]),
}

/// The stored form of 0, which a count that the program keeps is when it is absent.
const NOUGHT: &[u8] = &[0];

impl FieldPath {
    /// Its column: the code is the path.
    pub fn column(&self) -> Column {
        let last = match self.leaf() {
            Leaf::Id => Column::new("id", "ID", "编号"),
            Leaf::Field(def) => Column::of(def),
        };
        if self.links().is_empty() {
            return last;
        }
        let join = |separator: &str, name: fn(&FieldDef) -> &'static str, end: &str| {
            let links = self.links().iter().map(|def| name(def)).collect::<Vec<_>>().join(separator);
            Cow::Owned(format!("{links}{separator}{end}"))
        };
        Column {
            code: join(".", |def| def.code, &last.code),
            en: join(" · ", |def| def.en, &last.en),
            zh: join(" · ", |def| def.zh, &last.zh),
            numeric: last.numeric,
            whole: last.whole,
            main: false,
            kind: None,
        }
    }

    /// Shows what a record has at the end of the path.
    pub fn look<T>(
        &self,
        reader: &Reader<'_>,
        id: RecordId,
        row: Row<'_>,
        look: impl FnOnce(Option<PathValue<'_>>) -> T,
    ) -> Result<T> {
        if self.links().is_empty() {
            return self.at_end(reader, id, row, look);
        }
        let Some(id) = self.end(reader, id, row)? else { return Ok(look(None)) };
        let mut look = Some(look);
        let shown = reader.with_row(id, |row| look.take().map(|look| self.at_end(reader, id, row, look)))?;
        match (shown.flatten(), look) {
            (Some(shown), _) => shown,
            (None, Some(look)) => Ok(look(None)),
            (None, None) => Err(Error::failure(said!("{id} cannot be read", "无法读取 {id}"))),
        }
    }

    /// The record at the end of the path.
    ///
    /// # Errors
    /// What the store says.
    pub fn end(&self, reader: &Reader<'_>, id: RecordId, row: Row<'_>) -> Result<Option<RecordId>> {
        let Some((first, more)) = self.links().split_first() else { return Ok(Some(id)) };
        let follow = |def: &FieldDef, row: Row<'_>| {
            let num = row.raw(def.tag).filter(|_| !def.many).and_then(bytes::unsigned)?;
            Some(RecordId::new(reader.schema().target(def)?.id, num))
        };
        // A link that a formula works out stands beside the row.
        let derived = |def: &FieldDef, id: RecordId| Ok::<_, Error>(follow(def, reader.derived(id)?.row()));
        let mut next = if first.derived { derived(first, id)? } else { follow(first, row) };
        for def in more {
            let Some(id) = next else { break };
            next = if def.derived { derived(def, id)? } else { reader.with_row(id, |row| follow(def, row))?.flatten() };
        }
        Ok(next)
    }

    fn at_end<T>(
        &self,
        reader: &Reader<'_>,
        id: RecordId,
        row: Row<'_>,
        look: impl FnOnce(Option<PathValue<'_>>) -> T,
    ) -> Result<T> {
        let def = match self.leaf() {
            Leaf::Id => return Ok(look(Some(PathValue::Id(id)))),
            Leaf::Field(def) => def,
        };
        if !def.derived {
            return Ok(look(row.raw(def.tag).map(|stored| PathValue::Stored(def, stored))));
        }
        let derived = reader.derived(id)?;
        let nought = is_nought_when_absent(def).then_some(NOUGHT);
        Ok(look(derived.row().raw(def.tag).or(nought).map(|stored| PathValue::Stored(def, stored))))
    }
}
