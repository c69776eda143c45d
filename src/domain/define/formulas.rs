//! Fields that are worked out by a formula: their types, and the derivations that compute them.
//!
//! A formula may use what the same step defines, other formulas too, so their types are found out one after the other, each
//! by the schema of those that are known. What formulas mean is told by whoever knows their language ([`Formulas`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        FieldDef, Kind, KindId, Record, RecordId, Schema, derivation::Derivation, derivation_graph::DerivationGraph,
        kind::SummaryDef,
    },
    error::{Error, Result},
    text::said,
};

use super::{
    compile::{Names, Problem, compile_shaped},
    field, numbers,
    shape::{Shape, Shapes, says_its_type},
    unpacked::{Definition, in_order},
};

/// How a field is computed, and the summary of the records that it counts, where one will do.
#[derive(Debug)]
pub struct FormulaField {
    /// Its derivation.
    pub derivation: Derivation,
    /// The kind that is counted or summed up, and by what.
    pub summary: Option<(KindId, SummaryDef)>,
}

/// Those who know what formulas mean.
pub trait Formulas {
    /// What a formula of a kind of record gives.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    fn shape(&self, schema: &'static Schema, kind: &'static Kind, text: &str) -> Result<Shape>;

    /// How the field is computed that keeps what its formula gives.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    fn field(&self, schema: &'static Schema, kind: &'static Kind, def: &'static FieldDef) -> Result<FormulaField>;
}

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

/// Whether a definition is of a field in use that is worked out.
fn is_formula(definition: &Definition) -> bool {
    definition.id.kind == field::ID && !definition.trashed && definition.record.get(field::FORMULA).is_some()
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
        Err(cycle) => Err(in_circle(schema, cycle.path())),
    }
}

/// The type of each field that says none, or takes its choices from its formula.
fn shapes(
    base: &'static Schema,
    definitions: &[&'static Definition],
    names: Names,
    formulas: &dyn Formulas,
) -> Result<Shapes, Vec<Problem>> {
    let mut shapes = Shapes::new();
    let lacks = |definition: &&'static Definition| is_formula(definition) && !says_its_type(&definition.record);
    let mut left: Vec<&'static Definition> = definitions.iter().copied().filter(lacks).collect();
    while !left.is_empty() {
        let (schema, _) = compile_shaped(base, definitions, names, &shapes);
        let schema: &'static Schema = Box::leak(Box::new(schema));
        let mut wrong = Vec::new();
        let before = left.len();
        left.retain(|definition| {
            let (of, text) = (definition.record.get(field::OF), definition.record.get(field::FORMULA));
            let kind = of.and_then(|of| schema.kinds().iter().find(|kind| kind.noun == of));
            // A kind that there is not is told of by the field itself.
            let (Some(kind), Some(text)) = (kind, text) else { return false };
            match formulas.shape(schema, kind, text).and_then(|shape| said_type(&definition.record, shape)) {
                Ok(shape) => {
                    shapes.insert(definition.id, shape);
                    false
                }
                Err(error) => {
                    wrong.push(Problem { id: definition.id, error });
                    true
                }
            }
        });
        if left.len() == before {
            // Those that need one another have no type; each says which name it does not know.
            return Err(needing_each_other(&left).map_or(wrong, |circle| vec![circle]));
        }
    }
    Ok(shapes)
}

/// Two fields without a type that name each other, or one that names itself.
fn needing_each_other(left: &[&'static Definition]) -> Option<Problem> {
    let names = |one: &Definition, other: &Definition| {
        let (text, code) = (one.record.get(field::FORMULA)?, other.record.get(field::CODE)?);
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        Some(text.split(|c| !is_part(c)).any(|word| word == code))
    };
    let find = |from: &&'static Definition| {
        let mut trail: Vec<&'static Definition> = vec![left.iter().find(|one| one.id == from.id)?];
        loop {
            let at = trail.last()?;
            let next = left.iter().find(|other| names(at, other) == Some(true))?;
            if let Some(first) = trail.iter().position(|seen| seen.id == next.id) {
                return Some(trail.split_off(first));
            }
            trail.push(next);
        }
    };
    let circle = left.iter().find_map(|from| find(from))?;
    let name = |definition: &&'static Definition| {
        let get = |field| definition.record.get(field).unwrap_or_default();
        format!("{}.{}", get(field::OF), get(field::CODE))
    };
    let mut path: Vec<String> = circle.iter().rev().map(name).collect();
    path.push(path.first()?.clone());
    let last = circle.iter().max_by_key(|definition| definition.id)?;
    Some(Problem { id: last.id, error: circular(&path) })
}

/// What a formula gives, where the definition says that it is to be a choice.
fn said_type(record: &Record, shape: Shape) -> Result<Shape> {
    let ty = record.get(field::TYPE).and_then(field::type_of);
    match ty {
        Some(ty) if ty != shape.ty => Err(Error::invalid(said!("The formula gives no choice", "公式的结果不是选项"))
            .hint(said!("leave the type out: it is that of the formula", "请不要写类型：它由公式决定"))),
        _ => Ok(shape),
    }
}

fn problem(num: u64, error: Error) -> Problem {
    Problem { id: RecordId::new(field::ID, num), error }
}

/// Which field is left out where some are computed from one another: the one that was made last.
fn in_circle(schema: &Schema, path: &[String]) -> Vec<Problem> {
    let named = |name: &String| {
        let (noun, code) = name.split_once('.')?;
        let kind = schema.kinds().iter().find(|kind| kind.noun == noun)?;
        numbers::defining(kind.field(code)?.tag)
    };
    let last = path.iter().filter_map(named).max().unwrap_or_default();
    vec![problem(last, circular(path))]
}

fn circular(path: &[String]) -> Error {
    let (en, zh) = (path.join(" -> "), path.join(" → "));
    Error::invalid(said!("Computed fields depend on themselves: {en}", "计算字段循环依赖：{zh}"))
        .hint(said!("take one of them out of the formula", "请从公式中去掉其中一个字段"))
}
