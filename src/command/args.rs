//! The words and options of operations: each is declared once, and its declaration is the key by which its value is read.
//!
//! ```
//! use crm::command::args::{Arg, Flag, One, Words};
//!
//! const WHERE: Arg<One> = Arg::value("where", "A filter in one string", "写成一个字符串的筛选条件");
//! const ALL: Arg<Flag> = Arg::flag("all", "All records of this kind", "此类的所有记录");
//!
//! fn meant(words: &Words) -> Option<&str> {
//!     words.one(WHERE).filter(|_| !words.has(ALL))
//! }
//! ```
//!
//! A name that nobody declared does not compile, nor does a flag that is asked for a value:
//!
//! ```compile_fail
//! # use crm::command::args::{Arg, One, Words};
//! const WHERE: Arg<One> = Arg::value("where", "A filter in one string", "写成一个字符串的筛选条件");
//! fn meant(words: &Words) -> Option<&str> { words.one(WERE) }
//! ```
//!
//! ```compile_fail
//! # use crm::command::args::{Arg, Flag, Words};
//! const ALL: Arg<Flag> = Arg::flag("all", "All records of this kind", "此类的所有记录");
//! fn meant(words: &Words) -> Option<&str> { words.one(ALL) }
//! ```

use std::{borrow::Cow, marker::PhantomData};

use clap::ArgMatches;

use crate::{
    domain::{Kind, Schema, schema::BASE, words::number},
    error::{Error, Result},
    text::{Lang, said},
};

/// What a word or option of an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One word at its place.
    Word,
    /// One word at its place, or none.
    MaybeWord,
    /// At least one word.
    Words,
    /// Any number of words.
    MaybeWords,
    /// An option with a value.
    Value,
    /// An option with a value, which may stand several times.
    Values,
    /// An option without a value.
    Flag,
}

impl Takes {
    /// Whether it is words at their place, and no option.
    pub const fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::MaybeWord | Self::Words | Self::MaybeWords)
    }
}

/// A word or option of an operation without the type of its value: what clap, help and completion walk over.
#[derive(Clone, Copy, Debug)]
pub struct ArgDef {
    /// Its name: of an option with two hyphens, else what stands for it in the usage line.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it is, in English.
    pub en: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// Whether `-` stands for ids on standard input.
    pub ids: bool,
    /// Whether `field=@FILE` stands for the text of a file.
    pub files: bool,
    /// Whether it names a file whose text is read; `-` is standard input.
    pub text: bool,
    /// Whether its value may begin with a hyphen: `-1d`.
    pub hyphens: bool,
    /// Whether it is an option that must be given.
    pub needed: bool,
}

impl ArgDef {
    /// What stands for a word in the usage line: `STAGE`, `阶段`.
    pub fn placeholder(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.name.to_uppercase(),
            Lang::Zh => in_chinese(self.name).to_owned(),
        }
    }
}

fn in_chinese(name: &'static str) -> &'static str {
    match name {
        "about" | "record" | "records" => "记录",
        "agent" => "处理人",
        "fields" => "字段=值",
        "file" => "文件",
        "into" => "保留的工单",
        "key" => "设置项",
        "kind" => "类别",
        "name" => "名称",
        "score" => "评分",
        "stage" => "阶段",
        "terms" => "条件",
        "type" => "跟进方式",
        "value" => "值",
        "what" => "操作",
        "when" => "时间",
        "words" => "内容",
        noun => BASE.named(noun).map_or(noun, |kind| kind.zh),
    }
}

/// Marks an argument that is one word or one value, read by [`Words::one`].
#[derive(Clone, Copy, Debug)]
pub enum One {}

/// Marks an argument that may be several words or values, read by [`Words::many`].
#[derive(Clone, Copy, Debug)]
pub enum Many {}

/// Marks an option without a value, read by [`Words::has`].
#[derive(Clone, Copy, Debug)]
pub enum Flag {}

/// A declared word or option, and the key by which its value is read. `T` is [`One`], [`Many`] or [`Flag`].
#[derive(Clone, Copy, Debug)]
pub struct Arg<T> {
    /// The same without the type, for the table of the operation.
    pub def: ArgDef,
    reads: PhantomData<T>,
}

impl<T> Arg<T> {
    const fn new(name: &'static str, takes: Takes, en: &'static str, zh: &'static str) -> Self {
        Self {
            def: ArgDef { name, takes, en, zh, ids: false, files: false, text: false, hyphens: false, needed: false },
            reads: PhantomData,
        }
    }

    /// The same, in which `-` stands for ids on standard input.
    #[must_use]
    pub const fn ids(mut self) -> Self {
        self.def.ids = true;
        self
    }

    /// The same, in which `field=@FILE` stands for the text of a file.
    #[must_use]
    pub const fn files(mut self) -> Self {
        self.def.files = true;
        self
    }

    /// The same, which names a file whose text is read; `-` is standard input.
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.def.text = true;
        self
    }

    /// The same, as an option that must be given: the operation refuses to go on without it.
    #[must_use]
    pub const fn needed(mut self) -> Self {
        self.def.needed = true;
        self
    }

    /// The same, with a value that may begin with a hyphen.
    #[must_use]
    pub const fn hyphens(mut self) -> Self {
        self.def.hyphens = true;
        self
    }
}

impl Arg<One> {
    /// One word at its place.
    pub const fn word(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::Word, en, zh)
    }

    /// One word at its place, or none.
    pub const fn maybe_word(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::MaybeWord, en, zh)
    }

    /// An option with a value.
    pub const fn value(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::Value, en, zh)
    }
}

impl Arg<Many> {
    /// At least one word.
    pub const fn words(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::Words, en, zh)
    }

    /// Any number of words.
    pub const fn maybe_words(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::MaybeWords, en, zh)
    }

    /// An option with a value, which may stand several times.
    pub const fn values(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::Values, en, zh)
    }
}

impl Arg<Flag> {
    /// An option without a value.
    pub const fn flag(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self::new(name, Takes::Flag, en, zh)
    }
}

/// What was said: the kind of the noun, and the words and options.
#[derive(Clone, Debug)]
pub struct Words {
    /// The kind of the noun, if there was one.
    pub kind: Option<&'static Kind>,
    matches: ArgMatches,
    /// So many of the last words stand behind `--`.
    literal: usize,
}

impl Words {
    /// What clap made of the words behind the noun and the verb, of which so many stand behind `--`.
    pub const fn new(kind: Option<&'static Kind>, matches: ArgMatches, literal: usize) -> Self {
        Self { kind, matches, literal }
    }

    /// The same words with the kind as this schema has it, which is not always the one that they were understood by.
    ///
    /// # Errors
    /// `Usage` where the schema has no such kind any more.
    pub fn within(&self, schema: &'static Schema) -> Result<Cow<'_, Self>> {
        let Some(kind) = self.kind else { return Ok(Cow::Borrowed(self)) };
        match schema.kind(kind.id) {
            Some(now) if std::ptr::eq(now, kind) => Ok(Cow::Borrowed(self)),
            Some(now) => Ok(Cow::Owned(Self { kind: Some(now), ..self.clone() })),
            None => Err(Error::usage(said!(
                ("This store has no records of the kind '{}'", kind.noun),
                ("此数据文件中没有“{}”这一类记录", kind.zh)
            ))
            .hint(said!("crm help lists the kinds of record", "crm help 列出全部类别"))),
        }
    }

    /// What clap made of it.
    #[cfg(test)]
    pub const fn matches(&self) -> &ArgMatches {
        &self.matches
    }

    /// The words at the end of an operation, parted: those that may be assignments, and those behind `--`, which are text
    /// whatever they look like.
    pub fn spoken<'s, 'w>(&self, words: &'s [&'w str]) -> (&'s [&'w str], &'s [&'w str]) {
        words.split_at(words.len().saturating_sub(self.literal))
    }

    /// The kind of the noun; only a top-level operation has none.
    ///
    /// # Errors
    /// `Usage` where there was no noun.
    pub fn kind(&self) -> Result<&'static Kind> {
        self.kind.ok_or_else(|| {
            Error::usage(said!(
                "Say which kind of record: crm customer, crm deal, ...",
                "请指明记录类别，例如 crm customer、crm deal"
            ))
        })
    }

    /// The value of an option or of a single word; none where it was not given, or the operation does not take it.
    pub fn one(&self, arg: Arg<One>) -> Option<&str> {
        self.matches.try_get_one::<String>(arg.def.name).ok().flatten().map(String::as_str)
    }

    /// The values of an option or of a run of words.
    pub fn many(&self, arg: Arg<Many>) -> Vec<&str> {
        self.said(&arg.def)
    }

    /// The words or values of a declared argument, whatever it takes.
    pub fn said(&self, def: &ArgDef) -> Vec<&str> {
        let found = self.matches.try_get_many::<String>(def.name).ok().flatten();
        found.into_iter().flatten().map(String::as_str).collect()
    }

    /// Whether an option without a value was given.
    pub fn has(&self, arg: Arg<Flag>) -> bool {
        self.matches.try_get_one::<bool>(arg.def.name).ok().flatten().copied().unwrap_or(false)
    }

    /// Whether the operation has this option or word.
    pub fn takes<T>(&self, arg: Arg<T>) -> bool {
        self.matches.try_contains_id(arg.def.name).is_ok()
    }

    /// A whole number given to an option.
    ///
    /// # Errors
    /// `Usage` where it is no number.
    pub fn number(&self, arg: Arg<One>) -> Result<Option<usize>> {
        self.one(arg).map(|text| number::plain(text).ok_or_else(|| not_whole(arg.def.name, text))).transpose()
    }
}

fn not_whole(option: &str, text: &str) -> Error {
    Error::usage(said!(
        "--{option} takes a whole number, not '{}'",
        "--{option} 须为整数，“{}”不是整数",
        crate::text::scrub(text)
    ))
    .hint(said!("write --{option} 50", "请写 --{option} 50"))
}
