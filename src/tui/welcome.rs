//! The welcome to a new store, shown to a person once: a first customer of one's own, or the demo beside it.

use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    domain::{pipeline, stage, user},
    error::Result,
    keymap::{Keys, Scope},
    store::Store,
    text::{Align, pad, scrub, tail, width},
};

use super::{
    draw_context::{DrawContext, Role},
    paint,
};

/// The file that tells that a person was welcomed.
const FILE: &str = "welcomed";

/// Where the store is, if the person is to be welcomed to it: nothing was ever entered into it, and they never were
/// before. From then on they were. Who cannot be remembered is not asked time and again.
pub fn begin(state: Option<&Path>, store: &Store) -> Option<String> {
    let (state, path) = (state?, store.path()?);
    if state.join(FILE).exists() || !is_new(store).unwrap_or(false) {
        return None;
    }
    remember(state).ok().map(|()| path.to_string_lossy().into_owned())
}

fn remember(state: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(state)?;
    let mut file = fs::OpenOptions::new();
    file.write(true).create_new(true).mode(0o600).open(state.join(FILE)).map(drop)
}

/// Whether nobody has entered anything yet: a store begins with a user, a pipeline and its stages.
fn is_new(store: &Store) -> Result<bool> {
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    for kind in reader.schema().kinds().iter().filter(|kind| ![user::ID, pipeline::ID, stage::ID].contains(&kind.id)) {
        if reader.last_num(kind.id)? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Draws it, and gives the place of the cursor.
pub fn draw(store: &str, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Position {
    let lang = look.lang;
    let area = Rect { x: area.x + 3, y: area.y + 1, width: area.width.saturating_sub(3), height: area.height - 1 };
    let said = |words| said(look, words);
    let lines = [
        (said("add"), lang.pick("add your first customer", "新建第一个客户")),
        (
            said("demo"),
            lang.pick(
                "look around among made-up records, in a store of their own",
                "看看虚构数据，另存于单独的数据文件",
            ),
        ),
        (said("help"), lang.pick("all keys", "全部按键")),
        (said("back"), lang.pick("later", "以后再说")),
    ];
    let wide = lines.iter().map(|(keys, _)| width(keys)).max().unwrap_or_default();
    let put = |buf: &mut Buffer, line: u16, text: &str, role| {
        if line < area.height {
            paint::run(buf, (area.x, area.y + line), area.right(), text, look.of(role));
        }
    };
    put(buf, 0, lang.pick("Welcome to crm", "欢迎使用 crm"), Role::Heading);
    let empty = lang.pick("This store is new and empty: ", "这是一个新的空数据文件：");
    let (store, room) = (scrub(store), usize::from(area.width).saturating_sub(width(empty) + 1));
    let end = tail(&store, room);
    let cut = if end.len() < store.len() { "…" } else { "" };
    put(buf, 1, &format!("{empty}{cut}{end}"), Role::Dim);
    for (line, (keys, means)) in (3..).zip(&lines) {
        put(buf, line, &format!("  {}  {means}", pad(keys, wide, Align::Left)), Role::Text);
        put(buf, line, &format!("  {keys}"), Role::Key);
    }
    let import = lang.pick(
        ":import FILE --into customer brings yours from a CSV file.",
        ":import 文件 --into customer 可从 CSV 文件导入。",
    );
    put(buf, 4 + lines.len() as u16, import, Role::Dim);
    Position::new(area.x + 2, area.y + 3)
}

/// All keys that say these words.
fn said(look: &DrawContext<'_>, words: &str) -> String {
    let keys: Vec<String> = look.keymap.keys_of(Scope::Welcome, words).map(Keys::to_string).collect();
    if keys.is_empty() { look.key(Scope::Welcome, words) } else { keys.join(" ") }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        store::engine::Access,
        text::Lang,
        tui::{layer::Layer, panes::Pane, testing::screen::TestScreen},
    };

    fn welcomed(lang: Lang, size: (u16, u16)) -> TestScreen {
        let mut app = TestScreen::new(lang, size);
        app.state.welcome = Some("~/.local/share/crm/crm.redb".to_owned());
        app
    }

    #[test]
    fn it_looks_calm() {
        for (name, lang) in [("en", Lang::En), ("zh", Lang::Zh)] {
            insta::assert_snapshot!(format!("{name}_80"), welcomed(lang, (80, 24)).picture());
        }
        assert!(welcomed(Lang::En, (60, 15)).picture().contains("<enter> a  add your first customer"));
    }

    #[test]
    fn one_begins_looks_around_or_comes_back_later() {
        let mut app = welcomed(Lang::En, (80, 24));
        assert_eq!(app.state.layer(), Layer::Welcome);
        app.press("jx?");
        assert!(app.picture().contains("Keys: Welcome"));
        app.press("<esc><enter>");
        assert!(app.picture().contains("New customer"), "{}", app.picture());
        app.press("上海华盛^o");
        assert_eq!(app.state.layer(), Layer::Pane(Pane::Customers));
        assert!(app.record("C-1").is_some());

        for (keys, pane) in [("<esc>", Pane::Customers), ("2", Pane::Board), ("2<esc>1", Pane::Customers)] {
            let mut app = welcomed(Lang::Zh, (80, 24));
            app.press(keys);
            assert_eq!(app.state.layer(), Layer::Pane(pane), "{keys}");
        }
        let mut app = welcomed(Lang::Zh, (80, 24));
        app.say("customer add Elsewhere");
        assert_eq!(app.state.layer(), Layer::Pane(Pane::Customers), "it is empty no more");
    }

    #[test]
    fn a_person_is_asked_once_and_only_where_nothing_is() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let open = |name: &str| Store::open(&folder.path().join(name), Access::Create, Duration::from_secs(5)).unwrap();
        let mut context = crate::tui::testing::screen::context(Lang::En);
        let used = open("used.redb");
        crate::commit::setup::set_up(&used, &mut context, true).unwrap();
        let mut app = TestScreen::over(used, Lang::En, (80, 24), None);
        app.say("customer add Acme");
        assert_eq!(begin(Some(&state), &app.thread.store), None);
        assert!(!state.exists());

        let new = open("new.redb");
        crate::commit::setup::set_up(&new, &mut context, true).unwrap();
        assert_eq!(begin(None, &new), None);
        assert_eq!(begin(Some(&state), &new), Some(folder.path().join("new.redb").to_string_lossy().into_owned()));
        assert_eq!(begin(Some(&state), &new), None);
        assert_eq!(begin(Some(&state), &open("other.redb")), None);
    }
}
