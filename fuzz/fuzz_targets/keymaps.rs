//! Key maps that people write: whatever is wrong is told, and what is left is a map that finds every key of its own.
#![no_main]

use crm::{domain::schema::BASE, grammar::heads, keymap::{ACTIONS, File, Vocabulary, load}, text::Lang};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let vocabulary = Vocabulary { actions: ACTIONS, operations: heads(&BASE), commands: &BASE };
    let loaded = load(None, Some(File { path: "keys.toml", text }), &vocabulary);
    for problem in &loaded.problems {
        assert!([Lang::En, Lang::Zh].iter().all(|lang| !problem.message(*lang).is_empty()));
    }
});
