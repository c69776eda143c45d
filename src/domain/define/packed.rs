//! The tables that definitions make, as bytes: a short command reads these and leaves the definitions alone. With two
//! hundred fields that is a tenth of the work.
//!
//! Of a kind or a field of the program that no definition says anything of, nothing is kept but its number; what no
//! definition can say is taken from the tables of the program. What formulas bring is not kept: it follows from their text.

use serde::{Deserialize, Serialize};

use crate::domain::{FieldDef, Kind, KindId, Schema, Type, field::Choice, kind::Section};

use super::{
    builder::{NAMED, own_field},
    formula_language::Formulas,
    formulas::with_formulas,
};

/// How they are packed: to be raised with any change of it.
pub const PACKING: u8 = 1;

/// A kind; behind it stand its fields, then those that it had.
#[derive(Serialize, Deserialize)]
struct PackedKind<'a> {
    id: u8,
    /// What it is called; none of a kind of the program.
    #[serde(borrow)]
    names: Option<PackedNames<'a>>,
    /// None where they are those of the program.
    columns: Option<Vec<&'a str>>,
    /// None where they are those of the program.
    sections: Option<Vec<PackedSection<'a>>>,
    fields: usize,
    gone: usize,
}

#[derive(Serialize, Deserialize)]
struct PackedNames<'a> {
    noun: &'a str,
    plural: &'a str,
    letters: &'a str,
    aliases: Vec<&'a str>,
    en: &'a str,
    zh: &'a str,
    measure: &'a str,
}

#[derive(Serialize, Deserialize)]
struct PackedSection<'a> {
    en: &'a str,
    zh: &'a str,
    #[serde(borrow)]
    fields: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct PackedField<'a> {
    tag: u16,
    /// None where it is as the program has it.
    #[serde(borrow)]
    told: Option<PackedTraits<'a>>,
}

/// What definitions may say of any field.
#[derive(Serialize, Deserialize)]
struct PackedTraits<'a> {
    /// The labels, where they are not the code.
    en: Option<&'a str>,
    zh: Option<&'a str>,
    help: Option<&'a str>,
    default: Option<&'a str>,
    /// Those of [`flags`], the first one in the lowest bit.
    flags: u8,
    /// Besides those of the program.
    #[serde(borrow)]
    choices: Vec<PackedChoice<'a>>,
    /// None of a field of the program.
    own: Option<PackedOwn<'a>>,
}

/// What only a field of one's own is told of.
#[derive(Serialize, Deserialize)]
struct PackedOwn<'a> {
    code: &'a str,
    ty: Type,
    many: bool,
    target: Option<&'a str>,
    decimals: Option<u8>,
    unique: bool,
    part_of: bool,
    formula: Option<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct PackedChoice<'a> {
    number: u16,
    code: &'a str,
    en: &'a str,
    zh: &'a str,
    also: &'a str,
    retired: bool,
}

/// The tables of a schema that are not those of the program, as bytes; none where they cannot be written.
pub fn pack(base: &Schema, schema: &Schema) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for kind in schema.kinds() {
        let known = base.kind(kind.id);
        if known.is_some_and(|known| std::ptr::eq(known.fields, kind.fields)) {
            continue;
        }
        put(&mut out, &packed_kind(kind, known))?;
        for def in kind.fields {
            put(&mut out, &packed_field(def, built_in(known, def.tag)))?;
        }
        for def in kind.gone {
            put(&mut out, &packed_field(def, None))?;
        }
    }
    Some(out)
}

/// The schema that these bytes are the tables of; none where they are not what [`pack`] writes.
pub fn unpack(base: &'static Schema, packed: &'static [u8], formulas: &dyn Formulas) -> Option<Schema> {
    let mut kinds = base.kinds().to_vec();
    let mut rest = packed;
    while !rest.is_empty() {
        let kind: PackedKind<'static> = take(&mut rest)?;
        let (fields, gone) = (kind.fields, kind.gone);
        let at = kinds.iter().position(|known| known.id.byte() == kind.id);
        let known = at.map(|at| kinds[at]);
        let mut table = kind.table(known)?;
        let read = |rest: &mut &'static [u8], count: usize, is_in_use: bool| {
            let mut defs = Vec::with_capacity(count.min(rest.len()));
            for _ in 0..count {
                let field: PackedField<'static> = take(rest)?;
                let tag = field.tag;
                defs.push(field.def(is_in_use.then(|| built_in(known, tag)).flatten())?);
            }
            Some(&*defs.leak())
        };
        table.fields = read(&mut rest, fields, true)?;
        table.gone = read(&mut rest, gone, false)?;
        let table: &'static Kind = Box::leak(Box::new(table));
        match at {
            Some(at) => kinds[at] = table,
            None => kinds.push(table),
        }
    }
    let schema: &'static Schema = Box::leak(Box::new(Schema::new(kinds.leak())));
    with_formulas(schema, formulas).ok().map(Schema::new)
}

fn packed_kind(kind: &Kind, known: Option<&Kind>) -> PackedKind<'static> {
    let names = known.is_none().then(|| PackedNames {
        noun: kind.noun,
        plural: kind.plural,
        letters: kind.letters,
        aliases: kind.aliases.to_vec(),
        en: kind.en,
        zh: kind.zh,
        measure: kind.measure,
    });
    let section = |&Section { en, zh, fields }: &Section| PackedSection { en, zh, fields: fields.to_vec() };
    let has = |same: fn(&Kind, &Kind) -> bool| known.is_none_or(|known| !same(known, kind));
    let columns = has(|one, other| std::ptr::eq(one.columns, other.columns)).then(|| kind.columns.to_vec());
    let sections = has(|one, other| std::ptr::eq(one.sections, other.sections))
        .then(|| kind.sections.iter().map(section).collect());
    let (fields, gone) = (kind.fields.len(), kind.gone.len());
    PackedKind { id: kind.id.byte(), names, columns, sections, fields, gone }
}

impl PackedKind<'static> {
    /// Its table without fields.
    fn table(self, known: Option<&'static Kind>) -> Option<Kind> {
        let mut table = match (known, self.names) {
            (Some(known), None) => Kind { ..*known },
            (None, Some(PackedNames { noun, plural, letters, aliases, en, zh, measure })) => {
                let aliases = aliases.leak();
                Kind { id: KindId::new(self.id), noun, plural, letters, aliases, en, zh, measure, ..NAMED }
            }
            _ => return None,
        };
        if let Some(columns) = self.columns {
            table.columns = columns.leak();
        }
        if let Some(sections) = self.sections {
            let section = |PackedSection { en, zh, fields }| Section { en, zh, fields: Vec::leak(fields) };
            table.sections = sections.into_iter().map(section).collect::<Vec<_>>().leak();
        }
        Some(table)
    }
}

/// The field of this number that the program has.
fn built_in(known: Option<&'static Kind>, tag: u16) -> Option<&'static FieldDef> {
    known.unwrap_or(&NAMED).fields.iter().find(|def| def.tag == tag)
}

fn packed_field(def: &'static FieldDef, known: Option<&'static FieldDef>) -> PackedField<'static> {
    if known.is_some_and(|known| is_as_built_in(def, known)) {
        return PackedField { tag: def.tag, told: None };
    }
    let choice =
        |&Choice { number, code, en, zh, also, retired }: &Choice| PackedChoice { number, code, en, zh, also, retired };
    let FieldDef { help, default, .. } = *def;
    let [en, zh] = [def.en, def.zh].map(|label| (label != def.code).then_some(label));
    let flags = flags(def).iter().rev().fold(0, |bits, is| (bits << 1) | u8::from(*is));
    let own = known.is_none().then(|| {
        let FieldDef { code, ty, many, target, decimals, unique, part_of, formula, .. } = *def;
        PackedOwn { code, ty, many, target, decimals, unique, part_of, formula }
    });
    let choices = def.choices.iter().skip(known.map_or(0, |known| known.choices.len())).map(choice).collect();
    let told = PackedTraits { en, zh, help, default, flags, choices, own };
    PackedField { tag: def.tag, told: Some(told) }
}

/// Whether no definition says anything of a field of the program.
fn is_as_built_in(def: &FieldDef, known: &FieldDef) -> bool {
    let told = |def: &FieldDef| (def.en, def.zh, def.help, def.default, def.choices.len(), flags(def));
    told(def) == told(known)
}

/// What is so or not of a field, as far as a definition may say it of any.
const fn flags(def: &FieldDef) -> [bool; 6] {
    [def.required, def.index, def.unfinished, def.search, def.hidden, def.strict]
}

impl PackedField<'static> {
    fn def(self, known: Option<&'static FieldDef>) -> Option<FieldDef> {
        let Some(told) = self.told else { return known.copied() };
        let own = match (known, told.own) {
            (Some(known), None) => *known,
            (None, Some(own)) => own.def(self.tag),
            _ => return None,
        };
        let PackedTraits { help, default, choices, .. } = told;
        let [en, zh] = [told.en, told.zh].map(|label| label.unwrap_or(own.code));
        let [required, index, unfinished, search, hidden, strict] = std::array::from_fn(|at| told.flags >> at & 1 == 1);
        let choice =
            |PackedChoice { number, code, en, zh, also, retired }| Choice { number, code, en, zh, also, retired };
        let choices = match choices.is_empty() {
            true => own.choices,
            false => own.choices.iter().copied().chain(choices.into_iter().map(choice)).collect::<Vec<_>>().leak(),
        };
        // A field of the program is still known by the labels that it had.
        let former = known.map(|known| (known.en, known.zh)).filter(|former| *former != (en, zh));
        Some(FieldDef {
            en,
            zh,
            former,
            help,
            default,
            required,
            index,
            unfinished,
            search,
            hidden,
            strict,
            choices,
            ..own
        })
    }
}

impl PackedOwn<'static> {
    fn def(self, tag: u16) -> FieldDef {
        let Self { code, ty, many, target, decimals, unique, part_of, formula } = self;
        FieldDef { decimals, unique, part_of, home: part_of, ..own_field(tag, code, (ty, many, target), formula) }
    }
}

fn put<T: Serialize>(out: &mut Vec<u8>, item: &T) -> Option<()> {
    out.extend(postcard::to_stdvec(item).ok()?);
    Some(())
}

fn take<T: Deserialize<'static>>(rest: &mut &'static [u8]) -> Option<T> {
    let (item, after) = postcard::take_from_bytes(rest).ok()?;
    *rest = after;
    Some(item)
}
