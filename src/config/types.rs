//! The types of setting: each reads a text, prints it back, and knows what to say about one that it cannot read.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::Weekday;
use chrono_tz::{TZ_VARIANTS, Tz};
use toml_edit::Value;

use super::values::Values;
use crate::{
    domain::words::{Result, WordsError, duration, money::Currency, number},
    text::{Lang, Said, fold_cow, nearest, said, scrub, spaced},
};

/// Where a setting is kept.
pub type SettingField<T> = fn(&mut Values) -> &mut T;

/// The type of a setting, with its place.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A file: a whole path, or one that begins with `~/`.
    Path(SettingField<Option<PathBuf>>),
    /// A language, or `auto`.
    Lang(SettingField<Option<Lang>>),
    /// A time zone, or `auto`.
    Zone(SettingField<Option<Tz>>),
    /// A currency, or `auto`.
    Currency(SettingField<Option<Currency>>),
    /// A day of the week.
    Weekday(SettingField<Weekday>),
    /// One of some words.
    Word(&'static [&'static str], SettingField<&'static str>),
    /// A name of letters, digits, `-` and `_`.
    Name(SettingField<String>),
    /// Any text, or `auto`.
    Text(SettingField<Option<String>>),
    /// A short time in seconds.
    Seconds(SettingField<Duration>),
    /// A time with its unit.
    Duration(SettingField<i64>),
    /// Yes or no.
    YesNo(SettingField<bool>),
}

/// Left to the surroundings.
pub(super) const AUTO: &str = "auto";

/// The longest wait: a day.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

const WEEK: [(&str, &str, char); 7] = [
    ("mon", "monday", '一'),
    ("tue", "tuesday", '二'),
    ("wed", "wednesday", '三'),
    ("thu", "thursday", '四'),
    ("fri", "friday", '五'),
    ("sat", "saturday", '六'),
    ("sun", "sunday", '日'),
];

impl Type {
    /// What it takes, for help.
    pub fn takes(&self) -> String {
        match self {
            Self::Word(words, _) => words.join("|"),
            Self::Path(_) => "PATH".to_owned(),
            Self::Lang(_) => "en|zh|auto".to_owned(),
            Self::Zone(_) => "ZONE|auto".to_owned(),
            Self::Currency(_) => "CODE|auto".to_owned(),
            Self::Weekday(_) => WEEK.map(|(short, ..)| short).join("|"),
            Self::Name(_) => "NAME".to_owned(),
            Self::Text(_) => "COMMAND|auto|never".to_owned(),
            Self::Seconds(_) => "SECONDS".to_owned(),
            Self::Duration(_) => "DURATION".to_owned(),
            Self::YesNo(_) => "yes|no".to_owned(),
        }
    }

    /// A value that no setting has by default.
    pub fn example(&self) -> &'static str {
        match self {
            Self::Path(_) => "~/crm/team.redb",
            Self::Lang(_) => "zh",
            Self::Zone(_) => "Asia/Shanghai",
            Self::Currency(_) => "EUR",
            Self::Weekday(_) => "sun",
            // The first is what it is by default.
            Self::Word(words, _) => words[words.len() - 1],
            Self::Name(_) => "night",
            Self::Text(_) => "less -FRX",
            Self::Seconds(_) => "10",
            Self::Duration(_) => "1d12h",
            Self::YesNo(slot) if *slot(&mut Values::default()) => "no",
            Self::YesNo(_) => "yes",
        }
    }

    /// Reads a text into its place.
    ///
    /// # Errors
    /// What the text is not, and a spelling that works.
    pub fn set(&self, values: &mut Values, text: &OsStr) -> Result<()> {
        // A path may be any bytes; everything else is words.
        if let Self::Path(slot) = self {
            *slot(values) = (!text.is_empty()).then(|| text.into());
            return Ok(());
        }
        let text = text
            .to_str()
            .ok_or_else(|| {
                problem(
                    &text.to_string_lossy(),
                    ("UTF-8 text", "UTF-8 文本"),
                    said!("write {}", "请写 {}", self.example()),
                )
            })?
            .trim();
        let folded = fold_cow(text);
        let auto = folded == AUTO;
        match *self {
            Self::Path(_) => {}
            Self::Lang(slot) => *slot(values) = if auto { None } else { Some(lang(text)?) },
            Self::Zone(slot) => *slot(values) = if auto { None } else { Some(zone(text)?) },
            Self::Currency(slot) => *slot(values) = if auto { None } else { Some(Currency::named(text)?) },
            Self::Text(slot) => *slot(values) = (!auto).then(|| text.to_owned()),
            Self::Weekday(slot) => *slot(values) = weekday(text)?,
            Self::Word(words, slot) => {
                let word = words.iter().find(|word| **word == folded);
                *slot(values) = word.ok_or_else(|| {
                    problem(
                        text,
                        ("one of its words", "可用的值"),
                        said!(("write {}", self.takes()), ("请写 {}", self.takes().replace('|', "、"))),
                    )
                })?;
            }
            Self::Name(slot) => {
                let named = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
                if text.is_empty() || !text.chars().all(named) {
                    return Err(problem(
                        text,
                        ("a name of letters, digits, - and _", "由字母、数字、- 和 _ 组成的名称"),
                        said!("write {}", "请写 {}", self.example()),
                    ));
                }
                *slot(values) = text.to_owned();
            }
            Self::Seconds(slot) => *slot(values) = seconds(text)?,
            Self::Duration(slot) => {
                let seconds = duration::parse(text)?;
                if seconds <= 0 {
                    return Err(problem(
                        text,
                        ("longer than nothing", "大于零的时长"),
                        said!("write 30m, 4h or 3d", "请写 30分钟、4小时 或 3天"),
                    ));
                }
                *slot(values) = seconds;
            }
            Self::YesNo(slot) => {
                *slot(values) = match &*folded {
                    "yes" | "y" | "true" | "on" | "1" | "是" => true,
                    "no" | "n" | "false" | "off" | "0" | "否" => false,
                    _ => {
                        return Err(problem(
                            text,
                            ("yes or no", "“是”或“否”"),
                            said!("write yes or no", "请写“是”或“否”"),
                        ));
                    }
                };
            }
        }
        Ok(())
    }

    /// What stands in its place, as [`Type::set`] reads it back.
    pub fn print(&self, values: &mut Values) -> String {
        let auto = || AUTO.to_owned();
        match *self {
            Self::Path(slot) => slot(values).as_deref().map_or_else(String::new, |path| path.display().to_string()),
            Self::Lang(slot) => slot(values).map_or_else(auto, |lang| lang.code().to_owned()),
            Self::Zone(slot) => slot(values).map_or_else(auto, |zone| zone.name().to_owned()),
            Self::Currency(slot) => slot(values).map_or_else(auto, |currency| currency.as_str().to_owned()),
            Self::Weekday(slot) => WEEK[slot(values).num_days_from_monday() as usize].0.to_owned(),
            Self::Word(_, slot) => (*slot(values)).to_owned(),
            Self::Text(slot) => slot(values).clone().unwrap_or_else(auto),
            Self::Name(slot) => slot(values).clone(),
            Self::Seconds(slot) => slot(values).as_secs_f64().to_string(),
            Self::Duration(slot) => duration::print(*slot(values)),
            Self::YesNo(slot) => if *slot(values) { "yes" } else { "no" }.to_owned(),
        }
    }

    /// What stands in its place, as it is written in the file.
    pub(super) fn to_toml(self, values: &mut Values) -> Value {
        match self {
            Self::YesNo(slot) => Value::from(*slot(values)),
            Self::Seconds(slot) if slot(values).subsec_nanos() == 0 => {
                Value::from(i64::try_from(slot(values).as_secs()).unwrap_or(i64::MAX))
            }
            Self::Seconds(slot) => Value::from(slot(values).as_secs_f64()),
            _ => Value::from(self.print(values)),
        }
    }

    /// Refuses what would mean something else in another folder: the file of settings is read from all of them.
    pub(super) fn holds_everywhere(&self, text: &OsStr) -> Result<()> {
        let path = Path::new(text);
        if matches!(self, Self::Path(_)) && !path.is_absolute() && !path.starts_with("~") {
            return Err(problem(
                &text.to_string_lossy(),
                ("a whole path", "完整路径"),
                said!("write a path that begins with / or ~/", "请写以 / 或 ~/ 开头的路径"),
            ));
        }
        Ok(())
    }
}

fn problem(text: &str, (en, zh): (&str, &str), hint: Said) -> WordsError {
    let text = scrub(text);
    WordsError {
        message: said!(("'{text}' is not {en}"), ("{}", spaced(&format!("“{text}”不是"), zh))),
        hint: Some(hint),
    }
}

fn lang(text: &str) -> Result<Lang> {
    let language = text.split(['_', '-', '.', '@']).next().unwrap_or_default();
    let known = ["en", "zh"].iter().any(|known| language.eq_ignore_ascii_case(known));
    if known {
        Ok(Lang::from_locale(text))
    } else {
        Err(problem(
            text,
            ("a language of crm", "crm 支持的语言"),
            said!("write en, zh or auto", "请写 en、zh 或 auto"),
        ))
    }
}

fn zone(text: &str) -> Result<Tz> {
    text.parse().or_else(|_| {
        let same = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(text));
        same.copied().ok_or_else(|| {
            let near = nearest(text, TZ_VARIANTS.iter().map(|zone| zone.name()));
            problem(
                text,
                ("a time zone", "时区"),
                match near {
                    Some(near) => said!("write {near}", "是否指 {near}？"),
                    None => said!(
                        "write a zone such as Asia/Shanghai or Europe/Berlin, or auto",
                        "请写 Asia/Shanghai、Europe/Berlin 这样的时区，或 auto"
                    ),
                },
            )
        })
    })
}

fn weekday(text: &str) -> Result<Weekday> {
    let word = text.to_lowercase();
    let day = ["星期", "礼拜", "周"].iter().find_map(|week| word.strip_prefix(week)).unwrap_or(&word);
    let day = if day == "天" { "日" } else { day };
    let at = WEEK.iter().position(|(short, long, sign)| day == *short || day == *long || day.chars().eq([*sign]));
    at.and_then(|at| Weekday::try_from(u8::try_from(at).ok()?).ok()).ok_or_else(|| {
        problem(
            text,
            ("a day of the week", "星期几"),
            said!("write mon, tue, wed, thu, fri, sat or sun", "请写 周一 至 周日 中的一天"),
        )
    })
}

fn seconds(text: &str) -> Result<Duration> {
    let wrong = || {
        problem(
            text,
            ("a number of seconds from 0 to 86400", "0 到 86400 之间的秒数"),
            said!("write 5, 0.5 or 2m", "请写 5、0.5 或 2m"),
        )
    };
    let seconds = match number::plain::<f64>(text) {
        Some(number) => Duration::try_from_secs_f64(number).map_err(|_| wrong())?,
        None => Duration::from_secs(duration::parse(text).ok().and_then(|s| u64::try_from(s).ok()).ok_or_else(wrong)?),
    };
    if seconds <= LONGEST_WAIT { Ok(seconds) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::{super::keys::find, *};

    fn read(code: &str, text: &str) -> Result<String> {
        let ty = find(code).unwrap().1.ty;
        let mut values = Values::default();
        ty.set(&mut values, OsStr::new(text)).map(|()| ty.print(&mut values))
    }

    #[test]
    fn spellings_come_out_the_same() {
        for (code, text, printed) in [
            ("lang", " ZH ", "zh"),
            ("lang", "zh_CN.UTF-8", "zh"),
            ("lang", "Auto", "auto"),
            ("tz", "asia/shanghai", "Asia/Shanghai"),
            ("tz", "UTC", "UTC"),
            ("currency", "rmb", "CNY"),
            ("week_start", "Sunday", "sun"),
            ("week_start", "周日", "sun"),
            ("week_start", "星期天", "sun"),
            ("week_start", "礼拜六", "sat"),
            ("color", "NEVER", "never"),
            ("pager", "less -S", "less -S"),
            ("wait", "0.5", "0.5"),
            ("wait", "2m", "120"),
            ("wait", "0", "0"),
            ("ascii", "是", "yes"),
            ("ascii", "off", "no"),
            ("theme", "my-own_2", "my-own_2"),
            ("service.response.low", "2 hours", "2h"),
            ("service.response.low", "3天", "3d"),
        ] {
            assert_eq!(read(code, text).as_deref(), Ok(printed), "{code} {text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_what_can() {
        for (code, text, hint) in [
            ("lang", "fr", "en, zh or auto"),
            ("tz", "Asia/Shangai", "write Asia/Shanghai"),
            ("tz", "here", "Europe/Berlin"),
            ("currency", "XXZ", "CNY"),
            ("week_start", "moonday", "mon, tue"),
            ("week_start", "", "mon, tue"),
            ("color", "red", "auto|always|never"),
            ("wait", "-1", "0.5"),
            ("wait", "inf", "0.5"),
            ("wait", "NaN", "0.5"),
            ("wait", "86401", "0.5"),
            ("wait", "soon", "0.5"),
            ("ascii", "perhaps", "yes or no"),
            ("theme", "../night", "night"),
            ("theme", "", "night"),
            ("service.response.low", "8", "4h"),
            ("service.response.low", "-8h", "4h"),
            ("service.response.low", "0h", "4h"),
        ] {
            let error = read(code, text).unwrap_err();
            assert!(error.hint.as_ref().unwrap().get(Lang::En).contains(hint), "{code} {text}: {error:?}");
        }
    }

    #[test]
    fn a_path_in_the_file_holds_in_every_folder() {
        let ty = find("store").unwrap().1.ty;
        for (path, holds) in [("/a/b", true), ("~/b", true), ("b", false), ("./b", false), ("~ann/b", false)] {
            assert_eq!(ty.holds_everywhere(OsStr::new(path)).is_ok(), holds, "{path}");
        }
    }
}
