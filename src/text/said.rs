//! A sentence in both languages, for what is said where nobody knows yet who will read it: errors and their hints.

use super::Lang;

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    en: Box<str>,
    zh: Box<str>,
}

impl Said {
    /// The two sentences; [`said!`] makes them from two formats.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into().into_boxed_str(), zh: zh.into().into_boxed_str() }
    }

    /// What reads the same in both: a command to type, a path, an id, what the system said.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(text.clone(), text)
    }

    /// The hint at a name that is nearly what was written.
    pub fn did_you_mean(name: impl std::fmt::Display) -> Self {
        said!("did you mean {name}?", "是否指 {name}？")
    }

    /// The same for several, the likeliest first.
    pub fn did_you_mean_one_of(names: &[&str]) -> Self {
        said!(("did you mean {}?", names.join(", ")), ("是否指 {}？", names.join("、")))
    }

    /// The same for a name that is quoted.
    pub fn did_you_mean_name(name: impl std::fmt::Display) -> Self {
        said!("did you mean '{name}'?", "是否指“{name}”？")
    }

    /// What the system said of a file; in Chinese where it is one of the usual things.
    pub fn of_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let en = error.to_string();
        let zh = match error.kind() {
            ErrorKind::NotFound => "没有此文件或文件夹",
            ErrorKind::PermissionDenied => "没有权限",
            ErrorKind::IsADirectory => "这是文件夹，不是文件",
            ErrorKind::NotADirectory => "路径中有一段不是文件夹",
            ErrorKind::AlreadyExists => "已存在",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘空间不足",
            ErrorKind::ReadOnlyFilesystem => "所在磁盘是只读的",
            ErrorKind::FileTooLarge => "文件超过了允许的大小",
            _ => &en,
        };
        Self::new(en.clone(), zh)
    }

    /// The sentence in this language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.zh)
    }

    /// English, then Chinese.
    pub fn both(&self) -> (&str, &str) {
        (&self.en, &self.zh)
    }

    /// The same, changed in both languages.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self::new(change(&self.en), change(&self.zh))
    }

    /// Both, one after the other, with `: ` between.
    #[must_use]
    pub fn then(&self, rest: &Self) -> Self {
        Self::new(format!("{}: {}", self.en, rest.en), format!("{}：{}", self.zh, rest.zh))
    }
}

/// A [`Said`] from two formats: `said!("{id} is gone", "{id} 已不存在")`. Other arguments stand after them
/// where both formats take the same, or with each format in parentheses.
macro_rules! said {
    (($($en:tt)*), ($($zh:tt)*) $(,)?) => { $crate::text::Said::new(format!($($en)*), format!($($zh)*)) };
    ($en:literal, $zh:literal $(,)?) => { $crate::text::Said::new(format!($en), format!($zh)) };
    ($en:literal, $zh:literal, $($arg:expr),+ $(,)?) => {
        $crate::text::Said::new(format!($en, $($arg),+), format!($zh, $($arg),+))
    };
}
pub(crate) use said;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_said_in_the_language_asked_for() {
        let (id, count) = ("C-7", 3);
        let gone = said!("{id} is gone", "{id} 已不存在");
        assert_eq!((gone.get(Lang::En), gone.get(Lang::Zh)), ("C-7 is gone", "C-7 已不存在"));
        let many = said!("{} of {}", "{1} 中的 {0}", 1, count);
        assert_eq!((many.get(Lang::En), many.get(Lang::Zh)), ("1 of 3", "3 中的 1"));
        let apart = said!(("a {}", "deal"), ("{}", "商机"));
        assert_eq!((apart.get(Lang::En), apart.get(Lang::Zh)), ("a deal", "商机"));
        assert_eq!(Said::same("crm help").then(&gone).get(Lang::Zh), "crm help：C-7 已不存在");
    }
}
