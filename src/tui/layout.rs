//! How a person has set up the panes, kept from session to session in a file that only its owner reads.
//!
//! What a saved view says of columns is the view's, and stays out of here.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use serde::{Deserialize, Serialize};

/// The panes that were set up, by name.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Layout(BTreeMap<String, Pane>);

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Pane {
    /// The codes of its columns, as they stand.
    columns: String,
}

/// The columns that a pane was left with; none where nobody chose any, or the file cannot be read.
pub fn columns(path: Option<&Path>, pane: &str) -> Option<String> {
    read(path?).0.remove(pane).map(|pane| pane.columns).filter(|columns| !columns.is_empty())
}

/// Keeps the columns of a pane. A layout that cannot be written is no reason to disturb anybody.
pub fn keep(path: Option<&Path>, pane: &str, columns: &str) {
    let _ = path.map(|path| add(path, pane, columns));
}

fn read(path: &Path) -> Layout {
    fs::read_to_string(path).ok().and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
}

fn add(path: &Path, pane: &str, columns: &str) -> io::Result<()> {
    let mut layout = read(path);
    layout.0.entry(pane.to_owned()).or_default().columns = columns.to_owned();
    let text = toml::to_string(&layout).map_err(io::Error::other)?;
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    // Another session sees the old file or the new one, never half of it.
    let draft = path.with_extension(format!("made-{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    fs::rename(&draft, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn each_pane_comes_back_as_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("crm/layout.toml");
        assert_eq!((columns(None, "customers"), columns(Some(&path), "customers")), (None, None));
        keep(Some(&path), "customers", "name,grade");
        keep(Some(&path), "tickets", "subject");
        keep(Some(&path), "customers", "grade,owner.team");
        assert_eq!(columns(Some(&path), "customers").as_deref(), Some("grade,owner.team"));
        assert_eq!(columns(Some(&path), "tickets").as_deref(), Some("subject"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path().join("crm")).unwrap().count(), 1, "no draft is left");
        fs::write(&path, "customers = 7").unwrap();
        assert_eq!(columns(Some(&path), "customers"), None, "what cannot be read is nothing");
    }
}
