use super::*;
use crate::{
    domain::{Due, choices::NORMAL, followup},
    query::agenda::{Reason, Section},
    tui::panes::sketch::{HOSTILE, NOW, SIZES, a_customer, at, column_of, sketch},
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

fn rows(nums: impl IntoIterator<Item = u64>) -> Rows {
    let mut rows = Rows { rows: nums.into_iter().map(row).collect(), whose: "li.wei".to_owned(), ..Rows::default() };
    rows.measure(&clock(), Lang::En);
    rows
}

fn state(count: u64) -> State {
    let mut state = State::default();
    state.loaded(rows(0..count));
    state
}

fn num(state: &State) -> u64 {
    state.row().unwrap().id.num
}

#[test]
fn headings_count_as_lines() {
    let state = state(40);
    let lines = state.lines();
    let all: Vec<_> = lines.from(0).collect();
    assert_eq!(all.len(), crate::tui::panes::list::Listed::lines(&lines));
    for first in 0..all.len() {
        assert_eq!(lines.from(first).collect::<Vec<_>>(), all[first..], "{first}");
    }
    for at in 0..40 {
        assert_eq!(all[crate::tui::panes::list::Listed::line(&lines, at)], state::Line::Row(at));
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
            state.update(action, height);
            let shown: Vec<_> = state.lines().from(state.list.offset).take(view::lines_in(height)).collect();
            assert!(shown.contains(&state::Line::Row(state.list.at)), "{height} {action:?}");
        }
        state.update(Action::Top, height);
        assert_eq!(state.list.offset, usize::from(height == 3), "{height}");
    }
}

#[test]
fn the_cursor_stays_on_its_record_and_marks_survive() {
    let mut state = state(30);
    state.update(Action::Row(11), 20);
    state.update(Action::Mark, 20);
    state.loaded(rows((0..30).filter(|num| num % 11 != 2)));
    assert_eq!(num(&state), 11);
    assert_eq!(state.subject(), [RecordId::new(followup::ID, 10)]);
    state.update(Action::Unmark, 20);
    assert_eq!(state.subject(), [RecordId::new(followup::ID, 11)]);
    state.loaded(rows([]));
    for action in [Action::Down, Action::Mark, Action::Range, Action::Invert, Action::Bottom, Action::Calendar] {
        state.update(action, 20);
    }
    assert!(state.subject().is_empty());
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
    state.update(Action::Row(4), 24);
    let draw = |size, lang| sketch(size, lang, |look, area, buf| draw(&state, look, area, buf)).join("\n");
    insta::assert_snapshot!("agenda_en_120", draw((120, 20), Lang::En));
    insta::assert_snapshot!("agenda_zh_80", draw((80, 20), Lang::Zh));
    insta::assert_snapshot!("agenda_en_200", draw((200, 22), Lang::En));
    assert_eq!(state.count(Section::Overdue) + state.count(Section::Today), 11);
}
