//! The house keeps its own rules: import order, names that stay in one place, sizes, nothing left lying about.
//!
//! Each rule is a function from files to a list of complaints. It runs on the tree as it is, and on made-up files that
//! break it, for a rule that cannot fail protects nothing.

pub(crate) mod chinese;
mod cycles;
mod docs;
mod languages;
mod layers;
mod lexer;
mod modules;
mod mounted;
mod names;
mod schema;
mod sizes;
mod text;

use std::{fs, path::Path};

/// A file of the repository: its path from the top, with forward slashes, and what it says.
struct File {
    path: String,
    text: String,
}

/// Every file under these folders, and these files; what does not exist or is no text is left out.
fn tree(places: &[&str]) -> Vec<File> {
    fn walk(top: &Path, place: &Path, files: &mut Vec<File>) {
        if place.is_dir() {
            for entry in fs::read_dir(place).unwrap() {
                walk(top, &entry.unwrap().path(), files);
            }
        } else if let Ok(text) = fs::read_to_string(place) {
            let path = place.strip_prefix(top).unwrap().to_string_lossy().replace('\\', "/");
            files.push(File { path, text });
        }
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for place in places {
        walk(top, &top.join(place), &mut files);
    }
    // The build script stands among the sources and is no part of the program.
    files.retain(|file| file.path != "src/build.rs");
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Made-up files.
fn files(named: &[(&str, &str)]) -> Vec<File> {
    named.iter().map(|&(path, text)| File { path: path.into(), text: text.into() }).collect()
}

/// Fails with every complaint, one a line.
#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_tree_is_read() {
    let files = tree(&["src", "Cargo.toml", "no-such-folder"]);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.contains(&"src/lib.rs") && paths.contains(&"Cargo.toml"), "{paths:?}");
    assert!(paths.contains(&"src/store/mod.rs"), "{paths:?}");
}
