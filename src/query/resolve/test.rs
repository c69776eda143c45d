//! What a term asks, as a node of the filter.

use std::ops::Bound;

use crate::{
    domain::{FieldDef, Kind, RecordId, Type, target_of, words::phone},
    error::Result,
    query::{
        filter::{Check, Filter, Node, Ranges},
        syntax::{Lit, Path, Pattern, Span, Test},
    },
    text::{fold, fold_words, said},
};

use super::{
    Resolver,
    literal::Extent,
    path::{End, along},
};

/// Which side of a literal is meant.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

impl Resolver<'_> {
    pub(super) fn test(&self, path: &Path, test: &Test, kind: &'static Kind) -> Result<Node> {
        let (steps, end) = self.path(path, kind)?;
        if matches!(end, End::View(_)) && !matches!(test, Test::Is(_) | Test::IsNot(_)) {
            return Err(self.which_view(path.span()));
        }
        let node = match test {
            Test::Set => present(&end),
            Test::Empty => return Ok(along(&steps, present(&end)).negate()),
            Test::IsNot(patterns) => {
                return Ok(self.is(path, &Test::Is(patterns.clone()), kind)?.negate());
            }
            Test::Is(_) => return self.is(path, test, kind),
            Test::Contains(lit) => self.contains(&end, lit)?,
            Test::Range { from, to } => self.range(&end, path.span(), from.as_ref(), to.as_ref())?,
            Test::Over(lit) | Test::After(lit) => self.beyond(&end, path.span(), lit, Side::Above)?,
            Test::Under(lit) | Test::Before(lit) => self.beyond(&end, path.span(), lit, Side::Below)?,
        };
        Ok(along(&steps, node))
    }

    /// Equal to one of the patterns. An empty pattern asks for no value, of the whole path.
    fn is(&self, path: &Path, test: &Test, kind: &'static Kind) -> Result<Node> {
        let Test::Is(patterns) = test else { return Ok(Node::never()) };
        let (steps, end) = self.path(path, kind)?;
        let is_empty = |pattern: &&Pattern| pattern.text.is_empty() && !pattern.prefix;
        let values = patterns.iter().filter(|pattern| !is_empty(pattern));
        let values = Node::any(values.map(|pattern| self.equal(&end, pattern)).collect::<Result<Vec<_>>>()?);
        if patterns.iter().any(|pattern| is_empty(&pattern)) {
            if matches!(end, End::View(_)) {
                return Err(self.which_view(path.span()));
            }
            let empty = along(&steps, present(&end)).negate();
            return Ok(Node::Any(vec![along(&steps, values), empty]));
        }
        Ok(along(&steps, values))
    }

    fn equal(&self, end: &End, pattern: &Pattern) -> Result<Node> {
        let def = match *end {
            End::Id(kind) => return self.id(kind, &pattern.text, pattern.span).map(one_id),
            End::Back(link, from) => {
                let inner = Box::new(Filter::new(from, self.linked(from, pattern)?));
                return Ok(Node::Linked { link, inner });
            }
            End::View(kind) => return self.view(kind, pattern),
            End::Field(def) => def,
        };
        if def.ty == Type::Link {
            let Some(target) = target_of(def) else { return Ok(Node::never()) };
            return Ok(match self.linked(target, pattern)? {
                Node::Ids(numbers) => Node::Field(def, Check::Numbers(numbers)),
                node => Node::Link(def, Box::new(Filter::new(target, node))),
            });
        }
        if pattern.prefix {
            return Ok(Node::Field(def, self.prefix(def, &pattern.text, pattern.span)?));
        }
        Ok(Node::Field(
            def,
            match def.ty {
                Type::Phone => Check::Phones(vec![pattern.text.clone()]),
                ty if ty.is_text() => Check::Texts(vec![fold(&pattern.text)]),
                _ => self.between(def, Some(self.extent(def, &pattern.text, pattern.span)?), None, pattern.span)?,
            },
        ))
    }

    fn prefix(&self, def: &FieldDef, text: &str, span: Span) -> Result<Check> {
        match def.ty {
            Type::Phone => Ok(match phone_digits(text) {
                Some(digits) => Check::PhonePrefix(digits),
                None => Check::Prefix(fold(text)),
            }),
            ty if ty.is_text() => Ok(Check::Prefix(fold(text))),
            Type::Choice => Ok(choices(def, |label| label.starts_with(&fold(text)))),
            _ => {
                let error = self.error(
                    span,
                    said!(("'{}' holds no text that could begin so", def.code), ("“{}”中没有可这样开头的文字", def.zh)),
                );
                Err(error.hint(said!("write a range with .. instead", "请改写用 .. 的范围")))
            }
        }
    }

    fn contains(&self, end: &End, lit: &Lit) -> Result<Node> {
        let folded = fold_words(&lit.text).into_owned();
        let holds = |kind: &Kind| Check::Contains(folded.clone()).of_name(kind);
        Ok(match *end {
            End::Id(_) => {
                return Err(self
                    .error(lit.span, said!("An id is looked for as a whole", "编号须完整查找"))
                    .hint(said!("write id:C-1,C-7", "请写 id:C-1,C-7")));
            }
            End::Back(link, from) => Node::Linked { link, inner: Box::new(Filter::new(from, holds(from))) },
            End::View(_) => return Err(self.which_view(lit.span)),
            End::Field(def) => match def.ty {
                Type::Phone => Node::Field(def, phone_digits(&lit.text).map_or(Check::Contains(folded), Check::Digits)),
                ty if ty.is_text() => Node::Field(def, Check::Contains(folded)),
                Type::Choice => Node::Field(def, choices(def, |label| label.contains(&folded))),
                Type::Link => match target_of(def) {
                    Some(target) => Node::Link(def, Box::new(Filter::new(target, holds(target)))),
                    None => Node::never(),
                },
                _ => {
                    let error = self.error(
                        lit.span,
                        said!(("'{}' holds no text to look into", def.code), ("“{}”中没有可查找的文字", def.zh)),
                    );
                    return Err(error.hint(said!(
                        "write {}:VALUE, or a range with ..",
                        "请写 {}:值，或用 .. 的范围",
                        def.code
                    )));
                }
            },
        })
    }

    fn range(&self, end: &End, path: Span, from: Option<&Lit>, to: Option<&Lit>) -> Result<Node> {
        let def = match *end {
            End::Id(kind) => {
                let number = |lit: &Lit| self.id(kind, &lit.text, lit.span);
                let (from, to) = (from.map(number).transpose()?, to.map(number).transpose()?);
                return Ok(Node::Ids(Ranges::between(from.unwrap_or(0), to.unwrap_or(i64::MAX))));
            }
            End::Back(..) | End::View(_) => return Err(self.no_order(path)),
            End::Field(def) => def,
        };
        if !def.ty.is_ordered() {
            return Err(self.no_order(path));
        }
        if def.ty.is_text() {
            let bound = |lit: Option<&Lit>| lit.map_or(Bound::Unbounded, |lit| Bound::Included(fold(&lit.text)));
            return Ok(Node::Field(def, Check::Between(bound(from), bound(to))));
        }
        let read = |lit: &Lit| self.extent(def, &lit.text, lit.span);
        let (low, high) = (from.map(read).transpose()?, to.map(read).transpose()?);
        let span = from.or(to).map_or(path, |lit| lit.span);
        let open = |from, to| Extent { from, to, currency: None };
        let low = low.unwrap_or(open(i64::MIN, i64::MIN));
        let high = high.unwrap_or(open(i64::MAX, i64::MAX));
        Ok(Node::Field(def, self.between(def, Some(low), Some(high), span)?))
    }

    fn beyond(&self, end: &End, path: Span, lit: &Lit, side: Side) -> Result<Node> {
        let open = |extent: Extent| match side {
            Side::Above => (extent.to.saturating_add(1), i64::MAX),
            Side::Below => (i64::MIN, extent.from.saturating_sub(1)),
        };
        let def = match *end {
            End::Id(kind) => {
                let number = self.id(kind, &lit.text, lit.span)?;
                let (from, to) = open(Extent { from: number, to: number, currency: None });
                return Ok(Node::Ids(Ranges::between(from, to)));
            }
            End::Back(..) | End::View(_) => return Err(self.no_order(path)),
            End::Field(def) => def,
        };
        if !def.ty.is_ordered() {
            return Err(self.no_order(path));
        }
        if def.ty.is_text() {
            let bound = Bound::Excluded(fold(&lit.text));
            let (from, to) = match side {
                Side::Above => (bound, Bound::Unbounded),
                Side::Below => (Bound::Unbounded, bound),
            };
            return Ok(Node::Field(def, Check::Between(from, to)));
        }
        let extent = self.extent(def, &lit.text, lit.span)?;
        let (from, to) = open(extent);
        let ends = |from, to| Extent { from, to, currency: extent.currency };
        Ok(Node::Field(def, self.between(def, Some(ends(from, from)), Some(ends(to, to)), lit.span)?))
    }

    /// From the beginning of the one to the end of the other; of only one, all of it.
    fn between(&self, def: &FieldDef, low: Option<Extent>, high: Option<Extent>, span: Span) -> Result<Check> {
        let (Some(low), Some(high)) = (low.or(high), high.or(low)) else { return Ok(Check::Present) };
        let (from, to) = (low.from, high.to);
        if let (Some(one), Some(other)) = (low.currency, high.currency)
            && one != other
        {
            return Err(self.error(
                span,
                said!("This range begins in {one} and ends in {other}", "此范围始于 {one}，止于 {other}"),
            ));
        }
        let ranges = Ranges::between(from, to);
        Ok(match (def.ty, low.currency.or(high.currency)) {
            (Type::Money, Some(currency)) => Check::Money(ranges, currency),
            (Type::Due, _) => Check::Due { days: self.days_beginning(from, to), instants: ranges },
            _ => Check::Numbers(ranges),
        })
    }

    fn no_order(&self, path: Span) -> crate::error::Error {
        let name = self.source.get(path.range()).unwrap_or_default();
        let error = self.error(path, said!("'{name}' has no order to compare by", "“{name}”没有可比较的顺序"));
        error.hint(said!("write {name}:VALUE or has:{name}", "请写 {name}:值 或 has:{name}"))
    }

    /// The number of a record of that kind.
    pub(super) fn id(&self, kind: &Kind, text: &str, span: Span) -> Result<i64> {
        match RecordId::parse(text, Some(kind)) {
            Some(id) if id.kind == kind.id => Ok(i64::try_from(id.num).unwrap_or(i64::MAX)),
            _ => {
                let error = self.error(
                    span,
                    said!(("'{text}' is not the id of a {}", kind.noun), ("“{text}”不是{}的编号", kind.zh)),
                );
                Err(error.hint(said!("write {}-12", "请写成 {}-12 的形式", kind.letters)))
            }
        }
    }
}

fn one_id(number: i64) -> Node {
    Node::Ids(Ranges::of([number]))
}

fn present(end: &End) -> Node {
    match *end {
        // No view is present or absent: which one is asked for before this is.
        End::Id(_) | End::View(_) => Node::always(),
        End::Field(def) => Node::Field(def, Check::Present),
        End::Back(link, from) => Node::Linked { link, inner: Box::new(Filter::all(from)) },
    }
}

/// The choices of which the code or a label is as wanted.
fn choices(def: &FieldDef, wanted: impl Fn(&str) -> bool) -> Check {
    let labels = def.choices.iter().map(|choice| [choice.code, choice.en, choice.zh]);
    let found = labels.enumerate().filter(|(_, labels)| labels.iter().any(|label| wanted(&fold(label))));
    Check::Numbers(Ranges::of(found.map(|(number, _)| number as i64)))
}

/// The digits of part of a telephone number.
fn phone_digits(text: &str) -> Option<String> {
    phone::normalize(text).map(|normal| normal.trim_start_matches('+').to_owned()).filter(|digits| !digits.is_empty())
}

impl Check {
    /// Asks it of what a record is called.
    pub(super) fn of_name(self, kind: &Kind) -> Node {
        let name = kind.name_field();
        match kind.fields.iter().find(|def| *def == name) {
            Some(_) => Node::Field(name, self),
            None => Node::never(),
        }
    }
}
