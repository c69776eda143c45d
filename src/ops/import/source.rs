//! The bytes of the file to import.

use std::{fs, io::Read as _, path::Path};

use crate::error::{Error, Result};
use crate::text::said;

/// The bytes of a file, or of standard input where it is called `-`.
///
/// # Errors
/// `Failure` where it cannot be read.
pub fn read_bytes(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        fs::read(file).map(|read| bytes = read)
    };
    match read {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::failure(said!("Cannot read {}: {error}", "无法读取 {}：{error}", file.display()))
            .hint(said!("check the path of the file", "请检查文件路径"))),
    }
}
