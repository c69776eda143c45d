//! Kinds and fields in the making, and tables that last as long as the program.

use crate::domain::{
    FieldDef, Kind, KindId, RecordId, Type,
    field::{Choice, Field},
    kind::Section,
    types::Text,
};

/// A kind in the making.
pub(super) struct KindBuilder {
    /// The table it is made from: for a kind of one's own one without further fields.
    pub(super) table: Kind,
    /// The table of the program, where nothing is changed about it; its fields are not among `fields` then.
    pub(super) unchanged: Option<&'static Kind>,
    pub(super) fields: Vec<FieldBuilder>,
    pub(super) gone: Vec<FieldDef>,
    /// The choices of those, by the code of the field.
    pub(super) gone_choices: Vec<(&'static str, Choice)>,
    pub(super) sections: Vec<(i64, Section)>,
}

/// A field in the making.
pub(super) struct FieldBuilder {
    pub(super) def: FieldDef,
    pub(super) order: i64,
    /// Whether a definition says so.
    pub(super) ordered: bool,
    pub(super) choices: Vec<(i64, Choice)>,
    /// Which record defines it; none for a field of the program.
    pub(super) by: Option<RecordId>,
    /// What its definition calls it, which its code may not be.
    pub(super) called: &'static str,
    /// Which record says something about it.
    pub(super) told_by: Option<RecordId>,
}

impl FieldBuilder {
    /// A field of which no definition says anything.
    fn of(order: i64, def: &FieldDef) -> Self {
        Self { def: *def, order, ordered: false, choices: Vec::new(), by: None, called: def.code, told_by: None }
    }

    /// Puts its own choices into their order.
    pub(super) fn sort_choices(&mut self) {
        self.choices.sort_by_key(|(order, choice)| (*order, choice.number));
    }

    /// The choices of the program, then its own.
    pub(super) fn all_choices(&self) -> &'static [Choice] {
        let own = self.choices.iter().map(|(_, choice)| *choice);
        self.def.choices.iter().copied().chain(own).collect::<Vec<_>>().leak()
    }
}

impl KindBuilder {
    pub(super) fn of(table: &'static Kind) -> Self {
        Self {
            table: Kind { ..*table },
            unchanged: Some(table),
            fields: Vec::new(),
            gone: Vec::new(),
            gone_choices: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// A kind of one's own.
    pub(super) fn own(table: Kind) -> Self {
        let fields = NAMED.fields.iter().map(|name| FieldBuilder::of(i64::MIN, name)).collect();
        Self { table, unchanged: None, fields, gone: Vec::new(), gone_choices: Vec::new(), sections: Vec::new() }
    }

    /// The same, with its fields to be changed. Most kinds of the program stay as they are, and theirs are not taken apart.
    pub(super) fn opened(&mut self) -> &mut Self {
        let table = self.unchanged.take();
        let fields = table.iter().flat_map(|table| table.fields);
        self.fields.extend(fields.zip(0..).map(|(def, place)| FieldBuilder::of(place, def)));
        self
    }

    /// Its fields as they are so far.
    pub(super) fn defs(&self) -> impl Iterator<Item = &FieldDef> {
        let unchanged = self.unchanged.iter().flat_map(|table| table.fields);
        unchanged.chain(self.fields.iter().map(|entry| &entry.def))
    }

    /// The fields of all kinds cannot be changed: they are one table.
    pub(super) fn field(&mut self, code: &str) -> Option<&mut FieldBuilder> {
        self.opened().fields.iter_mut().find(|entry| entry.def.code == code)
    }

    /// The field that a definition calls so: one of one's own before one of the program.
    pub(super) fn called(&mut self, code: &str) -> Option<&mut FieldBuilder> {
        let own = self.opened().fields.iter().position(|entry| entry.by.is_some() && entry.called == code);
        match own {
            Some(at) => self.fields.get_mut(at),
            None => self.field(code),
        }
    }

    pub(super) fn table(mut self) -> &'static Kind {
        if let Some(table) = self.unchanged {
            return table;
        }
        self.fields.sort_by_key(|entry| entry.order);
        if self.fields.iter().any(|entry| entry.ordered) {
            let sections = self.table.sections.iter().map(|section| in_order(section, &self.fields));
            self.table.sections = sections.collect::<Vec<_>>().leak();
        }
        let fields = self.fields.into_iter().map(|mut entry| {
            if !entry.choices.is_empty() {
                entry.sort_choices();
                entry.def.choices = entry.all_choices();
            }
            entry.def
        });
        self.table.fields = fields.collect::<Vec<_>>().leak();
        for def in &mut self.gone {
            let own = self.gone_choices.iter().filter(|(code, _)| *code == def.code).map(|(_, choice)| *choice);
            let own: Vec<Choice> = own.collect();
            if !own.is_empty() {
                def.choices = def.choices.iter().copied().chain(own).collect::<Vec<_>>().leak();
            }
        }
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
        let hidden = |code: &str| self.table.fields.iter().any(|def| def.hidden && def.code == code);
        if self.table.columns.iter().any(|code| hidden(code)) {
            let seen = self.table.columns.iter().copied().filter(|code| !hidden(code));
            self.table.columns = seen.collect::<Vec<_>>().leak();
        }
        Box::leak(Box::new(self.table))
    }
}

/// A section of the program in which the fields that a definition gives a place have it.
fn in_order(section: &Section, fields: &[FieldBuilder]) -> Section {
    let of = |code: &str| fields.iter().find(|entry| entry.def.code == code);
    let placed = |code: &&str| of(code).is_some_and(|entry| entry.ordered);
    let mut left: Vec<&'static str> = section.fields.iter().copied().filter(|code| !placed(code)).collect();
    for entry in fields.iter().filter(|entry| entry.ordered && section.fields.contains(&entry.def.code)) {
        let behind = |code: &&str| of(code).is_some_and(|other| other.order > entry.order);
        let at = left.iter().position(behind).unwrap_or(left.len());
        left.insert(at, entry.def.code);
    }
    Section { fields: left.leak(), ..*section }
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

/// What a kind of one's own calls its records by.
const RECORD_NAME: Field<Text> = Field::new(1, "name", "Name", "名称").required().name().index().search();

/// A kind of one's own of which nothing is said yet.
pub(super) static NAMED: Kind = Kind {
    id: KindId::new(0),
    noun: "",
    plural: "",
    letters: "",
    aliases: &[],
    en: "",
    zh: "",
    measure: "条",
    fields: &[RECORD_NAME.def()],
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &[],
    sections: &[],
    rules: |_, _| Ok(()),
    derivations: &[],
};

/// A field of one's own: what follows from its type and its formula.
pub(super) fn own_field(
    tag: u16,
    code: &'static str,
    (ty, many, target): (Type, bool, Option<&'static str>),
    formula: Option<&'static str>,
) -> FieldDef {
    let new: Field<Text> = Field::new(tag, code, code, code);
    // Balances, temperatures and what comes back are below 0.
    let bounds = matches!(ty, Type::Whole | Type::Decimal | Type::Rate).then_some((i64::MIN, i64::MAX));
    FieldDef { ty, many, target, formula, derived: formula.is_some(), bounds, ..new.def() }
}
