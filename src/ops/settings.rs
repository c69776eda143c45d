//! `config`: what it is called and takes. It needs no store, so the command line runs it itself.

use crate::error::Error;
use crate::text::said;

use super::op::{Noun, Op, Run, Takes, arg};

/// The operation; the command line runs it itself, because a setting can be mended while the store cannot be opened.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "config",
    en: "List, get, set or unset settings, or say where their file or that of the keys is",
    zh: "列出、读取、设置或清除设置，或显示配置文件、键位文件的位置",
    examples: &[
        "config list --show-origin",
        "config set currency EUR",
        "config get tz",
        "config unset currency",
        "config path",
        "config path keys",
    ],
    args: &[
        arg("what", Takes::Word, "list, get, set, unset or path", "list、get、set、unset 或 path"),
        arg(
            "key",
            Takes::MaybeWord,
            "A setting, such as currency or service.response.urgent; after path also keys",
            "设置项，如 currency 或 service.response.urgent；path 之后可为 keys",
        ),
        arg("value", Takes::MaybeWord, "Its value", "值"),
        arg("show-origin", Takes::Flag, "Say where each value comes from", "显示每个值的来源"),
    ],
    run: Run::Whole(|_, _, _, _| {
        Err(Error::usage(said!("config is a command of the command line", "config 是命令行上的命令")))
    }),
};
