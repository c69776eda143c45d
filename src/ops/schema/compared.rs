//! What a file of definitions would change in a store, and the step that does it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    commit::{Assign, Edit, WritePlan},
    domain::{FieldDef, Kind, KindId, Record, RecordId, bytes, define},
    error::{Error, ErrorLocation, Result},
    store::Reader,
    text::{Said, counted, said},
};

use super::{
    held::{Held, held, stated_fields},
    named,
    stated::Stated,
};

/// How a file and a store differ in a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The store does not have it.
    Added,
    /// The store has it in the trash.
    Restored,
    /// Something about it is otherwise.
    Changed,
    /// The file does not say it.
    OnlyHere,
}

/// A difference: of a definition as a whole, or in a field of it.
#[derive(Clone)]
pub struct Difference {
    /// How they differ.
    pub what: What,
    /// Of which kind the definition is.
    pub kind: &'static Kind,
    /// What files call it.
    pub name: String,
    /// In which field; none where it is about all of it.
    pub field: Option<&'static FieldDef>,
    /// What the store has there.
    pub old: Option<Vec<u8>>,
    /// What the file has there.
    pub new: Option<Vec<u8>>,
    /// All that is said of it, where it is about all of it.
    pub record: Option<Record>,
}

/// Where a file and a store differ.
#[derive(Clone, Default)]
pub struct Comparison {
    /// The differences, in the order of the file, then those that only the store has.
    pub differences: Vec<Difference>,
    /// The lines that records come from.
    lines: Vec<(RecordId, u64)>,
}

impl Comparison {
    /// The line that a record comes from.
    pub fn line_of(&self, id: RecordId) -> Option<u64> {
        self.lines.iter().find(|(known, _)| *known == id).map(|(_, line)| *line)
    }

    /// Only what an import does.
    pub fn without_others(&self) -> Self {
        let mut own = self.clone();
        own.differences.retain(|difference| difference.what != What::OnlyHere);
        own
    }

    /// Which definitions differ so.
    fn named(&self, what: What) -> BTreeSet<(KindId, &str)> {
        self.differences.iter().filter(|one| one.what == what).map(|one| (one.kind.id, one.name.as_str())).collect()
    }

    /// What was done, or `would` be, in sentences.
    pub fn told(&self, would: bool) -> Vec<Said> {
        let mut said = Vec::new();
        let (added, restored) = (self.named(What::Added), self.named(What::Restored));
        let changed = self.named(What::Changed).difference(&restored).count();
        let counts =
            [(added.len(), "added", "新建"), (restored.len(), "restored", "恢复"), (changed, "changed", "更改")];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        let (en, zh): (Vec<String>, Vec<String>) =
            counts.map(|(count, en, zh)| (format!("{count} {en}"), format!("{zh} {count} 项"))).unzip();
        let (en, zh) = (en.join(", "), zh.join("，"));
        said.push(match (en.is_empty(), would) {
            (true, _) => said!("Nothing to change", "无需更改"),
            (false, true) => said!("Definitions that would be: {en}", "定义将有：{zh}"),
            (false, false) => said!("Definitions: {en}", "定义：{zh}"),
        });
        let whole = self.differences.iter().filter(|one| one.what == What::OnlyHere && one.field.is_none()).count();
        if whole > 0 {
            let more = counted(whole as u64, "other definition");
            said.push(said!("{more} of this store: left as before", "此数据文件的其他 {whole} 项定义保持不变"));
        }
        said
    }
}

/// Compares, and plans what an import of the file does: what is not there is made, what lies in the trash comes back,
/// and what is stated otherwise becomes so. Nothing that the file does not name changes. There is no plan where something
/// differs that cannot be changed any more: why, with the line.
///
/// # Errors
/// What the store says.
pub fn compare(reader: &Reader<'_>, stated: &[Stated]) -> Result<(Comparison, Result<WritePlan>)> {
    let held = held(reader)?;
    let mut known: BTreeMap<(KindId, &str), &Held> = BTreeMap::new();
    for one in held.iter().filter(|one| one.trashed).chain(held.iter().filter(|one| !one.trashed)) {
        known.insert((one.kind.id, &one.name), one);
    }
    let mut compared = Comparison::default();
    let mut refused = None;
    let mut plan = WritePlan::new();
    plan.import = true;
    // A definition comes after what it is about.
    let mut in_order: Vec<&Stated> = stated.iter().collect();
    in_order.sort_by_key(|one| define::KINDS.iter().position(|kind| kind.id == one.kind.id));
    for one in in_order {
        let id = match known.get(&(one.kind.id, one.name.as_str())) {
            Some(there) => {
                let error = differ(one, there, &mut compared.differences, &mut plan);
                refused = refused.or_else(|| error.map(|error| error.at(ErrorLocation::line(one.line))));
                there.id
            }
            None => add(reader, one, &mut compared.differences, &mut plan)?,
        };
        compared.lines.push((id, one.line));
    }
    let said: HashMap<(KindId, &str), &Stated> =
        stated.iter().map(|one| ((one.kind.id, one.name.as_str()), one)).collect();
    compared.differences.sort_by_key(|one| said.get(&(one.kind.id, one.name.as_str())).map(|one| one.line));
    only_here(&held, &said, &mut compared.differences);
    Ok((compared, refused.map_or(Ok(plan), Err)))
}

fn add(reader: &Reader<'_>, one: &Stated, differences: &mut Vec<Difference>, plan: &mut WritePlan) -> Result<RecordId> {
    let (mut record, mut blank) = (one.key.clone(), Vec::new());
    for (def, value) in &one.fields {
        match value {
            Some(value) => record.set_value(def.tag, Some(value)),
            None => blank.push(def.tag),
        }
    }
    differences.push(Difference {
        what: What::Added,
        kind: one.kind,
        name: one.name.clone(),
        field: None,
        old: None,
        new: None,
        record: Some(record.clone()),
    });
    let id = plan.next_id(reader, one.kind.id)?;
    plan.edits.push(Edit::Add { id, record, blank: blank.into(), inherited: Box::default(), trashed: false });
    Ok(id)
}

/// Notes how a definition that the store has differs from what the file states, and gives why that cannot become so.
fn differ(one: &Stated, there: &Held, differences: &mut Vec<Difference>, plan: &mut WritePlan) -> Option<Error> {
    let new = |what, field| Difference {
        what,
        kind: one.kind,
        name: one.name.clone(),
        field,
        old: None,
        new: None,
        record: None,
    };
    if there.trashed {
        differences.push(Difference { record: Some(there.record.clone()), ..new(What::Restored, None) });
        plan.edits.push(Edit::Restore(there.id));
    }
    let (mut changes, mut refused) = (Vec::new(), None);
    for (def, value) in &one.fields {
        let stored = value.as_ref().map(|value| {
            let mut stored = Vec::new();
            bytes::put(&mut stored, value);
            stored
        });
        let held = there.record.row().raw(def.tag);
        if stored.as_deref() == held {
            continue;
        }
        if define::fixed(one.kind.id).iter().any(|fixed| fixed.tag == def.tag) {
            refused.get_or_insert_with(|| fixed(one, there, def));
        }
        differences.push(Difference { old: held.map(<[u8]>::to_vec), new: stored, ..new(What::Changed, Some(*def)) });
        changes.push((*def, value.clone().map_or(Assign::Clear, Assign::Set)));
    }
    if !changes.is_empty() {
        plan.set(there.id, changes);
    }
    refused
}

fn fixed(one: &Stated, there: &Held, def: &FieldDef) -> Error {
    let what = named(one.kind, &one.name);
    let (en, zh) = what.both();
    let error = if there.trashed {
        Error::invalid(said!("{en} lies in the trash with another one", "{zh} 在回收站中，其值不同"))
    } else {
        Error::invalid(said!(
            "{en} has another one here, which cannot be changed any more",
            "此处 {zh} 的值不同，且不能再更改"
        ))
    };
    let noun = one.kind.noun;
    let id = there.id;
    let hint = if there.trashed {
        said!("crm {noun} purge {id} --yes removes that for good", "crm {noun} purge {id} --yes 可将其永久删除")
    } else {
        said!("give it another name in the file, or purge the one here", "请在文件中换一个名称，或永久删除此处的定义")
    };
    error.at(def.named()).hint(hint)
}

/// What the store has and the file has not: definitions, and what is said of those that both have.
fn only_here(held: &[Held], stated: &HashMap<(KindId, &str), &Stated>, differences: &mut Vec<Difference>) {
    for one in held.iter().filter(|one| !one.trashed) {
        let new = |field, old, record| Difference {
            what: What::OnlyHere,
            kind: one.kind,
            name: one.name.clone(),
            field,
            old,
            new: None,
            record,
        };
        let Some(said) = stated.get(&(one.kind.id, one.name.as_str())) else {
            differences.push(new(None, None, Some(one.record.clone())));
            continue;
        };
        for def in stated_fields(one.kind) {
            let stored =
                one.record.row().raw(def.tag).filter(|_| !said.fields.iter().any(|(known, _)| known.tag == def.tag));
            differences.extend(stored.map(|stored| new(Some(def), Some(stored.to_vec()), None)));
        }
    }
}
