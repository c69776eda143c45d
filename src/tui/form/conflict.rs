//! Somebody else has changed the record while it stood in a form: mine or theirs, field by field.

/// What a record holds: a field's code, its text, and what the record is called that the text names.
pub type FieldText = (String, String, String);

/// A field that both have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
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
    pub rows: Vec<FieldConflict>,
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
