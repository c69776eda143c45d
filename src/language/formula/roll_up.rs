//! Sums and counts that a summary can serve: of children, by equality of choices alone.

use crate::{
    domain::{FieldDef, KindId, Type, Value},
    language::{
        filter::{Check, Node as Test},
        measure::Measure,
    },
};

use super::node::{Clause, Node, NodeKind, RollOp};

/// Fields, and of each the values that will do.
type Equal = Vec<(&'static FieldDef, Vec<Value>)>;

/// A count or sum of children that a summary by their link and some of their choices can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUp {
    /// The kind of the children.
    pub kind: KindId,
    /// Their link.
    pub link: &'static FieldDef,
    /// The amounts or numbers that are summed up; none where they are counted.
    pub sum: Option<&'static FieldDef>,
    /// What they have to be equal to: of each choice, link and yes or no one of these.
    pub equal: Equal,
}

impl RollUp {
    /// The whole of a formula as one.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let NodeKind::Roll(roll) = &node.what else { return None };
        let sum = match (roll.op, &roll.item) {
            (RollOp::Count, None) => None,
            (RollOp::Of(Measure::Sum), Some((path, _))) => Some(path.own_field().filter(|def| is_summed(def))?),
            _ => return None,
        };
        let children = &roll.children;
        if children.filter.as_ref().is_some_and(|clause| clause.live.any()) {
            return None;
        }
        let equal = children.filter.as_ref().map_or_else(|| Some(Vec::new()), equalities)?;
        Some(Self { kind: children.kind.id, link: children.link, sum, equal })
    }
}

/// Whether a summary adds up values of a field.
fn is_summed(def: &FieldDef) -> bool {
    let types = [Type::Money, Type::UnitPrice, Type::Whole, Type::Decimal, Type::Duration, Type::Percent];
    types.contains(&def.ty) && !def.many
}

/// The values that a filter asks for, where it asks for nothing else.
fn equalities(clause: &Clause) -> Option<Equal> {
    let mut found: Equal = Vec::new();
    for test in clause.filter.conjuncts() {
        let Test::Field(def, Check::Numbers(ranges)) = test else { return None };
        let values: Vec<Value> = match def.ty {
            _ if def.many => return None,
            Type::Choice => {
                let numbers = def.choices.iter().map(|choice| choice.number);
                numbers.filter(|number| ranges.contains(i64::from(*number))).map(Value::Choice).collect()
            }
            Type::YesNo => {
                [false, true].into_iter().filter(|yes| ranges.contains((*yes).into())).map(Value::YesNo).collect()
            }
            Type::Link => ranges.iter().map(|(from, to)| one(from, to).map(Value::Link)).collect::<Option<_>>()?,
            _ => return None,
        };
        match found.iter_mut().find(|(held, _)| held == def) {
            Some((_, held)) => held.retain(|value| values.contains(value)),
            None => found.push((def, values)),
        }
    }
    Some(found)
}

fn one(from: i64, to: i64) -> Option<u64> {
    u64::try_from(from).ok().filter(|_| from == to)
}
