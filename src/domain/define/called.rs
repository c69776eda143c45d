//! Definitions by what people call them: a field by the labels of its kind and its own.

use crate::{
    domain::{KindId, Row, Schema, bytes},
    text::fold,
};

use super::{choice, field, kind};

/// The name of the definition in use that a word stands for: `设备.型号` is the field `machine.model`.
pub fn name_of(schema: &Schema, of: KindId, word: &str) -> Option<String> {
    let mut parts = word.split(['.', '。']).map(str::trim);
    let owner = schema.named(parts.next()?)?;
    if of == kind::ID {
        return parts.next().is_none().then(|| owner.noun.to_owned());
    }
    let name = parts.next()?;
    let def = owner.field_named(name)?;
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

/// Whether a word stands for a definition that lies in the trash, by its own code and labels and those of what it is of.
pub fn is_called(schema: &Schema, of: KindId, row: Row<'_>, word: &str) -> bool {
    let is = |known: &str, word: &str| fold(known) == fold(word.trim());
    let is_of =
        |noun: &str, word: &str| is(noun, word) || schema.named(word.trim()).is_some_and(|known| known.noun == noun);
    let dots = ['.', '。'];
    match of {
        kind::ID => {
            let names = [row.get(kind::NAME), row.get(kind::PLURAL), row.get(kind::EN), row.get(kind::ZH)];
            let aliases = row.raw(kind::ALIASES.tag()).into_iter().flat_map(bytes::items).filter_map(bytes::text);
            names.into_iter().flatten().chain(aliases).any(|known| is(known, word))
        }
        field::ID => {
            let (Some((owner, name)), Some(noun)) = (word.split_once(dots), row.get(field::OF)) else { return false };
            let names = [row.get(field::CODE), row.get(field::EN), row.get(field::ZH)];
            is_of(noun, owner) && names.into_iter().flatten().any(|known| is(known, name))
        }
        choice::ID => {
            let Some((noun, code)) = row.get(choice::FIELD).and_then(|field| field.split_once('.')) else {
                return false;
            };
            let Some((owner, rest)) = word.split_once(dots) else { return false };
            let Some((field, name)) = rest.split_once(dots) else { return false };
            let is_field = || {
                let Some(kind) = schema.named(noun) else { return false };
                let gone = || kind.gone.iter().filter(|def| def.code == code);
                kind.field_named(field.trim()).is_some_and(|def| def.code == code)
                    || gone().any(|def| is(def.en, field) || is(def.zh, field))
            };
            let names = [row.get(choice::CODE), row.get(choice::EN), row.get(choice::ZH)];
            is_of(noun, owner)
                && names.into_iter().flatten().any(|known| is(known, name))
                && (is(code, field) || is_field())
        }
        _ => false,
    }
}
