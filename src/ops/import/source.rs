//! The bytes of the file to import.

use std::{fs::File, io, path::Path};

use memchr::{memchr, memchr_iter, memrchr};

use crate::{
    error::{Error, Result},
    text::{Lang, Said, said},
};

/// So many bytes are read before they are looked at.
const PIECE: u64 = 1 << 20;

/// So many megabytes a line of a file has at most: a long text, in an encoding that takes twice the bytes.
const LONGEST_LINE_MB: usize = 34;

/// So many gigabytes a file has at most: it is held in memory, and so is what becomes of it.
const LARGEST_GB: u64 = 2;

/// The bytes of a file, or of standard input where it is called `-`.
///
/// What does not come to an end (`/dev/zero`) is given up soon: nothing is read behind a NUL byte, which no text has,
/// and a line and a file have an end.
///
/// # Errors
/// `Failure` where it cannot be read, `Invalid` where a line or all of it is too long.
pub fn read_bytes(file: &Path) -> Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        return read(io::stdin().lock(), 0, file, LARGEST_GB << 30);
    }
    let open = || {
        let file = File::open(file)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    };
    let (opened, size) = open().map_err(|error| unreadable(file, &error))?;
    if size > LARGEST_GB << 30 {
        return Err(too_large());
    }
    read(opened, usize::try_from(size).unwrap_or(0), file, LARGEST_GB << 30)
}

/// Reads `most` bytes at most; `expected` is how many there are likely to be.
fn read(mut from: impl io::Read, expected: usize, file: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    let (mut line_start, mut seen) = (0, 0);
    loop {
        let got = io::Read::read_to_end(&mut io::Read::take(&mut from, PIECE), &mut bytes);
        if got.map_err(|error| unreadable(file, &error))? == 0 {
            return Ok(bytes);
        }
        let new = &bytes[seen..];
        // The text of UTF-16 is full of NUL bytes, and says that it is UTF-16.
        let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        if !wide && memchr(0, new).is_some() {
            return Ok(bytes);
        }
        if bytes.len() as u64 > most {
            return Err(too_large());
        }
        if let Some(end) = memrchr(b'\n', new) {
            line_start = seen + end;
        }
        seen = bytes.len();
        if seen - line_start > LONGEST_LINE_MB << 20 {
            let line = 1 + memchr_iter(b'\n', &bytes).count();
            return Err(Error::invalid(said!(
                "Line {line} has more than {LONGEST_LINE_MB} MB: this is no table",
                "第 {line} 行超过 {LONGEST_LINE_MB} MB：这不是表格"
            ))
            .hint(said!("save it as CSV, one record a line", "请存为 CSV，每行一条记录")));
        }
    }
}

fn too_large() -> Error {
    Error::invalid(said!("An import takes {LARGEST_GB} GB at most", "一次最多导入 {LARGEST_GB} GB"))
        .hint(said!("import it in parts, each with the headings", "请分成几部分导入，每部分都带列标题"))
}

fn unreadable(file: &Path, error: &io::Error) -> Error {
    let (why, file) = (Said::of_io(error), file.display());
    Error::failure(said!(("Cannot read {file}: {error}"), ("无法读取 {file}：{}", why.get(Lang::Zh))))
        .hint(said!("check the path of the file", "请检查文件路径"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::ErrorKind, text::Lang};

    #[test]
    fn what_does_not_end_is_given_up() {
        let zeros = read(io::repeat(0), 0, Path::new("-"), u64::MAX).unwrap();
        assert_eq!(zeros.len() as u64, PIECE);
        let error = read(io::repeat(b'x'), 0, Path::new("-"), u64::MAX).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.message(Lang::En).starts_with("Line 1 has more than"), "{error:?}");
        let error = read(io::repeat(b'\n'), 0, Path::new("-"), 3 << 20).unwrap_err();
        assert_eq!(
            (error.kind(), error.message(Lang::En).as_str()),
            (ErrorKind::Invalid, "An import takes 2 GB at most")
        );
    }

    #[test]
    fn all_of_a_file_is_read() {
        let text = "name,city\nAcme,Oslo\n".repeat(100_000);
        assert!(read(text.as_bytes(), 0, Path::new("-"), 64 << 20).unwrap() == text.as_bytes());
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("a\n".repeat(600_000).encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(read(wide.as_slice(), wide.len(), Path::new("-"), 64 << 20).unwrap() == wide);
    }
}
