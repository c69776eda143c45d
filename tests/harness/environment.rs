//! The folders, the clock and the variables that a command of a test sees.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use chrono::{DateTime, TimeDelta, Utc};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::{command::Crm, terminal::Terminal};

/// Variables of the real environment that commands keep: the way to other programs, and what a coverage run needs.
const KEPT: [&str; 2] = ["PATH", "LLVM_PROFILE_FILE"];

/// A temporary home with a store of its own, removed when the test ends.
pub(crate) struct TestEnvironment {
    root: TempDir,
    now: Mutex<DateTime<Utc>>,
}

impl TestEnvironment {
    /// An empty home; no store yet. The clock stands at nine o'clock UTC on Monday, 2 March 2026.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["home", "data", "config", "state", "cache", "run"] {
            std::fs::create_dir(root.path().join(folder)).unwrap();
        }
        Self { root, now: Mutex::new("2026-03-02T09:00:00Z".parse().unwrap()) }
    }

    /// `crm` with these words, one second after the command before it, as `ann`, in the home folder. Nothing runs
    /// until the command is told how it should end.
    pub(crate) fn crm<A: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = A>) -> Crm {
        self.program(env!("CARGO_BIN_EXE_crm"), words)
    }

    /// Another program in the same world: a script, an editor.
    pub(crate) fn program<A: AsRef<OsStr>>(
        &self,
        program: impl AsRef<OsStr>,
        words: impl IntoIterator<Item = A>,
    ) -> Crm {
        let mut command = Command::new(program);
        command.args(words).current_dir(self.path("home")).env_clear().envs(self.variables());
        Crm::new(command)
    }

    /// `crm` with these words on a terminal of so many columns and lines, in the same world.
    pub(crate) fn screen<A: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = A>, size: (u16, u16)) -> Terminal {
        self.on_terminal(env!("CARGO_BIN_EXE_crm"), words, size)
    }

    /// Another program on a terminal: a shell.
    pub(crate) fn on_terminal<A: AsRef<OsStr>>(
        &self,
        program: impl AsRef<OsStr>,
        words: impl IntoIterator<Item = A>,
        size: (u16, u16),
    ) -> Terminal {
        let mut command = CommandBuilder::new(program);
        command.args(words);
        command.cwd(self.path("home"));
        command.env_clear();
        self.variables().into_iter().for_each(|(name, value)| command.env(name, value));
        command.env("TERM", "xterm-256color");
        Terminal::start(command, size)
    }

    /// The variables of the next command, one second after the one before it.
    fn variables(&self) -> Vec<(&'static str, OsString)> {
        self.advance_clock(TimeDelta::seconds(1));
        let mut all: Vec<_> = KEPT.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))).collect();
        for (name, folder) in [
            ("HOME", "home"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            all.push((name, self.path(folder).into()));
        }
        let said = [("TZ", "UTC".into()), ("LANG", "C".into()), ("USER", "ann".into()), ("CRM_NOW", self.now().into())];
        all.extend(said);
        // The clock of a test goes where the test says, whatever that of the machine says.
        all.push(("CRM_CLOCK", "free".into()));
        all.push(("CRM_STORE", self.store().into()));
        all
    }

    /// The instant that the last command saw, as RFC 3339.
    pub(crate) fn now(&self) -> String {
        self.now.lock().unwrap().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// Moves the clock of later commands.
    pub(crate) fn advance_clock(&self, by: TimeDelta) {
        *self.now.lock().unwrap() += by;
    }

    /// The store's file.
    pub(crate) fn store(&self) -> PathBuf {
        self.path("data/crm.redb")
    }

    /// A path inside this world.
    pub(crate) fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(inside)
    }

    /// A file in the home folder, where commands run.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("home").join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

#[test]
fn a_command_sees_its_own_world_and_nothing_else() {
    let env = TestEnvironment::new();
    let seen = env.program("env", ["-u", "PATH", "-u", "LLVM_PROFILE_FILE", "env"]).ok();
    let mut names: Vec<&str> = seen.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    names.sort_unstable();
    let expected = "CRM_CLOCK CRM_NOW CRM_STORE HOME LANG TZ USER \
        XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR XDG_STATE_HOME";
    assert_eq!(names.join(" "), expected);
    assert!(seen.contains(&format!("CRM_STORE={}\n", env.store().display())));
    assert_ne!(env.store(), TestEnvironment::new().store());
}

#[test]
fn each_command_is_a_second_later() {
    let env = TestEnvironment::new();
    let clock = || env.program("sh", ["-c", "echo $CRM_NOW"]).ok();
    assert_eq!(clock(), "2026-03-02T09:00:01Z\n");
    assert_eq!(clock(), "2026-03-02T09:00:02Z\n");
    env.advance_clock(TimeDelta::days(1));
    assert_eq!(clock(), "2026-03-03T09:00:03Z\n");
    assert_eq!(env.now(), "2026-03-03T09:00:03Z");
}

#[test]
fn commands_run_where_files_are_written() {
    let env = TestEnvironment::new();
    env.write("words.txt", "hello");
    assert_eq!(env.program("cat", ["words.txt"]).ok(), "hello");
    assert_eq!(std::fs::read_to_string(env.path("home/words.txt")).unwrap(), "hello");
}
