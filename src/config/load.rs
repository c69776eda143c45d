//! Settings from flags, environment, file and defaults, the nearest first, each with where it comes from.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};

use chrono_tz::Tz;

use super::{
    file,
    keys::{KEYS, Key},
    paths::{Environment, Paths, variable},
    values::Values,
    zone::from_tz,
};
use crate::{
    domain::{
        rules::Settings,
        words::{WordsError, money::Currency},
    },
    error::{Error, Result},
    text::{Lang, Said, said, scrub},
};

/// What the options of a command say about settings.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--store`.
    pub store: Option<PathBuf>,
    /// `--lang`.
    pub lang: Option<String>,
    /// `--tz`.
    pub tz: Option<String>,
    /// `--color`.
    pub color: Option<String>,
    /// `--wait`.
    pub wait: Option<String>,
}

impl Flags {
    fn get(&self, code: &str) -> Option<&OsStr> {
        match code {
            "store" => self.store.as_deref().map(Path::as_os_str),
            "lang" => self.lang.as_deref().map(OsStr::new),
            "tz" => self.tz.as_deref().map(OsStr::new),
            "color" => self.color.as_deref().map(OsStr::new),
            "wait" => self.wait.as_deref().map(OsStr::new),
            _ => None,
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An option of the command.
    Flag,
    /// A variable.
    Env(String),
    /// A line of the file of settings.
    File(Rc<Path>, usize),
    /// Nobody has set it.
    Default,
}

impl Origin {
    /// As `config list --show-origin` shows it.
    pub fn said(&self) -> Said {
        match self {
            Self::Flag => said!("flag", "命令行选项"),
            Self::Env(name) => said!("env {name}", "环境变量 {name}"),
            Self::File(path, line) => Said::same(format!("{}:{line}", path.display())),
            Self::Default => said!("default", "默认值"),
        }
    }
}

/// What the system says about language and zone where no variable does.
#[derive(Clone, Copy)]
struct System {
    locale: fn() -> Option<String>,
    zone: fn() -> Option<String>,
}

const SYSTEM: System = System { locale: sys_locale::get_locale, zone: || iana_time_zone::get_timezone().ok() };

/// What a setting is while nobody has set it.
#[derive(Clone, Debug)]
struct Defaults {
    lang: Lang,
    /// The zone, or what the variable TZ says where that is none.
    tz: Result<Tz, String>,
    pager: String,
}

/// Shows a screenful without paging, keeps colours and what was shown.
const PAGER: &str = "less -FRX";
/// Names no program.
const NO_PAGER: [&str; 3] = ["", "never", "cat"];

impl Defaults {
    fn look(env: Environment<'_>, system: System) -> Self {
        let text = |name| variable(env, name).and_then(|value| value.into_string().ok());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(text).or_else(|| (system.locale)());
        Self {
            lang: locale.as_deref().map_or(Lang::En, Lang::from_locale),
            tz: match text("TZ") {
                Some(text) => from_tz(&text).ok_or(text),
                None => Ok((system.zone)().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)),
            },
            pager: text("PAGER").unwrap_or_else(|| PAGER.to_owned()),
        }
    }
}

fn unknown_zone(text: &str) -> Error {
    Error::usage(said!("TZ: '{}' is no zone that crm knows", "TZ：crm 不认识时区“{}”", scrub(text))).hint(said!(
        "name one with TZ=Asia/Shanghai, --tz, or once and for all crm config set tz Asia/Shanghai",
        "请用 TZ=Asia/Shanghai、--tz 指定，或运行一次 crm config set tz Asia/Shanghai"
    ))
}

/// Every setting, checked, with its origin.
#[derive(Clone, Debug)]
pub struct Config {
    paths: Paths,
    values: Values,
    origins: Vec<Origin>,
    surroundings: Defaults,
}

impl Config {
    /// Reads the file that the environment names and lays environment and flags over it.
    ///
    /// # Errors
    /// The first value that cannot be used, with its place and a spelling that works. A missing file is none.
    pub fn load(flags: &Flags, env: Environment<'_>) -> Result<Self> {
        Self::load_on(flags, env, SYSTEM)
    }

    fn load_on(flags: &Flags, env: Environment<'_>, system: System) -> Result<Self> {
        let mut config = Self {
            paths: Paths::new(env),
            values: Values::default(),
            origins: vec![Origin::Default; KEYS.len()],
            surroundings: Defaults::look(env, system),
        };
        // Without a home there is no file either; who needs one is told so when it is needed.
        if let Ok(path) = config.paths.config_file() {
            config.read_file(&path)?;
        }
        for (at, key) in KEYS.iter().enumerate() {
            if let Some(text) = variable(env, &key.variable()) {
                config.override_with(at, key, &text, Origin::Env(key.variable()), &key.variable())?;
            }
            if let Some(text) = flags.get(key.code) {
                config.override_with(at, key, text, Origin::Flag, &format!("--{}", key.code))?;
            }
        }
        match &config.surroundings.tz {
            Err(text) if config.values.tz.is_none() => Err(unknown_zone(text)),
            _ => Ok(config),
        }
    }

    fn read_file(&mut self, path: &Path) -> Result<()> {
        let Some(text) = file::read(path)? else { return Ok(()) };
        let shared: Rc<Path> = path.into();
        for entry in file::entries(path, &text)? {
            let read = entry.key.ty.holds_everywhere(&entry.text);
            read.and_then(|()| entry.key.ty.set(&mut self.values, &entry.text)).map_err(
                |WordsError { message, hint }| {
                    let message = Said::same(entry.key.code).then(&message);
                    file::at_line(path, entry.line, message, hint.as_ref())
                },
            )?;
            self.origins[entry.at] = Origin::File(Rc::clone(&shared), entry.line);
        }
        Ok(())
    }

    fn override_with(&mut self, at: usize, key: &Key, text: &OsStr, origin: Origin, place: &str) -> Result<()> {
        key.ty.set(&mut self.values, text).map_err(|WordsError { message, hint }| {
            Error::usage(message).hint_of(hint.as_ref()).at(Said::same(place))
        })?;
        self.origins[at] = origin;
        Ok(())
    }

    /// The folders of the user.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The store to use.
    ///
    /// # Errors
    /// Where none is named and there is no home folder.
    pub fn store(&self) -> Result<PathBuf> {
        match &self.values.store {
            Some(path) => self.paths.expand(path),
            None => self.paths.default_store(),
        }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.values.lang.unwrap_or(self.surroundings.lang)
    }

    /// The time zone.
    pub fn tz(&self) -> Tz {
        // One that cannot be read was refused when it was loaded.
        self.values.tz.or(self.surroundings.tz.as_ref().ok().copied()).unwrap_or(Tz::UTC)
    }

    /// When colour is used: `auto`, `always` or `never`.
    pub const fn color(&self) -> &'static str {
        self.values.color
    }

    /// The program that shows what is longer than the screen.
    pub fn pager(&self) -> Option<&str> {
        let pager = self.values.pager.as_deref().unwrap_or(&self.surroundings.pager);
        (!NO_PAGER.contains(&pager)).then_some(pager)
    }

    /// How long to wait for a busy store.
    pub const fn wait(&self) -> Duration {
        self.values.wait
    }

    /// The name of the theme.
    pub fn theme(&self) -> &str {
        &self.values.theme
    }

    /// The folder of a person's own themes, beside the file of settings.
    pub fn themes(&self) -> Option<PathBuf> {
        self.paths.config_file().ok().map(|file| file.with_file_name("themes"))
    }

    /// Whether the screen is for those who hear it: no lines, nothing side by side.
    pub const fn plain(&self) -> bool {
        self.values.plain
    }

    /// Whether to draw with ASCII signs only.
    pub const fn ascii(&self) -> bool {
        self.values.ascii
    }

    /// The key map that was chosen; none where the file of keys may choose.
    pub fn keymap(&self) -> Option<&'static str> {
        let chosen = |at: &usize| self.origins.get(*at) != Some(&Origin::Default);
        KEYS.iter().position(|key| key.code == "keymap").filter(chosen).map(|_| self.values.keymap)
    }

    /// How it is told that something falls due: `screen`, `bell`, `desktop` or `off`.
    pub const fn notify(&self) -> &'static str {
        self.values.notify
    }

    /// Whether the window of the terminal is named.
    pub const fn title(&self) -> bool {
        self.values.title
    }

    /// What rules depend on.
    pub fn settings(&self) -> Settings {
        Settings { currency: self.currency(), week_start: self.values.week_start, service: self.values.service }
    }

    fn currency(&self) -> Currency {
        self.values.currency.unwrap_or_else(|| self.lang().pick(Currency::USD, Currency::CNY))
    }

    /// Whether a file stands in the program's own data folder, which it may make.
    pub fn owns(&self, path: &Path) -> bool {
        self.paths.owns(path)
    }

    /// The values in force, nothing left open.
    pub(super) fn in_force(&self) -> Values {
        Values {
            store: self.store().ok(),
            lang: Some(self.lang()),
            tz: Some(self.tz()),
            currency: Some(self.currency()),
            pager: Some(self.pager().unwrap_or("never").to_owned()),
            ..self.values.clone()
        }
    }

    /// Where each setting of the list comes from, in its order.
    pub(super) fn origins(&self) -> &[Origin] {
        &self.origins
    }
}

#[cfg(test)]
mod tests;
