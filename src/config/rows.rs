//! Settings as something to show: `config list`, `config get`.

use super::{
    keys::{KEYS, find, suggestion},
    load::Config,
};
use crate::{
    error::{Error, Result},
    text::{Said, said, scrub},
};

/// Every setting: its name, its value in force, where that comes from.
pub fn rows(config: &Config) -> Vec<(&'static str, String, Said)> {
    let mut values = config.in_force();
    let row = |(key, origin): (&super::Key, &super::Origin)| (key.code, key.ty.print(&mut values), origin.said());
    KEYS.iter().zip(config.origins()).map(row).collect()
}

/// The value in force of one setting.
///
/// # Errors
/// Where there is no such setting.
pub fn get(config: &Config, code: &str) -> Result<String> {
    match find(code) {
        Some((_, key)) => Ok(key.ty.print(&mut config.in_force())),
        None => Err(unknown(code)),
    }
}

/// The error about a name that is no setting.
pub(super) fn unknown(code: &str) -> Error {
    Error::usage(said!("There is no setting {}", "没有名为“{}”的设置项", scrub(code))).hint(suggestion(code))
}
