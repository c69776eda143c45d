//! One command: its settings, its store, who acts, and the operation run between them.

use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use chrono_tz::Tz;

use crate::{
    config::{Config, Flags},
    domain::{
        Instant,
        words::when::{self},
    },
    error::{Error, Result},
    ops::{
        Context, Op,
        op::{self, Words},
        setup,
    },
    store::{
        Store,
        engine::{Access, OpenOptions},
    },
    text::Lang,
};

use super::{
    desk::Desk,
    output::{Color, Format, Output, Screen},
};

/// An open store with all that a command needs to know.
pub struct Session {
    /// Where answers go.
    pub output: Output,
    /// The circumstances.
    pub context: Context,
    /// The store.
    pub store: Store,
    yes: bool,
    dry_run: bool,
}

/// Runs an operation.
///
/// # Errors
/// What the settings, the store or the operation say.
pub fn run(op: &'static Op, words: &Words) -> Result<()> {
    let session = Session::open(words, !op.run.reads())?;
    session.run(op, words)
}

/// What the options of a command say before the store is opened.
pub struct Settings {
    /// The settings with their origins.
    pub config: Config,
    /// Where answers go.
    pub output: Output,
    /// The instant of the command.
    pub now: Instant,
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
        let flags = Flags {
            store: words.one("store").map(PathBuf::from),
            lang: words.one("lang").map(str::to_owned),
            tz: words.one("tz").map(str::to_owned),
            color: words.one("color").map(str::to_owned),
            wait: words.one("wait").map(str::to_owned),
        };
        let config = Config::load(&flags, &|name| std::env::var_os(name))?;
        let (tz, lang) = (config.tz(), config.lang());
        let now = now(words, &config, tz)?;
        let format = words.one("output").map_or(Ok(Format::Table), str::parse)?;
        let color: Color = config.color().parse()?;
        let screen = Screen {
            lang,
            tz,
            now,
            no_header: words.has("no-header"),
            quiet: words.has("quiet"),
            ..Screen::detect(color, now)
        };
        Ok(Self { config, output: Output { format, screen }, now, tz, lang })
    }
}

/// The instant of a command: the one that `--now` or `CRM_NOW` names, else the clock's.
fn now(words: &Words, config: &Config, tz: Tz) -> Result<Instant> {
    let said = words.one("now").map(str::to_owned).or_else(|| std::env::var("CRM_NOW").ok());
    let clock = Utc::now();
    match said {
        None => Ok(Instant::from(clock)),
        Some(text) => {
            let when = when::parse(&text, clock, tz, config.settings().week_start)?;
            Ok(Instant::from(when.start(tz)))
        }
    }
}

impl Session {
    /// Opens the store of a command; one that is missing is made.
    ///
    /// # Errors
    /// What the settings or the store say.
    pub fn open(words: &Words, writes: bool) -> Result<Self> {
        let settings = Settings::read(words)?;
        let path = settings.config.store()?;
        Self::open_at(words, settings, path, writes)
    }

    /// The same with a store at a certain place.
    ///
    /// # Errors
    /// What the settings or the store say.
    pub fn open_at(words: &Words, settings: Settings, path: PathBuf, writes: bool) -> Result<Self> {
        let Settings { config, output, now, tz, lang } = settings;
        let dry_run = words.has("dry-run");
        let (login, named) = login(words)?;
        let mut context = Context {
            now,
            tz,
            lang,
            user: None,
            login,
            session: None,
            settings: config.settings(),
            words: said(),
            may_read_files: true,
        };
        let wait = config.wait();
        let store = open(&path, writes && !dry_run, wait, config.owns(&path))?;
        if store.is_blank()? || (writes && !dry_run) {
            setup::set_up(&store, &mut context, !named)?;
        } else {
            context.user = setup::user_of(&store, &context.login)?;
        }
        if named && context.user.is_none() {
            return Err(Error::not_found(format!("There is no user {}", crate::text::scrub(&context.login)))
                .hint("crm user list shows the users; crm user add NAME login=LOGIN makes one"));
        }
        Ok(Self { output, context, store, yes: words.has("yes"), dry_run })
    }

    /// Runs an operation and closes the store.
    ///
    /// # Errors
    /// What the operation or the store says.
    pub fn run(self, op: &Op, words: &Words) -> Result<()> {
        let mut desk = Desk::new(&self.output, self.yes, self.dry_run);
        op::run(op, &self.store, &self.context, words, &mut desk)?;
        self.store.close()
    }

    /// Agenda, board and queue, one after the other.
    ///
    /// # Errors
    /// What an operation or the output says.
    pub fn panes(self, words: &Words) -> Result<()> {
        let mut desk = Desk::new(&self.output, self.yes, self.dry_run);
        for op in crate::ops::OPS.iter().filter(|op| ["agenda", "board", "queue"].contains(&op.verb)) {
            op::run(op, &self.store, &self.context, words, &mut desk)?;
        }
        self.store.close()
    }
}

/// Opens a store for what a command needs; one that is missing is made, its folder too where it is the program's own.
fn open(path: &std::path::Path, writes: bool, wait: Duration, own_folder: bool) -> Result<Store> {
    let access = if writes { Access::Write } else { Access::Read };
    if path.try_exists().unwrap_or(true) {
        return Store::open(path, access, wait);
    }
    if own_folder {
        setup::make_folder(path)?;
    }
    match Store::open_with(path, OpenOptions::new(Access::Create).wait(wait), wait) {
        Err(error) => Err(error),
        Ok(store) => Ok(store),
    }
}

/// Who acts, and whether that was said: `--as`, `CRM_AS`, else the system's login name.
fn login(words: &Words) -> Result<(String, bool)> {
    if let Some(login) = words.one("as").map(str::to_owned).or_else(|| std::env::var("CRM_AS").ok()) {
        return Ok((login, true));
    }
    let system = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let system = system.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "user".to_owned());
    Ok((crate::domain::user::login_from(&system), false))
}

/// The words of the command, for the journal: as they were typed, without the program and the options that say where
/// and how.
fn said() -> String {
    let mut words = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if super::globals::takes_next(&arg) {
            args.next();
        } else if !(arg.starts_with('-') && arg.len() > 1) || arg.starts_with("--where") || arg.starts_with("--map") {
            words.push(arg);
        }
    }
    crate::text::scrub(&words.join(" ")).into_owned()
}
