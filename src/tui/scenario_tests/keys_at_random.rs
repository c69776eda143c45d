//! Any keys at all, in any order, in windows of any size: nothing is ever out of its place.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use crate::{store::verify, text::Lang, tui::tests::picture};

/// Numbers that follow from a seed, the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

const LETTERS: &str = "jjjkkkhhlllgGcdyVnNJK1234:/F?oOaAefxXsuUq  *abé上海：wmrRtvHLSPEi#.z'0$][C,;MZ-=\"9";
/// Keys without a letter; some of them are pressed more often than others.
pub(in crate::tui) const CODES: [KeyCode; 18] = [
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(1),
];

/// Any of the things that happen to a screen from outside.
fn anything(state: &State, dice: &mut Dice) -> Action {
    let letters: Vec<char> = LETTERS.chars().collect();
    let key = |code, modifiers| route::key(state, KeyEvent::new(code, modifiers));
    match dice.below(100) {
        0..64 => key(KeyCode::Char(letters[dice.below(letters.len() as u64) as usize]), KeyModifiers::NONE),
        64..85 => key(CODES[dice.below(CODES.len() as u64) as usize], KeyModifiers::NONE),
        85..91 => key(KeyCode::Char(char::from(b'a' + dice.below(26) as u8)), KeyModifiers::CONTROL),
        91..93 => Action::Click(dice.below(220) as u16, dice.below(60) as u16),
        93 => Action::Wheel(dice.below(7) as isize - 3),
        94..96 => route::paste(state, "上海 grade:A\nC-1 \u{1b}[31m e\u{301} next=fri".to_owned()),
        96..98 => Action::Hesitated,
        98 => Action::Resized(1 + dice.below(220) as u16, 1 + dice.below(60) as u16),
        _ => Action::Resized(60 + dice.below(120) as u16, 15 + dice.below(40) as u16),
    }
}

fn is_in_order(state: &State) {
    let list = &state.customers;
    assert!(list.cursor < list.total().max(1), "the cursor is behind the last row");
    // The window counts lines: rows, and headings above them.
    let line = list.line(list.cursor);
    assert!(list.offset <= line, "the window begins below the cursor");
    assert!(line - list.offset < usize::from(state.list_height()), "the cursor is below the window");
    let (at, total) = state.position();
    assert!(at <= total.max(1), "at {at} of {total}");
}

/// What is drawn holds nothing that a terminal would obey.
fn draws(state: &State) {
    let picture = picture(state);
    assert!(!picture.chars().any(|c| c.is_control() && c != '\n'), "a control character is drawn\n{picture}");
}

/// A screen that something can happen to.
trait Screen {
    fn state(&self) -> &State;
    fn take(&mut self, action: Action);
}

impl Screen for TestScreen {
    fn state(&self) -> &State {
        &self.state
    }

    fn take(&mut self, action: Action) {
        self.act(action);
    }
}

impl Screen for ThreadedScreen {
    fn state(&self) -> &State {
        &self.state
    }

    fn take(&mut self, action: Action) {
        self.act(action);
        self.hear();
    }
}

/// So many things happen; it is drawn from time to time.
fn play(screen: &mut impl Screen, seed: u64, things: u64) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for at in 0..things {
        let action = anything(screen.state(), &mut dice);
        let told = format!("seed {seed}, thing {at}: {action:?} in a window of {:?}", screen.state().size);
        let survived = catch_unwind(AssertUnwindSafe(|| {
            screen.take(action);
            is_in_order(screen.state());
            if at.is_multiple_of(16) {
                draws(screen.state());
            }
        }));
        assert!(survived.is_ok(), "{told}");
    }
}

/// The long run is two hundred thousand things.
fn runs() -> (u64, u64) {
    if std::env::var_os("CRM_TEST_FULL").is_some() { (100, 2_000) } else { (8, 500) }
}

fn of_seed(seed: u64) -> TestScreen {
    let fill = if seed.is_multiple_of(4) { StoreContent::Nothing } else { StoreContent::Demo };
    let lang = if seed.is_multiple_of(2) { Lang::Zh } else { Lang::En };
    let mut screen = app(lang, (100, 30), fill);
    // Nothing was ever entered here.
    screen.state.welcome = (fill == StoreContent::Nothing).then(|| "crm.redb".to_owned());
    screen
}

/// Every answer is there before the next key.
#[test]
fn any_keys_are_survived() {
    let (seeds, things) = runs();
    let mut written = 0;
    for seed in (1..=seeds).filter(|seed| seed % 3 != 0) {
        let mut screen = of_seed(seed);
        let before = seq(&screen);
        play(&mut screen, seed, things);
        draws(&screen.state);
        written += seq(&screen) - before;
        agrees(&screen, seed);
    }
    assert!(written > seeds, "keys at random change the store: {written}");
}

/// Whatever was pressed, what is kept beside the records is what they say.
fn agrees(screen: &TestScreen, seed: u64) {
    let snapshot = screen.thread.store.snapshot().unwrap();
    assert_eq!(verify(&snapshot.reader()).unwrap(), [], "seed {seed}");
}

/// Answers come when they come, and some too late.
#[test]
fn any_keys_are_survived_while_answers_are_on_their_way() {
    let (seeds, things) = runs();
    for seed in (1..=seeds).filter(|seed| seed % 3 == 0) {
        let mut screen = ThreadedScreen::new(of_seed(seed));
        play(&mut screen, seed, things);
        let state = screen.finish();
        is_in_order(&state);
        draws(&state);
    }
}
