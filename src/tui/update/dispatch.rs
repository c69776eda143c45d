//! From the name of an action to the function that does it, by what has the keys.

use crate::{
    error::Error,
    keymap::ACTIONS,
    text::{Lang, Said, said},
    tui::{action::Action, form, layer::Layer, line::InputEdit, panes::Pane, picker, state::State},
};

use super::{
    Effects, agenda, board, copying, customers, failed, form as forms, lines, lists, outside, picking, places, popup,
    question, queue, record, steps,
    table::{ActionFn, ActionTable},
    verbs,
};

/// What each layer does by itself.
const fn own(layer: Layer) -> ActionTable {
    match layer {
        Layer::Question => question::ACTIONS,
        Layer::Search => popup::SEARCH,
        Layer::Popup => popup::ACTIONS,
        Layer::Picker | Layer::Form => &[],
        Layer::Palette | Layer::Line => lines::ACTIONS,
        Layer::Record => record::ACTIONS,
        Layer::Welcome => &[],
        Layer::Pane(Pane::Customers) => customers::ACTIONS,
        Layer::Pane(Pane::Board) => board::ACTIONS,
        Layer::Pane(Pane::Agenda) => agenda::ACTIONS,
        Layer::Pane(Pane::Queue) => queue::ACTIONS,
    }
}

/// What else can be done in a layer.
const fn shared(layer: Layer) -> &'static [ActionTable] {
    const RECORD: &[ActionTable] = &[
        copying::ACTIONS,
        forms::ACTIONS,
        outside::ACTIONS,
        verbs::ACTIONS,
        steps::ACTIONS,
        places::ACTIONS,
        places::ANYWHERE,
    ];
    const PANE: &[ActionTable] = &[
        lists::ACTIONS,
        copying::ACTIONS,
        forms::ACTIONS,
        outside::ACTIONS,
        verbs::ACTIONS,
        steps::ACTIONS,
        places::ACTIONS,
        places::ANYWHERE,
    ];
    const WELCOME: &[ActionTable] = &[forms::ACTIONS, steps::ACTIONS, places::ACTIONS, places::ANYWHERE];
    match layer {
        Layer::Question | Layer::Search | Layer::Popup | Layer::Picker | Layer::Form | Layer::Palette | Layer::Line => {
            &[places::ANYWHERE]
        }
        Layer::Record => RECORD,
        Layer::Welcome => WELCOME,
        Layer::Pane(_) => PANE,
    }
}

/// What is done in a pane whether its rows are there or not, besides getting about.
const WITHOUT_ROWS: &[&str] = &["narrow", "filter", "owner next", "add", "draft open", "draft drop"];

/// Whether this waits until the rows of the pane are there.
pub fn waits(state: &State, action: &Action) -> bool {
    let Layer::Pane(pane) = state.layer() else { return false };
    if state.has_rows(pane) {
        return false;
    }
    let without = || [steps::ACTIONS, places::ACTIONS, places::ANYWHERE].into_iter().flatten();
    match action {
        Action::Screen(name, _) => {
            !WITHOUT_ROWS.contains(name)
                && find(state.layer(), name).is_some()
                && !without().any(|(known, _)| known == name)
        }
        Action::Say(words) | Action::Begin(words) => words.contains('{'),
        _ => false,
    }
}

/// Every layer, for those who ask where something can be done.
const LAYERS: [Layer; 13] = [
    Layer::Pane(Pane::Customers),
    Layer::Pane(Pane::Board),
    Layer::Pane(Pane::Agenda),
    Layer::Pane(Pane::Queue),
    Layer::Record,
    Layer::Welcome,
    Layer::Question,
    Layer::Search,
    Layer::Popup,
    Layer::Picker,
    Layer::Form,
    Layer::Palette,
    Layer::Line,
];

/// Whether a layer does it.
pub fn is_done(layer: Layer, name: &str) -> bool {
    find(layer, name).is_some()
        || layer == Layer::Picker && picker::PickerAction::named(name).is_some()
        || layer == Layer::Form && form::FormAction::named(name).is_some()
}

fn find(layer: Layer, name: &str) -> Option<ActionFn> {
    let tables = [own(layer)].into_iter().chain(shared(layer).iter().copied());
    tables.flatten().find(|(known, _)| *known == name).map(|(_, done)| *done)
}

/// Does what a key or a line of the palette names.
pub fn act(state: &mut State, name: &'static str, word: &str, effects: &mut Effects) {
    if state.layer() == Layer::Search
        && let Some(edit) = InputEdit::named(name)
    {
        return popup::edit(state, &edit);
    }
    if state.layer() == Layer::Picker && picking::onward(state, name, effects) {
        return;
    }
    if state.layer() == Layer::Picker
        && let Some(act) = picker::PickerAction::named(name)
    {
        return picking::press(state, act, effects);
    }
    if state.layer() == Layer::Form
        && let Some(act) = form::FormAction::named(name)
    {
        return forms::press(state, act, effects);
    }
    if let Some(done) = find(state.layer(), name) {
        return done(state, word, effects);
    }
    let action = ACTIONS.iter().find(|action| action.words == name);
    let both = |in_language: &dyn Fn(Lang) -> &'static str| Said::new(in_language(Lang::En), in_language(Lang::Zh));
    let elsewhere = LAYERS.into_iter().find(|layer| is_done(*layer, name));
    let error = match elsewhere {
        Some(layer) => {
            let title = action.map_or(name, |action| action.text(Lang::Zh));
            Error::usage(said!("{name} does nothing here", "“{title}”在此处无效"))
                .hint(both(&|lang| layer.scope().title(lang)))
        }
        None => {
            let title = action.map_or(name, |action| action.text(Lang::Zh));
            let error = Error::failure(said!("{name} is not there yet", "“{title}”尚不可用"));
            error.hint_of(action.map(|action| both(&|lang| action.text(lang))).as_ref())
        }
    };
    failed(state, error);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::screen::TestScreen;

    #[test]
    fn what_cannot_be_done_here_is_named_in_the_language_of_the_reader() {
        let mut app = TestScreen::new(Lang::Zh, (80, 24));
        app.press(":^o");
        let picture = app.picture();
        assert!(picture.contains("“保存表单”在此处无效") && !picture.contains("form save"), "{picture}");
    }

    #[test]
    fn a_calendar_without_room_says_how_much_it_needs() {
        let mut app = TestScreen::new(Lang::Zh, (80, 24));
        app.say("followup add 回访 due=today");
        app.press("3v");
        let picture = app.picture();
        assert!(picture.contains("月历需要至少 90 列，当前为 80 列") && !picture.contains("v 日历"), "{picture}");
        app.act(Action::Resized(90, 24));
        app.press("v");
        assert!(app.picture().contains("2026年11月"), "{}", app.picture());
    }

    #[test]
    fn after_a_verb_the_cursor_stays_at_its_place() {
        let mut app = TestScreen::new(Lang::Zh, (80, 24));
        for title in ["一", "二", "三", "四"] {
            app.say(&format!("followup add {title} due=today"));
        }
        app.press("3jx^o");
        assert_eq!((app.state.error.as_ref(), app.state.agenda.list.position()), (None, (2, 4)), "{}", app.picture());
        let toast = app.state.toast.clone().unwrap_or_default();
        assert!(toast.contains("F-2 二") && toast.contains("u 撤销"), "{toast}");
        app.act(Action::Changed);
        assert_eq!(app.state.here().map(|id| id.num), Some(3), "{}", app.picture());
        app.press("s下周一^o");
        assert_eq!(app.state.here().map(|id| id.num), Some(4), "{}", app.picture());
        // What others move, it goes along with.
        app.press("kj");
        app.elsewhere("followup set F-4 due=+9d");
        assert_eq!(app.state.here().map(|id| id.num), Some(4), "{}", app.picture());
    }

    #[test]
    fn the_cursor_stays_on_its_record_when_another_comes_before_it() {
        let mut app = TestScreen::new(Lang::Zh, (80, 24));
        for title in ["一", "二", "三", "四"] {
            app.say(&format!("followup add {title} due=today"));
        }
        app.press("3j");
        let here = |app: &TestScreen| app.state.here().map(|id| id.num);
        app.press(":find 一<enter><esc>:customer list<enter><esc>");
        app.press(":followup add 五 due=yesterday<enter>");
        assert_eq!(here(&app), Some(2), "one's own: {}", app.picture());
        app.elsewhere("followup add 六 due=yesterday");
        assert_eq!(here(&app), Some(2), "a colleague's: {}", app.picture());
        app.press("x^o");
        assert_eq!(here(&app), Some(3), "{}", app.picture());
        app.elsewhere("followup add 七 due=yesterday");
        assert_eq!(here(&app), Some(3), "after a verb: {}", app.picture());
    }

    #[test]
    fn a_key_that_begins_a_line_begins_it_in_the_language_of_the_reader() {
        for (lang, line) in [(Lang::En, ":ticket wait T-1"), (Lang::Zh, ":工单 等待 T-1")] {
            let mut app = TestScreen::new(lang, (80, 24));
            app.say("ticket add 无法开机").press("4w");
            assert!(app.picture().contains(line), "{}", app.picture());
            app.press("<enter>");
            assert_eq!(app.state.error, None, "{}", app.picture());
        }
    }

    #[test]
    fn a_typed_verb_says_which_record_it_was_about() {
        let mut app = TestScreen::new(Lang::Zh, (80, 24));
        app.say("customer add 杭州云帆");
        app.press(":客户 删除<enter>");
        let toast = app.state.toast.clone().unwrap_or_default();
        assert!(toast.contains("C-1 杭州云帆"), "{toast}: {}", app.picture());
    }

    /// Actions that nothing does yet.
    const MISSING: &[&str] = &[];

    #[test]
    fn every_action_is_done_somewhere_and_every_name_is_an_action() {
        let is_done = |name: &str| LAYERS.into_iter().any(|layer| is_done(layer, name));
        let missing: Vec<&str> = ACTIONS.iter().map(|action| action.words).filter(|name| !is_done(name)).collect();
        assert_eq!(missing, MISSING);
        for (name, _) in
            LAYERS.into_iter().flat_map(|layer| [own(layer)].into_iter().chain(shared(layer).iter().copied())).flatten()
        {
            assert!(ACTIONS.iter().any(|action| action.words == *name), "{name}");
        }
    }
}
