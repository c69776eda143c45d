//! Numbers, amounts and telephones: no text makes a reader panic, and what is read is printed so that it reads back as
//! the same.
#![no_main]

use crm::{
    domain::words::{
        money::{Currency, Money},
        number, phone,
    },
    text::Lang,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(found) = number::parse(text) {
        assert_eq!(number::parse(&found.to_string()).ok(), Some(found), "{text:?}");
    }
    if let Ok(found) = number::parse_whole(text) {
        assert_eq!(number::parse_whole(&found.to_string()).ok(), Some(found), "{text:?}");
    }
    if let Ok(found) = number::percent(text, None) {
        assert_eq!(number::percent(&found.to_string(), None).ok(), Some(found), "{text:?}");
    }
    for default in [Currency::CNY, Currency::USD] {
        let Ok(money) = Money::parse(text, default) else { continue };
        let printed = money.to_string();
        assert_eq!(Money::parse(&printed, default).ok(), Some(money), "{text:?} prints as {printed:?}");
        let full = money.full();
        assert_eq!(Money::parse(&full, Currency::USD).ok(), Some(money), "{text:?} prints as {full:?}");
        // What is rounded is read as what it says.
        for lang in [Lang::En, Lang::Zh] {
            let printed = money.brief(lang);
            let again = Money::parse(&printed, Currency::USD).ok().map(|money| money.brief(lang));
            assert_eq!(again.as_ref(), Some(&printed), "{text:?}");
        }
    }
    if let Some(normal) = phone::normalize(text) {
        assert_eq!(phone::normalize(&normal).as_deref(), Some(normal.as_str()), "{text:?}");
        // A text with a number and something else in it is read by its pieces.
        if matches!(phone::pieces(text).as_slice(), [piece] if piece.number == text.trim()) {
            assert!(phone::same(text, &normal), "{text:?} is {normal:?}");
        }
    }
    let _ = phone::split_label(text);
});
