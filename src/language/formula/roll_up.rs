//! Sums and counts that a summary can serve: of children, by equality of choices alone.

use crate::{
    domain::{FieldDef, KindId, Type},
    language::{
        filter::{Check, Node as Test},
        measure::Measure,
    },
};

use super::node::{Clause, Node, NodeKind, RollOp};

/// A count or sum of children that a summary by their link and some of their choices can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUp {
    /// The kind of the children.
    pub kind: KindId,
    /// Their link.
    pub link: &'static FieldDef,
    /// The amounts that are summed up; none where they are counted.
    pub sum: Option<&'static FieldDef>,
    /// The choices, of each field one of these.
    pub choices: Vec<(&'static FieldDef, Vec<u16>)>,
}

impl RollUp {
    /// The whole of a formula as one.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let NodeKind::Roll(roll) = &node.what else { return None };
        let sum = match (roll.op, &roll.item) {
            (RollOp::Count, None) => None,
            (RollOp::Of(Measure::Sum), Some((path, _))) => {
                Some(path.own_field().filter(|def| def.ty == Type::Money && !def.many)?)
            }
            _ => return None,
        };
        let children = &roll.children;
        let choices = children.filter.as_ref().map_or_else(|| Some(Vec::new()), equalities)?;
        Some(Self { kind: children.kind.id, link: children.link, sum, choices })
    }
}

/// The choices that a filter asks for, where it asks for nothing else.
fn equalities(clause: &Clause) -> Option<Vec<(&'static FieldDef, Vec<u16>)>> {
    let tests = clause.filter.conjuncts().iter().map(|test| match test {
        Test::Field(def, Check::Numbers(ranges)) if def.ty == Type::Choice && !def.many => {
            let choices = def.choices.iter().map(|choice| choice.number);
            Some((*def, choices.filter(|choice| ranges.contains(i64::from(*choice))).collect()))
        }
        _ => None,
    });
    let mut found: Vec<(&'static FieldDef, Vec<u16>)> = Vec::new();
    for test in tests {
        let (def, choices): (&'static FieldDef, Vec<u16>) = test?;
        match found.iter_mut().find(|(held, _)| *held == def) {
            Some((_, held)) => held.retain(|choice| choices.contains(choice)),
            None => found.push((def, choices)),
        }
    }
    Some(found)
}
