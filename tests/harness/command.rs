//! One command of a test: what goes in, and how it must end.

use std::{
    ffi::OsStr,
    io::Write as _,
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    process::{Child, Command, Stdio},
    thread::JoinHandle,
    time::Duration,
};

/// A command that is ready to run. Without [`Crm::stdin`] its input is empty; it never meets a terminal.
#[must_use = "a command runs when `ok`, `fails`, `output` or `spawn` is called"]
pub(crate) struct Crm {
    command: Command,
    input: Option<Vec<u8>>,
}

impl Crm {
    pub(super) fn new(command: Command) -> Self {
        Self { command, input: None }
    }

    /// Feeds it this text.
    pub(crate) fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.input = Some(text.into());
        self
    }

    /// Sets one more variable, or another value.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Adds words to its end.
    pub(crate) fn args<A: AsRef<OsStr>>(mut self, words: impl IntoIterator<Item = A>) -> Self {
        self.command.args(words);
        self
    }

    /// Runs it as another person than `ann`.
    pub(crate) fn user(self, login: &str) -> Self {
        self.env("CRM_AS", login)
    }

    /// Runs it as somebody who may do what everybody may and no more, where these tests are root's.
    pub(crate) fn by_nobody(mut self) -> Self {
        const NOBODY: u32 = 65_534;
        if std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
            self.command.uid(NOBODY).gid(NOBODY);
        }
        self
    }

    /// Runs it; it must succeed. Returns its stdout.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        self.output().ok()
    }

    /// Runs it; it must exit with this code. Returns its stderr.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        self.output().fails(code)
    }

    /// Runs it to its end, whatever that is.
    pub(crate) fn output(self) -> Output {
        self.spawn().wait()
    }

    /// Starts it, so that several run at once.
    pub(crate) fn spawn(mut self) -> Running {
        let words = format!("{:?}", self.command);
        self.command.stdin(if self.input.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = self.command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Fed from a thread: a command that prints before it has read everything would otherwise wait for us. That it
        // stops reading is its own affair.
        let feeder = self.input.zip(child.stdin.take()).map(|(input, mut pipe)| {
            std::thread::spawn(move || {
                let _ = pipe.write_all(&input);
            })
        });
        Running { child, feeder, words }
    }
}

/// A command that has been started.
#[must_use = "a command that nobody waits for proves nothing"]
pub(crate) struct Running {
    child: Child,
    feeder: Option<JoinHandle<()>>,
    words: String,
}

impl Running {
    /// Kills it where it stands, as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Kills it after a while, if it has not come to its end by then.
    pub(crate) fn kill_after(mut self, pause: Duration) -> Output {
        std::thread::sleep(pause);
        self.child.kill().unwrap();
        self.wait()
    }

    /// Waits for its end.
    pub(crate) fn wait(self) -> Output {
        let output = self.child.wait_with_output().unwrap();
        if let Some(feeder) = self.feeder {
            feeder.join().unwrap();
        }
        Output {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            words: self.words,
        }
    }
}

/// How a command ended.
#[must_use = "say how the command should have ended: `ok` or `fails`"]
pub(crate) struct Output {
    /// The exit code; none where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    words: String,
}

impl Output {
    /// It must have succeeded. Returns its stdout.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        self.ended(0).stdout
    }

    /// It must have exited with this code. Returns its stderr.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        assert_ne!(code, 0, "a failure has an exit code of its own");
        self.ended(code).stderr
    }

    /// It must have exited with this code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        let Self { code: found, stdout, stderr, words } = &self;
        assert!(
            *found == Some(code),
            "expected exit {code}, found {found:?}\n{words}\nstdout:\n{stdout}\nstderr:\n{stderr}"
        );
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::harness::TestEnvironment;

    #[test]
    fn what_goes_in_and_what_comes_out() {
        let env = TestEnvironment::new();
        assert_eq!(env.program("cat", [""; 0]).ok(), "", "no input is an empty one");
        let long = "line\n".repeat(100_000);
        assert_eq!(env.program("cat", [""; 0]).stdin(long.as_str()).ok(), long);
        assert_eq!(env.program("sh", ["-c", "echo out; echo bad >&2; exit 4"]).fails(4), "bad\n");
        let output = env.program("sh", ["-c", "echo $CRM_AS $X"]).user("bob").env("X", "1").output();
        assert_eq!((output.code, output.stdout.as_str(), output.stderr.as_str()), (Some(0), "bob 1\n", ""));
    }

    #[test]
    fn several_run_at_once() {
        // Each pipe is opened by one process and waited for by the other, so neither ends without the other running.
        let env = TestEnvironment::new();
        env.program("mkfifo", ["pipe"]).ok();
        let reader = env.program("cat", ["pipe"]).spawn();
        let writer = env.program("sh", ["-c", "echo hello > pipe"]).spawn();
        assert_eq!((writer.wait().ok(), reader.wait().ok()), (String::new(), "hello\n".into()));
        env.program("sleep", ["100"]).spawn().kill();
    }

    #[test]
    #[should_panic(expected = "expected exit 0, found Some(3)")]
    fn a_failure_is_not_ok() {
        TestEnvironment::new().program("sh", ["-c", "exit 3"]).ok();
    }

    #[test]
    #[should_panic(expected = "expected exit 2, found Some(0)")]
    fn a_success_does_not_fail() {
        TestEnvironment::new().program("true", [""; 0]).fails(2);
    }

    #[test]
    fn the_program_is_built() {
        let output = TestEnvironment::new().crm(["--version"]).output();
        assert!(output.code.is_some(), "{}", output.stderr);
    }
}
