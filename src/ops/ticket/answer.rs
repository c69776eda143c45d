//! `ticket reply` and `ticket note`: to the customer, and among ourselves.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::finder,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::Assignment,
    domain::{Value, activity, choices::WAY_NOTE, ticket},
    error::{Error, Result},
    ops::log::{log, sets},
    text::said,
};

const TICKET: Arg<One> = Arg::word("ticket", "The ticket", "工单");
const ANSWER: Arg<Many> =
    Arg::words("words", "What is said, and field=value of the activity", "内容，以及跟进记录的 字段=值").files();
const REMARK: Arg<Many> = Arg::words("words", "The note", "备注").files();

/// To the customer.
pub const REPLY: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "reply",
    also: "回复",
    en: "Answer a ticket; stops its first-response clock. Recorded, not sent",
    zh: "回复工单；首次响应计时停止。仅记录，不发送",
    examples: &["ticket reply T-9 we are sending a new one today", "ticket reply T-9 text=@answer.txt"],
    args: &[TICKET.def, ANSWER.def],
    run: Run::Change(reply),
};

/// Among ourselves.
pub const NOTE: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "note",
    also: "备注",
    en: "Write an internal note on a ticket",
    zh: "在工单上写内部备注",
    examples: &["ticket note T-9 the spare part is out of stock"],
    args: &[TICKET.def, REMARK.def],
    run: Run::Change(note),
};

/// The way of a written answer among the ways of being in touch.
const WAY_MESSAGE: u16 = 4;

fn reply(ask: &Invocation<'_>) -> Result<Planned> {
    let more = [sets(activity::DIRECTION.lent(), Value::Choice(activity::OUTGOING))];
    let mut planned = answer(ask, ANSWER, WAY_MESSAGE, &more)?;
    planned.note = Some(("recorded, not sent".to_owned(), "已记录，未发送".to_owned()));
    Ok(planned)
}

fn note(ask: &Invocation<'_>) -> Result<Planned> {
    answer(ask, REMARK, WAY_NOTE, &[sets(activity::INTERNAL.lent(), Value::YesNo(true))])
}

fn answer(ask: &Invocation<'_>, said: Arg<Many>, way: u16, more: &[Assignment]) -> Result<Planned> {
    let id = finder(ask, None).find(Some(ask.table(&ticket::KIND)), ask.words.one(TICKET).unwrap_or_default())?;
    let words = ask.words.many(said);
    if words.iter().all(|word| word.trim().is_empty()) {
        return Err(Error::usage(said!("Nothing is said", "没有内容"))
            .hint(said!("write the answer after the ticket", "请在工单之后写出内容")));
    }
    log(ask, way, id, &words, more)
}
