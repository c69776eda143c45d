//! A ticket read as a conversation: its clocks, then who said what and when, with what was noted among us set apart.

use crate::{
    domain::{RecordId, print},
    error::Result,
    query::names::Names,
    read_model::{
        conversation::{Message, Speaker, conversation},
        queue::TicketClock,
    },
    text::scrub_lines,
};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// How a clock stands.
    Clock,
    /// The same, where its limit is over or was.
    Late,
    /// Room between parts.
    Gap,
    /// A heading.
    Heading,
    /// Between the customer and us.
    Said,
    /// Among ourselves.
    Aside,
}

/// A line of the conversation.
#[derive(Clone, Debug)]
pub struct ConversationLine {
    /// What it is.
    pub tone: EntryKind,
    /// What stands at its left: when, which way and who.
    pub label: String,
    /// What was said.
    pub text: String,
    /// The record that it stands in.
    pub to: Option<RecordId>,
}

/// The lines of a ticket's conversation.
///
/// # Errors
/// What the store says.
pub fn lines(names: &Names<'_>, id: RecordId, view: &print::View) -> Result<Vec<ConversationLine>> {
    let lang = view.lang;
    let Some(found) = conversation(names, id)? else { return Ok(Vec::new()) };
    let line = |tone, label: String, text: String, to| ConversationLine { tone, label, text, to };
    let mut lines = Vec::new();
    for clock in found.clocks {
        let (late, said) = clock.say(view.now, lang);
        let label = match clock.limit {
            TicketClock::Response => lang.pick("First response", "首次响应"),
            TicketClock::Resolution => lang.pick("Solution", "解决"),
        };
        let form = lang.pick("  (%m-%d %H:%M)", "（%m-%d %H:%M 前）");
        let due = clock.due.map(|due| due.utc().with_timezone(&view.tz).format(form).to_string());
        let tone = if late { EntryKind::Late } else { EntryKind::Clock };
        lines.push(line(tone, label.to_owned(), format!("{said}{}", due.unwrap_or_default()), None));
    }
    lines.push(line(EntryKind::Gap, String::new(), String::new(), None));
    let heading = format!("{}  {}", lang.pick("Conversation", "对话"), found.messages.len());
    lines.push(line(EntryKind::Heading, heading, String::new(), None));
    for message in &found.messages {
        let tone = if message.voice == Speaker::Internal { EntryKind::Aside } else { EntryKind::Said };
        let to = Some(message.id).filter(|other| *other != id);
        lines.push(line(tone, spoken(message, view), text(message, view), to));
    }
    if found.messages.is_empty() {
        let words = lang.pick("Nobody has said anything yet: reply to begin.", "暂无对话：回复即可开始。");
        lines.push(line(EntryKind::Said, String::new(), words.to_owned(), None));
    }
    Ok(lines)
}

/// When, which way, and who.
fn spoken(message: &Message, view: &print::View) -> String {
    let way = match message.voice {
        Speaker::Theirs | Speaker::Rating => "←",
        Speaker::Ours | Speaker::Solution => "→",
        Speaker::Internal => "•",
    };
    let at = message.at.utc().with_timezone(&view.tz).format("%m-%d %H:%M");
    format!("{at} {way} {}", crate::text::scrub(&message.who))
}

fn text(message: &Message, view: &print::View) -> String {
    let said = scrub_lines(message.text.trim());
    match message.voice {
        Speaker::Theirs | Speaker::Ours => said.into_owned(),
        voice => format!("{}{}{said}", voice.label(view.lang), view.lang.pick(": ", "：")),
    }
}
