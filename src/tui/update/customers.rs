//! What only the list of customers does: its order, its columns, its headings.

use crate::{
    domain::customer,
    query::field_path::FieldPath,
    tui::{
        action::Effect,
        answer_collector::Outcome,
        panes::{
            Pane,
            customers::{Sort, column},
        },
        picker::{Choice, Picker, PickerPurpose},
        state::State,
    },
};

use super::views;
use crate::tui::update::{Effects, failed, lists::asked_anew, table::ActionTable};

pub const ACTIONS: ActionTable = &[
    ("sort", |state, word, effects| sort(state, word, effects)),
    ("columns", |state, word, effects| columns(state, word, effects)),
    ("column left", |state, _, effects| move_column(state, -1, effects)),
    ("column right", |state, _, effects| move_column(state, 1, effects)),
    ("view pick", |state, _, _| views::pick(state)),
    ("view open", |state, word, effects| views::open(state, word, effects)),
    ("view save", |state, word, effects| views::save(state, word, effects)),
    ("group", |state, _, effects| {
        state.customers.regroup();
        asked_anew(state, effects, true);
    }),
];

/// The cursor goes to a customer that was just added, once the list holds it.
pub fn go_to_added(state: &mut State, outcome: &Outcome) {
    let adds = matches!(outcome.words.as_slice(), [noun, verb, ..] if noun == customer::KIND.noun && verb == "add");
    if adds {
        state.customers.added = outcome.about.first().map(|id| id.num);
    }
}

/// Fields of other records that a list may show or be sorted by, besides those of customers.
const FURTHER: [&str; 4] = ["owner.name", "owner.team", "parent.name", "referred_by.name"];

/// All that a customer can show, as it is typed and as it is read.
fn fields(state: &State) -> impl Iterator<Item = (FieldPath, Choice)> + use<'_> {
    let kind = state.schema.table(&customer::KIND);
    let own = kind.all_fields().map(FieldPath::field).chain([FieldPath::id()]);
    let further = FURTHER.iter().filter_map(move |code| FieldPath::parse(code, kind, state.schema).ok());
    own.chain(further).map(|path| {
        let column = path.column();
        let code = column.code.clone().into_owned();
        (path, Choice::new(code.clone(), column.heading(state.lang)).note(code))
    })
}

/// Sorts by the field; the one that it is sorted by already is turned round. Without one, asks for it.
fn sort(state: &mut State, word: &str, effects: &mut Effects) {
    let now = state.customers.question.sort.clone();
    if word.is_empty() {
        let zh = if now.is_falling() { "再选一次改为正序" } else { "再选一次改为倒序" };
        let turn = state.lang.pick("again: the other way round", zh);
        let mut choices: Vec<(usize, Choice)> = fields(state)
            .filter(|(path, _)| path.own_field().is_none_or(|def| !def.many))
            .map(|(path, choice)| {
                // Those that are seen come first.
                let at = state.customers.columns.iter().position(|shown| *shown == path).unwrap_or(usize::MAX);
                let choice = if choice.value == now.by() { Choice { note: turn.to_owned(), ..choice } } else { choice };
                (at, choice)
            })
            .collect();
        choices.sort_by_key(|(at, _)| *at);
        let choices = choices.into_iter().map(|(_, choice)| choice).collect();
        let picker = Picker::new(state.lang.pick("Sort by", "排序方式"), choices).at(now.by());
        state.picker = Some((picker, PickerPurpose::Screen("sort")));
        return;
    }
    state.customers.question.sort = if word == now.by() { now.turned() } else { Sort::new(word) };
    asked_anew(state, effects, true);
}

/// Shows these columns, those that are there already in their order. Without any, asks for them.
fn columns(state: &mut State, word: &str, effects: &mut Effects) {
    if word.is_empty() {
        let shown = state.customers.columns.iter().map(|path| path.column().code.into_owned());
        let choices = fields(state).map(|(_, choice)| choice).collect();
        let picker = Picker::new(state.lang.pick("Columns", "列"), choices).many(shown);
        state.picker = Some((picker, PickerPurpose::Screen("columns")));
        return;
    }
    match column::read(state.schema, word) {
        Ok(chosen) => {
            let held = state.customers.columns.iter().filter(|path| chosen.contains(path)).cloned();
            let mut columns: Vec<FieldPath> = held.collect();
            let more: Vec<FieldPath> = chosen.iter().filter(|path| !columns.contains(path)).cloned().collect();
            columns.extend(more);
            arrange(state, columns, effects);
        }
        Err(error) => failed(state, error),
    }
}

/// Moves the column of the cursor.
fn move_column(state: &mut State, by: isize, effects: &mut Effects) {
    let mut columns = state.customers.columns.to_vec();
    let from = state.customers.cell.unwrap_or_default();
    let to = from.saturating_add_signed(by).min(columns.len().saturating_sub(1));
    if from < columns.len() && from != to {
        columns.swap(from, to);
        state.customers.cell = Some(to);
        arrange(state, columns, effects);
    }
}

/// Shows these columns, in the next session too; those of a view are the view's.
fn arrange(state: &mut State, columns: Vec<FieldPath>, effects: &mut Effects) {
    if state.customers.view.is_none() {
        effects.push(Effect::Arrange(Pane::Customers, column::written(&columns)));
    }
    state.customers.show(columns.into());
}
