//! The types of fields that are worked out by a formula and say none: found out one after the other, each by the schema of
//! those that are known.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{Record, RecordId, Schema},
    error::{Error, Result},
    text::said,
};

use super::{
    compile::{Names, Problem, compile_shaped},
    definition::{Definition, is_formula},
    field,
    formula_circles::{needed, needing_each_other},
    formula_language::Formulas,
    shape::{Shape, Shapes, says_its_type},
};

/// The type of each field that says none, or takes its choices from its formula.
pub(super) fn shapes(
    base: &'static Schema,
    definitions: &[&'static Definition],
    names: Names,
    formulas: &dyn Formulas,
) -> Result<Shapes, Vec<Problem>> {
    let mut shapes = Shapes::new();
    let lacks = |definition: &&'static Definition| is_formula(definition) && !says_its_type(&definition.record);
    let mut left: Vec<&'static Definition> = definitions.iter().copied().filter(lacks).collect();
    let mut needs: Option<HashMap<RecordId, Vec<RecordId>>> = None;
    while !left.is_empty() {
        let (schema, _) = compile_shaped(base, definitions, names, &shapes);
        let schema: &'static Schema = Box::leak(Box::new(schema));
        // Which of the others each needs is found out once; asked of all in each turn, a chain of three hundred took seconds.
        let needs = needs.get_or_insert_with(|| {
            let ids = |others: Vec<usize>| others.into_iter().map(|at| left[at].id).collect();
            left.iter().map(|one| one.id).zip(needed(schema, &left, formulas).into_iter().map(ids)).collect()
        });
        let known: HashSet<RecordId> = shapes.keys().copied().collect();
        let mut wrong = Vec::new();
        let before = left.len();
        left.retain(|definition| {
            if needs.get(&definition.id).is_some_and(|needs| needs.iter().any(|id| !known.contains(id))) {
                return true;
            }
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
            return Err(needing_each_other(schema, &left, formulas).map_or(wrong, |circle| vec![circle]));
        }
    }
    Ok(shapes)
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
