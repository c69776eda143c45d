//! Records of one name: what tells them apart, and which of them the other words of a command mean.

use crate::{
    domain::{FieldDef, KindId, Lookup, Record, RecordId, Schema, Value, bytes, customer, print::View},
    error::Result,
    query::{names::Names, syntax::Assignment as Word},
    store::Reader,
    text::{n_before, said, scrub},
};

use super::op::Invocation;
use crate::commit::{Assign, Assignment, Context};

/// What may tell records of one name apart, the best first.
const TELLING: [&str; 10] =
    ["customer", "login", "email", "phone", "city", "title", "amount", "stage", "status", "created"];

/// So many facts are given of each.
const FACTS: usize = 2;

/// The records by id and name, each with what the others have otherwise: `P-1 Sam Lee (Acme, sam@acme.example)`.
///
/// # Errors
/// What the store says.
pub fn told_apart(reader: &Reader<'_>, names: &Names<'_>, context: &Context, ids: &[RecordId]) -> Result<Vec<String>> {
    let records: Vec<Record> =
        ids.iter().map(|id| Ok(reader.record(*id)?.unwrap_or_default())).collect::<Result<_>>()?;
    let view = View { lang: context.lang, tz: context.tz, now: context.now, relative: false };
    let mut facts: Vec<Vec<String>> = vec![Vec::new(); ids.len()];
    let mut given = 0;
    for code in TELLING {
        let told = ids.iter().zip(&records).map(|(id, record)| {
            let mut out = String::new();
            let def = reader.schema().kind(id.kind).and_then(|kind| kind.field(code)).filter(|def| !def.name);
            if let Some((def, stored)) = def.and_then(|def| Some((def, record.row().raw(def.tag)?))) {
                names.write(&mut out, def, stored, &view)?;
            }
            Ok(scrub(&out).into_owned())
        });
        let told: Vec<String> = told.collect::<Result<_>>()?;
        if given < FACTS && told.iter().any(|fact| *fact != told[0]) {
            given += 1;
            facts
                .iter_mut()
                .zip(told)
                .for_each(|(facts, fact)| facts.extend(Some(fact).filter(|fact| !fact.is_empty())));
        }
    }
    let line = |(id, facts): (&RecordId, Vec<String>)| {
        let name = names.of(*id)?;
        // The name of one of two users has the login behind it already.
        let facts: Vec<String> = facts.into_iter().filter(|fact| !is_behind(&name, fact)).collect();
        let (open, comma, close) = context.lang.pick((" (", ", ", ")"), ("（", "，", "）"));
        let facts = if facts.is_empty() { String::new() } else { format!("{open}{}{close}", facts.join(comma)) };
        Ok(format!("{id} {}{facts}", scrub(&name)))
    };
    ids.iter().zip(facts).map(line).collect()
}

/// Whether a name ends with a fact in brackets.
fn is_behind(name: &str, fact: &str) -> bool {
    let bare = name.strip_suffix([')', '）']).and_then(|name| name.strip_suffix(fact));
    bare.is_some_and(|name| name.ends_with(['(', '（']))
}

/// Tells whose the records are that a command links by anything but their ids, where they are another customer's than the
/// record that it is about: `Kay (P-1) is a contact of Acme (C-1)`. The words are those of the assignments.
///
/// # Errors
/// What the store says.
pub fn told_of_others(
    ask: &Invocation<'_>,
    fields: &[Assignment],
    words: &[Word<'_>],
    of: Option<RecordId>,
) -> Result<()> {
    let link = |assign: &Assign| match assign {
        Assign::Set(Value::Link(num)) => Some(*num),
        _ => None,
    };
    let is_customer = |def: &FieldDef| !def.many && def.target == Some(def.code) && def.code == customer::KIND.noun;
    let said = fields.iter().find(|(def, _)| is_customer(def)).map(|(_, assign)| link(assign));
    let own = match (said, of) {
        (Some(said), _) => said,
        (None, Some(of)) if of.kind == customer::ID => Some(of.num),
        (None, Some(of)) => customer_of(&ask.reader, of)?.map(|owner| owner.num),
        (None, None) => None,
    };
    let Some(own) = own else { return Ok(()) };
    for ((def, assign), word) in fields.iter().zip(words) {
        if is_customer(def) {
            continue;
        }
        let (Some(num), Some(kind)) = (link(assign), ask.schema().target(def)) else { continue };
        let id = RecordId::new(kind.id, num);
        let Some(owner) = customer_of(&ask.reader, id)?.filter(|owner| owner.num != own) else { continue };
        // Whoever writes its id means it and no other.
        if RecordId::parse(word.value.trim(), Some(kind)).is_some() {
            continue;
        }
        let name = ask.reader.with_row(id, |row| row.raw(kind.name_field().tag).map(<[u8]>::to_vec))?.flatten();
        let name = String::from_utf8(name.unwrap_or_default()).unwrap_or_default();
        let owner_name = ask.names.of(owner)?;
        let (name, whose) = (scrub(&name), scrub(&owner_name));
        ask.heard.remark(said!(
            ("{name} ({id}) is a{} {} of {whose} ({owner})", n_before(kind.noun), kind.noun),
            ("{name}（{id}）是 {whose}（{owner}）的{}", kind.zh)
        ));
    }
    Ok(())
}

/// The customer to whom a record belongs.
fn customer_of(reader: &Reader<'_>, id: RecordId) -> Result<Option<RecordId>> {
    let link = namesake_links(reader.schema(), id).find(|def| def.code == customer::KIND.noun);
    let Some(def) = link else { return Ok(None) };
    let num = reader.with_row(id, |row| row.raw(def.tag).and_then(bytes::unsigned))?;
    Ok(num.flatten().map(|num| RecordId::new(customer::ID, num)))
}

/// Records that a command names besides, and those that they link to: a contact is looked for at the customer that stands
/// beside it.
#[derive(Clone, Debug, Default)]
pub struct RelatedRecords(Vec<RecordId>);

impl RelatedRecords {
    /// Nothing stands beside it.
    pub const fn nothing() -> Self {
        Self(Vec::new())
    }

    /// Takes in a record, and what its own links lead to, but for the kinds of which a record is named.
    ///
    /// # Errors
    /// What the store says.
    pub fn add(&mut self, reader: &Reader<'_>, id: RecordId, named: &[KindId]) -> Result<()> {
        self.0.push(id);
        let Some(held) = reader.held(id)? else { return Ok(()) };
        let links = namesake_links(reader.schema(), id).filter_map(|def| linked(reader.schema(), &held.record, def));
        self.0.extend(links.filter(|to| !named.contains(&to.kind)));
        Ok(())
    }

    /// Those of several records that agree with what stands beside them; all, where none does.
    ///
    /// # Errors
    /// What the store says.
    pub fn narrow(&self, reader: &Reader<'_>, found: Vec<RecordId>) -> Result<Vec<RecordId>> {
        if found.len() < 2 || self.0.is_empty() {
            return Ok(found);
        }
        let mut left = Vec::new();
        for id in &found {
            if self.agrees(reader, *id)? {
                left.push(*id);
            }
        }
        Ok(if left.is_empty() { found } else { left })
    }

    /// Whether a record is one of those, or links to one of each kind of them that it can link to.
    fn agrees(&self, reader: &Reader<'_>, id: RecordId) -> Result<bool> {
        let of_kind = |kind| self.0.iter().filter(move |other| other.kind == kind);
        if of_kind(id.kind).next().is_some() {
            return Ok(self.0.contains(&id));
        }
        let Some(record) = reader.record(id)? else { return Ok(false) };
        let mut asked = false;
        let schema = reader.schema();
        for def in namesake_links(schema, id) {
            let Some(target) = schema.target(def) else { continue };
            if of_kind(target.id).next().is_some() {
                asked = true;
                if !linked(schema, &record, def).is_some_and(|to| self.0.contains(&to)) {
                    return Ok(false);
                }
            }
        }
        Ok(asked)
    }
}

/// The links of a record that say whose it is: its customer, its contact, its deal, each named as its kind.
fn namesake_links(schema: &Schema, id: RecordId) -> impl Iterator<Item = &'static FieldDef> {
    let kind = schema.kind(id.kind);
    let fields = kind.map_or(&[][..], |kind| kind.fields);
    fields.iter().filter(|def| !def.many && def.target == Some(def.code) && schema.target(def).is_some())
}

fn linked(schema: &Schema, record: &Record, def: &FieldDef) -> Option<RecordId> {
    let num = record.row().raw(def.tag).and_then(bytes::unsigned)?;
    Some(RecordId::new(schema.target(def)?.id, num))
}
