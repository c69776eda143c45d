//! The agenda: what is to be done, by when, for whom, and why.

mod calendar;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::{Days, Weekday};

use crate::{
    domain::{RecordId, user},
    error::Result,
    ops::Context,
    query::{
        agenda::{AgendaRow, Clock, agenda},
        names::Names,
    },
    text::{Lang, width},
};

use super::Wish;

pub use super::Action;
pub use state::State;
pub use view::draw;

/// The agenda ends after so many days.
const DAYS: u64 = 30;

/// What the pane is called.
pub const fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Agenda",
        Lang::Zh => "日程",
    }
}

/// The agenda as it was read.
#[derive(Clone, Debug)]
pub struct Rows {
    /// By section, then by day.
    pub rows: Vec<AgendaRow>,
    /// How many more are due after the last day that was read.
    pub beyond: usize,
    /// The logins of the owners; none where all is one person's.
    pub owners: BTreeMap<u64, String>,
    /// Whose it is.
    pub whose: String,
    /// The words that narrowed it.
    pub filter: String,
    /// The first day of the week.
    pub week_start: Weekday,
    /// How wide the widest time in words is.
    pub due_cols: usize,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            beyond: 0,
            owners: BTreeMap::new(),
            whose: String::new(),
            filter: String::new(),
            week_start: Weekday::Mon,
            due_cols: 0,
        }
    }
}

/// Reads the agenda of the next 30 days.
///
/// # Errors
/// What the store says.
pub fn load(names: &Names<'_>, context: &Context, wish: &Wish) -> Result<Rows> {
    let (whose, lang) = (&wish.whose, context.lang);
    let clock = Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
    let until = clock.today().checked_add_days(Days::new(DAYS));
    let mut found = agenda(names, &whose.owners, &clock, until)?;
    let narrow = wish.narrow();
    if !narrow.is_open() {
        found.rows.retain(|row| narrow.keeps(&[&row.title, row.customer.as_ref().map_or("", |(_, name)| name)]));
        found.beyond = 0;
    }
    let mut owners = BTreeMap::new();
    if !whose.owners.is_one() {
        for owner in found.rows.iter().filter_map(|row| row.owner) {
            if let Entry::Vacant(entry) = owners.entry(owner) {
                entry.insert(names.of(RecordId::new(user::ID, owner))?);
            }
        }
    }
    let (en, zh) = &whose.said;
    let mut rows = Rows {
        rows: found.rows,
        beyond: found.beyond,
        owners,
        whose: lang.pick(en, zh).clone(),
        filter: wish.filter.clone(),
        week_start: clock.week_start,
        due_cols: 0,
    };
    rows.measure(&clock, lang);
    Ok(rows)
}

impl Rows {
    /// Finds out how wide times in words are, so that the column stays as it is while one goes over the rows.
    fn measure(&mut self, clock: &Clock, lang: Lang) {
        let widest = self.rows.iter().map(|row| width(&when(row, clock, lang))).max();
        self.due_cols = widest.unwrap_or_default();
    }
}

/// When a row is due, or was done, in words.
fn when(row: &AgendaRow, clock: &Clock, lang: Lang) -> String {
    match row.done_at {
        Some(at) => clock.time(at),
        None => clock.due_in_words(row.due, lang),
    }
}
