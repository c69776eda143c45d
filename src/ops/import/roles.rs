//! What becomes of each row: a new record, a change of one in the store, or of one that an earlier row makes.

use std::collections::HashMap;

use crate::{
    commit::plan::too_high,
    domain::{FieldDef, Instant, Kind, RecordId, Type, Value, common::CREATED, words::phone},
    error::Result,
    store::{Reader, StoredRecord, journal::Residence},
    text::{Said, said},
};

use super::{
    fault::{self, Fault},
    file_row::FileRow,
    finder::Finder,
    fresh::ReplaceableRecords,
    mapping::Mapping,
    same_key::{EarlierRow, SameKey},
};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A new record.
    Add,
    /// Fields of this record of the store.
    Update(u64),
    /// All fields of this record of the store, which nobody has made or changed.
    Replace(u64),
    /// Fields of the record that this earlier row makes: it has the same key.
    Again(u32),
    /// Nothing: something is wrong with it.
    Wrong,
}

/// What becomes of all rows.
pub(super) struct Roles {
    /// The role of every row.
    pub roles: Vec<Role>,
    /// The lines of rows that have the key of an earlier one, with its line.
    pub again: Vec<(u32, u32)>,
}

/// The role of every row, as its id or the key decides; what is wrong goes to `fault`.
pub(super) fn roles(
    reader: Reader<'_>,
    kind: &'static Kind,
    mapping: &Mapping,
    rows: &[FileRow<'_>],
    fault: &mut dyn FnMut(Fault),
) -> Result<Roles> {
    match mapping.key {
        _ if mapping.id_column.is_some() => by_id(reader, kind, mapping, rows, fault),
        Some(def) => by_key(Finder::new(reader, kind)?, kind, def, rows, fault),
        None => Ok(Roles { roles: rows.iter().map(first_role).collect(), again: Vec::new() }),
    }
}

/// What a row is unless its id or a key tells otherwise.
const fn first_role(row: &FileRow<'_>) -> Role {
    if row.broken { Role::Wrong } else { Role::Add }
}

/// A row is the record of the store that has its key, or what the earlier row with the same key makes. Where a key fits
/// several of them the row is wrong.
fn by_key(
    mut finder: Finder<'_>,
    kind: &'static Kind,
    def: &'static FieldDef,
    rows: &[FileRow<'_>],
    fault: &mut dyn FnMut(Fault),
) -> Result<Roles> {
    let (mut roles, mut again) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut keys = SameKey::new(def);
    for (at, row) in rows.iter().enumerate() {
        if row.broken {
            roles.push(Role::Wrong);
            continue;
        }
        let key = match row.fields.value(def).map(|value| key_of(def, value)) {
            None | Some(Ok(None)) => {
                roles.push(Role::Add);
                continue;
            }
            Some(Ok(Some(key))) => key,
            Some(Err(reason)) => {
                fault(Fault { line: row.line, field: Some((def.code, def.zh)), reason });
                roles.push(Role::Wrong);
                continue;
            }
        };
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let line = |row: u32| {
            let line = rows[row as usize].line;
            said!("line {line}", "第 {line} 行")
        };
        let own = match finder.find(def, &key)?.as_slice() {
            [] => Ok(Role::Add),
            [num] => Ok(Role::Update(*num)),
            several => Err(several_have(kind, &key, several)),
        };
        let role = own.and_then(|own| match keys.earlier(&key) {
            EarlierRow::None => Ok((own, at)),
            EarlierRow::Same(first) if own == roles[first as usize] => {
                again.push((rows[first as usize].line, row.line));
                Ok((if own == Role::Add { Role::Again(first) } else { own }, first))
            }
            EarlierRow::Same(first) => {
                let stored = [own, roles[first as usize]].into_iter().find_map(|role| match role {
                    Role::Update(num) => Some(Said::same(RecordId::new(kind.id, num).to_string())),
                    _ => None,
                });
                Err(unclear(&key, &line(first), &stored.unwrap_or_else(|| line(at))))
            }
            EarlierRow::Unclear(one, other) => Err(unclear(&key, &line(one), &line(other))),
        });
        roles.push(match role {
            Ok((role, first)) => {
                keys.keep(&key, at, first);
                role
            }
            Err(reason) => {
                fault(Fault { line: row.line, field: Some((def.code, def.zh)), reason });
                Role::Wrong
            }
        });
    }
    Ok(Roles { roles, again })
}

/// Why a key that several records of the store have names none of them.
fn several_have(kind: &Kind, key: &str, several: &[u64]) -> Said {
    let ids: Vec<_> = several.iter().take(5).map(|num| RecordId::new(kind.id, *num).to_string()).collect();
    let n = several.len();
    said!(
        ("{n} {} have '{key}': {}", kind.plural, ids.join(", ")),
        ("有 {}为“{key}”：{}", kind.counted_zh(n as u64), ids.join("、"))
    )
}

/// Why a telephone number names no record: these two do not have the same one, and it fits one of them or both.
fn unclear(key: &str, one: &Said, other: &Said) -> Said {
    let ((one, first), (other, second)) = (one.both(), other.both());
    said!(
        "{one} and {other} do not tell whose '{key}' is (write whole numbers, with their area)",
        "根据{first}和{second}无法确定“{key}”属于谁（请写带区号的完整号码）"
    )
}

/// A row is the record whose id it has where it was created at the same time, or where the person says so. A store in
/// which nobody has worked yet takes the ids as they are.
fn by_id(
    reader: Reader<'_>,
    kind: &'static Kind,
    mapping: &Mapping,
    rows: &[FileRow<'_>],
    fault: &mut dyn FnMut(Fault),
) -> Result<Roles> {
    let fresh = ReplaceableRecords::new(&reader, kind.id)?;
    let mut lines: HashMap<u64, u32> = HashMap::new();
    let mut roles: Vec<Role> = rows.iter().map(first_role).collect();
    for (row, role) in rows.iter().zip(&mut roles).filter(|(row, _)| row.own.num != 0 && !row.broken) {
        let id = RecordId::new(kind.id, row.own.num);
        let reason = match (lines.insert(id.num, row.line), reader.held(id)?) {
            (Some(line), _) => Some(said!("line {line} has {id} too", "第 {line} 行也是 {id}")),
            (None, None) if fresh.is_fresh && id.num > RecordId::HIGHEST_KEPT => Some(too_high(id)),
            (None, None) if fresh.is_fresh => continue,
            (None, None) => Some(said!(
                ("there is no {} {id} (--new-ids adds the rows as new records)", kind.noun),
                ("没有{} {id}（--new-ids 可将各行作为新记录添加）", kind.zh)
            )),
            (None, Some(held)) if fresh.gives_way(&reader, &held)? => {
                *role = Role::Replace(id.num);
                continue;
            }
            (None, Some(held)) => is_another(row, &held, id, mapping),
        };
        *role = match reason {
            None => Role::Update(id.num),
            Some(reason) => {
                fault(Fault { line: row.line, field: Some(fault::ID), reason });
                Role::Wrong
            }
        };
    }
    Ok(Roles { roles, again: Vec::new() })
}

/// Why a row is not the record that it says it is.
fn is_another(row: &FileRow<'_>, held: &StoredRecord, id: RecordId, mapping: &Mapping) -> Option<Said> {
    if !mapping.own.trusted {
        match row.fields.get(CREATED) {
            None => {
                return Some(said!(
                    "nothing tells that it is {id} of this store, as the column 'created' of an export does (--key id \
                     updates it, --new-ids adds a new record)",
                    "没有导出文件中的“created”列，无法确定它是此数据文件中的 {id}（--key id 更新该记录，--new-ids \
                     作为新记录添加）"
                ));
            }
            Some(created) if !is_created_at(created, held.record.get(CREATED), row.own.to_the_minute) => {
                return Some(said!(
                    "{id} of this store was created at another time: the row is from another store (--new-ids adds it)",
                    "此数据文件中 {id} 的创建时间不同：该行来自其他数据文件（--new-ids 可添加）"
                ));
            }
            _ => {}
        }
    }
    match (held.place, row.own.trashed) {
        (Residence::Trash, false) => Some(said!(
            "{id} is in the trash (crm restore {id} brings it back)",
            "{id} 在回收站中（crm restore {id} 可恢复）"
        )),
        (Residence::Live, true) => {
            Some(said!("{id} is in use, and in the trash in the file", "{id} 正在使用，而在文件中位于回收站"))
        }
        _ => None,
    }
}

/// Whether a cell has the time at which a record was created. Spreadsheets leave out the seconds, and what is less than
/// one is in no file.
pub(super) fn is_created_at(cell: Instant, held: Option<Instant>, to_the_minute: bool) -> bool {
    let unit = if to_the_minute { 60_000 } else { 1000 };
    held.is_some_and(|held| held == cell || held.0 - held.0.rem_euclid(unit) == cell.0)
}

/// The text by which a value tells records apart, the first of several.
fn key_of(def: &FieldDef, value: Value) -> std::result::Result<Option<String>, Said> {
    let mut texts = Vec::new();
    match value {
        Value::List(items) => texts.extend(items.into_iter().filter_map(text_of)),
        one => texts.extend(text_of(one)),
    }
    if def.ty != Type::Phone {
        return Ok(texts.into_iter().next());
    }
    match texts.iter().position(|text| phone::key(text).is_some()) {
        Some(at) => Ok(Some(texts.swap_remove(at))),
        None => texts.first().map_or(Ok(None), |text| {
            Err(said!(
                "'{text}' is no telephone number that tells records apart (mend it, or leave the cell empty to add the row)",
                "“{text}”不是能区分记录的电话号码（请修正，或将单元格留空以新增该行）"
            ))
        }),
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Phone(phone) => Some(phone.number),
        _ => None,
    }
}
