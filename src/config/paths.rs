//! Where the program keeps its files: the XDG folders on every Unix.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    error::{Error, Result},
    text::said,
};

/// The variables of the process, handed down so that nothing below reads the real ones.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// A variable that is set to something.
pub(super) fn variable(env: Environment<'_>, name: &str) -> Option<OsString> {
    env(name).filter(|value| !value.is_empty())
}

/// The folders of one user.
#[derive(Clone, Debug)]
pub struct Paths {
    home: Option<PathBuf>,
    data: Option<PathBuf>,
    config: Option<PathBuf>,
    state: Option<PathBuf>,
    config_file: Option<PathBuf>,
}

impl Paths {
    /// The folders that the environment names. A folder that is not absolute is ignored, as the XDG rules ask.
    pub fn new(env: Environment<'_>) -> Self {
        let folder = |name| variable(env, name).map(PathBuf::from).filter(|folder| folder.is_absolute());
        let home = folder("HOME");
        let xdg = |name, below: &str| {
            folder(name).or_else(|| home.as_deref().map(|home| home.join(below))).map(|base| base.join("crm"))
        };
        Self {
            data: xdg("XDG_DATA_HOME", ".local/share"),
            config: xdg("XDG_CONFIG_HOME", ".config"),
            state: xdg("XDG_STATE_HOME", ".local/state"),
            config_file: variable(env, "CRM_CONFIG").map(PathBuf::from),
            home,
        }
    }

    /// The folder of stores.
    ///
    /// # Errors
    /// Where neither `XDG_DATA_HOME` nor `HOME` is set.
    pub fn data_dir(&self) -> Result<&Path> {
        known(self.data.as_deref(), ("data", "数据"), "XDG_DATA_HOME")
    }

    /// The folder of settings.
    ///
    /// # Errors
    /// Where neither `XDG_CONFIG_HOME` nor `HOME` is set.
    pub fn config_dir(&self) -> Result<&Path> {
        known(self.config.as_deref(), ("settings", "设置"), "XDG_CONFIG_HOME")
    }

    /// The folder of the log and of drafts.
    ///
    /// # Errors
    /// Where neither `XDG_STATE_HOME` nor `HOME` is set.
    pub fn state_dir(&self) -> Result<&Path> {
        known(self.state.as_deref(), ("drafts and logs", "草稿和日志"), "XDG_STATE_HOME")
    }

    /// The store that is used unless another is named.
    ///
    /// # Errors
    /// As [`Paths::data_dir`].
    pub fn default_store(&self) -> Result<PathBuf> {
        Ok(self.data_dir()?.join("crm.redb"))
    }

    /// The store of made-up records.
    ///
    /// # Errors
    /// As [`Paths::data_dir`].
    pub fn demo_store(&self) -> Result<PathBuf> {
        Ok(self.data_dir()?.join("demo.redb"))
    }

    /// The file of settings: `CRM_CONFIG`, else `config.toml` in its folder.
    ///
    /// # Errors
    /// As [`Paths::config_dir`].
    pub fn config_file(&self) -> Result<PathBuf> {
        match &self.config_file {
            Some(file) => Ok(file.clone()),
            None => Ok(self.config_dir()?.join("config.toml")),
        }
    }

    /// The file of keys, beside that of settings.
    ///
    /// # Errors
    /// As [`Paths::config_dir`].
    pub fn keys_file(&self) -> Result<PathBuf> {
        Ok(self.config_file()?.with_file_name("keys.toml"))
    }

    /// The path with a leading `~/` replaced by the home folder.
    ///
    /// # Errors
    /// Where `HOME` is not set and the path needs it.
    pub fn expand(&self, path: &Path) -> Result<PathBuf> {
        match path.strip_prefix("~") {
            Ok(below) => {
                let home = self.home.as_ref().ok_or_else(|| {
                    Error::failure(said!(
                        "'{}' is in the home folder, but HOME is not set",
                        "“{}”在主目录中，但未设置 HOME",
                        path.display()
                    ))
                    .hint(said!("write the whole path, or set HOME", "请写完整路径，或设置 HOME"))
                })?;
                Ok(home.join(below))
            }
            Err(_) => Ok(path.to_owned()),
        }
    }

    /// Whether a file stands in the program's own data folder, which it may make.
    pub fn owns(&self, path: &Path) -> bool {
        self.data.as_deref().is_some_and(|data| path.starts_with(data))
    }
}

fn known<'a>(folder: Option<&'a Path>, (en, zh): (&str, &str), variable: &str) -> Result<&'a Path> {
    folder.ok_or_else(|| {
        Error::failure(said!(
            "The folder for {en} is not known, because HOME is not set",
            "无法确定{zh}的文件夹，因为未设置 HOME"
        ))
        .hint(said!(
            "set HOME or {variable} to an absolute path, or name a store with --store",
            "请将 HOME 或 {variable} 设为绝对路径，或用 --store 指定数据文件"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn paths(variables: &'static [(&'static str, &'static str)]) -> Paths {
        Paths::new(&|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn folders_follow_home_then_the_variables() {
        let home = paths(&[("HOME", "/h")]);
        assert_eq!(home.default_store().unwrap(), Path::new("/h/.local/share/crm/crm.redb"));
        assert_eq!(home.demo_store().unwrap(), Path::new("/h/.local/share/crm/demo.redb"));
        assert_eq!(home.config_file().unwrap(), Path::new("/h/.config/crm/config.toml"));
        assert_eq!(home.state_dir().unwrap(), Path::new("/h/.local/state/crm"));

        let xdg = paths(&[
            ("HOME", "/h"),
            ("XDG_DATA_HOME", "/d"),
            ("XDG_CONFIG_HOME", "relative"),
            ("XDG_STATE_HOME", ""),
            ("CRM_CONFIG", "mine.toml"),
        ]);
        assert_eq!(xdg.data_dir().unwrap(), Path::new("/d/crm"));
        assert_eq!(xdg.config_dir().unwrap(), Path::new("/h/.config/crm"));
        assert_eq!(xdg.state_dir().unwrap(), Path::new("/h/.local/state/crm"));
        assert_eq!(xdg.config_file().unwrap(), Path::new("mine.toml"));
        assert_eq!(home.keys_file().unwrap(), Path::new("/h/.config/crm/keys.toml"));
        assert_eq!(xdg.keys_file().unwrap(), Path::new("keys.toml"));
    }

    #[test]
    fn without_a_home_the_error_says_what_to_set() {
        for error in [
            paths(&[]).default_store().unwrap_err(),
            paths(&[("HOME", "")]).demo_store().unwrap_err(),
            paths(&[("HOME", "here")]).data_dir().unwrap_err(),
        ] {
            assert!(error.message(Lang::En).contains("HOME is not set"), "{error:?}");
            assert!(error.next_step(Lang::En).unwrap().contains("XDG_DATA_HOME"));
        }
        assert!(paths(&[("XDG_DATA_HOME", "/d")]).default_store().is_ok());
        assert!(paths(&[]).expand(Path::new("~/a")).is_err());
        assert_eq!(paths(&[]).expand(Path::new("a")).unwrap(), Path::new("a"));
        assert_eq!(paths(&[("HOME", "/h")]).expand(Path::new("~/a")).unwrap(), Path::new("/h/a"));
    }

    #[test]
    fn only_the_data_folder_is_the_programs_own() {
        let paths = paths(&[("HOME", "/h")]);
        assert!(paths.owns(Path::new("/h/.local/share/crm/crm.redb")));
        assert!(!paths.owns(Path::new("/h/.local/share/crmx/crm.redb")));
        assert!(!paths.owns(Path::new("/h/crm.redb")));
    }
}
