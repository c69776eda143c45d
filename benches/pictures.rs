//! Draws the pictures of the README from the real screen: the program on a terminal, with the demo's records of a fixed
//! day, each cell as an SVG says it. The same program gives the same pictures.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program of its own, without the output layer; a picture that cannot be drawn is none"
)]

#[path = "../tests/harness/terminal.rs"]
#[expect(dead_code, reason = "tests do more with a terminal than look at it")]
mod terminal;

use std::{fmt::Write as _, path::Path, process::ExitCode};

use portable_pty::CommandBuilder;
use terminal::Terminal;
use vt100::{Cell, Color, Screen};

const USAGE: &str = "\
Draws the panes of the full screen as SVG, from the program itself and the demo's records.

    cargo bench --bench pictures -- --dir docs/pictures [--now 2026-11-27T14:02:00+08:00]";

const NOW: &str = "2026-11-27T14:02:00+08:00";

/// A picture: its name, the window, the language, the keys before it, and what is there when it is ready.
struct Shot {
    name: &'static str,
    size: (u16, u16),
    lang: &'static str,
    keys: &'static str,
    ready: &'static str,
}

const SHOTS: [Shot; 5] = [
    Shot { name: "customers", size: (120, 36), lang: "en", keys: "Gkkkkkkkkk", ready: "191/" },
    Shot { name: "pipeline", size: (120, 36), lang: "en", keys: "2", ready: "weighted" },
    Shot { name: "agenda", size: (120, 36), lang: "en", keys: "3", ready: "Agenda of" },
    Shot { name: "tickets", size: (120, 36), lang: "en", keys: "4", ready: "breached" },
    Shot { name: "customers-80-zh", size: (80, 24), lang: "zh", keys: "Gkkkk", ready: "196/" },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let said = |option: &str| words.windows(2).find(|pair| pair[0] == option).map(|pair| pair[1].clone());
    let Some(folder) = said("--dir") else {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    };
    let now = said("--now").unwrap_or_else(|| NOW.to_owned());
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    for shot in &SHOTS {
        let path = Path::new(&folder).join(shot.name).with_extension("svg");
        std::fs::write(&path, draw(shot, &now, home.path())).unwrap();
        println!("{}", path.display());
    }
    ExitCode::SUCCESS
}

fn draw(shot: &Shot, now: &str, home: &Path) -> String {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_crm"));
    command.args(["demo", "--now", now, "--lang", shot.lang, "--tz", "Asia/Shanghai", "--as", "li.wei"]);
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "HOME"] {
        command.env(name, home);
    }
    command.env("TERM", "xterm-256color");
    command.env("CRM_THEME", "night");
    // The pictures show a day of their own, whatever that of the machine is.
    command.env("CRM_CLOCK", "free");
    command.env_remove("NO_COLOR");
    let mut screen = Terminal::start(command, shot.size);
    screen.wait("rows", |picture| picture.lines.last().is_some_and(|last| last.contains("1/")));
    screen.keys(shot.keys);
    screen.wait(shot.ready, |picture| {
        picture.has(shot.ready) && picture.lines.last().is_some_and(|last| last.contains('/'))
    });
    // Counts and the record beside come a moment later.
    while screen.press("", std::time::Duration::from_secs(2)).is_some() {}
    let svg = screen.look(svg);
    screen.keys("q");
    screen.end();
    svg
}

/// The fonts of Chinese, for readers that take only the first font that they find.
const WIDE: &str =
    " font-family=\"'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace\"";

/// A cell in pixels.
const CELL: (usize, usize) = (9, 19);
const EDGE: usize = 10;
/// What a terminal has where the theme says nothing.
const FG: &str = "#d8dee9";
const BG: &str = "#1c2129";

fn svg(screen: &Screen) -> String {
    let (rows, cols) = screen.size();
    let (rows, cols) = (rows.get(), cols.get());
    let (wide, high) = (usize::from(cols) * CELL.0 + 2 * EDGE, usize::from(rows) * CELL.1 + 2 * EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', \
         'Microsoft YaHei', monospace\" font-size=\"15\" xml:space=\"preserve\">\n\
         <rect width=\"{wide}\" height=\"{high}\" rx=\"6\" fill=\"{BG}\"/>\n"
    );
    for row in 0..rows {
        let mut col = 0;
        while let Some(cell) = screen.cell(row, col) {
            let start = col;
            let mut text = String::new();
            // A run of the same look and the same width of characters.
            while let Some(next) = screen.cell(row, col).filter(|next| alike(cell, next)) {
                text.push_str(if next.has_contents() { next.contents() } else { " " });
                col += if next.is_wide() { 2 } else { 1 };
            }
            run(&mut out, cell, &text, (start, col, row));
        }
    }
    out.push_str("</svg>\n");
    out
}

fn alike(one: &Cell, other: &Cell) -> bool {
    let look =
        |cell: &Cell| (cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.dim(), cell.underline(), cell.inverse());
    look(one) == look(other) && one.is_wide() == other.is_wide()
}

fn run(out: &mut String, cell: &Cell, text: &str, (start, end, row): (u16, u16, u16)) {
    let (x, y) = (EDGE + usize::from(start) * CELL.0, EDGE + usize::from(row) * CELL.1);
    let wide = usize::from(end - start) * CELL.0;
    let (mut fg, mut bg) = (color(cell.fgcolor(), FG), color(cell.bgcolor(), BG));
    if cell.inverse() {
        std::mem::swap(&mut fg, &mut bg);
    }
    if bg != BG {
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{}\" fill=\"{bg}\"/>", CELL.1);
    }
    if text.trim().is_empty() {
        return;
    }
    let (lead, said) = (text.len() - text.trim_start().len(), text.trim());
    let cell_wide = if cell.is_wide() { 2 * CELL.0 } else { CELL.0 };
    let long = said.chars().count() * cell_wide;
    let (x, y) = (x + lead * CELL.0, y + 14);
    let mut style = String::new();
    for (is, part) in [
        (cell.is_wide(), WIDE),
        (cell.bold(), " font-weight=\"bold\""),
        (cell.dim(), " fill-opacity=\"0.7\""),
        (cell.underline(), " text-decoration=\"underline\""),
    ] {
        style.push_str(if is { part } else { "" });
    }
    let said = said.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" textLength=\"{long}\" fill=\"{fg}\"{style}>{said}</text>");
}

fn color(color: Color, otherwise: &str) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => otherwise.to_owned(),
    }
}
