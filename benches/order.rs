//! Writes `src/order.txt`: the functions that short commands run, which the linker is to put side by side.
//!
//! A program comes into memory piece by piece, as it is run, and a piece costs some microseconds. What a short command
//! runs is a tenth of the program, but lies all over it unless somebody says that it belongs together. `src/build.rs`
//! says more. To be run when dependencies, the compiler or much of the code have changed; names that there are no more do
//! no harm.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, without the output layer")]

#[expect(dead_code, reason = "only customers are made")]
mod made_up;
mod release;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use made_up::{Kind, write};

const USAGE: &str = "\
Writes src/order.txt, the functions that the linker puts first: those that short commands run.

    cargo bench --bench order -- --write

It needs valgrind, whose callgrind tells which functions a command ran.";

/// Enough for pages of every sort, few enough for a simulated processor.
const CUSTOMERS: u64 = 5000;

/// What is typed all day, what comes most often first: each ends in milliseconds, so that a start is much of it.
const COMMANDS: &[&str] = &[
    "customer show C-17 -o json",
    "customer list email:c16@example17.com -o ids",
    "customer list owner:u07 --sort -created --limit 50 -o ids",
    "find harbor --limit 50 -o ids",
    "find hengrui",
    "find 恒瑞科技 -o ids",
    "customer count grade:A city:上海",
    "customer show C-18",
    "customer list city:上海 --limit 20",
    "followup list",
    "customer set C-18 grade=B -q",
    "customer add name=恒瑞科技 phone=13800138000 city=上海",
    "deal add Renewal customer=C-17 amount=5000",
    "deal move D-1 won",
    "followup add Call customer=C-17 due=tomorrow",
    "log call C-17 spoke about the quote",
    "undo",
];

fn main() -> ExitCode {
    if !std::env::args().any(|word| word == "--write") {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let folder = std::env::temp_dir().join(format!("crm-order-{}", std::process::id()));
    let done = run(&folder);
    let cleared = fs::remove_dir_all(&folder);
    match done.and_then(|()| cleared.map_err(|error| format!("{}: {error}", folder.display()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path) -> Result<(), String> {
    let csv = folder.join("customers.csv");
    fs::create_dir_all(folder)
        .and_then(|()| write(Kind::Customer, CUSTOMERS, BufWriter::new(File::create(&csv)?)))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    let crm = release::program()?;
    let csv = csv.to_string_lossy();
    succeed(
        Command::new(crm).args(["import", &csv, "--into", "customer", "--link-missing", "create", "--yes"]),
        folder,
    )?;
    let (mut names, mut text) = (HashSet::new(), String::new());
    for words in COMMANDS {
        let told = folder.join("callgrind.out");
        let mut command = Command::new("valgrind");
        command.args(["-q", "--tool=callgrind", "--demangle=no", "--compress-strings=no"]);
        command.arg(format!("--callgrind-out-file={}", told.display())).arg(crm).args(words.split(' '));
        succeed(&mut command, folder)?;
        let told = fs::read_to_string(&told).map_err(|error| format!("{}: {error}", told.display()))?;
        let more: BTreeSet<&str> = told.lines().filter_map(ran).filter(|name| !names.contains(*name)).collect();
        text.extend(more.iter().flat_map(|name| [name, "\n"]));
        names.extend(more.into_iter().map(str::to_owned));
        println!("{:5} functions, crm {words}", names.len());
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/order.txt");
    fs::write(&list, text).map_err(|error| format!("{}: {error}", list.display()))
}

/// The symbol in a line that says which function the costs below it are of: `fn=_ZN3crm4main17h...E`, a recursive call of
/// it with `'2` behind. What has no symbol is told by its address, or in brackets.
fn ran(line: &str) -> Option<&str> {
    let name = line.strip_prefix("fn=")?;
    let name = name.split_once('\'').map_or(name, |(name, _)| name);
    (!name.starts_with("0x") && !name.starts_with('(')).then_some(name)
}

fn succeed(command: &mut Command, folder: &Path) -> Result<(), String> {
    command.env("CRM_STORE", folder.join("crm.redb")).env("NO_COLOR", "1").stdin(Stdio::null());
    command.env("XDG_CONFIG_HOME", folder.join("config")).env("XDG_STATE_HOME", folder.join("state"));
    let output = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)))
}
