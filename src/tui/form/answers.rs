//! What comes back from the store's thread, taken over into a form.

use crate::{error::Error, text::Lang};

use super::{protocol::TrialResult, state::Form};

impl Form {
    /// What would come of the form, as it was then; dropped where something else stands in it by now.
    pub fn tried(&mut self, turn: u64, tried: TrialResult) {
        if turn != self.turn {
            return;
        }
        for (code, text) in tried.defaults {
            if let Some(entry) = self.field_mut(&code) {
                entry.default = text;
            }
        }
        self.alike = tried.alike;
        self.changes = tried.refused.is_none().then_some(tried.changes);
        for entry in &mut self.entries {
            entry.refused = None;
        }
        match tried.refused {
            Some(error) => self.refuse(&error, true),
            None => self.error = None,
        }
    }

    /// Shows a refusal at the field that it names, or as one of the whole form; whether it is at a field. While nothing
    /// was saved yet, what is missing is no mistake.
    pub fn refuse(&mut self, error: &Error, trying: bool) {
        let lang = self.moment.lang;
        let code = error.field().map_or("", |field| field.get(Lang::En));
        let Some(at) = self.entries.iter().position(|entry| entry.slot.code() == code) else {
            if !trying {
                self.error = Some(error.clone());
            }
            return;
        };
        if trying && self.has_stand_in(code) {
            return;
        }
        let said = (error.what().get(lang).to_owned(), error.next_step(lang).unwrap_or_default().to_owned());
        self.entries[at].refused = Some(said);
        if !trying {
            self.at = at;
            self.error = Some(error.clone());
        }
    }
}
