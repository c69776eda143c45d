//! Formulas over a store.

mod mistakes;
mod reads;
mod records;
mod types;

use std::{collections::BTreeMap, ops::ControlFlow};

use chrono::NaiveDate;

use super::{asking, store};
use crate::{
    domain::{
        FieldDef, Kind, KindId, Lookup, Record, RecordId, Value, activity, customer, deal, decode, followup,
        schema::BASE,
        ticket,
        words::money::{Currency, Money},
    },
    error::{Error, Result},
    language::formula::{
        ChildLink, Children, Datum, EvalContext, FUNCTIONS, Formula, Hop, Live, Names, RollUp, Ty, Values, Visit,
    },
    query::{
        field_path::{FieldPath, PathValue},
        filter::{Evaluator, Filter},
        resolve::{QueryContext, resolve},
        reverse_links::{kind_meant, link_back, links_between, plurals_back},
        syntax::Expr,
    },
    store::engine::Engine,
    text::{Lang, said},
};

/// The kinds and records of a store.
struct World<'a> {
    asking: QueryContext<'a>,
}

impl Names for World<'_> {
    fn target(&self, link: &FieldDef) -> Option<&'static Kind> {
        BASE.target(link)
    }

    fn children(&self, of: &'static Kind, name: &str) -> ChildLink {
        let Some(from) = kind_meant(name, &BASE) else { return ChildLink::None };
        match (link_back(from, of), links_between(from, of).as_slice()) {
            (Some(link), _) => ChildLink::One(link, from),
            (None, []) => ChildLink::None,
            (None, links) => ChildLink::Ambiguous(from, links.iter().map(|def| def.code).collect()),
        }
    }

    fn child_names(&self, of: &'static Kind) -> Vec<&'static str> {
        plurals_back(of, &BASE).collect()
    }

    fn filter(&self, filter: &Expr, source: &str, of: &'static Kind) -> Result<Filter> {
        resolve(filter, source, of, &self.asking)
    }

    fn currency(&self) -> Currency {
        self.asking.currency
    }

    fn record(&self, of: KindId, text: &str) -> Result<u64> {
        let id = RecordId::parse(text, BASE.kind(of)).filter(|id| id.kind == of);
        id.map(|id| id.num).ok_or_else(|| Error::usage(said!("there is no '{text}'", "没有“{text}”")))
    }
}

/// A record of a store.
struct Of<'a> {
    world: &'a World<'a>,
    id: RecordId,
    context: EvalContext,
}

impl<'a> Of<'a> {
    fn new(world: &'a World<'a>, id: RecordId) -> Self {
        let QueryContext { now, tz, week_start, currency, me, .. } = world.asking;
        Self { world, id, context: EvalContext { now, tz, week_start, me, currency } }
    }

    fn at(&self, id: RecordId, path: &FieldPath) -> Result<Option<Value>> {
        let reader = &self.world.asking.reader;
        let look = |found: Option<PathValue<'_>>| match found? {
            PathValue::Id(id) => Some(Value::Link(id.num)),
            PathValue::Stored(def, stored) => decode(def, stored),
        };
        reader.with_row(id, |row| path.look(reader, id, row, look))?.unwrap_or(Ok(None))
    }
}

impl Values for Of<'_> {
    fn context(&self) -> &EvalContext {
        &self.context
    }

    fn own(&self, path: &FieldPath) -> Result<Option<Value>> {
        self.at(self.id, path)
    }

    fn children(&self, of: &Children, item: Option<&FieldPath>, visit: &mut Visit<'_>) -> Result<()> {
        let reader = self.world.asking.reader;
        let filter = match &of.filter {
            Some(clause) => clause.meaning(self.world)?.into_owned(),
            None => Filter::all(of.kind),
        };
        let evaluator = Evaluator::new(reader, &filter);
        let mut numbers = Vec::new();
        reader.linking(of.kind.id, of.link, self.id.num, &mut |num| {
            numbers.push(num);
            ControlFlow::Continue(())
        })?;
        for num in numbers {
            if !evaluator.matches_number(num)? {
                continue;
            }
            let value = item.map(|path| self.at(RecordId::new(of.kind.id, num), path)).transpose()?.flatten();
            if visit(value).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn with_world(test: impl FnOnce(&World<'_>)) {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    test(&World { asking: asking(snapshot.reader()) });
}

fn define(text: &str, kind: &'static Kind, world: &World<'_>) -> Formula {
    Formula::define(text, kind, None, world).unwrap_or_else(|error| panic!("{text}: {}", error.message(Lang::En)))
}
