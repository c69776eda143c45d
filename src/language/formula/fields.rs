//! Fields that keep what a formula gives: how they are computed, and what makes them stale.

use std::collections::BTreeMap;

use crate::{
    domain::{
        FieldDef, Kind, KindId, Lookup, Record, RecordId, Schema, Type,
        checksum::Checksum,
        define::{FormulaField, Formulas, Shape},
        derivation::{Compute, Computed, Derivation, Source},
    },
    error::Result,
};

use super::{
    by_schema::SchemaNames,
    datum::{Amount, Datum},
    define::Formula,
    dependencies::{Dependencies, Hop},
    evaluate::Outcome,
    names::Scope,
    record_values::RecordValues,
    summed::Summed,
    target::kept,
    types::Ty,
};

/// The language of formulas, for whoever compiles definitions.
#[derive(Clone, Copy, Debug)]
pub struct FormulaLanguage;

impl Formulas for FormulaLanguage {
    fn shape(&self, schema: &'static Schema, kind: &'static Kind, text: &str) -> Result<Shape> {
        let formula = Formula::define(text, kind, None, &SchemaNames(schema))?;
        formula.can_be_kept()?;
        Ok(shape_of(&formula, schema))
    }

    fn field(&self, schema: &'static Schema, kind: &'static Kind, def: &'static FieldDef) -> Result<FormulaField> {
        let text = def.formula.unwrap_or_default();
        let formula = Formula::define(text, kind, Some(def), &SchemaNames(schema))?;
        formula.can_be_kept()?;
        let sources: &'static [Source] = sources(&formula.dependencies()).leak();
        let summed = formula.rolls_up().and_then(|roll_up| Summed::new(&roll_up, def.tag));
        let summary = summed.as_ref().map(|summed| (summed.kind, summed.summary));
        let fingerprint = fingerprint(&formula, def, schema);
        let compute: &'static dyn Compute = Box::leak(Box::new(Kept { formula, def, summed, fingerprint }));
        let derivation = Derivation { fields: std::slice::from_ref(def), sources, compute: Computed::Formula(compute) };
        Ok(FormulaField { derivation, summary })
    }

    fn unknown_names(&self, schema: &'static Schema, kind: &'static Kind, text: &str) -> Vec<(&'static str, String)> {
        Scope { source: text, kind, names: &SchemaNames(schema) }.unknown_names()
    }
}

/// The field that keeps what a formula gives, where nobody says otherwise.
fn shape_of(formula: &Formula, schema: &'static Schema) -> Shape {
    let shape = |ty| Shape { ty, many: false, target: None, choices: &[] };
    match formula.ty() {
        Ty::Number if formula.counts() => shape(Type::Whole),
        Ty::Number => shape(Type::Decimal),
        Ty::Percent => shape(Type::Rate),
        Ty::Money => shape(Type::Money),
        Ty::Amounts => Shape { many: true, ..shape(Type::Money) },
        Ty::Text => shape(Type::Text),
        Ty::Date => shape(Type::Date),
        Ty::Instant => shape(Type::Instant),
        Ty::Due => shape(Type::Due),
        Ty::Duration => shape(Type::Duration),
        Ty::YesNo => shape(Type::YesNo),
        Ty::Choice(def) => Shape { choices: def.choices, ..shape(Type::Choice) },
        Ty::Link(kind) => Shape { target: schema.kind(kind).map(|kind| kind.noun), ..shape(Type::Link) },
    }
}

/// What it reads, as a derivation says it.
fn sources(dependencies: &Dependencies) -> Vec<Source> {
    let own: Vec<FieldDef> = dependencies.own().copied().collect();
    let mut targets: BTreeMap<u16, (FieldDef, Vec<FieldDef>)> = BTreeMap::new();
    for (link, field) in dependencies.of_targets() {
        targets.entry(link.tag).or_insert_with(|| (*link, Vec::new())).1.push(*field);
    }
    let mut children: BTreeMap<(KindId, u16), (FieldDef, Vec<FieldDef>)> = BTreeMap::new();
    for (link, kind, field) in dependencies.of_children() {
        let fields = &mut children.entry((kind, link.tag)).or_insert_with(|| (*link, Vec::new())).1;
        if field.tag != link.tag {
            fields.push(*field);
        }
    }
    let mut sources = Vec::new();
    if !own.is_empty() {
        sources.push(Source::Own(own.leak()));
    }
    sources.extend(targets.into_values().map(|(link, fields)| Source::Target(link, fields.leak())));
    sources.extend(children.into_iter().map(|((kind, _), (link, fields))| Source::Children(kind, link, fields.leak())));
    sources
}

/// What two formulas have to have alike for their values to stand: their text, and what the fields are that it names.
fn fingerprint(formula: &Formula, def: &FieldDef, schema: &Schema) -> u64 {
    let mut sum = Checksum::new();
    sum.add_text(formula.source());
    add_field(&mut sum, def);
    for read in formula.dependencies().reads {
        for hop in &read.hops {
            match hop {
                Hop::Forward(link) => sum.add(&[&[0][..], &link.tag.to_be_bytes()].concat()),
                Hop::Back(link, kind) => sum.add(&[&[1, kind.byte()][..], &link.tag.to_be_bytes()].concat()),
            }
        }
        add_field(&mut sum, read.field);
        sum.add_text(schema.target(read.field).map_or("", |kind| kind.letters));
    }
    sum.number()
}

fn add_field(sum: &mut Checksum, def: &FieldDef) {
    sum.add(&def.tag.to_be_bytes());
    sum.add(&[def.ty as u8, u8::from(def.many), u8::from(def.derived), def.most_decimals()]);
    for choice in def.choices {
        sum.add(&choice.number.to_be_bytes());
        [choice.code, choice.en, choice.zh].into_iter().for_each(|name| sum.add_text(name));
    }
}

/// A field with its formula.
#[derive(Debug)]
struct Kept {
    formula: Formula,
    def: &'static FieldDef,
    summed: Option<Summed>,
    fingerprint: u64,
}

impl Compute for Kept {
    fn compute(&self, id: RecordId, record: &Record, lookup: &dyn Lookup) -> Result<Record> {
        let values = RecordValues { id, record, lookup };
        let datum = match self.summed.as_ref().map(|summed| summed.datum(id, lookup)).transpose()? {
            Some(Some(total)) => total,
            _ => {
                let Outcome { value, .. } = self.formula.evaluate(&values)?;
                value
            }
        };
        let kept = |datum| kept(datum, self.def, &super::by_schema::ANYWHERE);
        let datum = datum.filter(has_currency).map(|datum| match datum {
            // One that is too large leaves the sums of other currencies as they are.
            Datum::Amounts(mut amounts) if self.def.many => {
                amounts.retain(|amount| kept(Datum::Money(*amount)).is_ok());
                Datum::Amounts(amounts)
            }
            other => other,
        });
        let value = datum.and_then(|datum| kept(datum).ok());
        let mut computed = Record::new();
        computed.set_value(self.def.tag, value.flatten().as_ref());
        Ok(computed)
    }

    fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

/// A bare number is an amount of nothing where no amount stands beside it: which currency would be meant differs from one
/// person to the next.
fn has_currency(datum: &Datum) -> bool {
    let named = |amount: &Amount| amount.currency.is_some();
    match datum {
        Datum::Money(amount) => named(amount),
        Datum::Amounts(amounts) => amounts.iter().all(named),
        _ => true,
    }
}
