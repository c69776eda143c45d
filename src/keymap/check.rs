//! What may be wrong with a line of a file of keys, beyond its spelling.

use super::binding::Binding;
use super::keys::Keys;
use super::scope::Scope;
use crate::error::{Error, Result};
use crate::text::{nearest, scrub};

/// A line of a file.
#[derive(Clone, Debug)]
pub(super) struct Entry<'f> {
    pub(super) path: &'f str,
    pub(super) line: usize,
    pub(super) scope: Scope,
    pub(super) keys: Keys,
    /// Nothing where the keys are taken away.
    pub(super) binding: Option<Binding>,
}

impl Entry<'_> {
    fn error(&self, message: String, hint: String) -> Error {
        Error::failure(format!("{}:{}: {message}", self.path, self.line)).hint(hint)
    }
}

/// The lines of one file that can stand together, and an error for each that cannot: the first line stays.
pub(super) fn clashes(entries: Vec<Entry<'_>>) -> (Vec<Entry<'_>>, Vec<Error>) {
    let (mut kept, mut problems): (Vec<Entry<'_>>, Vec<Error>) = (Vec::with_capacity(entries.len()), Vec::new());
    for entry in entries {
        // A key that is taken away makes room for longer or shorter ones, not for itself.
        let meets = |other: &&Entry<'_>| {
            let both = other.binding.is_some() && entry.binding.is_some();
            other.keys == entry.keys || both && other.keys.hides(&entry.keys)
        };
        match kept.iter().filter(|other| other.scope == entry.scope).find(meets) {
            Some(other) => problems.push(clash(&entry, other)),
            None => kept.push(entry),
        }
    }
    (kept, problems)
}

fn clash(entry: &Entry<'_>, other: &Entry<'_>) -> Error {
    let (keys, name, line) = (&entry.keys, entry.scope.name(), other.line);
    if *keys == other.keys {
        let message = format!("{keys} stands in [{name}] already, on line {line}");
        return entry.error(message, format!("remove one of the lines {line} and {}", entry.line));
    }
    let message = if keys.as_slice().len() < other.keys.as_slice().len() {
        format!("{keys} cannot be bound in [{name}]: {} on line {line} begins with it", other.keys)
    } else {
        format!("{keys} cannot be reached in [{name}]: {} on line {line} is done before it is complete", other.keys)
    };
    entry.error(message, format!("give one of the lines {line} and {} another key", entry.line))
}

/// The error of a key that a person's file binds where the map has longer or shorter ones.
pub(super) fn hidden<'k>(entry: &Entry<'_>, hidden: impl Iterator<Item = &'k Keys>) -> Option<Error> {
    let hidden: Vec<String> = hidden.map(|keys| format!("\"{}\" = \"unbind\"", in_quotes(keys))).collect();
    if hidden.is_empty() {
        return None;
    }
    let message = format!("{} stands in the way of other keys of [{}]", entry.keys, entry.scope.name());
    Some(entry.error(message, format!("add {}, or choose another key", hidden.join(", "))))
}

/// Keys as they stand in a basic string of TOML.
fn in_quotes(keys: &Keys) -> String {
    keys.to_string().replace('\\', "\\\\").replace('"', "\\\"")
}

/// The error of a key to be taken away that does nothing there.
pub(super) fn nothing_to_unbind(entry: &Entry<'_>, elsewhere: Option<Scope>) -> Error {
    entry.error(
        format!("{} does nothing in [{}] that could be unbound", entry.keys, entry.scope.name()),
        match elsewhere {
            Some(scope) => format!("did you mean [{}]?", scope.name()),
            None => "remove the line; ? in the full screen lists the keys".to_owned(),
        },
    )
}

/// Refuses a key that is typed where text is typed.
pub(super) fn typed(scope: Scope, keys: &Keys) -> Result<()> {
    let first = keys.as_slice().first().and_then(|key| key.typed());
    if scope.takes_text() && first.is_some() {
        return Err(Error::failure(format!("{keys} cannot be bound in [{}]: it is typed there", scope.name()))
            .hint("choose a key with Ctrl or Alt, or a function key"));
    }
    Ok(())
}

/// The error of a name on top of a file that is no place.
pub(super) fn no_section(name: &str, table: bool) -> Error {
    let names = Scope::ALL.map(Scope::name);
    let shown = scrub(name);
    if names.contains(&name) {
        return Error::failure(format!("{shown} is a section, not a key"))
            .hint(format!("write [{name}] above its keys"));
    }
    if !table {
        return Error::failure(format!("{shown} stands in no section"))
            .hint("write a section such as [list] above it; only map = \"emacs\" stands on top");
    }
    Error::failure(format!("There is no section [{shown}]")).hint(match nearest(name, names) {
        Some(near) => format!("did you mean [{near}]?"),
        None => format!("the sections are {}", names.join(", ")),
    })
}
