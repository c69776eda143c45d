//! Kinds and fields in the making, and tables that last as long as the program.

use crate::domain::{FieldDef, Kind, RecordId, Type, field::Choice, kind::Section};

/// A kind in the making.
pub(super) struct KindBuilder {
    /// The table it is made from: for a kind of one's own one without further fields.
    pub(super) table: Kind,
    /// The table of the program, where nothing is changed about it.
    pub(super) unchanged: Option<&'static Kind>,
    pub(super) fields: Vec<FieldBuilder>,
    pub(super) gone: Vec<FieldDef>,
    pub(super) sections: Vec<(i64, Section)>,
}

/// A field in the making.
pub(super) struct FieldBuilder {
    pub(super) def: FieldDef,
    pub(super) order: i64,
    pub(super) choices: Vec<(i64, Choice)>,
    /// Which record defines it; none for a field of the program.
    pub(super) by: Option<RecordId>,
}

impl KindBuilder {
    pub(super) fn of(table: &'static Kind) -> Self {
        let entry = |(place, def): (usize, &FieldDef)| FieldBuilder {
            def: *def,
            order: place as i64,
            choices: Vec::new(),
            by: None,
        };
        Self {
            table: Kind { ..*table },
            unchanged: Some(table),
            fields: table.fields.iter().enumerate().map(entry).collect(),
            gone: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// The fields of all kinds cannot be changed: they are one table.
    pub(super) fn field(&mut self, code: &str) -> Option<&mut FieldBuilder> {
        self.fields.iter_mut().find(|entry| entry.def.code == code)
    }

    pub(super) fn table(mut self) -> &'static Kind {
        if let Some(table) = self.unchanged {
            return table;
        }
        self.fields.sort_by_key(|entry| entry.order);
        let fields = self.fields.into_iter().map(|mut entry| {
            if !entry.choices.is_empty() {
                entry.choices.sort_by_key(|(order, choice)| (*order, choice.number));
                let own = entry.choices.into_iter().map(|(_, choice)| choice);
                entry.def.choices = entry.def.choices.iter().copied().chain(own).collect::<Vec<_>>().leak();
            }
            entry.def
        });
        self.table.fields = fields.collect::<Vec<_>>().leak();
        self.table.gone = self.gone.leak();
        if !self.sections.is_empty() {
            self.sections.sort_by_key(|(order, _)| *order);
            let built_in = std::mem::take(&mut self.table.sections);
            let own: Vec<Section> = self.sections.into_iter().map(|(_, section)| section).collect();
            self.table.sections = built_in.iter().copied().chain(own).collect::<Vec<_>>().leak();
        }
        // Columns may be named before there are such fields.
        let known = |column: &&&str| {
            let first = column.split('.').next().unwrap_or_default();
            self.table.all_fields().any(|def| def.code == first)
        };
        if self.table.columns.iter().filter(known).count() < self.table.columns.len() {
            self.table.columns = self.table.columns.iter().filter(known).copied().collect::<Vec<_>>().leak();
        }
        if self.table.columns.is_empty() {
            self.table.columns = columns_of(self.table.fields);
        }
        Box::leak(Box::new(self.table))
    }
}

/// So many columns has the list of a kind that does not say which.
const COLUMNS: usize = 6;

/// The first fields.
fn columns_of(fields: &'static [FieldDef]) -> &'static [&'static str] {
    let seen = fields.iter().filter(|def| !def.hidden && def.ty != Type::LongText);
    seen.take(COLUMNS).map(|def| def.code).collect::<Vec<_>>().leak()
}

/// A text that lasts as long as the program.
pub(super) fn lasting(text: &str) -> &'static str {
    Box::leak(text.into())
}

/// The same for several.
pub(super) fn all_lasting(texts: Vec<String>) -> &'static [&'static str] {
    texts.iter().map(|text| lasting(text)).collect::<Vec<_>>().leak()
}
