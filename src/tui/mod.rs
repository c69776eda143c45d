//! The full screen: event, route, update, effect, view.
//!
//! Keys become actions ([`route`]), actions change the state and ask for effects ([`update`]), effects run on a thread
//! of their own ([`threads`]) and come back as actions, and the state is drawn ([`view`]). Nothing is drawn while nothing
//! happens.

mod action;
mod address;
mod answer_collector;
mod bar;
mod clock;
mod dialog;
mod drafts;
mod draw_context;
mod editor;
mod filter_completion;
mod form;
mod form_worker;
mod hints;
mod history;
mod input_gate;
mod jump_list;
mod keys;
mod layer;
mod layout;
mod line;
mod notify;
mod osc;
mod paint;
mod palette;
mod panes;
mod picker;
mod popup;
mod record;
mod record_names;
mod role;
mod route;
mod run_words;
#[cfg(test)]
mod scenario_tests;
mod state;
mod table;
mod terminal_guard;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod theme;
mod theme_pass;
mod thread_context;
mod threads;
mod title;
mod update;
mod view;
mod welcome;
mod which_key;
mod worker;

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    time::Duration,
};

use crossterm::event::{Event as Input, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH},
    iterator::Signals,
};

use crate::{
    commit::Context,
    config::Config,
    error::{Error, Result},
    query::names::Names,
    store::Store,
    text::said,
};

use action::{Action, Effect};
use clock::Clock;
use drafts::Drafts;
use editor::{EditRequest, Editor};
use input_gate::InputGate;
use notify::Notify;
use panes::{Pane, customers};
use state::State;
use terminal_guard::TerminalGuard;
use theme::{SymbolSet, Theme};
use thread_context::ThreadContext;
use threads::{Threads, spawn};
use title::Window;

/// After so long it is told what may follow the keys that were pressed.
const HESITATION: Duration = Duration::from_millis(400);

/// What wakes the loop.
enum Event {
    Input(Input),
    Done(Action),
    Signal,
}

/// Opens the full screen on a store, until the person leaves it.
///
/// # Errors
/// What the terminal or the store says.
pub fn run(store: Store, context: Context, config: &Config, color: bool) -> Result<()> {
    let (theme, error) = theme(config, color)?;
    let session = format!("screen-{}-{}", std::process::id(), context.now.0);
    let drafts = Drafts::new(config.paths().state_dir().ok(), store.path().unwrap_or(Path::new("")), &session);
    let editor = Editor {
        folder: config.paths().state_dir().map_or_else(|_| std::env::temp_dir(), |state| state.join("drafts")),
        session: session.clone(),
    };
    let context = Context { session: Some(session), input: crate::commit::Input::default(), ..context };
    let size = crossterm::terminal::size().map_err(terminal_guard::lost)?;
    let (schema, person) = {
        let snapshot = store.snapshot()?;
        (snapshot.schema(), context.called(&Names::new(snapshot.reader(), context.lang))?)
    };
    let (keymap, problems) = keys::load(config, schema);
    let mut state = State::new(context.lang, context.tz, context.now, person, size, keymap);
    state.schema = schema;
    state.customers.show(customers::column::standard(schema));
    state.plain = theme.signs.plain;
    state.notify = Notify::named(config.notify());
    state.store = title::store_name(store.path());
    state.welcome = welcome::begin(config.paths().state_dir().ok(), &store);
    for problem in error.into_iter().chain(problems).rev() {
        update::failed(&mut state, problem);
    }
    let clock = Clock::at(context.now);
    let lang = context.lang;

    let (events, arrived) = channel();
    let thread = ThreadContext::new(store, context, config.paths().state_dir().ok().map(Path::to_owned));
    let left = layout::columns(thread.layout().as_deref(), Pane::Customers.noun());
    if let Some(columns) = left.and_then(|columns| customers::column::read(schema, &columns).ok()) {
        state.customers.show(columns);
    }
    let threads = start_threads(&thread, drafts, events.clone())?;
    let first = [Effect::Customers(state.customers.again(state.list_height(), false)), Effect::Count];
    for effect in first {
        // A thread that is gone says why when it is waited for.
        threads.ask(effect);
    }
    let mut window = Window::new(config.title());
    crate::store::engine::signals_are_handled();
    let guard = TerminalGuard::take(window.is_named())?;
    let gate = Arc::new(InputGate::default());
    listen(events, Arc::clone(&gate))?;
    let outside = ExternalPrograms { gate: &gate, editor: &editor };
    let turned = || turn(&mut state, &theme, &mut window, clock, &arrived, &threads, &outside);
    let shown = match catch_unwind(AssertUnwindSafe(turned)) {
        Ok(shown) => shown,
        Err(fault) => {
            threads.abandon();
            resume_unwind(fault);
        }
    };
    drop(guard);
    let closed = threads.finish();
    let demo = shown?;
    closed?;
    // The thread that reads keys lives on: without the gate it would take some of those of the demo.
    if demo { gate.shut(|| open_demo(lang)) } else { Ok(()) }
}

/// What others do with the terminal, while nobody here reads its keys.
struct ExternalPrograms<'a> {
    gate: &'a InputGate,
    editor: &'a Editor,
}

impl ExternalPrograms<'_> {
    fn edit(&self, letter: &EditRequest) -> Result<Result<Option<String>>> {
        self.gate.shut(|| terminal_guard::aside(|| self.editor.edit(letter)))
    }

    fn suspend(&self) -> Result<()> {
        self.gate.shut(terminal_guard::suspend)
    }
}

/// Opens the store of made-up records, in a process of its own: it is another store, and this one is closed.
fn open_demo(lang: crate::text::Lang) -> Result<()> {
    let program = std::env::current_exe().map_err(terminal_guard::lost)?;
    let ran = std::process::Command::new(program).args(["demo", "--lang", lang.code()]).status();
    ran.map(drop).map_err(|error| {
        Error::failure(said!("The demo cannot be opened: {error}", "无法打开演示数据：{error}"))
            .hint(said!("run crm demo on the command line", "请在命令行上运行 crm demo"))
    })
}

/// The theme of the settings. One that cannot be read is told about, and the default one is there in its place.
fn theme(config: &Config, color: bool) -> Result<(Theme, Option<Error>)> {
    let (mut theme, error) = match Theme::load(config.theme(), config.themes().as_deref(), color) {
        Ok(theme) => (theme, None),
        Err(error) => (Theme::standard(color)?, Some(error)),
    };
    theme.signs = SymbolSet { ascii: config.ascii(), plain: config.plain() };
    Ok((theme, error))
}

fn start_threads(thread: &ThreadContext, drafts: Drafts, events: Sender<Event>) -> Result<Threads> {
    let (tell, told) = channel();
    spawn("relay", move || {
        for action in told {
            if events.send(Event::Done(action)).is_err() {
                break;
            }
        }
    })?;
    Threads::start(thread, drafts, &tell)
}

/// Keys and signals, each from a thread of its own, which sleeps until there is one.
fn listen(events: Sender<Event>, gate: Arc<InputGate>) -> Result<()> {
    // Sizes too: what reads keys does not tell each of them.
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH]).map_err(terminal_guard::lost)?;
    let signalled = events.clone();
    spawn("signals", move || {
        for signal in signals.forever() {
            let event = match (signal, crossterm::terminal::size()) {
                (SIGWINCH, Ok((cols, lines))) => Event::Input(Input::Resize(cols, lines)),
                (SIGWINCH, Err(_)) => continue,
                // Meant for the editor that has the terminal.
                (SIGINT | SIGQUIT, _) if editor::is_open() => continue,
                _ => Event::Signal,
            };
            if signalled.send(event).is_err() {
                break;
            }
        }
    })?;
    // From here on a signal ends the waiting for a key, whether that has begun or not.
    crossterm::event::poll(Duration::ZERO).map_err(terminal_guard::lost)?;
    spawn("input", move || {
        loop {
            gate.pass();
            let Ok(input) = crossterm::event::read() else { break };
            if events.send(Event::Input(input)).is_err() {
                return;
            }
        }
        // The terminal is gone.
        let _ = events.send(Event::Signal);
    })?;
    Ok(())
}

/// The loop: waits for something to happen, takes all that has happened, draws once. Says whether the demo is opened next.
fn turn(
    state: &mut State,
    theme: &Theme,
    window: &mut Window,
    clock: Clock,
    arrived: &Receiver<Event>,
    threads: &Threads,
    outside: &ExternalPrograms<'_>,
) -> Result<bool> {
    let mut terminal = canvas(state.size)?;
    let mut size = state.size;
    loop {
        if size != state.size {
            size = state.size;
            terminal = canvas(size)?;
        }
        terminal_guard::at_once(|| terminal.draw(|frame| view::draw(state, theme, frame)).map(drop))?;
        if let Some(renamed) = window.renamed(state) {
            terminal_guard::send(&renamed)?;
        }
        let second = clock.now().0.div_euclid(1000).rem_euclid(60) as u64;
        let hesitates = !state.pressed.is_empty() && !state.guided;
        let wait = if hesitates { HESITATION } else { Duration::from_secs(60 - second) };
        let first = match arrived.recv_timeout(wait) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
        };
        let mut effects = update::update(state, Action::Clock(clock.now()));
        match first {
            Some(_) => {}
            None if hesitates => effects.extend(update::update(state, Action::Hesitated)),
            // Another minute: something may have become overdue.
            None => {
                effects.push(Effect::Count);
                // What was due in this minute is late by now.
                effects.extend(state.wish(true).map(Effect::Pane));
            }
        }
        let mut ends = false;
        for event in first.into_iter().chain(arrived.try_iter()) {
            match event {
                Event::Signal => ends = true,
                Event::Done(action) => effects.extend(update::update(state, action)),
                Event::Input(input) => {
                    terminal_guard::break_off(&input);
                    let action = meant(state, input);
                    effects.extend(action.map(|action| update::update(state, action)).unwrap_or_default());
                }
            }
        }
        if ends {
            // What was typed before the signal is kept with the rest.
            effects.into_iter().filter(|effect| matches!(effect, Effect::Form(_))).for_each(|effect| {
                threads.ask(effect);
            });
            return Ok(false);
        }
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Copy(text) => terminal_guard::send(&osc::copy(&text, terminal_guard::is_in_tmux()))?,
                Effect::Bell => terminal_guard::send(osc::BELL)?,
                Effect::Notify(text) => terminal_guard::send(&osc::notification(&text, terminal_guard::is_in_tmux()))?,
                Effect::Suspend => {
                    outside.suspend()?;
                    window.forget();
                    effects.extend(back(state)?);
                    terminal = canvas(state.size)?;
                }
                Effect::Outside(letter) => {
                    let text = outside.edit(&letter)?;
                    window.forget();
                    effects.extend(back(state)?);
                    terminal = canvas(state.size)?;
                    effects.extend(update::update(state, Action::Edited(letter.form, text)));
                }
                Effect::Redraw => terminal = canvas(size)?,
                Effect::Mouse(ours) => terminal_guard::mouse(ours)?,
                Effect::Demo => return Ok(true),
                effect => {
                    if !threads.ask(effect) {
                        return Ok(false);
                    }
                }
            }
        }
    }
}

/// The terminal is ours again, whatever its size is by now.
fn back(state: &mut State) -> Result<Vec<Effect>> {
    let (cols, lines) = crossterm::terminal::size().map_err(terminal_guard::lost)?;
    terminal_guard::mouse(state.mouse)?;
    Ok(update::update(state, Action::Resized(cols, lines)))
}

/// An empty screen of that size. It never asks the terminal where its cursor is: the answer would come among the keys.
fn canvas((cols, lines): (u16, u16)) -> Result<Terminal<CrosstermBackend<terminal_guard::Screen>>> {
    terminal_guard::clear()?;
    let viewport = Viewport::Fixed(Rect::new(0, 0, cols, lines));
    Terminal::with_options(CrosstermBackend::new(terminal_guard::out()), TerminalOptions { viewport })
        .map_err(terminal_guard::lost)
}

fn meant(state: &State, input: Input) -> Option<Action> {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => Some(route::key(state, key)),
        Input::Paste(text) => Some(route::paste(state, text)),
        Input::Resize(cols, lines) => Some(Action::Resized(cols, lines)),
        Input::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Action::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollDown => Some(Action::Wheel(3)),
            MouseEventKind::ScrollUp => Some(Action::Wheel(-3)),
            _ => None,
        },
        _ => None,
    }
}
