//! `ticket assign`, `wait`, `resolve`, `close` and `reopen`: whose turn it is, and whether it is done.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{finder, speak, with_own},
        leading_ids::several,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::{Assign, Assignment, WritePlan},
    domain::{Lookup, RecordId, Value, read, ticket, user},
    error::{Error, Result},
    ops::log::{edit, sets},
    text::{Said, said},
};

use super::standing;

const TICKET: Arg<One> = Arg::word("ticket", "The ticket; ids of more may follow", "工单；其后可跟更多编号");
const FIELDS: Arg<Many> =
    Arg::maybe_words("words", "field=value set in the same step", "同一步中设置的 字段=值").files();
const AGENT: Arg<One> = Arg::word("agent", "A user, me, or none", "用户、me（自己）或 none（无）");
const RESOLUTION: Arg<Many> =
    Arg::maybe_words("words", "The resolution, and field=value", "解决方案，以及 字段=值").files();

/// To an agent.
pub const ASSIGN: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "assign",
    also: "分配 转交",
    en: "Give a ticket to an agent",
    zh: "将工单分配给处理人",
    examples: &["ticket assign T-9 me", "ticket assign T-9 li.wei", "ticket assign T-8 T-9 me"],
    args: &[TICKET.def, AGENT.def, FIELDS.def],
    run: Run::Change(assign),
};

/// The customer's turn.
pub const WAIT: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "wait",
    also: "等待",
    en: "Wait for the customer; the clocks pause",
    zh: "待客户回复；计时暂停",
    examples: &["ticket wait T-9"],
    args: &[TICKET.def, FIELDS.def],
    run: Run::Change(wait),
};

/// Answered for good, as we think.
pub const RESOLVE: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "resolve",
    also: "解决",
    en: "Resolve a ticket; free words are the resolution",
    zh: "解决工单；不带“字段=”的文字即为解决方案",
    examples: &["ticket resolve T-9 replaced the power supply", "ticket resolve T-9 satisfaction=5"],
    args: &[TICKET.def, RESOLUTION.def],
    run: Run::Change(resolve),
};

/// Done with.
pub const CLOSE: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "close",
    also: "关闭",
    en: "Close a ticket",
    zh: "关闭工单",
    examples: &["ticket close T-9"],
    args: &[TICKET.def, FIELDS.def],
    run: Run::Change(close),
};

/// Not done after all.
pub const REOPEN: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "reopen",
    also: "重新打开 重开",
    en: "Open a resolved, closed or waiting ticket again; the clocks go on",
    zh: "重新打开已解决、已关闭或待客户回复的工单；计时继续",
    examples: &["ticket reopen T-9"],
    args: &[TICKET.def, FIELDS.def],
    run: Run::Change(reopen),
};

fn assign(ask: &Invocation<'_>) -> Result<Planned> {
    let (ids, words) = named(ask, &[TICKET, AGENT], FIELDS)?;
    let Some((agent, words)) = words.split_first() else {
        return Err(Error::usage(said!("No agent is named", "未指定处理人"))
            .hint(said!("name one after the tickets, or me", "请在工单之后写处理人，或 me（自己）")));
    };
    let owner = ticket::OWNER.lent();
    let assign = match *agent {
        "none" | "无" => Assign::Clear,
        agent => Assign::Set(Value::Link(finder(ask, None).find(Some(ask.table(&user::KIND)), agent)?.num)),
    };
    planned(ask, (ids, words), &[(owner, assign)], |_| Ok(()))
}

fn wait(ask: &Invocation<'_>) -> Result<Planned> {
    let (ids, words) = named(ask, &[TICKET], FIELDS)?;
    planned(ask, (ids, &words), &[status(ticket::WAITING)], |now| {
        must_be(now, ticket::is_open(now), said!("reopen it first", "请先重新打开"))
    })
}

fn resolve(ask: &Invocation<'_>) -> Result<Planned> {
    let (ids, words) = named(ask, &[TICKET], RESOLUTION)?;
    planned(ask, (ids, &words), &[status(ticket::RESOLVED)], |now| {
        must_be(now, ticket::is_open(now), said!("reopen it first", "请先重新打开"))
    })
}

fn close(ask: &Invocation<'_>) -> Result<Planned> {
    let (ids, words) = named(ask, &[TICKET], FIELDS)?;
    planned(ask, (ids, &words), &[status(ticket::CLOSED)], |now| {
        must_be(now, now != ticket::CLOSED, said!("there is nothing to do", "无需操作"))
    })
}

fn reopen(ask: &Invocation<'_>) -> Result<Planned> {
    let (ids, words) = named(ask, &[TICKET], FIELDS)?;
    planned(ask, (ids, &words), &[status(ticket::OPEN)], |now| {
        must_be(
            now,
            now == ticket::WAITING || !ticket::is_open(now),
            said!("there is nothing to reopen", "无需重新打开"),
        )
    })
}

fn status(to: u16) -> Assignment {
    sets(ticket::STATUS.lent(), Value::Choice(to))
}

fn must_be(now: u16, allowed: bool, hint: Said) -> Result<()> {
    let (code, zh) = ticket::STATUSES.get(usize::from(now)).map_or(("", ""), |choice| (choice.code, choice.zh));
    if allowed {
        Ok(())
    } else {
        Err(Error::invalid(said!("the ticket is {code}", "工单已是“{zh}”状态")).hint(hint))
    }
}

/// The tickets that lead the words of these arguments and those behind them, and what follows.
fn named<'w>(ask: &Invocation<'w>, args: &[Arg<One>], rest: Arg<Many>) -> Result<(Vec<RecordId>, Vec<&'w str>)> {
    let mut words: Vec<&str> = args.iter().filter_map(|arg| ask.words.one(*arg)).collect();
    words.extend(ask.words.many(rest));
    several(ask, ask.table(&ticket::KIND), &words)
}

fn planned(
    ask: &Invocation<'_>,
    (ids, words): (Vec<RecordId>, &[&str]),
    fields: &[Assignment],
    allowed: fn(u16) -> Result<()>,
) -> Result<Planned> {
    let kind = ask.table(&ticket::KIND);
    let spoken = speak(ask, kind, &ticket::RESOLUTION.def(), words)?;
    let mut fields = fields.to_vec();
    if let Some(words) = read::free(&ticket::RESOLUTION.def(), &spoken.free)? {
        if fields.iter().any(|(_, assign)| matches!(assign, Assign::Set(Value::Choice(ticket::RESOLVED)))) {
            fields.push(sets(ticket::RESOLUTION.lent(), words));
        } else {
            return Err(Error::usage(said!(
                "'{}' is no assignment",
                "“{}”不是“字段=值”的形式",
                crate::text::scrub(&spoken.free)
            ))
            .hint(said!("write field=value", "请写成 字段=值")));
        }
    }
    let fields = with_own(&fields, spoken.fields)?;
    let (mut plan, mut about) = (WritePlan::new(), Vec::with_capacity(ids.len()));
    for named in ids {
        let id = standing(ask, named, &mut plan)?;
        if about.contains(&id) {
            continue;
        }
        // Of one that is in the trash the step itself tells where it is.
        let ticket = ask.reader.record(id)?;
        ticket.map_or(Ok(()), |ticket| allowed(ticket.get(ticket::STATUS).unwrap_or(ticket::NEW))).map_err(
            |error| match id == named {
                true => error.at(id),
                false => error.at(said!("{id}, into which {named} has been merged", "{id}（{named} 已合并到它）")),
            },
        )?;
        plan.edits.push(edit(id, fields.clone()));
        about.push(id);
    }
    Ok(Planned::about(plan, about))
}
