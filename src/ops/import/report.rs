//! What an import does, or would do, for people to read.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use crate::{
    domain::{Kind, RecordId},
    error::Error,
    text::{Lang, Said, counted, said},
};

use super::{
    decode::TextEncoding,
    fault::{Fault, Faults, LISTED, Named},
    target::ColumnUse,
};

/// What an import does.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// What the rows are records of.
    pub kind: &'static Kind,
    /// How many rows the file has.
    pub rows: u64,
    /// How many records they add.
    pub added: u64,
    /// The number of the record of each row that adds none, whether or not the row says anything new of it.
    pub updates: Vec<u64>,
    /// How many rows are rejected.
    pub rejected: u64,
    /// Why, in the order of lines. All where errors are skipped.
    pub faults: Vec<Fault>,
    /// What becomes of each column.
    pub columns: Vec<ColumnUse>,
    /// How the text of the file was written.
    pub encoding: TextEncoding,
    /// What stands between its cells.
    pub delimiter: char,
    /// How many records of other names are made because links name them.
    pub created_links: Vec<(&'static Kind, u64)>,
    /// What a person should know, though nothing is wrong.
    pub warnings: Vec<Said>,
    /// The numbers of the records that are added, in rising order, each with the line of its row.
    pub(super) added_lines: Vec<(u64, u32)>,
}

impl ImportReport {
    /// The line of the row that adds a record.
    pub fn line_of(&self, id: RecordId) -> Option<u32> {
        let at = self.added_lines.binary_search_by_key(&id.num, |(num, _)| *num).ok()?;
        (id.kind == self.kind.id).then(|| self.added_lines[at].1)
    }

    /// How many rows change a record and how many change nothing, where the step changed these.
    pub fn updated(&self, changed: impl Iterator<Item = RecordId>) -> (u64, u64) {
        let changed: HashSet<u64> = changed.filter(|id| id.kind == self.kind.id).map(|id| id.num).collect();
        let updated = self.updates.iter().filter(|num| changed.contains(num)).count() as u64;
        (updated, self.updates.len() as u64 - updated)
    }

    /// The headings of the columns that feed no field.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        let unused = self.columns.iter().filter(|column| column.codes.is_empty() && !column.heading.is_empty());
        unused.map(|column| column.heading.as_str())
    }

    /// The error that stands for rejected rows when the others have landed.
    pub fn partial(&self) -> Option<Error> {
        (self.rejected > 0).then(|| {
            let be = if self.rejected == 1 { "was" } else { "were" };
            Error::partial(said!(
                ("{} of {} {be} not imported", self.rejected, counted(self.rows, "row")),
                ("{} 行中有 {} 行未导入", self.rows, self.rejected)
            ))
            .hint(said!("mend the rejected rows and import them", "请修正未导入的行后再导入"))
        })
    }
}

/// So many reasons are counted apart; the others are counted together.
const REASONS: usize = 10;

/// The lines that an error lists: the first faults, how many rows more are wrong, and why, the commonest reason first.
pub(super) fn listed(faults: &Faults) -> Said {
    let first = &faults.listed[..faults.listed.len().min(LISTED)];
    let mut lines: Vec<Said> = first.iter().map(Fault::said).collect();
    let mut shown: Vec<u32> = first.iter().map(|fault| fault.line).collect();
    shown.dedup();
    let more = faults.rows.saturating_sub(shown.len() as u64);
    if more > 0 {
        lines.push(said!(("and {}", counted(more, "more row")), ("另有 {more} 行")));
    }
    let first = |lang| lines.iter().map(|line| line.get(lang)).collect::<Vec<_>>().join("\n");
    let (mut en, mut zh) = (first(Lang::En), first(Lang::Zh));
    for (lang, out) in [(Lang::En, &mut en), (Lang::Zh, &mut zh)] {
        counted_reasons(faults, lang).iter().for_each(|line| {
            out.push('\n');
            out.push_str(line);
        });
    }
    Said::new(en, zh)
}

/// Why the rows that are not listed are wrong, a line for each reason that reads alike in a language.
fn counted_reasons(faults: &Faults, lang: Lang) -> Vec<String> {
    let mut counts: BTreeMap<(Option<Named>, &str), u64> = BTreeMap::new();
    for ((field, [en, zh]), count) in &faults.more {
        let reason = if lang == Lang::En { en } else { zh };
        *counts.entry((*field, reason)).or_default() += count;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((field, _), count)| (Reverse(*count), *field));
    let times = if lang == Lang::En { "x" } else { "次" };
    let mut lines: Vec<String> = counts
        .iter()
        .take(REASONS)
        .map(|((field, reason), count)| {
            let field = field.map(|(code, zh)| lang.pick(format!("{code}: "), format!("{zh}：")));
            format!("  {count} {times} {}{reason}", field.unwrap_or_default())
        })
        .collect();
    let others: u64 = counts.iter().skip(REASONS).map(|(_, count)| count).sum();
    if others > 0 {
        let other = said!("other reasons", "其他原因");
        lines.push(format!("  {others} {times} {}", other.get(lang)));
    }
    lines
}

/// What a person should know of rows whose record somebody made who is not here: how many, and the line of the first.
pub(super) fn made_elsewhere((count, line): (u64, u32)) -> Option<Said> {
    (count > 0).then(|| {
        said!(
            (
                "created_by is left out where it names no user of this store: {}, from line {line} on",
                counted(count, "row")
            ),
            ("created_by 所指的人不是此数据文件的用户，已略过：共 {count} 行，始于第 {line} 行")
        )
    })
}

/// What a person should know of empty cells whose fields the records have: how many, and the line of the first.
pub(super) fn cells_kept((count, line): (u64, u32)) -> Option<Said> {
    (count > 0).then(|| {
        let keep = if count == 1 { "leaves the value" } else { "leave the values" };
        said!(
            (
                "{} from line {line} on {keep} that the record has (--clear-empty clears them)",
                counted(count, "empty cell")
            ),
            ("从第 {line} 行起，{count} 个空单元格保留了记录原有的值（--clear-empty 可清空）")
        )
    })
}

/// What a person should know of rows that have the key of an earlier one: the line of each behind that one's.
pub(super) fn keys_twice(again: &[(u32, u32)]) -> Option<Said> {
    const NAMED: usize = 5;
    let rows = again.iter().take(NAMED);
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    for (first, line) in rows {
        en.push(format!("line {line} that of line {first}"));
        zh.push(format!("第 {line} 行同第 {first} 行"));
    }
    if again.len() > NAMED {
        en.push(format!("and {} more", again.len() - NAMED));
        zh.push(format!("另有 {} 行", again.len() - NAMED));
    }
    let (en, zh) = (en.join(", "), zh.join("、"));
    (!again.is_empty()).then(|| {
        said!(
            "Rows with the key of an earlier row change the same record: {en}",
            "键值与前面的行相同、更新同一记录的行：{zh}"
        )
    })
}
