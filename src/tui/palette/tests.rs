//! What a line may become, and what Enter makes of it.

use crate::{
    domain::{RecordId, customer, deal, schema::BASE},
    keymap::Scope,
    text::Lang,
    tui::{keys, line::InputEdit, testing::screen::TestScreen},
};

use super::{FoundRecords, OfferContext, Palette, RecordQuery};

fn with<T>(lang: Lang, what: impl FnOnce(&OfferContext<'_>) -> T) -> T {
    let now = "2026-11-27T06:02:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into();
    let (keymap, history) = (keys::standard(), ["deal list".to_owned(), "deal move D-1 won".to_owned()]);
    let subject = [RecordId::new(deal::ID, 7)];
    what(&OfferContext {
        schema: &BASE,
        lang,
        tz: chrono_tz::Asia::Shanghai,
        now,
        keymap: &keymap,
        subject: &subject,
        history: &history,
    })
}

fn palette(text: &str) -> Palette {
    let mut palette = Palette::new(text, Scope::Board);
    with(Lang::En, |here| palette.find(here));
    palette
}

fn words(text: &str) -> Vec<String> {
    palette(text).offers.into_iter().map(|offer| offer.word).collect()
}

fn first(text: &str) -> String {
    words(text).into_iter().next().unwrap_or_default()
}

#[test]
fn operations_and_actions_are_found_by_a_few_letters() {
    assert_eq!(first("deal mo"), "deal move");
    assert_eq!(first("dmove"), "deal move");
    assert_eq!(first("card w"), "card won");
    assert_eq!(first("undo"), "undo");
    // By what it means, in the language of the reader.
    assert!(words("trash").contains(&"customer rm".to_owned()));
    let zh = with(Lang::Zh, |here| {
        let mut palette = Palette::new("撤销", Scope::Board);
        palette.find(here);
        palette.offers
    });
    assert_eq!((zh[0].word.as_str(), zh[0].keys.as_str()), ("撤销", "u"));
    let shown = palette("deal move").offers.into_iter().next().unwrap();
    assert_eq!((shown.word.as_str(), shown.keys.as_str(), shown.line.as_str()), ("deal move", "L", "deal move D-7 "));
    // Nothing typed shows what was said last, then everything.
    let all = words("");
    assert_eq!(all[0], "deal move D-1 won");
    assert!(all.len() > crate::keymap::ACTIONS.len() + crate::ops::OPS.len());
}

#[test]
fn arguments_are_completed_by_what_they_are() {
    assert_eq!(first("customer add Acme gra"), "grade=");
    assert_eq!(words("customer add Acme grade=b"), ["grade=B"]);
    assert_eq!(first("customer list grade:b"), "grade:B");
    assert_eq!(first("customer list gra"), "grade:");
    assert_eq!(first("followup add Call due=tom"), "due=tomorrow");
    assert_eq!(first("log vi"), "visit");
    assert_eq!(words("customer list --so"), ["--sort"]);
    assert_eq!(words("customer list --dry"), Vec::<String>::new(), "options of every command are left out");
    assert_eq!(words("deal list --whe"), ["--where"]);
    assert_eq!(words("customer add Acme nonsense=1"), Vec::<String>::new());
}

#[test]
fn what_is_listed_for_chinese_words_is_taken_and_run() {
    let in_chinese = |text: &str| {
        with(Lang::Zh, |here| {
            let mut palette = Palette::new(text, Scope::Board);
            palette.find(here);
            palette
        })
    };
    let first = |text: &str| in_chinese(text).offers.into_iter().next().map(|offer| offer.line).unwrap_or_default();
    let meant = |text: &str| format!("{:?}", in_chinese(text).meant(&BASE));
    assert_eq!(first("客户 新"), "客户 新建 ");
    assert_eq!(meant("客户 新"), "Words(\"客户 新\")");
    assert_eq!(meant("商机移"), "Complete(\"商机 移动 D-7 \")");
    assert_eq!(meant("撤"), "Words(\"撤销\")");
    assert_eq!(meant("客户 新建 云帆"), "Words(\"客户 新建 云帆\")");
    assert_eq!(first("客户 新建 云帆 城"), "客户 新建 云帆 城市=");
    assert_eq!(first("客户 新建 云帆 地址"), "客户 新建 云帆 地址=");
    assert_eq!(first("商机 新建 云帆 阶段"), "商机 新建 云帆 阶段=");
    assert_eq!(first("客户 新建 云帆 客户状态=潜"), "客户 新建 云帆 客户状态=潜在");
    assert_eq!(first("客户 列表 级别:A、"), "客户 列表 级别:A、A");
    assert_eq!(first("记录 电"), "记录 电话");
}

#[test]
fn a_chinese_screen_completes_in_chinese_and_finds_both() {
    let offers = |text: &str| {
        with(Lang::Zh, |here| {
            let mut palette = Palette::new(text, Scope::Board);
            palette.find(here);
            palette.offers.into_iter().map(|offer| (offer.line, offer.means)).collect::<Vec<_>>()
        })
    };
    let first = |text: &str| offers(text).into_iter().next().map(|(line, _)| line).unwrap_or_default();
    assert_eq!(first("客户"), "客户 新建 ");
    assert!(offers("客户")[0].1.starts_with("客户：新建"), "{:?}", offers("客户")[0]);
    assert_eq!(first("customer"), "customer add ");
    assert_eq!(first("khxj"), "客户 新建 ");
    assert!(offers("").iter().any(|(line, _)| line == "客户 新建 "));
    // Fields by what they are called, in the language of the command.
    assert_eq!(first("客户 新建 "), "客户 新建 客户名称=");
    assert!(offers("客户 新建 云帆 ").iter().any(|(line, _)| line == "客户 新建 云帆 城市="));
    assert!(offers("客户 新建 城市=杭州 ").iter().all(|(line, _)| !line.ends_with("城市=")));
    assert_eq!(first("客户 新建 chsh"), "客户 新建 城市=");
    assert_eq!(first("客户 列表 "), "客户 列表 客户名称:");
    assert_eq!(first("customer add "), "customer add name=");
    assert_eq!(first("客户 新建 客户状态="), "客户 新建 客户状态=潜在");
}

#[test]
fn people_and_stages_are_put_by_name() {
    let mut line = Palette::new("deal move D-4 商", Scope::Board);
    let stage = crate::domain::stage::ID;
    with(Lang::Zh, |here| {
        let to = RecordQuery { kind: Some(stage), text: "商".to_owned() };
        assert_eq!(line.find(here), Some(to.clone()));
        line.answered(FoundRecords { to, records: vec![(RecordId::new(stage, 4), "商务谈判".to_owned())] }, here);
    });
    assert_eq!(line.offers[0].line, "deal move D-4 商务谈判");
}

#[test]
fn records_are_asked_of_the_store() {
    let mut line = Palette::new("deal move har", Scope::Board);
    let to = RecordQuery { kind: Some(deal::ID), text: "har".to_owned() };
    with(Lang::En, |here| {
        assert_eq!(line.find(here), Some(to.clone()));
        assert_eq!(line.find(here), None, "it was asked for already");
        let records = vec![(RecordId::new(deal::ID, 3), "Harbor crane".to_owned())];
        line.answered(
            FoundRecords { to: RecordQuery { text: "ha".to_owned(), ..to.clone() }, records: records.clone() },
            here,
        );
        assert!(line.offers.iter().all(|offer| offer.word != "D-3"), "a late answer is dropped");
        line.answered(FoundRecords { to, records }, here);
    });
    assert_eq!((line.offers[0].word.as_str(), line.offers[0].means.as_str()), ("D-3", "Harbor crane"));
    let mut line = Palette::new("contact add Ada customer=ac", Scope::Customers);
    let asked = with(Lang::En, |here| line.find(here));
    assert_eq!(asked, Some(RecordQuery { kind: Some(customer::ID), text: "ac".to_owned() }));
}

#[test]
fn offers_take_their_turns_in_the_line() {
    let mut line = palette("customer add Acme grade=");
    let codes: Vec<String> = line.offers.iter().map(|offer| offer.line.clone()).collect();
    for code in codes.iter().chain([&"customer add Acme grade=".to_owned()]) {
        line.cycle(1);
        assert_eq!(line.line.text(), code);
    }
    line.cycle(-1);
    assert_eq!(line.line.text(), codes.last().unwrap());
    let mut line = palette("customer add Acme grade=b");
    assert!(line.cycle(1), "the only one is taken for good");
    assert_eq!((line.line.text(), line.chosen), ("customer add Acme grade=B ", None));
}

#[test]
fn history_goes_back_over_lines_that_begin_alike() {
    let lines = ["undo", "deal list", "deal move D-1 won"].map(str::to_owned);
    let mut line = palette("deal");
    for (by, text) in
        [(1, "deal move D-1 won"), (1, "deal list"), (1, "deal list"), (-1, "deal move D-1 won"), (-1, "deal")]
    {
        line.history(by, &lines);
        assert_eq!(line.line.text(), text);
    }
    line.edit(&InputEdit::DeleteToStart);
    line.history(1, &lines);
    line.history(1, &lines);
    line.history(1, &lines);
    assert_eq!(line.line.text(), "undo");
}

#[test]
fn enter_runs_what_is_meant() {
    let meant = |text: &str| format!("{:?}", palette(text).meant(&BASE));
    assert_eq!(meant(""), "Nothing");
    assert_eq!(meant("120"), "Row(120)");
    assert!(meant("card won").starts_with("Screen(\"card won\""));
    assert!(meant("view open hot").contains("\"view open\", \"hot\""));
    assert_eq!(meant("crm deal move D-7 won"), "Words(\"deal move D-7 won\")");
    // A few letters stand for the best that they find; it is run where nothing is missing from it.
    assert_eq!(meant("dmove"), "Complete(\"deal move D-7 \")");
    assert_eq!(meant("und"), "Words(\"undo\")");
    // What others begin with too, or what only has the letters somewhere, is put into the line to be looked at.
    for text in ["s", "re", "foo", "w"] {
        assert!(meant(text).starts_with("Complete("), "{text}: {}", meant(text));
    }
    assert!(meant("d").starts_with("Complete(\"deal "), "{}", meant("d"));
    // What begins as a command is taken at its word, mistakes and all.
    assert_eq!(meant("deal mvoe D-7"), "Words(\"deal mvoe D-7\")");
}

#[test]
fn what_is_wrong_with_a_line_is_told_once() {
    for size in [(80, 24), (60, 15), (120, 36)] {
        let mut app = TestScreen::new(Lang::En, size);
        app.say("customer add Acme");
        for (keys, told) in
            [(":customer frobnicate C-1<enter>", "frobnicate'"), ("Fgade:A<enter>", "'gade' is not a field")]
        {
            app.press(keys);
            let picture = app.picture();
            let hinted = picture.contains("grade") || keys.starts_with(':');
            assert!(picture.matches(told).count() == 1 && hinted, "{keys}: {picture}");
            app.press("<esc>");
        }
    }
}
