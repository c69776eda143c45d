//! A text in the person's own editor: written to a file that only they can read, and read back when the editor has ended.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
    sync::atomic::{AtomicBool, Ordering},
};

use crate::{
    error::{Error, Result},
    text::said,
};

/// What a shell says of a command that it cannot run.
const NOT_RUN: [i32; 2] = [126, 127];

/// A text to be edited outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditRequest {
    /// The form that it comes from.
    pub form: u64,
    /// The text.
    pub text: String,
    /// How the name of its file ends, by which editors know what it is.
    pub ending: &'static str,
}

/// Where and with what texts are edited.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The folder of the file.
    pub folder: PathBuf,
    /// What the names of this session's files begin with.
    pub session: String,
}

impl Editor {
    /// The text as the editor left it; `None` where the editor ended with a failure, by which people say that nothing
    /// is to be taken over. The terminal must be the editor's meanwhile.
    ///
    /// # Errors
    /// Where there is no such editor, and where the file cannot be written or read. What cannot be read stays where it is.
    pub fn edit(&self, letter: &EditRequest) -> Result<Option<String>> {
        let path = self.folder.join(format!("{}-{}.{}", self.session, letter.form, letter.ending));
        write(&path, &letter.text).map_err(|error| {
            let at = path.display();
            Error::failure(said!(
                "The text for the editor cannot be written to {at}: {error}",
                "无法将要编辑的文本写入 {at}：{error}"
            ))
            .hint(said!("look at the folder for state files", "请检查状态目录"))
        })?;
        let command = command();
        let ended = while_it_runs(|| run(&command, &path));
        let ran = ended.as_ref().is_ok_and(|status| !status.code().is_some_and(|code| NOT_RUN.contains(&code)));
        if !ran {
            let _ = fs::remove_file(&path);
            return Err(Error::failure(said!("The editor cannot be run: {command}", "无法运行编辑器：{command}"))
                .hint(said!(
                    "set VISUAL or EDITOR to an editor that is installed",
                    "请将 VISUAL 或 EDITOR 设为已安装的编辑器"
                )));
        }
        if !ended.is_ok_and(|status| status.success()) {
            let _ = fs::remove_file(&path);
            return Ok(None);
        }
        let text = read(&path).map_err(|error| {
            let at = path.display();
            Error::failure(said!("What the editor wrote cannot be read: {error}", "无法读取编辑器写入的内容：{error}"))
                .hint(said!("it is in {at}", "内容保存在 {at}"))
        })?;
        // It is in the form from here on.
        let _ = fs::remove_file(&path);
        Ok(Some(text))
    }
}

/// The person's editor, as a shell reads it.
fn command() -> String {
    let set = |name| std::env::var(name).ok().filter(|command| !command.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(text.as_bytes())
}

/// What the editor left, without the byte order mark that some write.
fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map(|text| crate::text::unmarked(&text).to_owned())
}

/// The command may have words of its own and may be quoted, so a shell reads it.
fn run(command: &str, path: &Path) -> io::Result<ExitStatus> {
    Command::new("sh").arg("-c").arg(format!("{command} \"$@\"")).arg(command).arg(path).status()
}

/// Whether an editor has the terminal.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Whether an editor has the terminal: a key that interrupts it reaches this program too, which lets it pass.
pub fn is_open() -> bool {
    OPEN.load(Ordering::SeqCst)
}

fn while_it_runs<T>(act: impl FnOnce() -> T) -> T {
    OPEN.store(true, Ordering::SeqCst);
    let done = act();
    OPEN.store(false, Ordering::SeqCst);
    done
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_file_is_nobody_elses() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("drafts/one.conf");
        for text in ["name=a longer text\n", "name=b\n"] {
            write(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("one.conf");
        write(&path, "\u{feff}name=a\n").unwrap();
        assert_eq!(read(&path).unwrap(), "name=a\n");
    }

    #[test]
    fn an_editor_may_have_words_of_its_own() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("it's a \"text\".conf");
        write(&path, "name=a\n").unwrap();
        assert!(run("sed -i -e 's/a$/b c/'", &path).unwrap().success());
        assert_eq!(fs::read_to_string(&path).unwrap(), "name=b c\n");
        assert_eq!(run("no-such-editor", &path).unwrap().code(), Some(127));
        assert!(!run("false", &path).unwrap().success());
    }
}
