//! A form beside what the record holds by now: what clashes, and what becomes of it.

use super::{
    conflict::{Conflict, FieldConflict, FieldText},
    state::Form,
};

impl Form {
    /// Compares with what the record holds now. Fields that only they have changed become theirs; whether nothing is
    /// left to choose, so that it can be saved again.
    pub fn compare(&mut self, held: &[FieldText], version: i64) -> bool {
        let mut rows = Vec::new();
        for (code, theirs, called) in held {
            let Some(at) = self.entries.iter().position(|entry| entry.slot.held && entry.slot.code() == code) else {
                continue;
            };
            let entry = &mut self.entries[at];
            if entry.base.as_ref() == Some(theirs) {
                continue;
            }
            if !entry.is_changed() || entry.text() == theirs {
                entry.begin(theirs, called);
                self.touched(at);
            } else {
                rows.push(FieldConflict { at, theirs: theirs.clone(), called: called.clone(), mine: true });
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
                entry.base = Some(row.theirs.clone());
                if !row.mine {
                    entry.begin(&row.theirs, &row.called);
                }
            }
            self.touched(row.at);
        }
    }
}
