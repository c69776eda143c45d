//! Fields to show, sort and group by: of the record itself, or of one that it links to.

use std::borrow::Cow;

use crate::{
    domain::{FieldDef, Kind, Lookup, RecordId, Row, Schema, Type, bytes, near_names},
    error::{Error, Result},
    store::Reader,
    text::{Said, fold, n_before, nearest, said},
};

use super::{filter::is_nought_when_absent, grid::Column};

/// A field, reached through any number of links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    links: Vec<&'static FieldDef>,
    leaf: Leaf,
}

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// The id of the record.
    Id,
    /// A field.
    Field(&'static FieldDef),
}

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
    /// The path of a field of the record itself.
    pub const fn field(def: &'static FieldDef) -> Self {
        Self { links: Vec::new(), leaf: Leaf::Field(def) }
    }

    /// The path of what stands at the end of these links.
    pub(in crate::query) const fn along(links: Vec<&'static FieldDef>, leaf: Leaf) -> Self {
        Self { links, leaf }
    }

    /// The links to follow.
    pub fn links(&self) -> &[&'static FieldDef] {
        &self.links
    }

    /// The path of the record's own id.
    pub const fn id() -> Self {
        Self { links: Vec::new(), leaf: Leaf::Id }
    }

    /// Reads `grade`, `id`, `customer.city`: codes or labels.
    pub fn parse(text: &str, kind: &'static Kind, schema: &Schema) -> Result<Self> {
        let mut at = kind;
        let mut links = Vec::new();
        let mut rest = text.trim();
        loop {
            if let Some(def) = at.field_named(rest) {
                return Ok(Self { links, leaf: Leaf::Field(def) });
            }
            if matches!(fold(rest).as_str(), "id" | "编号") {
                return Ok(Self { links, leaf: Leaf::Id });
            }
            let Some((link, after)) = rest.split_once('.') else { return Err(unknown(rest, at)) };
            let def = at.field_named(link).ok_or_else(|| unknown(link, at))?;
            let target = schema.target(def).ok_or_else(|| {
                Error::usage(said!(
                    "'{link}' is no link, so no field comes after it",
                    "“{link}”不是关联，其后不能再接字段"
                ))
                .hint(said!("write it without a dot", "请去掉点号"))
            })?;
            if def.many {
                let message =
                    said!("'{link}' holds several records, of which none is meant", "“{link}”有多条记录，无法取其字段");
                return Err(Error::usage(message).hint(said!("write it without a dot", "请去掉点号")));
            }
            links.push(def);
            at = target;
            rest = after;
        }
    }

    /// The field of the record itself that this is, if it is one.
    pub const fn own_field(&self) -> Option<&'static FieldDef> {
        match self.leaf {
            Leaf::Field(def) if self.links.is_empty() => Some(def),
            _ => None,
        }
    }

    /// Whether this is the id of the record itself.
    pub const fn is_own_id(&self) -> bool {
        matches!(self.leaf, Leaf::Id) && self.links.is_empty()
    }

    /// The type of what stands at its end; an id is a link.
    pub const fn ty(&self) -> Type {
        match self.leaf {
            Leaf::Id => Type::Link,
            Leaf::Field(def) => def.ty,
        }
    }

    /// What stands at its end.
    pub const fn leaf(&self) -> Leaf {
        self.leaf
    }

    /// Its column: the code is the path.
    pub fn column(&self) -> Column {
        let last = match self.leaf {
            Leaf::Id => Column::new("id", "ID", "编号"),
            Leaf::Field(def) => Column::of(def),
        };
        if self.links.is_empty() {
            return last;
        }
        let join = |separator: &str, name: fn(&FieldDef) -> &'static str, end: &str| {
            let links = self.links.iter().map(|def| name(def)).collect::<Vec<_>>().join(separator);
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
        if self.links.is_empty() {
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
        let Some((first, more)) = self.links.split_first() else { return Ok(Some(id)) };
        let follow = |def: &FieldDef, row: Row<'_>| {
            let num = row.raw(def.tag).filter(|_| !def.many).and_then(bytes::unsigned)?;
            Some(RecordId::new(reader.schema().target(def)?.id, num))
        };
        let mut next = follow(first, row);
        for def in more {
            let Some(id) = next else { break };
            next = reader.with_row(id, |row| follow(def, row))?.flatten();
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
        let def = match self.leaf {
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

fn unknown(name: &str, kind: &'static Kind) -> Error {
    let error = Error::usage(said!(
        ("'{name}' is not a field of a{} {}", n_before(kind.noun), kind.noun),
        ("“{name}”不是{}的字段", kind.zh)
    ));
    match near_names(kind, name, |_| true, []).as_slice() {
        [] => {}
        [near] => return error.hint(Said::did_you_mean_name(near)),
        several => return error.hint(Said::did_you_mean_one_of(several)),
    }
    match nearest(name, ["id"]) {
        Some(near) => error.hint(Said::did_you_mean_name(near)),
        None => error.hint(said!("crm help fields {} lists them", "crm help fields {} 可查看", kind.noun)),
    }
}
