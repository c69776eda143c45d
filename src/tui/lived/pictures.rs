//! Every place and dialog in every size and both languages, empty and full: what is drawn is kept.

use super::*;
use crate::tui::tests::picture;

/// All places on one page.
fn album(lang: Lang, size: (u16, u16), fill: Fill) -> String {
    let mut page = String::new();
    let mut lived = Lived::new(lang, size, fill);
    let start = lived.state.clone();
    let mut show = |name: &str, lived: &Lived| {
        page.push_str(&format!("== {name}\n{}\n", picture(&lived.state)));
    };
    for (name, keys) in PLACES {
        lived.state.clone_from(&start);
        lived.keys(keys);
        show(name, &lived);
        // What was changed is taken back, so that each page begins alike.
        lived.undo(keys);
    }
    page
}

/// The whole album takes a minute, and any change to the screen changes it; the long run compares it.
fn check(lang: Lang, size: (u16, u16)) {
    if std::env::var_os("CRM_TEST_FULL").is_none() {
        return;
    }
    for (fill, word) in [(Fill::Nothing, "empty"), (Fill::Demo, "full")] {
        let page = album(lang, size, fill);
        insta::assert_snapshot!(format!("{}_{}_{word}", lang.code(), size.0), page);
    }
}

#[test]
fn en_80() {
    check(Lang::En, (80, 24));
}

#[test]
fn en_120() {
    check(Lang::En, (120, 36));
}

#[test]
fn en_200() {
    check(Lang::En, (200, 50));
}

#[test]
fn zh_80() {
    check(Lang::Zh, (80, 24));
}

#[test]
fn zh_120() {
    check(Lang::Zh, (120, 36));
}

#[test]
fn zh_200() {
    check(Lang::Zh, (200, 50));
}
