//! Getting about: panes, back to where I came from, out of the program; and what can be done anywhere.

use crate::tui::{
    action::Effect,
    hints::key,
    layer::Layer,
    panes::{self, Pane},
    state::{OpenRecord, State},
};

use super::{
    Effects,
    lines::leave,
    lists::{asked_anew, list, reread},
    opening::{depart, place},
    palette::open_palette,
    popup, question, record,
    table::ActionTable,
};

/// In panes and records.
pub const ACTIONS: ActionTable = &[
    ("pane customers", |state, _, effects| go(state, Pane::Customers, effects)),
    ("pane board", |state, _, effects| go(state, Pane::Board, effects)),
    ("pane agenda", |state, _, effects| go(state, Pane::Agenda, effects)),
    ("pane queue", |state, _, effects| go(state, Pane::Queue, effects)),
    ("pane next", |state, _, effects| turn(state, 1, effects)),
    ("pane previous", |state, _, effects| turn(state, -1, effects)),
    ("jump back", |state, _, effects| jump(state, false, effects)),
    ("jump forward", |state, _, effects| jump(state, true, effects)),
    ("palette", |state, _, effects| open_palette(state, "", effects)),
    ("mouse", |state, _, effects| {
        state.mouse = !state.mouse;
        let lang = state.lang;
        let said = if state.mouse {
            lang.pick("The mouse is on: a click selects, the wheel moves", "鼠标已启用：点击选择，滚轮移动")
        } else {
            lang.pick("The mouse is off: the terminal selects text", "鼠标已停用：可用终端选择文本")
        };
        state.toast = Some(said.to_owned());
        effects.push(Effect::Mouse(state.mouse));
    }),
    ("messages", |state, _, _| popup::messages(state)),
    ("demo", |_, _, effects| effects.push(Effect::Demo)),
];

/// Wherever the keys are.
pub const ANYWHERE: ActionTable = &[
    ("back", |state, _, effects| back(state, effects)),
    ("close", |state, _, effects| match state.layer() {
        Layer::Pane(_) | Layer::Welcome => effects.push(Effect::Quit),
        _ => back(state, effects),
    }),
    ("cancel", |state, _, effects| cancel(state, effects)),
    ("quit", |_, _, effects| effects.push(Effect::Quit)),
    ("suspend", |_, _, effects| effects.push(Effect::Suspend)),
    ("redraw", |_, _, effects| effects.push(Effect::Redraw)),
    ("help", |state, _, _| popup::help(state)),
];

/// Closes what lies on top; in a pane, takes back what was begun there, one thing at a time.
pub fn back(state: &mut State, effects: &mut Effects) {
    match state.layer() {
        Layer::Question => question::dismiss(state),
        Layer::Palette | Layer::Line => leave(state, effects),
        Layer::Search => popup::leave_search(state),
        Layer::Popup => state.popup = None,
        Layer::Picker => state.picker = None,
        Layer::Form => super::form::press(state, crate::tui::form::FormAction::Leave, effects),
        Layer::Record if record::loosen(state) => {}
        Layer::Record => {
            depart(state);
            state.open.pop();
            wake(state, effects);
        }
        Layer::Welcome => state.welcome = None,
        Layer::Pane(_) => loosen(state, effects),
    }
}

fn loosen(state: &mut State, effects: &mut Effects) {
    let customers = &mut state.customers;
    if state.pane == Pane::Customers && customers.anchor.take().is_some() {
    } else if state.marked() > 0 {
        list(state, panes::Action::Unmark);
    } else if !state.narrow().is_empty() {
        state.narrow().clear();
        asked_anew(state, effects, true);
    } else if !state.filter().is_empty() {
        state.filter().clear();
        asked_anew(state, effects, true);
    }
}

fn cancel(state: &mut State, effects: &mut Effects) {
    if !matches!(state.layer(), Layer::Pane(_) | Layer::Record) {
        back(state, effects);
    }
    let key = key(state, "cancel");
    state.toast = Some(state.lang.pick(format!("{key} again quits"), format!("再按 {key} 退出")));
}

fn turn(state: &mut State, by: isize, effects: &mut Effects) {
    let at = Pane::ALL.iter().position(|pane| *pane == state.pane).unwrap_or(0);
    let to = (at as isize + by).rem_euclid(Pane::ALL.len() as isize) as usize;
    go(state, Pane::ALL[to], effects);
}

fn jump(state: &mut State, forward: bool, effects: &mut Effects) {
    let here = place(state);
    if let Some(there) = state.jumps.jump(here, forward) {
        state.pane = there.pane;
        state.popup = None;
        state.open = there
            .open
            .into_iter()
            .map(|(id, cursor, scroll)| OpenRecord { cursor, scroll, ..OpenRecord::new(id) })
            .collect();
        effects.extend(reread(state));
        wake(state, effects);
    } else {
        let lang = state.lang;
        let said = if forward {
            lang.pick("There is no place after this one", "没有更后的位置")
        } else {
            lang.pick("There is no place before this one", "没有更前的位置")
        };
        state.toast = Some(said.to_owned());
    }
}

/// Reads the record that one has come back to.
fn wake(state: &State, effects: &mut Effects) {
    effects.extend(state.open.last().map(|reading| Effect::Tell(reading.id)));
}

/// Goes to a pane.
pub fn go(state: &mut State, pane: Pane, effects: &mut Effects) {
    if pane != state.pane || !state.open.is_empty() {
        depart(state);
    }
    state.pane = pane;
    state.welcome = None;
    state.open.clear();
    state.popup = None;
    effects.extend(reread(state));
}
