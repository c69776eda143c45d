//! The settings, declared once: reading, checking, listing and the reference page all follow this table.

use super::{
    types::Type,
    values::{COLORS, NOTIFY},
};
use crate::{
    keymap::NAMES,
    text::{Said, nearest, said},
};

/// One setting.
#[derive(Debug)]
pub struct Key {
    /// Its name in the file and in `config set`.
    pub code: &'static str,
    /// What it takes, and which of the values it is.
    pub ty: Type,
    /// What it is for.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
}

impl Key {
    /// The variable that overrides it: `CRM_SERVICE_RESPONSE_LOW`.
    pub fn variable(&self) -> String {
        format!("CRM_{}", self.code.to_ascii_uppercase().replace('.', "_"))
    }
}

const fn key(code: &'static str, ty: Type, en: &'static str, zh: &'static str) -> Key {
    Key { code, ty, en, zh }
}

/// Every setting, in the order in which they are listed.
pub static KEYS: &[Key] = &[
    key("store", Type::Path(|v| &mut v.store), "The store to use", "使用的数据文件"),
    key("lang", Type::Lang(|v| &mut v.lang), "The language, that of the system unless set", "界面语言，默认跟随系统"),
    key("tz", Type::Zone(|v| &mut v.tz), "The time zone, that of the system unless set", "时区，默认跟随系统"),
    key(
        "currency",
        Type::Currency(|v| &mut v.currency),
        "The currency of a number without one; CNY in Chinese, else USD, unless set",
        "未注明币种的金额所用币种，中文界面默认 CNY，否则 USD",
    ),
    key("week_start", Type::Weekday(|v| &mut v.week_start), "The first day of the week", "每周的第一天"),
    key("color", Type::Word(COLORS, |v| &mut v.color), "When colour is used", "何时使用颜色"),
    key(
        "pager",
        Type::Text(|v| &mut v.pager),
        "The program that shows what is longer than the screen, or never",
        "显示超过一屏内容的程序，never 为不使用",
    ),
    key("wait", Type::Seconds(|v| &mut v.wait), "Seconds to wait for a busy store", "数据文件被占用时等待的秒数"),
    key(
        "theme",
        Type::Name(|v| &mut v.theme),
        "How the screen looks: default, night, paper, or a file themes/NAME.toml beside config.toml",
        "界面主题：default、night、paper，或 config.toml 旁的 themes/名称.toml",
    ),
    key("ascii", Type::YesNo(|v| &mut v.ascii), "Draw with ASCII signs only", "仅用 ASCII 字符绘制"),
    key(
        "plain",
        Type::YesNo(|v| &mut v.plain),
        "No lines and nothing side by side, for screen readers",
        "不画线条，内容不并排显示，便于读屏软件使用",
    ),
    key(
        "keymap",
        Type::Word(&NAMES, |v| &mut v.keymap),
        "The keys of the full screen; keys.toml beside this file changes them",
        "全屏界面的按键方案；可在此文件旁的 keys.toml 中修改个别按键",
    ),
    key(
        "notify",
        Type::Word(NOTIFY, |v| &mut v.notify),
        "How the screen tells that a follow-up or a ticket falls due: in a line, with a bell, by the desktop, or not",
        "跟进或工单到期时全屏界面的提醒方式：一行提示、响铃、桌面通知或不提醒",
    ),
    key(
        "title",
        Type::YesNo(|v| &mut v.title),
        "Whether the full screen names the window of the terminal",
        "全屏界面是否设置终端窗口标题",
    ),
    key(
        "service.response.low",
        Type::Duration(|v| &mut v.service.response[0]),
        "Time to the first response, low priority",
        "低优先级工单的首次响应时限",
    ),
    key(
        "service.response.normal",
        Type::Duration(|v| &mut v.service.response[1]),
        "Time to the first response, normal priority",
        "普通优先级工单的首次响应时限",
    ),
    key(
        "service.response.high",
        Type::Duration(|v| &mut v.service.response[2]),
        "Time to the first response, high priority",
        "高优先级工单的首次响应时限",
    ),
    key(
        "service.response.urgent",
        Type::Duration(|v| &mut v.service.response[3]),
        "Time to the first response, urgent priority",
        "紧急工单的首次响应时限",
    ),
    key(
        "service.resolution.low",
        Type::Duration(|v| &mut v.service.resolution[0]),
        "Time to the resolution, low priority",
        "低优先级工单的解决时限",
    ),
    key(
        "service.resolution.normal",
        Type::Duration(|v| &mut v.service.resolution[1]),
        "Time to the resolution, normal priority",
        "普通优先级工单的解决时限",
    ),
    key(
        "service.resolution.high",
        Type::Duration(|v| &mut v.service.resolution[2]),
        "Time to the resolution, high priority",
        "高优先级工单的解决时限",
    ),
    key(
        "service.resolution.urgent",
        Type::Duration(|v| &mut v.service.resolution[3]),
        "Time to the resolution, urgent priority",
        "紧急工单的解决时限",
    ),
];

/// The setting of this name and its place in the list.
pub fn find(code: &str) -> Option<(usize, &'static Key)> {
    KEYS.iter().enumerate().find(|(_, key)| key.code == code)
}

/// What to do about a name that is no setting.
pub fn suggestion(code: &str) -> Said {
    match nearest(code, KEYS.iter().map(|key| key.code)) {
        Some(near) => Said::did_you_mean(near),
        None => said!("crm config list shows every setting", "crm config list 可列出全部设置项"),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Lang;
    use std::ffi::OsStr;

    use super::{super::values::Values, *};

    #[test]
    fn every_default_reads_back_as_itself() {
        for key in KEYS {
            let printed = key.ty.print(&mut Values::default());
            let mut values = Values::default();
            key.ty.set(&mut values, OsStr::new(&printed)).unwrap();
            assert_eq!(key.ty.print(&mut values), printed, "{}", key.code);
        }
    }

    #[test]
    fn no_two_keys_share_a_name_or_a_value() {
        for (at, key) in KEYS.iter().enumerate() {
            assert_eq!(find(key.code).unwrap().0, at, "{} stands twice", key.code);
            let mut values = Values::default();
            key.ty.set(&mut values, OsStr::new(key.ty.example())).unwrap();
            for other in KEYS {
                let changed = other.ty.print(&mut values) != other.ty.print(&mut Values::default());
                assert_eq!(changed, other.code == key.code, "setting {} and {}", key.code, other.code);
            }
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_name() {
        assert_eq!(suggestion("curency").get(Lang::En), "did you mean currency?");
        assert_eq!(suggestion("service.respons.low").get(Lang::En), "did you mean service.response.low?");
        assert_eq!(suggestion("zzz").get(Lang::En), "crm config list shows every setting");
        assert_eq!(find("service.response.low").unwrap().1.variable(), "CRM_SERVICE_RESPONSE_LOW");
    }
}
