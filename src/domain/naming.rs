//! Names of kinds and records: the table behind a number, and ids as people write them, `C-1042`.

use std::{
    cell::Cell,
    fmt,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Kind, KindId, RecordId, Schema, pipeline, schema::BASE, stage};
use crate::{
    error::{Error, ErrorLocation},
    text::{Lang, fold},
};

/// The schema by which ids are written and read, and how many there were before it.
static IN_FORCE: RwLock<&'static Schema> = RwLock::new(&BASE);
static CHANGES: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// The schema in force as this thread saw it last, and at which change: threads that write many ids share no lock.
    static SEEN: Cell<(u64, &'static Schema)> = const { Cell::new((0, &BASE)) };
}

/// Says by which schema ids are written and read from now on, in the whole process: that of the store that is open.
///
/// Only the letters of an id are asked of it, in its [`fmt::Display`] and in [`RecordId::parse`]. The letters of a kind
/// never change within a store and its number is never given again, so that the schema of an earlier or later state of
/// the store says the same of every id that there is; a kind that it does not know yet is written as `?`. All else that
/// is to be known of a kind is asked of the schema of what is being read.
pub fn in_force(schema: &'static Schema) {
    if std::ptr::eq(now_in_force(), schema) {
        return;
    }
    *IN_FORCE.write().unwrap_or_else(PoisonError::into_inner) = schema;
    CHANGES.fetch_add(1, Ordering::Release);
}

fn now_in_force() -> &'static Schema {
    let changes = CHANGES.load(Ordering::Acquire);
    let (seen, schema) = SEEN.get();
    if seen == changes {
        return schema;
    }
    let schema = *IN_FORCE.read().unwrap_or_else(PoisonError::into_inner);
    SEEN.set((changes, schema));
    schema
}

impl KindId {
    /// The table of this kind, in the schema in force: for what has no schema at hand.
    pub fn kind(self) -> Option<&'static Kind> {
        now_in_force().kind(self)
    }
}

/// Digits alone are no id but a telephone number where there are so many.
const TELEPHONE_DIGITS: usize = 7;

impl fmt::Debug for KindId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Some(kind) => f.write_str(kind.noun),
            None => write!(f, "kind {}", self.byte()),
        }
    }
}

impl RecordId {
    /// The highest number that is kept from a file. A new record is numbered behind all that there are, so a number near
    /// the end of what can be counted would leave none for it.
    pub const HIGHEST_KEPT: u64 = 100_000_000;

    /// Reads `C-12`, `c12`, `Ｃ１２`; under a noun (`under`) the number alone will do, unless it is long or begins with a
    /// zero as telephone numbers do. `None` where the text is no id at all.
    pub fn parse(text: &str, under: Option<&Kind>) -> Option<Self> {
        let text = fold(text);
        let digits_at = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(digits_at);
        let num = digits.parse().ok().filter(|num| *num > 0)?;
        let letters = letters.strip_suffix('-').unwrap_or(letters);
        let kind = if letters.is_empty() && digits_at == 0 {
            under.filter(|_| digits.len() < TELEPHONE_DIGITS && !digits.starts_with('0'))?
        } else {
            now_in_force().lettered(letters)?
        };
        Some(Self::new(kind.id, num))
    }
}

impl From<RecordId> for ErrorLocation {
    fn from(id: RecordId) -> Self {
        Self::record(id.kind.byte(), id.num, id.to_string())
    }
}

/// What a record of this kind is called in a language, by the name that it holds: what every store begins with has a name
/// in each.
pub fn display_name(kind: KindId, name: &str, lang: Lang) -> &str {
    match kind {
        stage::ID => stage::display_name(name, lang),
        pipeline::ID => pipeline::display_name(name, lang),
        _ => name,
    }
}

/// Whether a person means the record of this kind that holds a name: by the name, or by that in the other language.
pub fn is_called(kind: KindId, name: &str, wanted: &str) -> bool {
    match kind {
        stage::ID => stage::is_called(name, wanted),
        pipeline::ID => pipeline::is_called(name, wanted),
        _ => fold(name) == fold(wanted),
    }
}

/// The record that an error is about, where that was told.
pub fn record_of(error: &Error) -> Option<RecordId> {
    error.record().map(|(kind, num)| RecordId::new(KindId::new(kind), num))
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.kind().map_or("?", |kind| kind.letters), self.num)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{contact, made_up};

    #[test]
    fn ids_are_written_and_read_by_the_schema_in_force() {
        let id = RecordId::new(made_up::ID, 7);
        // Tests of other stores may run in the same process.
        let is_known = || {
            in_force(&made_up::SCHEMA);
            id.to_string() == "IT-7" && RecordId::parse("it7", None) == Some(id)
        };
        assert!((0..1000).any(|_| is_known()));
        assert_eq!(RecordId::parse("c7", None).map(|id| id.to_string()), Some("C-7".to_owned()));
    }

    #[test]
    fn digits_that_may_be_a_telephone_number_are_no_id() {
        let num = |text| RecordId::parse(text, Some(&contact::KIND)).map(|id| id.num);
        for (text, expected) in [
            ("12", Some(12)),
            ("999999", Some(999_999)),
            ("P-1234567", Some(1_234_567)),
            ("1234567", None),
            ("13900000000", None),
            ("012", None),
            ("01088886666", None),
            ("0", None),
        ] {
            assert_eq!(num(text), expected, "{text}");
        }
    }
}
