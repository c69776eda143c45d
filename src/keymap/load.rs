//! From files to a map: one of those that come with the program, and the differences that a person wrote.
//!
//! A file holds a table for each place, `keys = "words"` in each line. In a person's file `"unbind"` takes a key away,
//! from its place or from those around it, and `map = "emacs"` on top says what the differences are to. Whatever is
//! wrong is reported and left out; the rest works.

use std::sync::Arc;

use toml_edit::{Document, Item, Key as Written};

use super::{
    binding::{Binding, Vocabulary},
    check::{self, Entry},
    keys::Keys,
    map::{BoundKeys, Keymap, Section},
    scope::Scope,
};
use crate::{
    error::{Error, Result},
    text::{Said, nearest, said, scrub},
};

/// The maps that come with the program.
pub const NAMES: [&str; 3] = ["default", "emacs", "simple"];

const TEXTS: [&str; 3] = [
    include_str!("../../keymaps/default.toml"),
    include_str!("../../keymaps/emacs.toml"),
    include_str!("../../keymaps/simple.toml"),
];

/// The words that take a key away.
const UNBIND: &str = "unbind";

/// A file that somebody wrote.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its path, as errors name it.
    pub path: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// A map, and what was wrong with the files that it was made from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The map, of everything that was right.
    pub keymap: Keymap,
    /// One error for each line that was wrong.
    pub problems: Vec<Error>,
}

/// The map of this name (of the file's `map` where there is none, else the default one), changed as the file says.
pub fn load(name: Option<&str>, file: Option<File<'_>>, vocabulary: &Vocabulary<'_>) -> Loaded {
    let mut problems = Vec::new();
    let mut reading = |file| read(file, vocabulary, &mut problems);
    let (asked, differences) = file.map(&mut reading).unwrap_or_default();
    let asked = name.map(|name| base(name, None)).or(asked).unwrap_or(Ok(0));
    let at = asked.unwrap_or_else(|error| {
        problems.push(error);
        0
    });
    let path = format!("keymaps/{}.toml", NAMES[at]);
    let (_, own) = read(File { path: &path, text: TEXTS[at] }, vocabulary, &mut problems);

    let mut sections: [Section; Scope::ALL.len()] = std::array::from_fn(|_| Section::default());
    let (own, wrong) = check::clashes(own);
    problems.extend(wrong);
    for Entry { scope, keys, binding, .. } in own {
        if let Some(binding) = binding {
            sections[scope as usize].bound.push(Arc::new(BoundKeys { keys, binding, scope }));
        }
    }
    let (differences, wrong) = check::clashes(differences);
    problems.extend(wrong);
    problems.extend(change(&mut sections, differences));
    Loaded { keymap: Keymap::new(&sections), problems }
}

/// Changes the map as a person's file says: first what is taken away, so that the order of its lines does not matter.
fn change(sections: &mut [Section; Scope::ALL.len()], differences: Vec<Entry<'_>>) -> Vec<Error> {
    let mut problems = Vec::new();
    let (taken, given): (Vec<_>, Vec<_>) = differences.into_iter().partition(|entry| entry.binding.is_none());
    for entry in taken {
        let begins = |bound: &Arc<BoundKeys>| bound.keys.as_slice().starts_with(entry.keys.as_slice());
        let holds = |scope: &Scope| sections[*scope as usize].bound.iter().any(begins);
        if !entry.scope.chain().iter().any(holds) {
            problems.push(check::nothing_to_unbind(&entry, Scope::ALL.into_iter().find(holds)));
            continue;
        }
        let section = &mut sections[entry.scope as usize];
        section.bound.retain(|bound| !begins(bound));
        section.masked.push(entry.keys);
    }
    for entry in given {
        let section = &mut sections[entry.scope as usize];
        section.bound.retain(|bound| bound.keys != entry.keys);
        let hidden = section.bound.iter().filter(|bound| bound.keys.hides(&entry.keys));
        match check::hidden(&entry, hidden.map(|bound| &bound.keys)) {
            Some(problem) => problems.push(problem),
            None => {
                let Entry { scope, keys, binding, .. } = entry;
                section.bound.extend(binding.map(|binding| Arc::new(BoundKeys { keys, binding, scope })));
            }
        }
    }
    problems
}

/// The number of the map of this name.
fn base(name: &str, place: Option<String>) -> Result<usize> {
    NAMES.iter().position(|known| *known == name).ok_or_else(|| {
        let error = Error::failure(said!("There is no key map {}", "没有名为“{}”的按键方案", scrub(name)));
        let error = error.hint(match nearest(name, NAMES) {
            Some(near) => Said::did_you_mean(near),
            None => said!(("write {}", NAMES.join(", ")), ("请写 {} 之一", NAMES.join("、"))),
        });
        place.map_or(error.clone(), |place| error.at(Said::same(place)))
    })
}

/// What a file says, line by line: which map it changes, and its bindings.
fn read<'f>(
    file: File<'f>,
    vocabulary: &Vocabulary<'_>,
    problems: &mut Vec<Error>,
) -> (Option<Result<usize>>, Vec<Entry<'f>>) {
    let document = match Document::parse(file.text) {
        Ok(document) => document,
        Err(error) => {
            let line = line_of(file.text, error.span().map_or(0, |span| span.start));
            let message = scrub(error.message().trim_end()).into_owned();
            let wrong = Error::failure(said!("The file cannot be understood: {message}", "无法解析此文件：{message}"));
            let wrong = wrong.hint(said!(
                "write one key a line in its section, such as \"gx\" = \"open link\"",
                "请在其节中每行写一个键，例如 \"gx\" = \"open link\""
            ));
            problems.push(wrong.at(Said::same(format!("{}:{line}", file.path))));
            return (None, Vec::new());
        }
    };
    let table = document.as_table();
    let line = |key: Option<&Written>| line_of(file.text, key.and_then(Written::span).map_or(0, |span| span.start));
    let (mut map, mut entries) = (None, Vec::new());
    for (name, item) in table.iter() {
        let place = || format!("{}:{}", file.path, line(table.key(name)));
        match (Scope::named(name), item.as_table_like(), item.as_str()) {
            (Some(scope), Some(section), _) => {
                for (keys, item) in section.iter() {
                    let line = line(section.key(keys));
                    match binding(scope, keys, item, vocabulary) {
                        Ok((keys, binding)) => entries.push(Entry { path: file.path, line, scope, keys, binding }),
                        Err(error) => problems.push(error.at(Said::same(format!("{}:{line}", file.path)))),
                    }
                }
            }
            (None, None, Some(wanted)) if name == "map" => map = Some(base(wanted, Some(place()))),
            (_, section, _) => problems.push(check::no_section(name, section.is_some()).at(Said::same(place()))),
        }
    }
    (map, entries)
}

/// One line of a file; no binding where it takes the keys away.
fn binding(scope: Scope, keys: &str, item: &Item, vocabulary: &Vocabulary<'_>) -> Result<(Keys, Option<Binding>)> {
    let keys = Keys::parse(keys)?;
    let keys = if scope.takes_text() { keys } else { keys.ascii() };
    let Some(words) = item.as_str() else {
        return Err(Error::failure(said!("What {keys} does is not a text", "{keys} 的作用不是文本"))
            .hint(said!("write it in quotes, such as \"{keys}\" = \"undo\"", "请加引号，例如 \"{keys}\" = \"undo\"")));
    };
    if words.trim() == UNBIND {
        return Ok((keys, None));
    }
    check::typed(scope, &keys)?;
    Ok((keys, Some(Binding::parse(words, vocabulary)?)))
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
