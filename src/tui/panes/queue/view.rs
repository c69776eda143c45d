//! The queue drawn.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    domain::{choices::NORMAL, ticket},
    keymap::Scope as Place,
    read_model::queue::{QueueRow, TimeLeft, left},
    text::Lang,
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

use super::State;

/// A limit nearer than this is near, in seconds.
const NEAR: i64 = 3600;

/// Draws the pane.
pub fn draw(state: &State, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) {
    let lang = look.lang;
    let names = lang.pick(
        ["Left", "Until", "Subject", "Customer", "Type", "Priority", "Agent", "Status"],
        ["剩余时间", "计时", "主题", "客户", "类型", "优先级", "处理人", "状态"],
    );
    let sheet = ListStyle {
        title: title(state, look),
        asks: &asks(lang),
        names: &names,
        heading: &|_| ("", Role::Dim),
        sign: &|row: &QueueRow| (if time(row, look).is_breached() { "!" } else { "" }, Role::Text),
        texts: &|row, plain| texts(state, row, plain, look),
        empty: empty(state, look),
    };
    virtual_list::draw(&state.list, &sheet, look, area, buf);
}

fn empty(state: &State, look: &DrawContext<'_>) -> String {
    let keys = |hints: &[(&str, &str, &str)]| look.keys(Place::Queue, hints);
    let add = ("add", "opens one", "新建");
    let (en, zh, keys) = match (state.question.is_open(), state.question.scope) {
        (false, _) => {
            ("No open ticket is like this.", "没有匹配的未结工单。", keys(&[("back", "shows all", "显示全部")]))
        }
        (true, OwnerFilter::All) => ("No ticket is open.", "暂无未结工单。", keys(&[add])),
        (true, _) => {
            let whose = ("owner next", "shows everybody's", "查看所有人");
            ("No ticket is open.", "暂无未结工单。", keys(&[add, whose]))
        }
    };
    look.lang.pick(format!("{en} {keys}."), format!("{zh}{keys}。"))
}

fn title(state: &State, look: &DrawContext<'_>) -> (String, String) {
    let (lang, whose) = (look.lang, &state.list.read.whose);
    let mut said = lang.pick(format!("Queue: {whose}"), format!("工单队列：{whose}"));
    said.push_str(&state.question.said());
    let (late, open) = (state.breached(look.now), state.list.read.order.len());
    let counts = lang.pick(format!("{late} breached · {open} open"), format!("已超时 {late} · 未结 {open}"));
    (said, counts)
}

/// Left, until what, subject, customer, type, priority, agent, status.
fn asks(lang: Lang) -> [ColumnWidth; 8] {
    let first = lang.pick(ask(11, 14, 0), ask(14, 16, 0));
    let until = lang.pick(ask(8, 8, 4), ask(4, 4, 4));
    let (ty, priority) = lang.pick((ask(10, 10, 5), ask(8, 8, 3)), (ask(6, 8, 5), ask(6, 6, 3)));
    let status = lang.pick(ask(8, 8, 6), ask(10, 10, 6));
    [first, until, ask(16, 60, 0), ask(14, 44, 1), ty, priority, ask(8, 14, 2), status]
}

fn time(row: &QueueRow, look: &DrawContext<'_>) -> TimeLeft {
    left(row.status, row.due, look.now)
}

fn texts<'r>(
    state: &'r State,
    row: &'r QueueRow,
    plain: Style,
    look: &DrawContext<'_>,
) -> Vec<virtual_list::StyledText<'r>> {
    let (lang, dim) = (look.lang, look.of(Role::Dim));
    let time = time(row, look);
    let clock = match time {
        TimeLeft::Seconds(..0) => look.of(Role::Late),
        TimeLeft::Seconds(..NEAR) => look.of(Role::Soon),
        TimeLeft::Seconds(_) => plain,
        TimeLeft::Open | TimeLeft::Paused => dim,
    };
    let until = if time.seconds().is_some() { row.limit.label(lang) } else { "" };
    let agent = row.owner.map_or("—", |owner| state.list.read.people.get(&owner).map_or("", String::as_str));
    let priority = if row.priority > NORMAL { look.of(Role::Soon) } else { plain };
    vec![
        (Cow::Owned(time.say(lang)), clock),
        (until.into(), dim),
        (row.subject.as_str().into(), plain),
        (row.customer.as_ref().map_or("", |(_, name)| name).into(), plain),
        (label(ticket::TYPES, row.ty, lang).into(), dim),
        (label(ticket::PRIORITY.def().choices, Some(row.priority), lang).into(), priority),
        (agent.into(), plain),
        (label(ticket::STATUSES, Some(row.status), lang).into(), dim),
    ]
}

#[test]
fn no_heading_is_wider_than_its_column() {
    for (lang, name, at) in
        [(Lang::En, "Until", 1), (Lang::Zh, "计时", 1), (Lang::Zh, "优先级", 5), (Lang::Zh, "剩余时间", 0)]
    {
        assert!(crate::text::width(name) <= asks(lang)[at].least, "{name}");
    }
}
