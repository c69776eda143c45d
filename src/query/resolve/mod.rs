//! Filters over a store: the records that they name are looked up there.

mod links;
mod view;

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{
        Kind,
        print::{Understood, View},
        words::money::Currency,
    },
    error::Result,
    language::resolve::{NamedRecords as Finder, ResolveContext, Resolver},
    store::Reader,
    text::Lang,
};

pub use crate::language::resolve::{is_place, is_view, knows};
pub use view::leading;

use super::{
    filter::{Filter, Node},
    syntax::{self, Expr, Pattern},
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
    let records = StoredRecords { asking, names: NamedRecords::MustExist };
    records.resolve(source, &[], |resolver| resolver.filter(expr, kind))
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
    let records = StoredRecords { asking, names };
    records.resolve(text, &[crate::text::fold(own)], |resolver| resolver.expr(&expr, kind))?;
    Ok(expr.to_string())
}

/// The records of a store by what people call them.
struct StoredRecords<'a> {
    asking: &'a QueryContext<'a>,
    names: NamedRecords,
}

impl StoredRecords<'_> {
    fn resolve<T>(&self, source: &str, views: &[String], resolve: impl FnOnce(&Resolver<'_>) -> T) -> T {
        let QueryContext { now, tz, week_start, currency, lang, heard, .. } = *self.asking;
        let schema = self.asking.reader.schema();
        let asking = ResolveContext { now, tz, week_start, currency, lang, schema, records: self, heard };
        resolve(&Resolver { source, asking: &asking, views })
    }
}

impl Finder for StoredRecords<'_> {
    fn called(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node> {
        self.linked(at, kind, pattern)
    }

    fn view(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node> {
        self.of_view(at, kind, pattern)
    }
}
