//! Fields that are worked out from one another: in a circle, so that none of them can be.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    domain::{RecordId, Schema},
    error::Error,
    text::{fold, said},
};

use super::{compile::Problem, definition::Definition, field, formula_language::Formulas, numbers};

/// What is wrong with fields whose types need one another: the one that was made last, with the way around.
pub(super) fn needing_each_other(
    schema: &'static Schema,
    left: &[&Definition],
    formulas: &dyn Formulas,
) -> Option<Problem> {
    let circle = circle(&needed(schema, left, formulas))?;
    let name = |at: &usize| {
        let get = |field| left[*at].record.get(field).unwrap_or_default();
        format!("{}.{}", get(field::OF), get(field::CODE))
    };
    let mut path: Vec<String> = circle.iter().rev().map(name).collect();
    path.push(path.first()?.clone());
    let last = circle.iter().map(|at| left[*at].id).max()?;
    Some(Problem { id: last, error: circular(&path) })
}

/// Which of the others each of these fields needs, by their places.
pub(super) fn needed(schema: &'static Schema, left: &[&Definition], formulas: &dyn Formulas) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (at, definition) in left.iter().enumerate() {
        let of = definition.record.get(field::OF).unwrap_or_default();
        for name in [field::CODE, field::EN, field::ZH].iter().filter_map(|name| definition.record.get(*name)) {
            named.insert((of, fold(name)), at);
        }
    }
    let needs = |definition: &&Definition| {
        let (of, text) = (definition.record.get(field::OF)?, definition.record.get(field::FORMULA)?);
        let kind = schema.kinds().iter().find(|kind| kind.noun == of)?;
        let names = formulas.unknown_names(schema, kind, text);
        Some(names.iter().filter_map(|(noun, name)| named.get(&(*noun, fold(name))).copied()).collect())
    };
    left.iter().map(|definition| needs(definition).unwrap_or_default()).collect()
}

/// A shortest way from a place back to it.
fn circle(needed: &[Vec<usize>]) -> Option<Vec<usize>> {
    let from = |start: usize| {
        let (mut came, mut next) = (BTreeMap::new(), VecDeque::from([start]));
        while let Some(at) = next.pop_front() {
            for to in &needed[at] {
                if *to == start {
                    let mut way = vec![at];
                    while let Some(before) = way.last().and_then(|at| came.get(at)) {
                        way.push(*before);
                    }
                    way.reverse();
                    return Some(way);
                }
                if !came.contains_key(to) {
                    came.insert(*to, at);
                    next.push_back(*to);
                }
            }
        }
        None
    };
    (0..needed.len()).filter_map(from).min_by_key(Vec::len)
}

/// Which field is left out where some are computed from one another: the one that was made last.
pub(super) fn computed_from_one_another(schema: &Schema, path: &[String]) -> Problem {
    let named = |name: &String| {
        let (noun, code) = name.split_once('.')?;
        let kind = schema.kinds().iter().find(|kind| kind.noun == noun)?;
        numbers::defining(kind.field(code)?.tag)
    };
    let last = path.iter().filter_map(named).max().unwrap_or_default();
    Problem { id: RecordId::new(field::ID, last), error: circular(path) }
}

fn circular(path: &[String]) -> Error {
    let (en, zh) = (path.join(" -> "), path.join(" → "));
    Error::invalid(said!("Computed fields depend on themselves: {en}", "计算字段循环依赖：{zh}"))
        .hint(said!("take one of them out of the formula", "请从公式中去掉其中一个字段"))
}
