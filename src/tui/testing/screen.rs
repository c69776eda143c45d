//! The whole screen over a store in memory, for tests: keys go in, pictures and records come out.

use chrono::Weekday;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::path::Path;

use crate::{
    commit::{Context, setup},
    domain::{
        Instant, Record, RecordId,
        rules::{ServiceLevels, Settings},
        words::money::Currency,
    },
    store::Store,
    text::Lang,
};

use crate::tui::{
    action::{Action, Effect},
    drafts::Drafts,
    form::{FormRequest, FormTarget},
    form_worker::FormWorker,
    keys,
    panes::customers,
    route,
    state::State,
    tests::picture,
    thread_context::ThreadContext,
    threads::answer,
    update::update,
    worker::Worker,
};

/// Who is at the keyboard: Friday the 27th, two minutes past two in Shanghai.
pub fn context(lang: Lang) -> Context {
    let settings = Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: ServiceLevels::default() };
    let now: Instant = "2026-11-27T06:02:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into();
    Context {
        now,
        ahead: 0,
        machine: || Instant(0),
        tz: chrono_tz::Asia::Shanghai,
        lang,
        user: Some(1),
        login: "li.wei".to_owned(),
        session: Some("test".to_owned()),
        settings,
        words: String::new(),
        input: crate::commit::Input::default(),
    }
}

/// What an editor makes of a text; none, and it ended with a failure.
type Editor = Box<dyn Fn(&str) -> crate::error::Result<Option<String>>>;

/// A screen, and the thread that it has instead of one.
pub struct TestScreen {
    /// What is shown.
    pub state: State,
    /// What reads and writes.
    pub worker: Worker,
    /// What serves forms.
    pub forms: FormWorker,
    /// The store, and who asks.
    pub thread: ThreadContext,
    /// What an editor makes of a text.
    pub editor: Editor,
    lists: customers::ListCache,
}

impl TestScreen {
    /// A screen over an empty store.
    pub fn new(lang: Lang, size: (u16, u16)) -> Self {
        Self::over(Store::in_memory().unwrap(), lang, size, None)
    }

    /// A screen over a store, with a folder for drafts.
    pub fn over(store: Store, lang: Lang, size: (u16, u16), folder: Option<&Path>) -> Self {
        let mut context = context(lang);
        setup::set_up(&store, &mut context, true).unwrap();
        let state = State::new(lang, context.tz, context.now, &context.login, size, keys::standard());
        let drafts = Drafts::new(folder, Path::new("test"), &format!("screen-{}", size.0));
        let thread = ThreadContext::new(store, context, None).still();
        let forms = FormWorker::new(thread.clone(), drafts);
        let mut app = Self {
            state,
            worker: Worker::new(thread.clone()),
            forms,
            thread,
            editor: Box::new(|_| Ok(None)),
            lists: customers::ListCache::default(),
        };
        let first = Effect::Customers(app.state.customers.again(app.state.list_height(), false));
        app.work(vec![first]);
        for action in app.forms.left() {
            app.act(action);
        }
        app
    }

    /// Does what is to be done outside, and what follows from it.
    pub fn work(&mut self, effects: Vec<Effect>) {
        let mut queue: Vec<Effect> = effects;
        while !queue.is_empty() {
            let effect = queue.remove(0);
            for action in self.serve(effect) {
                queue.extend(update(&mut self.state, action));
            }
        }
    }

    fn serve(&mut self, effect: Effect) -> Vec<Action> {
        match effect {
            Effect::Customers(wish) => {
                let (mut made, snapshot) = (Vec::new(), self.thread.store.snapshot().unwrap());
                let reader = snapshot.reader();
                let answered = self.lists.answer(&reader, &self.thread.context(), &wish, &|| true, &mut |list| {
                    made.push(Action::Customers(Box::new(list)));
                });
                made.extend(answered.err().map(Action::Refused));
                made
            }
            effect @ (Effect::Window(..) | Effect::Tell(_) | Effect::TellMore(..)) => {
                vec![answer(&self.thread, effect).unwrap()]
            }
            Effect::Outside(letter) => vec![Action::Edited(letter.form, (self.editor)(&letter.text))],
            Effect::Form(wish) => self.forms.serve(*wish),
            effect => self.worker.serve(effect),
        }
    }

    /// Something happens.
    pub fn act(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.work(effects);
    }

    /// Runs the words of a command.
    pub fn say(&mut self, line: &str) -> &mut Self {
        let words = crate::command::quoting::split(line).unwrap();
        self.work(vec![Effect::Run(words, true)]);
        assert_eq!(self.state.error, None, "{line}");
        self
    }

    /// Runs words as they are.
    pub fn run(&mut self, words: &[String]) {
        self.work(vec![Effect::Run(words.to_vec(), true)]);
    }

    /// Somebody else runs the words of a command, and the screen hears that something has changed.
    pub fn elsewhere(&mut self, line: &str) {
        let words = crate::command::quoting::split(line).unwrap();
        self.worker.serve(Effect::Run(words, true));
        self.act(Action::Changed);
    }

    /// Opens a form.
    pub fn open(&mut self, ask: FormTarget) {
        self.state.opening = Some(Vec::new());
        self.work(vec![Effect::Form(Box::new(FormRequest::Open(ask, None)))]);
    }

    /// Presses keys: letters as they are, `<enter>`, `<f2>` and `^o` by name.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (code, modifiers, length) = match c {
                '<' => {
                    let end = rest.find('>').unwrap();
                    (named(&rest[1..end]), KeyModifiers::NONE, end + 1)
                }
                '^' => (KeyCode::Char(rest[1..].chars().next().unwrap()), KeyModifiers::CONTROL, 2),
                c => (KeyCode::Char(c), KeyModifiers::NONE, c.len_utf8()),
            };
            let action = route::key(&self.state, KeyEvent::new(code, modifiers));
            self.act(action);
            rest = &rest[length..];
        }
        self
    }

    /// What is seen.
    pub fn picture(&self) -> String {
        picture(&self.state)
    }

    /// A record as it is stored.
    pub fn record(&self, id: &str) -> Option<Record> {
        let id = RecordId::parse(id, None).unwrap();
        let snapshot = self.thread.store.snapshot().unwrap();
        snapshot.reader().held(id).unwrap().map(|held| held.record)
    }
}

fn named(name: &str) -> KeyCode {
    match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "s-tab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "backspace" => KeyCode::Backspace,
        "pagedown" => KeyCode::PageDown,
        "f2" => KeyCode::F(2),
        _ => panic!("no key {name}"),
    }
}
