//! Names of formulas that a store keeps the values of: told by the schema alone, for the same formula has to mean the same
//! to everybody. Records are named by their ids.

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, Schema, words::money::Currency},
    error::{Error, Result},
    language::{
        filter::{Filter, Node, Ranges},
        resolve::{NamedRecords, ResolveContext, Resolver},
        reverse_links::{kind_meant, link_back, links_between, plurals_back},
        syntax::{Expr, Pattern},
    },
    text::{Lang, n_before, said},
};

use super::{
    evaluate::EvalContext,
    names::{ChildLink, Names},
};

/// What kept values do not depend on. An amount without a currency has none where there is none beside it.
pub(super) const ANYWHERE: EvalContext = EvalContext {
    now: DateTime::<Utc>::UNIX_EPOCH,
    tz: Tz::UTC,
    week_start: Weekday::Mon,
    me: None,
    currency: Currency::CNY,
};

/// The names of a schema.
pub(super) struct SchemaNames(pub(super) &'static Schema);

impl Names for SchemaNames {
    fn target(&self, link: &FieldDef) -> Option<&'static Kind> {
        self.0.target(link)
    }

    fn children(&self, of: &'static Kind, name: &str) -> ChildLink {
        children(self.0, of, name)
    }

    fn child_names(&self, of: &'static Kind) -> Vec<&'static str> {
        plurals_back(of, self.0).collect()
    }

    fn filter(&self, filter: &Expr, source: &str, of: &'static Kind) -> Result<Filter> {
        let EvalContext { now, tz, week_start, currency, .. } = ANYWHERE;
        let (lang, schema) = (Lang::En, self.0);
        let asking = ResolveContext { now, tz, week_start, currency, lang, schema, records: &ById, heard: None };
        Resolver { source, asking: &asking, views: &[] }.filter(filter, of)
    }

    fn currency(&self) -> Currency {
        ANYWHERE.currency
    }

    fn record(&self, of: KindId, text: &str) -> Result<u64> {
        let kind = self.0.kind(of);
        let id = RecordId::parse(text, kind).filter(|id| id.kind == of);
        id.map(|id| id.num).ok_or_else(|| match kind {
            Some(kind) => not_an_id(kind, text),
            None => Error::usage(said!("'{text}' is no id", "“{text}”不是编号")),
        })
    }
}

/// The children that a name means.
pub fn children(schema: &Schema, of: &'static Kind, name: &str) -> ChildLink {
    let Some(from) = kind_meant(name, schema) else { return ChildLink::None };
    match (link_back(from, of), links_between(from, of).as_slice()) {
        (Some(link), _) => ChildLink::One(link, from),
        (None, []) => ChildLink::None,
        (None, links) => ChildLink::Ambiguous(from, links.iter().map(|def| def.code).collect()),
    }
}

/// Records by their ids, since what is called by a name may be another one tomorrow.
struct ById;

impl NamedRecords for ById {
    fn called(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node> {
        match RecordId::parse(&pattern.text, Some(kind)).filter(|id| id.kind == kind.id && !pattern.prefix) {
            Some(id) => Ok(Node::Ids(Ranges::of_numbers(&[id.num]))),
            None => {
                let error = not_an_id(kind, &pattern.text);
                Err(at.error(pattern.span, error.what().clone()).hint_of(error.next()))
            }
        }
    }

    fn view(&self, at: &Resolver<'_>, _: &'static Kind, pattern: &Pattern) -> Result<Node> {
        Err(at.which_view(pattern.span))
    }
}

fn not_an_id(kind: &Kind, text: &str) -> Error {
    Error::usage(said!(
        ("'{text}' is not the id of a{} {}", n_before(kind.noun), kind.noun),
        ("“{text}”不是{}的编号", kind.zh)
    ))
    .hint(said!(
        ("in a formula that a field keeps, write its id: {}-12", kind.letters),
        ("字段公式中请写编号：{}-12", kind.letters)
    ))
}
