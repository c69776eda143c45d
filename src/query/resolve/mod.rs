//! From what a filter says to what it means for a kind of record: names become fields, text becomes values.

mod apart;
mod bounds;
mod links;
mod literal;
mod path;
mod place;
mod range;
mod said_range;
mod test;
mod view;

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{
        Kind, Schema,
        print::{Understood, View},
        words::{WordsError, money::Currency},
    },
    error::{Error, Result},
    store::Reader,
    text::{Lang, Said},
};

pub use place::is_place;
pub(in crate::query) use range::names_its_year;
pub use view::{is_view, leading};

use super::{
    filter::{Filter, Node, WordTest},
    reverse_links,
    syntax::{self, Expr, Span, Term},
};

/// Who asks, when and where: what words such as `me`, `today` and a bare amount mean.
#[derive(Clone, Copy)]
pub struct QueryContext<'a> {
    /// The instant of the question.
    pub now: DateTime<Utc>,
    /// The zone in which a date is a day.
    pub tz: Tz,
    /// The first day of the week.
    pub week_start: Weekday,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// The number of the user who asks; `None` for one whom the store does not know.
    pub me: Option<u64>,
    /// The language of the reader.
    pub lang: Lang,
    /// The store in which links are looked up.
    pub reader: Reader<'a>,
    /// Where it is kept what dates in words were understood as, where somebody is to be told.
    pub heard: Option<&'a Understood>,
}

impl QueryContext<'_> {
    /// How values are shown to who asks.
    pub fn view(&self) -> View {
        View { lang: self.lang, tz: self.tz, now: self.now.into(), relative: false }
    }
}

/// Whether a text names something that a filter on this kind can ask about.
pub fn knows(kind: &Kind, name: &str, schema: &Schema) -> bool {
    path::is_id(name)
        || is_view(name)
        || is_place(name)
        || kind.field_named(name).is_some()
        || reverse_links::kind_meant(name, schema).is_some_and(|from| reverse_links::link_back(from, kind).is_some())
}

/// Reads a filter from one string.
pub fn read(text: &str, kind: &'static Kind, asking: &QueryContext<'_>) -> Result<Filter> {
    let expr = syntax::parse(text, &|name| knows(kind, name, asking.reader.schema()))?;
    resolve(&expr, text, kind, asking)
}

/// Reads a filter from words of a command line.
pub fn read_terms(words: &[String], kind: &'static Kind, asking: &QueryContext<'_>) -> Result<Filter> {
    let expr = syntax::parse_terms(words, &|name| knows(kind, name, asking.reader.schema()))?;
    resolve(&expr, &syntax::source_of(words), kind, asking)
}

/// Finds out what a filter means; `source` is the text it was read from, for errors to point into.
pub fn resolve(expr: &Expr, source: &str, kind: &'static Kind, asking: &QueryContext<'_>) -> Result<Filter> {
    let resolver = Resolver { source, asking, names: NamedRecords::MustExist, views: &[] };
    let (expr, of_trash) = place::split(expr);
    let filter = Filter::new(kind, resolver.expr(&expr, kind)?);
    Ok(if of_trash { filter.in_trash() } else { filter })
}

/// Whether the records that a filter names must be there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedRecords {
    /// They must: a mistyped name is an error.
    MustExist,
    /// They may come later.
    MayCome,
}

/// The canonical spelling of a filter that can be asked; `own` is the view that it is to be the filter of.
pub fn canonical(
    text: &str,
    kind: &'static Kind,
    asking: &QueryContext<'_>,
    own: &str,
    names: NamedRecords,
) -> Result<String> {
    let expr = syntax::parse(text, &|name| knows(kind, name, asking.reader.schema()))?;
    Resolver { source: text, asking, names, views: &[crate::text::fold(own)] }.expr(&expr, kind)?;
    Ok(expr.to_string())
}

/// What resolving one filter needs throughout.
struct Resolver<'a> {
    source: &'a str,
    asking: &'a QueryContext<'a>,
    names: NamedRecords,
    /// The views that this filter is of, the outermost first, by their folded names.
    views: &'a [String],
}

impl Resolver<'_> {
    const fn schema(&self) -> &'static Schema {
        self.asking.reader.schema()
    }

    fn expr(&self, expr: &Expr, kind: &'static Kind) -> Result<Node> {
        let each = |parts: &[Expr]| parts.iter().map(|part| self.expr(part, kind)).collect::<Result<Vec<_>>>();
        Ok(match expr {
            Expr::All => Node::always(),
            Expr::And(parts) => {
                self.in_one_word(parts, kind)?;
                Node::All(each(parts)?)
            }
            Expr::Or(parts) => Node::any(each(parts)?),
            Expr::Not(part) => self.expr(part, kind)?.negate(),
            Expr::Term(Term::Words { text, .. }) => Node::Words(WordTest::new(kind, text)),
            Expr::Term(Term::Test { path, test, .. }) => self.test(path, test, kind)?,
        })
    }

    /// An error that points at a place of the filter.
    fn error(&self, span: Span, message: Said) -> Error {
        let caret = syntax::caret(self.source, span);
        Error::usage(message.map(|message| format!("{message}\n{caret}")))
    }

    /// The error for a literal that is not a value of its field.
    fn bad_value(&self, span: Span, error: WordsError) -> Error {
        self.error(span, error.message).hint_of(error.hint.as_ref())
    }
}
