//! Somebody else has changed the record while it stood in a form: mine or theirs, field by field.

use super::state::Form;

/// What a record holds: a field's code, its text, and what the record is called that the text names.
pub type Held = (String, String, String);

/// A field that both have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which entry of the form.
    pub at: usize,
    /// What they put there.
    pub theirs: String,
    /// What the record is called that they put there.
    pub called: String,
    /// Whether mine is to stay.
    pub mine: bool,
}

/// The fields that both have changed, and which is to stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The version that theirs made.
    pub version: i64,
    /// The fields.
    pub rows: Vec<Clash>,
    /// The field of the cursor.
    pub cursor: usize,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choose {
    /// Another field.
    Move(isize),
    /// The other one for this field.
    Turn,
    /// Mine for all, or theirs.
    All(bool),
}

impl Conflict {
    /// Does it.
    pub fn choose(&mut self, choose: Choose) {
        match choose {
            Choose::Move(by) => {
                self.cursor = self.cursor.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
            }
            Choose::Turn => {
                if let Some(row) = self.rows.get_mut(self.cursor) {
                    row.mine = !row.mine;
                }
            }
            Choose::All(mine) => self.rows.iter_mut().for_each(|row| row.mine = mine),
        }
    }
}

impl Form {
    /// Compares with what the record holds now. Fields that only they have changed become theirs; whether nothing is
    /// left to choose, so that it can be saved again.
    pub fn compare(&mut self, held: &[Held], version: i64) -> bool {
        let mut rows = Vec::new();
        for (code, theirs, called) in held {
            let Some(at) = self.entries.iter().position(|entry| entry.slot.held && entry.slot.code() == code) else {
                continue;
            };
            let entry = &mut self.entries[at];
            if *theirs == entry.base {
                continue;
            }
            if !entry.is_changed() || entry.text() == theirs {
                entry.begin(theirs, called);
                self.touched(at);
            } else {
                rows.push(Clash { at, theirs: theirs.clone(), called: called.clone(), mine: true });
            }
        }
        if rows.is_empty() {
            self.version = Some(version);
            return true;
        }
        self.conflict = Some(Conflict { version, rows, cursor: 0 });
        false
    }

    /// Takes what was chosen over.
    pub fn settle(&mut self) {
        let Some(conflict) = self.conflict.take() else { return };
        self.version = Some(conflict.version);
        for row in conflict.rows {
            if let Some(entry) = self.entries.get_mut(row.at) {
                entry.base.clone_from(&row.theirs);
                if !row.mine {
                    entry.begin(&row.theirs, &row.called);
                }
            }
            self.touched(row.at);
        }
    }
}
