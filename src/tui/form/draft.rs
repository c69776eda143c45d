//! What was typed into a form, kept so that nothing is lost with the program.

use serde::{Deserialize, Serialize};

use super::{state::Form, target::FormTarget};

/// What was typed into a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The form.
    pub ask: FormTarget,
    /// What it was about.
    pub title: String,
    /// The version of the record that it was begun on.
    #[serde(default)]
    pub version: Option<i64>,
    /// The field of the cursor.
    #[serde(default)]
    pub field: String,
    /// What was put into its fields: code, text, and what the record is called that stands there.
    pub texts: Vec<(String, String, String)>,
    /// What stood in those fields in the beginning, by their code; what somebody else has put there since is seen by it.
    #[serde(default)]
    pub bases: Vec<(String, String)>,
    /// What came from an editor and could not be understood.
    #[serde(default)]
    pub outside: Option<String>,
}

impl Draft {
    /// What was typed into a form; nothing where nothing was.
    pub fn of(form: &Form) -> Option<Self> {
        let changed = form.entries.iter().filter(|entry| entry.is_changed());
        let texts: Vec<_> = changed
            .map(|entry| (entry.slot.code().to_owned(), entry.text().to_owned(), entry.called.clone()))
            .collect();
        let changed = form.entries.iter().filter(|entry| entry.is_changed());
        let bases = changed.filter_map(|entry| Some((entry.slot.code().to_owned(), entry.base.clone()?))).collect();
        form.is_changed().then(|| Self {
            ask: form.ask.clone(),
            title: form.title.clone(),
            version: form.version,
            field: form.entry().map_or("", |entry| entry.slot.code()).to_owned(),
            texts,
            bases,
            outside: form.outside.clone(),
        })
    }
}
