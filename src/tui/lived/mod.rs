//! The screen as it is lived in: the state, the threads, and a store in memory behind them.

mod keys_at_random;
mod pictures;
mod words;

use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::{
    domain::{
        rules::{ServiceLevels, Settings},
        words::money::Currency,
    },
    ops::{Context, demo, setup},
    store::Store,
    text::Lang,
};

use super::{
    action::{Action, Effect},
    drafts::Drafts,
    keys, route,
    seat::Seat,
    state::State,
    tests::{NAMES, now},
    threads::Threads,
    update::update,
};

/// With what the store begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    Nothing,
    /// The demo's records, and some with names that are hard to draw.
    Demo,
    /// Records in Chinese, and not a word in another language.
    Chinese,
}

/// After so long without an answer there will be no other; what was written is heard of when the store is looked at.
const QUIET: Duration = Duration::from_millis(250);
const WRITTEN: Duration = Duration::from_millis(700);

/// A screen with a store.
struct Lived {
    state: State,
    threads: Threads,
    told: Receiver<Action>,
}

impl Lived {
    fn new(lang: Lang, size: (u16, u16), fill: Fill) -> Self {
        let tz = chrono_tz::Asia::Shanghai;
        let mut context = Context {
            now: now(),
            tz,
            lang,
            user: None,
            login: "li.wei".to_owned(),
            session: Some("screen".to_owned()),
            settings: Settings {
                currency: Currency::CNY,
                week_start: chrono::Weekday::Mon,
                service: ServiceLevels::default(),
            },
            words: String::new(),
            may_read_files: false,
        };
        let store = Store::in_memory().unwrap();
        if fill == Fill::Demo {
            demo::fill(&store, &context).unwrap();
        }
        setup::set_up(&store, &mut context, fill != Fill::Demo).unwrap();
        context.user = setup::user_of(&store, &context.login).unwrap();
        let (tell, told) = channel();
        let drafts = Drafts::new(None, Path::new("lived"), "lived");
        let threads = Threads::start(&Seat::new(store, context, None), drafts, &tell).unwrap();
        let mut state = State::new(lang, tz, now(), "li.wei", size, keys::standard());
        state.now = now();
        let mut lived = Self { state, threads, told };
        let words: &[&[&str]] = match fill {
            Fill::Chinese => &CHINESE,
            _ => &[],
        };
        for line in words {
            lived.say(line);
        }
        if fill == Fill::Demo {
            for (at, name) in NAMES.iter().enumerate() {
                let name = format!("{name}{}", "长".repeat(if at == 5 { 170 } else { 0 }));
                lived.say(&["customer", "add", &name, "city=上海", "grade=A"]);
                lived.say(&["deal", "add", &name, "customer=C-201", "amount=120000 CNY"]);
                lived.say(&["followup", "add", &name, "customer=C-201", "due=today"]);
                lived.say(&["ticket", "add", &name, "customer=C-201"]);
            }
        }
        let first = Effect::Customers(lived.state.customers.again(lived.state.list_height(), false));
        lived.ask(vec![first, Effect::Count]);
        lived.settle(WRITTEN);
        lived.state.toast = None;
        lived
    }

    fn say(&mut self, words: &[&str]) {
        self.ask(vec![Effect::Run(words.iter().map(|word| (*word).to_owned()).collect(), true)]);
    }

    /// Hands on what is asked for; what the terminal would do is left out.
    fn ask(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Copy(_) => {}
                effect => assert!(self.threads.ask(effect), "a thread has ended"),
            }
        }
    }

    fn act(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.ask(effects);
    }

    /// Takes the answers that are there.
    fn hear(&mut self) {
        while let Ok(action) = self.told.try_recv() {
            self.act(action);
        }
    }

    /// Waits for answers until none comes any more.
    fn settle(&mut self, quiet: Duration) {
        while let Ok(action) = self.told.recv_timeout(quiet) {
            self.act(action);
        }
    }

    fn press(&mut self, key: KeyEvent) {
        let action = route::key(&self.state, key);
        self.act(action);
    }

    /// Types; a control character is its key.
    fn keys(&mut self, text: &str) {
        for c in text.chars() {
            let (code, modifiers) = match c {
                '\r' => (KeyCode::Enter, KeyModifiers::NONE),
                '\t' => (KeyCode::Tab, KeyModifiers::NONE),
                '\u{1b}' => (KeyCode::Esc, KeyModifiers::NONE),
                '\u{1}'..='\u{1a}' => (KeyCode::Char((c as u8 - 1 + b'a') as char), KeyModifiers::CONTROL),
                c => (KeyCode::Char(c), KeyModifiers::NONE),
            };
            self.press(KeyEvent::new(code, modifiers));
            self.hear();
        }
        self.settle(if writes(text) { WRITTEN } else { QUIET });
    }

    /// Takes back what keys have done.
    fn undo(&mut self, text: &str) {
        if writes(text) {
            self.say(&["undo"]);
            self.settle(WRITTEN);
        }
    }
}

/// Whether keys of [`PLACES`] change the store.
fn writes(keys: &str) -> bool {
    keys.contains("dd") || keys.contains('L')
}

const CHINESE: [&[&str]; 9] = [
    &["customer", "add", "上海华盛科技有限公司", "city=上海", "grade=A", "phone=13800138000"],
    &["customer", "add", "北京瑞丰医疗有限公司", "city=北京", "grade=B"],
    &["contact", "add", "王总", "customer=C-1", "title=采购经理"],
    &["deal", "add", "年度框架协议", "customer=C-1", "amount=120000 CNY"],
    &["deal", "add", "设备采购", "customer=C-2", "amount=880000 CNY"],
    &["followup", "add", "发送报价", "customer=C-1", "due=yesterday"],
    &["followup", "add", "回访", "customer=C-2", "due=today"],
    &["ticket", "add", "货物破损", "customer=C-1", "priority=urgent"],
    &["log", "call", "C-1", "询问了报价", "next=fri 寄送样品"],
];

/// Ways to every place and dialog: a name, and the keys that lead there from the first screen.
const PLACES: [(&str, &str); 27] = [
    ("customers", "j"),
    ("marked", " j Vjj"),
    ("narrowed", "/上海"),
    ("filter bar", "Fgrade:A"),
    ("sorting", "o"),
    ("columns", "gs"),
    ("record", "j\r"),
    ("record, scrolled", "j\rGk"),
    ("trash", "dd"),
    ("undone", "ddu"),
    ("log", "cc询问了报价"),
    ("follow-up", "f"),
    ("pipeline", "2j"),
    ("pipeline, moved", "2L"),
    ("lost", "2o"),
    ("stage", "2S"),
    ("agenda", "3jj"),
    ("done", "3x"),
    ("snooze", "3s"),
    ("tickets", "4j"),
    ("ticket", "4\r"),
    ("reply", "4r"),
    ("assign", "4m"),
    ("help", "?"),
    ("palette", ":deal "),
    ("messages", "ddugm"),
    ("mistake", ":deal move D-99999 won\r"),
];
