//! The words of commands that are said on the screen, understood and run.

use crate::{
    command::{
        Op,
        args::Words,
        global_options::{DRY_RUN, YES, of_the_program},
        run,
    },
    commit::Context,
    domain::Schema,
    error::{Error, Result},
    grammar::{self, Request},
    ops::{record, settings},
    store::Store,
    text::said,
};

use super::answer_collector::AnswerCollector;

/// Runs the words of commands, several as one step.
///
/// # Errors
/// What is wrong with the words; what an operation, a rule or the store says.
pub fn say(
    store: &Store,
    context: &Context,
    lines: Vec<Vec<String>>,
    collector: &mut AnswerCollector<'_>,
) -> Result<()> {
    let said = lines.iter().cloned().map(crate::command::quoting::join).collect::<Vec<_>>().join("; ");
    let context = Context { words: crate::text::scrub(&said).into_owned(), ..context.clone() };
    let schema = store.snapshot()?.schema();
    let mut parsed = Vec::new();
    for words in lines {
        parsed.push(understood(schema, words)?);
    }
    collector.dry_run = parsed.iter().any(|(_, words)| words.has(DRY_RUN));
    collector.agreed_to(parsed.iter().any(|(_, words)| words.has(YES)));
    match parsed.as_slice() {
        [(op, words)] => {
            collector.bulk = op.verb == record::set::OP.verb && op.noun == record::set::OP.noun;
            run::run(op, store, &context, words, collector)
        }
        parsed => run::run_together(parsed, store, &context, collector),
    }
}

/// The operation that words name, and its arguments.
fn understood(schema: &'static Schema, words: Vec<String>) -> Result<(&'static Op, Words)> {
    let (op, kind, rest) = match grammar::request(schema, words)? {
        Request::Run(op, kind, rest) => (op, kind, rest),
        Request::Help(_) | Request::Version | Request::Bare(_) => {
            return Err(Error::usage(said!("This is for the command line", "此操作只能在命令行使用"))
                .hint(said!("run it outside the screen", "请退出全屏后运行")));
        }
    };
    let outside = [settings::OP.verb, crate::ops::demo::OP.verb];
    if kind.is_none() && outside.contains(&op.verb) {
        return Err(Error::usage(said!("{} is for the command line", "{} 只能在命令行使用", op.verb))
            .hint(said!("leave the screen first", "请先退出全屏")));
    }
    let words = grammar::parse(op, kind, &rest)?;
    if let Some(option) = of_the_program(op, &words) {
        return Err(Error::usage(said!(
            "--{option} is for the command line: the screen has its own",
            "--{option} 用于命令行，全屏中不可更改"
        ))
        .hint(said!("leave --{option} out, or run it outside the screen", "请去掉 --{option}，或在全屏之外运行")));
    }
    Ok((op, words))
}
