//! Definitions by what people call them: a field by the labels of its kind and its own.

use crate::{
    domain::{FieldDef, KindId, Schema},
    text::fold,
};

use super::{choice, field, kind};

/// The name of the definition that a word stands for: `设备.型号` is the field `machine.model`.
pub fn name_of(schema: &Schema, of: KindId, word: &str) -> Option<String> {
    let mut parts = word.split(['.', '。']).map(str::trim);
    let owner = schema.named(parts.next()?)?;
    if of == kind::ID {
        return parts.next().is_none().then(|| owner.noun.to_owned());
    }
    let name = parts.next()?;
    let is_called = |def: &&FieldDef| [def.code, def.en, def.zh].map(fold).contains(&fold(name));
    let def = owner.field_named(name).or_else(|| owner.gone.iter().rfind(is_called))?;
    match (of, parts.next()) {
        (field::ID, None) => Some(format!("{}.{}", owner.noun, def.code)),
        (choice::ID, Some(name)) if parts.next().is_none() => {
            let is_called = |known: &str| fold(known) == fold(name);
            let known = def.choices.iter().find(|it| [it.code, it.en, it.zh].into_iter().any(is_called))?;
            Some(format!("{}.{}.{}", owner.noun, def.code, known.code))
        }
        _ => None,
    }
}
