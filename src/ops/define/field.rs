//! `field add`, `set`, `rm` and `restore`: fields of one's own, and what is otherwise about those of the program.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{assignments, speak},
        op::{Invocation, Noun, Op, Planned, Run},
        selection::filter_of,
    },
    commit::{Assign, Edit, WritePlan},
    domain::{
        Field, FieldDef, Kind, Record, RecordId, Type, Value,
        define::{
            Labels,
            field::{CODE, EN, FORMULA, NAME, OF, REQUIRED, STRICT, TYPE, ZH, is_there},
            numbers::FIRST_TAG,
        },
        read,
        types::YesNo,
    },
    error::{Error, Result},
    ops::record,
    query::count::count,
    text::{Said, counted, fold, nearest, said},
};

use super::{field_named, kind_named, no_free_words, said_once};

const OF_KIND: Arg<One> = Arg::word("kind", "The kind of record that has it", "所属的记录类别");
const AS_CODE: Arg<One> =
    Arg::word("name", "Its code: small letters, digits, underscores", "代码：小写字母、数字、下划线");
const TRAITS: Arg<Many> = Arg::maybe_words(
    "words",
    "type=text and other field=value; required, unique, index, search, many alone say yes",
    "类型=文本 等 字段=值；单写 必填、唯一、索引、可搜索、多值 即为“是”",
)
.files();

/// The operation that adds one.
pub const ADD: Op = Op {
    noun: Noun::Kind("field"),
    verb: "add",
    also: "新建 新增 添加",
    en: "Add a field of your own to a kind of record",
    zh: "为一类记录添加自定义字段",
    examples: &[
        "field add customer contract_no type=text index unique zh=合同号",
        "field add customer review type=date default=+30d help='when the account is looked at again'",
        "field add deal fee formula='amount * 5%'",
    ],
    args: &[OF_KIND.def, AS_CODE.def, TRAITS.def],
    run: Run::Change(add),
};

fn add(ask: &Invocation<'_>) -> Result<Planned> {
    let own = ask.words.kind()?;
    let of = kind_named(ask, ask.words.one(OF_KIND).unwrap_or_default())?;
    let code = ask.words.one(AS_CODE).unwrap_or_default();
    let is_called = |def: &&FieldDef| [def.code, def.en, def.zh].map(fold).contains(&fold(code));
    if let Some(def) = of.fields.iter().find(is_called) {
        return Err(is_there(of, def));
    }
    let words: Vec<String> = ask.words.many(TRAITS).into_iter().map(|word| a_trait(own, word)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut spoken = speak(ask, own, &NAME.def(), &words)?;
    said_once(own, &spoken)?;
    let traits = own.fields.iter().filter(|def| def.ty == Type::YesNo).flat_map(|def| [def.code, def.zh]);
    let near = spoken.free.split(' ').find_map(|word| nearest(word, traits.clone()));
    no_free_words(
        &spoken,
        near.map_or_else(
            || {
                said!(
                    "write type=text, required, unique, index, search or field=value",
                    "请写 类型=文本、必填、唯一、索引、可搜索 或 字段=值"
                )
            },
            Said::did_you_mean,
        ),
    )?;
    let (mut record, blank) = record::add::record_of(own, &mut spoken, ask.context)?;
    record.set(OF, of.noun.to_owned());
    record.set(CODE, code.to_owned());
    if record.get(TYPE).is_none() && record.get(FORMULA).is_none() {
        record.set(TYPE, read::choice(&TYPE.def(), "text")?);
    }
    let required = record.get(REQUIRED) == Some(true) && record.get(FORMULA).is_none();
    let made = Labels::of(code, record.get(EN), record.get(ZH));
    let mut planned = new(ask, own, record, blank)?;
    if required {
        let all = count(&ask.reader, &filter_of(ask, of, &[], None)?)?;
        let name = format!("{}.{}", of.noun, made.code);
        planned.plan.remarks.extend(lacks(of, (&name, &made.code, &made.zh), all));
    }
    if let Some(def) = of.gone.iter().find(|def| is_called(def) || def.code == made.code) {
        let (noun, known, zh) = (of.noun, def.code, def.zh);
        planned.plan.remarks.push(said!(
            "There is a field {noun}.{known} in the trash, with the values that records had; undo this and crm field restore {noun}.{known} brings it back",
            "回收站中有同名字段“{zh}”及其原有的值；撤销本次操作后，可用 crm field restore {noun}.{known} 恢复"
        ));
    }
    Ok(planned)
}

fn new(ask: &Invocation<'_>, own: &'static Kind, record: Record, blank: Box<[u16]>) -> Result<Planned> {
    let mut plan = WritePlan::new();
    let id = plan.next_id(&ask.reader, own.id)?;
    plan.edits.push(Edit::Add { id, record, blank, inherited: Box::default(), trashed: false });
    Ok(Planned::about(plan, vec![id]))
}

/// A word that is the name of a field of yes or no says yes.
fn a_trait(own: &'static Kind, word: &str) -> String {
    let names_it = own.field_named(&fold(word)).filter(|def| def.ty == Type::YesNo);
    names_it.map_or_else(|| word.to_owned(), |def| format!("{}=yes", def.code))
}

/// The operation that changes one. A field of the program has a record of its own from the first change on.
pub const SET: Op = Op {
    noun: Noun::Kind("field"),
    en: "Change fields of your own; labels, traits and order of built-in ones too",
    zh: "更改自定义字段；内置字段的名称、必填、索引、顺序等也可更改",
    examples: &[
        "field set customer.employees zh=职工人数",
        "field set customer.city help='where the head office is' required=yes",
    ],
    run: Run::Change(set),
    ..record::set::OP
};

fn set(ask: &Invocation<'_>) -> Result<Planned> {
    let mut planned = changed(ask)?;
    let mut remarks = Vec::new();
    for edit in &planned.plan.edits {
        let (name, says): (_, &dyn Fn(Field<YesNo>) -> bool) = match edit {
            Edit::Add { record, .. } => {
                (record.get(OF).zip(record.get(CODE)).map(|(of, code)| format!("{of}.{code}")), &|it| {
                    record.get(it) == Some(true)
                })
            }
            Edit::Set { id, fields, .. } => (name_of(ask, *id)?, &|it| {
                fields.iter().any(|(def, to)| def.tag == it.tag() && *to == Assign::Set(Value::YesNo(true)))
            }),
            _ => continue,
        };
        let Some(name) = name else { continue };
        if says(STRICT) {
            remarks.extend(none_of_the_choices(ask, &name)?);
        }
        if says(REQUIRED) {
            remarks.extend(without(ask, &name)?);
        }
    }
    planned.plan.remarks.extend(remarks);
    Ok(planned)
}

fn name_of(ask: &Invocation<'_>, id: RecordId) -> Result<Option<String>> {
    Ok(ask.reader.held(id)?.and_then(|held| held.record.get(NAME).map(str::to_owned)))
}

/// What to say of records that have nothing in a field which is to be filled in from now on; nothing where there are none,
/// for the field's kind is in the trash.
fn without(ask: &Invocation<'_>, name: &str) -> Result<Option<Said>> {
    let Ok((of, def)) = field_named(ask, name) else { return Ok(None) };
    let lacking = count(&ask.reader, &filter_of(ask, of, &[&format!("no:{}", def.code)], None)?)?;
    Ok((!def.required).then(|| lacks(of, (name, def.code, def.zh), lacking)).flatten())
}

/// The same of so many of them.
fn lacks(of: &Kind, (name, code, label): (&str, &str, &str), lacking: u64) -> Option<Said> {
    (lacking > 0).then(|| {
        let (en, be) = (counted(lacking, "record"), if lacking == 1 { "has" } else { "have" });
        let list = format!("crm {} list no:{code}", of.noun);
        said!(
            "{en} {be} no {name} yet, and can be edited without it: {list}",
            "{lacking} 条记录尚未填写“{label}”，仍可编辑：{list}"
        )
    })
}

/// What to say of records that hold a text which is none of its choices, where it takes nothing else from now on.
fn none_of_the_choices(ask: &Invocation<'_>, name: &str) -> Result<Option<Said>> {
    let Ok((of, def)) = field_named(ask, name) else { return Ok(None) };
    if def.ty != Type::Text || def.choices.is_empty() {
        return Ok(None);
    }
    let codes: Vec<&str> = def.choices.iter().map(|choice| choice.code).collect();
    let terms = [format!("has:{}", def.code), format!("{}.not:{}", def.code, codes.join(","))];
    let held = count(&ask.reader, &filter_of(ask, of, &[&terms[0], &terms[1]], None)?)?;
    let list = format!("crm {} list {} {}", of.noun, terms[0], terms[1]);
    Ok((held > 0).then(|| {
        let (en, be) = (counted(held, "record"), if held == 1 { "has" } else { "have" });
        said!(
            ("{en} {be} a value of {name} that is none of its choices; they keep it: {list}"),
            ("{held} 条记录的“{}”不在选项之中，保持原值：{list}", def.zh)
        )
    }))
}

fn changed(ask: &Invocation<'_>) -> Result<Planned> {
    let own = ask.words.kind()?;
    let words = ask.words.many(record::set::RECORDS);
    let (names, rest): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| !word.contains(['=', '＝']));
    let [name] = names[..] else {
        let yes_no = |word: &&str| own.field_named(&fold(word)).filter(|def| def.ty == Type::YesNo);
        if let Some(def) = names.iter().skip(1).find_map(yes_no) {
            return Err(Error::usage(said!(("{} needs its value", def.code), ("“{}”缺少值", def.zh)))
                .hint(said!(("write {0}=yes or {0}=no", def.code), ("请写 {0}=是 或 {0}=否", def.zh))));
        }
        return record::set::plan(ask);
    };
    let built_in = match field_named(ask, name) {
        Ok((of, def)) if def.tag < FIRST_TAG => Some((of, def)),
        _ => None,
    };
    let Some((of, def)) = built_in else { return record::set::plan(ask) };
    let known = format!("{}.{}", of.noun, def.code);
    if !ask.reader.numbers_by_value(own.id, NAME.lent(), &Value::Text(known))?.is_empty() {
        return record::set::plan(ask);
    }
    let mut spoken =
        crate::command::assignments::ParsedWords { fields: assignments(ask, own, &rest, None)?, ..Default::default() };
    let (mut record, blank) = record::add::record_of(own, &mut spoken, ask.context)?;
    if record.get(TYPE).is_some() {
        return Err(Error::invalid(said!("the type of a built-in field stays as it is", "内置字段的类型不能更改"))
            .at(TYPE.def().named())
            .hint(said!(
                "crm field add {} NAME type=... makes one of your own",
                "crm field add {} 名称 类型=… 可新建自定义字段",
                of.noun
            )));
    }
    record.set(OF, of.noun.to_owned());
    record.set(CODE, def.code.to_owned());
    new(ask, own, record, blank)
}

/// To the trash, with the choices that the field offers.
pub const RM: Op = Op {
    noun: Noun::Kind("field"),
    en: "Move fields of your own to the trash; records keep their values",
    zh: "将自定义字段移入回收站；记录保留其值",
    examples: &["field rm --where of:deal"],
    run: Run::Change(remove),
    ..record::trash::RM
};

/// Back from the trash, with the choices that went with the field.
pub const RESTORE: Op = Op {
    noun: Noun::Kind("field"),
    en: "Bring fields of your own back, with the values that records have",
    zh: "恢复自定义字段及各记录中的值",
    examples: &["field restore --where 'of:deal is:trashed'"],
    ..record::trash::RESTORE
};

fn remove(ask: &Invocation<'_>) -> Result<Planned> {
    for name in ask.words.many(record::trash::RECORDS) {
        of_the_program(ask, name)?;
    }
    record::trash::remove(ask)
}

/// Refuses to remove a field of the program that nothing is said of: there is no record of it.
fn of_the_program(ask: &Invocation<'_>, name: &str) -> Result<()> {
    let own = ask.words.kind()?;
    let Ok((of, def)) = field_named(ask, name) else { return Ok(()) };
    let known = format!("{}.{}", of.noun, def.code);
    if def.tag >= FIRST_TAG
        || !ask.reader.numbers_by_value(own.id, NAME.lent(), &Value::Text(known.clone()))?.is_empty()
    {
        return Ok(());
    }
    Err(Error::invalid(said!(("{known} is a field of the program, and stays"), ("“{}”是内置字段，不能删除", def.zh)))
        .hint(if def.name || def.required {
            said!(
                "crm field set {known} en=... zh=... gives it other labels",
                "crm field set {known} 英文名=… 中文名=… 可更改其名称"
            )
        } else {
            said!(
                "crm field set {known} hidden=yes leaves it out of forms and lists",
                "crm field set {known} 隐藏=是 可使其不在表单和列表中显示"
            )
        }))
}
