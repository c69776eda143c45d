//! The forms that data leaves in: `-o`.

use std::str::FromStr;

use crate::{
    error::{Error, Result},
    text::{nearest, said},
};

/// A form of output.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// Columns for people.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// A JSON object a line.
    JsonLines,
    /// Comma-separated values.
    Csv,
    /// Values between tabs, with `\t`, `\n` and `\\` escaped.
    Tsv,
    /// The id of each record, a line each.
    Ids,
    /// This template, filled in for each record.
    Template(String),
}

/// The names of the formats, as `-o` takes them.
pub const NAMES: [&str; 7] = ["table", "json", "jsonl", "csv", "tsv", "ids", "template=..."];

impl Format {
    /// Whether it is JSON, so that errors are JSON too.
    pub const fn is_json(&self) -> bool {
        matches!(self, Self::Json | Self::JsonLines)
    }

    /// Whether people read it; all other formats are for programs.
    pub const fn is_table(&self) -> bool {
        matches!(self, Self::Table)
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "table" => Self::Table,
            "json" => Self::Json,
            "jsonl" => Self::JsonLines,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "ids" => Self::Ids,
            _ => match text.strip_prefix("template=") {
                Some("") => {
                    return Err(Error::usage(said!("The template is empty", "模板为空")).hint(said!(
                        "write -o 'template={{{{id}}}} {{{{name}}}}'",
                        "请写成 -o 'template={{{{id}}}} {{{{name}}}}'"
                    )));
                }
                Some(template) => Self::Template(template.to_owned()),
                None => return Err(unknown(text)),
            },
        })
    }
}

fn unknown(text: &str) -> Error {
    let (formats, zh) = (NAMES.join(", "), NAMES.join("、"));
    let hint = match nearest(text, NAMES.iter().map(|name| name.trim_end_matches("=..."))) {
        Some(name) => said!("did you mean {name}? The formats are {formats}", "是否指 {name}？可用的格式有 {zh}"),
        None => said!("the formats are {formats}", "可用的格式有 {zh}"),
    };
    Error::usage(said!("There is no output format '{}'", "没有输出格式“{}”", crate::text::scrub(text))).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::ErrorKind, text::Lang};

    #[test]
    fn every_name_is_a_format() {
        for (name, format) in [
            ("table", Format::Table),
            ("json", Format::Json),
            ("jsonl", Format::JsonLines),
            ("csv", Format::Csv),
            ("tsv", Format::Tsv),
            ("ids", Format::Ids),
            ("template={{id}}=x", Format::Template("{{id}}=x".to_owned())),
        ] {
            assert_eq!(name.parse::<Format>().unwrap(), format);
        }
    }

    #[test]
    fn an_unknown_format_is_answered_with_the_list() {
        for text in ["", "josn", "template", "template=", "JSON "] {
            let error = text.parse::<Format>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Usage, "{text}");
            assert!(error.next_step(Lang::En).is_some(), "{text}");
        }
        let error = "josn".parse::<Format>().unwrap_err();
        assert!(error.next_step(Lang::En).unwrap().contains("json, jsonl, csv, tsv, ids"), "{error:?}");
    }
}
