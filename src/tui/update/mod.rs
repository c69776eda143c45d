//! What happens, done to the state: no terminal, no store, no clock.
//!
//! Keys and lines of the palette name an action of the screen or say an operation. Each place has a file with the
//! actions that it does; [`dispatch`] finds them.

mod agenda;
mod answers;
mod board;
mod copying;
mod customers;
mod dispatch;
mod form;
mod lines;
mod lists;
mod mouse;
mod notice;
mod opening;
mod optimistic;
mod outside;
mod palette;
mod picking;
mod placeholders;
mod places;
mod popup;
mod question;
mod queue;
mod record;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod verbs;
mod views;

use crate::{
    domain::RecordId,
    error::{Error, ErrorKind},
};

use optimistic::foresee;

use super::{
    action::{Action, Effect},
    answer_collector::Outcome,
    form::FormAction as FormAct,
    hints::key,
    layer::Layer,
    line::InputEdit,
    panes::{self, Pane},
    picker::PickerAction,
    popup::{Entry, LineTarget, Popup},
    record::RecordView,
    record_names::named,
    state::{OpenRecord, State},
};

/// What is to be done outside.
pub type Effects = Vec<Effect>;

/// Does it, and says what is to be done outside.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = Vec::new();
    let pressed = matches!(
        action,
        Action::Screen(..) | Action::Say(_) | Action::Begin(_) | Action::Type(_) | Action::Pending(_) | Action::Nothing
    );
    if pressed {
        let cancels = matches!(action, Action::Screen("cancel", _));
        let interrupted = std::mem::replace(&mut state.interrupted, cancels);
        if interrupted && state.interrupted {
            return vec![Effect::Quit];
        }
        state.toast = None;
        state.error = None;
        if !matches!(action, Action::Pending(_)) {
            state.pressed.clear();
            state.guided = false;
        }
    }
    if dispatch::waits(state, &action) {
        state.early.push((state.pane, action));
    } else {
        apply(state, action, &mut effects);
    }
    settle(state, &mut effects);
    effects
}

/// Does what was pressed in a pane before its rows were there, if one is still there; what was meant for others goes.
fn catch_up(state: &mut State, effects: &mut Effects) {
    if state.has_rows(state.pane) {
        for (pane, action) in std::mem::take(&mut state.early) {
            if state.layer() == Layer::Pane(pane) {
                apply(state, action, effects);
            }
        }
    }
}

fn apply(state: &mut State, action: Action, effects: &mut Effects) {
    match action {
        Action::Screen(name, word) => dispatch::act(state, name, &word, effects),
        Action::Say(words) => placeholders::say(state, &words, effects),
        Action::Begin(words) => placeholders::begin(state, &words, effects),
        Action::Type(text) if state.layer() == Layer::Question => question::answer(state, &text, effects),
        Action::Type(text) if state.layer() == Layer::Picker => {
            picking::press(state, PickerAction::Edit(InputEdit::Insert(text)), effects);
        }
        Action::Type(text) if state.layer() == Layer::Form => {
            form::press(state, FormAct::Type(text), effects);
        }
        Action::Type(text) if state.layer() == Layer::Search => popup::edit(state, &InputEdit::Insert(text)),
        Action::Type(text) => lines::type_in(state, text, effects),
        Action::Pending(key) => state.pressed.push(key),
        Action::Nothing => {}
        Action::Click(x, y) => mouse::click(state, (x, y), effects),
        Action::Wheel(by) => mouse::wheel(state, by, effects),
        Action::Hesitated => state.guided = !state.pressed.is_empty(),
        Action::Resized(cols, lines) => state.size = (cols, lines),
        Action::Clock(now) => state.now = now,
        Action::Customers(list) => {
            let asked = list.question == state.customers.question;
            if list.all > 0 {
                state.welcome = None;
            }
            state.customers.loaded(*list);
            if asked {
                lines::understood(state);
            }
            catch_up(state, effects);
        }
        Action::Window(columns, rows) => state.customers.fill(&columns, rows),
        Action::Rows(rows) => {
            match *rows {
                panes::PaneRows::Board(rows) => state.board.loaded(rows),
                panes::PaneRows::Agenda(rows) => state.agenda.loaded(rows),
                panes::PaneRows::Queue(rows) => state.queue.loaded(rows),
            }
            lines::understood(state);
            catch_up(state, effects);
        }
        Action::Refused(error) | Action::Failed(error) => {
            state.busy = false;
            state.opening = None;
            state.early.clear();
            failed(state, error);
        }
        Action::Told(id, told) => told_of(state, id, told.map(|told| *told)),
        Action::Ran(outcome, error) => {
            state.busy = false;
            if error.is_some() || outcome.question.is_some() {
                // What was shown beforehand has not come true.
                effects.extend(lists::reread(state));
            }
            let claimed = queue::claimed(state.schema, &outcome);
            let line = state.line_run.take();
            if !form::ran(state, &outcome, error.as_ref(), effects) {
                state.line_run = line;
                ran(state, *outcome, error, effects);
            }
            if let Some(id) = claimed {
                opening::open(state, id, effects);
            }
        }
        Action::Form(news) => answers::told(state, *news, effects),
        Action::Edited(form, text) => outside::edited(state, form, text, effects),
        Action::Addresses(id, found) => outside::reached(state, id, found, effects),
        Action::Found(found) if matches!(state.bar, super::state::Bar::Filter(..)) => state.people = found,
        Action::Found(found) => {
            state.with_palette(|palette, here| palette.answered(found, here));
        }
        Action::History(lines) => state.history.splice(0..0, lines).for_each(drop),
        Action::Counted(counts) => state.counts = counts,
        Action::Due(due) => notice::tell(state, &due, effects),
        Action::Schema(schema) => {
            state.schema = schema;
            state.customers.renew(schema);
        }
        Action::Changed => {
            let height = state.list_height();
            effects.push(Effect::Customers(state.customers.again(height, true)));
            effects.extend(lists::reread(state));
            effects.push(Effect::Count);
            effects.extend(state.open.iter().map(|reading| Effect::Tell(reading.id)));
            state.asked = None;
        }
    }
}

/// Keeps the cursor in its window, and reads what the state now shows and has not: rows that came into view, the record beside the list.
fn settle(state: &mut State, effects: &mut Vec<Effect>) {
    if state.question.is_none() && !state.busy {
        // A question about saving was answered with no.
        state.forms.iter_mut().for_each(|form| form.saving = false);
    }
    state.customers.scroll(state.list_height().into());
    if let Some(numbers) = state.customers.wish(state.list_height()) {
        effects.push(Effect::Window(state.customers.columns.clone(), numbers));
    }
    if let Some(reading) = state.open.last_mut()
        && let Some(events) = reading.wants()
    {
        effects.push(Effect::TellMore(reading.id, events));
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

/// Runs the words of an operation.
pub fn run(state: &mut State, words: Vec<String>, effects: &mut Effects) {
    state.saying = placeholders::template(state, &words);
    state.busy = true;
    foresee(state, &words);
    effects.push(Effect::Run(words, false));
}

fn told_of(state: &mut State, id: RecordId, told: Option<RecordView>) {
    let size = state.reading_size();
    for reading in state.open.iter_mut().filter(|reading| reading.id == id) {
        reading.told.clone_from(&told);
        reading.settle(size);
    }
    if state.asked == Some(id) || state.asked.is_none() {
        state.panel = told;
    }
}

fn ran(state: &mut State, outcome: Outcome, error: Option<Error>, effects: &mut Effects) {
    let line = state.line_run.take();
    if let Some(question) = outcome.question {
        let effect = Effect::Agreed([vec![outcome.words.clone()], outcome.along].concat(), outcome.foreseen);
        if !outcome.lines.is_empty() {
            state.popup = Some(read(outcome.words, outcome.lines));
        }
        state.question = Some((question, effect));
        return;
    }
    if let Some(error) = error {
        if let Some(line) = line.filter(|_| matches!(state.layer(), Layer::Pane(_) | Layer::Record)) {
            lines::mistaken(state, line, error.clone(), effects);
        }
        return failed(state, error);
    }
    let saying = state.saying.take();
    if outcome.stepped {
        state.repeat = saying.or(state.repeat.take());
        state.acted_on(&outcome.about);
        for pane in Pane::ALL {
            lists::unmark(state, pane);
        }
        customers::go_to_added(state, &outcome);
    }
    if let Some(told) = outcome.told
        && let Some(id) = told.id
    {
        state.open.push(OpenRecord { told: Some(told), ..OpenRecord::new(id) });
    }
    if !outcome.lines.is_empty() {
        state.popup = Some(read(outcome.words, outcome.lines));
    }
    if !outcome.said.is_empty() {
        let mut said = outcome.said;
        if let ([id], [first, ..]) = (outcome.about.as_slice(), said.as_mut_slice())
            && let Some(name) = state.called(*id)
        {
            *first = named(first, *id, name);
        }
        state.messages.push(said.join("  "));
        if outcome.stepped {
            // Before what is remarked besides, which may be long.
            let undo = key(state, "undo");
            said[0].push_str(&state.lang.pick(format!("   {undo} takes it back"), format!("   {undo} 撤销")));
        }
        state.toast = Some(said.join("  "));
    }
}

/// What a command has to show.
fn read(words: Vec<String>, lines: Vec<(String, Option<RecordId>)>) -> Popup {
    let entry = |(text, id): (String, Option<RecordId>)| Entry {
        text,
        leads: id.map_or(LineTarget::Nowhere, LineTarget::Record),
        ..Entry::default()
    };
    Popup::new(crate::command::quoting::join(words), lines.into_iter().map(entry).collect())
}

/// Tells of what went wrong.
pub fn failed(state: &mut State, error: Error) {
    if error.kind() != ErrorKind::Declined {
        state.messages.push(error.message(state.lang));
        state.error = Some(error);
    }
}
