//! Tests of formulas without a store; those with one stand beside the tests of filters.

mod docs;
mod fractions;
mod syntax;
mod values;

use std::ops::ControlFlow;

use chrono::{TimeZone, Utc, Weekday};
use chrono_tz::Asia::Shanghai;

use super::*;
use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, Value, schema::BASE, words::money::Currency},
    error::{Error, Result},
    language::{
        field_path::{FieldPath, Leaf},
        filter::Filter,
        reverse_links::{kind_meant, link_back, plurals_back},
        syntax::Expr,
    },
    text::said,
};

/// The kinds as they are, without a store: no filter means anything, and records are known by their ids.
pub(super) struct Kinds;

impl Names for Kinds {
    fn target(&self, link: &FieldDef) -> Option<&'static Kind> {
        BASE.target(link)
    }

    fn children(&self, of: &'static Kind, name: &str) -> ChildLink {
        kind_meant(name, &BASE)
            .and_then(|from| Some((link_back(from, of)?, from)))
            .map_or(ChildLink::None, |(link, from)| ChildLink::One(link, from))
    }

    fn child_names(&self, of: &'static Kind) -> Vec<&'static str> {
        plurals_back(of, &BASE).collect()
    }

    fn filter(&self, _: &Expr, _: &str, of: &'static Kind) -> Result<Filter> {
        Ok(Filter::all(of))
    }

    fn currency(&self) -> Currency {
        Currency::CNY
    }

    fn record(&self, of: KindId, text: &str) -> Result<u64> {
        let id = RecordId::parse(text, BASE.kind(of)).filter(|id| id.kind == of);
        id.map(|id| id.num).ok_or_else(|| Error::usage(said!("there is no '{text}'", "没有“{text}”")))
    }
}

/// A record by the values of its fields.
pub(super) struct Fields {
    context: EvalContext,
    values: Vec<(&'static str, Value)>,
}

impl Fields {
    /// On the 18th of February 2026 in Shanghai.
    pub(super) fn of(values: impl IntoIterator<Item = (&'static str, Value)>) -> Self {
        let context = EvalContext {
            now: Utc.with_ymd_and_hms(2026, 2, 18, 2, 30, 0).unwrap(),
            tz: Shanghai,
            week_start: Weekday::Mon,
            me: Some(1),
            currency: Currency::CNY,
        };
        Self { context, values: values.into_iter().collect() }
    }
}

impl Values for Fields {
    fn context(&self) -> &EvalContext {
        &self.context
    }

    fn own(&self, path: &FieldPath) -> Result<Option<Value>> {
        let Leaf::Field(def) = path.leaf() else { return Ok(Some(Value::Link(7))) };
        Ok(self.values.iter().find(|(code, _)| *code == def.code).map(|(_, value)| value.clone()))
    }

    fn children(&self, _: &Children, _: Option<&FieldPath>, visit: &mut Visit<'_>) -> Result<()> {
        let _: ControlFlow<()> = visit(None);
        Ok(())
    }
}
