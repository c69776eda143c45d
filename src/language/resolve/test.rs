//! What a term asks, as a node of the filter.

use std::ops::Bound;

use crate::{
    domain::{
        FieldDef, Kind, RecordId, Type, customer,
        field::Choice,
        words::{money::Currency, phone},
    },
    error::Result,
    language::{
        filter::{Check, Edge, Filter, Node, Ranges, Spans},
        syntax::{Lit, Path, Pattern, Span, Test},
    },
    text::{fold, fold_words, n_before, said},
};

use super::{
    Resolver,
    literal::{Exact, Extent, holding, spellings},
    path::{PathEnd, ValuePart, along},
    range::{is_dated, names_its_year},
};

/// The number of the first day of the first year.
const FIRST_DAY: i64 = -719_162;

/// Which side of a literal is meant.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

impl Resolver<'_> {
    pub(super) fn test(&self, path: &Path, test: &Test, kind: &'static Kind) -> Result<Node> {
        let (steps, end) = self.path(path, kind)?;
        if matches!(end, PathEnd::View(_)) && !matches!(test, Test::Is(_) | Test::IsNot(_)) {
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
        let values =
            Node::any(values.map(|pattern| self.equal(&end, path.span(), pattern)).collect::<Result<Vec<_>>>()?);
        if patterns.iter().any(|pattern| is_empty(&pattern)) {
            if matches!(end, PathEnd::View(_)) {
                return Err(self.which_view(path.span()));
            }
            let empty = along(&steps, present(&end)).negate();
            return Ok(Node::Any(vec![along(&steps, values), empty]));
        }
        Ok(along(&steps, values))
    }

    fn equal(&self, end: &PathEnd, path: Span, pattern: &Pattern) -> Result<Node> {
        let def = match *end {
            PathEnd::Id(kind) => return self.id(kind, &pattern.text, pattern.span).map(one_id),
            PathEnd::Back(link, from) => {
                let inner = Box::new(Filter::new(from, self.asking.records.called(self, from, pattern)?));
                return Ok(Node::Linked { link, inner });
            }
            PathEnd::View(kind) => return self.asking.records.view(self, kind, pattern),
            PathEnd::Part(def, _) if pattern.prefix => return Err(self.no_text(def, pattern.span)),
            PathEnd::Part(def, ValuePart::Currency) => {
                return Ok(Node::Field(def, Check::Currencies(vec![self.currency(&pattern.text, pattern.span)?])));
            }
            PathEnd::Part(def, ValuePart::YearDay) => {
                let lit = Lit { text: pattern.text.clone(), quoted: pattern.quoted, span: pattern.span };
                return Ok(Node::Field(def, Check::YearDays(self.year_days(def, Some(&lit), Some(&lit))?)));
            }
            PathEnd::Field(def) => def,
        };
        if def.ty == Type::Link {
            let Some(target) = self.schema().target(def) else { return Ok(Node::never()) };
            return Ok(match self.asking.records.called(self, target, pattern)? {
                Node::Ids(numbers) => Node::Field(def, Check::Numbers(numbers)),
                node => Node::Link(def, Box::new(Filter::new(target, node))),
            });
        }
        if pattern.prefix {
            return Ok(Node::Field(def, self.prefix(def, &pattern.text, pattern.span)?));
        }
        if let Some((from, to)) = self.said_range(def, pattern)? {
            return self.range(end, path, Some(&from), Some(&to));
        }
        match self.said_bound(def, pattern) {
            Some(Test::Range { from, to }) => return self.range(end, path, from.as_ref(), to.as_ref()),
            Some(Test::Over(lit)) => return self.beyond(end, path, &lit, Side::Above),
            Some(Test::Under(lit)) => return self.beyond(end, path, &lit, Side::Below),
            _ => {}
        }
        Ok(Node::Field(
            def,
            match def.ty {
                Type::Phone => Check::Phones(vec![pattern.text.clone()]),
                ty if ty.is_text() => Check::Texts(spellings(def, &pattern.text)),
                ty if ty.is_exact() => {
                    let found = self.exact(def, &pattern.text, pattern.span)?;
                    self.spans(def, found.currency, Edge::At(found.number, false), Edge::At(found.number, true))
                }
                _ => {
                    let extent = self.extent(def, &pattern.text, pattern.span)?;
                    self.between(def, extent.from, extent.to)
                }
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
            _ => Err(self.no_text(def, span)),
        }
    }

    fn no_text(&self, def: &FieldDef, span: Span) -> crate::error::Error {
        let error = self.error(
            span,
            said!(("'{}' holds no text that could begin so", def.code), ("“{}”中没有可这样开头的文字", def.zh)),
        );
        error.hint(said!("write a range with .. instead", "请改写用 .. 的范围"))
    }

    fn contains(&self, end: &PathEnd, lit: &Lit) -> Result<Node> {
        let folded = fold_words(&lit.text).into_owned();
        let holds = |kind: &Kind| Check::Contains(folded.clone()).of_name(kind);
        Ok(match *end {
            PathEnd::Id(_) => {
                return Err(self
                    .error(lit.span, said!("An id is looked for as a whole", "编号须完整查找"))
                    .hint(said!("write id:C-1,C-7", "请写 id:C-1,C-7")));
            }
            PathEnd::Back(link, from) => Node::Linked { link, inner: Box::new(Filter::new(from, holds(from))) },
            PathEnd::View(_) => return Err(self.which_view(lit.span)),
            PathEnd::Part(def, _) => return Err(self.no_text(def, lit.span)),
            PathEnd::Field(def) => match def.ty {
                Type::Phone => Node::Field(def, phone_digits(&lit.text).map_or(Check::Contains(folded), Check::Digits)),
                ty if ty.is_text() => holding(def, folded),
                Type::Choice => Node::Field(def, choices(def, |label| label.contains(&folded))),
                Type::Link => match self.schema().target(def) {
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

    fn range(&self, end: &PathEnd, path: Span, from: Option<&Lit>, to: Option<&Lit>) -> Result<Node> {
        let def = match *end {
            PathEnd::Id(kind) => {
                let number = |lit: &Lit| self.id(kind, &lit.text, lit.span);
                let (low, high) = (from.map(number).transpose()?, to.map(number).transpose()?);
                self.runs_forward(path, (from, to), low > high)?;
                return Ok(Node::Ids(Ranges::between(low.unwrap_or(0), high.unwrap_or(i64::MAX))));
            }
            PathEnd::Back(..) | PathEnd::View(_) | PathEnd::Part(_, ValuePart::Currency) => {
                return Err(self.no_order(path));
            }
            PathEnd::Part(def, ValuePart::YearDay) => {
                return Ok(Node::Field(def, Check::YearDays(self.year_days(def, from, to)?)));
            }
            PathEnd::Field(def) => def,
        };
        if !def.ty.is_ordered() {
            return Err(self.no_order(path));
        }
        if def.ty.is_exact() {
            let read = |lit: &Lit| self.exact(def, &lit.text, lit.span);
            let (low, high) = (from.map(read).transpose()?, to.map(read).transpose()?);
            let named = |exact: Option<Exact>| exact.and_then(|exact| exact.currency);
            if let (Some(one), Some(other)) = (named(low), named(high))
                && one != other
            {
                let span = from.or(to).map_or(path, |lit| lit.span);
                return Err(self.error(
                    span,
                    said!("This range begins in {one} and ends in {other}", "此范围始于 {one}，止于 {other}"),
                ));
            }
            let number = |exact: Option<Exact>| exact.map(|exact| exact.number);
            self.runs_forward(path, (from, to), number(low) > number(high))?;
            let low_edge = low.map_or(Edge::Least, |exact| Edge::At(exact.number, false));
            let high_edge = high.map_or(Edge::Most, |exact| Edge::At(exact.number, true));
            return Ok(Node::Field(def, self.spans(def, named(low).or(named(high)), low_edge, high_edge)));
        }
        if def.ty.is_text() {
            let folded = |lit: Option<&Lit>| lit.map(|lit| fold(&lit.text));
            self.runs_forward(path, (from, to), folded(from) > folded(to))?;
            let bound = |lit: Option<&Lit>| lit.map_or(Bound::Unbounded, |lit| Bound::Included(fold(&lit.text)));
            return Ok(Node::Field(def, Check::Between(bound(from), bound(to))));
        }
        let (low, high) = self.ends(def, from, to)?;
        if let (Some(lit), Some(low)) = (from, low) {
            self.begins(def, lit, low)?;
        }
        let dated = is_dated(def);
        let stands = |lit: Option<&Lit>| !dated || lit.is_some_and(|lit| names_its_year(&lit.text));
        let backward = low.map(|extent| extent.from) > high.map(|extent| extent.to);
        // A range from one to `today` may be empty on some days, and that is no mistake.
        let mistaken = backward
            && match (stands(from), stands(to)) {
                (true, true) => true,
                (false, false) => self.always_backward(def, (from, to)),
                _ => false,
            };
        self.runs_forward(path, (from, to), mistaken)?;
        let from = low.map_or(i64::MIN, |extent| extent.from);
        let to = high.map_or(i64::MAX, |extent| extent.to);
        Ok(Node::Field(def, self.between(def, from, to)))
    }

    fn beyond(&self, end: &PathEnd, path: Span, lit: &Lit, side: Side) -> Result<Node> {
        let open = |extent: Extent| match side {
            Side::Above => (extent.to.saturating_add(1), i64::MAX),
            Side::Below => (i64::MIN, extent.from.saturating_sub(1)),
        };
        let def = match *end {
            PathEnd::Id(kind) => {
                let number = self.id(kind, &lit.text, lit.span)?;
                let (from, to) = open(Extent { from: number, to: number });
                return Ok(Node::Ids(Ranges::between(from, to)));
            }
            PathEnd::Back(..) | PathEnd::View(_) | PathEnd::Part(_, ValuePart::Currency) => {
                return Err(self.no_order(path));
            }
            PathEnd::Part(def, ValuePart::YearDay) => {
                return Ok(Node::Field(def, self.beyond_year_day(def, lit, side)?));
            }
            PathEnd::Field(def) => def,
        };
        if !def.ty.is_ordered() {
            return Err(self.no_order(path));
        }
        if def.ty.is_exact() {
            let Exact { number, currency } = self.exact(def, &lit.text, lit.span)?;
            let (from, to) = match side {
                Side::Above => (Edge::At(number, true), Edge::Most),
                Side::Below => (Edge::Least, Edge::At(number, false)),
            };
            return Ok(Node::Field(def, self.spans(def, currency, from, to)));
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
        self.begins(def, lit, extent)?;
        let (from, to) = open(extent);
        Ok(Node::Field(def, self.between(def, from, to)))
    }

    /// The days of the year behind the ones of a literal, or before them.
    fn beyond_year_day(&self, def: &FieldDef, lit: &Lit, side: Side) -> Result<Check> {
        let days = self.year_days(def, Some(lit), Some(lit))?;
        let (first, last) = (days.iter().next().map(|(from, _)| from), days.iter().last().map(|(_, to)| to));
        Ok(Check::YearDays(match (side, first, last) {
            (Side::Above, _, Some(last)) => Ranges::between(last + 1, i64::MAX),
            (Side::Below, Some(first), _) => Ranges::between(i64::MIN, first - 1),
            _ => Ranges::default(),
        }))
    }

    /// Numbers with decimals between two edges; amounts of the currency that is named, else of the default one.
    fn spans(&self, def: &FieldDef, named: Option<Currency>, from: Edge, to: Edge) -> Check {
        let currency = def.ty.has_currency().then(|| named.unwrap_or(self.asking.currency));
        Check::Exact(Spans::between(from, to), currency)
    }

    /// From the one to the other, both included.
    fn between(&self, def: &FieldDef, from: i64, to: i64) -> Check {
        let ranges = Ranges::between(from, to);
        match def.ty {
            // The next follow-up of a customer is due on a day or at a moment too.
            _ if def.ty == Type::Due || customer::is_next_followup(def) => {
                Check::Due { days: self.days_ending(from, to), instants: ranges }
            }
            // A day of no year stands in none, before or after a day of one.
            Type::Date if def.yearless && from == i64::MIN && to >= FIRST_DAY => {
                Check::Numbers(Ranges::between(FIRST_DAY, to))
            }
            Type::Date if def.yearless && from < FIRST_DAY && to == i64::MAX => {
                Check::Numbers(Ranges::between(from, FIRST_DAY - 1))
            }
            _ => Check::Numbers(ranges),
        }
    }

    fn no_order(&self, path: Span) -> crate::error::Error {
        let name = self.source.get(path.range()).unwrap_or_default();
        let error = self.error(path, said!("'{name}' has no order to compare by", "“{name}”没有可比较的顺序"));
        error.hint(said!("write {name}:VALUE or has:{name}", "请写 {name}:值 或 has:{name}"))
    }

    /// The number of a record of that kind.
    pub(crate) fn id(&self, kind: &Kind, text: &str, span: Span) -> Result<i64> {
        match RecordId::parse(text, Some(kind)) {
            Some(id) if id.kind == kind.id => Ok(i64::try_from(id.num).unwrap_or(i64::MAX)),
            _ => {
                let error = self.error(
                    span,
                    said!(
                        ("'{text}' is not the id of a{} {}", n_before(kind.noun), kind.noun),
                        ("“{text}”不是{}的编号", kind.zh)
                    ),
                );
                Err(error.hint(said!("write {}-12", "请写成 {}-12 的形式", kind.letters)))
            }
        }
    }
}

fn one_id(number: i64) -> Node {
    Node::Ids(Ranges::of([number]))
}

fn present(end: &PathEnd) -> Node {
    match *end {
        // No view is present or absent: which one is asked for before this is.
        PathEnd::Id(_) | PathEnd::View(_) => Node::always(),
        PathEnd::Field(def) | PathEnd::Part(def, _) => Node::Field(def, Check::Present),
        PathEnd::Back(link, from) => Node::Linked { link, inner: Box::new(Filter::all(from)) },
    }
}

/// The choices of which the code or a label is as wanted.
fn choices(def: &FieldDef, wanted: impl Fn(&str) -> bool) -> Check {
    let is_wanted = |choice: &&Choice| [choice.code, choice.en, choice.zh].iter().any(|label| wanted(&fold(label)));
    let found = def.choices.iter().filter(is_wanted);
    Check::Numbers(Ranges::of(found.map(|choice| i64::from(choice.number))))
}

/// The digits of part of a telephone number.
fn phone_digits(text: &str) -> Option<String> {
    phone::normalize(text).map(|normal| normal.trim_start_matches('+').to_owned()).filter(|digits| !digits.is_empty())
}

impl Check {
    /// Asks it of what a record is called.
    pub(crate) fn of_name(self, kind: &Kind) -> Node {
        let name = kind.name_field();
        match kind.fields.iter().find(|def| *def == name) {
            Some(_) => Node::Field(name, self),
            None => Node::never(),
        }
    }
}
