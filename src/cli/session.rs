//! One command: its settings, its store, who acts, and the operation run between them.

use std::{path::PathBuf, time::Duration};

use chrono::Utc;
use chrono_tz::Tz;

use crate::{
    command::{Op, args::Words, global_options, quoting::quoted, run},
    commit::{self, Context, Input, setup},
    config::{Config, Flags},
    domain::{Instant, Schema, schema::BASE, words::when},
    error::{Error, Result},
    grammar::{self, external_input},
    ops::{agenda, board, queue, schema},
    store::{
        Store,
        engine::{Access, OpenOptions, sweep_drafts},
    },
    text::{Lang, Said, said},
};

use super::{
    FullScreen, input,
    output::{Bar, Color, Format, Late, Output, Screen},
    printer::AnswerPrinter,
    raise::{may_renew, not_tried, raise},
};

/// An open store with all that a command needs to know.
pub struct Session {
    /// Where answers go.
    pub output: Output,
    /// The circumstances.
    pub context: Context,
    /// The store.
    pub store: Store,
    config: Config,
    yes: bool,
    dry_run: bool,
}

/// Runs an operation.
///
/// # Errors
/// What the settings, the store or the operation say.
pub fn run(op: &'static Op, words: &Words) -> Result<()> {
    // A pipe may end late: what it brings is about the store as it is by then, and the clock says when that is.
    let schema =
        if external_input::is_unknown(&BASE, op, words) { schema_of_store(words).ok().flatten() } else { None };
    let input = input::read(schema.unwrap_or(&BASE), op, words)?;
    let reads = op.run.reads() || (std::ptr::eq(op.args, schema::OP.args) && schema::only_reads(words));
    let mut session = Session::open(words, if reads { Purpose::Read } else { Purpose::Write })?;
    session.context.input = input;
    session.run(op, words)
}

/// The kinds of record of the store that options name; none where there is no store yet.
///
/// # Errors
/// What the settings or the store say.
pub fn schema_of_store(words: &Words) -> Result<Option<&'static Schema>> {
    let config = Settings::read(words)?.config;
    let path = config.store()?;
    if !path.try_exists().unwrap_or(false) {
        return Ok(None);
    }
    let store = Store::open(&path, Access::Read, config.wait())?;
    let schema = store.snapshot()?.schema();
    store.close()?;
    Ok(Some(schema))
}

/// What the options of a command say before the store is opened.
pub struct Settings {
    /// The settings with their origins.
    pub config: Config,
    /// Where answers go.
    pub output: Output,
    /// The instant of the command.
    pub now: Instant,
    /// How far ahead of the machine's clock that is, as [`Context::ahead`].
    ahead: i64,
    /// The zone.
    pub tz: Tz,
    /// The language.
    pub lang: Lang,
}

impl Settings {
    /// Reads options, environment and file.
    ///
    /// # Errors
    /// What is wrong with one of them, and where.
    pub fn read(words: &Words) -> Result<Self> {
        if words.one(global_options::STORE).is_some_and(str::is_empty) {
            return Err(Error::usage(said!("--store is empty", "--store 为空"))
                .hint(said!("name a file, or leave the option away", "请写明文件名，或去掉该选项")));
        }
        let flags = Flags {
            store: words.one(global_options::STORE).map(PathBuf::from),
            lang: words.one(global_options::LANG).map(str::to_owned),
            tz: words.one(global_options::TZ).map(str::to_owned),
            color: words.one(global_options::COLOR).map(str::to_owned),
            wait: words.one(global_options::WAIT).map(str::to_owned),
        };
        let config = Config::load(&flags, &|name| std::env::var_os(name))?;
        let (tz, lang) = (config.tz(), config.lang());
        let (now, ahead) = now(words, &config, tz)?;
        let format = words.one(global_options::OUTPUT).map_or(Ok(Format::Table), str::parse)?;
        let color: Color = config.color().parse()?;
        let screen = Screen {
            lang,
            tz,
            now,
            no_header: words.has(global_options::NO_HEADER),
            quiet: words.has(global_options::QUIET),
            ascii: config.ascii(),
            ..Screen::detect(color, now)
        };
        Ok(Self { config, output: Output { format, screen, late: Late::default() }, now, ahead, tz, lang })
    }
}

impl Settings {
    /// The circumstances before the store has said who acts: with the system's login, and the one that was asked for.
    pub fn context(&self, words: &Words) -> (Context, Option<String>) {
        let context = Context {
            now: self.now,
            ahead: self.ahead,
            machine: MACHINE,
            tz: self.tz,
            lang: self.lang,
            user: None,
            login: system_login(),
            session: None,
            settings: self.config.settings(),
            words: said(std::env::args().skip(1)),
            input: Input::default(),
        };
        (context, named_login(words))
    }
}

/// What the machine's clock says.
const MACHINE: fn() -> Instant = || Instant::from(Utc::now());

/// The instant of a command: the one that `--now` or `CRM_NOW` names, else the clock's; and how far ahead of the clock
/// it is, unless `CRM_CLOCK=free` lets it go free.
fn now(words: &Words, config: &Config, tz: Tz) -> Result<(Instant, i64)> {
    let said = words.one(global_options::NOW).map(str::to_owned).or_else(|| {
        // Empty is unset, as for every variable.
        std::env::var("CRM_NOW").ok().filter(|text| !text.trim().is_empty())
    });
    let clock = Utc::now();
    let Some(text) = said else { return Ok((Instant::from(clock), 0)) };
    let when = when::parse(&text, clock, tz, config.settings().week_start);
    let when = when.map_err(|error| error.or_hint(when::any_date()).usage())?;
    let now = Instant::from(when.start(tz));
    let free = std::env::var_os("CRM_CLOCK").is_some_and(|clock| clock == "free");
    let ahead = if free { 0 } else { (now.0 - Instant::from(clock).0).max(0) };
    Ok((now, ahead))
}

impl Session {
    /// Opens the store of a command; one that is missing is made.
    ///
    /// # Errors
    /// What the settings or the store say.
    pub fn open(words: &Words, purpose: Purpose) -> Result<Self> {
        let settings = Settings::read(words)?;
        let path = settings.config.store()?;
        Self::open_at(words, settings, path, purpose)
    }

    /// The same with a store at a certain place.
    ///
    /// # Errors
    /// What the settings or the store say.
    pub fn open_at(words: &Words, settings: Settings, path: PathBuf, purpose: Purpose) -> Result<Self> {
        let writes = purpose != Purpose::Read;
        let dry_run = words.has(global_options::DRY_RUN);
        let (mut context, named) = settings.context(words);
        let Settings { config, output, .. } = settings;
        let wait = config.wait();
        let purpose = if dry_run { Purpose::Read } else { purpose };
        let mut store = open(&path, purpose, wait, config.owns(&path))?;
        if store.is_outdated() {
            if dry_run {
                return Err(not_tried());
            }
            let earlier = store.is_of_earlier_format();
            store.close()?;
            may_renew(&path, earlier)?;
            renew(&path, wait, context.clock(), &output)?;
            store = open(&path, purpose, wait, false)?;
        } else if purpose != Purpose::Read {
            raise(&store, context.clock(), &output)?;
        }
        let blank = store.is_blank()?;
        if blank || (writes && !dry_run) {
            sweep_drafts(&path);
        }
        if blank || (writes && !dry_run && named.is_none()) {
            setup::set_up(&store, &mut context, true)?;
        }
        let must_exist = named.is_some();
        context.login = named.unwrap_or(context.login);
        context.user = setup::user_of(&store, &context.login)?;
        if must_exist && context.user.is_none() {
            return Err(Error::not_found(said!(
                "There is no user {}",
                "没有用户“{}”",
                crate::text::scrub(&context.login)
            ))
            .hint(said!(
                "crm user list shows the users; crm user add NAME login=LOGIN makes one",
                "crm user list 列出用户；crm user add 姓名 登录名=… 新建用户"
            )));
        }
        Ok(Self { output, context, store, config, yes: words.has(global_options::YES), dry_run })
    }

    /// Runs an operation and closes the store.
    ///
    /// # Errors
    /// What the operation or the store says.
    pub fn run(self, op: &Op, words: &Words) -> Result<()> {
        if !op.run.reads() {
            self.output.late.hold();
        }
        let mut printer = AnswerPrinter::new(&self.output, self.yes, self.dry_run).of_store(self.store.path());
        let done = run::run(op, &self.store, &self.context, words, &mut printer);
        if self.store.is_for_reading() {
            // It needs no closing, and the process ends: what it holds goes with it.
            std::mem::forget(self.store);
            return finish(&self.output, done, Ok(None));
        }
        finish(&self.output, done, self.store.end())
    }

    /// Opens the full screen.
    ///
    /// # Errors
    /// What the screen says.
    pub fn full_screen(self, screen: FullScreen) -> Result<()> {
        screen(self.store, self.context, &self.config, self.output.screen.color)
    }

    /// Agenda, board and queue, one after the other, with these options.
    ///
    /// # Errors
    /// What an operation or the output says.
    pub fn panes(self, options: &[String]) -> Result<()> {
        let mut printer = AnswerPrinter::new(&self.output, self.yes, self.dry_run).of_store(self.store.path());
        for (at, op) in [&agenda::OP, &board::OP, &queue::OP].into_iter().enumerate() {
            if at > 0 && self.output.format.is_table() {
                self.output.line("")?;
            }
            let words = grammar::parse(op, None, options)?;
            run::run(op, &self.store, &self.context, &words, &mut printer)?;
        }
        self.store.close()
    }
}

/// Says what was done, now that the store is closed. What has been printed by then was true; of a store that turns out
/// to be damaged nothing is said but that.
///
/// # Errors
/// What went wrong when it was done, or else when the store was closed.
pub(super) fn finish(output: &Output, done: Result<()>, closed: Result<Option<Said>>) -> Result<()> {
    let remark = match (&done, closed) {
        (Ok(()), closed) => closed?,
        // What went wrong first is what is told.
        (Err(_), closed) => closed.ok().flatten().filter(|_| output.late.has_made()),
    };
    output.release()?;
    if let Some(remark) = remark {
        output.warn(remark.get(output.screen.lang));
    }
    done
}

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A command that reads.
    Read,
    /// A command that writes.
    Write,
    /// The full screen, which stays for hours and is not to fill the memory with pages.
    Screen,
}

/// Pages that a screen keeps, in bytes.
const SCREEN_CACHE: usize = 32 << 20;

/// Opens a store for what a command needs; one that is missing is made, its folder too where it is the program's own.
fn open(path: &std::path::Path, purpose: Purpose, wait: Duration, own_folder: bool) -> Result<Store> {
    let writes = purpose != Purpose::Read;
    let access = if writes { Access::Write } else { Access::Read };
    if path.try_exists().unwrap_or(true) {
        let options = OpenOptions::new(access).wait(wait);
        let options = if purpose == Purpose::Screen { options.cache(SCREEN_CACHE) } else { options };
        let store = Store::open_with(path, options, wait)?;
        if writes || !store.is_blank()? {
            return Ok(store);
        }
        // Whoever made it was interrupted before it had what every store begins with.
        store.close()?;
        return Store::open(path, Access::Write, wait);
    }
    if own_folder {
        setup::make_folder(path)?;
    }
    Store::open(path, Access::Create, wait)
}

/// Makes what the store keeps beside its records what this version keeps; the records stay as they are.
fn renew(path: &std::path::Path, wait: Duration, now: Instant, output: &Output) -> Result<()> {
    output.note(output.screen.lang.pick(
        "Another version of crm wrote this store: its indexes are made anew, once",
        "此数据文件由另一版本的 crm 写入：正在重建其索引，仅此一次",
    ));
    let bar = Bar::default();
    let mut progress = |done, of| {
        if !output.screen.quiet {
            bar.show(output.screen.lang.pick("Making indexes", "正在重建索引"), done, of);
        }
    };
    let renewed = Store::open(path, Access::Write, wait).and_then(|store| {
        raise(&store, now, output)?;
        commit::mend(&store, MACHINE, &mut progress)?;
        store.close()
    });
    renewed.map_err(|error| {
        error.at(said!(
            "Another version of crm wrote this store, and its indexes have to be made anew",
            "此数据文件由另一版本的 crm 写入，需要重建索引"
        ))
    })
}

/// Who acts, where that was said: `--as`, `CRM_AS`.
fn named_login(words: &Words) -> Option<String> {
    let login = words.one(global_options::AS).map(str::to_owned).or_else(|| std::env::var("CRM_AS").ok());
    login.filter(|login| !login.trim().is_empty())
}

/// Who acts where that was not said: the person whom the system knows.
fn system_login() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let name = names.into_iter().find(|name| !name.trim().is_empty());
    crate::domain::user::login_from(name.as_deref().unwrap_or("user"))
}

/// The words of a command, for the journal: as they can be typed again, without the options that say where and how.
fn said(args: impl IntoIterator<Item = String>) -> String {
    let mut words = Vec::new();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            words.push(arg);
            words.extend(args.by_ref().map(quoted));
        } else if global_options::says_which_rows(&arg) {
            let value = global_options::takes_next(&arg).then(|| args.next()).flatten();
            words.extend([arg].into_iter().chain(value).map(quoted));
        } else if global_options::takes_next(&arg) {
            args.next();
        } else if !global_options::is_global(&arg) {
            words.push(quoted(arg));
        }
    }
    crate::text::scrub(&words.join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn the_words_of_a_step_can_be_typed_again() {
        let cases: [(&[&str], &str); 7] = [
            (
                &["set", "--where", "no:city", "city=Oslo", "--sort", "-owner", "--limit=2", "-o", "ids"],
                "set --where no:city city=Oslo --sort -owner --limit=2",
            ),
            (&["-o", "json", "customer", "add", "Acme", "--if-absent", "name"], "customer add Acme --if-absent name"),
            (&["f", "snooze", "3", "-1d", "--now=today", "-y"], "f snooze 3 -1d"),
            (&["set", "--where", "grade:A city:上海", "-ojson"], "set --where \"grade:A city:上海\""),
            (&["log", "call", "C-1", "next=fri send quote"], "log call C-1 next=\"fri send quote\""),
            (&["customer", "add", "Say \"hi\" twice"], "customer add 'Say \"hi\" twice'"),
            (&["customer", "set", "-", "grade=A", "--", "-y"], "customer set - grade=A -- -y"),
        ];
        for (args, expected) in cases {
            assert_eq!(said(args.iter().map(|arg| (*arg).to_owned())), expected);
        }
    }
}
