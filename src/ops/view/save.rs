//! `view save`: a filter kept under a name, with columns, order and grouping; or a list of records.

use crate::{
    command::{
        args::{Arg, Flag, Many, One},
        assignments::assignments,
        global_options::{COLUMNS, SORT},
        op::{Invocation, Noun, Op, Planned, Run},
        question::Question,
        record_ref::NameScope,
        selection::select_of,
    },
    commit::{Assign, Assignment, Edit, WritePlan},
    domain::{Kind, Record, RecordId, Value, customer, read::fits, view},
    error::{Error, Result},
    ops::{log::sets, record::list::WHERE},
    query::{
        resolve,
        reverse_links::kind_meant,
        syntax::{self, Expr},
        views::{self, SavedView},
    },
    text::{Said, said},
};

const NAME: Arg<One> = Arg::word("name", "What it is called", "名称");
const WHAT: Arg<Many> = Arg::maybe_words(
    "what",
    "The kind (customer unless said), then filter terms; with --static records, - reads ids",
    "记录类别（默认客户），然后是筛选条件；使用 --static 时为记录，- 从标准输入读取",
)
.ids();
const BY: Arg<One> = Arg::value("by", "Group by this field", "分组字段");
const KEY: Arg<One> =
    Arg::value("key", "The key that opens it on the screen, 1 to 9", "在界面中打开它的数字键，1 到 9");
const STATIC: Arg<Flag> = Arg::flag(
    "static",
    "Keep these very records, or those that --where names now",
    "固定为这些记录，或 --where 当前筛选出的记录",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("view"),
    verb: "save",
    also: "保存",
    en: "Keep a filter, its columns and order under a name, or a list of records; replaces one of that kind that has the name",
    zh: "将筛选条件连同列与排序存为视图，或保存一份固定名单；同类同名的视图会被替换",
    examples: &[
        "view save hot customer grade:A owner:me --columns name,city,next_followup --sort next_followup",
        "view save big deal amount.over:100k --by owner --key 2",
        "view save fair customer --static C-1 C-7",
    ],
    args: &[NAME.def, WHAT.def, WHERE.def, BY.def, KEY.def, STATIC.def, SORT.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let name = ask.words.one(NAME).unwrap_or_default();
    // A name that looks like an id is a name all the same: whoever saves a view gives it one.
    fits(&view::NAME.def(), name)?;
    let held = views::called(&ask.reader, name)?;
    let words = ask.words.many(WHAT);
    let (said, rest) = match words.split_first() {
        Some((first, rest)) if kind_meant(first, ask.reader.schema()).is_some() => {
            (kind_meant(first, ask.reader.schema()), rest)
        }
        _ => (None, words.as_slice()),
    };
    let kind = said.or_else(|| held.as_ref().and_then(|view| view.kind));
    let (kind, content) = if ask.words.has(STATIC) {
        members(ask, kind, rest)?
    } else {
        let kind = kind.unwrap_or(ask.table(&customer::KIND));
        (kind, (Assign::Set(Value::Choice(view::LIVE)), text(&filter_text(ask, kind, rest)?), Assign::Clear))
    };
    if let Some(held) = held.as_ref().filter(|held| held.kind.is_none_or(|of| of.id != kind.id)) {
        return Err(of_another_kind(held, kind));
    }
    let (ty, filter, records) = content;
    let mut fields: Vec<Assignment> = vec![
        sets(view::OF.lent(), Value::Choice(view::number_of(kind))),
        (view::TYPE.lent(), ty),
        (view::FILTER.lent(), filter),
        (view::RECORDS.lent(), records),
        (view::COLUMNS.lent(), list(ask.words.one(COLUMNS))),
        (view::SORT.lent(), list(ask.words.one(SORT))),
        (view::BY.lent(), text(ask.words.one(BY).unwrap_or_default())),
    ];
    // The key of a view stays with it.
    if let Some(key) = ask.words.one(KEY) {
        fields.extend(assignments(ask, ask.table(&view::KIND), &[&format!("key={key}")], None)?);
    }
    let mut plan = WritePlan::new();
    let Some(held) = held else {
        let mut record = Record::new();
        record.set(view::NAME, crate::text::scrub(name.trim()).into_owned());
        for (def, assign) in fields {
            if let Assign::Set(value) = assign {
                record.set_value(def.tag, Some(&value));
            }
        }
        let id = plan.add(&ask.reader, view::ID, record)?;
        return Ok(Planned { note: Some(shows(name, kind)), keeps_columns: true, ..Planned::about(plan, vec![id]) });
    };
    plan.edits.push(Edit::Set { id: held.id, fields: fields.into(), based_on: None });
    let question = Some(replaces(&held));
    Ok(Planned {
        note: Some(shows(&held.name, kind)),
        told: Some(replaced(&held, name.trim())),
        question,
        keeps_columns: true,
        ..Planned::about(plan, vec![held.id])
    })
}

fn filter_text(ask: &Invocation<'_>, kind: &'static Kind, words: &[&str]) -> Result<String> {
    let filter = filter(ask, kind, words)?.to_string();
    fits(&view::FILTER.def(), &filter)?;
    Ok(filter)
}

/// Type, filter and members of a static view.
type Content = (Assign, Assign, Assign);

fn members(ask: &Invocation<'_>, kind: Option<&'static Kind>, refs: &[&str]) -> Result<(&'static Kind, Content)> {
    let customers = Some(ask.table(&customer::KIND));
    let kind = match (kind, refs.first().copied()) {
        // Ids on standard input say their kind themselves.
        (None, Some("-")) => None,
        (None, Some(word)) => RecordId::parse(word, None).and_then(|id| ask.schema().kind(id.kind)).or(customers),
        (kind, _) => kind.or(customers),
    };
    let selected = select_of(ask, NameScope::Live, kind, refs)?;
    let ids = selected.ids.iter().map(|id| Value::Text(id.to_string())).collect();
    let list = Assign::Set(Value::List(ids));
    Ok((selected.kind, (Assign::Set(Value::Choice(view::STATIC)), Assign::Clear, list)))
}

/// The filter that the words say. It is asked once here, so that a mistake is shown as it was typed.
fn filter(ask: &Invocation<'_>, kind: &'static Kind, terms: &[&str]) -> Result<Expr> {
    let asking = ask.context.asking(ask.reader);
    let known = |name: &str| resolve::knows(kind, name, ask.reader.schema());
    let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
    resolve::read_terms(&terms, kind, &asking)?;
    let expr = syntax::parse_terms(&terms, &known)?;
    match ask.words.one(WHERE) {
        Some(text) => {
            resolve::read(text, kind, &asking)?;
            Ok(expr.and(syntax::parse(text, &known)?))
        }
        None => Ok(expr),
    }
}

fn text(text: &str) -> Assign {
    match text.trim() {
        "" => Assign::Clear,
        text => Assign::Set(Value::Text(crate::text::scrub(text).into_owned())),
    }
}

fn list(said: Option<&str>) -> Assign {
    let items = said.unwrap_or_default().split([',', '，', '、']).map(str::trim).filter(|item| !item.is_empty());
    let items: Vec<Value> = items.map(|item| Value::Text(crate::text::scrub(item).into_owned())).collect();
    if items.is_empty() { Assign::Clear } else { Assign::Set(Value::List(items)) }
}

fn shows(name: &str, kind: &Kind) -> (String, String) {
    let command = crate::command::quoting::quoted(format!("view:{name}"));
    let noun = kind.noun;
    (format!("crm {noun} list {command} shows its records"), format!("crm {noun} list {command} 可列出其记录"))
}

/// Names that differ only in case are one name, so what is replaced is told as it was called.
fn replaced(held: &SavedView, name: &str) -> (Said, Said) {
    let (old, id) = (crate::text::scrub(&held.name), held.id);
    if held.name == name {
        return (
            said!("{id} {old} is replaced", "{id} {old} 已被替换"),
            said!("{id} {old} would be replaced", "{id} {old} 将被替换"),
        );
    }
    let name = crate::text::scrub(name);
    (
        said!("'{name}' is the name of {id} {old}, which is replaced", "“{name}”即 {id} {old}，后者已被替换"),
        said!("'{name}' is the name of {id} {old}, which would be replaced", "“{name}”即 {id} {old}，后者将被替换"),
    )
}

fn of_another_kind(held: &SavedView, kind: &Kind) -> Error {
    let (name, id) = (crate::text::scrub(&held.name), held.id);
    let (plural, zh) = held.kind.map_or(("another kind", "其他类别"), |of| (of.plural, of.zh));
    Error::invalid(said!(
        ("{id} {name} is a view of {plural}, not of {}", kind.plural),
        ("{id} {name} 是{zh}的视图，不是{}的", kind.zh)
    ))
    .hint(said!(
        "choose another name, or remove that view first: crm view rm {id}",
        "请换一个名称，或先删除该视图：crm view rm {id}"
    ))
}

fn replaces(held: &SavedView) -> Question {
    let name = crate::text::scrub(&held.name);
    Question::new(format!("Replace the view {name} ({})?", held.id), format!("替换视图 {name}（{}）？", held.id))
}
