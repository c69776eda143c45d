//! The clap command of one operation, made from its table.

use clap::{Arg as ClapArg, ArgAction, ArgMatches, Command, error::ErrorKind as ClapError};

use crate::{
    domain::Kind,
    error::{Error, Result},
    ops::{
        Op,
        op::{Arg, Takes},
    },
};

use super::globals::GLOBALS;

/// What the words of a command mean.
///
/// # Errors
/// `Usage` as clap finds it, in one line with the command that helps.
pub fn parse(op: &Op, kind: Option<&Kind>, words: &[String]) -> Result<ArgMatches> {
    let name = spoken(op, kind);
    let command = command(name.clone(), op.args);
    command.try_get_matches_from(std::iter::once(&name).chain(words)).map_err(|error| usage(&error, &name))
}

/// What only the global options mean.
///
/// # Errors
/// As [`parse`].
pub fn parse_globals(words: &[String]) -> Result<ArgMatches> {
    let name = "crm".to_owned();
    command(name.clone(), &[])
        .try_get_matches_from(std::iter::once(&name).chain(words))
        .map_err(|error| usage(&error, &name))
}

/// How an operation is said: `crm deal move`.
pub fn spoken(op: &Op, kind: Option<&Kind>) -> String {
    match kind {
        Some(kind) => format!("crm {} {}", kind.noun, op.verb),
        None => format!("crm {}", op.verb),
    }
}

fn command(name: String, args: &[Arg]) -> Command {
    let own = args.iter().map(|arg| clap_arg(arg, None));
    let globals = GLOBALS.iter().filter(|(global, _)| args.iter().all(|arg| arg.name != global.name));
    Command::new(name)
        .no_binary_name(false)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(own)
        .args(globals.map(|(arg, letter)| clap_arg(arg, *letter)))
}

fn clap_arg(arg: &Arg, letter: Option<char>) -> ClapArg {
    let made = ClapArg::new(arg.name);
    match arg.takes {
        Takes::Word => made.required(true),
        Takes::MaybeWord => made,
        Takes::Words => made.required(true).num_args(1..).allow_hyphen_values(arg.name == "when"),
        Takes::MaybeWords => made.num_args(0..),
        // A sort key and a moment in the past may begin with a hyphen.
        Takes::Value => option(made, arg, letter).action(ArgAction::Set).allow_hyphen_values(true),
        Takes::Values => option(made, arg, letter).action(ArgAction::Append).allow_hyphen_values(true),
        Takes::Flag => option(made, arg, letter).action(ArgAction::SetTrue),
    }
}

fn option(made: ClapArg, arg: &Arg, letter: Option<char>) -> ClapArg {
    let made = made.long(arg.name);
    match letter {
        Some(letter) => made.short(letter),
        None => made,
    }
}

/// Clap's complaint as one line, with the command that helps.
fn usage(error: &clap::Error, name: &str) -> Error {
    let text = error.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let mut message = first.strip_prefix("error: ").unwrap_or(first).to_owned();
    if error.kind() == ClapError::MissingRequiredArgument {
        let missing: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix('<')).collect();
        let missing: Vec<String> =
            missing.iter().map(|word| word.trim_end_matches(['>', '.']).to_uppercase()).collect();
        message = format!("{name} needs {}", missing.join(" and "));
    }
    let tip = lines.find_map(|line| line.strip_prefix("tip: "));
    let help = name.strip_prefix("crm").map_or(name, str::trim);
    let help = if help.is_empty() { "crm help".to_owned() } else { format!("crm help {help}") };
    let message = crate::text::scrub(&message).into_owned();
    match tip {
        Some(tip) => Error::usage(message).hint(format!("{tip}; {help} tells more")),
        None => Error::usage(message).hint(help),
    }
}
