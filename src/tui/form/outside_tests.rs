//! Records edited outside: only what was changed is said, and nothing that was written is lost.

use crate::{
    domain::{common, customer},
    error::Error,
    text::{Lang, Said},
    tui::testing::screen::TestScreen,
};

fn app() -> TestScreen {
    let mut app = TestScreen::new(Lang::En, (100, 30));
    app.say("customer add 华盛 grade=B \"note=one\n\n  two\" phone=13800138000");
    app
}

fn text(app: &TestScreen, field: &crate::domain::FieldDef) -> String {
    let record = app.record("C-1").unwrap();
    String::from_utf8_lossy(record.row().raw(field.tag).unwrap_or_default()).into_owned()
}

#[test]
fn the_lines_that_were_changed_are_set() {
    let mut app = app();
    app.editor = Box::new(|text| {
        assert!(text.contains("\nnote=one\n  \n    two\n"), "{text}");
        Ok(Some(text.replace("name=华盛", "name=华盛科技").replace("    two\n", "    two\n  three\n\n\n")))
    });
    app.press("E");
    assert_eq!((app.state.forms.len(), &app.state.error), (0, &None), "{}", app.picture());
    assert_eq!(text(&app, &customer::NAME.def()), "华盛科技");
    assert_eq!(text(&app, &common::NOTE.def()), "one\n\n  two\nthree");
    let said = app.state.repeat.clone().unwrap();
    assert!(said.contains("name=") && said.contains("note=") && !said.contains("phone="), "{said}");
}

#[test]
fn nothing_changed_is_nothing_done() {
    let mut app = app();
    let before = app.record("C-1");
    for trims in [true, false] {
        app.editor = Box::new(move |text| Ok(trims.then(|| text.trim_end().to_owned())));
        app.press("E");
        assert_eq!((app.state.forms.len(), app.record("C-1")), (0, before.clone()));
        assert_eq!(app.state.toast.as_deref(), Some("Nothing was changed"));
    }
    app.editor = Box::new(|_| Err(Error::failure(Said::same("The editor cannot be run: nope"))));
    app.press("E");
    assert_eq!(app.state.forms.len(), 0);
    assert!(app.picture().contains("cannot be run: nope"), "{}", app.picture());
}

#[test]
fn what_cannot_be_understood_is_offered_again() {
    for (wrong, said) in [
        ("gr=A", "there is no field gr"),
        ("nonsense", "there is no = in it"),
        ("name=x\nname=y", "name stands there twice"),
        ("name=x\n  y", "the field before it has one line"),
    ] {
        let mut app = app();
        app.editor = Box::new(move |_| Ok(Some(wrong.to_owned())));
        app.press("E");
        assert!(app.picture().contains(said), "{wrong}: {}", app.picture());
        // Saving would lose it.
        app.press("<f2>");
        assert_eq!(app.state.forms.len(), 1);
        app.press("<esc>");
        assert_eq!((app.state.forms.len(), text(&app, &customer::NAME.def())), (0, "华盛".to_owned()));
        let held = app.state.kept.last().unwrap().outside.clone().unwrap();
        assert_eq!(held, wrong);
        app.editor =
            Box::new(|text| Ok(Some(if text.contains('#') { text.to_owned() } else { "name=mended".to_owned() })));
        app.press("E");
        assert_eq!((app.state.forms.len(), text(&app, &customer::NAME.def())), (0, "mended".to_owned()));
    }
}

#[test]
fn what_a_rule_refuses_stays_in_the_form_and_is_offered_again() {
    let mut app = app();
    app.editor = Box::new(|text| Ok(Some(text.replace("grade=B", "grade=Z").replace("name=华盛", "name=新名"))));
    app.press("E");
    assert_eq!((app.state.forms.len(), text(&app, &customer::NAME.def())), (1, "华盛".to_owned()));
    app.press("<esc>");
    app.editor = Box::new(|text| {
        assert!(text.contains("grade=Z") && text.contains("name=新名"), "{text}");
        Ok(Some(text.replace("grade=Z", "grade=A")))
    });
    app.press("E");
    assert_eq!((app.state.forms.len(), text(&app, &customer::NAME.def())), (0, "新名".to_owned()));
}

#[test]
fn a_long_text_of_a_form_is_edited_alone_and_not_saved_yet() {
    let mut app = app();
    app.press("e");
    let form = &mut app.state.forms[0];
    form.at = form.entries.iter().position(|entry| entry.slot.code() == "note").unwrap();
    app.editor = Box::new(|text| {
        assert_eq!(text, "one\n\n  two");
        Ok(Some("new\ntext\n".to_owned()))
    });
    app.press("^g");
    assert_eq!(app.state.forms[0].entry().unwrap().text(), "new\ntext");
    assert_eq!(text(&app, &common::NOTE.def()), "one\n\n  two");
    app.press("<f2>");
    assert_eq!(text(&app, &common::NOTE.def()), "new\ntext");
}
