//! What reaches a command from outside besides its words: standard input, and the files that its words name.
//!
//! All of it is read once, before the first plan and before the store is looked at: a step that is planned again finds
//! the same text, and what a pipe brings late is about the store as it is then. [`crate::grammar::external_input`] finds out from the words
//! what to read; whoever has a standard input and files reads it into an [`Input`], and operations ask that.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    error::{Error, Result},
    text::said,
};

/// A line of standard input that names a record.
#[derive(Clone, Debug)]
pub struct IdLine {
    /// Its number, from 1.
    pub line: usize,
    /// The id or name, or why the line has none.
    pub word: Result<String>,
}

/// What was read. Where it could not be read, why: whoever needs it passes that on.
#[derive(Clone, Debug, Default)]
pub struct Input(Option<ReadInput>);

#[derive(Clone, Debug)]
struct ReadInput {
    ids: Option<Arc<[IdLine]>>,
    texts: BTreeMap<String, Result<Arc<str>>>,
}

impl Input {
    /// What a command line was given: the ids on its standard input, and the texts of files under the names that its
    /// words have for them.
    pub fn new(ids: Option<Vec<IdLine>>, texts: BTreeMap<String, Result<Arc<str>>>) -> Self {
        Self(Some(ReadInput { ids: ids.map(Arc::from), texts }))
    }

    /// Whether `field=@FILE` names a file: on the command line only. A screen has neither files nor standard input.
    pub const fn has_files(&self) -> bool {
        self.0.is_some()
    }

    /// The lines of standard input that name records.
    ///
    /// # Errors
    /// `Usage` where there is no standard input.
    pub fn ids(&self) -> Result<&[IdLine]> {
        self.0.as_ref().and_then(|read| read.ids.as_deref()).ok_or_else(|| {
            Error::usage(said!(
                "- reads ids from standard input, and there is none here",
                "- 从标准输入读取编号，而此处没有标准输入"
            ))
            .hint(said!("name the records instead", "请直接写出记录"))
        })
    }

    /// The text of a file that a word names.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn text(&self, file: &str) -> Result<&str> {
        match self.0.as_ref().and_then(|read| read.texts.get(file)) {
            Some(Ok(text)) => Ok(text),
            Some(Err(error)) => Err(error.clone()),
            None => Err(Error::failure(said!(
                "{} was not read before the command began",
                "命令开始前没有读取 {}",
                crate::text::scrub(file)
            ))),
        }
    }
}

/// The file in a value such as `@minutes.txt`; `None` for other values, and for `@@`, which stands for a literal @.
pub fn file_named(value: &str) -> Option<&str> {
    value.strip_prefix('@').filter(|rest| !rest.starts_with('@'))
}
