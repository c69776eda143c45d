//! `find`: records of all kinds that hold some words.

use crate::{
    command::{
        args::{Arg, Flag, Many},
        global_options::{LIMIT, OFFSET},
        op::{Answer, Invocation, Noun, Op, Run, Show},
        row_options::chosen,
    },
    error::{Error, Result},
    query::find::{FoundPage, find},
    text::said,
};

const WORDS: Arg<Many> = Arg::words(
    "words",
    "Parts of names, texts, phones or e-mails; Chinese names by pinyin too",
    "名称、内容、电话或邮箱的一部分；中文名称可用拼音",
);
const FUZZY: Arg<Flag> = Arg::flag(
    "fuzzy",
    "Forgive one typing error in each word: a letter too many, too few, wrong, or two that changed places",
    "每个词允许一处输入错误：多一字、少一字、错一字或相邻两字颠倒",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "find",
    also: "查找 搜索",
    en: "Find records of all kinds that hold all the words, the likeliest first",
    zh: "在各类记录中查找含有全部关键词的记录，最相关的在前",
    examples: &[
        "find harbor",
        "find blue quote --limit 20",
        "find huasheng -o ids",
        "find 8000",
        "find habror --fuzzy",
    ],
    args: &[WORDS.def, FUZZY.def, LIMIT.def, OFFSET.def],
    run: Run::Ask(find_records),
};

fn find_records(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let words: Vec<&str> = ask.words.many(WORDS).into_iter().filter(|word| !word.trim().is_empty()).collect();
    if words.is_empty() {
        return Err(Error::usage(said!("There is no word to find", "未指定要查找的词"))
            .hint(said!("crm find harbor", "crm find 华盛")));
    }
    let window = FoundPage { offset: ask.words.number(OFFSET)?.unwrap_or(0), limit: ask.words.number(LIMIT)? };
    let found = find(&words, ask.words.has(FUZZY), window, ask.names);
    show.show(Answer::Grid(chosen(found, ask.words, show)?))
}
