//! The agenda drawn.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    domain::choices::{NORMAL, PRIORITIES, WAYS},
    keymap::Scope as Place,
    read_model::agenda::{AgendaRow, Clock, Section},
    text::{Lang, spaced},
    tui::{
        draw_context::{DrawContext, Role},
        panes::{
            OwnerFilter,
            columns::{ColumnWidth, ask},
            label::label,
            virtual_list::{self, ListStyle},
        },
    },
};

use super::{State, calendar, state};

/// Draws the pane.
pub fn draw(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let clock = Clock { now: look.now, tz: look.tz, week_start: state.week_start };
    let mut list = area;
    if state.shows_calendar(area.width) && !state.question.calls && !look.plain() {
        list.width = state::beside(list.width);
        let beside = Rect { x: list.right() + 2, width: state::WIDTH, y: area.y + 2, ..area };
        let beside = Rect { height: area.height.saturating_sub(2), ..beside };
        calendar::draw(state, &clock, look, beside, buf);
    }
    let sheet = ListStyle {
        title: title(state, look),
        asks: &asks(state, lang),
        names: &[],
        heading: &|part| heading(part, lang),
        sign: &|row: &AgendaRow| match row.section {
            Section::Overdue => (look.bullet(), Role::Text),
            Section::Done => ("", Role::Dim),
            _ => ("", Role::Text),
        },
        texts: &|row, plain| texts(state, row, plain, &clock, look),
        empty: empty(state, look),
    };
    virtual_list::draw(&state.list, &sheet, look, list, buf);
}

fn heading(part: u8, lang: Lang) -> (&'static str, Role) {
    match Section::ALL.get(usize::from(part)) {
        Some(Section::Overdue) => (Section::Overdue.label(lang), Role::Late),
        Some(section) => (section.label(lang), Role::Heading),
        None => (lang.pick("The most urgent first", "最紧急的在前"), Role::Heading),
    }
}

fn empty(state: &State, look: &DrawContext<'_>) -> String {
    let keys = |hints: &[(&str, &str, &str)]| look.keys(Place::Agenda, hints);
    let add = ("add", "plans something", "新建");
    let (en, zh, keys) = match (state.question.is_open(), state.question.calls, state.question.scope) {
        (false, ..) => {
            ("Nothing planned is like this.", "没有匹配的安排。", keys(&[("back", "shows all", "显示全部")]))
        }
        (_, true, _) => (
            "Nobody is to be called until tonight.",
            "今天没有待打的电话。",
            keys(&[("calls", "shows the agenda", "返回日程")]),
        ),
        (_, _, OwnerFilter::All) => ("Nothing is planned.", "暂无安排。", keys(&[add])),
        _ => {
            let whose = ("owner next", "shows everybody's", "查看所有人");
            ("Nothing is planned.", "暂无安排。", keys(&[add, whose]))
        }
    };
    look.lang.pick(format!("{en} {keys}."), format!("{zh}{keys}。"))
}

fn title(state: &State, look: &DrawContext<'_>) -> (String, String) {
    let (lang, whose) = (look.lang, &state.list.read.whose);
    let mut said = match state.question.calls {
        true => lang.pick(format!("Calls of {whose}"), spaced(whose, "的电话清单")),
        false => lang.pick(format!("Agenda of {whose}"), spaced(whose, "的跟进日程")),
    };
    said.push_str(&state.question.said());
    if state.question.calls {
        let count = state.list.read.order.len();
        return (said, lang.pick(format!("{count} to call"), format!("待拨 {count}")));
    }
    let mut counts = Vec::new();
    for section in Section::ALL {
        let count = state.list.count(section as u8);
        if count > 0 {
            let label = section.label(lang).to_lowercase();
            counts.push(lang.pick(format!("{count} {label}"), format!("{label} {count}")));
        }
    }
    (said, counts.join(" · "))
}

/// When, what, for whom, how, whose, why.
fn asks(state: &State, lang: Lang) -> [ColumnWidth; 6] {
    let shared = !state.list.read.people.is_empty();
    let owner = if shared { ask(8, 12, 3) } else { ask(0, 0, 3) };
    // Who is to be called is called for a reason. Elsewhere one that is cut says nothing: it goes rather
    // than that names are cut for it.
    [
        lang.pick(ask(12, 12, 0), ask(12, 14, 0)),
        ask(16, 48, 0),
        ask(14, 44, 1),
        ask(8, 8, 2),
        owner,
        ask(lang.pick(34, if state.question.calls { 20 } else { 28 }), 60, 4),
    ]
}

/// When a row is due, or was done, in words.
fn when(row: &AgendaRow, clock: &Clock, lang: Lang) -> String {
    match row.done_at {
        Some(at) => clock.time(at),
        None => clock.due_in_words(row.due, lang),
    }
}

fn texts<'r>(
    state: &'r State,
    row: &'r AgendaRow,
    plain: Style,
    clock: &Clock,
    look: &DrawContext<'_>,
) -> Vec<virtual_list::StyledText<'r>> {
    let (lang, dim) = (look.lang, look.of(Role::Dim));
    let due = if row.section == Section::Overdue { look.of(Role::Late) } else { plain };
    let owner = row.owner.and_then(|owner| state.list.read.people.get(&owner)).map_or("", String::as_str);
    vec![
        (Cow::Owned(when(row, clock, lang)), due),
        (row.title.as_str().into(), plain),
        (row.customer.as_ref().map_or("", |(_, name)| name.as_str()).into(), plain),
        (label(WAYS, row.way, lang).into(), dim),
        (owner.into(), plain),
        (why(row, lang).into(), dim),
    ]
}

/// Why a row matters: how urgent it was said to be, then what the records say.
fn why(row: &AgendaRow, lang: Lang) -> String {
    let mut why = Vec::new();
    if row.priority > NORMAL && row.section != Section::Done {
        why.push(label(PRIORITIES, Some(row.priority), lang).to_owned());
    }
    why.extend(row.reasons.iter().map(|reason| reason.say(lang)));
    why.join(lang.pick(", ", "，"))
}
