//! Queries over a store in memory.

pub(crate) mod asks;
pub(crate) mod data;
mod formulas;
pub(crate) mod naive;
pub(crate) mod oracle;
mod phrases;
mod planner;
mod spellings;
mod sqlite;
pub(crate) mod table;

pub(crate) use data::{asking, store, store_of};

use std::ops::ControlFlow;

use crate::{
    query::{
        explain,
        grid::{Cell, Grid},
        names::Names,
        select::Query,
    },
    store::Reader,
    text::Lang,
};

/// What `--explain` says: each step, and its number where it has one.
pub(crate) fn how(query: &Query, reader: Reader<'_>) -> Vec<String> {
    steps(explain::list(query, &Names::new(reader, Lang::En)).unwrap())
}

pub(crate) fn steps(grid: Grid<'_>) -> Vec<String> {
    let mut steps = Vec::new();
    (grid.rows)(&mut |cells| {
        steps.push(match cells {
            [Cell::Words { code, .. }, Cell::Number(number)] => format!("{code}: {number}"),
            [Cell::Words { code, .. }, Cell::Empty] => code.to_string(),
            other => panic!("{other:?}"),
        });
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    steps
}
