//! What may be wrong with a line of a file of keys, beyond its spelling.

use super::{binding::Binding, keys::Keys, scope::Scope};
use crate::{
    error::{Error, Result},
    text::{Said, nearest, said, scrub},
};

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
    fn error(&self, message: Said, hint: Said) -> Error {
        Error::failure(message).hint(hint).at(Said::same(format!("{}:{}", self.path, self.line)))
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
        let message =
            said!("{keys} stands in [{name}] already, on line {line}", "{keys} 在 [{name}] 中已有定义（第 {line} 行）");
        return entry.error(
            message,
            said!("remove one of the lines {line} and {}", "请从第 {line} 行和第 {} 行中删除一行", entry.line),
        );
    }
    let message = if keys.as_slice().len() < other.keys.as_slice().len() {
        said!(
            "{keys} cannot be bound in [{name}]: {} on line {line} begins with it",
            "[{name}] 中不能绑定 {keys}：第 {line} 行的 {} 以它开头",
            other.keys
        )
    } else {
        said!(
            "{keys} cannot be reached in [{name}]: {} on line {line} is done before it is complete",
            "[{name}] 中按不到 {keys}：第 {line} 行的 {} 在它按完之前就已执行",
            other.keys
        )
    };
    entry.error(
        message,
        said!("give one of the lines {line} and {} another key", "请给第 {line} 行和第 {} 行之一换一个键", entry.line),
    )
}

/// The error of a key that a person's file binds where the map has longer or shorter ones.
pub(super) fn hidden<'k>(entry: &Entry<'_>, hidden: impl Iterator<Item = &'k Keys>) -> Option<Error> {
    let hidden: Vec<String> = hidden.map(|keys| format!("\"{}\" = \"unbind\"", in_quotes(keys))).collect();
    if hidden.is_empty() {
        return None;
    }
    let message = said!(
        "{} stands in the way of other keys of [{}]",
        "{} 挡住了 [{}] 中的其他键",
        entry.keys,
        entry.scope.name()
    );
    Some(entry.error(
        message,
        said!(("add {}, or choose another key", hidden.join(", ")), ("请加上 {}，或另选一个键", hidden.join("、"))),
    ))
}

/// Keys as they stand in a basic string of TOML.
fn in_quotes(keys: &Keys) -> String {
    keys.to_string().replace('\\', "\\\\").replace('"', "\\\"")
}

/// The error of a key to be taken away that does nothing there.
pub(super) fn nothing_to_unbind(entry: &Entry<'_>, elsewhere: Option<Scope>) -> Error {
    entry.error(
        said!(
            "{} does nothing in [{}] that could be unbound",
            "{} 在 [{}] 中没有可解除的作用",
            entry.keys,
            entry.scope.name()
        ),
        match elsewhere {
            Some(scope) => Said::did_you_mean(format_args!("[{}]", scope.name())),
            None => said!("remove the line; ? in the full screen lists the keys", "请删除该行；全屏中按 ? 列出按键"),
        },
    )
}

/// Refuses a key that is typed where text is typed.
pub(super) fn typed(scope: Scope, keys: &Keys) -> Result<()> {
    let first = keys.as_slice().first().and_then(|key| key.typed());
    if scope.takes_text() && first.is_some() {
        return Err(Error::failure(said!(
            "{keys} cannot be bound in [{}]: it is typed there",
            "[{}] 中不能绑定 {keys}：那里要输入文字",
            scope.name()
        ))
        .hint(said!("choose a key with Ctrl or Alt, or a function key", "请选用带 Ctrl 或 Alt 的键，或功能键")));
    }
    Ok(())
}

/// The error of a name on top of a file that is no place.
pub(super) fn no_section(name: &str, table: bool) -> Error {
    let names = Scope::ALL.map(Scope::name);
    let shown = scrub(name);
    if names.contains(&name) {
        return Error::failure(said!("{shown} is a section, not a key", "{shown} 是一节，不是键"))
            .hint(said!("write [{name}] above its keys", "请在其各键之上写 [{name}]"));
    }
    if !table {
        return Error::failure(said!("{shown} stands in no section", "{shown} 不在任何一节中")).hint(said!(
            "write a section such as [list] above it; only map = \"emacs\" stands on top",
            "请在其上写一节，例如 [list]；只有 map = \"emacs\" 写在最上面"
        ));
    }
    Error::failure(said!("There is no section [{shown}]", "没有 [{shown}] 这一节")).hint(match nearest(name, names) {
        Some(near) => Said::did_you_mean(format_args!("[{near}]")),
        None => said!(("the sections are {}", names.join(", ")), ("可用的节有 {}", names.join("、"))),
    })
}
