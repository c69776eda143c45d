//! The key map of the session: what may be bound, and the files that say what is.

use std::{fs, io, sync::Arc};

use crate::{
    config::Config,
    error::Error,
    keymap::{self, ACTIONS, Keymap, Vocabulary},
    ops::spoken,
    text::said,
};

/// Every word that a key may have: the actions of the screen and the operations.
pub fn vocabulary() -> Vocabulary<'static> {
    Vocabulary { actions: ACTIONS, operations: spoken::heads() }
}

/// The map that the settings and the person's file of keys ask for, and what is wrong with that file. All that is
/// right in it holds.
pub fn load(config: &Config) -> (Arc<Keymap>, Vec<Error>) {
    let path = config.paths().keys_file().ok();
    let (text, unread) = match path.as_deref().map(fs::read_to_string) {
        Some(Ok(text)) => (Some(text), None),
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => (None, Some(error)),
        _ => (None, None),
    };
    let path = path.map(|path| crate::text::scrub(&path.to_string_lossy()).into_owned()).unwrap_or_default();
    let file = text.as_deref().map(|text| keymap::File { path: &path, text });
    let loaded = keymap::load(config.keymap(), file, &vocabulary());
    let unread = unread.map(|error| {
        Error::failure(said!("The keys in {path} cannot be read: {error}", "无法读取 {path} 中的按键：{error}"))
            .hint(said!("look at its permissions", "请检查其权限"))
    });
    (Arc::new(loaded.keymap), unread.into_iter().chain(loaded.problems).collect())
}

/// The map that comes with the program.
#[cfg(test)]
pub fn standard() -> Arc<Keymap> {
    static MAP: std::sync::LazyLock<Arc<Keymap>> =
        std::sync::LazyLock::new(|| Arc::new(keymap::load(None, None, &vocabulary()).keymap));
    Arc::clone(&MAP)
}
