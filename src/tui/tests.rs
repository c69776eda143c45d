//! Pictures of the whole screen, and keys at random.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use ratatui::{Terminal, backend::TestBackend};

use crate::{
    domain::{Instant, RecordId, followup},
    keymap::{self, Scope},
    text::{Lang, width},
};

use super::{
    action::{Action, Counts, Effect},
    form::{Form, FormRequest, FormResponse},
    keys,
    panes::customers::{CustomerList, CustomerQuery, CustomerRow, Urgency},
    record::{LineKind, RecordLine, RecordView},
    route,
    scenario_tests::keys_at_random::CODES,
    state::State,
    testing::screen::{self, TestScreen},
    theme::Theme,
    update::update,
    view,
};

pub(super) const NAMES: [&str; 7] = [
    "上海华盛科技有限公司",
    "\u{202e}evil\u{202c} Ltd",
    "e\u{301}e\u{301}e\u{301} Café",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 Family 🇨🇳",
    "\u{1b}[31mRed\u{7}\nline",
    "重庆长安汽车零部件有限公司重庆长安汽车零部件有限公司重庆长安汽车零部件有限公司",
    "Blue Harbor Logistics Ltd",
];

/// Friday the 27th, two minutes past two in Shanghai.
pub(super) fn now() -> Instant {
    "2026-11-27T06:02:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

fn row(num: u64) -> CustomerRow {
    let name = NAMES[num as usize % NAMES.len()];
    let late = num.is_multiple_of(3);
    CustomerRow {
        num,
        cells: [name, "A", "上海", "li.wei", "3 days ago", if late { "2d late" } else { "" }].map(str::to_owned).into(),
        urgency: if late { Urgency::Late } else { Urgency::None },
        ..CustomerRow::default()
    }
}

fn all(question: CustomerQuery, total: usize) -> CustomerList {
    CustomerList {
        question,
        numbers: Arc::new((1..=total as u64).collect()),
        whole: true,
        all: total,
        among: total,
        late: Arc::new((1..=total as u64).filter(|num| num.is_multiple_of(3)).collect()),
        ..CustomerList::default()
    }
}

fn told(id: RecordId) -> RecordView {
    let line = |sort, label: &str, text: &str| RecordLine {
        sort,
        label: label.to_owned(),
        text: text.to_owned(),
        ..RecordLine::default()
    };
    let next = RecordId::new(followup::ID, 3);
    RecordView {
        id: Some(id),
        title: NAMES[id.num as usize % NAMES.len()].to_owned(),
        badge: "A · Active".to_owned(),
        about: format!("{id} · Customer"),
        lines: vec![
            RecordLine { to: Some(next), ..line(LineKind::Next, "Next", "today  send quote") },
            RecordLine::default(),
            line(LineKind::Field, "Phone", "138 0013 8000"),
            line(LineKind::Field, "习惯", NAMES[5]),
            line(LineKind::Heading, "Timeline", ""),
            line(LineKind::Event, "2026-11-24  Call", "asked for a quote"),
        ],
        ..RecordView::default()
    }
}

/// Answers what the screen asks for, as the worker would.
pub(super) fn serve(state: &mut State, effects: Vec<Effect>, total: usize) {
    for effect in effects {
        let answer = match effect {
            Effect::Customers(wish) => Action::Customers(Box::new(all(wish.question, total))),
            Effect::Window(columns, numbers) => Action::Window(columns, numbers.into_iter().map(row).collect()),
            Effect::Tell(id) | Effect::TellMore(id, _) => Action::Told(id, Some(Box::new(told(id)))),
            Effect::Form(wish) => match *wish {
                FormRequest::Open(ask, _) => {
                    match Form::new(&crate::domain::schema::BASE, ask, &screen::context(state.lang)) {
                        Ok(form) => Action::Form(Box::new(FormResponse::Opened(Box::new(form)))),
                        Err(error) => Action::Failed(error),
                    }
                }
                _ => continue,
            },
            _ => continue,
        };
        let effects = update(state, answer);
        serve(state, effects, total);
    }
}

pub(super) fn screen(lang: Lang, size: (u16, u16), total: usize) -> State {
    let mut state = State::new(lang, chrono_tz::Asia::Shanghai, now(), "li.wei", size, keys::standard());
    let first = Effect::Customers(state.customers.again(state.list_height(), false));
    serve(&mut state, vec![first], total);
    let effects = update(&mut state, Action::Counted(Counts { overdue: 4, breached: 2 }));
    serve(&mut state, effects, total);
    state
}

pub(super) fn press(state: &mut State, key: KeyEvent, total: usize) {
    let action = route::key(state, key);
    let effects = update(state, action);
    serve(state, effects, total);
}

pub(super) fn typed(state: &mut State, keys: &str, total: usize) {
    for c in keys.chars() {
        press(state, KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), total);
    }
}

/// What is drawn, line by line; no character hangs over an edge, none is one that a terminal acts upon.
pub(super) fn picture(state: &State) -> String {
    let (wide, high) = state.size;
    let mut terminal = Terminal::new(TestBackend::new(wide, high)).unwrap();
    let theme = Theme::standard(true).unwrap();
    terminal.draw(|frame| view::draw(state, &theme, frame)).unwrap();
    let buf = terminal.backend().buffer();
    let mut lines = Vec::new();
    for y in 0..high {
        let (mut line, mut x) = (String::new(), 0);
        while x < wide {
            let symbol = buf[(x, y)].symbol();
            line.push_str(symbol);
            x += (width(symbol) as u16).max(1);
        }
        assert_eq!(x, wide, "line {y} is crooked: {line}");
        assert!(!line.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{line}");
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

#[test]
fn what_is_pressed_before_the_rows_are_there_is_done_when_they_come() {
    let mut app = TestScreen::new(Lang::En, (120, 36));
    for number in 1..=5 {
        app.say(&format!("customer add 'Acme {number}'"));
        app.say(&format!("followup add 'Call {number}' due='+{number}d' customer=C-{number}"));
    }
    let bare = || State::new(Lang::En, chrono_tz::Asia::Shanghai, now(), "li.wei", (120, 36), keys::standard());
    let pressed = |state: &mut State, keys: &str| -> Vec<Effect> {
        let event = |c| KeyEvent::new(if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) }, KeyModifiers::NONE);
        keys.chars()
            .flat_map(|c| {
                let action = route::key(state, event(c));
                update(state, action)
            })
            .collect()
    };
    for (keys, place) in [("jjj", 3), ("G", 4), ("Gkk", 2), ("jjGggj", 1)] {
        app.state = bare();
        let effects = pressed(&mut app.state, keys);
        let first = Effect::Customers(app.state.customers.again(30, false));
        app.work([effects, vec![first]].concat());
        assert_eq!((app.state.customers.cursor, app.state.early.len()), (place, 0), "{keys}");
    }
    // The record of the row that the cursor will be on, in another pane too.
    app.state = bare();
    let effects = pressed(&mut app.state, "j3jj\n");
    assert!(app.state.open.is_empty());
    app.work(effects);
    assert_eq!(app.state.open.last().map(|open| open.id.to_string()).as_deref(), Some("F-3"));
    // What was meant for a pane that was left is not done in another.
    assert_eq!(app.state.agenda.list.position(), (3, 5));
    app.state = bare();
    let effects = pressed(&mut app.state, "dd4");
    let first = Effect::Customers(app.state.customers.again(30, false));
    app.work([effects, vec![first]].concat());
    assert!((1..=5).all(|num| app.record(&format!("C-{num}")).is_some()));
    assert!(app.state.early.is_empty() && app.state.error.is_none());
}

#[test]
fn empty_panes_name_keys_of_the_map_in_use() {
    for map in keymap::NAMES {
        let mut app = TestScreen::new(Lang::En, (120, 36));
        app.state.keymap =
            Arc::new(keymap::load(Some(map), None, &keys::vocabulary(&crate::domain::schema::BASE)).keymap);
        for (pane, scope, does) in [
            ("pane customers", Scope::Customers, "adds one"),
            ("pane board", Scope::Board, "adds one"),
            ("pane agenda", Scope::Agenda, "plans something"),
            ("pane queue", Scope::Queue, "opens one"),
        ] {
            app.act(Action::Screen(pane, String::new()));
            let said = format!("{} {does}", app.state.keymap.keys_of(scope, "add").next().unwrap());
            assert!(app.picture().contains(&said), "{map} {pane}: {said}\n{}", app.picture());
        }
    }
}

#[test]
fn pictures() {
    for (lang, word) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in [(80, 24), (120, 36), (40, 12)] {
            for (total, filled) in [(0, "empty"), (30, "full")] {
                let state = screen(lang, size, total);
                insta::assert_snapshot!(format!("{word}_{}_{filled}", size.0), picture(&state));
            }
        }
        let mut state = screen(lang, (80, 24), 30);
        typed(&mut state, "jj V", 30);
        press(&mut state, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), 30);
        insta::assert_snapshot!(format!("{word}_record"), picture(&state));
        typed(&mut state, "?", 30);
        insta::assert_snapshot!(format!("{word}_help"), picture(&state));
        typed(&mut state, if lang == Lang::En { "/undo" } else { "/撤销" }, 30);
        insta::assert_snapshot!(format!("{word}_help_search"), picture(&state));
        let mut state = screen(lang, (80, 24), 30);
        typed(&mut state, "jg", 30);
        update(&mut state, Action::Hesitated);
        insta::assert_snapshot!(format!("{word}_guide"), picture(&state));
        let mut state = screen(lang, (80, 24), 30);
        typed(&mut state, ":customer add Acme gra", 30);
        insta::assert_snapshot!(format!("{word}_palette"), picture(&state));
    }
}

#[test]
fn a_call_is_two_fields_and_one_command() {
    let mut state = screen(Lang::En, (80, 24), 30);
    typed(&mut state, "ccasked for a quote", 30);
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    press(&mut state, enter, 30);
    typed(&mut state, "fri send quote", 30);
    let action = route::key(&state, enter);
    let effects = update(&mut state, action);
    let words = effects.iter().find_map(|effect| match effect {
        Effect::Run(words, false) => Some(words.join("|")),
        _ => None,
    });
    assert_eq!(words.as_deref(), Some("log|call|C-1|text=asked for a quote|next=fri send quote"));
}

#[test]
fn the_cursor_stays_on_its_record() {
    let mut state = screen(Lang::En, (80, 24), 30);
    typed(&mut state, "jjj", 30);
    update(&mut state, Action::Changed);
    // C-4 has become the eleventh.
    let mut numbers: Vec<u64> = (100..110).collect();
    numbers.extend(4..30);
    let question = state.customers.question.clone();
    let moved = CustomerList { numbers: Arc::new(numbers), ..all(question, 36) };
    update(&mut state, Action::Customers(Box::new(moved)));
    assert_eq!((state.customers.cursor, state.customers.offset), (10, 7));
}

fn any_key() -> impl Strategy<Value = KeyEvent> {
    let letters = prop::sample::select("jkhlgGcdyVnNJK1234:/F?oOafxsuq *abé上：wmrtvHL".chars().collect::<Vec<_>>());
    let codes = prop::sample::select(&CODES[..]);
    let control = prop::sample::select("durwezo".chars().collect::<Vec<_>>());
    prop_oneof![
        6 => letters.prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)),
        3 => codes.prop_map(|code| KeyEvent::new(code, KeyModifiers::NONE)),
        1 => control.prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_keys_are_survived(
        keys in prop::collection::vec(any_key(), 0..120),
        total in prop::sample::select(vec![0_usize, 1, 5, 300, 1_000_000]),
        wide in 60_u16..140,
        high in 15_u16..40,
    ) {
        let mut state = screen(Lang::Zh, (wide, high), total);
        for (at, key) in keys.into_iter().enumerate() {
            press(&mut state, key, total);
            let list = &state.customers;
            prop_assert!(list.cursor < total.max(1), "{} of {total}", list.cursor);
            prop_assert!(list.offset <= list.cursor);
            prop_assert!(list.cursor - list.offset < usize::from(state.list_height()));
            if at % 8 == 0 {
                picture(&state);
            }
        }
        picture(&state);
    }
}
