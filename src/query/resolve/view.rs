//! `view:NAME`: the records of a view, whatever they are when somebody asks.

use crate::{
    domain::Kind,
    error::{Error, Result},
    query::{
        filter::{Filter, Node, Ranges},
        syntax::{self, Expr, Pattern, Span, Term, Test},
        views::{self, SavedView},
    },
    store::Reader,
    text::{Said, fold, nearest, said},
};

use super::{NamedRecords, Resolver, StoredRecords, is_view, knows};

impl StoredRecords<'_> {
    /// The records of a view.
    pub(super) fn of_view(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node> {
        if pattern.prefix {
            return Err(at.which_view(pattern.span));
        }
        let Some(view) = views::named(&self.asking.reader, &pattern.text)? else {
            return match self.names {
                NamedRecords::MayCome => Ok(Node::never()),
                NamedRecords::MustExist => Err(self.no_view(at, pattern)?),
            };
        };
        let name = fold(&view.name);
        if at.views.contains(&name) {
            return Err(circle(at, &view, pattern.span));
        }
        match view.kind {
            Some(of) if of.id == kind.id => {}
            of => return Err(other_kind(at, &view, of, kind, pattern.span)),
        }
        if view.is_static {
            return Ok(Node::Ids(Ranges::of_numbers(&view.records)));
        }
        let mut inside = at.views.to_vec();
        inside.push(name);
        let inner = Resolver { source: &view.filter, views: &inside, ..*at };
        let read = syntax::parse(&view.filter, &|name| knows(kind, name, at.asking.schema)).map_err(Error::from);
        let node = read.and_then(|expr| inner.expr(&expr, kind));
        node.map_err(|error| {
            error.at(said!("view {}", "视图 {}", crate::text::scrub(&view.name))).hint_if_none(|| {
                said!(
                    "crm view set {} filter=\"...\" changes its filter",
                    "crm view set {} 筛选条件=\"…\" 可修改",
                    view.id
                )
            })
        })
    }

    fn no_view(&self, at: &Resolver<'_>, pattern: &Pattern) -> Result<Error> {
        let error = at.error(pattern.span, said!("There is no view '{}'", "没有视图“{}”", pattern.text));
        let known = views::all(&self.asking.reader)?;
        Ok(match nearest(&pattern.text, known.iter().map(|view| view.name.as_str())) {
            Some(near) => error.hint(Said::did_you_mean_name(near)),
            None => error.hint(said!("crm view list shows them", "crm view list 可查看")),
        })
    }
}

fn circle(at: &Resolver<'_>, view: &SavedView, span: Span) -> Error {
    let mut names: Vec<&str> = at.views.iter().map(String::as_str).collect();
    names.push(&view.name);
    let error = at.error(
        span,
        said!(("Views in a circle: {}", names.join(" asks for ")), ("视图互相引用：{}", names.join(" → "))),
    );
    error.hint(said!("write the filter of one of them out", "请把其中一个视图的筛选条件直接写出来"))
}

fn other_kind(at: &Resolver<'_>, view: &SavedView, of: Option<&Kind>, kind: &Kind, span: Span) -> Error {
    let (plural, zh) =
        of.map_or(("records that this version does not know", "此版本不认识的记录"), |of| (of.plural, of.zh));
    let error = at.error(
        span,
        said!(
            ("The view '{}' is of {plural}, not of {}", view.name, kind.plural),
            ("视图“{}”属于{zh}，不属于{}", view.name, kind.zh)
        ),
    );
    match of {
        Some(of) => error.hint(Said::same(format!("crm {} list \"view:{}\"", of.noun, view.name))),
        None => error,
    }
}

impl SavedView {
    /// What its records are like.
    ///
    /// # Errors
    /// `Usage` where it can no longer be asked: a name in its filter is gone.
    pub fn filter_for(&self, asking: &super::QueryContext<'_>) -> Result<Option<Filter>> {
        let Some(kind) = self.kind else { return Ok(None) };
        let text = format!("view:\"{}\"", self.name.replace('\\', "\\\\").replace('"', "\\\""));
        super::read(&text, kind, asking).map(Some)
    }
}

/// The one view that all of a filter, or one of its terms that must hold, asks for: its columns and its order are
/// those of the list. Several views leave it open, so that none is.
///
/// # Errors
/// What the store says, or is wrong with the filter.
pub fn leading(
    reader: &Reader<'_>,
    kind: &'static Kind,
    terms: &[String],
    filter: Option<&str>,
) -> Result<Option<SavedView>> {
    let known = |name: &str| knows(kind, name, reader.schema());
    let mut expr = syntax::parse_terms(terms, &known)?;
    if let Some(text) = filter {
        expr = expr.and(syntax::parse(text, &known)?);
    }
    let parts = if let Expr::And(parts) = &expr { parts.as_slice() } else { std::slice::from_ref(&expr) };
    match parts.iter().filter_map(asked_for).collect::<Vec<_>>()[..] {
        [name] => views::named(reader, name),
        _ => Ok(None),
    }
}

/// The name in a term `view:NAME`.
fn asked_for(expr: &Expr) -> Option<&str> {
    let Expr::Term(Term::Test { path, test: Test::Is(patterns), .. }) = expr else { return None };
    let [name] = path.0.as_slice() else { return None };
    let [pattern] = patterns.as_slice() else { return None };
    is_view(&name.text).then_some(pattern.text.as_str())
}
