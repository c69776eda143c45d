//! What is wrong with single rows: the line, the field, the reason.

use std::collections::BTreeMap;

use crate::text::{Said, counted, said};

/// How many faults an error lists; the rest is counted.
pub const LISTED: usize = 20;

/// A field by its code and its Chinese label.
pub type Named = (&'static str, &'static str);

/// What the rows of an export have as their id.
pub const ID: Named = ("id", "编号");

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file at which the row begins.
    pub line: u32,
    /// The field; `None` where the row as such is wrong.
    pub field: Option<Named>,
    /// What is wrong with it.
    pub reason: Said,
}

impl Fault {
    /// All of it in a line.
    pub fn said(&self) -> Said {
        let line = self.line;
        let place = match self.field {
            Some((code, zh)) => said!("line {line}, {code}", "第 {line} 行，{zh}"),
            None => said!("line {line}", "第 {line} 行"),
        };
        place.then(&self.reason)
    }

    /// What it has in common with others: the field, and the reason without the values that it names.
    fn pattern(&self) -> (Option<Named>, Said) {
        let (en, zh) = self.reason.both();
        (self.field, Said::new(common(en, ['\'', '\''], ['(', ')']), common(zh, ['“', '”'], ['（', '）'])))
    }
}

/// A reason without what stands in quotes, without numbers, and without the next step in brackets at its end.
fn common(reason: &str, [open, close]: [char; 2], brackets: [char; 2]) -> String {
    let whole = without_next_step(reason, brackets);
    let quoted = whole.find(open).zip(whole.rfind(close)).filter(|(from, to)| from < to);
    let text = match quoted {
        Some((from, to)) => format!("{}{open}…{}", &whole[..from], &whole[to..]),
        None => whole.to_owned(),
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_ascii_digit() {
            false => out.push(c),
            true if out.ends_with('…') => {}
            true => out.push('…'),
        }
    }
    out
}

/// A reason up to the bracket that closes at its end: a value in quotes may have brackets too, `'Acme (HK)'`.
fn without_next_step(reason: &str, [open, close]: [char; 2]) -> &str {
    if !reason.ends_with(close) {
        return reason;
    }
    let mut depth = 0_u32;
    for (at, c) in reason.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
        }
        if depth == 0 {
            return reason[..at].trim_end();
        }
    }
    reason
}

/// The faults of a file, in the order of lines, and how many rows have one.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// All of them, or the first [`LISTED`] where rejected rows are not wanted.
    pub listed: Vec<Fault>,
    /// How many rows have one.
    pub rows: u64,
    /// How many of them would write over what others have changed.
    pub conflicts: u64,
    /// How many there are beyond those that are listed, by field and by what they have in common, in both languages.
    pub more: BTreeMap<(Option<Named>, [String; 2]), u64>,
}

impl Faults {
    /// Takes the faults of further rows. Without `all`, those beyond what an error lists are counted by
    /// what they have in common.
    pub fn take(&mut self, faults: Vec<Fault>, all: bool) {
        let mut last = None;
        for fault in &faults {
            if last != Some(fault.line) {
                last = Some(fault.line);
                self.rows += 1;
            }
        }
        self.take_more(faults, all);
    }

    /// Takes more faults of rows that have one already.
    pub fn take_more(&mut self, faults: Vec<Fault>, all: bool) {
        for fault in faults {
            if all || self.listed.len() < LISTED {
                self.listed.push(fault);
            } else {
                let (field, reason) = fault.pattern();
                let (en, zh) = reason.both();
                *self.more.entry((field, [en.to_owned(), zh.to_owned()])).or_default() += 1;
            }
        }
    }
}

/// What is wrong with a row that has more cells than there are headings, or fewer.
pub(super) fn ragged(row: &csv::StringRecord, columns: usize) -> Said {
    said!(
        ("it has {} where there are {}", counted(row.len() as u64, "cell"), counted(columns as u64, "heading")),
        ("有 {} 个单元格，而列标题有 {columns} 个", row.len())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_in_common_what_is_no_value() {
        let chinese = |text: &str| common(text, ['“', '”'], ['（', '）']);
        let common = |text: &str| common(text, ['\'', '\''], ['(', ')']);
        assert_eq!(common("there is no customer 'O'Brien' (add it first)"), "there is no customer '…'");
        let of_brackets = "there is no customer 'Acme (HK)' (say 'x (y)=z' first)";
        assert_eq!(common(of_brackets), "there is no customer '…'");
        assert_eq!(common("there is no customer 'Acme (HK)'"), "there is no customer '…'");
        assert_eq!(common("'a) (b' is none (add it)"), "'…' is none");
        assert_eq!(chinese("没有客户“甲（香港）”（请先导入客户）"), "没有客户“…”");
        assert_eq!(common("line 12, which it depends on, is wrong"), "line …, which it depends on, is wrong");
        assert_eq!(common("it has 3 cells where there are 14 headings"), "it has … cells where there are … headings");
    }
}
