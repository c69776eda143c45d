//! Quotation marks that are not closed: what follows them would be read as one cell, up to the next mark or to the end of
//! the file.

use memchr::{memchr, memchr_iter};

use crate::{
    error::{Error, Result},
    text::said,
};

/// Refuses a text in which a quoted cell does not end: at the end of the file, or at a mark in a later line that stands
/// inside another cell. Text behind the closing mark of a cell of one line is left to the reader of rows.
///
/// # Errors
/// `Invalid`, with the line in which the cell begins.
pub(super) fn refuse_unclosed(text: &str, delimiter: u8) -> Result<()> {
    let bytes = text.as_bytes();
    let next = |from: usize| memchr(b'"', &bytes[from..]).map(|at| from + at);
    let parts = |at: usize| bytes.get(at).is_none_or(|byte| *byte == delimiter || matches!(byte, b'\r' | b'\n'));
    let mut from = 0;
    while let Some(open) = next(from) {
        from = open + 1;
        if open > 0 && !parts(open - 1) {
            continue;
        }
        let close = loop {
            let Some(mark) = next(from) else { return Err(unclosed(bytes, open)) };
            from = mark + 1;
            if bytes.get(from) != Some(&b'"') {
                break mark;
            }
            from += 1;
        };
        if !parts(from) && memchr(b'\n', &bytes[open..close]).is_some() {
            return Err(unclosed(bytes, open));
        }
    }
    Ok(())
}

fn unclosed(bytes: &[u8], open: usize) -> Error {
    let line = 1 + memchr_iter(b'\n', &bytes[..open]).count();
    Error::invalid(said!(
        "line {line}: a quotation mark opens a cell, and none closes it",
        "第 {line} 行：单元格以引号开头，却没有闭合"
    ))
    .hint(said!(
        "close it; a mark that belongs to the text is written twice, in a cell in quotes: \"a \"\"b\"\" c\"",
        "请补上闭合的引号；属于文字的引号须写两次，并将单元格放在引号内：\"a \"\"b\"\" c\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_named_with_its_line() {
        for (text, line) in [
            ("name,note\nA,\"open\nB,x\nC,y\n", Some(2)),
            ("name,note\nA,x\nB,\"open\nC,\"y\"\n", Some(3)),
            ("name,note\nA,\"a\nb\"c,x\n", Some(2)),
            ("\"name\n", Some(1)),
            ("a,b\n1,\"x\"\"\n", Some(2)),
            ("a,b\n1,\"\"\n", None),
            ("a,b\r\n1,\"x\r\ny\"\r\n2,\"\"\"z\"\"\"\r\n", None),
            ("a,b\n1,\"x\" y\n2,6\" pipe\n3,\"x\"", None),
            ("a,b\n1,x\n", None),
        ] {
            let said = refuse_unclosed(text, b',').err().map(|error| error.message(Lang::En).to_owned());
            let expected = line.map(|line| format!("line {line}: a quotation mark opens a cell, and none closes it"));
            assert_eq!(said, expected, "{text:?}");
        }
    }
}
