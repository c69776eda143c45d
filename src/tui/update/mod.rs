//! What happens, done to the state: no terminal, no store, no clock.

use crate::{
    domain::RecordId,
    error::{Error, ErrorKind},
    ops::spoken,
};

mod moving;
mod typing;

use super::{
    action::{Action, Effect, Part, Verb},
    complete,
    desk::Outcome,
    line::Line,
    panes::{self, Pane},
    prompts, route,
    state::{Bar, Popup, Reading, State},
};

/// Does it, and says what is to be done outside.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = Vec::new();
    let typed = !matches!(
        action,
        Action::Clock(_)
            | Action::Rows(_)
            | Action::Customers(_)
            | Action::Told(..)
            | Action::Counted(_)
            | Action::Changed
            | Action::Ran(..)
            | Action::Failed(_)
            | Action::Refused(_)
            | Action::Resized(..)
    );
    if typed {
        let interrupted = std::mem::replace(&mut state.interrupted, matches!(action, Action::Interrupt));
        if interrupted && state.interrupted {
            return vec![Effect::Quit];
        }
        state.toast = None;
        state.error = None;
        if !matches!(action, Action::Pending(_)) {
            state.pending.clear();
        }
    }
    apply(state, action, &mut effects);
    settle(state, &mut effects);
    effects
}

use moving::{go, list, reread};
use typing::{accept, asked_anew, back, interrupt, type_in};

fn apply(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::List(action) => list(state, action),
        Action::Go(pane) => go(state, pane, effects),
        Action::Turn(by) => {
            let at = Pane::ALL.iter().position(|pane| *pane == state.pane).unwrap_or(0);
            let to = (at as isize + by).rem_euclid(Pane::ALL.len() as isize) as usize;
            go(state, Pane::ALL[to], effects);
        }
        Action::Open => open(state, effects),
        Action::OpenCustomer => {
            if let Some(id) = state.customer() {
                show(state, id, effects);
            }
        }
        Action::Back => back(state, effects),
        Action::Quit if state.popup.is_none() && state.open.is_empty() => effects.push(Effect::Quit),
        Action::Quit => back(state, effects),
        Action::Interrupt => interrupt(state, effects),
        Action::Pending(key) => state.pending.push(key),
        Action::Nothing => {}
        Action::Palette(words) => state.bar = Bar::Palette(Line::new(words), 0),
        Action::Narrow => {
            let before = state.narrow().clone();
            state.bar = Bar::Narrow(Line::new(before.clone()), before);
        }
        Action::FilterBar => {
            let before = state.filter().clone();
            state.bar = Bar::Filter(Line::new(before.clone()), before);
        }
        Action::Help => {
            let lines = route::KEYS.iter().map(|(keys, en, zh)| {
                let text = state.lang.pick(en, zh);
                (if keys.is_empty() { (*text).to_owned() } else { format!("  {keys:<20} {text}") }, None)
            });
            state.popup = Some(Popup {
                title: state.lang.pick("Keys", "按键").to_owned(),
                lines: lines.collect(),
                ..Popup::default()
            });
        }
        Action::Sort => {
            state.customers.question.sort = state.customers.question.sort.next();
            asked_anew(state, effects, true);
        }
        Action::Scope => {
            let pane = state.pane;
            let scope = state.scope();
            *scope = scope.next(pane);
            asked_anew(state, effects, true);
        }
        Action::Do(verb) => verb_on(state, verb, effects),
        Action::Add => state.bar = Bar::Palette(Line::new(format!("{} add ", state.pane.noun())), 0),
        Action::Say(words) => run(state, words.iter().map(|word| (*word).to_owned()).collect(), effects),
        Action::Copy(part) => copy(state, part, effects),
        Action::Neighbour(by) => neighbour(state, by, effects),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Edit(edit) => type_in(state, &edit, effects),
        Action::Accept => accept(state, effects),
        Action::Complete => {
            if let Bar::Palette(line, _) = &mut state.bar
                && let [first, more @ ..] = complete::offers(line.text(), state.lang).as_slice()
            {
                let end = if more.is_empty() && !first.line.ends_with(['=', ':']) { " " } else { "" };
                *line = Line::new(format!("{}{end}", first.line));
            }
        }
        Action::History(by) => {
            if let Bar::Palette(line, at) = &mut state.bar {
                *at = at.saturating_add_signed(by).min(state.history.len());
                let text = state.history.len().checked_sub(*at).and_then(|at| state.history.get(at));
                *line = Line::new(text.cloned().unwrap_or_default());
            }
        }
        Action::Answer(yes) => {
            if let Some((_, words)) = state.question.take().filter(|_| yes) {
                state.busy = true;
                effects.push(Effect::Run(words, true));
            }
        }
        Action::Resized(cols, lines) => {
            state.size = (cols, lines);
            state.customers.scroll(state.list_height().into());
        }
        Action::Clock(now) => state.now = now,
        Action::Customers(rows) => {
            state.customers.loaded(*rows);
            state.customers.scroll(state.list_height().into());
        }
        Action::Rows(rows) => match *rows {
            panes::Rows::Pipeline(rows) => state.pipeline.loaded(rows),
            panes::Rows::Agenda(rows) => state.agenda.loaded(rows),
            panes::Rows::Tickets(rows) => state.tickets.loaded(rows),
        },
        Action::Refused(error) | Action::Failed(error) => {
            state.busy = false;
            failed(state, error);
        }
        Action::Told(id, told) => told_of(state, id, told.map(|told| *told)),
        Action::Ran(outcome, error) => ran(state, *outcome, error),
        Action::Counted(counts) => state.counts = counts,
        Action::Changed => {
            effects.push(Effect::Customers(state.customers.again(state.list_height(), true)));
            effects.extend(reread(state));
            effects.push(Effect::Count);
            effects.extend(state.open.iter().map(|reading| Effect::Tell(reading.id)));
            state.asked = None;
        }
    }
}

/// Reads what the state now shows and has not: rows that came into view, the record beside the list.
fn settle(state: &mut State, effects: &mut Vec<Effect>) {
    let asks = |effect: &Effect| matches!(effect, Effect::Customers(_));
    if !effects.iter().any(asks)
        && let Some(wish) = state.customers.wish(state.list_height())
    {
        effects.push(Effect::Customers(wish));
    }
    let reads = |effect: &Effect| matches!(effect, Effect::Pane(_));
    if !effects.iter().any(reads) {
        let wish = state.wish(false);
        let asked = wish.as_ref().map(|wish| (wish.pane, wish.question.clone(), wish.windows.clone()));
        if asked.is_some() && asked != state.wished {
            state.wished = asked;
            effects.extend(wish.map(Effect::Pane));
        }
    }
    if state.open.is_empty() && state.is_wide() && state.pane == Pane::Customers {
        let here = state.here();
        if here != state.asked {
            state.asked = here;
            effects.extend(here.map(Effect::Tell));
        }
    }
}

fn open(state: &mut State, effects: &mut Vec<Effect>) {
    let to = match (&mut state.popup, state.open.last()) {
        (Some(popup), _) => popup.lines.get(popup.cursor).and_then(|(_, id)| *id),
        (None, Some(reading)) => reading.link(),
        (None, None) => state.here(),
    };
    if let Some(id) = to {
        state.popup = None;
        show(state, id, effects);
    }
}

fn show(state: &mut State, id: RecordId, effects: &mut Vec<Effect>) {
    let mut reading = Reading::new(id);
    reading.told = state.panel.as_ref().filter(|told| told.id == Some(id)).cloned();
    state.open.push(reading);
    effects.push(Effect::Tell(id));
}

fn run(state: &mut State, words: Vec<String>, effects: &mut Vec<Effect>) {
    state.busy = true;
    effects.push(Effect::Run(words, false));
}

fn verb_on(state: &mut State, verb: Verb, effects: &mut Vec<Effect>) {
    let mut subject = state.subject();
    if verb == Verb::FollowUp && state.open.is_empty() && state.pane == Pane::Agenda {
        // What follows a follow-up is planned for its customer.
        subject = state.customer().into_iter().collect();
    }
    match prompts::ask(verb, &subject, state.lang) {
        Err(error) => failed(state, error),
        Ok((words, steps)) if steps.is_empty() => run(state, words, effects),
        Ok((words, steps)) => state.bar = Bar::Prompt { words, steps, line: Line::default() },
    }
}

fn copy(state: &mut State, part: Part, effects: &mut Vec<Effect>) {
    let row = state.customers.current().filter(|_| state.open.is_empty() && state.pane == Pane::Customers);
    let id = state.here().map(|id| id.to_string()).unwrap_or_default();
    let text = match (part, row) {
        (Part::Id, _) => id,
        (Part::Row, Some(row)) => {
            [&row.name, &row.grade, &row.city, &row.owner, &row.last, &row.next].map(String::as_str).join("\t")
        }
        (Part::Phone, Some(row)) => row.phone.clone(),
        (Part::Email, Some(row)) => row.email.clone(),
        (_, None) => {
            state.open.last().and_then(|reading| Some(reading.told.as_ref()?.title.clone())).unwrap_or_default()
        }
    };
    let lang = state.lang;
    if text.is_empty() {
        state.toast = Some(lang.pick("There is nothing to copy", "没有可复制的内容").to_owned());
    } else {
        state.toast = Some(lang.pick(format!("Copied: {text}"), format!("已复制：{text}")));
        effects.push(Effect::Copy(text));
    }
}

fn neighbour(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let action = if by > 0 { panes::Action::Down } else { panes::Action::Up };
    let open = std::mem::take(&mut state.open);
    list(state, action);
    state.open = open;
    let below = std::mem::take(&mut state.open);
    let there = state.here();
    state.open = below;
    if let (1, Some(id)) = (state.open.len(), there) {
        state.open = vec![Reading::new(id)];
        effects.push(Effect::Tell(id));
    }
}

fn told_of(state: &mut State, id: RecordId, told: Option<super::reading::Told>) {
    for reading in state.open.iter_mut().filter(|reading| reading.id == id) {
        reading.told.clone_from(&told);
    }
    if state.asked == Some(id) || state.asked.is_none() {
        state.panel = told;
    }
}

fn ran(state: &mut State, outcome: Outcome, error: Option<Error>) {
    state.busy = false;
    if let Some(question) = outcome.question {
        state.question = Some((question, outcome.words));
        return;
    }
    if let Some(error) = error {
        return failed(state, error);
    }
    if outcome.stepped {
        state.customers.marks.clear();
    }
    if let Some(told) = outcome.told
        && let Some(id) = told.id
    {
        state.open.push(Reading { told: Some(told), ..Reading::new(id) });
    }
    if !outcome.lines.is_empty() {
        state.popup = Some(Popup { title: spoken::join(outcome.words), lines: outcome.lines, ..Popup::default() });
    }
    if !outcome.said.is_empty() {
        let mut said = outcome.said.join("  ");
        state.messages.push(said.clone());
        if outcome.stepped {
            said.push_str(state.lang.pick("   u takes it back", "   u 撤销"));
        }
        state.toast = Some(said);
    }
}

fn failed(state: &mut State, error: Error) {
    if error.kind() != ErrorKind::Declined {
        state.messages.push(error.message().to_owned());
        state.error = Some(error);
    }
}

fn messages(state: &mut State) {
    let lines = state.messages.iter().rev().flat_map(|text| text.lines().map(|line| (line.to_owned(), None))).collect();
    state.popup = Some(Popup { title: state.lang.pick("Messages", "消息").to_owned(), lines, ..Popup::default() });
}
