//! What keys come to: jumps, help, several records at once, the last change again.

use crate::text::Said;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::{
    domain::schema::BASE,
    error::Error,
    text::Lang,
    tui::{
        action::{Action, Effect},
        answer_collector::Outcome,
        form::FormRequest,
        keys,
        layer::Layer,
        line::TextInput,
        panes::{
            Pane,
            customers::{CustomerQuery, RowGroup, Saved, Sort, column},
        },
        picker::Choice,
        route,
        state::State,
        testing::screen::TestScreen,
        tests::{self, press, screen, serve, typed},
    },
};

use super::update;

fn named(state: &mut State, code: KeyCode) -> Vec<Effect> {
    let action = route::key(state, KeyEvent::new(code, KeyModifiers::NONE));
    update(state, action)
}

/// What is run when these keys are pressed, the words of each line joined.
fn run_by(state: &mut State, keys: &str) -> Vec<String> {
    let mut said = Vec::new();
    for c in keys.chars() {
        let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        let effects = named(state, code);
        for effect in &effects {
            match effect {
                Effect::Run(words, _) => said.push(words.join("|")),
                Effect::Each(lines, _) | Effect::Agreed(lines, _) => {
                    said.extend(lines.iter().map(|words| words.join("|")))
                }
                _ => {}
            }
        }
        serve(state, effects, 30);
    }
    said
}

fn done(state: &mut State) {
    update(state, Action::Ran(Box::new(Outcome { stepped: true, ..Outcome::default() }), None));
}

#[test]
fn a_verb_acts_on_each_of_the_marks() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let said = run_by(&mut state, " j ccnobody there\n\n");
    assert_eq!(said, ["log|call|C-1|text=nobody there", "log|call|C-3|text=nobody there"]);
    done(&mut state);
    assert_eq!(state.marked(), 0);
    assert_eq!(run_by(&mut state, "dd"), ["customer|rm|C-4"]);
}

#[test]
fn a_typed_step_that_names_no_records_is_about_those_at_hand() {
    let mut state = screen(Lang::En, (80, 24), 30);
    assert_eq!(run_by(&mut state, ":set grade=A\n"), ["set|C-1|grade=A"]);
    assert_eq!(run_by(&mut state, " j :customer set city=Lyon\n"), ["customer|set|C-1|C-3|city=Lyon"]);
    for line in ["set --all grade=A", "set C-7 grade=A", "customer set --where grade:B grade=A", "deal set amount=1"] {
        assert_eq!(run_by(&mut state, &format!(":{line}\n")), [line.replace(' ', "|")]);
    }
}

#[test]
fn a_verb_acts_on_the_range_that_is_shown() {
    let mut state = screen(Lang::En, (80, 24), 30);
    assert_eq!(run_by(&mut state, " jVjdd"), ["customer|rm|C-1|C-3|C-4"]);
    done(&mut state);
    assert_eq!((state.marked(), state.customers.anchor), (0, None));
}

#[test]
fn the_last_change_is_made_again_here() {
    let mut state = screen(Lang::En, (80, 24), 30);
    assert!(run_by(&mut state, ".").is_empty());
    assert_eq!(run_by(&mut state, ":customer set C-1 grade=A\n"), ["customer|set|C-1|grade=A"]);
    assert!(run_by(&mut state, ".").is_empty(), "it is not known yet that it worked");
    done(&mut state);
    assert_eq!(run_by(&mut state, "j."), ["customer|set|C-2|grade=A"]);
    done(&mut state);
    assert_eq!(run_by(&mut state, "j j ."), ["customer|set|C-3|C-5|grade=A"]);
    done(&mut state);
    // Steps back and forth are not repeated.
    assert_eq!(run_by(&mut state, "u"), ["undo"]);
    done(&mut state);
    assert_eq!(run_by(&mut state, "G."), ["customer|set|C-30|grade=A"]);
}

#[test]
fn a_cell_that_can_be_edited_is() {
    let opened = |path: &str| {
        let mut state = screen(Lang::En, (80, 24), 30);
        let columns = column::read(&BASE, path).unwrap();
        state.customers.show(columns);
        state.customers.cell = Some(0);
        let effects = named(&mut state, KeyCode::Char('i'));
        let asked = effects.into_iter().find_map(|effect| match effect {
            Effect::Form(wish) => match *wish {
                FormRequest::Open(ask, _) => Some((ask.field, ask.only)),
                _ => None,
            },
            _ => None,
        });
        asked.map_or_else(|| Err(state.error.unwrap().message(Lang::En).to_owned()), Ok)
    };
    assert_eq!(opened("grade"), Ok(("grade".to_owned(), true)));
    assert_eq!(opened("name"), Ok(("name".to_owned(), true)));
    for (path, why) in [
        ("last_contact", "works it out"),
        ("created", "by itself"),
        ("owner.team", "another record"),
        ("id", "never changes"),
    ] {
        assert!(opened(path).unwrap_err().contains(why), "{path}");
    }
}

#[test]
fn an_address_is_opened_and_of_several_the_one_that_is_picked() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let id = state.here().unwrap();
    let visits = |effects: &[Effect]| -> Vec<String> {
        let visited =
            effects.iter().filter_map(|effect| if let Effect::Visit(to) = effect { Some(to.clone()) } else { None });
        visited.collect()
    };
    named(&mut state, KeyCode::Char('g'));
    let asked = named(&mut state, KeyCode::Char('x'));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Addresses(of) if *of == id)), "{asked:?}");
    let (phone, mail) = (Choice::new("tel:1234567", "123 4567"), Choice::new("mailto:a@b.example", "a@b.example"));
    assert_eq!(visits(&update(&mut state, Action::Addresses(id, vec![phone.clone()]))), ["tel:1234567"]);
    assert!(update(&mut state, Action::Addresses(id, vec![phone.clone(), mail])).is_empty());
    assert_eq!(state.layer(), Layer::Picker);
    named(&mut state, KeyCode::Down);
    assert_eq!(visits(&named(&mut state, KeyCode::Enter)), ["mailto:a@b.example"]);
    update(&mut state, Action::Addresses(id, Vec::new()));
    assert!(state.error.is_some());
    named(&mut state, KeyCode::Char('j'));
    assert!(visits(&update(&mut state, Action::Addresses(id, vec![phone]))).is_empty(), "the cursor has gone on");
    let other = Action::Screen("open link", "file:///etc/passwd".to_owned());
    assert!(visits(&update(&mut state, other)).is_empty() && state.error.is_some());
}

#[test]
fn a_bulk_edit_is_looked_at_before_it_is_done() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let words: Vec<String> = ["customer", "set", "C-1", "C-2", "grade=A"].map(str::to_owned).to_vec();
    let outcome = Outcome {
        words: words.clone(),
        question: Some("Change 2 records?".to_owned()),
        lines: vec![("C-1  grade  B  A".to_owned(), None), ("C-2  grade  C  A".to_owned(), None)],
        ..Outcome::default()
    };
    let error = Error::new(crate::error::ErrorKind::Declined, Said::same("Nothing was changed"));
    update(&mut state, Action::Ran(Box::new(outcome.clone()), Some(error.clone())));
    assert_eq!((state.layer(), state.popup.is_some(), state.error.is_none()), (Layer::Question, true, true));
    assert!(run_by(&mut state, "jx\n").is_empty());
    assert_eq!(run_by(&mut state, "y"), ["customer|set|C-1|C-2|grade=A"]);
    assert_eq!(state.layer(), Layer::Pane(Pane::Customers));
    update(&mut state, Action::Ran(Box::new(outcome), Some(error)));
    named(&mut state, KeyCode::Esc);
    assert_eq!((state.layer(), state.popup.is_none()), (Layer::Pane(Pane::Customers), true));
}

#[test]
fn one_comes_back_to_where_one_was_and_forward_again() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let control = |state: &mut State, c| press(state, KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL), 30);
    let here = |state: &State| (state.pane, state.open.iter().map(|open| open.id.to_string()).collect::<Vec<_>>());
    typed(&mut state, "jj", 30);
    press(&mut state, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), 30);
    typed(&mut state, "4", 30);
    assert_eq!(here(&state), (Pane::Queue, vec![]));
    control(&mut state, 'o');
    assert_eq!(here(&state), (Pane::Customers, vec!["C-3".to_owned()]));
    assert!(state.open[0].told.is_some(), "it was not read again");
    control(&mut state, 'o');
    assert_eq!(here(&state), (Pane::Customers, vec![]));
    control(&mut state, 'o');
    assert!(state.toast.is_some());
    typed(&mut state, "gogo", 30);
    assert_eq!(here(&state), (Pane::Queue, vec![]));
}

#[test]
fn help_does_what_its_line_says() {
    let mut state = screen(Lang::En, (80, 24), 30);
    typed(&mut state, "?/the last row", 30);
    assert_eq!(state.layer(), Layer::Search);
    for _ in 0..2 {
        press(&mut state, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), 30);
    }
    assert_eq!((state.layer(), state.customers.cursor), (Layer::Pane(Pane::Customers), 29));
    typed(&mut state, ":help filters\n", 30);
    press(&mut state, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), 30);
    let popup = state.popup.as_ref().unwrap();
    assert!(popup.entries.iter().any(|entry| entry.text.contains("grade:A")));
}

#[test]
fn pasted_text_does_nothing_where_keys_are_obeyed() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let pasted = "dd\nu\nq\n".repeat(3_000);
    let action = route::paste(&state, pasted.clone());
    let effects = update(&mut state, action);
    assert!(effects.is_empty() && state.layer() == Layer::Pane(Pane::Customers));
    typed(&mut state, ":", 30);
    let action = route::paste(&state, pasted);
    let effects = update(&mut state, action);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Run(..) | Effect::Quit)));
    assert_eq!(state.bar.line().map(TextInput::text), Some("dd"));
}

#[test]
fn hesitation_tells_what_may_follow_and_any_key_ends_it() {
    let mut state = screen(Lang::En, (80, 24), 30);
    update(&mut state, Action::Hesitated);
    assert!(!state.guided, "nothing was pressed");
    typed(&mut state, "g", 30);
    update(&mut state, Action::Hesitated);
    assert!(state.guided);
    named(&mut state, KeyCode::Esc);
    assert_eq!((state.guided, state.pressed.len(), state.layer()), (false, 0, Layer::Pane(Pane::Customers)));
}

#[test]
fn the_mouse_is_taken_when_it_is_asked_for() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let effects = named(&mut state, KeyCode::Char('M'));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Mouse(true))) && state.mouse);
    update(&mut state, Action::Click(20, 7));
    assert_eq!(state.customers.cursor, 4);
    update(&mut state, Action::Wheel(3));
    assert_eq!(state.customers.cursor, 7);
    update(&mut state, Action::Wheel(-3));
    assert_eq!(state.customers.cursor, 4);
    update(&mut state, Action::Click(20, 0));
    assert_eq!(state.pane, Pane::Board);
    update(&mut state, Action::Click(2, 0));
    assert_eq!(state.pane, Pane::Customers);
    // Headings are lines; a click on one goes to its first row.
    state.customers.list.groups =
        [(0, "A"), (2, "B")].map(|(start, label)| RowGroup { start, count: 2, label: label.to_owned() }).to_vec();
    for (line, row) in [(4, 0), (5, 1), (6, 2), (7, 2), (40, 2)] {
        update(&mut state, Action::Click(20, line));
        assert_eq!(state.customers.cursor, row, "line {line}");
    }
    // What lies on top is not clicked through.
    typed(&mut state, ":", 30);
    update(&mut state, Action::Click(40, 0));
    assert_eq!((state.pane, state.layer()), (Pane::Customers, Layer::Palette));
}

#[test]
fn tabs_and_views_stand_with_the_keys_that_they_have() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let view = Saved {
        name: "hot".to_owned(),
        key: Some(1),
        question: CustomerQuery::default(),
        columns: state.customers.columns.clone(),
    };
    state.customers.list.views = vec![view];
    let picture = tests::picture(&state);
    assert!(picture.contains(" 1 Customers   2 Pipeline ") && picture.contains("everybody  '1 hot"), "{picture}");
    let text = "[global]\n\"2\" = \"unbind\"\n\"gd\" = \"unbind\"\n\"<f8>\" = \"pane board\"\n\
                [list]\n\"'1\" = \"unbind\"\n\"<f9>\" = \"view open 1\"\n";
    let file = crate::keymap::File { path: "keys.toml", text };
    state.keymap = std::sync::Arc::new(crate::keymap::load(None, Some(file), &keys::vocabulary(&BASE)).keymap);
    let picture = tests::picture(&state);
    assert!(picture.contains(" 1 Customers   <f8> Pipeline   3 "), "{picture}");
    assert!(picture.contains("everybody  <f9> hot"), "{picture}");
    update(&mut state, Action::Click(29, 0));
    assert_eq!(state.pane, Pane::Board, "the last letter of its tab");
}

#[test]
fn the_demo_is_opened_from_here() {
    let mut state = screen(Lang::En, (80, 24), 0);
    typed(&mut state, ":demo", 0);
    let effects = named(&mut state, KeyCode::Enter);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Demo)));
}

#[test]
fn what_cannot_be_done_on_an_empty_board_says_why_and_what_can() {
    let mut app = TestScreen::new(Lang::En, (80, 24));
    app.press("2");
    for key in ["o", "S", "w", "H", "L"] {
        app.state.error = None;
        app.press(key);
        let error = app.state.error.as_ref().unwrap_or_else(|| panic!("{key} says nothing"));
        assert_eq!(error.message(Lang::En), "There is no deal here", "{key}");
        assert_eq!(error.next_step(Lang::En), Some("a adds one"), "{key}");
        assert!(app.state.picker.is_none());
    }
    let text = "[global]\n\"a\" = \"unbind\"\n\"<f9>\" = \"add\"\n";
    let file = crate::keymap::File { path: "keys.toml", text };
    app.state.keymap = std::sync::Arc::new(crate::keymap::load(None, Some(file), &keys::vocabulary(&BASE)).keymap);
    app.press("o");
    assert_eq!(app.state.error.as_ref().unwrap().next_step(Lang::En), Some("<f9> adds one"));
}

#[test]
fn views_are_kept_picked_and_opened_by_their_digits() {
    let mut state = screen(Lang::En, (80, 24), 30);
    run_by(&mut state, "'1");
    assert!(state.error.is_some(), "there is none");
    let question =
        CustomerQuery { filter: "grade:A".to_owned(), sort: Sort::new("-created"), ..CustomerQuery::default() };
    let columns = column::read(&BASE, "name,tag").unwrap();
    let hot = Saved { name: "hot ones".to_owned(), key: Some(1), question: question.clone(), columns };
    state.customers.list.views = vec![hot.clone(), Saved { name: "big".to_owned(), key: None, ..hot.clone() }];
    run_by(&mut state, "'1");
    assert_eq!((&state.customers.question, &state.customers.columns), (&hot.question, &hot.columns));
    run_by(&mut state, "z/acme co\n");
    state.customers.list.whose = "owner:me".to_owned();
    state.customers.list.views = vec![hot];
    let said = run_by(&mut state, "gvhot\n");
    assert_eq!(
        said,
        [
            r#"view|save|hot ones|customer|--where|(grade:A) owner:me "acme co"|--columns|name,tag|--sort|-created|--by|grade"#
        ]
    );
    run_by(&mut state, "v");
    assert_eq!(state.layer(), Layer::Picker);
}

#[test]
fn columns_and_orders_are_picked() {
    let mut state = screen(Lang::En, (80, 24), 30);
    let columns = |state: &State| column::written(&state.customers.columns);
    // The first of the order is what is shown first.
    run_by(&mut state, "ocity\n");
    assert_eq!(state.customers.question.sort, Sort::new("city"));
    run_by(&mut state, "o\n");
    assert_eq!(state.customers.question.sort, Sort::new("-city"));
    run_by(&mut state, "lg.g.");
    assert_eq!(columns(&state), "grade,city,name,owner,last_contact,next_followup");
    // What was set up is kept for the next session; what a view shows is the view's.
    let kept = |state: &mut State| {
        run_by(state, "g");
        let action = route::key(state, KeyEvent::new(KeyCode::Char(','), KeyModifiers::NONE));
        let effects = update(state, action);
        let kept = effects.into_iter().find_map(|effect| match effect {
            Effect::Arrange(Pane::Customers, columns) => Some(columns),
            _ => None,
        });
        (kept, columns(state))
    };
    let left = "grade,name,city,owner,last_contact,next_followup".to_owned();
    assert_eq!(kept(&mut state), (Some(left.clone()), left));
    state.customers.view = Some("hot".to_owned());
    state.customers.cell = Some(1);
    assert_eq!(kept(&mut state), (None, "name,grade,city,owner,last_contact,next_followup".to_owned()));
}

#[test]
fn a_filter_is_completed_and_closes_once_it_is_read() {
    let mut state = screen(Lang::En, (80, 24), 30);
    run_by(&mut state, "Fgrad");
    named(&mut state, KeyCode::Tab);
    assert_eq!(state.bar.line().map(TextInput::text), Some("grade:"));
    run_by(&mut state, "b");
    named(&mut state, KeyCode::Tab);
    assert_eq!(state.bar.line().map(TextInput::text), Some("grade:B "));
    let action = route::key(&state, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
    let effects = update(&mut state, action);
    update(&mut state, Action::Refused(Error::usage(Said::same("grade:B\n^ no"))));
    assert_eq!(state.layer(), Layer::Line, "a mistake is mended where it stands");
    serve(&mut state, effects, 30);
    assert_eq!((state.layer(), state.customers.question.filter.as_str()), (Layer::Pane(Pane::Customers), "grade:B "));
}
