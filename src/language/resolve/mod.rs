//! From what a filter says to what it means for a kind of record: names become fields, text becomes values.

mod apart;
mod bounds;
mod literal;
mod path;
mod place;
mod range;
mod said_range;
mod test;

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{
        Kind, Schema,
        print::{Understood, View},
        words::{WordsError, money::Currency},
    },
    error::{Error, Result},
    text::{Lang, Said, fold, said},
};

pub use place::is_place;
pub use range::names_its_year;

use super::{
    filter::{Filter, Node, WordTest},
    reverse_links,
    syntax::{self, Expr, Pattern, Span, Term},
};

/// Who asks, when and where: what words such as `me`, `today` and a bare amount mean.
#[derive(Clone, Copy)]
pub struct ResolveContext<'a> {
    /// The instant of the question.
    pub now: DateTime<Utc>,
    /// The zone in which a date is a day.
    pub tz: Tz,
    /// The first day of the week.
    pub week_start: Weekday,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// The language of the reader.
    pub lang: Lang,
    /// The kinds of record that there are.
    pub schema: &'static Schema,
    /// Which records a text names.
    pub records: &'a dyn NamedRecords,
    /// Where it is kept what dates in words were understood as, where somebody is to be told.
    pub heard: Option<&'a Understood>,
}

/// The records that a filter names.
pub trait NamedRecords {
    /// Those of a kind that a pattern means: their numbers, or what their names must be like.
    ///
    /// # Errors
    /// That there is none, where there has to be one.
    fn called(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node>;

    /// Those of a view of a kind.
    ///
    /// # Errors
    /// That there is no such view.
    fn view(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node>;
}

impl ResolveContext<'_> {
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

/// Whether a name in a filter means the views of its kind.
pub fn is_view(name: &str) -> bool {
    let folded = fold(name);
    folded == "view" || folded == "视图"
}

/// What resolving one filter needs throughout.
#[derive(Clone, Copy)]
pub struct Resolver<'a> {
    /// The text that the filter was read from, for errors to point into.
    pub source: &'a str,
    /// Who asks.
    pub asking: &'a ResolveContext<'a>,
    /// The views that this filter is of, the outermost first, by their folded names.
    pub views: &'a [String],
}

impl Resolver<'_> {
    /// What a filter of records of a kind means.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn filter(&self, expr: &Expr, kind: &'static Kind) -> Result<Filter> {
        let (expr, of_trash) = place::split(expr);
        let filter = Filter::new(kind, self.expr(&expr, kind)?);
        Ok(if of_trash { filter.in_trash() } else { filter })
    }

    /// The same of records in use.
    ///
    /// # Errors
    /// The same.
    pub fn expr(&self, expr: &Expr, kind: &'static Kind) -> Result<Node> {
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

    const fn schema(&self) -> &'static Schema {
        self.asking.schema
    }

    /// The error for a test of views that names none as a whole.
    pub fn which_view(&self, span: Span) -> Error {
        self.error(span, said!("Say which view, by its whole name", "请写出视图的完整名称"))
            .hint(said!("write view:NAME; crm view list shows them", "请写 view:名称；crm view list 可查看"))
    }

    /// An error that points at a place of the filter.
    pub fn error(&self, span: Span, message: Said) -> Error {
        let caret = syntax::caret(self.source, span);
        Error::usage(message.map(|message| format!("{message}\n{caret}")))
    }

    /// The error for a literal that is not a value of its field.
    fn bad_value(&self, span: Span, error: WordsError) -> Error {
        self.error(span, error.message).hint_of(error.hint.as_ref())
    }
}
