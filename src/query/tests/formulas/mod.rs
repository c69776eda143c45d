//! Formulas over a store.

mod mistakes;
mod reads;
mod records;
mod types;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{asking, store};
use crate::{
    domain::{
        FieldDef, Kind, KindId, Lookup, Record, RecordId, Value, activity, customer, deal, followup,
        schema::BASE,
        ticket,
        words::money::{Currency, Money},
    },
    language::formula::{Datum, FUNCTIONS, Formula, Hop, Live, RollUp, Ty},
    query::formulas::{StoreNames as World, StoredValues as Of},
    store::engine::Engine,
    text::Lang,
};

fn with_world(test: impl FnOnce(&World<'_>)) {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    test(&World { asking: asking(snapshot.reader()) });
}

fn define(text: &str, kind: &'static Kind, world: &World<'_>) -> Formula {
    Formula::define(text, kind, None, world).unwrap_or_else(|error| panic!("{text}: {}", error.message(Lang::En)))
}
