//! The key map of the session: what may be bound, and the files that say what is.

use std::{fs, io, sync::Arc};

use crate::{
    config::Config,
    domain::{Schema, schema::BASE},
    error::Error,
    grammar,
    keymap::{self, ACTIONS, Commands, Keymap, Keys, PLACEHOLDERS, Scope, Vocabulary},
    text::said,
};

impl Commands for Schema {
    fn is_said(&'static self, words: &[&str]) -> bool {
        grammar::is_said(self, words)
    }

    fn has_records(&self, name: &str) -> bool {
        self.kinds().iter().any(|kind| kind.noun == name && BASE.kind(kind.id).is_none())
    }
}

/// Whether a name stands for the records at hand: one that the program has, or the noun of a kind of the store's own.
pub fn is_placeholder(schema: &Schema, name: &str) -> bool {
    PLACEHOLDERS.contains(&name) || schema.has_records(name)
}

/// Every word that a key may have: the actions of the screen and the operations.
pub fn vocabulary(schema: &'static Schema) -> Vocabulary<'static> {
    Vocabulary { actions: ACTIONS, operations: grammar::heads(schema), commands: schema }
}

/// The map that the settings and the person's file of keys ask for, and what is wrong with that file. All that is
/// right in it holds.
pub fn load(config: &Config, schema: &'static Schema) -> (Arc<Keymap>, Vec<Error>) {
    let path = config.paths().keys_file().ok();
    let (text, unread) = match path.as_deref().map(fs::read_to_string) {
        Some(Ok(text)) => (Some(text), None),
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => (None, Some(error)),
        _ => (None, None),
    };
    let path = path.map(|path| crate::text::scrub(&path.to_string_lossy()).into_owned()).unwrap_or_default();
    let file = text.as_deref().map(|text| keymap::File { path: &path, text });
    let loaded = keymap::load(config.keymap(), file, &vocabulary(schema));
    let unread = unread.map(|error| {
        Error::failure(said!("The keys in {path} cannot be read: {error}", "无法读取 {path} 中的按键：{error}"))
            .hint(said!("look at its permissions", "请检查其权限"))
    });
    (Arc::new(loaded.keymap), unread.into_iter().chain(loaded.problems).collect())
}

/// The keys of words at a place; of a family, whose words end in a space, the key that all its members begin with.
pub fn pressed(keymap: &Keymap, scope: Scope, words: &str) -> Option<String> {
    if !words.ends_with(' ') {
        return keymap.keys_of(scope, words).next().map(Keys::to_string);
    }
    let mut family = keymap.bound(scope).filter(|bound| bound.binding.words().starts_with(words));
    let first = family.next()?;
    let begun = first.keys.as_slice().first()?;
    let shared = first.keys.as_slice().len() > 1
        && family.all(|bound| bound.keys.as_slice().len() == 1 || bound.keys.as_slice().first() == Some(begun));
    Some(if shared { Keys::from(*begun).to_string() } else { first.keys.to_string() })
}

/// The keys of words at a place, or how they are typed into the palette where no key says them.
pub fn shown(keymap: &Keymap, scope: Scope, words: &str) -> String {
    pressed(keymap, scope, words).unwrap_or_else(|| format!(":{words}"))
}

/// The map that comes with the program.
#[cfg(test)]
pub fn standard() -> Arc<Keymap> {
    static MAP: std::sync::LazyLock<Arc<Keymap>> =
        std::sync::LazyLock::new(|| Arc::new(keymap::load(None, None, &vocabulary(&BASE)).keymap));
    Arc::clone(&MAP)
}

#[test]
fn the_nouns_of_a_store_stand_for_its_records_beside_those_of_the_program() {
    use crate::domain::{made_up, user};
    static OWN: Schema = Schema::new(&[&user::KIND, &made_up::KIND]);
    assert!(keymap::Binding::parse("item list {item}", &vocabulary(&OWN)).is_ok());
    assert!(keymap::Binding::parse("物品 列表 {item}", &vocabulary(&OWN)).is_ok());
    assert!(keymap::Binding::parse("item list {item}", &vocabulary(&BASE)).is_err());
    assert!(!is_placeholder(&BASE, "item") && !is_placeholder(&OWN, "user"));
    assert!(PLACEHOLDERS.iter().all(|name| is_placeholder(&OWN, name)));
}
