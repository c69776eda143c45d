//! A file for each thing that may be wrong: `tests/keymap/broken/*.toml`, the first line of which says the message.

use std::{fs, path::Path};

use crm::keymap::{File, KeyMatch, Keys, Loaded, Scope, load};

use super::with_words;

fn loaded(text: &str) -> Loaded {
    with_words(|words| load(None, Some(File { path: "keys.toml", text }), words))
}

fn done(loaded: &Loaded, scope: Scope, keys: &str) -> String {
    match loaded.keymap.step(scope, Keys::parse(keys).unwrap().as_slice()) {
        KeyMatch::Matched(bound) => bound.binding.to_string(),
        other => format!("{other:?}").split(['(', ' ']).next().unwrap().to_owned(),
    }
}

#[test]
fn each_broken_map_has_its_own_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keymap/broken");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut messages, mut wrong) = (Vec::new(), Vec::new());
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy();
        let text = fs::read_to_string(file).unwrap();
        let broken = loaded(&text);
        let said: Vec<String> = broken
            .problems
            .iter()
            .map(|error| {
                let lang = crm::text::Lang::En;
                format!("# {} ({})", error.message(lang), error.next_step(lang).unwrap())
            })
            .collect();
        let expected: Vec<&str> = text.lines().take(1).collect();
        wrong.extend((said != expected).then(|| format!("{name}\t{}", said.join("\t"))));
        assert_eq!(done(&broken, Scope::Agenda, "x"), "finish", "{name}: the rest works");
        messages.extend(said);
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    messages.sort();
    messages.dedup();
    assert!(messages.len() == files.len() && files.len() > 10);
}

#[test]
fn differences_change_the_map() {
    let changed = loaded(
        "[global]\n\"dd\" = \"unbind\"\n\"gw\" = \"log call {record} ...\"\n\"u\" = \"redo\"\n\
         [queue]\n\"x\" = \"unbind\"\n\"g\" = \"ticket close {ticket}\"\n\"gr\" = \"unbind\"\n",
    );
    assert_eq!(changed.problems, []);
    for (scope, keys, words) in [
        (Scope::Agenda, "d", "NotFound"),
        (Scope::Agenda, "gw", "log call {record} ..."),
        (Scope::Agenda, "u", "redo"),
        (Scope::Agenda, "x", "finish"),
        (Scope::Queue, "x", "NotFound"),
        (Scope::Queue, "g", "ticket close {ticket}"),
    ] {
        assert_eq!(done(&changed, scope, keys), words, "{keys} in {scope:?}");
    }
    assert_eq!(done(&loaded("map = \"emacs\"\n"), Scope::Agenda, "^n"), "cursor down");
}
