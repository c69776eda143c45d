//! Lines of the palette, kept from session to session in a file that only its owner reads.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// So many lines are kept.
const MOST: usize = 500;

/// The lines that were run, the oldest first; none where there is no file.
pub fn read(path: Option<&Path>) -> Vec<String> {
    let text = path.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().rev().map(|line| crate::text::scrub(line).into_owned()) {
        if !line.is_empty() && !lines.contains(&line) && lines.len() < MOST {
            lines.push(line);
        }
    }
    lines.reverse();
    lines
}

/// Adds a line. A history that cannot be written is no reason to disturb anybody.
pub fn remember(path: Option<&Path>, line: &str) {
    let _ = path.map(|path| add(path, line));
}

fn add(path: &Path, line: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    let size = fs::metadata(path).map_or(0, |held| held.len());
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if size > 64 * MOST as u64 {
        let kept = read(Some(path));
        let mut file = options.clone().append(false).write(true).truncate(true).open(path)?;
        kept.iter().try_for_each(|line| writeln!(file, "{line}"))?;
        return writeln!(file, "{line}");
    }
    writeln!(options.open(path)?, "{line}")
}

#[test]
fn lines_come_back_once_and_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/crm/history");
    assert!(read(Some(&path)).is_empty() && read(None).is_empty());
    for line in ["undo", "deal list", "undo"] {
        remember(Some(&path), line);
    }
    assert_eq!(read(Some(&path)), ["deal list", "undo"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    }
    for at in 0..4_000 {
        remember(Some(&path), &format!("customer list name:{at}"));
    }
    let held = read(Some(&path));
    assert_eq!((held.len(), held.last().map(String::as_str)), (MOST, Some("customer list name:3999")));
    assert!(fs::metadata(&path).unwrap().len() < 128 * MOST as u64);
}
