//! Who acts, when, where, and on what agreement: all that an operation knows besides its arguments and the store.

use chrono_tz::Tz;

use crate::{
    domain::{FieldDef, Instant, RecordId, assign::Clock, print::View, read::ReadContext, rules::Settings, user},
    error::Result,
    query::{names::Names, resolve::QueryContext},
    store::Reader,
    text::Lang,
};

use crate::commit::Input;

/// The circumstances of a command.
#[derive(Clone, Debug)]
pub struct Context {
    /// The instant of the command.
    pub now: Instant,
    /// How far ahead of the machine's clock that is, in milliseconds, where it was named and the clock does not go free.
    pub ahead: i64,
    /// The machine's clock, whatever instant was named: for telling whether another process still works.
    pub machine: fn() -> Instant,
    /// The zone in which a date is a day.
    pub tz: Tz,
    /// The language of labels and messages.
    pub lang: Lang,
    /// The number of the user who acts; `None` for a reader whom the store does not know.
    pub user: Option<u64>,
    /// The user's login.
    pub login: String,
    /// The full-screen session, if it is one.
    pub session: Option<String>,
    /// What the team has agreed on.
    pub settings: Settings,
    /// The words of the command, for the journal.
    pub words: String,
    /// What was read from outside before the command began.
    pub input: Input,
}

impl Context {
    /// What the machine's clock says: the instant of the command, unless that was named ahead of it.
    pub const fn clock(&self) -> Instant {
        Instant(self.now.0 - self.ahead)
    }

    /// The day of the command and its zone, for fields that move.
    pub fn day_clock(&self) -> Clock {
        Clock { today: self.now.day(self.tz), tz: self.tz }
    }

    /// What the meaning of a text depends on that a person typed.
    pub fn reading<'a>(&self, links: &'a dyn Fn(&FieldDef, &str) -> Result<u64>) -> ReadContext<'a> {
        ReadContext {
            now: self.now,
            tz: self.tz,
            week_start: self.settings.week_start,
            currency: self.settings.currency,
            date_format: None,
            decimal: None,
            links,
        }
    }

    /// How values are shown to the person.
    pub const fn view(&self) -> View {
        View { lang: self.lang, tz: self.tz, now: self.now, relative: false }
    }

    /// The record of the user who acts.
    pub fn me(&self) -> Option<RecordId> {
        self.user.map(|num| RecordId::new(user::ID, num))
    }

    /// What the user who acts is called; the login where the store does not know them.
    ///
    /// # Errors
    /// What the store says.
    pub fn called(&self, names: &Names<'_>) -> Result<String> {
        self.me().map_or_else(|| Ok(self.login.clone()), |me| names.of(me))
    }

    /// What words such as `me` and `today` mean in a filter.
    pub fn asking<'a>(&self, reader: Reader<'a>) -> QueryContext<'a> {
        QueryContext {
            now: self.now.utc(),
            tz: self.tz,
            week_start: self.settings.week_start,
            currency: self.settings.currency,
            me: self.user,
            lang: self.lang,
            reader,
            heard: None,
        }
    }
}
