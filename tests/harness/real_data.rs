//! Where the files for tests on real data are, if they are anywhere.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

/// The folder of this name under `CRM_TEST_DATA`. Where it is missing the calling test is named as skipped on the
/// process's own stderr (libtest swallows what the print macros write), one line a test, so that a script can count.
pub(crate) fn data(folder: &str) -> Option<PathBuf> {
    let found = look_for(folder, std::env::var_os("CRM_TEST_DATA").as_deref().map(Path::new));
    if found.is_none() {
        let thread = std::thread::current();
        let line = format!("skipped: {} needs {folder}\n", thread.name().unwrap_or("a test"));
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    found
}

fn look_for(folder: &str, root: Option<&Path>) -> Option<PathBuf> {
    root.map(|root| root.join(folder)).filter(|path| path.is_dir())
}

#[test]
fn only_a_folder_that_exists_is_found() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("here")).unwrap();
    assert_eq!(look_for("here", Some(root.path())), Some(root.path().join("here")));
    assert_eq!(look_for("there", Some(root.path())), None);
    assert_eq!(look_for("here", None), None);
}
