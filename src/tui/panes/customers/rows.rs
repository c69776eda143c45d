//! Rows of the list in words, read from the store.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    commit::Context,
    domain::{Due, FieldDef, Lookup as _, Record, RecordId, Row as Stored, customer, print},
    error::Result,
    query::{
        field_path::{FieldPath, PathValue},
        names::Names,
        next_followup,
    },
    read_model::agenda::{Clock, Section},
    store::{Reader, journal::Residence},
    text::scrub,
};

/// How much a row's next step wants attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// Not now.
    #[default]
    None,
    /// Today.
    Today,
    /// It should have been done.
    Late,
}

/// A customer in the list, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerRow {
    /// The number.
    pub num: u64,
    /// What stands in each column.
    pub cells: Vec<String>,
    /// Whether the next step is due.
    pub urgency: Urgency,
    /// The first telephone number.
    pub phone: String,
    /// The first e-mail address.
    pub email: String,
}

/// How many customers are in the trash.
///
/// # Errors
/// What the store says.
pub fn trashed(reader: &Reader<'_>) -> Result<usize> {
    let mut count = 0;
    reader.trashed(customer::ID, &mut |_, _| {
        count += 1;
        ControlFlow::Continue(())
    })?;
    Ok(count)
}

/// Reads customers by their numbers, also those in the trash; those that are gone are left out.
///
/// # Errors
/// What the store says.
pub fn read(names: &Names<'_>, context: &Context, columns: &[FieldPath], numbers: &[u64]) -> Result<Vec<CustomerRow>> {
    let reader = names.reader();
    let words = Words {
        names,
        clock: Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start },
        view: print::View { lang: context.lang, tz: context.tz, now: context.now, relative: false },
        columns,
    };
    let mut rows = Vec::with_capacity(numbers.len());
    for num in numbers {
        let id = RecordId::new(customer::ID, *num);
        let derived = reader.derived(id)?;
        let row = |row: Stored<'_>| words.row(id, row, &derived);
        let live = reader.with_row(id, row)?;
        let row = live.map_or_else(|| reader.with_row_in(Residence::Trash, id, row), |row| Ok(Some(row)))?;
        rows.extend(row.transpose()?);
    }
    Ok(rows)
}

struct Words<'a> {
    names: &'a Names<'a>,
    clock: Clock,
    view: print::View,
    columns: &'a [FieldPath],
}

impl Words<'_> {
    fn row(&self, id: RecordId, row: Stored<'_>, derived: &Record) -> Result<CustomerRow> {
        let next = derived.get(customer::NEXT_FOLLOWUP);
        // The column has room for the day.
        let due = next.map(|at| next_followup::due(&self.names.reader(), id, at)).transpose()?;
        let due = due.map(|due| Due::Day(due.day(self.view.tz)));
        let urgency = match due.map(|due| self.clock.section(due)) {
            Some(Section::Overdue) => Urgency::Late,
            Some(Section::Today) => Urgency::Today,
            _ => Urgency::None,
        };
        let mut cells = Vec::with_capacity(self.columns.len());
        for path in self.columns {
            cells.push(match path.own_field() {
                Some(def) if *def == customer::NEXT_FOLLOWUP.def() => {
                    due.map_or_else(String::new, |due| self.clock.due_in_words(due, self.view.lang))
                }
                Some(def) if *def == customer::LAST_CONTACT.def() => match derived.row().raw(def.tag) {
                    Some(stored) => self.say(def, stored, true)?,
                    None => self.view.lang.pick("never", "从未").to_owned(),
                },
                _ => self.cell(path, id, row)?,
            });
        }
        let first = |def: &FieldDef| -> Result<String> {
            let items = row.raw(def.tag).map(|stored| self.say(def, stored, false)).transpose()?;
            Ok(items.map_or_else(String::new, |list| first(&list)))
        };
        let (phone, email) = (first(&customer::PHONE.def())?, first(&customer::EMAIL.def())?);
        Ok(CustomerRow { num: id.num, cells, urgency, phone, email })
    }

    fn cell(&self, path: &FieldPath, id: RecordId, row: Stored<'_>) -> Result<String> {
        let reader = self.names.reader();
        path.look(&reader, id, row, |found| match found {
            None => Ok(String::new()),
            Some(PathValue::Id(id)) => Ok(id.to_string()),
            Some(PathValue::Stored(def, stored)) => self.say(def, stored, false),
        })?
    }

    fn say(&self, def: &FieldDef, stored: &[u8], relative: bool) -> Result<String> {
        let mut out = String::new();
        self.names.write(&mut out, def, stored, &print::View { relative, ..self.view })?;
        Ok(match scrub(&out) {
            Cow::Borrowed(_) => out,
            Cow::Owned(safe) => safe,
        })
    }
}

fn first(list: &str) -> String {
    list.split([',', '、', '(']).next().unwrap_or_default().trim().to_owned()
}
