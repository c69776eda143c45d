//! JSON that is safe to look at: what a terminal would act upon is escaped, and so still there for a program.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::is_safe;

/// The version of the documented shape of JSON output.
pub const SCHEMA: u32 = 1;

/// Compact JSON with C1 controls, bidi overrides and other invisible characters escaped.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| !is_safe(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Appends a value as JSON.
pub fn put(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let start = out.len();
    if value.serialize(&mut Serializer::with_formatter(&mut *out, Safe)).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

/// Appends `"key":`, with a comma before it unless it is the first of its object.
pub fn put_key(out: &mut Vec<u8>, key: &str) {
    if !matches!(out.last(), None | Some(b'{')) {
        out.push(b',');
    }
    put(out, key);
    out.push(b':');
}

/// Appends a comma unless the list is still empty.
pub fn put_comma(out: &mut Vec<u8>) {
    if out.last() != Some(&b'[') {
        out.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_escaped_and_comes_back() {
        for text in ["a\"b\\c\nd\te", "\u{1b}[2Jx\u{9b}31m", "a\u{202e}txt.exe", "中文 🎉\u{e0041}", "\u{7f}"] {
            let mut out = Vec::new();
            put(&mut out, text);
            let written = String::from_utf8(out).unwrap();
            assert!(written.chars().all(is_safe), "{written:?}");
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
