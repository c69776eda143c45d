//! Times the full screen as a person meets it: the real program on a real terminal with a real store, from a key to the
//! picture that answers it.
//!
//! A key has two times. `first` is when the first picture after it is whole: it has been heard. `whole` is when the last
//! one is, after which nothing more comes: everything that it asked for is read and shown.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program of its own, without the output layer; what it measures must work or it has nothing to say"
)]

#[expect(dead_code, reason = "contacts are not shown in a list")]
mod made_up;
mod release;
#[path = "../tests/harness/terminal.rs"]
#[expect(dead_code, reason = "tests look at more than time")]
mod terminal;

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Duration,
};

use made_up::{Kind, PEOPLE, write};
use portable_pty::CommandBuilder;
use terminal::{Answered, Terminal};

const USAGE: &str = "\
Times the full screen: from the start of the process to its first rows, from a key to the picture that answers it.

    cargo bench --bench screen -- --customers 1000000 [--deals N] [--followups N] [--tickets N]
    cargo bench --bench screen -- --store FILE [--as LOGIN]

A store that is named is copied first and stays as it is. Others are made of made-up records, a fifth as many deals,
three tenths follow-ups and a tenth tickets unless said otherwise.
    --size 120x36   the window
    --times 100     how often a key is pressed
    --program FILE  another build";

/// After so long without a picture there will be no other.
const QUIET: Duration = Duration::from_millis(150);

struct Options {
    store: Option<PathBuf>,
    login: String,
    counts: [(Kind, u64); 4],
    size: (u16, u16),
    times: usize,
    program: PathBuf,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.is_empty() || words.iter().any(|word| matches!(word.as_str(), "--test" | "--help")) {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match options(&words).and_then(|options| measure(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn options(words: &[String]) -> Result<Options, String> {
    let mut counts = [Kind::Customer, Kind::Deal, Kind::Followup, Kind::Ticket].map(|kind| (kind, None));
    let mut options = Options {
        store: None,
        login: "u01".to_owned(),
        counts: counts.map(|(kind, _)| (kind, 0)),
        size: (120, 36),
        times: 100,
        program: PathBuf::new(),
    };
    for pair in words.chunks(2) {
        let [option, value] = pair else { return Err(format!("`{}` needs a value", pair[0])) };
        let number = || value.parse::<u64>().map_err(|_| format!("`{value}` is no number"));
        match option.as_str() {
            "--store" => options.store = Some(value.into()),
            "--as" => options.login.clone_from(value),
            "--program" => options.program = value.into(),
            "--times" => options.times = number()? as usize,
            "--size" => {
                let size =
                    value.split_once('x').and_then(|(cols, rows)| Some((cols.parse().ok()?, rows.parse().ok()?)));
                options.size = size.ok_or_else(|| format!("`{value}` is no size"))?;
            }
            "--customers" | "--deals" | "--followups" | "--tickets" => {
                let kind = counts.iter_mut().find(|(kind, _)| format!("--{}s", kind.noun()) == *option);
                kind.ok_or("no such kind")?.1 = Some(number()?);
            }
            _ => return Err(format!("`{option}` is no option")),
        }
    }
    if options.program.as_os_str().is_empty() {
        options.program = release::program()?.into();
    }
    let customers = counts[0].1.unwrap_or(10_000);
    let usual = [customers, customers / 5, customers * 3 / 10, customers / 10];
    for ((held, (_, said)), usual) in options.counts.iter_mut().zip(counts).zip(usual) {
        held.1 = said.unwrap_or(usual);
    }
    Ok(options)
}

fn measure(options: &Options) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let store = folder.path().join("crm.redb");
    match &options.store {
        Some(named) => {
            fs::copy(named, &store).map_err(|error| format!("{}: {error}", named.display()))?;
        }
        None => fill(options, &store, folder.path())?,
    }
    let world = World { options, store: &store, folder: folder.path() };
    let count = |noun: &str| world.run([noun, "count"]).map(|text| text.trim().to_owned());
    println!(
        "{} customers, {} deals, {} follow-ups, {} tickets; {}x{}",
        count("customer")?,
        count("deal")?,
        count("followup")?,
        count("ticket")?,
        options.size.0,
        options.size.1,
    );
    let starts: Vec<Duration> = (0..7).map(|_| world.start()).collect();
    let heading = ["", "times", "first p50", "p99", "max", "whole p50", "p99", "max  (ms)"];
    println!("{}", line(&heading.map(str::to_owned)));
    let none = String::new;
    let [half, most, max] = spread(starts);
    println!("{}", line(&["start to rows".to_owned(), "7".to_owned(), none(), none(), none(), half, most, max]));

    let mut screen = world.open();
    for case in CASES {
        case.go(&mut screen, options.times)?;
    }
    let memory = fs::read_to_string(format!("/proc/{}/status", screen.id())).unwrap_or_default();
    if let Some(most) = memory.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("peak resident memory {}", most.trim());
    }
    screen.keys("\x1b\x1bq");
    Ok(())
}

/// Keys that are pressed in turn, and how often of a hundred times.
struct Case {
    name: &'static str,
    /// What is pressed before and not timed.
    before: &'static str,
    keys: &'static [&'static str],
    /// Those that are not timed, among them.
    silent: &'static str,
    share: usize,
    /// What is pressed afterwards.
    after: &'static str,
}

const fn case(name: &'static str, before: &'static str, keys: &'static [&'static str], share: usize) -> Case {
    Case { name, before, keys, silent: "", share, after: "" }
}

const CASES: &[Case] = &[
    case("j, k", "1gg", &["j", "j", "j", "k"], 100),
    case("page down, up", "gg", &["\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[5~"], 60),
    case("half page ^d ^u", "gg", &["\x04", "\x04", "\x15"], 40),
    case("gg, G", "", &["G", "gg"], 60),
    Case { after: "\x1b", ..case("record J, K", "gg\r", &["J", "J", "K"], 60) },
    Case { silent: "\x1b", ..case("open a record", "gg", &["\r", "\x1b", "j"], 30) },
    Case { silent: "\x15", after: "\x1b", ..case("type /上海", "gg/", &["上", "海", "\x15"], 30) },
    Case { silent: "\x15", after: "\x1b", ..case("type /har", "gg/", &["h", "a", "r", "\x15"], 40) },
    case("to a pane", "", &["2", "3", "4", "1"], 24),
    case("board h j k l", "2", &["j", "l", "j", "k", "h"], 50),
    case("move a card", "2", &["L", "H"], 20),
    case("agenda j k", "3", &["j", "j", "k"], 30),
    Case { after: "1", ..case("tickets j k", "4", &["j", "j", "k"], 30) },
];

impl Case {
    fn go(&self, screen: &mut Terminal, times: usize) -> Result<(), String> {
        if !self.before.is_empty() {
            screen.press(self.before, QUIET * 4);
        }
        let mut answers: Vec<Answered> = Vec::new();
        let share = (times * self.share / 100).max(3);
        for key in self.keys.iter().cycle() {
            if answers.len() >= share {
                break;
            }
            let answered = screen.press(key, QUIET);
            if self.silent != *key {
                answers.extend(answered);
            }
            // A key that finds nothing to act on is quick for nothing.
            if screen.picture().has("There is no") {
                return Err(format!("{}: {key} finds nothing to act on", self.name));
            }
        }
        if !self.after.is_empty() {
            screen.press(self.after, QUIET * 4);
        }
        let mut cells = vec![self.name.to_owned(), answers.len().to_string()];
        cells.extend(spread(answers.iter().map(|answer| answer.first).collect()));
        cells.extend(spread(answers.iter().map(|answer| answer.last).collect()));
        println!("{}", line(&cells));
        Ok(())
    }
}

/// Median, 99th percentile and maximum, in milliseconds.
fn spread(mut times: Vec<Duration>) -> [String; 3] {
    times.sort();
    let at = |share: usize| times[(times.len() * share).div_ceil(100).clamp(1, times.len()) - 1];
    [at(50), at(99), at(100)].map(|time| format!("{:.1}", time.as_secs_f64() * 1000.0))
}

fn line(cells: &[String]) -> String {
    let mut out = String::new();
    for (at, cell) in cells.iter().enumerate() {
        let wide: usize = cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        match at {
            0 => out.push_str(&format!("{cell}{}", " ".repeat(20_usize.saturating_sub(wide)))),
            _ => out.push_str(&format!("{cell:>10}")),
        }
    }
    out
}

struct World<'a> {
    options: &'a Options,
    store: &'a Path,
    folder: &'a Path,
}

impl World<'_> {
    fn command(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(&self.options.program);
        command.args([OsStr::new("--store"), self.store.as_os_str(), "--as".as_ref(), self.options.login.as_ref()]);
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
            command.env(name, self.folder);
        }
        for (name, value) in [("TERM", "xterm-256color"), ("CRM_LANG", "en"), ("CRM_TZ", "UTC")] {
            command.env(name, value);
        }
        command
    }

    fn open(&self) -> Terminal {
        let screen = Terminal::start(self.command(), self.options.size);
        // The number of rows stands at the foot as soon as they are there.
        screen.wait("rows", |picture| picture.lines.last().is_some_and(|last| last.contains("1/")));
        screen
    }

    /// From the start of the process to its first rows.
    fn start(&self) -> Duration {
        let mut screen = self.open();
        let time = screen.since_start();
        screen.press("", QUIET * 2);
        screen.keys("q");
        screen.end();
        time
    }

    fn run<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Result<String, String> {
        run(Command::new(&self.options.program).args(words).arg("--store").arg(self.store))
    }
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Makes a store of made-up records.
fn fill(options: &Options, store: &Path, folder: &Path) -> Result<(), String> {
    for (kind, count) in [(Kind::User, PEOPLE)].into_iter().chain(options.counts) {
        let file = folder.join(kind.noun()).with_extension("csv");
        File::create(&file)
            .and_then(|open| write(kind, count, BufWriter::new(open)))
            .map_err(|error| format!("{}: {error}", file.display()))?;
        run(Command::new(&options.program)
            .arg("--store")
            .arg(store)
            .arg("import")
            .arg(&file)
            .args(["--into", kind.noun()])
            .env("XDG_CONFIG_HOME", folder))?;
        fs::remove_file(&file).map_err(|error| error.to_string())?;
    }
    Ok(())
}
