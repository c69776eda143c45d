//! A kind of record as data: its names, fields, indexes, rules and derived fields.

use super::{
    KindId,
    derivation::Derivation,
    field::FieldDef,
    rules::{Draft, RuleContext},
};
use crate::error::Result;

pub use super::indexes::{IndexDef, SUMMED_DECIMALS, SummaryDef};

/// Fields that are read and filled in together.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its English heading; the first section has none.
    pub en: &'static str,
    /// Its Chinese heading.
    pub zh: &'static str,
    /// The codes of its fields, in the order in which they are filled in.
    pub fields: &'static [&'static str],
}

/// A kind of record.
#[derive(Debug)]
pub struct Kind {
    /// Its number in keys.
    pub id: KindId,
    /// Its noun on the command line.
    pub noun: &'static str,
    /// The noun's plural.
    pub plural: &'static str,
    /// One to three letters before a record's number.
    pub letters: &'static str,
    /// Other spellings of the noun.
    pub aliases: &'static [&'static str],
    /// Its English label.
    pub en: &'static str,
    /// Its Chinese label.
    pub zh: &'static str,
    /// The measure word between a number and that label.
    pub measure: &'static str,
    /// Its own fields; the ones that all kinds share are in [`super::common::FIELDS`].
    pub fields: &'static [FieldDef],
    /// Fields of one's own that were removed: rows may hold values of them, which come back with the field.
    pub gone: &'static [FieldDef],
    /// Its composite indexes.
    pub indexes: &'static [IndexDef],
    /// Its summaries, besides the count of all.
    pub summaries: &'static [SummaryDef],
    /// The columns of a list, unless others are asked for.
    pub columns: &'static [&'static str],
    /// How a form orders its fields. Those that no section names come last.
    pub sections: &'static [Section],
    /// What must hold of every record, applied to every change on every path.
    pub rules: fn(&mut Draft<'_>, &RuleContext<'_>) -> Result<()>,
    /// How its derived fields come about.
    pub derivations: &'static [Derivation],
}

/// What no section names.
static REST: Section = Section { en: "More", zh: "其他", fields: &[] };

impl Kind {
    /// Every field: its own first, then those that all kinds share.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static FieldDef> + use<> {
        self.fields.iter().chain(super::common::FIELDS)
    }

    /// The field with this code.
    pub fn field(&self, code: &str) -> Option<&'static FieldDef> {
        self.all_fields().find(|def| def.code == code)
    }

    /// The field with this number.
    pub fn field_by_tag(&self, tag: u16) -> Option<&'static FieldDef> {
        self.all_fields().find(|def| def.tag == tag)
    }

    /// The same, or the field of one's own that had this number and is in the trash: the journal may still tell of it.
    pub fn ever_by_tag(&self, tag: u16) -> Option<&'static FieldDef> {
        self.field_by_tag(tag).or_else(|| self.gone.iter().find(|def| def.tag == tag))
    }

    /// The field that a person means: by code, by a label of either language, or by what it is called too.
    pub fn field_named(&self, name: &str) -> Option<&'static FieldDef> {
        self.field_labelled(name).or_else(|| {
            let folded = crate::text::fold_cow(name);
            self.field_called(&folded)
        })
    }

    /// The field that is called so besides its code and labels, or was before it was given others; the name is folded, and
    /// its Chinese simplified.
    pub fn field_called(&self, folded: &str) -> Option<&'static FieldDef> {
        let was = |(en, zh): (&str, &str)| {
            crate::text::fold_cow(en) == folded || zh == folded || zh.strip_prefix(self.zh) == Some(folded)
        };
        self.all_fields()
            .find(|def| def.other_names().any(|other| other == folded))
            .or_else(|| self.all_fields().find(|def| def.former.is_some_and(was)))
    }

    /// The field with this code, or this label of either language: case and width folded, Chinese simplified, spaces as
    /// `_`.
    pub fn field_labelled(&self, name: &str) -> Option<&'static FieldDef> {
        self.field(name).or_else(|| {
            let folded = crate::text::fold_cow(name);
            let code = folded.replace([' ', '-'], "_");
            self.all_fields()
                .find(|def| def.code == code)
                .or_else(|| self.all_fields().find(|def| crate::text::fold_cow(def.en) == folded || def.zh == folded))
                // 级别 under 客户 means 客户级别.
                .or_else(|| self.all_fields().find(|def| def.zh.strip_prefix(self.zh) == Some(&*folded)))
        })
    }

    /// The fields that a person can fill in, by section; what no section names is in the last one, and what is hidden in
    /// none.
    pub fn form(&'static self) -> Vec<(&'static Section, Vec<&'static FieldDef>)> {
        let seen = |def: &&FieldDef| def.is_settable() && !def.hidden;
        let mut left: Vec<&'static FieldDef> = self.all_fields().filter(seen).collect();
        let mut form = Vec::with_capacity(self.sections.len() + 1);
        for section in self.sections {
            let fields = section.fields.iter().filter_map(|code| {
                let at = left.iter().position(|def| def.code == *code)?;
                Some(left.remove(at))
            });
            form.push((section, fields.collect()));
        }
        form.push((&REST, left));
        form.retain(|(_, fields)| !fields.is_empty());
        form
    }

    /// The link to what each of its records is a part of.
    pub fn part_link(&self) -> Option<&'static FieldDef> {
        self.fields.iter().find(|def| def.part_of)
    }

    /// Whether its records are parts of others: they are seen there, and have no place and no hits of their own.
    pub fn is_part(&self) -> bool {
        self.part_link().is_some()
    }

    /// The field that says what a record is called.
    pub fn name_field(&self) -> &'static FieldDef {
        self.fields.iter().find(|def| def.name).unwrap_or(&self.fields[0])
    }

    /// So many records of it in Chinese: `3 个客户`.
    pub fn counted_zh(&self, n: u64) -> String {
        format!("{n} {}{}", self.measure, self.zh)
    }

    /// Its label in a language.
    pub fn label(&self, lang: crate::text::Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }
}
