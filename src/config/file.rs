//! The file of settings as it is written: its text, and what stands on which line.

use std::{ffi::OsString, fs, io, path::Path};

use toml_edit::{Document, Item, TableLike, TomlError, Value};

use super::keys::{KEYS, Key, find, suggestion};
use crate::{
    error::{Error, Result},
    text::{Said, said, scrub},
};

/// A setting in the file.
pub(super) struct Entry {
    /// Its place in the list of settings.
    pub(super) at: usize,
    /// What it is.
    pub(super) key: &'static Key,
    /// What the file says.
    pub(super) text: OsString,
    /// On which line, from 1.
    pub(super) line: usize,
}

/// The text of the file; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>> {
    let failed = |what: Said| {
        Error::failure(said!("The settings in {} cannot be read", "无法读取 {} 中的设置", path.display()).then(&what))
            .hint(said!(
                "crm config path shows which file is meant; CRM_CONFIG names another",
                "crm config path 显示所用的文件；CRM_CONFIG 可指定另一个"
            ))
    };
    match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| failed(said!("the file is not UTF-8 text", "文件不是 UTF-8 文本"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(Said::of_io(&error))),
    }
}

/// Every setting in the text of a file.
pub(super) fn entries(path: &Path, text: &str) -> Result<Vec<Entry>> {
    let document = Document::parse(text).map_err(|error| broken(path, text, &error))?;
    let mut reading = FileReader { path, text, entries: Vec::new() };
    reading.table("", document.as_table())?;
    Ok(reading.entries)
}

/// The error of a file that is no TOML.
pub(super) fn broken(path: &Path, text: &str, error: &TomlError) -> Error {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    let what = scrub(error.message().trim_end()).into_owned();
    Error::failure(said!(
        "{}:{line}: The file cannot be understood: {what}",
        "{}:{line}：无法解析此文件：{what}",
        path.display()
    ))
    .hint(said!("write one setting a line, such as currency = \"CNY\"", "请每行写一项设置，例如 currency = \"CNY\""))
}

/// The error, at a line of the file.
pub(super) fn at_line(path: &Path, line: usize, message: Said, hint: Option<&Said>) -> Error {
    Error::failure(message).hint_of(hint).at(Said::same(format!("{}:{line}", path.display())))
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

struct FileReader<'a> {
    path: &'a Path,
    text: &'a str,
    entries: Vec<Entry>,
}

impl FileReader<'_> {
    fn table(&mut self, prefix: &str, table: &dyn TableLike) -> Result<()> {
        for (name, item) in table.iter() {
            let code = format!("{prefix}{name}");
            let span = table.key(name).and_then(toml_edit::Key::span).or_else(|| item.span());
            let line = span.map_or(1, |span| line_of(self.text, span.start));
            match (find(&code), item.as_table_like()) {
                (None, Some(inner)) if KEYS.iter().any(|key| key.code.starts_with(&format!("{code}."))) => {
                    self.table(&format!("{code}."), inner)?;
                }
                (None, _) => {
                    let message = said!("There is no setting {}", "没有名为“{}”的设置项", scrub(&code));
                    return Err(at_line(self.path, line, message, Some(&suggestion(&code))));
                }
                (Some((at, key)), _) => {
                    let Some(text) = plain(item) else {
                        let message = said!(
                            "{code} takes one value, not a list, a table or a date",
                            "{code} 只能是一个值，不能是列表、表或日期"
                        );
                        let hint = said!("write {}", "请写 {}", key.ty.takes());
                        return Err(at_line(self.path, line, message, Some(&hint)));
                    };
                    self.entries.push(Entry { at, key, text: text.into(), line });
                }
            }
        }
        Ok(())
    }
}

/// A value as the text that stands for it on a command line.
fn plain(item: &Item) -> Option<String> {
    match item.as_value()? {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Float(number) => Some(number.value().to_string()),
        Value::Boolean(yes) => Some(yes.value().to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::InlineTable(_) => None,
    }
}
