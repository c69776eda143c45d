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

fn rig() -> TestScreen {
    TestScreen::new(Lang::En, (100, 30))
}

/// The fields of a record that a person has filled in.
fn fields(record: &Record) -> Vec<(u16, Vec<u8>)> {
    let kept = [common::CREATED.tag(), common::UPDATED.tag()];
    record.row().raw_fields().filter(|(tag, _)| !kept.contains(tag)).map(|(tag, raw)| (tag, raw.to_vec())).collect()
}

#[test]
fn a_form_saved_is_the_record_that_the_command_line_adds() {
    let mut typed = rig();
    typed.press("a上海华盛科技有限公司<tab>o<enter>b<enter><tab><tab>138 0013 8000, 021-5555 1234<tab>a@b.example");
    typed.press("<tab>key, export<tab>first line<enter>second<tab>");
    assert_eq!(typed.state.forms.len(), 1);
    typed.press("<f2>");
    assert_eq!((typed.state.forms.len(), &typed.state.error), (0, &None));
    let mut said = rig();
    said.say(
        "customer add 上海华盛科技有限公司 type=organization grade=B \"phone=138 0013 8000, 021-5555 1234\" email=a@b.example \
         \"tag=key, export\" \"note=first line\nsecond\"",
    );
    assert_eq!(fields(&typed.record("C-1").unwrap()), fields(&said.record("C-1").unwrap()));
}

#[test]
fn a_list_of_choices_is_left_by_the_keys_of_its_form() {
    let mut rig = rig();
    let text =
        |rig: &TestScreen, code: &str| rig.state.forms[0].field(code).map(|entry| entry.text().to_owned()).unwrap();
    // What is under the cursor is taken, and what is typed next is for the next field.
    rig.press("aAcme<tab>o<tab>b<tab>");
    assert_eq!((rig.state.picker.is_none(), rig.state.forms[0].at), (true, 3), "{}", rig.picture());
    assert_eq!([text(&rig, "type"), text(&rig, "grade")], ["organization", "B"]);
    rig.press("<s-tab>a<s-tab>");
    assert_eq!((rig.state.forms[0].at, text(&rig, "grade").as_str()), (1, "A"));
    // What is not there is not made on the way.
    rig.press("<tab>zzz<tab>");
    assert_eq!((rig.state.picker.is_some(), rig.state.error.as_ref()), (true, None));
    rig.press("^ub^o");
    assert_eq!((rig.state.forms.len(), rig.state.error.as_ref()), (0, None), "{}", rig.picture());
    assert_eq!(rig.record("C-1").unwrap().get(customer::GRADE), Some(1));
}

#[test]
fn people_are_picked_by_pinyin_and_login() {
    let mut rig = TestScreen::new(Lang::Zh, (100, 30));
    rig.say("user add 王芳 login=wang.fang").say("user add 李娜 login=lei.min");
    for (typed, name) in [("wf", "王芳"), ("lina", "李娜"), ("lei", "李娜")] {
        rig.press(&format!("a云帆<tab><tab><tab><tab>{typed}<tab>"));
        let owner = rig.state.forms[0].field("owner").unwrap();
        assert_eq!(owner.called, name, "{typed}: {}", rig.picture());
        rig.press("<esc>");
    }
}

#[test]
fn dates_money_and_links_mean_what_they_mean_elsewhere() {
    let mut rig = rig();
    rig.say("customer add Blue Harbor").say("customer add 张三");
    rig.press("Ad年度框架协议<tab><tab><tab>12万<tab>fri<tab>");
    let picture = rig.picture();
    assert!(picture.contains("= ¥120,000") && picture.contains("= Fri 2026-12-04, in 7 days"), "{picture}");
    rig.press("<tab>prop<enter>^o");
    let deal = rig.record("D-1").unwrap();
    rig.say("deal add 年度框架协议 customer=C-2 amount=12万 expected_close=fri stage=proposal");
    assert_eq!(fields(&deal), fields(&rig.record("D-2").unwrap()));
}

#[test]
fn what_is_put_off_takes_lengths_as_the_command_does() {
    let mut rig = rig();
    for (number, text) in ["三天", "半小时", "下周一"].into_iter().enumerate() {
        rig.say("followup add 对账 due=today").say("followup add 对账 due=today");
        let id = |more: usize| format!("F-{}", 2 * number + more);
        let record = RecordId::parse(&id(1), None).unwrap();
        rig.open(FormTarget::gesture("snooze", &[record]));
        rig.press(text);
        assert!(!rig.picture().contains("is a length"), "{}", rig.picture());
        rig.press("^o");
        assert_eq!((rig.state.forms.len(), &rig.state.error), (0, &None), "{text}");
        rig.say(&format!("followup snooze {} {text}", id(2)));
        let due = |id: String| rig.record(&id).unwrap().get(followup::DUE);
        assert_eq!(due(id(1)), due(id(2)), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_while_it_is_typed_and_not_saved() {
    let mut rig = rig();
    rig.press("aAcme<tab><tab><tab><tab><tab><tab>nobody");
    assert!(rig.picture().contains("is not an e-mail address"), "{}", rig.picture());
    rig.press("<f2>");
    assert_eq!(rig.state.forms.len(), 1);
    assert_eq!(rig.record("C-1"), None);
    rig.press("@example.com<f2>");
    assert!(rig.record("C-1").is_some());
    rig.press("a<f2>");
    assert!(rig.picture().contains("cannot be empty"), "{}", rig.picture());
}

#[test]
fn defaults_and_refusals_come_from_the_rules() {
    let mut rig = rig();
    rig.say("customer add Parent").say("customer add Child parent=C-1");
    rig.press("a");
    assert!(rig.picture().contains("(li.wei)"), "{}", rig.picture());
    rig.press("<esc>").press("gge");
    let parent = rig.state.forms[0].entries.iter().position(|entry| entry.slot.code() == "parent").unwrap();
    rig.state.forms[0].at = parent;
    rig.press("Child<enter>");
    let refused = rig.state.forms[0].entries[parent].refused.clone();
    assert!(refused.is_some_and(|(what, _)| what.contains("circle")), "{}", rig.picture());
}

#[test]
fn likely_duplicates_are_named_before_saving() {
    let mut rig = rig();
    rig.say("customer add \"Blue Harbor Logistics Ltd\" email=info@harbor.example \"phone=138 0013 8000\"");
    rig.say("customer add 上海华盛科技有限公司");
    let named =
        |rig: &TestScreen| rig.state.forms[0].alike.iter().map(|alike| alike.id.to_string()).collect::<Vec<_>>();
    rig.press("aBlue Harbour Logistics");
    assert_eq!(named(&rig), ["C-1"]);
    assert!(rig.picture().contains("there already? C-1 Blue Harbor Logistics Ltd (Name)"), "{}", rig.picture());
    rig.press("^u上海华盛科技股份有限公司");
    assert_eq!(named(&rig), ["C-2"]);
    rig.press("^uSomebody else<tab><tab><tab><tab><tab>+86 13800138000");
    assert_eq!(named(&rig), ["C-1"]);
    rig.press("^u<tab>INFO@harbor.example");
    assert_eq!(named(&rig), ["C-1"]);
}

#[test]
fn an_edit_says_only_what_was_changed_and_several_at_once() {
    let mut rig = rig();
    rig.say("customer add One grade=A city=上海").say("customer add Two grade=B city=上海").say("customer add Three");
    rig.press("O <down> <down>e");
    assert_eq!(rig.state.forms[0].records, 2, "{}", rig.picture());
    assert!(rig.picture().contains("(various)"));
    rig.press("<tab><tab>c<enter>");
    assert!(rig.picture().contains("2 of 2 would change"), "{}", rig.picture());
    rig.press("<f2>");
    assert!(rig.picture().contains("change  grade"), "what changes is seen before: {}", rig.picture());
    rig.press("n<f2>y");
    let grades = |rig: &TestScreen| ["C-1", "C-2", "C-3"].map(|id| rig.record(id).unwrap().get(customer::GRADE));
    assert_eq!(grades(&rig).iter().filter(|grade| **grade == Some(2)).count(), 2, "{}", rig.picture());
    assert_eq!(rig.record("C-1").unwrap().get(customer::CITY), Some("上海"));
    rig.press("u");
    assert_eq!(grades(&rig), [Some(0), Some(1), None]);
}

#[test]
fn a_conflict_is_mine_or_theirs_field_by_field() {
    let mut rig = rig();
    rig.say("customer add Acme grade=A city=Seattle");
    rig.press("e<tab><tab>b<enter>");
    // Somebody else changes two fields, one of which stands changed in the form.
    rig.say("customer set C-1 grade=C city=Austin");
    rig.press("<f2>");
    let picture = rig.picture();
    assert!(picture.contains("Somebody else has changed this meanwhile"), "{picture}");
    insta::assert_snapshot!("conflict", picture);
    rig.press("<enter>");
    let record = rig.record("C-1").unwrap();
    assert_eq!((record.get(customer::GRADE), record.get(customer::CITY)), (Some(1), Some("Austin")));

    rig.press("e<tab><tab>d<enter>");
    rig.say("customer set C-1 grade=A");
    rig.press("<f2>t<enter>");
    assert_eq!(rig.record("C-1").unwrap().get(customer::GRADE), Some(0));
    assert_eq!(rig.state.forms.len(), 0);

    // What nobody else has touched is no conflict.
    rig.press("e<tab><tab>d<enter>");
    rig.say("customer set C-1 city=Lyon");
    rig.press("<f2>");
    let record = rig.record("C-1").unwrap();
    assert_eq!((record.get(customer::GRADE), record.get(customer::CITY)), (Some(3), Some("Lyon")));
}

#[test]
fn a_record_that_is_missing_is_made_on_the_way() {
    let mut rig = rig();
    rig.press("2aYearly<tab>Neuland");
    assert!(rig.picture().contains("new customer"), "{}", rig.picture());
    rig.press("<enter>");
    assert_eq!(rig.state.forms.len(), 2);
    rig.press("<f2>");
    assert_eq!(rig.state.forms.len(), 1);
    rig.press("<f2>");
    assert_eq!(rig.record("C-1").unwrap().get(customer::NAME), Some("Neuland"));
    assert_eq!(rig.record("D-1").unwrap().get(crate::domain::deal::CUSTOMER), Some(1));
}

#[test]
fn a_gesture_is_one_step() {
    let mut rig = rig();
    rig.say("customer add Acme").say("followup add \"Call them\" due=today customer=C-1");
    rig.press("ccasked for a quote<enter>fri send quote<enter>");
    assert_eq!(rig.state.forms.len(), 0, "{}", rig.picture());
    assert!(rig.record("A-1").is_some() && rig.record("F-2").is_some());
    rig.press("u");
    assert!(rig.record("A-1").is_none() && rig.record("F-2").is_none());
    rig.press("3s+3d");
    assert!(rig.picture().contains("2026-11-30"), "{}", rig.picture());
    rig.press("<enter>");
    rig.press("xreached her<enter>next mon call again<enter>");
    let done = rig.record("F-1").unwrap();
    assert_eq!(done.get(followup::OUTCOME), Some("reached her"));
    let ids = (2..9).filter(|num| rig.record(&format!("F-{num}")).is_some()).count();
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
        let mut rig = rig();
        rig.say("customer add Acme city=Oslo grade=A");
        rig.press("e<tab><tab>b<enter>");
        let at = rig.state.forms[0].entries.iter().position(|entry| entry.slot.code() == "city").unwrap();
        rig.state.forms[0].entries[at].put("Bergen", "");
        let mut draft = super::Draft::of(&rig.state.forms[0]).unwrap();
        if !known {
            // As an earlier version left it.
            let mut text = serde_json::to_value(&draft).unwrap();
            text.as_object_mut().unwrap().remove("bases");
            draft = serde_json::from_value(text).unwrap();
        }
        rig.press("<esc>");
        rig.say("customer set C-1 city=Rome");
        rig.state.opening = Some(Vec::new());
        rig.work(vec![Effect::Form(Box::new(FormRequest::Open(draft.ask.clone(), Some(Box::new(draft)))))]);
        rig.press("<f2>");
        let conflict = rig.state.forms[0].conflict.clone().unwrap();
        let clashes: Vec<_> = conflict
            .rows
            .iter()
            .map(|row| (rig.state.forms[0].entries[row.at].slot.code(), row.theirs.as_str()))
            .collect();
        let all = [("grade", "A"), ("city", "Rome")];
        assert_eq!(clashes, if known { &all[1..] } else { &all[..] }, "{}", rig.picture());
        assert_eq!(rig.record("C-1").unwrap().get(customer::CITY), Some("Rome"));
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
    let mut rig = rig();
    let mut later = update(&mut rig.state, Action::Screen("add", String::new()));
    for c in ['d', 'd'] {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c));
        let action = route::key(&rig.state, key);
        later.extend(update(&mut rig.state, action));
    }
    rig.work(later);
    assert_eq!(rig.state.forms[0].entries[0].text(), "dd");
}

#[test]
fn pictures() {
    for (lang, word) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in [(60, 15), (80, 24), (120, 36)] {
            let mut rig = TestScreen::new(lang, size);
            for name in HOSTILE {
                let words = ["customer", "add", &format!("name={name}"), "city=上海", "grade=A"].map(str::to_owned);
                rig.run(&words);
            }
            rig.press("a上海华盛科技股份有限公司<tab><tab><tab><tab><tab><tab>nobody");
            insta::assert_snapshot!(format!("{word}_{}_add", size.0), rig.picture());
            rig.press("<esc>gg");
            rig.press("e<pagedown><tab>");
            insta::assert_snapshot!(format!("{word}_{}_edit", size.0), rig.picture());
            rig.press("<esc>cc王总问样品何时能到<enter>明天下午3点 发报价");
            insta::assert_snapshot!(format!("{word}_{}_log", size.0), rig.picture());
            rig.press("<tab>");
            rig.press(" ");
            insta::assert_snapshot!(format!("{word}_{}_outcome", size.0), rig.picture());
            rig.press("<esc><esc>Ad<tab>");
            rig.press("e");
            insta::assert_snapshot!(format!("{word}_{}_link", size.0), rig.picture());
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
        let mut rig = TestScreen::new(Lang::Zh, (wide, high));
        rig.say("customer add Acme grade=A");
        rig.open(FormTarget::add(BASE.kinds()[kind].noun, None));
        rig.press(&keys);
        for form in &rig.state.forms {
            prop_assert!(form.at < form.entries.len());
        }
        rig.picture();
    }
}
