//! stub
use crate::domain::{rules::Settings, words::money::Currency};
use crate::error::Result;
use crate::text::Lang;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
/// stub
#[derive(Default)]
pub struct Flags {
    pub store: Option<PathBuf>,
    pub lang: Option<String>,
    pub tz: Option<String>,
    pub color: Option<String>,
    pub wait: Option<String>,
}
/// stub
pub struct Config {
    f: Flags,
}
impl Config {
    pub fn load(f: &Flags, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Self> {
        let e = |n: &str| env(n).and_then(|v| v.into_string().ok());
        Ok(Self {
            f: Flags {
                store: f.store.clone().or_else(|| e("CRM_STORE").map(PathBuf::from)),
                lang: f.lang.clone().or_else(|| e("CRM_LANG")),
                tz: f.tz.clone().or_else(|| e("CRM_TZ")),
                color: f.color.clone(),
                wait: f.wait.clone(),
            },
        })
    }
    pub fn store(&self) -> Result<PathBuf> {
        Ok(self.f.store.clone().unwrap_or_else(|| PathBuf::from("/tmp/x.redb")))
    }
    pub fn demo_store(&self) -> Result<PathBuf> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let data = set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share")));
        Ok(data.unwrap_or_default().join("crm/demo.redb"))
    }
    pub fn lang(&self) -> Lang {
        self.f.lang.as_deref().map_or(Lang::En, Lang::from_locale)
    }
    pub fn tz(&self) -> Result<chrono_tz::Tz> {
        Ok(self.f.tz.as_deref().and_then(|t| t.parse().ok()).unwrap_or(chrono_tz::UTC))
    }
    pub fn color(&self) -> String {
        self.f.color.clone().unwrap_or_else(|| "auto".into())
    }
    pub fn wait(&self) -> Result<f64> {
        Ok(5.0)
    }
    pub fn owns(&self, _: &Path) -> bool {
        true
    }
    pub fn settings(&self) -> Result<Settings> {
        Ok(Settings { currency: Currency::CNY, week_start: chrono::Weekday::Mon, service: Default::default() })
    }
}
