//! `log`: what happened with a customer, a deal or a ticket, and what comes next, in one step.

use crate::{
    domain::{
        Due, FieldDef, Instant, Kind, Record, RecordId, Schema, Value, activity,
        choices::{OF_MESSAGES, WAY_MESSAGE, WAYS},
        contact, customer,
        field::Choice,
        followup, read,
        words::when::{When, split_prefix},
    },
    error::{Error, ErrorKind, Result},
    query::syntax::{AssignOp, Assignment as Word, split_assignment},
    text::{Lang, fold, nearest, said},
};

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{self, ParsedWords, finder, speak_about, with_own},
        op::{Invocation, Noun, Op, Planned, Run},
        word_classes::{as_in_a_filter, in_one_piece},
    },
    commit::{Assign, Assignment, Edit, WritePlan},
};

const TYPE: Arg<One> = Arg::word(
    "type",
    "call, visit, meeting, email, message, material or note",
    "电话、拜访、会议、邮件、消息、发送资料或备注",
);
const ABOUT: Arg<One> =
    Arg::word("about", "A customer, contact, deal, ticket or follow-up", "客户、联系人、商机、工单或跟进计划");
const WORDS: Arg<Many> = Arg::maybe_words(
    "words",
    "What happened, field=value, and next=\"WHEN WHAT\"",
    "内容、字段=值，以及 下一步=\"时间 事项\"",
)
.files();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "log",
    also: "记录",
    en: "Log a call, visit, meeting, email, message, material or note, and plan the next step",
    zh: "记录电话、拜访、会议、邮件、消息、发送资料或备注，并安排下一步",
    examples: &[
        "log call C-12 asked for a quote outcome=reached next=\"fri send quote\"",
        "log visit D-7 showed the new line minutes=45",
    ],
    args: &[TYPE.def, ABOUT.def, WORDS.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let (way, channel) = way(ask.words.one(TYPE).unwrap_or_default())?;
    let words = ask.words.many(WORDS);
    let about = about(ask, ask.words.one(ABOUT).unwrap_or_default(), &words)?;
    let channel = channel.map(|channel| sets(activity::CHANNEL.lent(), Value::Choice(channel)));
    log(ask, way, about, &words, channel.as_slice())
}

/// The way to be in touch that a word names, and the channel where it is a message that goes through one: 微信.
fn way(word: &str) -> Result<(u16, Option<u16>)> {
    let channel = read::choice(activity::CHANNEL.lent(), word).ok();
    if let Some(channel) = channel.filter(|channel| OF_MESSAGES.contains(channel)) {
        return Ok((WAY_MESSAGE, Some(channel)));
    }
    match read::choice(activity::TYPE.lent(), word) {
        Ok(way) => Ok((way, None)),
        Err(_) => {
            let labels = |name: fn(&Choice) -> &str, comma| WAYS.iter().map(name).collect::<Vec<_>>().join(comma);
            let (codes, labels) = (labels(|way| way.code, ", "), labels(|way| way.zh, "、"));
            let word = crate::text::scrub(word);
            let near = nearest(&fold(&word), WAYS.iter().flat_map(|way| [way.code, way.zh]));
            let error = Error::usage(said!("'{word}' is no way to be in touch", "“{word}”不是跟进方式"));
            Err(match near {
                Some(near) => error.did_you_mean(near),
                None => error.hint(said!("one of {codes}", "可用 {labels}")),
            })
        }
    }
}

/// The record that an activity is about: an id of any of these kinds, else a customer or a contact by name, of several
/// the one that agrees with the words behind it.
fn about(ask: &Invocation<'_>, word: &str, words: &[&str]) -> Result<RecordId> {
    let finder = finder(ask, None);
    if RecordId::parse(word, None).is_some() {
        return finder.find(None, word);
    }
    let (customers, contacts) = (ask.table(&customer::KIND), ask.table(&contact::KIND));
    let mut found = finder.candidates(customers, word)?;
    found.extend(finder.candidates(contacts, word)?);
    if found.len() > 1 {
        found = assignments::beside(ask, ask.table(&activity::KIND), words, None)?.narrow(&ask.reader, found)?;
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let error = match finder.find(Some(customers), word) {
                Err(error)
                    if error.kind() == ErrorKind::NotFound && RecordId::parse(word, Some(customers)).is_none() =>
                {
                    error
                }
                found => return found,
            };
            let near = || error.guessed().cloned();
            let near = finder.meant(&[customers, contacts], word).or_else(near);
            let word = crate::text::scrub(word);
            let nobody = said!("No customer or contact is called '{word}'", "没有名为“{word}”的客户或联系人");
            Err(Error::not_found(nobody).hint(near.unwrap_or_else(|| {
                said!("a deal, ticket or follow-up is named by its id", "商机、工单和跟进计划请写编号，例如 D-7")
            })))
        }
        many => {
            let (word, list) = (crate::text::scrub(word), finder.listed(many)?);
            Err(Error::ambiguous(said!(
                ("{} records may be meant by '{word}': {}", many.len(), list.get(Lang::En)),
                ("有 {} 条记录与“{word}”相符：{}", many.len(), list.get(Lang::Zh))
            ))
            .hint(said!("use the id", "请用编号")))
        }
    }
}

/// The field of an activity, or of a follow-up, that points to a record.
fn link_to(schema: &Schema, kind: &'static Kind, id: RecordId) -> Result<&'static FieldDef> {
    let (noun, zh) = schema.kind(id.kind).map_or(("", ""), |kind| (kind.noun, kind.zh));
    let link = kind.fields.iter().find(|def| def.target == Some(noun) && def.code == noun);
    link.ok_or_else(|| {
        let refused = said!("{id} is a {noun}, and nobody is in touch with that", "{id} 是{zh}，不能为其记录跟进");
        Error::usage(refused).hint(said!(
            "name a customer, contact, deal, ticket or follow-up",
            "请指定客户、联系人、商机、工单或跟进计划"
        ))
    })
}

/// The links of a follow-up to what it is about.
pub const LINKS: [u16; 4] =
    [followup::CUSTOMER.tag(), followup::CONTACT.tag(), followup::DEAL.tag(), followup::TICKET.tag()];

/// Plans an activity about a record, with the follow-up that its words name.
///
/// # Errors
/// What is wrong with the words.
pub fn log(ask: &Invocation<'_>, way: u16, about: RecordId, words: &[&str], more: &[Assignment]) -> Result<Planned> {
    let (next, words) = next_steps(ask, words)?;
    let kind = ask.table(&activity::KIND);
    let mut spoken = speak_about(ask, kind, kind.name_field(), &words, Some(about))?;
    let link = link_to(ask.schema(), kind, about)?;
    let mut own = vec![sets(activity::TYPE.lent(), Value::Choice(way)), sets(link, Value::Link(about.num))];
    own.extend(more.iter().cloned());
    spoken.fields = with_own(&own, spoken.fields)?;
    let (record, _) = super::record::add::record_of(kind, &mut spoken, ask.context)?;
    let mut plan = WritePlan::new();
    let mut ids = vec![plan.add(&ask.reader, activity::ID, record.clone())?];
    for text in next {
        let mut planned = follow_up(ask, text)?;
        let links = [activity::CUSTOMER.tag(), activity::CONTACT.tag(), activity::DEAL.tag(), activity::TICKET.tag()];
        for (from, to) in links.into_iter().zip(LINKS) {
            planned.set_raw(to, record.row().raw(from));
        }
        if about.kind == followup::ID {
            inherit_from_followup(ask, about, &mut planned)?;
        }
        ids.push(plan.add_after(&ask.reader, followup::ID, planned, &LINKS)?);
    }
    Ok(Planned::about(plan, ids))
}

fn inherit_from_followup(ask: &Invocation<'_>, about: RecordId, planned: &mut Record) -> Result<()> {
    if let Some(held) = ask.reader.held(about)? {
        for tag in LINKS {
            planned.set_raw(tag, held.record.row().raw(tag));
        }
    }
    Ok(())
}

/// What the next step is called.
const NEXT: [&str; 6] = ["next", "下一步", "下次跟进", "下次跟进时间", "下次联系", "下次联系时间"];

/// What stands after `next=` in words, and the other words. What stands behind `--` is text.
///
/// # Errors
/// `Usage` where `next` and its value are in several words, or written as a filter.
pub fn next_steps<'w>(ask: &Invocation<'_>, words: &[&'w str]) -> Result<(Vec<&'w str>, Vec<&'w str>)> {
    let is_next = |name: &str| NEXT.contains(&fold(name).as_str());
    let (words, literal) = ask.words.spoken(words);
    in_one_piece(words, &is_next, None)?;
    let (mut next, mut others) = (Vec::new(), Vec::new());
    for word in words {
        match split_assignment(word, &is_next) {
            Some(Word { op: AssignOp::Set, value, .. }) => next.push(value),
            _ => {
                as_in_a_filter(
                    word,
                    &is_next,
                    &said!("what is meant as text goes behind --", "若为文字，请写在 -- 之后"),
                )?;
                others.push(*word);
            }
        }
    }
    others.extend(literal);
    Ok((next, others))
}

/// A follow-up from `fri send quote` or `明天下午3点 send quote`.
///
/// # Errors
/// `Invalid` where no date leads, or nothing follows it.
pub fn follow_up(ask: &Invocation<'_>, text: &str) -> Result<Record> {
    let context = ask.context;
    let text = &*crate::text::scrub(text);
    let split = split_prefix(text, context.now.utc(), context.tz, context.settings.week_start);
    let (when, what) = split.map_err(|error| {
        let error = error.or_hint(said!(
            "write next=\"fri send quote\" or next=\"明天下午3点 发报价\"",
            "请写 下一步=\"明天下午3点 发报价\""
        ));
        let (en, zh) = error.message.both();
        Error::invalid(said!("next: {en}", "下一步：{zh}")).hint_of(error.hint.as_ref())
    })?;
    // The words behind the date are those of a new follow-up: its title, and fields of it.
    let words: Vec<&str> = what.split_whitespace().collect();
    let as_text = said!("what is meant as text goes into title=...", "若为文字，请写成 主题=…");
    let kind = ask.table(&followup::KIND);
    let (free, said) = assignments::assignments_among(ask, kind, &words, &as_text)?;
    let mut spoken = match said.is_empty() {
        true => ParsedWords { free: what.to_owned(), ..ParsedWords::default() },
        false => ParsedWords {
            free: free.join(" "),
            fields: assignments::fields(ask, kind, &said, None)?,
            ..ParsedWords::default()
        },
    };
    if spoken.names(followup::DUE.tag()) {
        return Err(Error::usage(said!("next: the date is given twice", "下一步：日期写了两次"))
            .hint(said!("give it once", "请只写一次")));
    }
    let (mut record, _) = super::record::add::record_of(kind, &mut spoken, context)?;
    if record.get(followup::TITLE).is_none() {
        return Err(Error::invalid(said!("next: nothing is said after the date", "下一步：日期之后没有内容"))
            .hint(said!("write next=\"fri send quote\"", "请写 下一步=\"周五 发报价\"")));
    }
    record.set(followup::DUE, due(when));
    ask.heard.hear(&context.view(), &followup::DUE.def(), text, &Value::Due(due(when)));
    if let Some(me) = context.user.filter(|_| !spoken.names(followup::OWNER.tag())) {
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
pub fn sets(def: &'static FieldDef, value: Value) -> Assignment {
    (def, Assign::Set(value))
}

/// An edit of one record.
pub fn edit(id: RecordId, fields: Vec<Assignment>) -> Edit {
    Edit::Set { id, fields: fields.into(), based_on: None }
}
