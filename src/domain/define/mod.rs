//! Definitions: kinds, fields, choices and sections of one's own, kept as records of four kinds like everything else, so
//! that they have undo, history, a trash and an export without anything of their own.
//!
//! [`compile`] makes a [`Schema`](super::Schema) of them and of the program's own tables. Numbers in rows and keys follow
//! from the numbers of these records ([`numbers`]), which are never given twice: a definition that is undone and done
//! again, or removed and restored, finds its values.

mod builder;
mod called;
pub mod choice;
mod compile;
mod definition;
pub mod field;
mod fits;
mod formula_circles;
mod formula_language;
mod formula_shapes;
mod formulas;
pub mod kind;
mod known_names;
mod listed;
mod names;
pub mod numbers;
mod offers;
mod packed;
mod parts;
pub mod section;
mod shape;

use super::{FieldDef, Kind, KindId};

pub use called::{is_called, name_of};
pub use compile::{Names, Problem, compile};
pub use definition::Definition;
pub use formula_language::{FormulaField, Formulas};
pub use formulas::compile_with;
pub use listed::every_kind_has;
pub use names::{Labels, is_command};
pub use packed::{PACKING, pack, unpack};
pub use shape::Shape;

/// The kinds of definitions.
pub static KINDS: [&Kind; 4] = [&kind::KIND, &field::KIND, &choice::KIND, &section::KIND];

/// Whether records of a kind define what other records are.
pub fn is_definition(kind: KindId) -> bool {
    KINDS.iter().any(|definition| definition.id == kind)
}

/// Whether a field of a definition is said by the words before the others where it is added: `field add customer size`.
pub fn is_placed(def: &FieldDef) -> bool {
    let placed =
        const { &[field::OF.def(), field::CODE.def(), choice::FIELD.def(), choice::CODE.def(), section::OF.def()] };
    placed.contains(def)
}

/// What cannot be changed about a definition once it is made, because values are known by it.
pub const fn fixed(kind: KindId) -> &'static [FieldDef] {
    match kind {
        field::ID => {
            const {
                &[
                    field::OF.def(),
                    field::CODE.def(),
                    field::TYPE.def(),
                    field::MANY.def(),
                    field::TO.def(),
                    field::PART_OF.def(),
                ]
            }
        }
        choice::ID => const { &[choice::FIELD.def(), choice::CODE.def()] },
        kind::ID => const { &[kind::NAME.def(), kind::LETTERS.def()] },
        section::ID => const { &[section::OF.def()] },
        _ => &[],
    }
}

/// Whether a field of a definition follows from others where nothing is said of it, though none is without it.
pub const fn follows_from_others(kind: KindId, tag: u16) -> bool {
    kind.byte() == kind::ID.byte() && tag == kind::LETTERS.tag()
}

#[cfg(test)]
mod tests;
