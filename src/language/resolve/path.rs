//! Names joined by dots: links to follow, forwards or backwards, and the field at the end.

use crate::{
    domain::{FieldDef, Kind, Type},
    error::{Error, Result},
    language::{
        filter::{Filter, Node},
        reverse_links::{kind_meant, link_back, links_between, plurals_back},
        syntax::{Name, Path},
        unknown::{unknown_field, with_near},
    },
    text::{fold, n_before, said},
};

use super::{Resolver, is_view};

/// A link on the way to a field.
#[derive(Clone, Copy)]
pub(super) enum PathLink {
    /// From a record to the one that it links to.
    Forward(&'static FieldDef, &'static Kind),
    /// From a record to those that link to it.
    Back(&'static FieldDef, &'static Kind),
}

/// Where a path ends.
pub(super) enum PathEnd {
    /// At the number of a record.
    Id(&'static Kind),
    /// At a field.
    Field(&'static FieldDef),
    /// At a part of the values of a field.
    Part(&'static FieldDef, ValuePart),
    /// At the records that link back.
    Back(&'static FieldDef, &'static Kind),
    /// At the views of a kind.
    View(&'static Kind),
}

/// What can be asked of a value beside the whole of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ValuePart {
    /// The currency of an amount.
    Currency,
    /// The day of the year of a date.
    YearDay,
}

/// The part of a field's values that a name behind it means.
fn part_of(def: &FieldDef, name: &str) -> Option<ValuePart> {
    match (def.ty, fold(name).as_str()) {
        (ty, "currency" | "币种" | "货币") if ty.has_currency() => Some(ValuePart::Currency),
        (Type::Date, "day" | "日子") => Some(ValuePart::YearDay),
        _ => None,
    }
}

/// Whether a name means the id of a record.
pub(super) fn is_id(name: &str) -> bool {
    let folded = fold(name);
    folded == "id" || folded == "编号"
}

/// What must hold of the record at the end of the steps, as asked of the one at their beginning.
pub(super) fn along(steps: &[PathLink], node: Node) -> Node {
    steps.iter().rev().fold(node, |node, step| match *step {
        PathLink::Forward(def, kind) => Node::Link(def, Box::new(Filter::new(kind, node))),
        PathLink::Back(link, kind) => Node::Linked { link, inner: Box::new(Filter::new(kind, node)) },
    })
}

impl Resolver<'_> {
    pub(super) fn path(&self, path: &Path, kind: &'static Kind) -> Result<(Vec<PathLink>, PathEnd)> {
        self.no_place(path)?;
        let mut steps = Vec::new();
        let mut at = kind;
        let (last, through) = match path.0.split_last() {
            Some(split) => split,
            None => return Err(Error::usage(said!("A filter needs a field", "筛选条件缺少字段"))),
        };
        for (behind, name) in through.iter().enumerate() {
            if let Some(def) = at.field_named(&name.text).filter(|_| behind + 1 == through.len())
                && let Some(part) = part_of(def, &last.text)
            {
                return Ok((steps, PathEnd::Part(def, part)));
            }
            let step = self.step(name, at)?;
            let (PathLink::Forward(_, next) | PathLink::Back(_, next)) = step;
            steps.push(step);
            at = next;
        }
        let end = if is_id(&last.text) && at.field_named(&last.text).is_none() {
            PathEnd::Id(at)
        } else if let Some(def) = at.field_named(&last.text) {
            PathEnd::Field(def)
        } else if is_view(&last.text) {
            PathEnd::View(at)
        } else {
            let (link, from) = self.back(last, at)?;
            PathEnd::Back(link, from)
        };
        Ok((steps, end))
    }

    fn step(&self, name: &Name, kind: &'static Kind) -> Result<PathLink> {
        match kind.field_named(&name.text) {
            Some(def) => match self.schema().target(def).filter(|_| def.ty == Type::Link) {
                Some(target) => Ok(PathLink::Forward(def, target)),
                None => {
                    let message = said!(
                        "'{}' is no link, so no field comes after it",
                        "“{}”不是关联，其后不能再接字段",
                        name.text
                    );
                    Err(self.error(name.span, message))
                }
            },
            None => self.back(name, kind).map(|(link, from)| PathLink::Back(link, from)),
        }
    }

    fn back(&self, name: &Name, kind: &'static Kind) -> Result<(&'static FieldDef, &'static Kind)> {
        let Some(from) = kind_meant(&name.text, self.schema()).filter(|from| !links_between(from, kind).is_empty())
        else {
            return Err(self.unknown_field(name, kind));
        };
        match link_back(from, kind) {
            Some(link) => Ok((link, from)),
            None => {
                let codes: Vec<&str> = links_between(from, kind).iter().map(|def| def.code).collect();
                let message = said!(
                    ("{} link to a{} {} in more than one way", from.plural, n_before(kind.noun), kind.noun),
                    ("{}以不止一种方式关联{}", from.zh, kind.zh)
                );
                let hint = said!(
                    ("list the {} with {}: instead", from.plural, codes.join(": or ")),
                    ("请改用“{}:”列出{}", codes.join(":”或“"), from.zh)
                );
                Err(self.error(name.span, message).hint(hint))
            }
        }
    }

    fn unknown_field(&self, name: &Name, kind: &'static Kind) -> Error {
        let error = self.error(name.span, unknown_field(&name.text, kind));
        let usual = said!("crm help fields {} lists them", "crm help fields {} 可查看", kind.noun);
        with_near(error, &name.text, kind, plurals_back(kind, self.schema()).chain(["id"]), usual)
    }
}
