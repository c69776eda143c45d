//! The terminal, taken over and given back: at the end, on an error, on a panic, on a signal.

use std::{
    io::{self, Write},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    cursor, event, execute, queue,
    style::Print,
    terminal::{self, BeginSynchronizedUpdate, EndSynchronizedUpdate},
};

use crate::{
    error::{Error, Result},
    text::said,
};

use super::osc;

static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the window is named by us, and so has an old title to come back to.
static NAMED: AtomicBool = AtomicBool::new(false);

/// Holds the terminal as long as it lives.
#[must_use = "the terminal is given back when this is dropped"]
pub struct TerminalGuard(());

impl TerminalGuard {
    /// Takes the terminal over, and the title of its window where that is ours to set.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn take(named: bool) -> Result<Self> {
        NAMED.store(named, Ordering::SeqCst);
        take().map_err(lost)?;
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !std::thread::current().name().is_some_and(|name| name.starts_with(super::threads::STORE)) {
                give_back();
            }
            hook(info);
        }));
        Ok(Self(()))
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let kept = if NAMED.load(Ordering::SeqCst) { osc::KEEP_TITLE } else { "" };
    execute!(out(), terminal::EnterAlternateScreen, Print(kept), event::EnableBracketedPaste, cursor::Show)
}

/// Takes the mouse, or leaves it to the terminal, which then selects text with it.
///
/// # Errors
/// What the terminal says.
pub fn mouse(ours: bool) -> Result<()> {
    match ours {
        true => execute!(out(), event::EnableMouseCapture),
        false => execute!(out(), event::DisableMouseCapture),
    }
    .map_err(lost)
}

/// Gives the terminal back, once.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let title = if NAMED.load(Ordering::SeqCst) { osc::OLD_TITLE } else { "" };
        // There is nobody left to tell of a failure.
        let _ = execute!(
            out(),
            EndSynchronizedUpdate,
            event::DisableMouseCapture,
            event::DisableBracketedPaste,
            Print(title),
            terminal::LeaveAlternateScreen,
            cursor::Show
        );
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the terminal back, does something else with it, and takes it over again.
///
/// # Errors
/// What the terminal says.
pub fn aside<T>(act: impl FnOnce() -> T) -> Result<T> {
    give_back();
    let done = act();
    take().map_err(lost)?;
    Ok(done)
}

/// Gives the terminal back, stops until the shell calls us again, and takes it over again.
///
/// # Errors
/// What the terminal says.
pub fn suspend() -> Result<()> {
    aside(|| signal_hook::low_level::raise(signal_hook::consts::SIGSTOP).map_err(lost))?
}

/// Draws as one: the terminal shows nothing half done.
///
/// # Errors
/// What the terminal says.
pub fn at_once<T>(draw: impl FnOnce() -> io::Result<T>) -> Result<T> {
    let mut out = out();
    queue!(out, BeginSynchronizedUpdate).map_err(lost)?;
    let drawn = draw();
    execute!(out, EndSynchronizedUpdate).map_err(lost)?;
    drawn.map_err(lost)
}

/// Writes a sequence to the terminal.
///
/// # Errors
/// What the terminal says.
pub fn send(sequence: &str) -> Result<()> {
    let mut out = out();
    out.write_all(sequence.as_bytes()).and_then(|()| out.flush()).map_err(lost)
}

/// Whether tmux stands between us and the terminal.
pub fn is_in_tmux() -> bool {
    std::env::var_os("TMUX").is_some()
}

/// Panics at F12 where a test has asked for it, to see what that leaves of the terminal.
#[expect(clippy::panic, reason = "the one panic on purpose: a test looks at the terminal after it")]
pub fn break_off(input: &event::Event) {
    let wanted = |key: &event::KeyEvent| key.code == event::KeyCode::F(12);
    if input.as_key_event().as_ref().is_some_and(wanted) && std::env::var_os("CRM_TEST_PANIC").is_some() {
        std::panic::panic_any("CRM_TEST_PANIC");
    }
}

/// What is drawn on.
pub type Screen = io::Stdout;

/// Empties the screen.
///
/// # Errors
/// What the terminal says.
pub fn clear() -> Result<()> {
    execute!(out(), terminal::Clear(terminal::ClearType::All)).map_err(lost)
}

/// The terminal to draw on.
pub fn out() -> Screen {
    io::stdout()
}

/// The terminal went away.
pub fn lost(error: io::Error) -> Error {
    Error::failure(said!("The terminal cannot be used: {error}", "无法使用终端：{error}"))
}
