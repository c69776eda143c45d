//! The values that a field offers.

/// One value of a choice field: its number, its code, and its label in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What rows and keys hold: among the choices of the program the place in their table, which only grows at its end.
    pub number: u16,
    /// What scripts and files say.
    pub code: &'static str,
    /// What an English screen says.
    pub en: &'static str,
    /// What a Chinese screen says.
    pub zh: &'static str,
    /// What people say for it too, folded, with a space between.
    pub also: &'static str,
    /// Records keep it, and no other takes it any more.
    pub retired: bool,
}

impl Choice {
    /// What people say for it too: names of one word, folded, with a space between them.
    #[must_use]
    pub const fn also(self, names: &'static str) -> Self {
        Self { also: names, ..self }
    }

    /// What people say for it besides its code and labels.
    pub fn other_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.also.split(' ').filter(|name| !name.is_empty())
    }
}

/// A choice with its labels.
pub const fn choice(code: &'static str, en: &'static str, zh: &'static str) -> Choice {
    Choice { number: 0, code, en, zh, also: "", retired: false }
}

/// Choices numbered by their places.
pub const fn numbered<const N: usize>(mut choices: [Choice; N]) -> [Choice; N] {
    let mut at = 0;
    while at < N {
        choices[at].number = at as u16;
        at += 1;
    }
    choices
}
