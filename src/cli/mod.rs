//! The command line: arguments in, tables and JSON out.

mod config;
mod demo;
mod difference;
mod doctor;
mod input;
pub mod output;
mod printer;
mod raise;
pub mod reference;
mod session;

use std::ffi::OsString;

use crate::{
    command::{Op, global_options::globals_among},
    commit::Context,
    config::{Config, Flags},
    domain::{Kind, Schema, schema::BASE},
    error::{Error, Result},
    grammar::{self, Request, help},
    ops::settings,
    store::Store,
    text::{Lang, Said, said},
};

use output::{Format, Output, Screen};
use session::{Session, Settings};

/// Opens the full screen on a store, as the settings say, with colours or without.
pub type FullScreen = fn(Store, Context, &Config, bool) -> Result<()>;

/// Runs a command line and gives its exit code; `screen` is where a person at a terminal goes who names no command.
pub fn main(args: impl IntoIterator<Item = OsString>, screen: FullScreen) -> u8 {
    crate::store::engine::limits_are_errors();
    let args: Vec<OsString> = args.into_iter().collect();
    let args = match grammar::texts(args.clone()) {
        Ok(args) => args,
        Err(error) => {
            let args: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
            return in_their_language(early(&args)).error(&error);
        }
    };
    let output = early(&args);
    match run(args, screen) {
        Ok(()) => 0,
        Err(error) => in_their_language(output).error(&error),
    }
}

fn run(args: Vec<String>, screen: FullScreen) -> Result<()> {
    // Only for words that the program itself does not know, the store is asked which kinds it has.
    let schema = schema_for(&args)?;
    match grammar::request(schema, args.clone())? {
        Request::Run(op, kind, words) => operation(op, kind, &words, screen),
        Request::Help(words) => help_on(schema_for_help(&words, &args), &words),
        Request::Version => early(&[]).line(&format!("crm {}", env!("CARGO_PKG_VERSION"))),
        Request::Bare(words) => bare(&words, screen),
    }
}

/// The kinds that the words of a command line are read by: the program's own, or where it does not know what they name,
/// those of the store.
fn schema_for(args: &[String]) -> Result<&'static Schema> {
    if !grammar::is_unknown(&BASE, args) {
        return Ok(&BASE);
    }
    Ok(of_store(args)?.unwrap_or(&BASE))
}

/// The kinds of the store that the options among these words name.
fn of_store(args: &[String]) -> Result<Option<&'static Schema>> {
    session::schema_of_store(&grammar::parse_globals(&globals_among(args))?)
}

/// The kinds that help is about: those of the store, if there is one and it can be read, else the program's own, which is
/// said.
fn schema_for_help(words: &[String], args: &[String]) -> &'static Schema {
    if !help::is_about_kinds(words) {
        return &BASE;
    }
    match of_store(args) {
        Ok(schema) => schema.unwrap_or(&BASE),
        Err(error) => {
            let output = in_their_language(early(args));
            let lang = output.screen.lang;
            let why = error.message(lang);
            output.warn(&lang.pick(
                format!("the store cannot be read, so only the program's own kinds and fields are shown: {why}"),
                format!("无法读取数据文件，仅显示程序自带的类别与字段：{why}"),
            ));
            &BASE
        }
    }
}

fn operation(op: &'static Op, kind: Option<&'static Kind>, words: &[String], screen: FullScreen) -> Result<()> {
    let words = grammar::parse(op, kind, words)?;
    if op.verb == settings::OP.verb && op.noun == settings::OP.noun {
        return config::run(&words);
    }
    if op.verb == crate::ops::demo::OP.verb {
        return demo::run(&words, screen);
    }
    if op.verb == crate::ops::doctor::OP.verb {
        return doctor::run(&words);
    }
    session::run(op, &words)
}

fn help_on(schema: &'static Schema, words: &[String]) -> Result<()> {
    let lang = spoken_language();
    let page = if words == ["reference"] { reference::page(lang) } else { help::page(schema, words, lang)? };
    early(&[]).line(page.trim_end())
}

/// `crm` without words: on a terminal the full screen, elsewhere a short help and exit code 2.
fn bare(words: &[String], screen: FullScreen) -> Result<()> {
    let words = grammar::parse_globals(words)?;
    let settings = Settings::read(&words)?;
    if !settings.output.screen.terminal {
        // A program reads one error, not a page of help.
        if !settings.output.format.is_json() {
            settings.output.note(help::general(&BASE, settings.lang).trim_end());
        }
        return Err(Error::usage(said!("No command is given", "缺少命令")).hint(Said::same("crm help")));
    }
    if !output::can_place_the_cursor() {
        return Err(Error::failure(said!(
            "The full screen needs a terminal that can place the cursor, and TERM names none",
            "全屏界面需要能移动光标的终端，而 TERM 未指明这样的终端"
        ))
        .hint(said!(
            "crm agenda, board and queue print what it shows; crm help lists the commands; or set TERM to what the terminal is",
            "crm agenda、board、queue 以文本显示其内容；crm help 列出全部命令；或将 TERM 设为终端的实际类型"
        )));
    }
    Session::open(&words, session::Purpose::Screen)?.full_screen(screen)
}

/// The language of help and of errors, where settings are not read or cannot be.
fn spoken_language() -> Lang {
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let said = args.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1].clone());
    let said = said.or_else(|| args.iter().find_map(|arg| arg.strip_prefix("--lang=").map(str::to_owned)));
    let set = || Config::load(&Flags::default(), &|name| std::env::var_os(name)).ok().map(|config| config.lang());
    let locale = || sys_locale::get_locale().map_or(Lang::En, |locale| Lang::from_locale(&locale));
    let said = said.filter(|said| ["en", "zh"].iter().any(|lang| said.to_ascii_lowercase().starts_with(lang)));
    said.map(|said| Lang::from_locale(&said)).or_else(set).unwrap_or_else(locale)
}

fn in_their_language(mut output: Output) -> Output {
    output.screen.lang = spoken_language();
    output
}

/// Where errors go before the command line is understood: in JSON if the output was to be JSON, by one of several `-o` too.
fn early(args: &[String]) -> Output {
    let after = |pair: &[String]| (pair[0] == "-o" || pair[0] == "--output").then(|| pair[1].clone());
    let joined = |arg: &String| arg.strip_prefix("--output=").or_else(|| arg.strip_prefix("-o")).map(str::to_owned);
    let said = args.windows(2).filter_map(after).chain(args.iter().filter_map(joined));
    let formats: Vec<Format> = said.filter_map(|said| said.trim_start_matches('=').parse().ok()).collect();
    let json = formats.iter().position(Format::is_json).unwrap_or(0);
    let format = formats.into_iter().nth(json).unwrap_or(Format::Table);
    let screen = Screen::detect(output::Color::Auto, crate::domain::Instant::default());
    Output { format, screen, late: output::Late::default() }
}
