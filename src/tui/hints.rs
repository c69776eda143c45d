//! The line of keys at the foot: what is done most in this place, with the keys that the map has for it.

use crate::{
    domain::{Schema, choices::WAYS},
    grammar::{self, Request},
    keymap::{Binding, Keymap, Scope},
    text::{Lang, width},
};

use super::{
    keys,
    layer::Layer,
    panes::Pane,
    picker::PickerPurpose,
    state::{Bar, State},
};

/// Words of bindings, as their family where they end in a space, and what they do in a word; English, Chinese.
type Hint = (&'static [&'static str], &'static str, &'static str);

/// A key, or an example, and what it means.
pub type Shown = (String, String);

const PALETTE: &[Hint] = &[
    (&["field next"], "complete", "补全"),
    (&["cursor up", "cursor down"], "history", "历史"),
    (&["accept"], "run", "执行"),
    (&["back"], "leave", "取消"),
];
const FILTER: &[Hint] = &[(&["accept"], "filter", "筛选"), (&["back"], "leave", "取消")];
const NARROW: &[Hint] =
    &[(&["accept"], "keep", "保留"), (&["back"], "as it was", "还原"), (&["cursor up", "cursor down"], "move", "移动")];
const POPUP: &[Hint] = &[
    (&["cursor down", "cursor up"], "move", "移动"),
    (&["open"], "open", "打开"),
    (&["narrow"], "search", "查找"),
    (&["back"], "close", "关闭"),
];
/// What the key of marks does in the list of choices of a field that takes one.
const NEXT_FIELD: &str = "next field";
const PICKER: &[Hint] = &[
    (&["accept"], "take", "选定"),
    (&["choice mark"], "mark", "标记"),
    (&["choice mark"], NEXT_FIELD, "下一字段"),
    (&["form save"], "save", "保存"),
    (&["choice create"], "new", "新建"),
    (&["cursor up", "cursor down"], "move", "移动"),
    (&["back"], "leave", "取消"),
];
const FORM: &[Hint] = &[
    (&["form save"], "save", "保存"),
    (&["accept"], "go on", "继续"),
    (&["field next", "field previous"], "fields", "字段"),
    (&["page down"], "section", "分组"),
    (&["edit outside"], "editor", "编辑器"),
    (&["back"], "leave", "离开"),
];
const RECORD: &[Hint] = &[
    (&["open"], "follow", "进入"),
    (&["record next", "record previous"], "neighbours", "相邻"),
    (&["edit"], "edit", "编辑"),
    (&["log "], "log", "记录"),
    (&["follow up"], "follow-up", "跟进"),
    (&["back"], "back", "返回"),
    (&["help"], "keys", "按键"),
];
const WELCOME: &[Hint] =
    &[(&["palette"], "command", "命令"), (&["help"], "keys", "按键"), (&["close"], "quit", "退出")];
const CUSTOMERS: &[Hint] = &[
    (&["add"], "add", "新建"),
    (&["edit"], "edit", "编辑"),
    (&["log "], "log", "记录"),
    (&["follow up"], "follow-up", "跟进"),
    (&["narrow"], "narrow", "查找"),
    (&["filter"], "filter", "筛选"),
    (&["palette"], "command", "命令"),
    (&["help"], "keys", "按键"),
    (&["sort"], "sort", "排序"),
];
const PIPELINE: &[Hint] = &[
    (&["cursor left", "cursor right"], "column", "列"),
    (&["card left", "deal move {deal} next"], "move", "移动"),
    (&["card won"], "won", "赢单"),
    (&["card lost"], "lost", "输单"),
    (&["open"], "open", "打开"),
    (&["owner next"], "whose", "范围"),
    (&["help"], "keys", "按键"),
];
const AGENDA: &[Hint] = &[
    (&["finish"], "done", "完成"),
    (&["snooze"], "snooze", "推迟"),
    (&["log "], "log", "记录"),
    (&["open"], "open", "打开"),
    (&["owner next"], "whose", "范围"),
    (&["calendar"], "calendar", "日历"),
    (&["help"], "keys", "按键"),
];
const TICKETS: &[Hint] = &[
    (&["ticket reply"], "reply", "回复"),
    (&["ticket note"], "note", "备注"),
    (&["finish"], "resolve", "解决"),
    (&["ticket next"], "take next", "领取"),
    (&["assign"], "assign", "分配"),
    (&["ticket wait {ticket} ..."], "wait", "等待"),
    (&["help"], "keys", "按键"),
];

/// What stands at the foot now in so much room. What leads to all other keys, or else out of here, goes last.
pub fn here(state: &State, room: usize) -> Vec<Shown> {
    let mut shown = all(state);
    let wide =
        |shown: &[(bool, Shown)]| shown.iter().map(|(_, (key, text))| width(key) + width(text) + 3).sum::<usize>();
    // Nothing stands behind the last.
    while wide(&shown) > room + 2 && shown.len() > 1 {
        let last = shown.len() - 1;
        let kept = shown.iter().position(|(kept, _)| *kept);
        shown.remove(if kept == Some(last) { last - 1 } else { last });
    }
    shown.into_iter().map(|(_, shown)| shown).collect()
}

/// All hints, and whether each is the one that stays.
fn all(state: &State) -> Vec<(bool, Shown)> {
    let (lang, scope) = (state.lang, state.layer().scope());
    let hints = match (state.layer(), &state.bar) {
        (Layer::Question, _) => return Vec::new(),
        (Layer::Picker, _) => PICKER,
        (Layer::Form, _) => FORM,
        (Layer::Palette, _) => PALETTE,
        (_, Bar::Filter(..)) => FILTER,
        (Layer::Line, _) => NARROW,
        (Layer::Popup, _) => POPUP,
        (Layer::Search, _) => NARROW,
        (Layer::Record, _) => RECORD,
        (Layer::Welcome, _) => WELCOME,
        (Layer::Pane(Pane::Customers), _) => CUSTOMERS,
        (Layer::Pane(Pane::Board), _) => PIPELINE,
        (Layer::Pane(Pane::Agenda), _) => AGENDA,
        (Layer::Pane(Pane::Queue), _) => TICKETS,
    };
    let can = |hint: &&Hint| match &state.picker {
        Some((_, purpose)) if hint.0 == ["form save"] => *purpose == PickerPurpose::Field,
        Some((picker, purpose)) if hint.1 == NEXT_FIELD => *purpose == PickerPurpose::Field && !picker.is_many(),
        Some((picker, _)) => picker.does(hint.0),
        None => hint.0 != ["calendar"] || state.agenda.has_room(state.size.0) && !state.plain,
    };
    let stays = ["help", "back"].into_iter().find(|words| hints.iter().any(|hint| hint.0 == [*words]));
    let told =
        |hint: &Hint| Some((stays.is_some_and(|words| hint.0 == [words]), shown(&state.keymap, scope, hint, lang)?));
    let mut shown: Vec<(bool, Shown)> = hints.iter().filter(can).filter_map(told).collect();
    if matches!(state.bar, Bar::Filter(..)) {
        let examples = lang.pick(
            [("grade:A,B", "equal"), ("no:phone", "empty"), ("last_contact.before:-30d", "long ago")],
            [("级别:A,B", "等于"), ("电话:", "为空"), ("最后跟进<30天前", "很久未联系")],
        );
        shown.extend(examples.map(|(text, means)| (false, (text.to_owned(), means.to_owned()))));
    }
    shown
}

/// A hint with its keys; none where nothing in the map does it.
fn shown(keymap: &Keymap, scope: Scope, (words, en, zh): &Hint, lang: Lang) -> Option<Shown> {
    let keys: Vec<String> = words.iter().filter_map(|words| keys::pressed(keymap, scope, words)).collect();
    (!keys.is_empty()).then(|| (keys.join(" "), (*lang.pick(en, zh)).to_owned()))
}

/// The keys that say these words where nothing lies on top: in the record that is open, or in the pane.
pub fn key(state: &State, words: &str) -> String {
    keys::shown(&state.keymap, state.ground().scope(), words)
}

/// What stands for a pane in the line of tabs: the key that goes there, if one does, and its name.
pub fn tab(state: &State, pane: Pane) -> String {
    let label = pane.label(state.lang);
    match keys::pressed(&state.keymap, state.ground().scope(), pane.action()) {
        Some(key) => format!(" {key} {label} "),
        None => format!(" {label} "),
    }
}

/// What a binding does: of an action its meaning, of an operation its words.
pub fn told(binding: &Binding, schema: &'static Schema, lang: Lang) -> String {
    match binding.action(&keys::vocabulary(schema)) {
        Some((action, "")) => action.text(lang).to_owned(),
        Some((action, word)) => format!("{}: {word}", action.text(lang)),
        None => {
            let words = binding.to_string();
            let chinese = if lang == Lang::Zh { in_chinese(schema, &words) } else { None };
            chinese.unwrap_or(words)
        }
    }
}

/// The words of an operation in Chinese, without the records that it is about.
fn in_chinese(schema: &'static Schema, words: &str) -> Option<String> {
    let said = words.split_whitespace().map(str::to_owned).collect();
    let Ok(Request::Run(op, kind, rest)) = grammar::request(schema, said) else { return None };
    let kind = kind.map(|kind| kind.zh);
    let rest = rest.iter().filter(|word| !word.starts_with('{')).map(|word| match word.as_str() {
        "..." => "…",
        "next" => "下一阶段",
        "previous" => "上一阶段",
        word => WAYS.iter().find(|way| way.code == word).map_or(word, |way| way.zh),
    });
    Some(kind.into_iter().chain([op.zh_verb()]).chain(rest).collect::<Vec<_>>().join(" "))
}
