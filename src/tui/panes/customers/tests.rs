//! Pictures of the list, and what keys do to it.

use std::sync::Arc;

use crate::{
    domain::{RecordId, customer},
    read_model::list,
    text::Lang,
    tui::{
        panes::Action,
        testing::drawing::{HOSTILE, SIZES, sketch},
    },
};

use super::{
    column, draw,
    load::{CustomerList, RowGroup},
    question::{Grouping, Sort},
    rows::{CustomerRow, Urgency},
    state::State,
    title,
};

const HEIGHT: u16 = 10;

fn row(num: u64, columns: usize) -> CustomerRow {
    let late = num.is_multiple_of(3);
    let words = [HOSTILE[num as usize % HOSTILE.len()], "A", "São Paulo", "li.wei", "3 months ago", "2d late"];
    CustomerRow {
        num,
        cells: (0..columns).map(|at| (*words.get(at).unwrap_or(&"x\ty")).to_owned()).collect(),
        urgency: if late { Urgency::Late } else { Urgency::None },
        ..CustomerRow::default()
    }
}

/// A screen with these customers, everything read.
fn pane(numbers: impl IntoIterator<Item = u64>, groups: Vec<RowGroup>) -> State {
    let mut state = State::default();
    give(&mut state, numbers, true, groups);
    state
}

fn give(state: &mut State, numbers: impl IntoIterator<Item = u64>, whole: bool, groups: Vec<RowGroup>) {
    let numbers: Arc<Vec<u64>> = Arc::new(numbers.into_iter().collect());
    let late = Arc::new(numbers.iter().copied().filter(|num| num.is_multiple_of(3)).collect());
    let (question, all) = (state.question.clone(), numbers.len());
    state.loaded(CustomerList { question, numbers, whole, all, among: all, groups, late, ..CustomerList::default() });
    state.scroll(HEIGHT.into());
    read(state, HEIGHT);
}

fn read(state: &mut State, height: u16) {
    if let Some(numbers) = state.wish(height) {
        let columns = state.columns.clone();
        state.fill(&columns, numbers.into_iter().map(|num| row(num, columns.len())).collect());
    }
    assert_eq!(state.wish(height), None);
}

fn group(start: usize, count: usize, label: &str) -> RowGroup {
    RowGroup { start, count, label: label.to_owned() }
}

fn picture(state: &State, lang: Lang, size: (u16, u16)) -> String {
    let titled = std::cell::RefCell::default();
    let drawn = sketch(size, lang, |look, area, buf| {
        titled.replace(title(state, look));
        draw(state, look, area, buf);
    });
    let (left, right) = titled.into_inner();
    format!("{left} | {right}\n{}", drawn.join("\n"))
}

#[test]
fn pictures() {
    for (lang, word) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in SIZES {
            let mut full = pane(1..=70, Vec::new());
            for _ in 0..4 {
                full.update(Action::Down, size.1 - 1);
            }
            full.update(Action::Mark, size.1 - 1);
            read(&mut full, size.1 - 1);
            insta::assert_snapshot!(format!("{word}_{}_full", size.0), picture(&full, lang, size));
            insta::assert_snapshot!(format!("{word}_{}_empty", size.0), picture(&pane([], Vec::new()), lang, size));
            let mut grouped = pane(1..=12, vec![group(0, 5, "A"), group(5, 1, "B"), group(6, 6, HOSTILE[3])]);
            let columns = list::columns(
                "name,tag,employees,annual_revenue,birthday,created,id",
                &customer::KIND,
                &crate::domain::schema::BASE,
            );
            grouped.show(columns.unwrap().into());
            read(&mut grouped, size.1 - 1);
            insta::assert_snapshot!(format!("{word}_{}_grouped", size.0), picture(&grouped, lang, size));
        }
    }
}

#[test]
fn the_cursor_goes_through_headings_and_they_are_seen() {
    let mut state = pane(1..=40, vec![group(0, 15, "A"), group(15, 25, "B")]);
    assert_eq!((state.line(0), state.line(15), state.lines()), (1, 17, 42));
    for line in 0..state.lines() {
        if let super::state::ListLine::Row(at) = state.at_line(line) {
            assert_eq!(state.line(at), line);
        }
    }
    state.update(Action::Row(16), HEIGHT);
    assert_eq!((state.cursor, state.offset), (15, 8));
    state.update(Action::Bottom, HEIGHT);
    assert_eq!((state.cursor, state.offset), (39, 32));
    state.update(Action::Row(16), HEIGHT);
    assert_eq!(state.offset, 16, "the heading is seen above its first row");
    state.update(Action::Top, HEIGHT);
    assert_eq!((state.cursor, state.offset), (0, 0));
}

#[test]
fn marks_ranges_and_attention_know_all_of_the_list() {
    let mut state = pane(1..=1_000, Vec::new());
    state.update(Action::PreviousUrgent, HEIGHT);
    assert_eq!(state.here(), Some(RecordId::new(customer::ID, 999)));
    state.update(Action::NextUrgent, HEIGHT);
    assert_eq!(state.here(), Some(RecordId::new(customer::ID, 3)));
    state.update(Action::Range, HEIGHT);
    state.update(Action::Row(900), HEIGHT);
    state.update(Action::Range, HEIGHT);
    assert_eq!(state.marks.len(), 898);
    state.update(Action::Invert, HEIGHT);
    assert_eq!(state.marks.iter().take(3).collect::<Vec<_>>(), [1, 2, 901]);
    assert_eq!(state.subject().len(), 102);
    state.update(Action::Unmark, HEIGHT);
    assert_eq!(state.subject(), [RecordId::new(customer::ID, 900)]);
}

#[test]
fn a_cell_is_chosen_moved_past_neither_end() {
    let mut state = pane(1..=3, Vec::new());
    assert_eq!(state.field(), None);
    for _ in 0..9 {
        state.update(Action::Right, HEIGHT);
    }
    assert_eq!(column::written(&[state.field().unwrap().clone()]), "next_followup");
    for _ in 0..9 {
        state.update(Action::Left, HEIGHT);
    }
    assert_eq!(column::written(&[state.field().unwrap().clone()]), "name");
}

#[test]
fn the_beginning_of_a_list_is_shown_until_all_of_it_is_there() {
    let mut state = State::default();
    state.again(HEIGHT, false);
    give(&mut state, 1..=50, false, Vec::new());
    state.update(Action::Bottom, HEIGHT);
    assert_eq!(state.cursor, 49);
    give(&mut state, 1..=500, true, Vec::new());
    assert_eq!(state.cursor, 499, "to the end that was meant");

    state.again(HEIGHT, true);
    give(&mut state, 1..=50, false, Vec::new());
    assert_eq!(state.total(), 500, "what is all there is not exchanged for a beginning");
    give(&mut state, (1..=600).rev(), true, Vec::new());
    assert_eq!((state.number(state.cursor), state.cursor), (Some(500), 100));
}

#[test]
fn another_order_keeps_the_record_and_an_older_answer_is_dropped() {
    let mut state = pane(1..=500, Vec::new());
    state.update(Action::Row(7), HEIGHT);
    let before = state.question.clone();
    state.question.sort = Sort::new("-created");
    state.again(HEIGHT, true);
    let late = CustomerList { question: before, numbers: Arc::new(vec![9]), whole: true, ..CustomerList::default() };
    state.loaded(late);
    assert_eq!(state.total(), 500);
    give(&mut state, (1..=500).rev().take(60), false, Vec::new());
    assert_eq!(state.total(), 500, "the record may still come");
    give(&mut state, (1..=500).rev(), true, Vec::new());
    assert_eq!(state.number(state.cursor), Some(7));
}

#[test]
fn the_cursor_goes_to_what_was_added_once_it_is_there() {
    let mut state = pane(1..=50, Vec::new());
    state.added = Some(77);
    state.again(HEIGHT, true);
    give(&mut state, 1..=50, true, Vec::new());
    assert_eq!(state.number(state.cursor), Some(1), "an older answer");
    state.again(HEIGHT, true);
    give(&mut state, (1..=50).chain([77]), true, Vec::new());
    assert_eq!(state.number(state.cursor), Some(77));
    state.added = Some(78);
    state.update(Action::Top, HEIGHT);
    state.again(HEIGHT, true);
    give(&mut state, 1..=80, true, Vec::new());
    assert_eq!(state.number(state.cursor), Some(1), "it was moved elsewhere meanwhile");
}

#[test]
fn headings_go_round() {
    let mut state = State::default();
    let seen = (0..4).map(|_| {
        state.regroup();
        state.question.group
    });
    assert_eq!(seen.collect::<Vec<_>>(), [Some(Grouping::Grade), Some(Grouping::Owner), Some(Grouping::City), None]);
}

#[test]
fn what_is_pressed_while_only_the_beginning_is_there_holds_for_all_of_it() {
    let mut state = State::default();
    let press = |state: &mut State, action, times: usize| {
        (0..times).for_each(|_| {
            state.update(action, HEIGHT);
        });
    };
    give(&mut state, 1..=70, false, Vec::new());
    press(&mut state, Action::Down, 90);
    press(&mut state, Action::Up, 5);
    assert_eq!(state.cursor, 69, "there is no more yet");
    give(&mut state, 1..=1000, true, Vec::new());
    assert_eq!(state.cursor, 85);

    let mut state = State::default();
    give(&mut state, 1..=70, false, Vec::new());
    press(&mut state, Action::Bottom, 1);
    press(&mut state, Action::Up, 2);
    // Meanwhile somebody has written to the store.
    state.again(HEIGHT, true);
    give(&mut state, 1..=1000, true, Vec::new());
    assert_eq!(state.cursor, 997);
    press(&mut state, Action::Down, 9);
    assert_eq!(state.cursor, 999);
    state.again(HEIGHT, true);
    give(&mut state, 1..=500, true, Vec::new());
    assert_eq!(state.cursor, 499);
}
