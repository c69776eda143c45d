//! `add`: a new record of any kind.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{ParsedWords, field, finder, speak},
        duplicate_hint::alike,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::{Assign, Context, Edit, WritePlan},
    domain::{Kind, Record, RecordId, Value, read},
    error::{Error, Result},
    text::{Said, said, scrub},
};

const WORDS: Arg<Many> =
    Arg::maybe_words("words", "Name or title, and field=value", "名称或主题，以及 字段=值").files();
const IF_ABSENT: Arg<One> = Arg::value(
    "if-absent",
    "Add only if no record has the same value in this field",
    "仅当没有其他记录在该字段有相同的值时新建",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "add",
    also: "新建 新增 添加",
    en: "Add a record; free words become its name or title",
    zh: "新建记录；不带“字段=”的文字即为名称（或主题）",
    examples: &[
        "customer add Blue Harbor Logistics city=Seattle grade=B",
        "customer add 上海华盛科技有限公司 城市=上海",
    ],
    args: &[WORDS.def, IF_ABSENT.def],
    run: Run::Change(plan),
};

pub(in crate::ops) fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let kind = ask.words.kind()?;
    let mut spoken = speak(ask, kind, kind.name_field(), &ask.words.many(WORDS))?;
    let (record, blank) = record_of(kind, &mut spoken, ask.context)?;
    let not_linked = ids_in_name(ask, kind, &spoken)?;
    let apart = (!spoken.behind.is_empty()).then(|| name_in_parts(kind, &spoken));
    if let Some(name) = ask.words.one(IF_ABSENT)
        && let Some(id) = present(ask, kind, &record, name)?
    {
        return Ok(Planned::about(WritePlan::new(), vec![id]));
    }
    let mut plan = WritePlan::new();
    let id = plan.next_id(&ask.reader, kind.id)?;
    plan.remarks.extend(alike(ask, kind, &record, None)?);
    plan.remarks.extend(not_linked);
    plan.remarks.extend(apart);
    plan.edits.push(Edit::Add { id, record, blank, inherited: Box::default(), trashed: false });
    Ok(Planned::about(plan, vec![id]))
}

/// What to say where words of the name stand on both sides of an assignment: they may belong to its value.
fn name_in_parts(kind: &'static Kind, spoken: &ParsedWords) -> Said {
    let (name, free, behind) = (kind.name_field(), scrub(&spoken.free), scrub(&spoken.behind));
    said!(
        ("{}: {free}; if '{behind}' belongs to the value before it, quote that value", name.code),
        ("{}：{free}；若“{behind}”属于前面的值，请加引号", name.zh)
    )
}

/// What to say of ids among the words of the name: of records that the new one could link to, and does not.
fn ids_in_name(ask: &Invocation<'_>, kind: &'static Kind, spoken: &ParsedWords) -> Result<Vec<Said>> {
    let mut remarks = Vec::new();
    for word in spoken.free.split_whitespace() {
        // P2 is a priority, and V3 a version.
        let Some(id) = RecordId::parse(word, None).filter(|_| word.contains('-')) else { continue };
        let noun = ask.schema().kind(id.kind).map(|kind| kind.noun);
        let link = kind.fields.iter().find(|def| def.target.is_some() && def.target == noun && def.is_settable());
        let Some(link) = link.filter(|def| !spoken.names(def.tag)) else { continue };
        if ask.reader.held(id)?.is_some() {
            remarks.push(said!(
                ("{id} stands in the {} only; {}={id} links it", kind.name_field().en.to_lowercase(), link.code),
                ("{id} 只是{}中的文字；{}={id} 可建立关联", kind.name_field().zh, link.zh)
            ));
        }
    }
    Ok(remarks)
}

/// The fields of a new record, and those that are to stay empty.
///
/// # Errors
/// `Usage` where the name is given twice, or a field is to be added to.
pub fn record_of(kind: &'static Kind, spoken: &mut ParsedWords, context: &Context) -> Result<(Record, Box<[u16]>)> {
    let (mut record, mut blank) = (Record::new(), Vec::new());
    let name = kind.name_field();
    if let Some(text) = read::free(name, &spoken.free)? {
        if spoken.names(name.tag) {
            return Err(Error::usage(said!(
                ("The {} is given twice: as words and as {}=", name.en.to_lowercase(), name.code),
                ("“{0}”写了两次：一次直接写出，一次用 {0}=", name.zh)
            ))
            .hint(said!("quote a word that is meant as text", "请只保留一处；“字段=值”若为文字，请加引号")));
        }
        record.set_value(name.tag, Some(&text));
    }
    for (def, assign) in &spoken.fields {
        match assign {
            Assign::Set(value) => record.set_value(def.tag, Some(value)),
            Assign::Clear => blank.push(def.tag),
            Assign::Numbers(label, new) => {
                let all = crate::domain::assign::numbers(record.row().value(def), *label, new.as_ref());
                record.set_value(def.tag, all.as_ref());
            }
            Assign::Add(operand) => {
                let sum =
                    crate::domain::assign::add(def, record.row().value(def), operand.clone(), context.day_clock())?;
                record.set_value(def.tag, sum.as_ref());
            }
            Assign::Compute(_) => {
                return Err(Error::usage(said!(
                    ("A new record has nothing that {} could be worked out of", def.code),
                    ("新记录还没有可用来计算{}的内容", def.zh)
                ))
                .hint(said!("add it first, then set what is worked out", "请先新建记录，再用 set 计算")));
            }
            Assign::Remove(_) => {
                return Err(Error::usage(said!(
                    ("A new record has nothing in {} to take away", def.code),
                    ("新记录的{}没有可去掉的内容", def.zh)
                ))
                .hint(said!(("write {}=...", def.code), ("请写 {}=…", def.zh))));
            }
        }
    }
    Ok((record, blank.into()))
}

/// A record that has what the new one would have in a field.
fn present(ask: &Invocation<'_>, kind: &'static Kind, record: &Record, name: &str) -> Result<Option<RecordId>> {
    let def = field(kind, name)?;
    let Some(value) = record.row().value(def) else {
        return Err(Error::usage(said!(
            ("--if-absent {}: the new record has no {}", def.code, def.code),
            ("--if-absent {}：新记录没有{}", def.zh, def.zh)
        )));
    };
    let mut values = match value {
        Value::List(values) => values,
        value => vec![value],
    }
    .into_iter();
    values.find_map(|value| held_by(ask, kind, def, &value).transpose()).transpose()
}

fn held_by(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    def: &'static crate::domain::FieldDef,
    value: &Value,
) -> Result<Option<RecordId>> {
    let text = match value {
        Value::Text(text) => Some(text.as_str()),
        Value::Phone(phone) => Some(phone.number.as_str()),
        _ => None,
    };
    if let Some(text) = text
        && (def.name || def.unique || def.indexed())
        && let Some(id) = finder(ask, None).candidates(kind, text)?.into_iter().next()
    {
        let mut holds = false;
        ask.reader.with_row(id, |row| holds = row.raw(def.tag).is_some())?;
        if holds {
            return Ok(Some(id));
        }
    }
    let mut found = None;
    ask.reader.rows(kind.id, 0, false, &mut |num, row| {
        let same = match row.value(def) {
            Some(Value::List(held)) => held.iter().any(|item| same(item, value)),
            Some(held) => same(&held, value),
            None => false,
        };
        if same {
            found = Some(RecordId::new(kind.id, num));
            return std::ops::ControlFlow::Break(());
        }
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(found)
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => crate::text::fold(a) == crate::text::fold(b),
        (Value::Phone(a), Value::Phone(b)) => crate::domain::words::phone::same(&a.number, &b.number),
        _ => a == b,
    }
}
