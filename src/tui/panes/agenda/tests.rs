use super::*;
use crate::{
    domain::{Due, choices::NORMAL, followup},
    read_model::{
        agenda::{CALLS, Clock, Reason, Section},
        positions::Position,
    },
    text::Lang,
    tui::{
        panes::{
            Action,
            question::PaneQuery,
            selection::SelectableRows,
            virtual_list::{ListLine, lines_in},
        },
        testing::drawing::{HOSTILE, NOW, SIZES, a_customer, at, column_of, sketch},
    },
};

fn clock() -> Clock {
    Clock { now: at(NOW), tz: chrono_tz::Asia::Shanghai, week_start: Weekday::Mon }
}

/// Follow-ups from two days ago on, every six hours one.
fn row(num: u64) -> AgendaRow {
    let due = Due::At(at("2026-11-25T02:00:00Z").plus_seconds(num as i64 * 6 * 3600));
    AgendaRow {
        id: RecordId::new(followup::ID, num),
        section: clock().section(due),
        due,
        done_at: None,
        title: HOSTILE[(num as usize + 2) % HOSTILE.len()].to_owned(),
        customer: a_customer(num),
        way: Some((num % 7) as u16),
        priority: NORMAL,
        owner: Some(1),
        reasons: vec![Reason::TopCustomer, Reason::Silence(36)],
        deal: None,
    }
}

fn placed(row: &AgendaRow) -> Position {
    let at = row.done_at.unwrap_or(row.due.start(clock().tz)).0;
    Position { part: row.section as u8, at, num: row.id.num }
}

fn rows(nums: impl IntoIterator<Item = u64>) -> Rows {
    let rows: Vec<AgendaRow> = nums.into_iter().map(row).collect();
    let order = rows.iter().map(placed).collect();
    let read = LoadedRows { whose: "li.wei".to_owned(), order, rows, ..LoadedRows::default() };
    Rows { read, week_start: Weekday::Mon }
}

fn act(state: &mut State, action: Action, height: u16) -> bool {
    state.update(action, (120, height), clock().tz)
}

fn state(count: u64) -> State {
    let mut state = State::default();
    state.loaded(rows(0..count));
    state
}

fn num(state: &State) -> u64 {
    state.list.id().unwrap().num
}

#[test]
fn headings_count_as_lines() {
    let state = state(40);
    let lines = state.list.lines();
    let all: Vec<_> = lines.from(0).collect();
    assert_eq!(all.len(), SelectableRows::lines(&lines));
    for first in 0..all.len() {
        assert_eq!(lines.from(first).collect::<Vec<_>>(), all[first..], "{first}");
    }
    for at in 0..40 {
        assert_eq!(all[lines.line(at)], ListLine::Row(at));
    }
}

#[test]
fn the_cursor_is_always_on_the_screen_and_its_heading_above() {
    let mut state = state(60);
    for height in [3, 4, 7, 12, 40] {
        for action in [
            Action::Top,
            Action::PageDown,
            Action::Down,
            Action::Bottom,
            Action::HalfUp,
            Action::NextUrgent,
            Action::Up,
            Action::PageUp,
            Action::PageUp,
        ] {
            act(&mut state, action, height);
            let shown: Vec<_> =
                state.list.lines().from(state.list.selection.offset).take(lines_in(height, false)).collect();
            assert!(shown.contains(&ListLine::Row(state.list.selection.at)), "{height} {action:?}");
        }
        act(&mut state, Action::Top, height);
        assert_eq!(state.list.selection.offset, usize::from(height == 3), "{height}");
    }
}

#[test]
fn the_cursor_stays_on_its_record_and_marks_survive() {
    let mut state = state(30);
    act(&mut state, Action::Row(11), 20);
    act(&mut state, Action::Mark, 20);
    state.loaded(rows((0..30).filter(|num| num % 11 != 2)));
    assert_eq!(num(&state), 11);
    assert_eq!(state.list.subject(), [RecordId::new(followup::ID, 10)]);
    act(&mut state, Action::Unmark, 20);
    assert_eq!(state.list.subject(), [RecordId::new(followup::ID, 11)]);
    state.loaded(rows([]));
    for action in [Action::Down, Action::Mark, Action::Range, Action::Invert, Action::Bottom, Action::Calendar] {
        act(&mut state, action, 20);
    }
    assert!(state.list.subject().is_empty());
}

#[test]
fn straight_at_every_size_in_both_languages() {
    for size in SIZES {
        for lang in [Lang::En, Lang::Zh] {
            for count in [0, 12, 300] {
                let state = state(count);
                let lines = sketch(size, lang, |look, area, buf| draw(&state, look, area, buf));
                let month = lang.pick("November 2026", "2026年11月");
                assert_eq!(lines.iter().any(|line| line.contains(month)), size.0 > 140, "{lines:#?}");
                if count == 0 {
                    assert!(lines[2].contains(lang.pick("Nothing is planned", "暂无安排")));
                    continue;
                }
                assert!(lines[2].starts_with(lang.pick(" Overdue", " 逾期")), "{lines:#?}");
                let call = lang.pick("call", "电话");
                let columns: Vec<_> = lines.iter().filter_map(|line| column_of(line, call)).collect();
                assert!(columns.len() > 1 && columns.iter().all(|column| *column == columns[0]), "{lines:#?}");
            }
        }
    }
}

#[test]
fn the_agenda_at_three_sizes() {
    let mut state = state(14);
    act(&mut state, Action::Row(4), 24);
    let draw = |size, lang| sketch(size, lang, |look, area, buf| draw(&state, look, area, buf)).join("\n");
    insta::assert_snapshot!("agenda_en_120", draw((120, 20), Lang::En));
    insta::assert_snapshot!("agenda_zh_80", draw((80, 20), Lang::Zh));
    insta::assert_snapshot!("agenda_en_200", draw((200, 22), Lang::En));
    assert_eq!(state.list.count(Section::Overdue as u8) + state.list.count(Section::Today as u8), 11);
}

/// A list of which only the middle was read.
#[test]
fn what_is_not_read_yet_is_asked_for_and_drawn_empty() {
    let mut state = state(1000);
    let all = rows(0..1000);
    let window = state.window(24);
    assert_eq!((window.from, state.missing(24)), (0, None));
    let part = |from: usize, count: usize| {
        let mut part = all.clone();
        part.read.rows = part.read.rows[from..from + count].to_vec();
        part.read.from = from;
        part
    };
    state.loaded(part(0, 80));
    assert_eq!(state.missing(24), None);
    act(&mut state, Action::Bottom, 24);
    let missing = state.missing(24).unwrap();
    assert!(missing.from > 900 && missing.from + missing.count >= 1000, "{missing:?}");
    assert_eq!(state.list.subject(), [RecordId::new(followup::ID, 999)], "a verb needs no row");
    let lines = sketch((100, 24), Lang::En, |look, area, buf| draw(&state, look, area, buf));
    assert_eq!(lines[23], ">", "{lines:#?}");
    state.loaded(part(missing.from, 1000 - missing.from));
    assert_eq!(state.missing(24), None);
    assert_eq!(state.list.row().unwrap().id.num, 999);
}

#[test]
fn an_answer_to_another_question_is_dropped() {
    let mut state = state(5);
    state.question.narrow = "quote".to_owned();
    state.loaded(rows(0..3));
    assert_eq!(state.list.position(), (1, 5));
    let mut narrowed = rows(0..2);
    narrowed.read.question = PaneQuery { narrow: "quote".to_owned(), ..PaneQuery::default() };
    state.loaded(narrowed);
    assert_eq!(state.list.position(), (1, 2));
}

#[test]
fn days_are_chosen_in_the_calendar() {
    let mut state = state(200);
    let tz = clock().tz;
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(state.day(tz), Some(day("2026-11-25")));
    act(&mut state, Action::Right, 24);
    assert_eq!((state.day(tz), num(&state)), (Some(day("2026-11-26")), 3));
    act(&mut state, Action::NextMonth, 24);
    assert_eq!(state.day(tz), Some(day("2026-12-26")));
    assert_eq!(state::day_of(&placed(state.list.row().unwrap()), tz), day("2026-12-26"));
    act(&mut state, Action::PreviousMonth, 24);
    act(&mut state, Action::Left, 24);
    assert_eq!((state.day(tz), num(&state)), (Some(day("2026-11-25")), 0));
    act(&mut state, Action::Down, 24);
    assert_eq!(state.day, None, "moving in the list lets go of the day");
    for _ in 0..6 {
        act(&mut state, Action::NextMonth, 24);
    }
    assert_eq!(state.day(tz), Some(day("2027-05-25")), "a day on which nothing is due");
    let due = state.due_on((day("2026-11-25"), day("2026-11-26")), tz);
    assert_eq!(due.into_iter().collect::<Vec<_>>(), [(day("2026-11-25"), (3, true)), (day("2026-11-26"), (4, true))]);
}

#[test]
fn the_calendar_comes_and_goes_with_one_key_where_it_has_room() {
    let tz = clock().tz;
    for (width, before, after) in [(80, false, false), (90, false, true), (120, false, true), (160, true, false)] {
        let mut state = state(5);
        assert_eq!(state.shows_calendar(width), before, "{width}");
        assert_eq!(state.update(Action::Calendar, (width, 24), tz), width >= 90, "{width}");
        assert_eq!(state.shows_calendar(width), after, "{width}");
    }
}

#[test]
fn the_call_list_has_no_calendar_and_all_of_it_is_urgent() {
    let mut state = state(14);
    state.question.calls = true;
    let mut called = rows([3, 1, 2, 9]);
    called.read.question.calls = true;
    called.read.order = called.read.order.iter().map(|placed| Position { part: CALLS, ..*placed }).collect();
    state.loaded(called);
    let visited = [Action::NextUrgent, Action::NextUrgent, Action::Right].map(|action| {
        act(&mut state, action, 24);
        num(&state)
    });
    assert_eq!(visited, [1, 2, 2]);
    let draw = |size, lang| sketch(size, lang, |look, area, buf| draw(&state, look, area, buf)).join("\n");
    insta::assert_snapshot!("calls_en_200", draw((200, 10), Lang::En));
    insta::assert_snapshot!("calls_zh_80", draw((80, 10), Lang::Zh));
}
