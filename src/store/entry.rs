//! How an entry stands in the journal: a mark, a format, then fields as a record has them.
//!
//! The mark is a number with a byte more than it needs, with which no entry of the first format (`first.rs`) begins: so
//! each value says itself of which format it is. Tag, length and bytes of each field follow (`domain/record.rs`), and a
//! tag that this version does not write is carried along when the entry is written again.

use crate::domain::{
    FieldDef, Instant, Record, Row,
    field::{Choice, Field, choice, numbered},
    types::{Link, LongText, Moment, OneOf, Text, Whole},
};

use super::{
    first,
    journal::{Entry, StepType, Tally},
};

const MARK: [u8; 2] = [0x80, 0];

/// The format of entries that this version writes.
pub const FORMAT: u8 = 2;

/// What kind of step it is; the place is the number in the store.
pub const DEEDS: &[Choice] = &numbered([
    choice("setup", "Set up", "初始化"),
    choice("do", "Done", "执行"),
    choice("undo", "Undone", "撤销"),
    choice("redo", "Done again", "重做"),
    choice("purge", "Purged", "彻底删除"),
]);

/// What made a step; the place is the number in the store.
pub const ORIGINS: &[Choice] = &numbered([
    choice("person", "A person", "人员"),
    choice("rule", "A rule", "规则"),
    choice("batch", "A batch", "批处理"),
    choice("hook", "A hook", "钩子"),
    choice("sweep", "A sweep", "定时清理"),
]);

// The first tag is no yes and no no: a program that reads entries by position, an answer of that kind being the third
// of its parts, cannot take one of these for its own.
const AT: Field<Moment> = Field::new(2, "at", "When", "时间");
const BY: Field<Link> = Field::new(3, "by", "By", "操作人").to("user");
const DEED: Field<OneOf> = Field::new(4, "deed", "Step", "步骤").choices(DEEDS);
/// The sequence number of the step that it took back or did again.
const OF: Field<Link> = Field::new(5, "of", "Of step", "所指步骤");
const SESSION: Field<Text> = Field::new(6, "session", "Session", "会话");
const WORDS: Field<LongText> = Field::new(7, "words", "Words", "命令");
const CREATED: Field<Whole> = Field::new(8, "created", "Created", "新建数");
const CHANGED: Field<Whole> = Field::new(9, "changed", "Changed", "修改数");
const REMOVED: Field<Whole> = Field::new(10, "removed", "Removed", "删除数");
/// Kept where a step before this one is dated later.
const HIGHEST: Field<Moment> = Field::new(11, "highest", "Latest before", "此前最晚时间");
/// What made it; a person where it is not said. No version writes it yet.
pub const ORIGIN: Field<OneOf> = Field::new(12, "origin", "Origin", "来源").choices(ORIGINS);
/// The id of the rule, batch or hook that it belongs to. No version writes it yet.
pub const PART_OF: Field<Text> = Field::new(13, "part_of", "Part of", "所属");
/// The name of the machine. No version writes it yet.
pub const HOST: Field<Text> = Field::new(14, "host", "Machine", "主机");
/// What the person noted about it; a purge blanks it, as it does the words. No version writes it yet.
pub const NOTE: Field<LongText> = Field::new(15, "note", "Note", "备注");
/// Who approved it. No version writes it yet.
pub const APPROVED_BY: Field<Link> = Field::new(16, "approved_by", "Approved by", "批准人").to("user");
/// When it was approved. No version writes it yet.
pub const APPROVED: Field<Moment> = Field::new(17, "approved", "Approved", "批准时间");
/// A hash of the chain of entries up to this one, in hexadecimal digits. No version writes it yet.
pub const CHAIN: Field<Text> = Field::new(18, "chain", "Chain", "校验链");

/// All fields of an entry.
pub static FIELDS: &[FieldDef] = &[
    AT.def(),
    BY.def(),
    DEED.def(),
    OF.def(),
    SESSION.def(),
    WORDS.def(),
    CREATED.def(),
    CHANGED.def(),
    REMOVED.def(),
    HIGHEST.def(),
    ORIGIN.def(),
    PART_OF.def(),
    HOST.def(),
    NOTE.def(),
    APPROVED_BY.def(),
    APPROVED.def(),
    CHAIN.def(),
];

/// Reads a stored entry, of this format or the first; nothing where it is of neither, or cut short.
pub fn read(stored: &[u8]) -> Option<Entry> {
    let Some(rest) = stored.strip_prefix(&MARK) else { return first::entry(stored) };
    let (format, fields) = rest.split_first()?;
    if *format != FORMAT || !Row::new(fields).is_whole() {
        return None;
    }
    let mut more = Record::from_bytes(fields.to_vec());
    let row = Row::new(fields);
    let count = |field: Field<Whole>| u64::try_from(row.get(field).unwrap_or_default()).ok();
    let entry = Entry {
        at: row.get(AT)?.0,
        by: row.get(BY).unwrap_or_default(),
        session: row.get(SESSION).map(str::to_owned),
        words: row.get(WORDS).unwrap_or_default().to_owned(),
        deed: match (row.get(DEED)?, row.get(OF)) {
            (0, _) => StepType::Setup,
            (1, _) => StepType::Do,
            (2, Some(of)) => StepType::Undo(of),
            (3, Some(of)) => StepType::Redo(of),
            (4, _) => StepType::Purge,
            _ => return None,
        },
        tally: Tally { created: count(CREATED)?, changed: count(CHANGED)?, removed: count(REMOVED)? },
        highest: row.get(HIGHEST).map(|at| at.0),
        more: Record::new(),
    };
    FIELDS.iter().filter(|def| def.tag <= HIGHEST.tag()).for_each(|def| more.set_raw(def.tag, None));
    Some(Entry { more, ..entry })
}

/// The stored form of an entry.
pub fn write(entry: &Entry) -> Vec<u8> {
    let mut fields = entry.more.clone();
    fields.set(AT, Instant(entry.at));
    fields.set(BY, entry.by);
    let (deed, of) = match entry.deed {
        StepType::Setup => (0, None),
        StepType::Do => (1, None),
        StepType::Undo(of) => (2, Some(of)),
        StepType::Redo(of) => (3, Some(of)),
        StepType::Purge => (4, None),
    };
    fields.set(DEED, deed);
    fields.put(OF, of);
    fields.put(SESSION, entry.session.clone());
    fields.set(WORDS, entry.words.clone());
    let Tally { created, changed, removed } = entry.tally;
    for (field, count) in [(CREATED, created), (CHANGED, changed), (REMOVED, removed)] {
        fields.put(field, i64::try_from(count).ok().filter(|count| *count != 0));
    }
    fields.put(HIGHEST, entry.highest.map(Instant));
    [&MARK[..], &[FORMAT], fields.row().bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            at: 1_772_442_000_000,
            by: 3,
            session: Some("screen-1".to_owned()),
            words: "customer set C-1 city=上海".to_owned(),
            deed: StepType::Undo(7),
            tally: Tally { created: 0, changed: 300, removed: 1 },
            highest: None,
            more: Record::new(),
        }
    }

    #[test]
    fn an_entry_is_read_as_it_was_written() {
        let mut noted = Entry { highest: Some(1_900_000_000_000), deed: StepType::Purge, ..entry() };
        noted.more.set(NOTE, "as agreed".to_owned());
        noted.more.set(ORIGIN, 2);
        let bare = Entry { session: None, words: String::new(), by: 0, at: 0, deed: StepType::Setup, ..entry() };
        for entry in [entry(), noted, bare, Entry { at: -1, deed: StepType::Redo(1), ..entry() }] {
            assert_eq!(read(&write(&entry)), Some(entry));
        }
    }

    #[test]
    fn what_one_version_has_written_every_later_one_reads() {
        let stored = [
            &[0x80, 0, 2][..],
            &[2, 6, 0x80, 0xea, 0xb4, 0xdc, 0x95, 0x67, 3, 1, 3, 4, 1, 2, 5, 1, 7],
            &[6, 8],
            b"screen-1",
            &[7, 28],
            "customer set C-1 city=上海".as_bytes(),
            &[9, 2, 0xd8, 4, 10, 1, 2],
        ]
        .concat();
        assert_eq!(write(&entry()), stored);
        assert_eq!(read(&stored), Some(entry()));
    }

    /// A program of the first format, whose session is open across the change, reads the last entry before it writes.
    #[test]
    fn a_reader_of_the_first_format_refuses_every_entry_of_this_one() {
        for at in [0, 1, -1, 64, 1_772_442_000_000, i64::MAX] {
            for words in ["", "x", "customer add Acme"] {
                let entry = Entry { at, words: words.to_owned(), session: None, deed: StepType::Setup, ..entry() };
                assert_eq!(first::entry(&write(&entry)), None, "{at} {words}");
            }
        }
    }

    #[test]
    fn a_field_that_this_version_does_not_know_is_carried_along() {
        let mut stored = write(&entry());
        stored.extend([0xac, 2, 3, b'n', b'e', b'w']);
        let mut read = read(&stored).unwrap();
        assert_eq!(read.more.row().raw(300), Some(&b"new"[..]));
        assert_eq!(write(&read), stored);
        read.words.clear();
        assert_eq!(super::read(&write(&read)).unwrap().more.row().raw(300), Some(&b"new"[..]));
    }

    #[test]
    fn what_is_cut_short_or_of_a_later_format_is_no_entry() {
        let stored = write(&entry());
        for end in 0..stored.len() {
            // A field less at the end is still an entry; half of one is none.
            let cut = read(&stored[..end]);
            assert!(cut.is_none_or(|cut| cut.tally != entry().tally), "{end} bytes");
        }
        let mut later = stored;
        later[2] = FORMAT + 1;
        assert_eq!(read(&later), None);
    }
}
