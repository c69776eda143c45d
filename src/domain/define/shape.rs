//! What the value of a formula looks like, and which traits a field that keeps it can have.

use std::collections::BTreeMap;

use crate::{
    domain::{FieldDef, Record, RecordId, Type, field::Choice},
    error::{Error, Result},
    text::said,
};

use super::field;

/// What a formula gives, as a field has it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The type.
    pub ty: Type,
    /// Whether it is a list: amounts of several currencies.
    pub many: bool,
    /// The noun of the kind that a link leads to.
    pub target: Option<&'static str>,
    /// The choices that it is one of.
    pub choices: &'static [Choice],
}

/// What is known of the formulas of some fields.
pub(super) type Shapes = BTreeMap<RecordId, Shape>;

/// Whether the type is told by the definition alone: choices are those of the formula.
pub(super) fn says_its_type(record: &Record) -> bool {
    let ty = record.get(field::TYPE).and_then(field::type_of);
    ty.is_some_and(|ty| !matches!(ty, Type::Choice))
}

/// Whether a field that is worked out can have its traits: nobody sets it.
pub(super) fn fits(def: &FieldDef) -> Result<()> {
    let traits = [
        (def.required, "required", "必填"),
        (def.unique, "unique", "唯一"),
        (def.search, "search", "可搜索"),
        (def.strict, "strict", "仅限选项"),
        (def.default.is_some(), "default", "默认值"),
    ];
    if let Some((_, en, zh)) = traits.iter().find(|(is, ..)| *is) {
        return Err(Error::invalid(said!(
            "A field with a formula is never set, so it has no '{en}'",
            "有公式的字段不能填写，因此不能设“{zh}”"
        ))
        .hint(said!("leave {en} out", "请去掉“{zh}”")));
    }
    if def.many && !def.ty.has_currency() {
        return Err(Error::invalid(said!("A formula gives one value", "公式只得出一个值")).hint(said!(
            "only amounts by currency are several: leave many out",
            "只有分货币的金额可有多个：请去掉“多值”"
        )));
    }
    if def.index && (def.ty == Type::LongText || def.many) {
        return Err(Error::invalid(said!("Of this no index is kept", "此类型不能建索引"))
            .hint(said!("leave index out", "请去掉“索引”")));
    }
    Ok(())
}
