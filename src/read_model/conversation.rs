//! A ticket as a conversation: who said what and when, what was noted among us, and how its two clocks stand.

use std::ops::ControlFlow;

use crate::{
    domain::{
        Instant, Lookup, Record, RecordId, activity, choices::WAY_NOTE, common, contact, customer, print::span, ticket,
        user,
    },
    error::Result,
    text::Lang,
};

use super::queue::{TicketClock, TimeLeft};
use crate::query::names::Names;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The customer, or somebody there.
    Theirs,
    /// One of us, to the customer.
    Ours,
    /// One of us, among ourselves.
    Internal,
    /// What solved it.
    Solution,
    /// How satisfied the customer was.
    Rating,
}

impl Speaker {
    /// What it is called.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Theirs => lang.pick("customer", "客户"),
            Self::Ours => lang.pick("reply", "回复"),
            Self::Internal => lang.pick("internal", "内部"),
            Self::Solution => lang.pick("solution", "解决方案"),
            Self::Rating => lang.pick("satisfaction", "满意度"),
        }
    }
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct Message {
    /// When.
    pub at: Instant,
    /// In which voice.
    pub voice: Speaker,
    /// By whom, in a name.
    pub who: String,
    /// What, of as many lines as it has.
    pub text: String,
    /// The record that it stands in.
    pub id: RecordId,
}

/// One of the clocks of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What it runs for.
    pub limit: TicketClock,
    /// When it is over.
    pub due: Option<Instant>,
    /// When it was stopped for good.
    pub reached: Option<Instant>,
    /// Whether it stands still while it is the customer's turn.
    pub paused: bool,
}

impl Clock {
    /// How the clock stands: whether the limit is over, or was when it was stopped; and that in words.
    pub fn say(self, now: Instant, lang: Lang) -> (bool, String) {
        match (self.reached, self.due) {
            (Some(at), Some(due)) if at > due => {
                let late = span((at.0 - due.0) / 1000, lang);
                (true, lang.pick(format!("{late} late"), format!("超时{late}完成")))
            }
            (Some(_), _) => (false, lang.pick("in time", "按时完成").to_owned()),
            (None, _) if self.paused => (false, TimeLeft::Paused.say(lang)),
            (None, Some(due)) => {
                let left = TimeLeft::until(due, now);
                let words = left.say(lang);
                let words = if left.is_breached() {
                    words
                } else {
                    lang.pick(format!("{words} left"), format!("剩余{words}"))
                };
                (left.is_breached(), words)
            }
            (None, None) => (false, TimeLeft::Open.say(lang)),
        }
    }
}

/// A ticket with what was said about it.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// The clock of the first response, and that of the solution.
    pub clocks: [Clock; 2],
    /// What was said, the earliest first.
    pub messages: Vec<Message>,
}

/// The conversation of a ticket; none where there is no such ticket.
///
/// # Errors
/// What the store says.
pub fn conversation(names: &Names<'_>, id: RecordId) -> Result<Option<Conversation>> {
    let reader = names.reader();
    let Some(ticket) = reader.record(id)? else { return Ok(None) };
    let mut messages = Vec::new();
    let theirs = |record: &Record| -> Result<String> {
        let contact = record.get(activity::CONTACT).or_else(|| ticket.get(ticket::CONTACT));
        match (contact, ticket.get(ticket::CUSTOMER)) {
            (Some(contact), _) => names.of(RecordId::new(contact::ID, contact)),
            (None, Some(customer)) => names.of(RecordId::new(customer::ID, customer)),
            (None, None) => Ok(String::new()),
        }
    };
    let opened = ticket.get(common::CREATED).unwrap_or_default();
    if let Some(text) = ticket.get(ticket::DESCRIPTION) {
        let who = theirs(&Record::new())?;
        messages.push(Message { at: opened, voice: Speaker::Theirs, who, text: text.to_owned(), id });
    }
    let mut numbers = Vec::new();
    reader.linking(activity::ID, &activity::TICKET.def(), id.num, &mut |num| {
        numbers.push(num);
        ControlFlow::Continue(())
    })?;
    for num in numbers {
        let id = RecordId::new(activity::ID, num);
        let Some(said) = reader.record(id)? else { continue };
        let voice = voice_of(&said);
        let who = match (voice, said.get(activity::BY)) {
            (Speaker::Theirs, _) => theirs(&said)?,
            (_, Some(by)) => names.of(RecordId::new(user::ID, by))?,
            (_, None) => String::new(),
        };
        let at = said.get(activity::AT).unwrap_or_default();
        messages.push(Message { at, voice, who, text: said.get(activity::TEXT).unwrap_or_default().to_owned(), id });
    }
    let agent = ticket.get(ticket::OWNER).map(|num| names.of(RecordId::new(user::ID, num))).transpose()?;
    let closed = ticket.get(ticket::RESOLVED_AT).or(ticket.get(ticket::CLOSED_AT)).unwrap_or(opened);
    if let Some(text) = ticket.get(ticket::RESOLUTION) {
        let who = agent.unwrap_or_default();
        messages.push(Message { at: closed, voice: Speaker::Solution, who, text: text.to_owned(), id });
    }
    messages.sort_by_key(|message| message.at);
    if let Some(score) = ticket.get(ticket::SATISFACTION) {
        let words = ticket.get(ticket::SATISFACTION_TEXT).unwrap_or_default();
        let text = format!("{score}/5  {words}").trim_end().to_owned();
        let at = messages.last().map_or(closed, |message| message.at.max(closed));
        messages.push(Message { at, voice: Speaker::Rating, who: theirs(&Record::new())?, text, id });
    }
    let status = ticket.get(ticket::STATUS).unwrap_or(ticket::NEW);
    let paused = status == ticket::WAITING;
    let clock = |limit, due, reached| Clock { limit, due, reached, paused };
    let answered = ticket.get(ticket::RESPONDED_AT);
    let solved = ticket.get(ticket::RESOLVED_AT).or(ticket.get(ticket::CLOSED_AT));
    Ok(Some(Conversation {
        clocks: [
            // What was solved without a word was answered by that.
            clock(TicketClock::Response, ticket.get(ticket::RESPONSE_DUE), answered.or(solved)),
            clock(TicketClock::Resolution, ticket.get(ticket::RESOLUTION_DUE), solved),
        ],
        messages,
    }))
}

fn voice_of(said: &Record) -> Speaker {
    if said.get(activity::INTERNAL) == Some(true) || said.get(activity::TYPE) == Some(WAY_NOTE) {
        return Speaker::Internal;
    }
    match said.get(activity::DIRECTION) {
        Some(activity::INCOMING) => Speaker::Theirs,
        _ => Speaker::Ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_in_words() {
        let at = |minutes: i64| Instant(0).plus_seconds(minutes * 60);
        let clock = |due: Option<i64>, reached: Option<i64>, paused| Clock {
            limit: TicketClock::Response,
            due: due.map(at),
            reached: reached.map(at),
            paused,
        };
        for (clock, late, en, zh) in [
            (clock(Some(130), None, false), false, "2h 10m left", "剩余2小时10分"),
            (clock(Some(-35), None, false), true, "35m over", "超时35分钟"),
            (clock(Some(-35), None, true), false, "paused", "已暂停"),
            (clock(Some(60), Some(30), false), false, "in time", "按时完成"),
            (clock(Some(30), Some(95), false), true, "1h 5m late", "超时1小时5分完成"),
            (clock(None, None, false), false, "no limit", "无时限"),
        ] {
            assert_eq!(clock.say(at(0), Lang::En), (late, en.to_owned()));
            assert_eq!(clock.say(at(0), Lang::Zh), (late, zh.to_owned()));
        }
    }
}
