//! The screen as it is lived in: the state, the threads, and a store in memory behind them.

pub(super) mod keys_at_random;
mod mouse;
mod pictures;
mod words;

use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::{ops::demo, store::Store, text::Lang};

use super::{
    action::{Action, Effect},
    drafts::Drafts,
    route,
    state::State,
    testing::screen::{TestScreen, context},
    tests::NAMES,
    threads::Threads,
    update::update,
};

/// With what the store begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StoreContent {
    Nothing,
    /// The demo's records, and some with names that are hard to draw.
    Demo,
    /// Records in Chinese, and not a word in another language.
    Chinese,
}

/// A screen over a store with something in it.
fn app(lang: Lang, size: (u16, u16), fill: StoreContent) -> TestScreen {
    let store = Store::in_memory().unwrap();
    if fill == StoreContent::Demo {
        demo::fill(&store, &context(lang)).unwrap();
    }
    let mut app = TestScreen::over(store, lang, size, None);
    let mut say = |words: &[&str]| {
        app.run(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(app.state.error, None, "{words:?}");
    };
    match fill {
        StoreContent::Nothing => {}
        StoreContent::Chinese => CHINESE.iter().for_each(|words| say(words)),
        StoreContent::Demo => {
            for (at, name) in NAMES.iter().enumerate() {
                let name = format!("{name}{}", "长".repeat(if at == 5 { 170 } else { 0 }));
                say(&["customer", "add", &name, "city=上海", "grade=A"]);
                say(&["deal", "add", &name, "customer=C-201", "amount=120000 CNY"]);
                say(&["followup", "add", &name, "customer=C-201", "due=today"]);
                say(&["ticket", "add", &name, "customer=C-201"]);
            }
        }
    }
    app.work(vec![Effect::Count]);
    app.state.toast = None;
    app.state.messages.clear();
    app
}

/// A screen whose store answers when it likes, as it does outside of tests.
struct ThreadedScreen {
    state: State,
    threads: Threads,
    told: Receiver<Action>,
}

impl ThreadedScreen {
    fn new(app: TestScreen) -> Self {
        let (tell, told) = channel();
        let drafts = Drafts::new(None, Path::new("lived"), "lived");
        let threads = Threads::start(&app.thread, drafts, &tell).unwrap();
        Self { state: app.state, threads, told }
    }

    /// Something happens; what the terminal would do about it is left out.
    fn act(&mut self, action: Action) {
        for effect in update(&mut self.state, action) {
            assert!(self.threads.ask(effect), "a thread has ended");
        }
    }

    /// Takes the answers that are there.
    fn hear(&mut self) {
        while let Ok(action) = self.told.try_recv() {
            self.act(action);
        }
    }

    /// Waits until everything that was asked for is answered, and takes it.
    fn finish(mut self) -> State {
        self.threads.finish().unwrap();
        for action in self.told {
            update(&mut self.state, action);
        }
        self.state
    }
}

/// Types; a control character is its key.
fn keys(app: &mut TestScreen, text: &str) {
    for c in text.chars() {
        let (code, modifiers) = match c {
            '\r' => (KeyCode::Enter, KeyModifiers::NONE),
            c => (KeyCode::Char(c), KeyModifiers::NONE),
        };
        let action = route::key(&app.state, KeyEvent::new(code, modifiers));
        app.act(action);
    }
}

/// Leads to each place from the first screen; what was changed on the way is taken back, so that each begins alike.
fn visit(app: &mut TestScreen, mut seen: impl FnMut(&str, &State)) {
    let start = app.state.clone();
    for (name, way) in PLACES {
        app.state.clone_from(&start);
        let before = seq(app);
        keys(app, way);
        seen(name, &app.state);
        if seq(app) != before && !way.contains('u') {
            app.run(&["undo".to_owned()]);
            assert_eq!(app.state.error, None, "{name}");
        }
    }
}

fn seq(app: &TestScreen) -> u64 {
    app.thread.store.snapshot().unwrap().reader().seq().unwrap()
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
