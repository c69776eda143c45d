//! The names that fields and choices have so far, each folded once: whether a name is free is asked of a table, however many
//! there are.

use std::collections::HashMap;

use crate::{
    domain::{FieldDef, KindId, common, field::Choice},
    text::fold,
};

/// Names that have been read, folded once.
#[derive(Default)]
pub(super) struct KnownNames {
    fields: HashMap<KindId, FieldNames>,
    choices: HashMap<(KindId, u16), ChoiceNames>,
}

impl KnownNames {
    /// Those of the fields of a kind, as far as they were read.
    pub(super) fn of_fields(&mut self, of: KindId) -> &mut FieldNames {
        self.fields.entry(of).or_insert_with(FieldNames::common)
    }

    /// Reads those of a kind anew the next time.
    pub(super) fn forget_fields(&mut self, of: KindId) {
        self.fields.remove(&of);
    }

    /// The choice of a field that has a name of this one already; of `all` those that come behind what was read are read.
    pub(super) fn choice<'c>(
        &mut self,
        (of, tag): (KindId, u16),
        all: impl Iterator<Item = &'c Choice>,
        own: &Choice,
    ) -> Option<&'static str> {
        let known = self.choices.entry((of, tag)).or_default();
        for other in all.skip(known.read) {
            known.read += 1;
            for name in names_of(other) {
                known.names.entry(name).or_insert(other.code);
            }
        }
        names_of(own).iter().find_map(|name| known.names.get(name)).copied()
    }
}

/// The names by which somebody who types a value may mean a choice.
fn names_of(choice: &Choice) -> [String; 3] {
    [choice.code, choice.en, choice.zh].map(fold)
}

/// Of how many choices the names were read, and whose they are.
#[derive(Default)]
struct ChoiceNames {
    read: usize,
    names: HashMap<String, &'static str>,
}

/// Of how many fields of a kind the names were read, and whose they are, by code and label.
#[derive(Default)]
pub(super) struct FieldNames {
    read: usize,
    names: HashMap<String, (&'static str, &'static str)>,
}

impl FieldNames {
    /// Those that all kinds have.
    pub(super) fn common() -> Self {
        let mut names = Self::default();
        common::FIELDS.iter().for_each(|def| names.add(def));
        names
    }

    /// Reads the fields that come behind those that were read.
    pub(super) fn read_on<'f>(&mut self, fields: impl Iterator<Item = &'f FieldDef>) {
        for def in fields.skip(self.read) {
            self.read += 1;
            self.add(def);
        }
    }

    /// The code and the label of the field that has a folded name.
    pub(super) fn of(&self, name: &str) -> Option<(&'static str, &'static str)> {
        self.names.get(name).copied()
    }

    fn add(&mut self, def: &FieldDef) {
        let names = [def.code, def.en, def.zh].map(fold);
        for name in names.into_iter().chain(def.other_names().map(str::to_owned)) {
            self.names.entry(name).or_insert((def.code, def.zh));
        }
    }
}
