//! Every place and dialog in every size and both languages, empty and full: what is drawn is kept.

use super::*;
use crate::{text::Lang, tui::tests::picture};

/// All places on one page.
fn album(lang: Lang, size: (u16, u16), fill: StoreContent) -> String {
    let mut page = String::new();
    visit(&mut app(lang, size, fill), |name, state| page.push_str(&format!("== {name}\n{}\n", picture(state))));
    page
}

/// Any change to the screen changes the album; the long run compares it, and any run draws it.
fn check(lang: Lang, size: (u16, u16)) {
    for (fill, word) in [(StoreContent::Nothing, "empty"), (StoreContent::Demo, "full")] {
        let page = album(lang, size, fill);
        if std::env::var_os("CRM_TEST_FULL").is_some() {
            insta::assert_snapshot!(format!("{}_{}_{word}", lang.code(), size.0), page);
        }
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
