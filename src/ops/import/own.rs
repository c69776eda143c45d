//! Files that this program wrote, told by their headings: `kind` and `id`, or `id` among codes of fields and nothing
//! else, above ids such as `C-12`.
//!
//! In such a file decimals stand behind a point, and between tabs `\t`, `\n`, `\r` and `\\` stand for a tab, the ends of a
//! line and a backslash, as `-o tsv` writes them. In a file of another program a backslash is one.

use csv::StringRecord;

use crate::{
    domain::{Kind, RecordId, Schema},
    text::{Said, fold_cow, n_before, said, scrub},
};

/// The heading of the reasons in a file of rejected rows.
pub(super) const REASON: &str = "reason";

/// How this program wrote a file with values between tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TabDialect {
    /// As it is written: no value is in quotes.
    Plain,
    /// A spreadsheet has written it again, with its own line ends, and with quotes where it wants them.
    Quoted,
}

/// The kind of an id as this program writes it.
pub(super) fn kind_of_id(schema: &Schema, cell: &str) -> Option<&'static Kind> {
    // A spreadsheet may have drawn the hyphen longer.
    let folded = fold_cow(cell);
    let (_, digits) = folded.split_once('-')?;
    let id = RecordId::parse(&folded, None).filter(|_| !digits.starts_with('0'))?;
    schema.kind(id.kind)
}

/// Whether a text is written like an id of this program, though it is of no record that there can be: `C-0`, or a number
/// that is too high.
pub(super) fn is_id_of_none(schema: &Schema, cell: &str) -> bool {
    let folded = fold_cow(cell);
    let Some((letters, digits)) = folded.split_once('-') else { return false };
    let counts = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    counts
        && (digits == "0" || !digits.starts_with('0') && digits.parse::<u64>().is_err())
        && schema.lettered(letters).is_some()
}

/// Whether headings are those of an export of this program, whatever its ids.
pub(super) fn has_own_columns<'h>(headings: impl Iterator<Item = &'h str> + Clone) -> bool {
    ["kind", "id", "created", "version"].iter().all(|code| headings.clone().any(|heading| heading == *code))
}

/// The column of ids, where headings may be those of a file of this program.
pub(super) fn column_headed_id<'h>(mut headings: impl Iterator<Item = &'h str>) -> Option<usize> {
    headings.position(|heading| heading == "id")
}

/// Whether a file with these headings and this first id was written here.
pub(super) fn is_own<'h>(schema: &Schema, headings: impl Iterator<Item = &'h str> + Clone, id: &str) -> bool {
    let code = |kind: &Kind, heading: &str| {
        matches!(heading, "id" | "kind" | "trashed" | REASON) || kind.field(heading).is_some()
    };
    kind_of_id(schema, id).is_some_and(|kind| {
        headings.clone().any(|heading| heading == "kind") || headings.clone().all(|heading| code(kind, heading))
    })
}

/// How this program wrote the values of a text between tabs; nothing where it did not.
pub(super) fn tabs(schema: &Schema, text: &str) -> Option<TabDialect> {
    let (first, rest) = text.split_once('\n')?;
    let (headings, tabs) = match first.strip_suffix('\r') {
        Some(headings) => (headings, TabDialect::Quoted),
        None => (first, TabDialect::Plain),
    };
    let at = column_headed_id(headings.split('\t')).filter(|_| headings.contains('\t'))?;
    let id = rest.lines().filter_map(|line| line.split('\t').nth(at)).find(|cell| !cell.is_empty())?;
    is_own(schema, headings.split('\t'), id).then_some(tabs)
}

/// Puts characters in the place of what stands for them.
pub(super) fn unescape(row: &mut StringRecord) {
    if row.as_slice().contains('\\') {
        *row = row.iter().map(unescaped).collect();
    }
}

fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.clone().next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('\\') => out.push('\\'),
            // Somebody has typed it since.
            _ => {
                out.push('\\');
                continue;
            }
        }
        chars.next();
    }
    out
}

/// The number of the record that a cell names by id; 0 where it is empty.
pub(super) fn id(cell: &str, kind: &'static Kind) -> Result<u64, Said> {
    if cell.is_empty() {
        return Ok(0);
    }
    match RecordId::parse(cell, Some(kind)) {
        Some(id) if id.kind == kind.id => Ok(id.num),
        _ => Err(no_id(cell, kind)),
    }
}

/// What is wrong with a cell that names no record of the kind.
pub(super) fn no_id(cell: &str, kind: &Kind) -> Said {
    said!(
        ("'{}' is no id of a{} {}", scrub(cell), n_before(kind.noun), kind.noun),
        ("“{}”不是{}的编号", scrub(cell), kind.zh)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    #[test]
    fn files_of_this_program_are_told_by_their_headings_and_ids() {
        for (text, tabs_of) in [
            ("kind\tid\ttrashed\tname\nC\tC-1\t\ta\\nb\n", Some(TabDialect::Plain)),
            ("id\tname\tnote\n\tNew\t\nC-1\tAcme\tx\n", Some(TabDialect::Plain)),
            ("kind\tid\tname\tremark of Ann\ncustomer\tC-1\tAcme\tx\n", Some(TabDialect::Plain)),
            ("id\tname\r\nC-1\tAcme\r\n", Some(TabDialect::Quoted)),
            ("id\tname\n17\tAcme\n", None),
            ("id\tName\nC-1\tAcme\n", None),
            ("name\tnote\nAcme\tC:\\new\n", None),
            ("id,name\nC-1,Acme\n", None),
        ] {
            assert_eq!(tabs(&BASE, text), tabs_of, "{text:?}");
        }
    }

    #[test]
    fn ids_are_told_though_their_hyphen_is_drawn_longer() {
        for cell in ["C-1", "C–1", "C—1", "C−1", "C－1"] {
            assert!(kind_of_id(&BASE, cell).is_some(), "{cell}");
        }
        assert!(["C-0", "C–18446744073709551616"].into_iter().all(|cell| is_id_of_none(&BASE, cell)));
        assert!(["C-01", "C-1", "X-0", "0", "C-1-2"].into_iter().all(|cell| !is_id_of_none(&BASE, cell)));
    }

    #[test]
    fn escapes_become_what_they_stand_for() {
        for (cell, meant) in [
            (r"C:\\temp", r"C:\temp"),
            (r"a\tb\nc\rd", "a\tb\nc\rd"),
            (r"\\n", r"\n"),
            (r"C:\Windows\", r"C:\Windows\"),
            ("上海", "上海"),
        ] {
            assert_eq!(unescaped(cell), meant, "{cell}");
        }
    }
}
