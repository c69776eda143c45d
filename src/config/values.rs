//! What the settings say, as the program uses it.

use std::{path::PathBuf, time::Duration};

use chrono::Weekday;
use chrono_tz::Tz;

use crate::{
    domain::{rules::ServiceLevels, words::money::Currency},
    text::Lang,
};

/// What every setting says; `None` is left to the surroundings.
#[derive(Clone, Debug)]
pub struct Values {
    /// `store`.
    pub store: Option<PathBuf>,
    /// `lang`.
    pub lang: Option<Lang>,
    /// `tz`.
    pub tz: Option<Tz>,
    /// `currency`.
    pub currency: Option<Currency>,
    /// `week_start`.
    pub week_start: Weekday,
    /// `color`.
    pub color: &'static str,
    /// `pager`.
    pub pager: Option<String>,
    /// `wait`.
    pub wait: Duration,
    /// `theme`.
    pub theme: String,
    /// `ascii`.
    pub ascii: bool,
    /// `plain`.
    pub plain: bool,
    /// `keymap`.
    pub keymap: &'static str,
    /// `notify`.
    pub notify: &'static str,
    /// `title`.
    pub title: bool,
    /// `service`.
    pub service: ServiceLevels,
}

impl Default for Values {
    fn default() -> Self {
        Self {
            store: None,
            lang: None,
            tz: None,
            currency: None,
            week_start: Weekday::Mon,
            color: COLORS[0],
            pager: None,
            wait: Duration::from_secs(5),
            theme: "default".to_owned(),
            ascii: false,
            plain: false,
            keymap: crate::keymap::NAMES[0],
            notify: NOTIFY[0],
            title: true,
            service: ServiceLevels::default(),
        }
    }
}

/// When colour is used.
pub(super) const COLORS: &[&str] = &["auto", "always", "never"];

/// How it is told that something falls due.
pub(super) const NOTIFY: &[&str] = &["screen", "bell", "desktop", "off"];
