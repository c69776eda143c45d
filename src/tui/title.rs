//! What the window of the terminal is called: the program, the store where it is not the usual one, the pane.

use std::path::Path;

use super::{osc, state::State};

/// The name of the program, which is that of the usual store too.
const PROGRAM: &str = "crm";

/// What a store is called in a title; nothing where that says no more than the program does.
pub fn store_name(path: Option<&Path>) -> Option<String> {
    let name = path?.file_stem()?.to_string_lossy().into_owned();
    (name != PROGRAM).then_some(name)
}

/// The title of the screen as it is.
pub fn title(state: &State) -> String {
    let store = state.store.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
    format!("{PROGRAM} — {}{store}", state.pane.label(state.lang))
}

/// The window, and what we have called it.
#[derive(Debug)]
pub struct Window {
    named: bool,
    shown: Option<String>,
}

impl Window {
    /// A window that is named where the settings say so and the terminal has a title.
    pub fn new(wanted: bool) -> Self {
        let bare = std::env::var_os("TERM").is_some_and(|term| term == "linux" || term == "dumb");
        Self { named: wanted && !bare, shown: None }
    }

    /// Whether it is named.
    pub const fn is_named(&self) -> bool {
        self.named
    }

    /// What names it anew, where it is called otherwise.
    pub fn renamed(&mut self, state: &State) -> Option<String> {
        let title = title(state);
        if !self.named || self.shown.as_ref() == Some(&title) {
            return None;
        }
        let sequence = osc::title(&title);
        self.shown = Some(title);
        Some(sequence)
    }

    /// Others have had the terminal.
    pub fn forget(&mut self) {
        self.shown = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        text::Lang,
        tui::{panes::Pane, tests::screen},
    };

    #[test]
    fn a_title_names_the_pane_and_a_store_that_is_not_the_usual_one() {
        let mut state = screen(Lang::En, (80, 24), 3);
        assert_eq!(title(&state), "crm — Customers");
        state.pane = Pane::Agenda;
        assert_eq!(title(&state), "crm — Agenda");
        state.lang = Lang::Zh;
        state.store = store_name(Some(Path::new("/data/demo.redb")));
        assert_eq!(title(&state), "crm — 日程 (demo)");
        assert_eq!(store_name(Some(Path::new("/data/crm.redb"))), None);
        assert_eq!(store_name(None), None);

        let mut window = Window { named: true, shown: None };
        assert_eq!(window.renamed(&state).as_deref(), Some("\x1b]2;crm — 日程 (demo)\x07"));
        assert_eq!(window.renamed(&state), None, "it is called so already");
        window.forget();
        assert!(window.renamed(&state).is_some());
        assert_eq!(Window { named: false, shown: None }.renamed(&state), None);
    }
}
