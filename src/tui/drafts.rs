//! Forms that are not saved yet, in a file of the session, so that the next one can offer them.
//!
//! The file is held with a lock as long as the session lives. A file that nobody holds was left behind by a session that
//! ended without its person saying so: a crash, a lost connection, a signal.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::form::Draft;

/// What a file of drafts holds.
#[derive(Serialize, Deserialize)]
struct DraftFile {
    /// The store that they are for.
    store: String,
    /// The drafts, the one that was begun last at the end.
    drafts: Vec<Draft>,
}

/// The drafts of this session.
#[derive(Debug)]
pub struct Drafts {
    folder: Option<PathBuf>,
    store: String,
    session: String,
    file: Option<(PathBuf, File)>,
}

impl Drafts {
    /// Drafts in a folder of the state directory; without one nothing is kept.
    pub fn new(state: Option<&Path>, store: &Path, session: &str) -> Self {
        Self {
            folder: state.map(|state| state.join("drafts")),
            store: store.to_string_lossy().into_owned(),
            session: session.to_owned(),
            file: None,
        }
    }

    /// Writes the drafts; where there are none, the file goes.
    ///
    /// # Errors
    /// What the file system says.
    pub fn keep(&mut self, drafts: &[Draft]) -> io::Result<()> {
        if drafts.is_empty() {
            return match self.file.take() {
                Some((path, _)) => fs::remove_file(path),
                None => Ok(()),
            };
        }
        let kept = DraftFile { store: self.store.clone(), drafts: drafts.to_vec() };
        let text = serde_json::to_vec(&kept).map_err(io::Error::other)?;
        if self.file.is_none() {
            let Some(folder) = &self.folder else { return Ok(()) };
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            let path = folder.join(format!("{}.json", self.session));
            let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
            file.try_lock().map_err(io::Error::other)?;
            self.file = Some((path, file));
        }
        if let Some((_, file)) = &mut self.file {
            file.rewind()?;
            file.write_all(&text)?;
            file.set_len(text.len() as u64)?;
        }
        Ok(())
    }

    /// The drafts for this store that sessions have left behind. They are ours from now on: their files go as soon as
    /// what they hold stands in ours.
    ///
    /// # Errors
    /// What the file system says.
    pub fn adopt(&mut self) -> io::Result<Vec<Draft>> {
        let Some(folder) = &self.folder else { return Ok(Vec::new()) };
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let (mut drafts, mut done) = (Vec::new(), Vec::new());
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let Ok(mut file) = File::open(&path) else { continue };
            if file.try_lock().is_err() {
                continue;
            }
            let mut text = Vec::new();
            // A file that cannot be read is left where it is: somebody may still want to look into it. Behind what was
            // written last may stand the end of something longer, where the session was killed before it was cut off.
            if file.read_to_end(&mut text).is_ok()
                && let Some(Ok(kept)) = serde_json::Deserializer::from_slice(&text).into_iter::<DraftFile>().next()
                && kept.store == self.store
            {
                drafts.extend(kept.drafts);
                done.push((path, file));
            }
        }
        if !drafts.is_empty() {
            self.keep(&drafts)?;
        }
        for (path, _) in done {
            fs::remove_file(path)?;
        }
        Ok(drafts)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::tui::form::FormTarget;

    fn draft(title: &str) -> Draft {
        Draft {
            ask: FormTarget::add("customer", None),
            title: title.to_owned(),
            version: None,
            field: String::new(),
            texts: vec![("name".to_owned(), "上海华盛".to_owned(), String::new())],
            bases: Vec::new(),
            outside: None,
        }
    }

    #[test]
    fn what_a_session_leaves_behind_the_next_one_finds() {
        let state = tempfile::tempdir().unwrap();
        let session = |name: &str| Drafts::new(Some(state.path()), Path::new("/a/crm.redb"), name);
        let folder = state.path().join("drafts");
        let files = || fs::read_dir(&folder).unwrap().count();

        let mut first = session("one");
        assert!(first.adopt().unwrap().is_empty());
        first.keep(&[draft("long title"), draft("b")]).unwrap();
        first.keep(&[draft("a")]).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join("one.json"))), (0o700, 0o600));

        let mut second = session("two");
        assert!(second.adopt().unwrap().is_empty(), "the first still lives");
        drop(first);
        assert!(Drafts::new(Some(state.path()), Path::new("/b"), "other").adopt().unwrap().is_empty());
        let cut = OpenOptions::new().append(true).open(folder.join("one.json")).unwrap().write_all(b"\x8a\xb7\"]}");
        cut.unwrap();
        assert_eq!(second.adopt().unwrap(), [draft("a")]);
        assert_eq!(files(), 1, "it is ours now");
        second.keep(&[]).unwrap();
        assert_eq!(files(), 0);
        assert!(Drafts::new(None, Path::new("/b"), "x").keep(&[draft("a")]).is_ok());
    }
}
