//! What a field offers while it is typed in.

use super::{RecordQuery, look};
use crate::{
    domain::{common, customer},
    text::Lang,
    tui::{picker::Source, testing::screen::TestScreen},
};

fn app() -> TestScreen {
    TestScreen::new(Lang::En, (100, 30))
}

/// The ids that a picker offers.
fn offered(app: &TestScreen, typed: &str, source: Source) -> Vec<String> {
    let snapshot = app.thread.store.snapshot().unwrap();
    let looked = RecordQuery { typed: typed.to_owned(), source };
    let found = look(snapshot.reader(), &app.thread.context(), &looked).unwrap();
    found.into_iter().map(|choice| choice.value).collect()
}

#[test]
fn a_link_is_found_as_find_ranks_it_however_many_hold_what_is_typed() {
    let mut app = app();
    app.say("customer add 张三");
    for at in 0..230 {
        app.say(&format!("customer add \"Works {at} of zs\""));
    }
    for (typed, first) in
        [("张", "C-1"), ("zhangsan", "C-1"), ("C-7", "C-7"), ("", "C-231"), ("works 0", "C-2"), ("zhang san", "C-1")]
    {
        let offered = offered(&app, typed, Source::of("customer"));
        assert!(offered.len() <= 20 && offered.first().map(String::as_str) == Some(first), "{typed}: {offered:?}");
    }
    assert!(offered(&app, "张三", Source::of("customer")).contains(&"C-1".to_owned()));
    // Contacts of the customer that the form names, and those of none.
    app.say("contact add Ann customer=C-1").say("contact add Anna customer=C-2").say("contact add Anne");
    let of = Source { filter: "customer:C-1 or no:customer".to_owned(), ..Source::of("contact") };
    assert_eq!(offered(&app, "an", of.clone()), ["P-1", "P-3"]);
    assert_eq!(offered(&app, "", of), ["P-3", "P-1"]);
}

#[test]
fn a_ticket_is_merged_into_any_open_one_those_of_its_customer_first() {
    let mut app = app();
    app.say("customer add Acme");
    app.say("ticket add \"Old one\" customer=C-1").say("ticket add Solved customer=C-1").say("ticket resolve T-2");
    for at in 3..250 {
        app.say(&format!("ticket add \"Broken {at}\" priority=urgent"));
    }
    app.say("ticket add Again customer=C-1 priority=low");
    app.press("4G");
    assert_eq!(app.state.here().map(|id| id.to_string()).as_deref(), Some("T-250"));
    app.press("+");
    let picture = app.picture();
    assert!(
        picture.find("Old one").unwrap() < picture.find("Broken 249").unwrap() && !picture.contains("Solved"),
        "{picture}"
    );
    app.press("broken 3<enter>");
    let merged = app.record("T-250").unwrap().get(crate::domain::ticket::MERGED_INTO);
    assert!(app.state.question.is_some() || merged.is_some(), "{}", app.picture());
}

#[test]
fn a_tag_that_is_in_use_elsewhere_is_offered_while_it_is_typed() {
    let mut app = app();
    app.say("customer add A tag=VIP,export").say("customer add B \"tag=vip,展会,key account\"");
    let known = || {
        let snapshot = app.thread.store.snapshot().unwrap();
        super::known::known(&snapshot.reader(), &customer::KIND, &common::TAG.def(), Lang::En).unwrap()
    };
    assert_eq!(known(), ["export", "key account", "VIP", "展会"]);
    app.press("aC<tab><tab><tab><tab><tab><tab><tab>v");
    assert!(app.picture().contains("in use: VIP   → completes"), "{}", app.picture());
    app.press("<right>,zh");
    assert!(app.picture().contains("in use: 展会"), "by its sound\n{}", app.picture());
    app.press("<right>,k<right>, v");
    assert!(!app.picture().contains("in use: VIP"), "it stands there\n{}", app.picture());
    app.press("<backspace><backspace><left><right><f2>");
    let tags = crate::domain::view::texts(app.record("C-3").unwrap().get(common::TAG));
    assert_eq!(tags, ["VIP", "展会", "key account"]);
}

#[test]
fn what_a_definition_gives_a_new_record_stands_in_its_form() {
    let mut app = app();
    app.say("field set customer.city default=Oslo help=\"where they sit\"").say("field set customer.grade default=B");
    app.press("aC");
    let form = app.picture();
    assert!(form.contains("(Oslo)") || form.contains("(B)"), "{form}");
}
