use super::*;
use crate::{
    domain::choices::NORMAL,
    read_model::{
        positions::{NEVER, Position},
        queue::{TicketClock, TimeLeft},
    },
    text::Lang,
    tui::testing::drawing::{NOW, SIZES, a_customer, at, column_of, sketch},
};

fn row(num: u64, left: i64) -> QueueRow {
    let due = at(NOW).plus_seconds(left);
    let waits = num % 5 == 4;
    QueueRow {
        id: RecordId::new(ticket::ID, num),
        left: if waits { TimeLeft::Paused } else { TimeLeft::Seconds(left) },
        due: (!waits).then_some(due),
        limit: if num.is_multiple_of(3) { TicketClock::Resolution } else { TicketClock::Response },
        subject: crate::tui::testing::drawing::HOSTILE[(num as usize + 3) % 7].to_owned(),
        customer: a_customer(num),
        ty: Some((num % 6) as u16),
        priority: NORMAL + (num % 3) as u16,
        owner: num.is_multiple_of(2).then_some(1),
        status: if waits { ticket::WAITING } else { ticket::OPEN },
    }
}

fn rows(nums: impl IntoIterator<Item = u64>) -> Rows {
    let mut rows: Vec<QueueRow> = nums.into_iter().map(|num| row(num, num as i64 * 2400 - 7200)).collect();
    rows.sort_by_key(|row| (row.left, row.id));
    let place = |row: &QueueRow| {
        let part = u8::from(row.left == TimeLeft::Paused);
        Position { part, at: row.due.map_or(NEVER, |due| due.0), num: row.id.num }
    };
    let order: std::sync::Arc<[Position]> = rows.iter().map(place).collect();
    let breached = breached_of(&order, at(NOW));
    let whose = "mine and unassigned".to_owned();
    Rows {
        read: LoadedRows { whose, order, rows, people: [(1, "li.wei".to_owned())].into(), ..LoadedRows::default() },
        breached,
    }
}

fn state(count: u64) -> State {
    let mut state = State::default();
    state.loaded(rows(0..count));
    state
}

fn num(state: &State) -> u64 {
    state.list.row().unwrap().id.num
}

#[test]
fn the_cursor_stays_among_the_rows_and_on_the_screen() {
    let mut state = state(100);
    let height = 13;
    for (action, at, offset) in [
        (Action::Up, 0, 0),
        (Action::Down, 1, 0),
        (Action::PageDown, 11, 2),
        (Action::PageDown, 21, 12),
        (Action::HalfUp, 16, 12),
        (Action::Bottom, 99, 90),
        (Action::Down, 99, 90),
        (Action::Row(50), 49, 49),
        (Action::Top, 0, 0),
    ] {
        state.update(action, height);
        assert_eq!((state.list.selection.at, state.list.selection.offset), (at, offset), "{action:?}");
    }
    assert!(!state.update(Action::Top, height), "nothing changes");
    assert_eq!(state.list.position(), (1, 100));
}

#[test]
fn urgent_rows_are_found_round_the_end() {
    let mut state = state(10);
    let visited = [Action::NextUrgent, Action::NextUrgent, Action::NextUrgent, Action::PreviousUrgent].map(|action| {
        state.update(action, 20);
        num(&state)
    });
    assert_eq!(visited, [1, 2, 0, 2]);
}

#[test]
fn the_cursor_stays_on_its_record_and_marks_survive() {
    let mut state = state(30);
    state.update(Action::Row(16), 13);
    state.update(Action::Mark, 13);
    assert_eq!((num(&state), state.list.subject()), (20, vec![RecordId::new(ticket::ID, 18)]));
    state.loaded(rows((0..30).filter(|num| num % 2 == 0 && *num != 18)));
    assert_eq!((num(&state), state.list.marked().len()), (20, 1), "a mark outlives its row");
    state.update(Action::Unmark, 13);
    assert_eq!(state.list.subject(), [RecordId::new(ticket::ID, 20)]);
    state.loaded(rows([2, 4]));
    assert_eq!(num(&state), 4, "what is gone leaves the cursor where it can be");
    state.loaded(rows([]));
    assert!(state.list.row().is_none() && state.list.subject().is_empty() && state.list.position() == (0, 0));
    for action in [Action::Down, Action::Mark, Action::Range, Action::Invert, Action::NextUrgent, Action::Bottom] {
        state.update(action, 13);
    }
}

#[test]
fn ranges_and_the_others() {
    let mut state = state(6);
    state.update(Action::Down, 20);
    state.update(Action::Range, 20);
    state.update(Action::Row(4), 20);
    state.update(Action::Range, 20);
    let marked = |state: &State| state.list.marked().iter().map(|id| id.num).collect::<Vec<_>>();
    assert_eq!(marked(&state), [1, 2, 3]);
    state.update(Action::Invert, 20);
    assert_eq!(marked(&state), [0, 4, 5]);
}

#[test]
fn straight_at_every_size_in_both_languages() {
    for size in SIZES {
        for lang in [Lang::En, Lang::Zh] {
            for count in [0, 12, 500] {
                let state = state(count);
                let lines = sketch(size, lang, |look, area, buf| draw(&state, look, area, buf));
                if count == 0 {
                    assert!(lines[2].contains(lang.pick("No ticket is open", "暂无未结工单")));
                    continue;
                }
                let agent = lang.pick("Agent", "处理人");
                let Some(column) = column_of(&lines[2], agent) else { panic!("{lines:#?}") };
                for line in lines.iter().filter(|line| line.contains("li.wei")) {
                    assert_eq!(column_of(line, "li.wei"), Some(column), "{lines:#?}");
                }
                assert!(lines[3].starts_with(">") && lines[3].contains('!'), "{lines:#?}");
            }
        }
    }
}

#[test]
fn the_queue_at_120_and_80() {
    let mut state = state(6);
    state.update(Action::Row(3), 20);
    state.update(Action::Mark, 20);
    let drawn =
        |state: &State, size, lang| sketch(size, lang, |look, area, buf| draw(state, look, area, buf)).join("\n");
    insta::assert_snapshot!("tickets_en_120", drawn(&state, (120, 10), Lang::En));
    state.list.read.whose = "我的和未分配的".to_owned();
    insta::assert_snapshot!("tickets_zh_80", drawn(&state, (80, 10), Lang::Zh));
}
