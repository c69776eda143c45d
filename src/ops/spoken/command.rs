//! The clap command of one operation, made from its table.

use clap::{
    Arg as ClapArg, ArgAction, ArgMatches, Command,
    error::{ContextKind, ErrorKind as ClapError},
};

use crate::{
    domain::Kind,
    error::{Error, Result},
    ops::{
        Op,
        args::{ArgDef, Takes},
        globals::GLOBALS,
    },
    text::{Said, said},
};

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

fn command(name: String, args: &[ArgDef]) -> Command {
    let own = args.iter().map(|arg| clap_arg(arg, None));
    let globals = GLOBALS.iter().filter(|(global, _)| args.iter().all(|arg| arg.name != global.name));
    Command::new(name)
        .no_binary_name(false)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(own)
        .args(globals.map(|(arg, letter)| clap_arg(arg, *letter)))
}

fn clap_arg(arg: &ArgDef, letter: Option<char>) -> ClapArg {
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

fn option(made: ClapArg, arg: &ArgDef, letter: Option<char>) -> ClapArg {
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
    let message = match error.kind() {
        ClapError::MissingRequiredArgument => {
            let missing = text.lines().filter_map(|line| line.trim().strip_prefix('<'));
            let missing: Vec<String> = missing.map(|word| word.trim_end_matches(['>', '.']).to_uppercase()).collect();
            said!(("{name} needs {}", missing.join(" and ")), ("{name} 还需要 {}", missing.join(" 和 ")))
        }
        _ => Said::new(first.strip_prefix("error: ").unwrap_or(first), chinese(error, name)),
    };
    let tip = lines.find_map(|line| line.strip_prefix("tip: "));
    let help = name.strip_prefix("crm").map_or(name, str::trim);
    let help = if help.is_empty() { "crm help".to_owned() } else { format!("crm help {help}") };
    let hint = match (tip, error.get(ContextKind::SuggestedArg)) {
        (Some(tip), Some(near)) => said!("{tip}; {help} tells more", "是否指 {near}？详见 {help}"),
        (Some(tip), None) => said!("{tip}; {help} tells more", "详见 {help}"),
        (None, _) => Said::same(help),
    };
    Error::usage(message.map(|message| crate::text::scrub(message).into_owned())).hint(hint)
}

/// The same complaint in Chinese, which clap does not speak, from what it says it is about.
fn chinese(error: &clap::Error, name: &str) -> String {
    let about = |kind| error.get(kind).map(ToString::to_string).filter(|said| !said.is_empty());
    let arg = about(ContextKind::InvalidArg).unwrap_or_else(|| name.to_owned());
    match (error.kind(), about(ContextKind::InvalidValue), about(ContextKind::PriorArg)) {
        (ClapError::UnknownArgument, ..) => format!("此处没有参数“{arg}”"),
        (ClapError::InvalidValue, None, _) => format!("{arg} 之后缺少值"),
        (ClapError::InvalidValue | ClapError::ValueValidation, Some(value), _) => format!("{arg} 不能是“{value}”"),
        (ClapError::ArgumentConflict, _, Some(other)) if other == arg => format!("{arg} 只能给一次"),
        (ClapError::ArgumentConflict, _, Some(other)) => format!("{arg} 不能与 {other} 一起使用"),
        _ => format!("{arg} 用法不对"),
    }
}
