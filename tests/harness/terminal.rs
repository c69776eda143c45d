//! A real terminal: a pseudo-terminal with a program on it, its screen as a person sees it, and keys typed into it.
//!
//! Nothing here sleeps and hopes: whoever waits says for what, and gets the screen, or a failure that shows it.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Parser};

/// So long a screen is waited for. It is only ever spent by a test that fails.
const PATIENCE: Duration = Duration::from_secs(30);
/// A screen that nobody said has changed is looked at again after so long.
const GLANCE: Duration = Duration::from_millis(20);
/// The beginning and the end of a picture that is drawn as one (synchronized output).
const DRAWING: &[u8] = b"\x1b[?2026h";
const PAINTED: &[u8] = b"\x1b[?2026l";

/// What the window was called before.
const FIRST_TITLE: &str = "a shell";

/// A screen at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Its lines, without the spaces at their ends.
    pub(crate) lines: Vec<String>,
    /// Column and line of the cursor.
    pub(crate) cursor: (u16, u16),
}

impl Picture {
    /// Whether a line holds this text.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.line(text).is_some()
    }

    /// The first line that holds this text.
    pub(crate) fn line(&self, text: &str) -> Option<&str> {
        self.lines.iter().map(String::as_str).find(|line| line.contains(text))
    }

    /// The line of the cursor.
    pub(crate) fn here(&self) -> &str {
        self.lines.get(usize::from(self.cursor.1)).map_or("", String::as_str)
    }
}

/// When a key was answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    /// The first picture after it.
    pub(crate) first: Duration,
    /// The last one, after which nothing more came.
    pub(crate) last: Duration,
}

#[derive(Default)]
struct Asked {
    copied: Vec<String>,
    /// What the desktop was to tell.
    notified: Vec<String>,
    bells: usize,
    /// The title of the window, and those that were kept to come back to.
    titles: Vec<String>,
}

impl vt100::Callbacks for Asked {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.copied.push(String::from_utf8_lossy(data).into_owned());
    }

    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        if let Some(last) = self.titles.last_mut() {
            *last = String::from_utf8_lossy(title).into_owned();
        }
    }

    fn unhandled_csi(&mut self, _: &mut vt100::Screen, _: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        match (params, c) {
            ([[22], [0]], 't') => self.titles.extend(self.titles.last().cloned()),
            ([[23], [0]], 't') => self.titles.truncate(self.titles.len().max(2) - 1),
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, params: &[&[u8]]) {
        if let [b"9", text @ ..] = params {
            self.notified.push(text.iter().map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join(";"));
        }
    }
}

struct Seen {
    parser: Parser<Asked>,
    /// When each picture was whole.
    painted: Vec<Instant>,
    /// Whether a picture is half drawn.
    drawing: bool,
    tail: Vec<u8>,
    over: bool,
}

impl Seen {
    fn take(&mut self, bytes: &[u8], at: Instant) {
        self.tail.extend_from_slice(bytes);
        for window in self.tail.windows(PAINTED.len()) {
            if window == PAINTED {
                self.painted.push(at);
            }
            self.drawing = (self.drawing || window == DRAWING) && window != PAINTED;
        }
        let kept = self.tail.len().min(PAINTED.len() - 1);
        self.tail.drain(..self.tail.len() - kept);
        self.parser.process(bytes);
    }

    fn picture(&self) -> Picture {
        let screen = self.parser.screen();
        let (_, cols) = screen.size();
        let (line, column) = screen.cursor_position();
        let lines = screen.rows(0, cols.get()).map(|line| line.trim_end().to_owned()).collect();
        Picture { lines, cursor: (column, line) }
    }
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        // A test that fails while it looks must not hide its message behind another.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A program on a terminal. Dropped, it is killed.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    shared: Arc<Shared>,
    before: String,
    started: Instant,
}

impl Terminal {
    /// Starts a program on a terminal of so many columns and lines.
    pub(crate) fn start(command: CommandBuilder, (cols, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let asked = Asked { titles: vec![FIRST_TITLE.to_owned()], ..Asked::default() };
        let parser = Parser::new_with_callbacks(counted(rows), counted(cols), 0, asked);
        let seen = Seen { parser, painted: Vec::new(), drawing: false, tail: Vec::new(), over: false };
        let shared = Arc::new(Shared { seen: Mutex::new(seen), changed: Condvar::new() });
        let mut from = pair.master.try_clone_reader().unwrap();
        let reader = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(length @ 1..) = from.read(&mut bytes) {
                let at = Instant::now();
                reader.seen().take(&bytes[..length], at);
                reader.changed.notify_all();
            }
            reader.seen().over = true;
            reader.changed.notify_all();
        });
        let before = modes(&*pair.master);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let keys = pair.master.take_writer().unwrap();
        Self { child, master: pair.master, keys, shared, before, started }
    }

    /// Types; what the terminal sends for named keys stands in [`keys`].
    pub(crate) fn keys(&mut self, text: &str) -> &mut Self {
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Pastes, as a terminal does that was asked to say so.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.keys(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&mut self, (cols, rows): (u16, u16)) -> &mut Self {
        self.shared.seen().parser.set_size(counted(rows), counted(cols));
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self
    }

    /// The screen as it is now.
    pub(crate) fn picture(&self) -> Picture {
        self.shared.seen().picture()
    }

    /// Looks at the screen cell by cell.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.shared.seen().parser.screen())
    }

    /// What was put on the clipboard, in base64.
    pub(crate) fn copied(&self) -> Vec<String> {
        self.shared.seen().parser.callbacks().copied.clone()
    }

    /// What the desktop was asked to tell.
    pub(crate) fn notified(&self) -> Vec<String> {
        self.shared.seen().parser.callbacks().notified.clone()
    }

    /// How many times the bell was rung.
    pub(crate) fn bells(&self) -> usize {
        self.shared.seen().parser.callbacks().bells
    }

    /// What the window is called.
    pub(crate) fn title(&self) -> String {
        self.shared.seen().parser.callbacks().titles.last().cloned().unwrap_or_default()
    }

    /// Waits until the screen is so.
    #[track_caller]
    pub(crate) fn wait(&self, what: &str, until: impl Fn(&Picture) -> bool) -> Picture {
        let start = Instant::now();
        let mut seen = self.shared.seen();
        loop {
            let (picture, drawing) = (seen.picture(), seen.drawing);
            // What is looked for may look at the screen itself.
            drop(seen);
            if !drawing && until(&picture) {
                return picture;
            }
            seen = self.shared.seen();
            let left = PATIENCE.saturating_sub(start.elapsed());
            let over = if seen.over { ", and the program has ended" } else { "" };
            assert!(!left.is_zero() && !seen.over, "no {what}{over}\n{}", picture.lines.join("\n"));
            seen = self.shared.changed.wait_timeout(seen, left.min(GLANCE)).unwrap().0;
        }
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub(crate) fn see(&self, text: &str) -> Picture {
        self.wait(&format!("'{text}'"), |picture| picture.has(text))
    }

    /// Waits until a text is on the screen no more.
    #[track_caller]
    pub(crate) fn gone(&self, text: &str) -> Picture {
        self.wait(&format!("screen without '{text}'"), |picture| !picture.has(text))
    }

    /// How long after its start the last picture was there.
    pub(crate) fn since_start(&self) -> Duration {
        self.shared.seen().painted.last().map_or(Duration::ZERO, |at| at.duration_since(self.started))
    }

    /// Types, and waits until nothing is drawn for so long. `None` where nothing is drawn at all.
    pub(crate) fn press(&mut self, text: &str, quiet: Duration) -> Option<Answered> {
        let before = self.shared.seen().painted.len();
        let typed = Instant::now();
        self.keys(text);
        let mut seen = self.shared.seen();
        loop {
            let last = seen.painted[before..].last().copied().unwrap_or(typed);
            let left = quiet.saturating_sub(last.elapsed());
            if left.is_zero() || seen.over {
                break;
            }
            seen = self.shared.changed.wait_timeout(seen, left).unwrap().0;
        }
        let after = &seen.painted[before..];
        let (first, last) = (after.first()?, after.last()?);
        Some(Answered { first: first.duration_since(typed), last: last.duration_since(typed) })
    }

    /// Sends the program a signal: `TERM`, `CONT`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = std::process::Command::new("kill").arg(format!("-{name}")).arg(self.id().to_string()).status();
        assert!(sent.unwrap().success());
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end of the program.
    #[track_caller]
    pub(crate) fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        let mut seen = self.shared.seen();
        while !seen.over {
            let left = PATIENCE.saturating_sub(start.elapsed());
            assert!(!left.is_zero(), "it still runs\n{}", seen.picture().lines.join("\n"));
            seen = self.shared.changed.wait_timeout(seen, left).unwrap().0;
        }
        drop(seen);
        self.child.wait().unwrap()
    }

    /// Whether the terminal is as it was before the program: what it does with keys and lines, which screen it shows,
    /// whether there is a cursor, what the window is called, and whether it reports more than keys.
    #[track_caller]
    pub(crate) fn is_whole(&self) {
        assert_eq!(modes(&*self.master), self.before, "the modes of the terminal");
        self.look(|screen| {
            assert!(!screen.alternate_screen(), "the other screen is still shown");
            assert!(!screen.hide_cursor(), "there is no cursor");
            assert!(!screen.bracketed_paste(), "pastes are still marked");
            assert!(screen.mouse_protocol_mode() == MouseProtocolMode::None, "the mouse is still taken");
            assert!(!screen.application_cursor() && !screen.application_keypad(), "the arrows still send other codes");
        });
        assert_eq!(self.title(), FIRST_TITLE, "the title of the window");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // One that has ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn counted(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

/// What the terminal does with keys and lines.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// What a terminal sends for keys that have names.
pub(crate) mod named {
    pub(crate) const ESC: &str = "\x1b";
    pub(crate) const F12: &str = "\x1b[24~";
    pub(crate) const CTRL_C: &str = "\x03";
    pub(crate) const CTRL_O: &str = "\x0f";
    pub(crate) const CTRL_R: &str = "\x12";
    pub(crate) const CTRL_Z: &str = "\x1a";
}
