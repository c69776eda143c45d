//! Standard output: buffered, its errors told apart, through a pager where a table is longer than the screen.

use std::{
    env,
    io::{self, BufWriter, IsTerminal as _, Write},
    os::fd::AsFd,
    process::{Child, ChildStdin, Command, Stdio},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::late::Late;
use crate::{
    error::{Error, ErrorKind},
    text::said,
};

/// Why something could not be written. A reader who went away is no failure.
pub fn lost(error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Error::new(ErrorKind::BrokenPipe, said!("The reader of the output went away", "读取输出的一方已关闭"));
    }
    let reason = match error.kind() {
        io::ErrorKind::StorageFull => "No space left on the device".to_owned(),
        _ => error.to_string(),
    };
    let failure = Error::failure(said!("The output cannot be written: {reason}", "无法写出结果：{reason}"));
    failure.hint(match error.kind() {
        io::ErrorKind::StorageFull => said!(
            "what was printed so far is not complete; make room and run the command again",
            "已输出的内容不完整；请腾出空间后重新运行"
        ),
        _ => said!("what was printed so far is not complete", "已输出的内容不完整"),
    })
}

type Direct = BufWriter<io::StdoutLock<'static>>;

fn direct() -> Direct {
    BufWriter::with_capacity(64 << 10, io::stdout().lock())
}

/// Standard output for one command.
pub struct Stdout(Destination);

enum Destination {
    Direct(Direct),
    /// Until the store is closed.
    Late(Late),
    /// Not yet longer than the screen.
    Held {
        bytes: Vec<u8>,
        lines: usize,
        height: usize,
        pager: Vec<String>,
    },
    Paged(Pager),
}

impl Stdout {
    /// Writes straight through.
    pub fn direct() -> Self {
        Self(Destination::Direct(direct()))
    }

    /// Keeps what is written until it is certain.
    pub fn late(late: Late) -> Self {
        Self(Destination::Late(late))
    }

    /// Shows a pager as soon as there are more lines than the screen has, if somebody is there to read it: it takes the
    /// keys from standard input, where lines that were pasted after the command are meant for the shell.
    pub fn paged(height: usize) -> Self {
        let stdin = io::stdin();
        if stdin.is_terminal() && !something_waits(&stdin) {
            Self::paged_by(pager_words(), height)
        } else {
            Self::direct()
        }
    }

    fn paged_by(pager: Vec<String>, height: usize) -> Self {
        Self(Destination::Held { bytes: Vec::new(), lines: 0, height, pager })
    }

    /// Writes what is still held, and waits for the reader of the pager.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Destination::Direct(mut out) => out.flush(),
            Destination::Late(_) => Ok(()),
            Destination::Held { bytes, .. } => {
                let mut out = direct();
                out.write_all(&bytes)?;
                out.flush()
            }
            Destination::Paged(pager) => pager.finish(),
        }
    }
}

impl Write for Stdout {
    fn write(&mut self, new: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Destination::Direct(out) => out.write(new),
            Destination::Late(late) => {
                late.data(new);
                Ok(new.len())
            }
            Destination::Paged(pager) => pager.input.as_mut().map_or(Ok(new.len()), |input| input.write(new)),
            Destination::Held { bytes, lines, height, pager } => {
                *lines += new.iter().filter(|byte| **byte == b'\n').count();
                bytes.extend_from_slice(new);
                if *lines >= *height {
                    let bytes = std::mem::take(bytes);
                    self.0 = match Pager::start(pager) {
                        Some(pager) => Destination::Paged(pager),
                        None => Destination::Direct(direct()),
                    };
                    self.write_all(&bytes)?;
                }
                Ok(new.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Destination::Direct(out) => out.flush(),
            Destination::Paged(pager) => pager.input.as_mut().map_or(Ok(()), Write::flush),
            Destination::Late(_) | Destination::Held { .. } => Ok(()),
        }
    }
}

/// Whether there is something to be read already.
fn something_waits(input: &impl AsFd) -> bool {
    let mut waiting = [PollFd::new(input, PollFlags::IN)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut waiting, Some(&at_once)).is_ok_and(|ready| ready > 0)
}

struct Pager {
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
}

impl Pager {
    fn start(words: &[String]) -> Option<Self> {
        let (program, arguments) = words.split_first()?;
        if program == "cat" {
            return None;
        }
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            command.env("LESS", "RFX");
        }
        // What is printed is UTF-8 whatever the locale says; less shows bytes in the C locale otherwise.
        if env::var_os("LESSCHARSET").is_none() {
            command.env("LESSCHARSET", "utf-8");
        }
        let mut child = command.spawn().ok()?;
        let input = child.stdin.take().map(|input| BufWriter::with_capacity(64 << 10, input));
        Some(Self { child, input })
    }

    fn finish(mut self) -> io::Result<()> {
        self.input.take().map_or(Ok(()), |mut input| input.flush())
    }
}

impl Drop for Pager {
    /// Whatever happened, the terminal is the pager's until its reader leaves it.
    fn drop(&mut self) {
        if let Some(input) = self.input.take() {
            // Dropping the buffer would try to write its rest once more, to a pager that may be gone.
            let (input, _) = input.into_parts();
            drop(input);
        }
        let _ = self.child.wait();
    }
}

/// The words of `$CRM_PAGER`, else `$PAGER`, else `less -RFX`. Set but empty means none.
fn pager_words() -> Vec<String> {
    let named = env::var("CRM_PAGER").or_else(|_| env::var("PAGER")).unwrap_or_else(|_| "less -RFX".to_owned());
    named.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
        let (reader, mut writer) = io::pipe().unwrap();
        drop(reader);
        let error = lost(writer.write_all(b"x").unwrap_err());
        assert_eq!((error.kind(), error.kind().exit_code()), (ErrorKind::BrokenPipe, 0));

        let error = lost(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(error.kind().exit_code(), 1);
        assert!(error.message(Lang::En).contains("No space left"));
        assert_eq!(error.message(Lang::En).lines().count(), 1);
    }

    #[test]
    fn what_waits_to_be_read_is_seen_and_not_taken() {
        let (mut reader, mut writer) = io::pipe().unwrap();
        assert!(!something_waits(&reader));
        writer.write_all(b"crm agenda").unwrap();
        assert!(something_waits(&reader));
        drop(writer);
        let mut read = String::new();
        io::Read::read_to_string(&mut reader, &mut read).unwrap();
        assert_eq!(read, "crm agenda");
    }

    #[test]
    fn a_pager_that_cannot_start_is_none() {
        assert!(Pager::start(&["no-such-pager-anywhere".to_owned()]).is_none());
        assert!(Pager::start(&[]).is_none());
        assert!(Pager::start(&["cat".to_owned()]).is_none());
    }

    #[test]
    fn only_what_is_longer_than_the_screen_goes_to_the_pager() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("page");
        let words =
            || ["cp", "/dev/stdin"].map(str::to_owned).into_iter().chain([page.display().to_string()]).collect();
        let mut long = Stdout::paged_by(words(), 3);
        for line in ["1\n", "2\n", "3\n", "4\n"] {
            assert!(!page.exists() || line == "4\n");
            long.write_all(line.as_bytes()).unwrap();
        }
        long.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&page).unwrap(), "1\n2\n3\n4\n", "finishing waits for the pager");

        let mut short = Stdout::paged_by(vec!["no-such-pager-anywhere".to_owned()], 3);
        short.write_all(b"").unwrap();
        assert!(matches!(short.0, Destination::Held { .. }));
        short.finish().unwrap();
    }

    #[test]
    fn a_pager_that_leaves_early_breaks_the_pipe() {
        let Some(mut pager) = Pager::start(&["true".to_owned()]) else { return };
        let _ = pager.child.wait();
        let page = vec![b'x'; 1 << 20];
        let error = pager.input.as_mut().unwrap().write_all(&page).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
