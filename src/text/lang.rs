//! The two languages of the interface.

/// A language of labels, help and messages. Codes that machines read are English in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// Whichever of the two is in this language.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// The language of a locale such as `zh_CN.UTF-8` or `zh-Hans`; English where it is not Chinese.
    pub fn from_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Self::Zh } else { Self::En }
    }

    /// Its two-letter code, as `--lang` takes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_a_language() {
        for chinese in ["zh", "zh_CN.UTF-8", "zh-Hans-CN", "ZH_tw"] {
            assert_eq!(Lang::from_locale(chinese), Lang::Zh, "{chinese}");
        }
        for other in ["", "C", "en_US.UTF-8", "zhx"] {
            assert_eq!(Lang::from_locale(other), Lang::En, "{other}");
        }
        assert_eq!(Lang::Zh.pick("customer", "客户"), "客户");
        assert_eq!(Lang::Zh.code(), "zh");
    }
}
