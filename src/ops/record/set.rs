//! `set`: fields of one record, of several, or of all that a filter names.

use std::{
    collections::{HashMap, hash_map::Entry},
    rc::Rc,
};

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{assignments, assignments_in, is_assignment, refuse_going_on, says},
        duplicate_hint::alike_as_set,
        global_options::{LIMIT, OFFSET, SORT},
        op::{Invocation, Noun, Op, Planned, Run},
        record_ref::NameScope,
        selection::{ALL, KEEP_GOING, Selected, TEXT, WHERE, select},
    },
    commit::{Edit, WritePlan, skipped::SkippedRecords},
    domain::{RecordId, deal},
    error::{Error, ErrorKind, Result},
    query::syntax::seems_filter,
    text::said,
};

/// The records, and what is to be done to them.
pub const RECORDS: Arg<Many> = Arg::maybe_words(
    "records",
    "Records, then field=value, field+=value, field-=value, field= or 'field:=formula'",
    "记录，其后为 字段=值 或 字段:=公式（公式请加单引号）",
)
.ids()
.files();
const BASED_ON: Arg<One> = Arg::value(
    "based-on",
    "Refuse where a field has changed since this version of the record",
    "若字段在此版本之后已被修改，则拒绝",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "set",
    also: "修改 设置",
    en: "Change fields of records",
    zh: "修改记录的字段",
    examples: &[
        "customer set C-12 grade=A tag+=vip",
        "customer set --where city:上海 owner=me",
        "deal set D-7 note=@minutes.txt",
    ],
    args: &[RECORDS.def, BASED_ON.def, WHERE.def, ALL.def, TEXT.def, KEEP_GOING.def, SORT.def, LIMIT.def, OFFSET.def],
    run: Run::Change(plan),
};

/// A word by which no record is found may be an assignment that is written as a filter is.
fn as_assigned(error: Error, ask: &Invocation<'_>, refs: &[&str]) -> Error {
    let known = |name: &str| ask.words.kind.is_some_and(|kind| kind.field_named(name).is_some());
    match refs.iter().find_map(|word| seems_filter(word, &known)) {
        Some((name, value)) if error.kind() == ErrorKind::NotFound => {
            error.did_you_mean(crate::text::scrub(&format!("{name}={value}")))
        }
        _ => error,
    }
}

/// Plans the changes.
///
/// # Errors
/// What is wrong with a selection or a value.
pub fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let words = ask.words.many(RECORDS);
    if let Some(kind) = ask.words.kind {
        refuse_going_on(ask, kind, &words)?;
    }
    let (said, refs): (Vec<&str>, Vec<&str>) = words.into_iter().partition(|word| is_assignment(ask.schema(), word));
    let Selected { kind, ids, bulk, left_out, remark } =
        select(ask, NameScope::Live, &refs).map_err(|error| as_assigned(error, ask, &refs))?;
    if said.is_empty() {
        return Err(Error::usage(said!("Nothing to set", "未指定要设置的字段")).hint(said!(
            ("write field=value: crm {} set C-12 grade=A", kind.noun),
            ("请写 字段=值：crm {} set C-12 级别=A", kind.noun)
        )));
    }
    let only = if ids.len() == 1 { ids.first().copied() } else { None };
    let mut plan = WritePlan::new();
    plan.remarks.extend(remark);
    let based_on = ask.words.number(BASED_ON)?.and_then(|version| i64::try_from(version).ok());
    if only.is_none() && kind.id == deal::ID && says(kind, &said, deal::STAGE.tag()) {
        plan.edits = into_stages(ask, &said, (&ids, left_out.as_ref()), based_on)?;
    } else {
        let fields: Rc<[_]> = assignments(ask, kind, &said, only)?.into();
        if let Some(id) = only {
            plan.remarks.extend(alike_as_set(ask, kind, &fields, id)?);
        }
        plan.edits = ids.iter().map(|id| Edit::Set { id: *id, fields: Rc::clone(&fields), based_on }).collect();
    }
    plan.left_out = left_out.clone();
    let about = if bulk { Vec::new() } else { ids.clone() };
    Ok(Planned { each: left_out.map(|left_out| (ids, left_out)), ..Planned::about(plan, about) })
}

/// The edits of several deals whose stage is set: each by a stage of its own pipeline.
fn into_stages(
    ask: &Invocation<'_>,
    said: &[&str],
    (ids, left_out): (&[RecordId], Option<&SkippedRecords>),
    based_on: Option<i64>,
) -> Result<Vec<Edit>> {
    let mut by_pipeline = HashMap::<Option<u64>, Rc<[_]>>::new();
    let mut edits = Vec::with_capacity(ids.len());
    for id in ids {
        let pipeline = ask.reader.held(*id)?.and_then(|held| held.record.get(deal::PIPELINE));
        let fields = match by_pipeline.entry(pipeline) {
            Entry::Occupied(known) => Rc::clone(known.get()),
            Entry::Vacant(place) => {
                let found = assignments_in(ask, said, pipeline).map_err(|error| error.at(*id));
                let found = match left_out {
                    Some(left_out) => left_out.keep(Some(id.to_string()), found)?,
                    None => Some(found?),
                };
                let Some(found) = found else { continue };
                Rc::clone(place.insert(found.into()))
            }
        };
        edits.push(Edit::Set { id: *id, fields, based_on });
    }
    Ok(edits)
}
