//! The clap command of one operation, made from its table.

use clap::{
    Arg as ClapArg, ArgAction, Command,
    error::{ContextKind, ErrorKind as ClapError},
};

use crate::{
    command::{
        Op,
        args::{ArgDef, Takes, Words},
        global_options::{DRY_RUN, of_every_command, takes_next},
        op::DryRun,
    },
    domain::Kind,
    error::{Error, Result},
    text::{Lang, Said, said},
};

/// What the words of a command mean.
///
/// # Errors
/// `Usage` as clap finds it, in one line with the command that helps.
pub fn parse(op: &Op, kind: Option<&'static Kind>, words: &[String]) -> Result<Words> {
    let name = spoken(op, kind);
    let said = read(name.clone(), op.args, kind, words)?;
    if said.has(DRY_RUN) && op.run.dry_run() == DryRun::Refused {
        return Err(Error::usage(said!("{name} has no dry run", "{name} 不支持 --dry-run"))
            .hint(said!("leave --dry-run out to do it", "去掉 --dry-run 即执行")));
    }
    Ok(said)
}

/// The same words with the options in front, where an operation has words that may begin with a hyphen: `-1d` is one of
/// them, for no option begins with a digit.
fn options_first(args: &[ArgDef], words: &[String]) -> Vec<String> {
    if !args.iter().any(|arg| arg.hyphens && arg.takes.is_word()) {
        return words.to_vec();
    }
    let takes_next = |word: &str| {
        let own = |arg: &ArgDef| {
            matches!(arg.takes, Takes::Value | Takes::Values) && word.strip_prefix("--") == Some(arg.name)
        };
        takes_next(word) || args.iter().any(own)
    };
    let is_option =
        |word: &str| word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii_digit()));
    let (mut options, mut plain) = (Vec::new(), Vec::new());
    let mut words = words.iter().cloned();
    while let Some(word) = words.next() {
        if word == "--" {
            plain.extend(words.by_ref());
        } else if is_option(&word) {
            let value = takes_next(&word).then(|| words.next()).flatten();
            options.extend([word].into_iter().chain(value));
        } else {
            plain.push(word);
        }
    }
    options.push("--".to_owned());
    options.append(&mut plain);
    options
}

/// What only the global options mean.
///
/// # Errors
/// As [`parse`].
pub fn parse_globals(words: &[String]) -> Result<Words> {
    read("crm".to_owned(), &[], None, words)
}

fn read(name: String, args: &[ArgDef], kind: Option<&'static Kind>, words: &[String]) -> Result<Words> {
    let command = command(name.clone(), args);
    let ordered = options_first(args, words);
    let matches = command
        .try_get_matches_from(std::iter::once(&name).chain(&ordered))
        .map_err(|error| usage(&error, &name, args))?;
    let literal = words.iter().position(|word| word == "--").map_or(0, |at| words.len() - at - 1);
    Ok(Words::new(kind, matches, literal))
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
    let globals = of_every_command().filter(|(global, _)| args.iter().all(|arg| arg.name != global.name));
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
        Takes::Words => made.required(true).num_args(1..),
        Takes::MaybeWords => made.num_args(0..),
        Takes::Value => option(made, arg, letter).action(ArgAction::Set).allow_hyphen_values(arg.hyphens),
        Takes::Values => option(made, arg, letter).action(ArgAction::Append).allow_hyphen_values(arg.hyphens),
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
fn usage(error: &clap::Error, name: &str, args: &[ArgDef]) -> Error {
    let text = error.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let message = match error.kind() {
        ClapError::MissingRequiredArgument => {
            let missing = text.lines().filter_map(|line| line.trim().strip_prefix('<'));
            let missing: Vec<&str> = missing.map(|word| word.trim_end_matches(['>', '.'])).collect();
            missing_words(name, args, &missing)
        }
        _ => Said::new(first.strip_prefix("error: ").unwrap_or(first), chinese(error, name)),
    };
    let tip = lines.find_map(|line| line.strip_prefix("tip: "));
    let help = name.strip_prefix("crm").map_or(name, str::trim);
    let help = if help.is_empty() { "crm help".to_owned() } else { format!("crm help {help}") };
    let hint = match (tip, error.get(ContextKind::SuggestedArg)) {
        (Some(tip), Some(near)) => said!("{tip}; {help} tells more", "是否指 {near}？详见 {help}"),
        (Some(tip), None) => said!("{tip}; {help} tells more", "详见 {help}"),
        (None, _) => said!("{help} tells more", "详见 {help}"),
    };
    Error::usage(message.map(|message| crate::text::scrub(message).into_owned())).hint(hint)
}

/// The words that a command still needs, and how all of them stand: `缺少“阶段”：crm deal move 商机 阶段`.
fn missing_words(name: &str, args: &[ArgDef], missing: &[&str]) -> Said {
    let called = |named: &str, lang| args.iter().find(|arg| arg.name == named).map(|arg| arg.placeholder(lang));
    let all = |lang| missing.iter().filter_map(|named| called(named, lang)).collect::<Vec<_>>();
    let whole = args.iter().filter(|arg| matches!(arg.takes, Takes::Word | Takes::Words));
    let whole: Vec<String> = whole.map(|arg| arg.placeholder(Lang::Zh)).collect();
    said!(
        ("{name} needs {}", all(Lang::En).join(" and ")),
        ("缺少“{}”：{name} {}", all(Lang::Zh).join("”和“"), whole.join(" "))
    )
}

/// The same complaint in Chinese, which clap does not speak, from what it says it is about.
fn chinese(error: &clap::Error, name: &str) -> String {
    let about = |kind| error.get(kind).map(ToString::to_string).filter(|said| !said.is_empty());
    let arg = about(ContextKind::InvalidArg).unwrap_or_else(|| name.to_owned());
    // `--limit <limit>` is clap's way to write an option with its value.
    let arg = arg.split_once(" <").map_or(&*arg, |(option, _)| option);
    match (error.kind(), about(ContextKind::InvalidValue), about(ContextKind::PriorArg)) {
        (ClapError::UnknownArgument, ..) => format!("不支持参数“{arg}”"),
        (ClapError::InvalidValue, None, _) => format!("{arg} 之后缺少值"),
        (ClapError::InvalidValue | ClapError::ValueValidation, Some(value), _) => format!("{arg} 不能是“{value}”"),
        (ClapError::ArgumentConflict, _, Some(other)) if other.split(" <").next() == Some(arg) => {
            format!("{arg} 只能写一次")
        }
        (ClapError::ArgumentConflict, _, Some(other)) => format!("{arg} 不能与 {other} 一起使用"),
        _ => format!("{arg} 用法不对"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{
            Noun,
            args::{Arg, Many, One, Words},
            global_options::{DRY_RUN, NO_HEADER, QUIET, SORT, TZ},
            quoting::split,
        },
        domain::{customer, schema::BASE},
        grammar::{Request, request},
        ops::{OPS, record::list::WHERE},
    };

    /// What the words of a command mean: those of each argument.
    fn meant(words: Vec<String>) -> (Vec<Vec<String>>, Words) {
        let said = words.join(" ");
        let Request::Run(op, kind, rest) = request(&BASE, words).unwrap() else { panic!("{said}") };
        let words = parse(op, kind, &rest).unwrap_or_else(|error| panic!("{said}: {error:?}"));
        let each = |arg: &ArgDef| match arg.takes {
            Takes::Flag => vec![words.matches().get_flag(arg.name).to_string()],
            _ => words.said(arg).into_iter().map(str::to_owned).collect(),
        };
        (op.args.iter().map(each).collect(), words)
    }

    #[test]
    fn options_stand_anywhere_in_every_verb() {
        let mut examples: Vec<String> =
            ["followup snooze F-1 -1d", "followup snooze F-1 F-2 -2w"].map(str::to_owned).to_vec();
        for op in OPS.iter().filter(|op| op.noun != Noun::Top || op.verb != "config") {
            examples.extend(op.examples.iter().map(|line| line.replace("{noun}", customer::KIND.noun)));
        }
        for example in examples {
            let words = split(&example).unwrap();
            let (plain, _) = meant(words.clone());
            let Request::Run(op, ..) = request(&BASE, words.clone()).unwrap() else { panic!("{example}") };
            let has_dry_run = op.run.dry_run() != DryRun::Refused;
            for at in 0..=words.len() {
                // Between an option and its value nothing stands.
                if at > 0 && words[at - 1].starts_with('-') {
                    continue;
                }
                let all = [&["--dry-run"][..], &["-q"], &["--tz", "UTC"], &["-qo", "json"], &["-ojson", "--no-header"]];
                let has_output = words.iter().any(|word| word == "-o");
                let is_new = |option: &&&[&str]| option.iter().all(|word| !words.contains(&(*word).to_owned()));
                let is_taken = |option: &&&[&str]| has_dry_run || option[..] != ["--dry-run"];
                for option in all.iter().take(if has_output { 3 } else { 5 }).filter(is_new).filter(is_taken) {
                    let mut more = words.clone();
                    more.splice(at..at, option.iter().map(|word| (*word).to_owned()));
                    let (found, options) = meant(more.clone());
                    assert_eq!(found, plain, "{more:?}");
                    let taken = options.has(DRY_RUN) || options.has(QUIET) || options.has(NO_HEADER);
                    assert!(taken || options.one(TZ) == Some("UTC"), "{more:?}");
                }
            }
        }
    }

    #[test]
    fn a_value_begins_with_a_hyphen_only_where_that_has_a_meaning() {
        let parsed = |line: &str| match request(&BASE, split(line).unwrap()).unwrap() {
            Request::Run(op, kind, rest) => parse(op, kind, &rest),
            other => panic!("{other:?}"),
        };
        assert_eq!(parsed("customer list --sort -name").unwrap().one(SORT), Some("-name"));
        assert_eq!(parsed("customer list --where -grade:A").unwrap().one(WHERE), Some("-grade:A"));
        const SINCE: Arg<One> = Arg::value("since", "", "");
        const WHEN: Arg<Many> = Arg::words("when", "", "");
        assert_eq!(parsed("changes --since -1d").unwrap().one(SINCE), Some("-1d"));
        assert_eq!(parsed("f snooze 1 -1d -- -x").unwrap().many(WHEN), ["-1d", "-x"]);
        for line in
            ["customer list --columns --limit 3", "log call C-1 -1d", "f snooze 1 +1d --nonsense", "f snooze 1 -x"]
        {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
