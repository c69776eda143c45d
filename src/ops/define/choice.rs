//! `choice add`: a value that a field offers.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::speak,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::{Edit, WritePlan},
    domain::{
        define::choice::{CODE, FIELD, NAME},
        field::Choice,
    },
    error::{Error, ErrorKind, Result},
    ops::record,
    text::{fold, said},
};

use super::{field_named, no_free_words, said_once};

const OF_FIELD: Arg<One> =
    Arg::word("field", "The field that offers it: customer.industry", "提供该选项的字段：customer.industry");
const AS_CODE: Arg<One> =
    Arg::word("name", "Its code: small letters, digits, underscores", "代码：小写字母、数字、下划线");
const WORDS: Arg<Many> =
    Arg::maybe_words("words", "Labels and order: en=..., zh=..., order=...", "名称与顺序：英文名=…、中文名=…、顺序=…");

/// The operation.
pub const ADD: Op = Op {
    noun: Noun::Kind("choice"),
    verb: "add",
    also: "新建 新增 添加",
    en: "Add a choice to a field",
    zh: "为字段添加选项",
    examples: &["choice add customer.industry hospital zh=医院", "choice add customer.grade vip zh=特级"],
    args: &[OF_FIELD.def, AS_CODE.def, WORDS.def],
    run: Run::Change(add),
};

fn add(ask: &Invocation<'_>) -> Result<Planned> {
    let own = ask.words.kind()?;
    let (of, def) = field_named(ask, ask.words.one(OF_FIELD).unwrap_or_default())?;
    let code = ask.words.one(AS_CODE).unwrap_or_default();
    let is_called = |choice: &&Choice| [choice.code, choice.en, choice.zh].map(fold).contains(&fold(code));
    if let Some(known) = def.choices.iter().find(is_called) {
        return Err(Error::new(
            ErrorKind::Conflict,
            said!(
                ("{}.{} has a choice {} already", of.noun, def.code, known.code),
                ("{}的“{}”已有选项“{}”", of.zh, def.zh, known.zh)
            ),
        )
        .hint(said!("choose another code and other labels", "请换一个代码和标签")));
    }
    let mut spoken = speak(ask, own, &NAME.def(), &ask.words.many(WORDS))?;
    said_once(own, &spoken)?;
    no_free_words(&spoken, said!("write en=... or zh=...", "请写 英文名=… 或 中文名=…"))?;
    let (mut record, blank) = record::add::record_of(own, &mut spoken, ask.context)?;
    record.set(FIELD, format!("{}.{}", of.noun, def.code));
    record.set(CODE, code.to_owned());
    let mut plan = WritePlan::new();
    let id = plan.next_id(&ask.reader, own.id)?;
    plan.edits.push(Edit::Add { id, record, blank, inherited: Box::default(), trashed: false });
    Ok(Planned::about(plan, vec![id]))
}
