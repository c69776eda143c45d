//! Fields to show, sort and group by: of the record itself, or of one that it links to.

use crate::{
    domain::{FieldDef, Kind, Schema, Type, near_names},
    error::{Error, Result},
    text::{Said, fold, n_before, nearest, said},
};

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

impl FieldPath {
    /// The path of a field of the record itself.
    pub const fn field(def: &'static FieldDef) -> Self {
        Self { links: Vec::new(), leaf: Leaf::Field(def) }
    }

    /// The path of what stands at the end of these links.
    pub(crate) const fn along(links: Vec<&'static FieldDef>, leaf: Leaf) -> Self {
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
