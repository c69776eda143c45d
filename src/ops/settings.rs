//! `config`: what it is called and takes. It needs no store, so the command line runs it itself.

use crate::{error::Error, text::said};

use crate::command::{
    args::{Arg, Flag, One},
    global_options::{LIMIT, OFFSET},
    op::{DryRun, Noun, Op, Run},
};

/// What is to be done with settings.
pub const WHAT: Arg<One> = Arg::word("what", "list, get, set, unset or path", "list、get、set、unset 或 path");
/// The same words in Chinese.
const IN_CHINESE: [(&str, &str); 5] =
    [("列表", "list"), ("查看", "get"), ("设置", "set"), ("清除", "unset"), ("路径", "path")];

/// What is to be done, said in either language.
pub fn what(word: &str) -> &str {
    IN_CHINESE.iter().find(|(zh, _)| *zh == word).map_or(word, |(_, en)| en)
}

/// Which setting.
pub const KEY: Arg<One> = Arg::maybe_word(
    "key",
    "A setting, such as currency or service.response.urgent; after path also keys",
    "设置项，如 currency 或 service.response.urgent；path 之后可为 keys",
);
/// What it is to be.
pub const VALUE: Arg<One> = Arg::maybe_word("value", "Its value", "值");
/// Where values come from.
pub const SHOW_ORIGIN: Arg<Flag> = Arg::flag("show-origin", "Say where each value comes from", "显示每个值的来源");

/// The operation; the command line runs it itself, because a setting can be mended while the store cannot be opened.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "config",
    also: "设置 配置",
    en: "List, get, set or unset settings, or say where their file or that of the keys is",
    zh: "列出、读取、设置或清除设置，或显示配置文件、按键文件的位置",
    examples: &[
        "config list --show-origin",
        "config set currency EUR",
        "config get tz",
        "config unset currency",
        "config path",
        "config path keys",
    ],
    args: &[WHAT.def, KEY.def, VALUE.def, SHOW_ORIGIN.def, LIMIT.def, OFFSET.def],
    run: Run::Whole(
        |_, _, _, _| Err(Error::usage(said!("config is a command of the command line", "config 是命令行上的命令"))),
        DryRun::Shown,
    ),
};
