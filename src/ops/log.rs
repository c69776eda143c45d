//! `log`: what happened with a customer, a deal or a ticket, and what comes next, in one step.

use crate::{
    domain::{
        Due, Instant, Kind, Record, RecordId, Value, activity,
        choices::WAYS,
        contact, customer, followup, read,
        words::when::{When, split_prefix},
    },
    error::{Error, Result},
    text::{Said, fold, nearest, said},
};

use super::{
    Assign, Edit, Plan,
    args::{Arg, Many, One},
    assigning::{Spoken, finder, speak},
    op::{Ask, Noun, Op, Planned, Run},
};

const TYPE: Arg<One> = Arg::word(
    "type",
    "call, visit, meeting, email, message, material or note",
    "电话、拜访、会议、邮件、消息、资料 或 备注",
);
const ABOUT: Arg<One> =
    Arg::word("about", "A customer, contact, deal, ticket or follow-up", "客户、联系人、商机、工单或跟进计划");
const WORDS: Arg<Many> = Arg::maybe_words(
    "words",
    "What happened, field=value, and next=\"WHEN WHAT\"",
    "内容、字段=值，以及 next=\"时间 事项\"",
)
.files();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "log",
    en: "Log a call, visit, meeting, email, message, material or note, and plan the next step",
    zh: "记录电话、拜访、会议、邮件、消息、资料或备注，并安排下一步",
    examples: &[
        "log call C-12 asked for a quote outcome=reached next=\"fri send quote\"",
        "log visit D-7 showed the new line minutes=45",
    ],
    args: &[TYPE.def, ABOUT.def, WORDS.def],
    run: Run::Change(plan),
};

fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let way = way(ask.words.one(TYPE).unwrap_or_default())?;
    let about = about(ask, ask.words.one(ABOUT).unwrap_or_default())?;
    log(ask, way, about, &ask.words.many(WORDS), &[])
}

fn way(word: &str) -> Result<u16> {
    let folded = fold(word);
    let found = WAYS.iter().position(|way| way.code == folded || way.zh == folded || fold(way.en) == folded);
    found.map(|at| at as u16).ok_or_else(|| {
        let error = Error::usage(said!("'{}' is no way to be in touch", "“{}”不是联系方式", crate::text::scrub(word)));
        let codes: Vec<&str> = WAYS.iter().map(|way| way.code).collect();
        match nearest(&folded, codes.iter().copied()) {
            Some(near) => error.hint(Said::did_you_mean(near)),
            None => error.hint(said!("one of {}", "可用 {}", codes.join(", "))),
        }
    })
}

/// The record that an activity is about: an id of any of these kinds, else a customer or a contact by name.
fn about(ask: &Ask<'_>, word: &str) -> Result<RecordId> {
    let finder = finder(ask, None);
    if RecordId::parse(word, None).is_some() {
        return finder.find(None, word);
    }
    let mut found = finder.candidates(&customer::KIND, word)?;
    found.extend(finder.candidates(&contact::KIND, word)?);
    match found.as_slice() {
        [one] => Ok(*one),
        [] => finder.find(Some(&customer::KIND), word),
        many => {
            let list: Vec<String> = many
                .iter()
                .take(8)
                .map(|id| Ok(format!("{id} {}", crate::text::scrub(&ask.names.of(*id)?))))
                .collect::<Result<_>>()?;
            Err(Error::ambiguous(said!(
                "{} records may be meant by '{}': {}",
                "有 {} 条记录与“{}”相符：{}",
                many.len(),
                crate::text::scrub(word),
                list.join(", ")
            ))
            .hint(said!("use the id", "请用编号")))
        }
    }
}

/// The field of an activity, or of a follow-up, that points to a record.
fn link_to(kind: &'static Kind, id: RecordId) -> Result<u16> {
    let noun = id.kind.kind().map_or("", |kind| kind.noun);
    let link = kind.fields.iter().find(|def| def.target == Some(noun) && def.code == noun);
    link.map(|def| def.tag).ok_or_else(|| {
        Error::usage(said!("{id} is a {noun}, and nobody is in touch with that", "{id} 是{noun}，不能与之联系"))
            .hint(said!("name a customer, contact, deal, ticket or follow-up", "请指定客户、联系人、商机、工单或跟进"))
    })
}

/// Plans an activity about a record, with the follow-up that its words name.
///
/// # Errors
/// What is wrong with the words.
pub fn log(ask: &Ask<'_>, way: u16, about: RecordId, words: &[&str], more: &[(u16, Value)]) -> Result<Planned> {
    let (next, words): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| next_step(word).is_some());
    let mut spoken = speak(ask, &activity::KIND, &words)?;
    let mut record = activity_of(&mut spoken)?;
    record.set(activity::TYPE, way);
    record.set_value(link_to(&activity::KIND, about)?, Some(&Value::Link(about.num)));
    for (tag, value) in more {
        record.set_value(*tag, Some(value));
    }
    let mut plan = Plan::new();
    let mut ids = vec![plan.add(&ask.reader, activity::ID, record.clone())?];
    for word in next {
        let text = next_step(word).unwrap_or_default();
        let mut planned = follow_up(ask, text)?;
        for (from, to) in [
            (activity::CUSTOMER.tag(), followup::CUSTOMER.tag()),
            (activity::CONTACT.tag(), followup::CONTACT.tag()),
            (activity::DEAL.tag(), followup::DEAL.tag()),
            (activity::TICKET.tag(), followup::TICKET.tag()),
        ] {
            planned.set_raw(to, record.row().raw(from));
        }
        if about.kind == followup::ID {
            inherit_from_followup(ask, about, &mut planned)?;
        }
        ids.push(plan.add(&ask.reader, followup::ID, planned)?);
    }
    Ok(Planned::about(plan, ids))
}

fn activity_of(spoken: &mut Spoken) -> Result<Record> {
    let (record, _) = super::record::add::record_of(&activity::KIND, spoken)?;
    Ok(record)
}

fn inherit_from_followup(ask: &Ask<'_>, about: RecordId, planned: &mut Record) -> Result<()> {
    if let Some(held) = ask.reader.held(about)? {
        for tag in [followup::CUSTOMER.tag(), followup::CONTACT.tag(), followup::DEAL.tag(), followup::TICKET.tag()] {
            planned.set_raw(tag, held.record.row().raw(tag));
        }
    }
    Ok(())
}

/// What stands after `next=`.
pub fn next_step(word: &str) -> Option<&str> {
    ["next=", "next＝", "下一步=", "下一步＝"].iter().find_map(|prefix| word.strip_prefix(prefix))
}

/// A follow-up from `fri send quote` or `明天下午3点 send quote`.
///
/// # Errors
/// `Invalid` where no date leads, or nothing follows it.
pub fn follow_up(ask: &Ask<'_>, text: &str) -> Result<Record> {
    let context = ask.context;
    let split = split_prefix(text, context.now.utc(), context.tz, context.settings.week_start);
    let Some((when, what)) = split else {
        return Err(Error::invalid(said!(
            "next: '{}' does not begin with a date",
            "next：“{}”不以日期开头",
            crate::text::scrub(text)
        ))
        .hint(said!(
            "write next=\"fri send quote\" or next=\"明天下午3点 发报价\"",
            "请写 next=\"明天下午3点 发报价\" 或 next=\"fri send quote\""
        )));
    };
    let Some(title) = read::free(&followup::TITLE.def(), what)? else {
        return Err(Error::invalid(said!("next: nothing is said after the date", "next：日期之后没有内容"))
            .hint(said!("write next=\"fri send quote\"", "请写 next=\"周五 发报价\"")));
    };
    let mut record = Record::new();
    record.set_value(followup::TITLE.tag(), Some(&title));
    record.set(followup::DUE, due(when));
    if let Some(me) = context.user {
        record.set(followup::OWNER, me);
    }
    Ok(record)
}

/// A day or a moment in words as a field holds it.
pub fn due(when: When) -> Due {
    match when {
        When::Day(day) => Due::Day(day),
        When::At(at) => Due::At(Instant::from(at)),
    }
}

/// An assignment that sets a field.
pub fn sets(def: &'static crate::domain::FieldDef, value: Value) -> (&'static crate::domain::FieldDef, Assign) {
    (def, Assign::Set(value))
}

/// An edit of one record.
pub fn edit(id: RecordId, fields: Vec<super::Assignment>) -> Edit {
    Edit::Set { id, fields: fields.into(), based_on: None }
}
