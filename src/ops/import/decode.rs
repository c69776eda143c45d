//! From the bytes of a file to text: byte order mark first, then strict UTF-8, then a guess.

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{GB18030, GBK};

use crate::{
    error::{Error, Result},
    text::said,
};

use super::not_table::{refuse_bytes, refuse_text};

/// How many bytes a guess looks at; what follows changes it no more.
const SAMPLE: usize = 4 << 20;

/// So many more sound UTF-8 sequences than broken ones, and the file is UTF-8 with damage, not another encoding.
const MOSTLY: usize = 4;

/// How the text of a file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding {
    /// Its name, as the web standard spells it.
    pub name: &'static str,
    /// Whether it is our guess: neither the file says so nor is it valid UTF-8.
    pub guessed: bool,
    /// Whether a byte order mark says so.
    pub marked: bool,
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.name, if self.guessed { " (guessed)" } else { "" })
    }
}

/// The text of a file, and how it was written.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, TextEncoding)> {
    refuse_bytes(&bytes)?;
    let (text, encoding) = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => (marked_utf8(bytes, mark)?, as_is("UTF-8", true)),
        Some((encoding, mark)) => (transcode(&bytes[mark..], encoding)?, as_is(encoding.name(), true)),
        None => match String::from_utf8(bytes) {
            Ok(text) => (text, as_is("UTF-8", false)),
            Err(error) => {
                let bytes = error.into_bytes();
                let encoding = guess(&bytes)?;
                let guessed = TextEncoding { name: encoding.name(), guessed: true, marked: false };
                (transcode(&bytes, encoding)?, guessed)
            }
        },
    };
    refuse_text(&text)?;
    match text.bytes().position(|byte| byte == 0) {
        None => Ok((text, encoding)),
        Some(at) => Err(Error::invalid(said!(
            "Line {} holds a NUL byte: this is no text file",
            "第 {} 行含有 NUL 字节：这不是文本文件",
            line_at(&text, at)
        ))
        .hint(said!(
            "save it as CSV in UTF-8; UTF-16 needs its byte order mark",
            "请存为 UTF-8 编码的 CSV；UTF-16 须带字节序标记"
        ))),
    }
}

const fn as_is(name: &'static str, marked: bool) -> TextEncoding {
    TextEncoding { name, guessed: false, marked }
}

fn marked_utf8(mut bytes: Vec<u8>, mark: usize) -> Result<String> {
    bytes.drain(..mark);
    String::from_utf8(bytes).map_err(|error| damaged(error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// The encoding of bytes that are not UTF-8.
fn guess(bytes: &[u8]) -> Result<&'static encoding_rs::Encoding> {
    let (mut sound, mut broken, mut at, mut first_broken) = (0, 0, 0, None);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            broken += 1;
            first_broken.get_or_insert(at);
        }
        at += chunk.invalid().len();
        if at > SAMPLE {
            break;
        }
    }
    if let Some(first) = first_broken
        && sound > broken * MOSTLY
    {
        return Err(damaged(bytes, first));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The sample starts where the first character outside ASCII is near.
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = bytes[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    detector.feed(&bytes[start..bytes.len().min(start + SAMPLE)], true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    Ok(if guessed == GBK { GB18030 } else { guessed })
}

fn transcode(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String> {
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    if !failed {
        return Ok(text.into_owned());
    }
    let at = text.find('\u{fffd}').unwrap_or_default();
    let line = line_at(&text, at);
    Err(Error::invalid(said!("Line {line} cannot be read as {}", "第 {line} 行无法按 {} 读取", encoding.name()))
        .hint(said!("save the file as UTF-8 and import that", "请将文件存为 UTF-8 后再导入")))
}

fn damaged(bytes: &[u8], at: usize) -> Error {
    let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    Error::invalid(said!(
        "Line {line} is not valid UTF-8, though the rest of the file is",
        "第 {line} 行不是有效的 UTF-8，而文件其余部分是"
    ))
    .hint(said!("save the file again as UTF-8, or mend that line", "请将文件重新存为 UTF-8，或修正该行"))
}

/// The number of the line at a byte.
fn line_at(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn read(bytes: &[u8]) -> Result<(String, String)> {
        decode(bytes.to_vec()).map(|(text, encoding)| (text, encoding.to_string()))
    }

    #[test]
    fn marks_and_utf8_are_certain() {
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("名,a\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(b"\xef\xbb\xbfname\n"), Ok(("name\n".into(), "UTF-8".into())));
        assert_eq!(read("名\n".as_bytes()), Ok(("名\n".into(), "UTF-8".into())));
        assert_eq!(read(&utf16), Ok(("名,a\n".into(), "UTF-16LE".into())));
    }

    #[test]
    fn chinese_encodings_are_guessed() {
        let simplified = "序号,名称,地址\n1,北京天地洁家政服务有限公司,北京市朝阳区安慧里二区\n";
        let traditional = "代號,名稱,產業\n1101,台灣水泥,水泥工業\n1216,統一企業,食品工業\n";
        let gbk = GB18030.encode(simplified).0;
        let big5 = encoding_rs::BIG5.encode(traditional).0;
        assert_eq!(read(&gbk), Ok((simplified.into(), "gb18030 (guessed)".into())));
        assert_eq!(read(&big5), Ok((traditional.into(), "Big5 (guessed)".into())));
    }

    #[test]
    fn damage_is_named_by_its_line() {
        let mut damaged = "name\n上海贸易有限公司\n北京食品有限公司\n".as_bytes().to_vec();
        damaged.extend(b"caf\xe9\n");
        let error = read(&damaged).unwrap_err();
        assert!(error.message(Lang::En).starts_with("Line 4 is not valid UTF-8"), "{error:?}");
        assert!(read(b"name\na\0b\n").unwrap_err().message(Lang::En).starts_with("Line 2 holds a NUL"));
        assert!(read(b"\xef\xbb\xbf{\"id\":\"C-1\"}\n").unwrap_err().message(Lang::En).contains("JSON"));
        assert!(read(b"\xef\xbb\xbfname\n\xff\n").unwrap_err().message(Lang::En).starts_with("Line 2 is not valid"));
    }
}
