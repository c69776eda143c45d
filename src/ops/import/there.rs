//! Rows that would double records: they have the external id, tax number, address, telephone number or name of a record of
//! the store, or of an earlier row, and add another one all the same. They are told of in one line.

use std::{collections::BTreeMap, ops::ControlFlow};

use crate::{
    domain::{
        FieldDef, Kind, RecordId, Row, Type, bytes::unsigned, common::EXTERNAL_ID, contact, customer, words::phone,
    },
    error::Result,
    store::cores,
    text::{Lang, Said, counted, said},
};

use super::{
    draft::Draft,
    finder::Finder,
    handles::{each, has, hashes},
    links::Meaning,
    roles::Role,
};

/// So many rows are looked up one by one, where the store is much larger than the file: a file that was imported before
/// shows it at once.
const LOOKED_UP: usize = 10_000;
/// The store is read through where it has at most so many records for each row.
const READ_FOR_EACH: u64 = 4;
/// So many rows of one name are compared with a record.
const OF_ONE_NAME: usize = 1_000;
/// So many rows are named.
const NAMED: usize = 3;

/// A customer that is in the store, and one that the import makes.
const STORED: u8 = 0;
const COMING: u8 = 1;

/// What a row has in common with another record.
#[derive(Clone, Copy)]
enum SharedValue {
    /// One of the store.
    Stored(u64),
    /// What this row makes.
    Row(u32),
}

/// Rows that add a record, each with the field in which it is like another.
type DuplicateRows = BTreeMap<u32, (&'static FieldDef, SharedValue)>;

/// The fields by which records of a kind are told to be the same, the surest first.
fn telling(kind: &'static Kind) -> impl Iterator<Item = &'static FieldDef> {
    let of_people = [customer::ID, contact::ID].contains(&kind.id);
    let is = move |which: usize, def: &FieldDef| match which {
        0 => *def == EXTERNAL_ID.def(),
        1 => *def == customer::TAX_ID.def(),
        2 => def.ty == Type::Email && of_people,
        3 => def.ty == Type::Phone && of_people,
        _ => def.name && of_people,
    };
    (0..5).filter_map(move |which| kind.all_fields().find(|def| def.indexed() && is(which, def)))
}

/// Whether a name alone does not tell records of a kind apart: people of one name work for many customers.
fn is_shared(kind: &Kind, def: &FieldDef) -> bool {
    def.name && kind.id == contact::ID
}

impl Draft<'_> {
    /// What a person should know of rows that are like a record of the store, or like an earlier row.
    pub(super) fn already_there(&self) -> Result<Option<Said>> {
        let (kind, mapping) = (self.job.options.kind, &self.job.mapping);
        if mapping.id_column.is_some() {
            return Ok(None);
        }
        let is_fed =
            |def: &FieldDef| mapping.targets.iter().any(|target| target.def == def && !target.sources.is_empty());
        let fields: Vec<_> = telling(kind).filter(|def| is_fed(def) && mapping.key != Some(*def)).collect();
        let mut alike = DuplicateRows::new();
        let in_file: Vec<Vec<(u64, u32)>> = fields.iter().map(|def| self.hashes_of(def)).collect();
        let total = self.reader.total(kind.id)?;
        let is_read = total <= self.rows.len() as u64 * READ_FOR_EACH;
        if total > 0 && is_read {
            self.read_through(&fields, &in_file, &mut alike)?;
        } else if total > 0 {
            self.look_up(&fields, &mut alike)?;
        }
        for (def, hashes) in fields.iter().zip(&in_file) {
            self.among_rows(def, hashes, &mut alike);
        }
        Ok(self.said_of(&alike, total > 0 && !is_read))
    }

    fn is_new(&self, at: usize) -> bool {
        self.roles[at] == Role::Add
    }

    /// The hashes of a field's values in the rows that add records, sorted, with the rows.
    fn hashes_of(&self, def: &'static FieldDef) -> Vec<(u64, u32)> {
        let mut all = Vec::new();
        for (at, row) in (0..).zip(self.rows).filter(|(at, _)| self.is_new(*at as usize)) {
            hashes(row.fields, def, &mut |hash| all.push((hash, at)));
        }
        cores::sort(&mut all, Ord::cmp);
        all
    }

    /// The customer that a row names: how it is known, and its number.
    fn customer_named(&self, at: u32) -> Option<(u8, u64)> {
        let is = |def: &FieldDef| *def == contact::CUSTOMER.def();
        let row = self.rows[at as usize];
        let link = row.links.iter().find(|link| is(self.job.mapping.targets[usize::from(link.target)].def))?;
        match self.links.meaning(customer::ID, link.text) {
            Meaning::Stored(num) | Meaning::Trashed(num) => Some((STORED, *num)),
            Meaning::Row(at) | Meaning::Made(at) => Some((COMING, u64::from(*at))),
            Meaning::Nothing | Meaning::Named(_) | Meaning::Wrong(_) => None,
        }
    }

    /// Whether a record of the store, with the same hash in a field as a row, has the same there.
    fn is_like(&self, at: u32, def: &'static FieldDef, held: Row<'_>) -> bool {
        if is_shared(self.job.options.kind, def) {
            let customer = self.customer_named(at);
            if held.raw(contact::CUSTOMER.tag()).and_then(unsigned).map(|num| (STORED, num)) != customer {
                return false;
            }
        }
        // Of texts the hash says it; telephone numbers with the same last digits may be of two areas.
        let mut same = def.ty != Type::Phone;
        if def.ty == Type::Phone {
            each(self.rows[at as usize].fields, def, &mut |text| same |= phone::is_whole(text) && has(held, def, text));
        }
        same
    }

    /// Reads all records of the store, and finds those that rows are like.
    fn read_through(
        &self,
        fields: &[&'static FieldDef],
        in_file: &[Vec<(u64, u32)>],
        alike: &mut DuplicateRows,
    ) -> Result<()> {
        let kind = self.job.options.kind;
        self.reader.rows(kind.id, 0, false, &mut |num, row| {
            for (def, sorted) in fields.iter().zip(in_file) {
                hashes(row, def, &mut |hash| {
                    let start = sorted.partition_point(|(known, _)| *known < hash);
                    let run = sorted[start..].iter().take_while(|(known, _)| *known == hash);
                    // Where the first is like a record, the others are like the first: they have the same text. Of
                    // telephone numbers only the last digits are the same, and people of one name have many customers.
                    let is_one_text = def.ty != Type::Phone && !is_shared(kind, def);
                    if is_one_text && sorted.get(start).is_some_and(|(_, first)| alike.contains_key(first)) {
                        return;
                    }
                    for (_, at) in run.take(OF_ONE_NAME) {
                        if !alike.contains_key(at) && self.is_like(*at, def, row) {
                            alike.insert(*at, (def, SharedValue::Stored(num)));
                        }
                    }
                });
            }
            ControlFlow::Continue(())
        })
    }

    /// Looks for the first rows in a store that is much larger than the file.
    fn look_up(&self, fields: &[&'static FieldDef], alike: &mut DuplicateRows) -> Result<()> {
        let kind = self.job.options.kind;
        let mut finder = Finder::new(self.reader, kind)?;
        for (at, row) in (0..).zip(self.rows.iter().take(LOOKED_UP)).filter(|(at, _)| self.is_new(*at as usize)) {
            'row: for def in fields {
                let mut texts = Vec::new();
                each(row.fields, def, &mut |text| texts.push(text.to_owned()));
                for text in texts {
                    if let Some(num) = finder.find_where(def, &text, &|held| self.is_like(at, def, held))?.first() {
                        alike.insert(at, (def, SharedValue::Stored(*num)));
                        break 'row;
                    }
                }
            }
        }
        Ok(())
    }

    /// Finds rows that are like an earlier one.
    fn among_rows(&self, def: &'static FieldDef, sorted: &[(u64, u32)], alike: &mut DuplicateRows) {
        for run in sorted.chunk_by(|one, other| one.0 == other.0).filter(|run| run.len() > 1) {
            if is_shared(self.job.options.kind, def) {
                let mut of_customers = std::collections::HashMap::new();
                for (_, at) in run {
                    let first = *of_customers.entry(self.customer_named(*at)).or_insert(*at);
                    if first != *at {
                        alike.entry(*at).or_insert((def, SharedValue::Row(first)));
                    }
                }
                continue;
            }
            // The first row of each telephone number; of texts there is one alone.
            let mut firsts: Vec<u32> = Vec::new();
            for (_, at) in run {
                let like = |first: &&u32| **first != *at && self.is_like(*at, def, self.rows[**first as usize].fields);
                match firsts.iter().find(like) {
                    Some(first) => {
                        alike.entry(*at).or_insert((def, SharedValue::Row(*first)));
                    }
                    None if firsts.len() < OF_ONE_NAME => firsts.push(*at),
                    None => {}
                }
            }
        }
    }

    fn said_of(&self, alike: &DuplicateRows, some_only: bool) -> Option<Said> {
        let kind = self.job.options.kind;
        let line = |at: u32| self.rows[at as usize].line;
        let named = |(at, (def, other)): (&u32, &(&'static FieldDef, SharedValue))| {
            let other = match other {
                SharedValue::Stored(num) => said!("{}", " {}", RecordId::new(kind.id, *num)),
                SharedValue::Row(row) => said!("line {}", "第 {} 行", line(*row)),
            };
            let (en, zh) = other.both();
            said!(("line {} as {en} ({})", line(*at), def.en), ("第 {} 行同{zh}（{}）", line(*at), def.zh))
        };
        let first: Vec<Said> = alike.iter().take(NAMED).map(named).collect();
        let list = |lang, comma| first.iter().map(|said| said.get(lang)).collect::<Vec<_>>().join(comma);
        let (mut en, mut zh) = (list(Lang::En, ", "), list(Lang::Zh, "、"));
        if alike.len() > NAMED {
            en.push_str(&format!(" and {} more", alike.len() - NAMED));
            zh.push('等');
        }
        let proposed = |def: &&'static FieldDef| !is_shared(kind, def) && alike.values().any(|(used, _)| used == def);
        let keys: Vec<String> = telling(kind).filter(proposed).map(|def| format!("--key {}", def.code)).collect();
        let trial = self.job.options.trial;
        let next = match keys.is_empty() {
            true if trial => Said::same(""),
            true => said!("; crm undo takes the import back", "；crm undo 可撤销导入"),
            false => said!(
                ("; {} updates what is there instead", keys.join(" or ")),
                ("；加 {} 则更新已有的，而不是重复新建", keys.join(" 或 "))
            ),
        };
        let (added, new) = if trial { ("Would be added", "将") } else { ("Added", "仍") };
        let (some, part) = match some_only && self.rows.len() > LOOKED_UP {
            true => (format!(" of the first {LOOKED_UP}"), format!("前 {LOOKED_UP} 行中")),
            false => (String::new(), String::new()),
        };
        let ((then, next), count) = (next.both(), alike.len() as u64);
        (count > 0).then(|| {
            said!(
                ("{added} though alike: {}{some}, {en}{then}", counted(count, "row")),
                ("{part}有 {count} 行与已有的记录或前面的行相同，{new}作为新记录添加：{zh}{next}")
            )
        })
    }
}
