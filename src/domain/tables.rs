//! Which kinds of record there are, and what follows from their tables.
//!
//! A schema is handed down with what is read: a reader, an operation and the screen each hold one, and ask it for the
//! kinds. It lives as long as the program, as do the tables that it names.

use std::{any::Any, sync::OnceLock};

use super::{
    FieldDef, Kind, KindId, Lookup, RecordId, Row, bytes, derivation::Cycle, derivation_graph::DerivationGraph,
    lookup::Kinds,
};
use crate::{
    error::{Error, Result},
    text::{fold_words, said},
};

/// The kinds of record of a store.
#[derive(Debug)]
pub struct Schema {
    kinds: &'static [&'static Kind],
    derivations: OnceLock<Result<DerivationGraph, Cycle>>,
    layout: OnceLock<u64>,
    unfinished: OnceLock<bool>,
    parts: OnceLock<Vec<PartKind>>,
}

/// A kind whose records are parts of those of another one.
#[derive(Clone, Copy, Debug)]
pub struct PartKind {
    /// The kind.
    pub kind: &'static Kind,
    /// The link that leads from a part to the whole.
    pub link: &'static FieldDef,
    /// The kind of the whole.
    pub whole: KindId,
}

impl Schema {
    /// The schema of these kinds.
    pub const fn new(kinds: &'static [&'static Kind]) -> Self {
        Self {
            kinds,
            derivations: OnceLock::new(),
            layout: OnceLock::new(),
            unfinished: OnceLock::new(),
            parts: OnceLock::new(),
        }
    }

    /// In which order the derived fields of its kinds are computed, and what makes them stale.
    ///
    /// # Errors
    /// `Failure` where the derivations of its kinds form a cycle; a test holds that those of the program do not.
    pub fn derivations(&self) -> Result<&DerivationGraph> {
        self.derivations.get_or_init(|| DerivationGraph::new(self.kinds)).as_ref().map_err(|cycle| {
            Error::failure(said!("Computed fields depend on themselves: {cycle}", "计算字段循环依赖：{cycle}"))
        })
    }

    /// The number that tells what is kept beside records of its kinds: worked out once, by the store.
    pub fn layout(&self, work_out: impl FnOnce(&Self) -> u64) -> u64 {
        *self.layout.get_or_init(|| work_out(self))
    }

    /// Every kind, in the order in which they are exported.
    pub const fn kinds(&self) -> &'static [&'static Kind] {
        self.kinds
    }

    /// The kinds of which records are parts of others; mostly there are none.
    pub fn parts(&self) -> &[PartKind] {
        self.parts.get_or_init(|| {
            let part = |kind: &&'static Kind| {
                let link = kind.part_link()?;
                Some(PartKind { kind, link, whole: self.target(link)?.id })
            };
            self.kinds.iter().filter_map(part).collect()
        })
    }

    /// The kinds of which records are parts of those of this one.
    pub fn parts_of(&self, whole: KindId) -> impl Iterator<Item = &PartKind> {
        self.parts().iter().filter(move |part| part.whole == whole)
    }

    /// What a record of a kind is a part of.
    pub fn whole_of(&self, kind: KindId, row: Row<'_>) -> Option<RecordId> {
        let part = self.parts().iter().find(|part| part.kind.id == kind)?;
        row.raw(part.link.tag).and_then(bytes::unsigned).map(|num| RecordId::new(part.whole, num))
    }

    /// Whether an index of a field is unfinished.
    pub fn has_unfinished_index(&self) -> bool {
        *self.unfinished.get_or_init(|| self.kinds.iter().any(|kind| kind.fields.iter().any(|def| def.unfinished)))
    }

    /// The table of a kind; none for a number that this schema does not know.
    pub fn kind(&self, id: KindId) -> Option<&'static Kind> {
        self.kinds.iter().copied().find(|kind| kind.id == id)
    }

    /// The table of the kind of a record.
    ///
    /// # Errors
    /// `Failure` for a kind that this schema does not know.
    pub fn kind_of(&self, id: RecordId) -> Result<&'static Kind> {
        self.kind(id.kind).ok_or_else(|| {
            Error::failure(said!(
                "The store holds records of a kind that this version does not know",
                "数据文件中有此版本不认识的记录类别"
            ))
        })
    }

    /// This schema's table of a kind of the program; the program's own where the schema does not know it.
    pub fn table(&self, kind: &'static Kind) -> &'static Kind {
        self.kind(kind.id).unwrap_or(kind)
    }

    /// Whether a field of any kind has this name.
    pub fn has_field(&self, name: &str) -> bool {
        self.kinds.iter().any(|kind| kind.field_named(name).is_some())
    }

    /// The kind that a noun names: its noun, plural, alias or Chinese label.
    pub fn named(&self, word: &str) -> Option<&'static Kind> {
        let named = |word: &str| {
            let is = |kind: &&Kind| {
                kind.noun == word || kind.plural == word || kind.aliases.contains(&word) || kind.zh == word
            };
            self.kinds.iter().copied().find(is)
        };
        if word.is_ascii() { named(word) } else { named(&fold_words(word)) }
    }

    /// The kind whose ids begin with these letters, in upper or lower case.
    pub fn lettered(&self, letters: &str) -> Option<&'static Kind> {
        self.kinds.iter().copied().find(|kind| kind.letters.eq_ignore_ascii_case(letters))
    }

    /// The kind that a link points to; none for a field that is no link.
    pub fn target(&self, def: &FieldDef) -> Option<&'static Kind> {
        let noun = def.target?;
        self.kinds.iter().copied().find(|kind| kind.noun == noun)
    }

    /// The schema of what a rule looks at.
    ///
    /// # Errors
    /// `Failure` where it looks at something that is no store.
    pub fn of(lookup: &dyn Lookup) -> Result<&'static Self> {
        let kinds: &'static dyn Any = lookup.kinds();
        kinds.downcast_ref().ok_or_else(|| Error::failure(said!("The kinds are not known", "类别未知")))
    }
}

impl Kinds for Schema {
    fn target(&self, link: &FieldDef) -> Option<KindId> {
        self.target(link).map(|kind| kind.id)
    }
}
