//! Times `crm` beside the `sqlite3` program on the same made-up customers: whole processes, in turn, medians, ratios.
//!
//! A ratio is ours over theirs, so less than 1 is faster than SQLite. Answers are compared before times are. With
//! `--growth` it times `crm` alone, at several sizes.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, without the output layer")]

#[expect(dead_code, reason = "only customers are compared")]
mod made_up;
mod release;
mod sides;

use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use made_up::{Kind, write};
use sides::{Case, Sides, cases, grow, peer_exists};

const USAGE: &str = "\
Times crm beside the sqlite3 program on the same made-up customers.

    cargo bench --bench compare -- --count 1000000 [--runs 15] [--dir FOLDER] [--only NAME]
    cargo bench --bench compare -- --growth 10000,100000,1000000 [--runs 15] [--dir FOLDER] [--only NAME]

The stores are built in the folder (a temporary one unless named) and kept there; where they exist they are used. The
second prints how the time of each command, and what it reads, grow with the number of customers.
The exit status is 1 where an answer differs or a command fails.";

struct Options {
    count: u64,
    /// How many customers the stores of a table of growth hold.
    growth: Vec<u64>,
    runs: usize,
    folder: Option<PathBuf>,
    only: Option<String>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.is_empty() || words.iter().any(|word| matches!(word.as_str(), "--test" | "--help")) {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let options = match options(&words) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    let done = release::program().and_then(|_| compare_or_grow(&options));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
fn compare_or_grow(options: &Options) -> Result<bool, String> {
    if !options.growth.is_empty() {
        let folder = options.folder.clone().unwrap_or_else(|| std::env::temp_dir().join("crm-growth"));
        grow(&options.growth, options.runs, &folder, options.only.as_deref())
    } else if peer_exists() {
        compare(options)
    } else {
        eprintln!("skipped: there is no sqlite3 program to compare with; install it and run this again");
        Ok(true)
    }
}

fn options(words: &[String]) -> Result<Options, String> {
    let mut options = Options { count: 0, growth: Vec::new(), runs: 15, folder: None, only: None };
    for pair in words.chunks(2) {
        let [option, value] = pair else { return Err(format!("`{}` needs a value", pair[0])) };
        let number = || value.parse::<u32>().map_err(|_| format!("`{value}` is no number"));
        match option.as_str() {
            "--count" => options.count = number()?.into(),
            "--growth" => {
                let sizes = value.split(',').map(|size| size.parse().map_err(|_| format!("`{size}` is no number")));
                options.growth = sizes.collect::<Result<_, _>>()?;
            }
            "--runs" => options.runs = number()?.max(1) as usize,
            "--dir" => options.folder = Some(value.into()),
            "--only" => options.only = Some(value.clone()),
            _ => return Err(format!("`{option}` is no option")),
        }
    }
    if options.count == 0 && options.growth.is_empty() {
        Err("--count or --growth is needed".into())
    } else {
        Ok(options)
    }
}

/// Builds what is missing, times every case, and says whether all answers agreed.
fn compare(options: &Options) -> Result<bool, String> {
    let default = || std::env::temp_dir().join(format!("crm-compare-{}", options.count));
    let folder = options.folder.clone().unwrap_or_else(default);
    let sides = Sides::new(&folder);
    println!("{:24} {:>12} {:>12} {:>8}", "", "crm, ms", "sqlite3, ms", "ratio");
    build(&sides, &folder, options.count)?;
    let mut fine = true;
    for case in cases(options.count) {
        if options.only.as_ref().is_some_and(|only| only != case.name) {
            continue;
        }
        match measure(&case, &sides, options.runs) {
            Ok((ours, theirs)) => row(case.name, ours, theirs),
            Err(message) => {
                fine = false;
                println!("{:24} {message}", case.name);
            }
        }
    }
    Ok(fine)
}

fn build(sides: &Sides, folder: &Path, count: u64) -> Result<(), String> {
    let built = folder.join("built");
    if built.exists() {
        return Ok(());
    }
    let took = make_ours(sides, folder, count)?;
    remove(&[sides.database(), sides.database().with_extension("db-wal")])?;
    let theirs = sides.fill_theirs();
    theirs.answer.map_err(|message| format!("sqlite3 import: {message}"))?;
    // What the system still has to write would be written while questions are timed.
    for file in [sides.store(), sides.database()] {
        File::open(&file).and_then(|held| held.sync_all()).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    File::create(built).map_err(|error| format!("{}: {error}", folder.display()))?;
    if let Some(took) = took {
        row("import", took, theirs.took);
    }
    let megabytes = |path: PathBuf| fs::metadata(path).map_or(0, |file| file.len() / 1_000_000);
    println!("{:24} {:>9} MB {:>9} MB", "on disk", megabytes(sides.store()), megabytes(sides.database()));
    Ok(())
}

/// Builds our store where it is missing, and says how long the import took.
fn make_ours(sides: &Sides, folder: &Path, count: u64) -> Result<Option<Duration>, String> {
    let made = folder.join("imported");
    if made.exists() {
        return Ok(None);
    }
    fs::create_dir_all(folder)
        .and_then(|()| write(Kind::Customer, count, BufWriter::new(File::create(sides.csv())?)))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    remove(&[sides.store()])?;
    let ours = sides.fill_ours();
    ours.answer.map_err(|message| format!("crm import: {message}"))?;
    File::create(made).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(Some(ours.took))
}

fn remove(files: &[PathBuf]) -> Result<(), String> {
    files
        .iter()
        .filter(|file| file.exists())
        .try_for_each(|file| fs::remove_file(file).map_err(|error| format!("{}: {error}", file.display())))
}

/// The medians of both sides, which take turns so that a busy machine is fair to both. The first round only warms up
/// and must agree.
fn measure(case: &Case, sides: &Sides, runs: usize) -> Result<(Duration, Duration), String> {
    let runs = if case.long { (runs / 4).max(3) } else { runs };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=runs {
        let (words, sql) = case.round(round);
        let (our, their) = (sides.ours(&words), sides.theirs(&sql));
        let our_answer = our.answer.map_err(|message| format!("FAILED crm: {message}"))?;
        let their_answer = their.answer.map_err(|message| format!("FAILED sqlite3: {message}"))?;
        if round == 0 {
            case.agree(&our_answer, &their_answer, sides).map_err(|how| format!("DIFFERS {how}"))?;
        } else {
            ours.push(our.took);
            theirs.push(their.took);
        }
    }
    Ok((median(ours), median(theirs)))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn row(name: &str, ours: Duration, theirs: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{name:24} {:>12.2} {:>12.2} {:>8.2}", ms(ours), ms(theirs), ms(ours) / ms(theirs));
}
