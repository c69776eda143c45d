//! Files that are no table of text, by what they begin with, and what to do with each.

use crate::{
    error::{Error, Result},
    store::engine::is_a_database,
    text::{Said, said},
};

/// What files of bytes begin with.
const ARCHIVES: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const PACKED: [&[u8]; 5] = [b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd"];
const OTHERS: [(&[u8], &str); 2] = [(b"%PDF-", "PDF"), (b"SQLite format 3\0", "SQLite")];

/// What is near the beginning of an archive that is a workbook.
const OF_WORKBOOKS: [&[u8]; 4] = [b"[Content_Types].xml", b"xl/", b"_rels/.rels", b"opendocument.spreadsheet"];

/// So far an archive is looked into.
const NEAR: usize = 4096;

/// Refuses a file that is no text, and says what it is.
///
/// # Errors
/// `Invalid`, with what to do.
pub(super) fn refuse_bytes(bytes: &[u8]) -> Result<()> {
    let begins = |start: &[u8]| bytes.starts_with(start);
    let near = &bytes[..bytes.len().min(NEAR)];
    let holds = |part: &&[u8]| near.windows(part.len()).any(|window| window == *part);
    let is_archive = ARCHIVES.into_iter().any(begins);
    if begins(OLD_WORKBOOK) || (is_archive && OF_WORKBOOKS.iter().any(holds)) {
        return refused(
            said!("This is a workbook of a spreadsheet, not a text file", "这是电子表格工作簿，不是文本文件"),
            said!(
                "open it there and save the sheet as \"CSV UTF-8\"",
                "请在电子表格软件中打开，将工作表另存为“CSV UTF-8”"
            ),
        );
    }
    if is_archive || PACKED.into_iter().any(begins) {
        return refused(
            said!("This is an archive or a compressed file, not a text file", "这是压缩文件，不是文本文件"),
            said!("unpack it and import the CSV file in it", "请解压后导入其中的 CSV 文件"),
        );
    }
    if is_a_database(bytes) {
        return refused(
            said!("This is a store of crm, not a text file", "这是 crm 的数据文件，不是文本文件"),
            said!(
                "write CSV from it and import that: crm --store FILE export KIND -o csv",
                "请先从中导出 CSV 再导入：crm --store 文件 export 类别 -o csv"
            ),
        );
    }
    match OTHERS.into_iter().find(|(start, _)| begins(start)) {
        Some((_, name)) => refused(
            said!("This is a {name} file, not a text file", "这是 {name} 文件，不是文本文件"),
            said!("save what is in it as CSV in UTF-8", "请将其内容存为 UTF-8 编码的 CSV"),
        ),
        None => Ok(()),
    }
}

/// Refuses a text that is no table, and says what it is.
///
/// # Errors
/// `Invalid`, with what to do.
pub(super) fn refuse_text(text: &str) -> Result<()> {
    let text = text.trim_start();
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if is_json(text) {
        return refused(
            said!("This is JSON, and an import reads CSV", "这是 JSON，而导入读取的是 CSV"),
            said!(
                "export it as CSV with crm export KIND -o csv; if it is from another program, have that program write CSV",
                "请导出为 CSV：crm export 类别 -o csv；其他程序的数据请另存为 CSV"
            ),
        );
    }
    if begins("BEGIN:VCARD") || begins("BEGIN:VCALENDAR") {
        return refused(
            said!("This is vCard or iCalendar, and an import reads CSV", "这是 vCard 或 iCalendar，而导入读取的是 CSV"),
            said!("have the address book or calendar export CSV", "请让通讯录或日历导出 CSV"),
        );
    }
    if ["<!DOCTYPE", "<html", "<?xml", "<table"].into_iter().any(begins) {
        return refused(
            said!("This is HTML or XML, and an import reads CSV", "这是 HTML 或 XML，而导入读取的是 CSV"),
            said!("open it in a spreadsheet and save it as \"CSV UTF-8\"", "请在电子表格软件中打开，另存为“CSV UTF-8”"),
        );
    }
    Ok(())
}

/// Whether a text is an object or an array of JSON, or lines of them: no heading begins like that.
fn is_json(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    match (chars.next(), chars.next()) {
        (Some('{'), Some('"' | '}')) => true,
        (Some('['), Some(next)) => matches!(next, '{' | '[' | ']' | '"'),
        _ => false,
    }
}

fn refused(what: Said, next: Said) -> Result<()> {
    Err(Error::invalid(what).hint(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn said(refused: Result<()>) -> Option<String> {
        refused.err().map(|error| error.message(Lang::En))
    }

    #[test]
    fn files_that_are_no_table_are_known_by_what_they_begin_with() {
        for (bytes, word) in [
            (&b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml"[..], "workbook"),
            (b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "workbook"),
            (b"PK\x03\x04\x14\0accounts.csv", "archive"),
            (b"PK\x05\x06\0", "archive"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"redb\x1a\x0a\xa9\x0d\x0a\0", "store of crm"),
            (b"%PDF-1.7", "PDF"),
        ] {
            let said = said(refuse_bytes(bytes)).unwrap_or_default();
            assert!(said.contains(word), "{word}: {said}");
        }
        for (text, word) in [
            ("{\"kind\":\"customer\",\"id\":\"C-1\"}\n{\"kind\":\"customer\"}\n", "JSON"),
            ("\n [\n  { \"name\": \"Acme\" } ]", "JSON"),
            ("[]", "JSON"),
            ("{\n}", "JSON"),
            ("BEGIN:VCARD\r\nVERSION:3.0\r\n", "vCard"),
            ("begin:vcalendar\r\n", "iCalendar"),
            ("<?xml version=\"1.0\"?>", "XML"),
            ("<html><table>", "HTML"),
        ] {
            let said = said(refuse_text(text)).unwrap_or_default();
            assert!(said.contains(word), "{word}: {said}");
        }
    }

    #[test]
    fn tables_are_read_whatever_their_headings() {
        for text in
            ["name,city\n", "[Name],[City]\n", "{guid},name\n", "\"{\",\"[\"\n", "PKID,name\n", "名称，城市\n", ""]
        {
            assert_eq!((said(refuse_bytes(text.as_bytes())), said(refuse_text(text))), (None, None), "{text}");
        }
    }
}
