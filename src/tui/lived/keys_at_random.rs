//! Any keys at all, in any order, in windows of any size: nothing is ever out of its place.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use crate::tui::tests::picture;

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
const CODES: [KeyCode; 18] = [
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

fn one(lived: &mut Lived, dice: &mut Dice) {
    let letters: Vec<char> = LETTERS.chars().collect();
    match dice.below(100) {
        0..64 => {
            let letter = letters[dice.below(letters.len() as u64) as usize];
            lived.press(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
        }
        64..86 => {
            lived.press(KeyEvent::new(CODES[dice.below(CODES.len() as u64) as usize], KeyModifiers::NONE));
        }
        86..93 => {
            let letter = char::from(b'a' + dice.below(26) as u8);
            lived.press(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
        }
        93..96 => {
            let action = route::paste(&lived.state, "上海 grade:A\nC-1 \u{1b}[31m e\u{301} next=fri".to_owned());
            lived.act(action);
        }
        96..98 => lived.act(Action::Hesitated),
        98 => lived.act(Action::Resized(1 + dice.below(220) as u16, 1 + dice.below(60) as u16)),
        _ => lived.act(Action::Resized(60 + dice.below(120) as u16, 15 + dice.below(40) as u16)),
    }
}

fn is_in_order(state: &State) {
    let list = &state.customers;
    assert!(list.offset <= list.cursor, "the window begins below the cursor");
    let height = usize::from(state.list_height());
    assert!(list.cursor - list.offset < height, "the cursor is below the window");
    let (at, total) = state.position();
    assert!(at <= total.max(1), "at {at} of {total}");
    let (wide, high) = state.size;
    assert!(wide > 0 && high > 0);
}

/// Presses so many keys; draws from time to time.
fn play(seed: u64, keys: u64) {
    let fill = if seed.is_multiple_of(4) { Fill::Nothing } else { Fill::Demo };
    let lang = if seed.is_multiple_of(2) { Lang::Zh } else { Lang::En };
    let mut lived = Lived::new(lang, (100, 30), fill);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for at in 0..keys {
        let pressed = catch_unwind(AssertUnwindSafe(|| {
            one(&mut lived, &mut dice);
            lived.hear();
            is_in_order(&lived.state);
            if at.is_multiple_of(16) {
                picture(&lived.state);
            }
        }));
        assert!(pressed.is_ok(), "seed {seed}, key {at}, in a window of {:?}", lived.state.size);
    }
    lived.settle(QUIET);
    is_in_order(&lived.state);
    picture(&lived.state);
}

#[test]
fn any_keys_are_survived() {
    // The long run is two hundred thousand keys.
    let (seeds, keys) = if std::env::var_os("CRM_TEST_FULL").is_some() { (100, 2_000) } else { (10, 1_000) };
    for seed in 1..=seeds {
        play(seed, keys);
    }
}
