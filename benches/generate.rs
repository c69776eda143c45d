//! Writes made-up records as CSV: something of every size to import, try and measure.

#![expect(clippy::print_stderr, reason = "a program of its own, without the library's output layer")]

mod made_up;

use std::{
    fs::File,
    io::{self, BufWriter},
    path::Path,
    process::ExitCode,
};

use made_up::{Kind, PEOPLE, write};

const USAGE: &str = "\
Writes made-up records as CSV; the same count gives the same bytes.

    cargo bench --bench generate -- --kind customer --count 1000000 > customers.csv
    cargo bench --bench generate -- --kind all --count 10000 --dir FOLDER

Kinds: user customer contact deal activity followup ticket; all of them need a folder. Import them in this order and
into a new store, since links are the ids that it will give.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.is_empty() || words.iter().any(|word| matches!(word.as_str(), "--test" | "--help")) {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), String> {
    let (mut kind, mut count, mut folder) = (None, None, None);
    for pair in words.chunks(2) {
        let [option, value] = pair else { return Err(format!("`{}` needs a value", pair[0])) };
        match option.as_str() {
            "--kind" => kind = Some(value.as_str()),
            "--count" => count = Some(value.parse().map_err(|_| format!("`{value}` is no number"))?),
            "--dir" => folder = Some(Path::new(value)),
            _ => return Err(format!("`{option}` is no option")),
        }
    }
    let (Some(kind), Some(count)) = (kind, count) else { return Err("--kind and --count are needed".into()) };
    let kinds = match Kind::named(kind) {
        Some(kind) => vec![kind],
        None if kind == "all" && folder.is_some() => Kind::ALL.to_vec(),
        None if kind == "all" => return Err("all kinds need --dir".into()),
        None => return Err(format!("`{kind}` is no kind")),
    };
    for made in &kinds {
        // Among all kinds there are as many people as own something.
        let count = if kinds.len() > 1 && *made == Kind::User { PEOPLE } else { count };
        let written = match folder {
            Some(folder) => File::create(folder.join(made.noun()).with_extension("csv"))
                .and_then(|file| write(*made, count, BufWriter::new(file))),
            None => write(*made, count, io::stdout().lock()),
        };
        written.map_err(|error| format!("{}: {error}", made.noun()))?;
    }
    Ok(())
}
