//! The options that every command takes.

use crate::ops::op::{Arg, Takes, arg};

/// Long name, letter, and what it is. Declared once: parsing, help and the reference page read this.
pub const GLOBALS: &[(Arg, Option<char>)] = &[
    (arg("store", Takes::Value, "The store to use", "使用的数据文件"), None),
    (
        arg(
            "output",
            Takes::Value,
            "table, json, jsonl, csv, tsv, ids or template=TEXT",
            "table、json、jsonl、csv、tsv、ids 或 template=文本",
        ),
        Some('o'),
    ),
    (arg("columns", Takes::Value, "Columns of a list: a,b.c", "列表的列：a,b.c"), None),
    (
        arg(
            "sort",
            Takes::Value,
            "Sort by fields, a hyphen before one reverses it: grade,-created",
            "排序字段，前加连字符为倒序",
        ),
        None,
    ),
    (arg("limit", Takes::Value, "At most so many records", "最多记录数"), None),
    (arg("offset", Takes::Value, "Leave out so many records first", "跳过的记录数"), None),
    (arg("no-header", Takes::Flag, "Leave out the heading of a table, CSV or TSV", "不输出表头"), None),
    (arg("dry-run", Takes::Flag, "Show what would change, and change nothing", "只显示将发生的更改，不执行"), None),
    (arg("yes", Takes::Flag, "Answer every question with yes", "所有提问均回答是"), Some('y')),
    (arg("quiet", Takes::Flag, "Say nothing but data and errors", "仅输出数据和错误"), Some('q')),
    (arg("wait", Takes::Value, "Wait so many seconds for a busy store", "数据文件忙时等待的秒数"), None),
    (arg("color", Takes::Value, "auto, always or never", "auto、always 或 never"), None),
    (arg("lang", Takes::Value, "en or zh", "en 或 zh"), None),
    (arg("tz", Takes::Value, "The time zone, such as Asia/Shanghai", "时区，如 Asia/Shanghai"), None),
    (
        arg(
            "now",
            Takes::Value,
            "Take this instant for now; no change may be dated ahead of the clock",
            "以此时刻为当前时间；更改不得记在将来",
        ),
        None,
    ),
    (arg("as", Takes::Value, "Act as this user", "以此用户身份操作"), None),
];

/// Whether a word is a global option that stands with its value in the next word.
pub fn takes_next(word: &str) -> bool {
    if let Some(long) = word.strip_prefix("--") {
        return GLOBALS.iter().any(|(arg, _)| arg.name == long && arg.takes == Takes::Value);
    }
    let mut chars = word.strip_prefix('-').unwrap_or_default().chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) => GLOBALS.iter().any(|(arg, short)| *short == Some(letter) && arg.takes == Takes::Value),
        _ => false,
    }
}

/// Whether a word is a global option by itself: a flag, or an option with its value in the same word.
pub fn is_global(word: &str) -> bool {
    let named = |name: &str| GLOBALS.iter().any(|(arg, _)| arg.name == name);
    if let Some(long) = word.strip_prefix("--") {
        return named(long.split('=').next().unwrap_or_default());
    }
    let letter = word.strip_prefix('-').and_then(|rest| rest.chars().next());
    letter.is_some_and(|letter| GLOBALS.iter().any(|(_, short)| *short == Some(letter)))
}
