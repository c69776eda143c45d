//! Fields that are worked out by a formula: their types, and the derivations that compute them.
//!
//! A formula may use what the same step defines, other formulas too, so their types are found out one after the other, each
//! by the schema of those that are known. What formulas mean is told by whoever knows their language ([`Formulas`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        Kind, KindId, RecordId, Schema, derivation::Derivation, derivation_graph::DerivationGraph, kind::SummaryDef,
    },
    error::Error,
};

use super::{
    compile::{Names, Problem, compile_shaped},
    definition::{Definition, in_order, is_formula},
    field,
    formula_circles::computed_from_one_another,
    formula_language::Formulas,
    formula_shapes::shapes,
    numbers,
    shape::Shapes,
};

/// The schema of definitions with fields that are worked out, and the definitions that it leaves out.
pub fn compile_with(
    base: &'static Schema,
    definitions: Vec<Definition>,
    names: Names,
    formulas: &dyn Formulas,
) -> (Schema, Vec<Problem>) {
    let mut known = in_order(definitions);
    if !known.iter().any(|definition| is_formula(definition)) {
        return compile_shaped(base, &known, names, &Shapes::new());
    }
    let mut problems: Vec<Problem> = Vec::new();
    loop {
        let wrong = match attempt(base, &known, names, formulas) {
            Ok((schema, more)) => {
                problems.extend(more);
                return (schema, problems);
            }
            Err(wrong) => wrong,
        };
        // Without them others may be wrong, which is for the next turn.
        let ids: BTreeSet<RecordId> = wrong.iter().map(|problem| problem.id).collect();
        let before = known.len();
        known.retain(|definition| !ids.contains(&definition.id));
        if known.len() == before {
            // Nobody knows which is wrong: none of them is computed.
            known.retain(|definition| !is_formula(definition));
        }
        problems.extend(wrong);
    }
}

/// The schema of all of them, or what is wrong with some formulas.
fn attempt(
    base: &'static Schema,
    definitions: &[&'static Definition],
    names: Names,
    formulas: &dyn Formulas,
) -> Result<(Schema, Vec<Problem>), Vec<Problem>> {
    let shapes = shapes(base, definitions, names, formulas)?;
    let (schema, problems) = compile_shaped(base, definitions, names, &shapes);
    let schema: &'static Schema = Box::leak(Box::new(schema));
    Ok((Schema::new(with_formulas(schema, formulas)?), problems))
}

/// The kinds of a schema with what their formulas bring: derivations, and the summaries that these read.
pub(super) fn with_formulas(
    schema: &'static Schema,
    formulas: &dyn Formulas,
) -> Result<&'static [&'static Kind], Vec<Problem>> {
    let mut wrong = Vec::new();
    let mut made: BTreeMap<KindId, Vec<Derivation>> = BTreeMap::new();
    let mut summaries: BTreeMap<KindId, Vec<SummaryDef>> = BTreeMap::new();
    for kind in schema.kinds() {
        for def in kind.fields.iter().filter(|def| def.formula.is_some()) {
            match formulas.field(schema, kind, def) {
                Ok(field) => {
                    made.entry(kind.id).or_default().push(field.derivation);
                    if let Some((of, summary)) = field.summary {
                        summaries.entry(of).or_default().push(summary);
                    }
                }
                Err(error) => wrong.extend(numbers::defining(def.tag).map(|num| problem(num, error))),
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut extended = |kind: &'static Kind| -> &'static Kind {
        let (own, counted) = (made.remove(&kind.id), summaries.remove(&kind.id));
        if own.is_none() && counted.is_none() {
            return kind;
        }
        let derivations = own.map_or(kind.derivations, |own| {
            let built_in = kind.derivations.iter().map(Derivation::lent);
            built_in.chain(own).collect::<Vec<_>>().leak()
        });
        let summaries =
            counted.map_or(kind.summaries, |own| kind.summaries.iter().copied().chain(own).collect::<Vec<_>>().leak());
        Box::leak(Box::new(Kind { derivations, summaries, ..*kind }))
    };
    let kinds: &'static [&'static Kind] = schema.kinds().iter().map(|kind| extended(kind)).collect::<Vec<_>>().leak();
    match DerivationGraph::new(kinds) {
        Ok(_) => Ok(kinds),
        Err(cycle) => Err(vec![computed_from_one_another(schema, cycle.path())]),
    }
}

fn problem(num: u64, error: Error) -> Problem {
    Problem { id: RecordId::new(field::ID, num), error }
}
