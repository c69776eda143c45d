//! Forms over a store: what they save is what the command line would have written.

use proptest::prelude::*;

use super::{FormRequest, FormTarget};
use crate::{
    domain::{Record, RecordId, common, customer, followup, schema::BASE},
    text::Lang,
    tui::{
        action::Effect,
        testing::{drawing::HOSTILE, screen::TestScreen},
    },
};

fn app() -> TestScreen {
    TestScreen::new(Lang::En, (100, 30))
}

/// The fields of a record that a person has filled in.
fn fields(record: &Record) -> Vec<(u16, Vec<u8>)> {
    let kept = [common::CREATED.tag(), common::UPDATED.tag()];
    record.row().raw_fields().filter(|(tag, _)| !kept.contains(tag)).map(|(tag, raw)| (tag, raw.to_vec())).collect()
}

#[test]
fn a_form_saved_is_the_record_that_the_command_line_adds() {
    let mut typed = app();
    typed.press("a上海华盛科技有限公司<tab>o<enter>b<enter><tab><tab>138 0013 8000, 021-5555 1234<tab>a@b.example");
    typed.press("<tab>key, export<tab>first line<enter>second<tab>");
    assert_eq!(typed.state.forms.len(), 1);
    typed.press("<f2>");
    assert_eq!((typed.state.forms.len(), &typed.state.error), (0, &None));
    let mut said = app();
    said.say(
        "customer add 上海华盛科技有限公司 type=organization grade=B \"phone=138 0013 8000, 021-5555 1234\" email=a@b.example \
         \"tag=key, export\" \"note=first line\nsecond\"",
    );
    assert_eq!(fields(&typed.record("C-1").unwrap()), fields(&said.record("C-1").unwrap()));
}

#[test]
fn a_list_of_choices_is_left_by_the_keys_of_its_form() {
    let mut app = app();
    let text =
        |app: &TestScreen, code: &str| app.state.forms[0].field(code).map(|entry| entry.text().to_owned()).unwrap();
    // What is under the cursor is taken, and what is typed next is for the next field.
    app.press("aAcme<tab>o<tab>b<tab>");
    assert_eq!((app.state.picker.is_none(), app.state.forms[0].at), (true, 3), "{}", app.picture());
    assert_eq!([text(&app, "type"), text(&app, "grade")], ["organization", "B"]);
    app.press("<s-tab>a<s-tab>");
    assert_eq!((app.state.forms[0].at, text(&app, "grade").as_str()), (1, "A"));
    // What is not there is not made on the way.
    app.press("<tab>zzz<tab>");
    assert_eq!((app.state.picker.is_some(), app.state.error.as_ref()), (true, None));
    app.press("^ub^o");
    assert_eq!((app.state.forms.len(), app.state.error.as_ref()), (0, None), "{}", app.picture());
    assert_eq!(app.record("C-1").unwrap().get(customer::GRADE), Some(1));
}

#[test]
fn people_are_picked_by_pinyin_and_login() {
    let mut app = TestScreen::new(Lang::Zh, (100, 30));
    app.say("user add 王芳 login=wang.fang").say("user add 李娜 login=lei.min");
    for (typed, name) in [("wf", "王芳"), ("lina", "李娜"), ("lei", "李娜")] {
        app.press(&format!("a云帆<tab><tab><tab><tab>{typed}<tab>"));
        let owner = app.state.forms[0].field("owner").unwrap();
        assert_eq!(owner.called, name, "{typed}: {}", app.picture());
        app.press("<esc>");
    }
}

#[test]
fn dates_money_and_links_mean_what_they_mean_elsewhere() {
    let mut app = app();
    app.say("customer add Blue Harbor").say("customer add 张三");
    app.press("Ad年度框架协议<tab><tab><tab>12万<tab>fri<tab>");
    let picture = app.picture();
    assert!(picture.contains("= ¥120,000") && picture.contains("= Fri 2026-12-04, in 7 days"), "{picture}");
    app.press("<tab>prop<enter>^o");
    let deal = app.record("D-1").unwrap();
    app.say("deal add 年度框架协议 customer=C-2 amount=12万 expected_close=fri stage=proposal");
    assert_eq!(fields(&deal), fields(&app.record("D-2").unwrap()));
}

#[test]
fn what_is_put_off_takes_lengths_as_the_command_does() {
    let mut app = app();
    for (number, text) in ["三天", "半小时", "下周一"].into_iter().enumerate() {
        app.say("followup add 对账 due=today").say("followup add 对账 due=today");
        let id = |more: usize| format!("F-{}", 2 * number + more);
        let record = RecordId::parse(&id(1), None).unwrap();
        app.open(FormTarget::gesture("snooze", &[record]));
        app.press(text);
        assert!(!app.picture().contains("is a length"), "{}", app.picture());
        app.press("^o");
        assert_eq!((app.state.forms.len(), &app.state.error), (0, &None), "{text}");
        app.say(&format!("followup snooze {} {text}", id(2)));
        let due = |id: String| app.record(&id).unwrap().get(followup::DUE);
        assert_eq!(due(id(1)), due(id(2)), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_while_it_is_typed_and_not_saved() {
    let mut app = app();
    app.press("aAcme<tab><tab><tab><tab><tab><tab>nobody");
    assert!(app.picture().contains("is not an e-mail address"), "{}", app.picture());
    app.press("<f2>");
    assert_eq!(app.state.forms.len(), 1);
    assert_eq!(app.record("C-1"), None);
    app.press("@example.com<f2>");
    assert!(app.record("C-1").is_some());
    app.press("a<f2>");
    assert!(app.picture().contains("cannot be empty"), "{}", app.picture());
}

#[test]
fn defaults_and_refusals_come_from_the_rules() {
    let mut app = app();
    app.say("customer add Parent").say("customer add Child parent=C-1");
    app.press("a");
    assert!(app.picture().contains("(li.wei)"), "{}", app.picture());
    app.press("<esc>").press("gge");
    let parent = app.state.forms[0].entries.iter().position(|entry| entry.slot.code() == "parent").unwrap();
    app.state.forms[0].at = parent;
    app.press("Child<enter>");
    let refused = app.state.forms[0].entries[parent].refused.clone();
    assert!(refused.is_some_and(|(what, _)| what.contains("circle")), "{}", app.picture());
}

#[test]
fn likely_duplicates_are_named_before_saving() {
    let mut app = app();
    app.say("customer add \"Blue Harbor Logistics Ltd\" email=info@harbor.example \"phone=138 0013 8000\"");
    app.say("customer add 上海华盛科技有限公司");
    let named =
        |app: &TestScreen| app.state.forms[0].alike.iter().map(|alike| alike.id.to_string()).collect::<Vec<_>>();
    app.press("aBlue Harbour Logistics");
    assert_eq!(named(&app), ["C-1"]);
    assert!(app.picture().contains("there already? C-1 Blue Harbor Logistics Ltd (Name)"), "{}", app.picture());
    app.press("^u上海华盛科技股份有限公司");
    assert_eq!(named(&app), ["C-2"]);
    app.press("^uSomebody else<tab><tab><tab><tab><tab>+86 13800138000");
    assert_eq!(named(&app), ["C-1"]);
    app.press("^u<tab>INFO@harbor.example");
    assert_eq!(named(&app), ["C-1"]);
}

#[test]
fn an_edit_says_only_what_was_changed_and_several_at_once() {
    let mut app = app();
    app.say("customer add One grade=A city=上海").say("customer add Two grade=B city=上海").say("customer add Three");
    app.press("O <down> <down>e");
    assert_eq!(app.state.forms[0].records, 2, "{}", app.picture());
    assert!(app.picture().contains("(various)"));
    app.press("<tab><tab>c<enter>");
    assert!(app.picture().contains("2 of 2 would change"), "{}", app.picture());
    app.press("<f2>");
    assert!(app.picture().contains("change  grade"), "what changes is seen before: {}", app.picture());
    app.press("n<f2>y");
    let grades = |app: &TestScreen| ["C-1", "C-2", "C-3"].map(|id| app.record(id).unwrap().get(customer::GRADE));
    assert_eq!(grades(&app).iter().filter(|grade| **grade == Some(2)).count(), 2, "{}", app.picture());
    assert_eq!(app.record("C-1").unwrap().get(customer::CITY), Some("上海"));
    app.press("u");
    assert_eq!(grades(&app), [Some(0), Some(1), None]);
}

#[test]
fn a_conflict_is_mine_or_theirs_field_by_field() {
    let mut app = app();
    app.say("customer add Acme grade=A city=Seattle");
    app.press("e<tab><tab>b<enter>");
    // Somebody else changes two fields, one of which stands changed in the form.
    app.say("customer set C-1 grade=C city=Austin");
    app.press("<f2>");
    let picture = app.picture();
    assert!(picture.contains("Somebody else has changed this meanwhile"), "{picture}");
    insta::assert_snapshot!("conflict", picture);
    app.press("<enter>");
    let record = app.record("C-1").unwrap();
    assert_eq!((record.get(customer::GRADE), record.get(customer::CITY)), (Some(1), Some("Austin")));

    app.press("e<tab><tab>d<enter>");
    app.say("customer set C-1 grade=A");
    app.press("<f2>t<enter>");
    assert_eq!(app.record("C-1").unwrap().get(customer::GRADE), Some(0));
    assert_eq!(app.state.forms.len(), 0);

    // What nobody else has touched is no conflict.
    app.press("e<tab><tab>d<enter>");
    app.say("customer set C-1 city=Lyon");
    app.press("<f2>");
    let record = app.record("C-1").unwrap();
    assert_eq!((record.get(customer::GRADE), record.get(customer::CITY)), (Some(3), Some("Lyon")));
}

#[test]
fn a_record_that_is_missing_is_made_on_the_way() {
    let mut app = app();
    app.press("2aYearly<tab>Neuland");
    assert!(app.picture().contains("new customer"), "{}", app.picture());
    app.press("<enter>");
    assert_eq!(app.state.forms.len(), 2);
    app.press("<f2>");
    assert_eq!(app.state.forms.len(), 1);
    app.press("<f2>");
    assert_eq!(app.record("C-1").unwrap().get(customer::NAME), Some("Neuland"));
    assert_eq!(app.record("D-1").unwrap().get(crate::domain::deal::CUSTOMER), Some(1));
}

#[test]
fn a_gesture_is_one_step() {
    let mut app = app();
    app.say("customer add Acme").say("followup add \"Call them\" due=today customer=C-1");
    app.press("ccasked for a quote<enter>fri send quote<enter>");
    assert_eq!(app.state.forms.len(), 0, "{}", app.picture());
    assert!(app.record("A-1").is_some() && app.record("F-2").is_some());
    app.press("u");
    assert!(app.record("A-1").is_none() && app.record("F-2").is_none());
    app.press("3s+3d");
    assert!(app.picture().contains("2026-11-30"), "{}", app.picture());
    app.press("<enter>");
    app.press("xreached her<enter>next mon call again<enter>");
    let done = app.record("F-1").unwrap();
    assert_eq!(done.get(followup::OUTCOME), Some("reached her"));
    let ids = (2..9).filter(|num| app.record(&format!("F-{num}")).is_some()).count();
    assert_eq!(ids, 1, "the next step is planned");
}

#[test]
fn what_was_typed_outlives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let store = || crate::store::Store::in_memory().unwrap();
    let mut first = TestScreen::over(store(), Lang::En, (100, 30), Some(folder.path()));
    first.press("a上海华盛<tab><tab>b<enter>");
    drop(first);
    let mut second = TestScreen::over(store(), Lang::En, (90, 30), Some(folder.path()));
    assert!(second.picture().contains("left unfinished"), "{}", second.picture());
    second.press("gi");
    assert!(second.picture().contains("上海华盛"), "{}", second.picture());
    second.press("<esc>gi<f2>");
    let record = second.record("C-1").unwrap();
    assert_eq!((record.get(customer::NAME), record.get(customer::GRADE)), (Some("上海华盛"), Some(1)));
    assert_eq!(std::fs::read_dir(folder.path().join("drafts")).unwrap().count(), 0);
}

#[test]
fn a_form_that_comes_back_does_not_write_over_what_others_have_changed_since() {
    for known in [true, false] {
        let mut app = app();
        app.say("customer add Acme city=Oslo grade=A");
        app.press("e<tab><tab>b<enter>");
        let at = app.state.forms[0].entries.iter().position(|entry| entry.slot.code() == "city").unwrap();
        app.state.forms[0].entries[at].put("Bergen", "");
        let mut draft = super::Draft::of(&app.state.forms[0]).unwrap();
        if !known {
            // As an earlier version left it.
            let mut text = serde_json::to_value(&draft).unwrap();
            text.as_object_mut().unwrap().remove("bases");
            draft = serde_json::from_value(text).unwrap();
        }
        app.press("<esc>");
        app.say("customer set C-1 city=Rome");
        app.state.opening = Some(Vec::new());
        app.work(vec![Effect::Form(Box::new(FormRequest::Open(draft.ask.clone(), Some(Box::new(draft)))))]);
        app.press("<f2>");
        let conflict = app.state.forms[0].conflict.clone().unwrap();
        let clashes: Vec<_> = conflict
            .rows
            .iter()
            .map(|row| (app.state.forms[0].entries[row.at].slot.code(), row.theirs.as_str()))
            .collect();
        let all = [("grade", "A"), ("city", "Rome")];
        assert_eq!(clashes, if known { &all[1..] } else { &all[..] }, "{}", app.picture());
        assert_eq!(app.record("C-1").unwrap().get(customer::CITY), Some("Rome"));
    }
}

#[test]
fn every_form_that_was_open_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = || crate::store::Store::in_memory().unwrap();
    let mut first = TestScreen::over(store(), Lang::En, (100, 30), Some(folder.path()));
    // A customer is made for the deal that is being entered.
    first.open(FormTarget::add("deal", None));
    first.press("Big order");
    first.open(FormTarget::add("customer", None));
    first.press("上海华盛");
    drop(first);
    let mut second = TestScreen::over(store(), Lang::En, (90, 30), Some(folder.path()));
    assert!(second.picture().contains("2 forms were left unfinished. gi brings them back, first New customer"));
    second.press("gi<f2>");
    assert!(second.record("C-1").is_some());
    second.press("gi");
    assert!(second.picture().contains("Big order"), "{}", second.picture());
    second.press("<esc>gI");
    assert_eq!(std::fs::read_dir(folder.path().join("drafts")).unwrap().count(), 0);
}

#[test]
fn keys_that_come_before_the_form_are_for_it() {
    use crate::tui::{action::Action, route, update::update};
    let mut app = app();
    let mut later = update(&mut app.state, Action::Screen("add", String::new()));
    for c in ['d', 'd'] {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c));
        let action = route::key(&app.state, key);
        later.extend(update(&mut app.state, action));
    }
    app.work(later);
    assert_eq!(app.state.forms[0].entries[0].text(), "dd");
}

#[test]
fn pictures() {
    for (lang, word) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in [(60, 15), (80, 24), (120, 36)] {
            let mut app = TestScreen::new(lang, size);
            for name in HOSTILE {
                let words = ["customer", "add", &format!("name={name}"), "city=上海", "grade=A"].map(str::to_owned);
                app.run(&words);
            }
            app.press("a上海华盛科技股份有限公司<tab><tab><tab><tab><tab><tab>nobody");
            insta::assert_snapshot!(format!("{word}_{}_add", size.0), app.picture());
            app.press("<esc>gg");
            app.press("e<pagedown><tab>");
            insta::assert_snapshot!(format!("{word}_{}_edit", size.0), app.picture());
            app.press("<esc>cc王总问样品何时能到<enter>明天下午3点 发报价");
            insta::assert_snapshot!(format!("{word}_{}_log", size.0), app.picture());
            app.press("<tab>");
            app.press(" ");
            insta::assert_snapshot!(format!("{word}_{}_outcome", size.0), app.picture());
            app.press("<esc><esc>Ad<tab>");
            app.press("e");
            insta::assert_snapshot!(format!("{word}_{}_link", size.0), app.picture());
        }
    }
}

fn keys() -> impl Strategy<Value = String> {
    let named = prop::sample::select(vec![
        "<enter>",
        "<esc>",
        "<tab>",
        "<s-tab>",
        "<up>",
        "<down>",
        "<left>",
        "<right>",
        "<backspace>",
        "<f2>",
        "<pagedown>",
        "^u",
        "^w",
        "^t",
        "^o",
        " ",
        "a",
        "e",
        "cc",
        "f",
        "1",
        "12万",
        "fri ",
        "上海",
        "gi",
        "x@y.zz",
        "\u{301}",
        "y",
    ]);
    prop::collection::vec(named, 0..40).prop_map(|keys| keys.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_keys_are_survived(keys in keys(), wide in 60_u16..130, high in 15_u16..40, kind in 0..BASE.kinds().len()) {
        let mut app = TestScreen::new(Lang::Zh, (wide, high));
        app.say("customer add Acme grade=A");
        app.open(FormTarget::add(BASE.kinds()[kind].noun, None));
        app.press(&keys);
        for form in &app.state.forms {
            prop_assert!(form.at < form.entries.len());
        }
        app.picture();
    }
}
