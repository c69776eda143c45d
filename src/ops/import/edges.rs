//! What stands around the rows of a table: a title and the time of an export before its headings, totals behind its rows.

use csv::StringRecord;

use crate::{
    command::foreign_names::meant,
    domain::Schema,
    text::{Said, brief, fold, said, scrub},
};

use super::heading::plain;

/// So many rows are looked at for headings.
const LOOKED_AT: usize = 12;
/// So many lines of totals may stand at the end.
const TOTALS: usize = 3;

/// Lines that are no rows.
#[derive(Debug, Default)]
pub(super) struct SkippedLines {
    /// How many bytes stand before the headings.
    pub bytes: usize,
    /// How many lines.
    pub lines: u32,
    /// What to tell of them.
    pub told: Option<Said>,
}

/// What stands before the headings: rows with hardly any cells that name no field, where fuller ones follow.
pub(super) fn before(schema: &Schema, text: &str, delimiter: u8) -> SkippedLines {
    let mut from = reader(text.as_bytes(), delimiter);
    let (mut rows, mut row) = (Vec::new(), StringRecord::new());
    while rows.len() < LOOKED_AT {
        let start = from.position().clone();
        if !from.read_record(&mut row).unwrap_or(false) {
            break;
        }
        let cells: Vec<String> = row.iter().map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
        rows.push((start, cells));
    }
    let most = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let is_title = |cells: &[String]| cells.len() * 2 <= most && !cells.iter().any(|cell| names_a_field(schema, cell));
    let titles = rows.iter().take_while(|(_, cells)| is_title(cells)).count();
    let Some((start, _)) = rows.get(titles).filter(|_| titles > 0 && most > 1) else { return SkippedLines::default() };
    let said: Vec<String> = rows[..titles]
        .iter()
        .filter(|(_, cells)| !cells.is_empty())
        .map(|(_, cells)| brief(&scrub(&cells.join(" "))).into_owned())
        .collect();
    let bytes = usize::try_from(start.byte()).unwrap_or_default();
    let told = said!(
        ("Before the headings, and passed over: {}", said.join(" / ")),
        ("列标题之前的内容已略过：{}", said.join(" / "))
    );
    // The reader stands behind the last cell, which may be before the end of the line.
    let lines = text[..bytes].bytes().filter(|byte| *byte == b'\n').count();
    SkippedLines { bytes, lines: u32::try_from(lines).unwrap_or(u32::MAX), told: Some(told) }
}

/// The rows of bytes as they stand, however many cells each has.
pub(super) fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

fn names_a_field(schema: &Schema, cell: &str) -> bool {
    let name = plain(cell);
    schema.kinds().iter().any(|kind| kind.field_named(cell).is_some() || meant(kind, &name).next().is_some())
}

/// Whether all headings of a table are codes of fields, as this program writes them: it writes no totals.
pub(super) fn has_own_headings(schema: &Schema, text: &str, delimiter: u8) -> bool {
    let mut row = StringRecord::new();
    let read = reader(text.as_bytes(), delimiter).read_record(&mut row).unwrap_or(false);
    read && row.iter().all(|heading| schema.kinds().iter().any(|kind| kind.field(heading).is_some() || heading == "id"))
}

/// Where the totals at the end of a text begin, and what to tell of them.
pub(super) fn totals(text: &str, from: usize, delimiter: u8) -> Option<(usize, Said)> {
    let (mut end, mut said) = (text.len(), Vec::new());
    while said.len() < TOTALS {
        let held = text[..end].trim_end();
        let start = held.rfind('\n').map_or(0, |at| at + 1);
        let line = &held[start..];
        if start <= from || line.matches('"').count() % 2 == 1 {
            break;
        }
        let mut row = StringRecord::new();
        let read = reader(line.as_bytes(), delimiter).read_record(&mut row).unwrap_or(false);
        let first = row.iter().map(str::trim).find(|cell| !cell.is_empty());
        if !read || !first.is_some_and(is_total) {
            break;
        }
        let cells: Vec<&str> = row.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
        // A row with anything else in it is one of the table, whatever it is called.
        if !cells[1..].iter().all(|cell| is_figure(cell)) {
            break;
        }
        said.insert(0, brief(&scrub(&cells.join(" "))).into_owned());
        end = start;
    }
    let told = || {
        let line = text[..end].bytes().filter(|byte| *byte == b'\n').count() + 1;
        said!(
            ("Totals at the end, from line {line} on, are passed over: {}", said.join(" / ")),
            ("末尾的合计行（第 {line} 行起）已略过：{}", said.join(" / "))
        )
    };
    (end < text.len() && !said.is_empty()).then(|| (end, told()))
}

/// Whether a cell says that its row adds up those before: 合计, 总计：3, 共 12 条.
fn is_total(cell: &str) -> bool {
    let folded: String = fold(cell).chars().filter(|c| !c.is_whitespace()).collect();
    let ends = |rest: &str| {
        let rest = rest.trim_start_matches(':');
        rest.is_empty() || is_figure(rest)
    };
    if ["合计", "总计", "共计", "总和", "小计", "汇总"].iter().any(|word| folded.strip_prefix(word).is_some_and(ends))
    {
        return true;
    }
    let counted = folded.strip_prefix('共').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    counted.is_some_and(|unit| {
        unit.len() < folded.len() - '共'.len_utf8()
            && ["条", "个", "行", "家", "笔", "条记录", "条数据"].contains(&unit)
    })
}

/// Whether a cell is a number with its signs and units, as totals are.
fn is_figure(cell: &str) -> bool {
    cell.chars().any(char::is_numeric)
        && cell.chars().all(|c| c.is_numeric() || " ,.，．-+%¥￥$€()（）元万亿条个行家笔".contains(c))
}

/// What a first line `sep=;` says that stands between cells, and how long it is up to its end: what spreadsheets write for
/// one another.
pub(super) fn separator_named(text: &str) -> Option<(u8, usize)> {
    let line = text.split('\n').next()?;
    let said = line.trim_end_matches('\r');
    let said = said.strip_prefix('"').and_then(|said| said.strip_suffix('"')).unwrap_or(said);
    let (word, separator) = said.split_at_checked(4)?;
    let [separator] = separator.as_bytes() else { return None };
    let parts = separator.is_ascii_punctuation() && *separator != b'"' || *separator == b'\t';
    (word.eq_ignore_ascii_case("sep=") && parts).then_some((*separator, line.len()))
}

/// The text with separators of ASCII where its cells stand between full-width ones, and no other; none where they do not.
pub(super) fn with_ascii_separators(text: &str) -> Option<String> {
    const ASCII: [char; 4] = [',', ';', '\t', '|'];
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
    let first = lines.next()?;
    let wide = ['；', '，'].into_iter().find(|wide| first.contains(*wide) && !first.contains(ASCII))?;
    let columns = first.matches(wide).count();
    let mut rows = 0;
    for line in lines {
        if line.matches(wide).count() != columns {
            return None;
        }
        rows += 1;
    }
    let free = [';', ',', '|', '\t'].into_iter().find(|sign| !text.contains(*sign)).filter(|_| rows > 0)?;
    let mut quoted = false;
    let separate = |c: char| {
        quoted ^= c == '"';
        if c == wide && !quoted { free } else { c }
    };
    Some(text.chars().map(separate).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    #[test]
    fn titles_stand_before_headings() {
        for (text, lines) in [
            ("客户列表\n导出时间：2026-11-27 10:00\n名称,电话\n甲,1\n", 2),
            ("客户列表,,\n\n导出人：王晓明,,\n名称,电话,城市\n甲,1,上海\n", 3),
            ("名称,电话\n甲,1\n", 0),
            ("name\nAcme, Inc\n", 0),
            ("company\nAcme, Inc\n", 0),
            ("foo\nbar\n", 0),
            ("foo,bar\n1,2\n", 0),
        ] {
            assert_eq!(before(&BASE, text, b',').lines, lines, "{text}");
        }
    }

    #[test]
    fn totals_stand_at_the_end() {
        for (text, kept) in [
            ("a,b\n甲,1\n合计,1\n", "a,b\n甲,1\n"),
            ("a,b\n甲,1\n合计：,1\n共 12 条,\n\n", "a,b\n甲,1\n"),
            ("a,b\n甲,1\n,总计\n", "a,b\n甲,1\n"),
        ] {
            assert_eq!(totals(text, 0, b',').map(|(end, _)| &text[..end]), Some(kept), "{text}");
        }
        for text in [
            "a,b\n合计,上海\n",
            "a,b\n汇总：客户同意报价,甲\n",
            "a,b\n小计-甲,1\n",
            "a,b\n合计科技有限公司,1\n",
            "a,b\n合计,1\n甲,1\n",
            "合计,b\n",
            "a\n共享单车\n",
            "a\n\"x\n合计\"\n",
        ] {
            assert!(totals(text, 0, b',').is_none(), "{text}");
        }
    }

    #[test]
    fn files_of_this_program_have_no_totals() {
        assert!(has_own_headings(&BASE, "name,city\n合计,\n", b','));
        assert!(!has_own_headings(&BASE, "名称,city\n", b','));
    }

    #[test]
    fn a_first_line_names_what_stands_between_cells() {
        for (text, named) in [
            ("sep=;\na;b\n", Some((b';', 5))),
            ("SEP=,\r\na,b\r\n", Some((b',', 6))),
            ("sep=\t\na\tb\n", Some((b'\t', 5))),
            ("\"sep=;\"\na;b\n", Some((b';', 7))),
            ("sep=\nx\n", None),
            ("sep=;;\nx\n", None),
            ("separator\nx\n", None),
            ("", None),
        ] {
            assert_eq!(separator_named(text), named, "{text:?}");
        }
    }

    #[test]
    fn full_width_separators_become_ascii() {
        assert_eq!(with_ascii_separators("名称；电话\n甲；1\n").as_deref(), Some("名称;电话\n甲;1\n"));
        assert_eq!(with_ascii_separators("名称；备注\n甲；\"a；b;\"\n").as_deref(), None);
        for text in ["名称,电话；手机\n", "备注；\n一；二；三\n", "名称，城市\n", "名称\n甲；乙\n"]
        {
            assert_eq!(with_ascii_separators(text), None, "{text}");
        }
    }
}
