//! From a key to what it means where we are.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    action::{Action, Part, Verb},
    line::Edit,
    panes::{Action as List, Pane},
    state::{Bar, State},
};

/// What a key means.
pub fn key(state: &State, key: KeyEvent) -> Action {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    if control {
        match key.code {
            KeyCode::Char('c') => return Action::Interrupt,
            KeyCode::Char('z') => return Action::Suspend,
            _ => {}
        }
    }
    if state.question.is_some() {
        return match key.code {
            KeyCode::Char('y' | 'Y') => Action::Answer(true),
            KeyCode::Char('n' | 'N' | 'q') | KeyCode::Esc => Action::Answer(false),
            _ => Action::Nothing,
        };
    }
    if !matches!(state.bar, Bar::None) {
        return typed(state, key, control);
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        return Action::Nothing;
    }
    match key.code {
        KeyCode::Char(c) if control => controlled(c),
        KeyCode::Char(c) => letter(state, ascii(c)),
        code => named(code),
    }
}

/// What pasted text means: it is typed where a line is open.
pub fn paste(state: &State, text: String) -> Action {
    if matches!(state.bar, Bar::None) { Action::Nothing } else { Action::Edit(Edit::Insert(text)) }
}

fn typed(state: &State, key: KeyEvent, control: bool) -> Action {
    let edit = match key.code {
        KeyCode::Esc => return Action::Back,
        KeyCode::Enter => return Action::Accept,
        KeyCode::Tab => return Action::Complete,
        KeyCode::Up | KeyCode::Down if matches!(state.bar, Bar::Palette(..)) => {
            return Action::History(if key.code == KeyCode::Up { 1 } else { -1 });
        }
        KeyCode::Up => return Action::List(List::Up),
        KeyCode::Down => return Action::List(List::Down),
        KeyCode::Left => Edit::Left,
        KeyCode::Right => Edit::Right,
        KeyCode::Home => Edit::Home,
        KeyCode::End => Edit::End,
        KeyCode::Backspace => Edit::Backspace,
        KeyCode::Delete => Edit::Delete,
        KeyCode::Char('w') if control => Edit::DeleteWord,
        KeyCode::Char('u') if control => Edit::DeleteToStart,
        KeyCode::Char('e') if control => Edit::End,
        KeyCode::Char(c) if !control => Edit::Insert(c.to_string()),
        _ => return Action::Nothing,
    };
    Action::Edit(edit)
}

/// The key that a full-width sign stands for, so that commands work while Chinese is typed.
const fn ascii(c: char) -> char {
    match c {
        '：' => ':',
        '；' => ';',
        '？' => '?',
        '。' => '.',
        '，' => ',',
        '！' => '!',
        '、' | '／' => '/',
        '【' => '[',
        '】' => ']',
        _ => c,
    }
}

const fn controlled(c: char) -> Action {
    match c {
        'd' => Action::List(List::HalfDown),
        'u' => Action::List(List::HalfUp),
        'r' => Action::Say(&["redo"]),
        'o' => Action::Back,
        _ => Action::Nothing,
    }
}

fn named(code: KeyCode) -> Action {
    match code {
        KeyCode::Down => Action::List(List::Down),
        KeyCode::Up => Action::List(List::Up),
        KeyCode::Left => Action::List(List::Left),
        KeyCode::Right => Action::List(List::Right),
        KeyCode::PageDown => Action::List(List::PageDown),
        KeyCode::PageUp => Action::List(List::PageUp),
        KeyCode::Home => Action::List(List::Top),
        KeyCode::End => Action::List(List::Bottom),
        KeyCode::Enter => Action::Open,
        KeyCode::Esc => Action::Back,
        KeyCode::Tab => Action::Turn(1),
        KeyCode::BackTab => Action::Turn(-1),
        _ => Action::Nothing,
    }
}

fn letter(state: &State, c: char) -> Action {
    match (state.pending.as_str(), c) {
        ("", 'g' | 'c' | 'd' | 'y') => Action::Pending(c),
        ("g", 'g') => Action::List(List::Top),
        ("g", 'c') => Action::Go(Pane::Customers),
        ("g", 'd') => Action::Go(Pane::Pipeline),
        ("g", 'f') => Action::Go(Pane::Agenda),
        ("g", 't') => Action::Go(Pane::Tickets),
        ("c", 'c') => Action::Do(Verb::Log("call")),
        ("c", 'v') => Action::Do(Verb::Log("visit")),
        ("c", 'm') => Action::Do(Verb::Log("meeting")),
        ("c", 'e') => Action::Do(Verb::Log("email")),
        ("c", 'w') => Action::Do(Verb::Log("message")),
        ("c", 'n') => Action::Do(Verb::Log("note")),
        ("d", 'd') => Action::Do(Verb::Trash),
        ("y", 'y') => Action::Copy(Part::Row),
        ("y", 'p') => Action::Copy(Part::Phone),
        ("y", 'e') => Action::Copy(Part::Email),
        ("y", 'i') => Action::Copy(Part::Id),
        ("", _) => single(state, c),
        _ => Action::Nothing,
    }
}

fn single(state: &State, c: char) -> Action {
    let in_list = state.open.is_empty() && state.popup.is_none();
    match (state.pane, c) {
        (Pane::Pipeline, 'L') => return Action::Do(Verb::Move("next")),
        (Pane::Pipeline, 'H') => return Action::Do(Verb::Move("previous")),
        (Pane::Pipeline, 'w') => return Action::Do(Verb::Move("won")),
        (Pane::Pipeline, 'o') => return Action::Do(Verb::Move("lost")),
        (Pane::Pipeline, 'm') => return Action::Do(Verb::Move("")),
        (Pane::Agenda, 'v') => return Action::List(List::Calendar),
        (Pane::Tickets, 'r') => return Action::Do(Verb::Ticket("reply")),
        (Pane::Tickets, 'm') => return Action::Do(Verb::Ticket("assign")),
        (Pane::Tickets, 'w') => return Action::Do(Verb::Ticket("wait")),
        (Pane::Tickets, 'R') => return Action::Do(Verb::Ticket("reopen")),
        (Pane::Tickets, 't') => return Action::Say(&["ticket", "next"]),
        _ => {}
    }
    match c {
        'h' => Action::List(List::Left),
        'l' => Action::List(List::Right),
        'j' => Action::List(List::Down),
        'k' => Action::List(List::Up),
        'G' => Action::List(List::Bottom),
        ' ' => Action::List(List::Mark),
        'V' => Action::List(List::Range),
        '*' => Action::List(List::Invert),
        'n' => Action::List(List::NextUrgent),
        'N' => Action::List(List::PreviousUrgent),
        'C' => Action::OpenCustomer,
        'J' => Action::Neighbour(1),
        'K' => Action::Neighbour(-1),
        '1' => Action::Go(Pane::Customers),
        '2' => Action::Go(Pane::Pipeline),
        '3' => Action::Go(Pane::Agenda),
        '4' => Action::Go(Pane::Tickets),
        ':' => Action::Palette(String::new()),
        '/' => Action::Narrow,
        'F' => Action::FilterBar,
        '?' => Action::Help,
        'o' => Action::Sort,
        'O' => Action::Scope,
        'a' => Action::Add,
        'f' => Action::Do(Verb::FollowUp),
        'x' => Action::Do(Verb::Done),
        's' => Action::Do(Verb::Snooze),
        'u' => Action::Say(&["undo"]),
        'q' => Action::Quit,
        c if !c.is_ascii() && c.is_alphabetic() && in_list => Action::Edit(Edit::Insert(c.to_string())),
        _ => Action::Nothing,
    }
}

/// Keys and what they do, for the help: key, English, Chinese; an empty key is a heading.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("", "Move", "移动"),
    ("j k ↓ ↑", "next and previous row", "下一行、上一行"),
    ("^d ^u PgDn PgUp", "half a page", "半页"),
    ("gg G Home End", "first and last", "首行、末行"),
    ("n N", "next and previous that is overdue", "下一个、上一个逾期"),
    (":120", "to row 120", "跳到第 120 行"),
    ("1 2 3 4  Tab", "customers, pipeline, agenda, tickets", "客户、商机、日程、工单"),
    ("g c  g d  g f  g t", "the same", "同上"),
    ("Enter", "open; follow a link", "打开；进入关联记录"),
    ("C", "the customer of this row", "打开此行的客户"),
    ("J K", "next and previous record, without leaving it", "下一条、上一条记录"),
    ("Esc ^o q", "back; q at the root quits", "返回；在最外层 q 退出"),
    ("h l  H L", "pipeline: column, move the card", "商机：切换列、移动卡片"),
    ("w o m", "pipeline: won, lost, to a stage", "商机：赢单、输单、移到阶段"),
    ("v", "agenda: calendar", "日程：日历"),
    ("r m w R t", "tickets: reply, assign, wait, reopen, take next", "工单：回复、分配、等待、重开、领取"),
    ("", "Find", "查找"),
    ("/", "narrow by text as typed", "输入文字即时筛选"),
    ("F", "filter: grade:A owner:me city:上海", "筛选：grade:A owner:me city:上海"),
    ("o", "another order", "切换排序"),
    ("O", "mine, my team's, everybody's", "我的、团队、所有人"),
    ("", "Mark", "标记"),
    ("Space V *", "mark, range, invert", "标记、范围、反选"),
    ("", "Do", "操作"),
    ("a", "add", "新增"),
    ("c c  c v  c m", "log a call, visit, meeting", "记录电话、拜访、会议"),
    ("c e  c w  c n", "log an e-mail, message, note", "记录邮件、消息、备注"),
    ("f", "plan a follow-up", "安排跟进"),
    ("x s", "done, snooze", "完成、推迟"),
    ("d d", "to the trash", "移入回收站"),
    ("u ^r", "undo, redo", "撤销、重做"),
    ("y y  y p  y e  y i", "copy row, phone, e-mail, id", "复制整行、电话、邮箱、编号"),
    (":", "any command; Tab completes", "任意命令；Tab 补全"),
    ("^z ^c^c", "suspend, quit", "挂起、退出"),
];
