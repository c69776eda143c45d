//! The options that every command takes, and those that every command with rows takes.

use super::args::{Arg, ArgDef, Flag, One, Takes, Words};
use crate::command::Op;

/// The store.
pub const STORE: Arg<One> = Arg::value("store", "The store to use", "使用的数据文件");
/// The form of the answer.
pub const OUTPUT: Arg<One> = Arg::value(
    "output",
    "table, json, jsonl, csv, tsv, ids or template=TEXT",
    "输出格式：table、json、jsonl、csv、tsv、ids 或 template=文本",
);
/// The columns of an answer.
pub const COLUMNS: Arg<One> = Arg::value(
    "columns",
    "All columns of the answer: id,name,customer.city",
    "只输出这些列，例如“编号,名称,客户.城市”",
);
/// The order of a list.
pub const SORT: Arg<One> =
    Arg::value("sort", "Sort by fields, a hyphen before one reverses it: grade,-created", "排序字段，前加连字符为倒序")
        .hyphens();
/// How many records at most.
pub const LIMIT: Arg<One> = Arg::value("limit", "At most so many records", "最多记录数");
/// How many records are left out first.
pub const OFFSET: Arg<One> = Arg::value("offset", "Leave out so many records first", "跳过的记录数");
/// No heading.
pub const NO_HEADER: Arg<Flag> = Arg::flag("no-header", "Leave out the heading of a table, CSV or TSV", "不输出表头");
/// Only the difference.
pub const DRY_RUN: Arg<Flag> =
    Arg::flag("dry-run", "Show what would change, and change nothing", "只显示将发生的更改，不执行");
/// Yes to every question.
pub const YES: Arg<Flag> = Arg::flag("yes", "Answer every question with yes", "对所有询问都回答“是”");
/// No remarks.
pub const QUIET: Arg<Flag> = Arg::flag("quiet", "Say nothing but data and errors", "仅输出数据和错误");
/// How long a busy store is waited for, in seconds.
pub const WAIT: Arg<One> = Arg::value("wait", "Wait so many seconds for a busy store", "数据文件被占用时等待的秒数");
/// Whether there is colour.
pub const COLOR: Arg<One> = Arg::value("color", "auto, always or never", "是否用颜色：auto、always 或 never");
/// The language.
pub const LANG: Arg<One> = Arg::value("lang", "en or zh", "界面语言：en 或 zh");
/// The time zone.
pub const TZ: Arg<One> = Arg::value("tz", "The time zone, such as Asia/Shanghai", "时区，如 Asia/Shanghai");
/// The instant of the command.
pub const NOW: Arg<One> = Arg::value(
    "now",
    "Take this instant for now; no change may be dated ahead of the clock",
    "以此时刻为当前时间；更改不得记在将来",
)
.hyphens();
/// Who acts.
pub const AS: Arg<One> = Arg::value("as", "Act as this user", "以此用户身份操作");

/// All of them, in the order of help, with the letter that stands for one.
pub const GLOBALS: &[(ArgDef, Option<char>)] = &[
    (STORE.def, None),
    (OUTPUT.def, Some('o')),
    (COLUMNS.def, None),
    (SORT.def, None),
    (LIMIT.def, None),
    (OFFSET.def, None),
    (NO_HEADER.def, None),
    (DRY_RUN.def, None),
    (YES.def, Some('y')),
    (QUIET.def, Some('q')),
    (WAIT.def, None),
    (COLOR.def, None),
    (LANG.def, None),
    (TZ.def, None),
    (NOW.def, None),
    (AS.def, None),
];

/// Those about the program that runs a command, which the full screen is already: its store, its user, its language, and
/// how it prints.
const OF_THE_PROGRAM: [ArgDef; 9] =
    [STORE.def, OUTPUT.def, NO_HEADER.def, WAIT.def, COLOR.def, LANG.def, TZ.def, NOW.def, AS.def];

/// The first option of a command that the full screen cannot honour, because it is about the program.
pub fn of_the_program(op: &Op, words: &Words) -> Option<&'static str> {
    let given = |arg: &&ArgDef| match arg.takes {
        Takes::Flag => words.has(NO_HEADER),
        _ => !words.said(arg).is_empty(),
    };
    let own = |arg: &&ArgDef| op.args.iter().any(|own| own.name == arg.name);
    OF_THE_PROGRAM.iter().filter(|arg| !own(arg)).find(given).map(|arg| arg.name)
}

/// Those about which rows there are, and in what order: a command takes the ones that it names among its own, and has a use for.
pub const OF_ROWS: [ArgDef; 3] = [SORT.def, LIMIT.def, OFFSET.def];

/// Whether an option is about which rows there are.
fn is_of_rows(arg: &ArgDef) -> bool {
    OF_ROWS.iter().any(|option| option.name == arg.name)
}

/// The options that every command takes, with the letters that stand for them.
pub fn of_every_command() -> impl Iterator<Item = &'static (ArgDef, Option<char>)> {
    GLOBALS.iter().filter(|(arg, _)| !is_of_rows(arg))
}

/// Whether a word is such an option, with its value in the same word or in the next.
pub fn says_which_rows(word: &str) -> bool {
    let long = word.strip_prefix("--").map(|long| long.split('=').next().unwrap_or_default());
    OF_ROWS.iter().any(|option| Some(option.name) == long)
}

/// Whether a word is a global option that stands with its value in the next word.
pub fn takes_next(word: &str) -> bool {
    if let Some(long) = word.strip_prefix("--") {
        return GLOBALS.iter().any(|(arg, _)| arg.name == long && arg.takes == Takes::Value);
    }
    // Of letters that stand together, the last may take a value: `-qo json`.
    let mut letters = word.strip_prefix('-').unwrap_or_default().chars().peekable();
    while let Some(letter) = letters.next() {
        match GLOBALS.iter().find(|(_, short)| *short == Some(letter)).map(|(arg, _)| arg.takes) {
            Some(Takes::Flag) => {}
            Some(_) => return letters.peek().is_none(),
            None => return false,
        }
    }
    false
}

/// The global options among words, each with its value.
pub fn globals_among(words: &[String]) -> Vec<String> {
    let (mut found, mut words) = (Vec::new(), words.iter().take_while(|word| *word != "--"));
    while let Some(word) = words.next() {
        if takes_next(word) {
            let value = words.next();
            if !says_which_rows(word) {
                found.extend([word].into_iter().chain(value).cloned());
            }
        } else if is_global(word) && !says_which_rows(word) {
            found.push(word.clone());
        }
    }
    found
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
