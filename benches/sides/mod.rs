//! The two programs that are compared: this one, and the `sqlite3` program on the same customers.

mod cases;
mod growth;
mod peer;

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

pub(crate) use cases::{Case, cases};
pub(crate) use growth::grow;

/// The two stores, in one folder.
pub(crate) struct Sides {
    folder: PathBuf,
}

/// How a command went.
pub(crate) struct Run {
    pub(crate) took: Duration,
    /// What it printed, or how it failed.
    pub(crate) answer: Result<String, String>,
}

impl Sides {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.into() }
    }

    /// The customers that both sides hold.
    pub(crate) fn csv(&self) -> PathBuf {
        self.folder.join("customers.csv")
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.join("crm.redb")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("peer.db")
    }

    /// Our whole process, from start to exit.
    pub(crate) fn ours(&self, words: &[String]) -> Run {
        run(&mut self.command(words))
    }

    /// How many bytes our process reads from files, where the system tells.
    fn ours_reading(&self, words: &[String]) -> Result<Option<u64>, String> {
        let child = self.command(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.map_err(|error| error.to_string())?;
        let copied = child.stdout.take().map(|mut out| io::copy(&mut out, &mut io::sink()));
        copied.transpose().map_err(|error| error.to_string())?;
        let read = growth::bytes_read(child.id());
        child.wait().map_err(|error| error.to_string())?;
        Ok(read)
    }

    fn command(&self, words: &[String]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crm"));
        command.args(words).env("CRM_STORE", self.store()).env("NO_COLOR", "1");
        command.env("XDG_CONFIG_HOME", self.folder.join("config")).env("XDG_STATE_HOME", self.folder.join("state"));
        command
    }

    /// SQLite's whole process.
    pub(crate) fn theirs(&self, sql: &str) -> Run {
        run(Command::new("sqlite3").args(["-bail", "-csv"]).arg(self.database()).arg(sql))
    }

    /// Fills our store.
    pub(crate) fn fill_ours(&self) -> Run {
        let csv = self.csv().to_string_lossy().into_owned();
        self.ours(&["import", &csv, "--into", "customer", "--link-missing", "create", "--yes"].map(String::from))
    }

    /// Fills SQLite's.
    pub(crate) fn fill_theirs(&self) -> Run {
        self.theirs(peer::SCHEMA).then(|| self.load_theirs())
    }

    fn load_theirs(&self) -> Run {
        let import = format!(".import --csv --schema temp '{}' arrived", self.csv().display());
        run(Command::new("sqlite3").arg("-bail").arg(self.database()).args([&import, peer::FILL]))
    }
}

impl Run {
    /// The time of both, and the answer of the later one, which only runs after a success.
    fn then(self, later: impl FnOnce() -> Self) -> Self {
        if self.answer.is_err() {
            return self;
        }
        let later = later();
        Self { took: self.took + later.took, answer: later.answer }
    }
}

/// Whether there is a `sqlite3` program to compare with.
pub(crate) fn peer_exists() -> bool {
    run(Command::new("sqlite3").arg("--version")).answer.is_ok()
}

fn run(command: &mut Command) -> Run {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output();
    let took = start.elapsed();
    let answer = output.map_err(|error| error.to_string()).and_then(|output| {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        let message = text(&output.stderr);
        Err(format!("{}: {}", output.status, message.lines().next().unwrap_or("it said nothing")))
    });
    Run { took, answer }
}
