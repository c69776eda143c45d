use crate::text::Lang;
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    palettes::{PALETTES, Palette, Rgb, contrast, rgb},
    *,
};
use crate::tui::theme_pass::finish;

const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// What a style looks like in a terminal: the text, and what is behind it.
fn seen(style: Style, palette: &Palette) -> (Rgb, Rgb) {
    let color = |color: Option<Color>, otherwise: u32| match color {
        None | Some(Color::Reset) => rgb(otherwise),
        Some(Color::Rgb(red, green, blue)) => [red, green, blue],
        Some(named) => rgb(palette.colors[NAMED.iter().position(|color| *color == named).unwrap()]),
    };
    let (mut fg, mut bg) = (color(style.fg, palette.text), color(style.bg, palette.background));
    if style.add_modifier.contains(Modifier::DIM) {
        // Terminals differ; most go two thirds of the way.
        fg = std::array::from_fn(|at| ((u16::from(fg[at]) * 2 + u16::from(bg[at])) / 3) as u8);
    }
    if style.add_modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut fg, &mut bg);
    }
    (fg, bg)
}

/// Every style that a cell of the screen can have: a role as it is, or below a cursor.
fn styles(theme: &Theme) -> Vec<(String, Role, Style)> {
    let base = theme.of(Role::Text);
    let under = [None, Some(("selected", Role::Selected)), Some(("resting", Role::Resting))];
    let mut all = Vec::new();
    for (name, role) in ROLES {
        for cursor in under {
            let style = base.patch(theme.of(role));
            let cursor = cursor.filter(|_| !matches!(role, Role::Rule | Role::Tab | Role::ActiveTab));
            let (said, style) = match cursor {
                Some((said, cursor)) => (format!("{name}, {said}"), style.patch(theme.of(cursor))),
                None => (name.to_owned(), style),
            };
            all.push((said, role, style));
        }
    }
    all
}

/// How much contrast a role needs where colour and weight are the terminal's: text is as the terminal has it, what
/// stands out in colour has a sign or words beside it, as large text has its size. Where a palette's own text is soft,
/// dim text may be softer.
fn needed(role: Role, palette: &Palette) -> f64 {
    match role {
        Role::Rule | Role::Dim | Role::Tab => 3.0_f64.min(0.55 * contrast(rgb(palette.text), rgb(palette.background))),
        Role::Late | Role::Error | Role::Soon => 3.0,
        _ => 4.0,
    }
}

#[test]
fn the_default_theme_is_read_on_light_and_dark() {
    let theme = Theme::standard(true).unwrap();
    let mut tried = 0;
    for palette in &PALETTES {
        for (name, role, style) in styles(&theme) {
            let (fg, bg) = seen(style, palette);
            let ratio = contrast(fg, bg);
            assert!(ratio >= needed(role, palette), "{name} in {}: {ratio:.1}", palette.name);
            tried += 1;
        }
    }
    assert!(tried > 400);
}

#[test]
fn true_colour_themes_are_read() {
    for (name, dark) in [("night", true), ("paper", false)] {
        let theme = Theme::load(name, None, true).unwrap();
        // Whatever the terminal's own colours are, none of them is left.
        let (text, background) = seen(theme.of(Role::Text), &PALETTES[0]);
        assert_eq!((text, background), seen(theme.of(Role::Text), &PALETTES[1]), "{name}");
        assert_eq!(contrast(background, [0; 3]) < 2.0, dark, "{name}");
        for (said, role, style) in styles(&theme) {
            assert!(matches!(style.fg, Some(Color::Rgb(..))) && matches!(style.bg, Some(Color::Rgb(..))), "{said}");
            let (fg, bg) = seen(style, &PALETTES[0]);
            let least = if role == Role::Rule { 2.5 } else { 4.5 };
            let ratio = contrast(fg, bg);
            assert!(ratio >= least, "{said} in {name}: {ratio:.2}");
        }
        let (selected, resting) = (theme.of(Role::Selected), theme.of(Role::Resting));
        assert!(selected.bg.is_some() && resting.bg.is_some() && selected.bg != resting.bg, "{name}");
    }
}

#[test]
fn what_means_something_looks_different() {
    for (name, _) in SHIPPED {
        let theme = Theme::load(name, None, true).unwrap();
        for role in [Role::Selected, Role::Mark, Role::Late, Role::Error, Role::Soon, Role::Heading, Role::ActiveTab] {
            assert_ne!(theme.of(role), theme.of(Role::Text), "{name} {role:?}");
        }
        assert_ne!(theme.of(Role::Selected), theme.of(Role::Resting), "{name}");
        assert_ne!(theme.of(Role::Tab), theme.of(Role::ActiveTab), "{name}");
    }
}

#[test]
fn shipped_themes_name_every_role_in_order() {
    for (at, (name, role)) in ROLES.into_iter().enumerate() {
        assert_eq!(role as usize, at, "{name}");
    }
    for (name, text) in SHIPPED {
        let table = DeTable::parse(text).unwrap();
        let mut named: Vec<_> = table.get_ref().iter().map(|(name, _)| (name.span().start, name.get_ref())).collect();
        named.sort();
        let named: Vec<&str> = named.iter().map(|(_, name)| name.as_ref()).collect();
        assert_eq!(named, ROLES.map(|(role, _)| role), "{name}");
    }
}

#[test]
fn the_default_theme_leaves_the_background_alone_and_no_colour_is_no_colour() {
    assert!(Theme::standard(true).unwrap().styles.iter().all(|style| style.bg.is_none()));
    for (name, _) in SHIPPED {
        let plain = Theme::load(name, None, false).unwrap();
        assert!(plain.styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()), "{name}");
        assert!(plain.of(Role::Selected).add_modifier.contains(Modifier::REVERSED), "{name}");
        let late = plain.of(Role::Late);
        assert!(late.add_modifier.contains(Modifier::BOLD), "{name}");
    }
}

#[test]
fn a_theme_of_ones_own_changes_what_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(format!("{name}.toml")), text).unwrap();
    let load = |name: &str| Theme::load(name, Some(folder.path()), true);

    write("mine", "late = { fg = \"#ff8800\" }\n");
    let mine = load("mine").unwrap();
    assert_eq!(mine.of(Role::Late), Style::new().fg(Color::Rgb(255, 136, 0)));
    assert_eq!(mine.of(Role::Selected), Theme::standard(true).unwrap().of(Role::Selected));

    write("night", "base = \"night\"\n[key]\nstyle = [\"italic\"]\n");
    let night = load("night").unwrap();
    assert_eq!(night.of(Role::Key), Style::new().add_modifier(Modifier::ITALIC));
    assert_eq!(night.of(Role::Text).bg, Some(Color::Rgb(0x1c, 0x21, 0x29)));
    assert!(load("paper").is_ok(), "one that is in no file is the program's own");
}

#[test]
fn what_a_theme_gets_wrong_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    for (text, line, message, hint) in [
        ("\nheadin = {}\n", 2, "no role 'headin'", "did you mean heading?"),
        ("text = {}\nzzz = {}\n", 2, "no role 'zzz'", "text, dim"),
        ("# mine\n\ndim = { fg = \"redd\" }\n", 3, "'redd' is no colour", "light_blue"),
        ("[dim]\nfg = \"red\"\nstyle = [\"bald\"]\n", 3, "no style 'bald'", "did you mean bold?"),
        ("dim = { color = \"red\" }\n", 1, "A role has no 'color'", "fg, bg, style"),
        ("text = {}\ndim = \"red\"\n", 2, "A role is a table", "late = {"),
        ("dim = { fg = 7 }\n", 1, "A role is a table", "late = {"),
        ("text = {}\ndim = { fg = \n", 2, "", "late = {"),
        ("text = {}\nbase = \"nihgt\"\n", 2, "no theme 'nihgt'", "did you mean night?"),
        ("dim = { fg = \"\u{1b}[31m\" }\n", 1, "", "late = {"),
    ] {
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, text).unwrap();
        let error = Theme::load("mine", Some(folder.path()), true).unwrap_err();
        let said = error.message(Lang::En);
        assert!(said.starts_with(&format!("{}:{line}: ", path.display())), "{text}: {said}");
        assert!(said.contains(message) && !said.contains('\u{1b}'), "{text}: {said}");
        assert!(error.next_step(Lang::En).unwrap().contains(hint), "{text}: {:?}", error.next_step(Lang::En));
    }
    let error = Theme::load("nigth", Some(folder.path()), true).unwrap_err();
    assert_eq!(
        (&*error.message(Lang::En), error.next_step(Lang::En)),
        ("There is no theme 'nigth'", Some("did you mean night?"))
    );
    let error = Theme::load("zzzzz", Some(folder.path()), true).unwrap_err();
    assert!(error.next_step(Lang::En).unwrap().contains(&folder.path().display().to_string()));
}

#[test]
fn the_last_pass_fills_the_background_and_rewrites_signs() {
    let picture = |theme: &Theme| {
        let mut buf = Buffer::empty(Rect::new(0, 0, 16, 1));
        buf.set_stringn(0, 0, "● 上海 │ ── 1…╭▇", 16, Style::new());
        finish(theme, &mut buf);
        let text: String = (0..16).map(|x| buf[(x, 0)].symbol()).collect();
        (text, buf[(0, 0)].bg, buf[(15, 0)].bg)
    };
    let mut theme = Theme::load("night", None, true).unwrap();
    let bg = Color::Rgb(0x1c, 0x21, 0x29);
    assert_eq!(picture(&theme), ("● 上 海  │ ── 1…╭▇".to_owned(), bg, bg));
    theme.signs = SymbolSet { ascii: true, plain: false };
    assert_eq!(picture(&theme).0, "* 上 海  | -- 1~+#");
    theme.signs = SymbolSet { ascii: true, plain: true };
    assert_eq!(picture(&theme).0, "* 上 海       1~ #");
    theme.signs = SymbolSet { ascii: false, plain: true };
    assert_eq!(picture(&theme).0, "● 上 海       1… ▇");
}
