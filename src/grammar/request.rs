//! Which operation the words of a command line name.
//!
//! Only the branch that is named becomes a clap command: building the whole tree costs more than most commands take.

use std::ffi::OsString;

use crate::{
    command::{
        Noun, Op,
        args::{ArgDef, Takes},
        global_options::takes_next,
    },
    domain::{Kind, Schema},
    error::{Error, Result},
    ops::OPS,
    query::syntax::stray_minus,
    text::{Said, n_before, nearest, said},
};

/// What a command line asks for.
#[derive(Debug)]
pub enum Request {
    /// An operation, under the noun of a kind or alone, with the words that are left.
    Run(&'static Op, Option<&'static Kind>, Vec<String>),
    /// Help: of an operation, of a noun, of a topic, or in general.
    Help(Vec<String>),
    /// The version.
    Version,
    /// No words at all, only options.
    Bare(Vec<String>),
}

/// The words of the command line as text.
///
/// # Errors
/// `Usage` for a word that is not UTF-8.
pub fn texts(args: impl IntoIterator<Item = OsString>) -> Result<Vec<String>> {
    args.into_iter()
        .map(|arg| {
            arg.into_string().map_err(|arg| {
                Error::usage(said!("'{}' is not UTF-8", "“{}”不是 UTF-8", crate::text::scrub(&arg.to_string_lossy())))
                    .hint(said!("set the terminal to UTF-8", "请将终端设为 UTF-8"))
            })
        })
        .collect()
}

/// Finds the operation, by the nouns of a schema.
///
/// # Errors
/// `Usage` for an unknown noun or verb, with the nearest; for a filter word that begins with a hyphen, the spelling that
/// works.
pub fn request(schema: &'static Schema, args: Vec<String>) -> Result<Request> {
    let places = places(&args);
    let words: Vec<&str> = places.iter().map(|at| args[*at].as_str()).collect();
    let asks_help = help_asked(&args);
    match words.first() {
        Some(&("help" | "帮助")) => {
            return Ok(Request::Help(words[1..].iter().map(|word| (*word).to_owned()).collect()));
        }
        None if args.iter().any(|arg| arg == "-V" || arg == "--version") => return Ok(Request::Version),
        None if asks_help => return Ok(Request::Help(Vec::new())),
        None => return Ok(Request::Bare(args)),
        Some(_) => {}
    }
    if asks_help {
        let named = operation(schema, &words).map(|(_, _, used)| used).unwrap_or(1);
        return Ok(Request::Help(words.iter().take(named).map(|word| (*word).to_owned()).collect()));
    }
    let (op, kind, used) = operation(schema, &words)?;
    let taken: Vec<usize> = places.into_iter().take(used).collect();
    let rest: Vec<String> =
        args.into_iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, arg)| arg).collect();
    let mut is_value = false;
    for word in rest.iter().take_while(|word| *word != "--") {
        // In a value, as that of --where, a hyphen in front has a meaning.
        if let Some(error) = stray_minus(word).filter(|_| !is_value) {
            return Err(error.into());
        }
        is_value = !is_value && (takes_next(word) || op.args.iter().any(|arg| is_option_of(arg, word)));
    }
    Ok(Request::Run(op, kind, rest))
}

/// Whether a word is this option, without its value.
fn is_option_of(arg: &ArgDef, word: &str) -> bool {
    matches!(arg.takes, Takes::Value | Takes::Values) && word.strip_prefix("--") == Some(arg.name)
}

fn help_asked(args: &[String]) -> bool {
    args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "-h" || arg == "--help")
}

/// Where the words stand that are neither options nor their values.
pub(super) fn places(args: &[String]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < args.len() {
        let word = &args[at];
        if word == "--" {
            places.extend(at + 1..args.len());
            break;
        }
        if takes_next(word) {
            at += 1;
        } else if !word.starts_with('-') || word.len() == 1 {
            places.push(at);
        }
        at += 1;
    }
    places
}

/// The operation that the first words name, the kind if there is one, and how many words named them.
fn operation(schema: &'static Schema, words: &[&str]) -> Result<(&'static Op, Option<&'static Kind>, usize)> {
    let first = words.first().copied().unwrap_or_default();
    let top = || OPS.iter().copied().find(|op| op.noun == Noun::Top && op.is_said(first));
    let Some(kind) = schema.named(first) else {
        if let Some(op) = top() {
            return Ok((op, None, 1));
        }
        // `crm show C-12`: the id says the kind.
        return match OPS.iter().copied().find(|op| op.noun == Noun::Every && op.is_said(first)) {
            Some(op) => Ok((op, words.get(1).and_then(|word| kind_of_id(schema, word)), 1)),
            None => Err(unknown_noun(schema, first)),
        };
    };
    let Some(verb) = words.get(1) else {
        return Err(Error::usage(said!(("What is to be done with {}?", kind.plural), ("未指定对{}的操作", kind.zh)))
            .hint(said!(
                ("{}; crm help {} tells more", verbs(kind).join(", "), kind.noun),
                ("可用 {}；详见 crm help {}", verbs_zh(kind).join("、"), kind.zh)
            )));
    };
    let found = OPS.iter().copied().find(|op| op.is_said(verb) && belongs(op, kind));
    found.map(|op| (op, Some(kind), 2)).ok_or_else(|| {
        let verb = crate::text::scrub(verb);
        let error = Error::usage(said!(
            ("A{} {} has no operation '{verb}'", n_before(kind.noun), kind.noun),
            ("{}没有操作“{verb}”", kind.zh)
        ));
        match nearest(&verb, verbs(kind).into_iter().chain(verbs_zh(kind))) {
            Some(near) if near.is_ascii() => error.hint(Said::did_you_mean(format_args!("crm {} {near}", kind.noun))),
            Some(near) => error.hint(Said::did_you_mean(format_args!("crm {} {near}", kind.zh))),
            None => error.hint(said!(("one of {}", verbs(kind).join(", ")), ("可用 {}", verbs_zh(kind).join("、")))),
        }
    })
}

/// Whether words begin with a noun and a verb, or with a verb that stands alone, in either language.
pub fn is_said(schema: &'static Schema, words: &[&str]) -> bool {
    operation(schema, words).is_ok()
}

fn kind_of_id(schema: &Schema, word: &str) -> Option<&'static Kind> {
    schema.kind(crate::domain::RecordId::parse(word, None)?.kind)
}

/// Whether an operation can be said of a kind. One that the kind has of its own takes the place of that of every kind.
pub fn belongs(op: &Op, kind: &Kind) -> bool {
    let is_own = |other: &&Op| other.noun == Noun::Kind(kind.noun) && other.verb == op.verb;
    match op.noun {
        Noun::Every => !OPS.iter().any(is_own),
        Noun::Kind(noun) => noun == kind.noun,
        Noun::Top => false,
    }
}

/// The verbs of a kind.
pub fn verbs(kind: &Kind) -> Vec<&'static str> {
    OPS.iter().copied().filter(|op| belongs(op, kind)).map(|op| op.verb).collect()
}

/// The same as they are said in Chinese.
fn verbs_zh(kind: &Kind) -> Vec<&'static str> {
    OPS.iter().copied().filter(|op| belongs(op, kind)).map(Op::zh_verb).collect()
}

fn unknown_noun(schema: &Schema, word: &str) -> Error {
    let word = crate::text::scrub(word);
    let nouns = schema.kinds().iter().flat_map(|kind| [kind.noun, kind.zh]);
    let tops = OPS.iter().copied().filter(|op| op.noun == Noun::Top).flat_map(|op| [op.verb, op.zh_verb()]);
    let error = Error::usage(said!("There is no command '{word}'", "没有命令“{word}”"));
    match nearest(&word, nouns.chain(tops)) {
        Some(near) => error.hint(Said::did_you_mean(format_args!("crm {near}"))),
        None => error.hint(said!("crm help lists the commands", "crm help 列出全部命令")),
    }
}
