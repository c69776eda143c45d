//! Filters: nothing makes the parser panic, and what it prints reads back as the same filter, as one string and as
//! words of a command line. What parses is then given its meaning, for every kind of record.
#![no_main]

use std::cell::OnceCell;

use chrono::{DateTime, Weekday};
use chrono_tz::Asia::Shanghai;
use crm::{domain::{schema::BASE, words::money::Currency}, query::{plan, resolve::{self, QueryContext}, syntax}, store::Store, text::Lang};
use libfuzzer_sys::{Corpus, fuzz_target};

thread_local! {
    static STORE: OnceCell<Store> = const { OnceCell::new() };
}

fuzz_target!(|input: (u8, &str)| -> Corpus {
    let (which, text) = input;
    let kind = BASE.kinds()[usize::from(which) % BASE.kinds().len()];
    let known = |name: &str| resolve::knows(kind, name, &BASE);
    let words: Vec<String> = text.split('\n').map(str::to_owned).collect();
    if let Ok(expr) = syntax::parse_terms(&words, &known) {
        let printed = expr.to_string();
        assert_eq!(syntax::parse(&printed, &known).as_ref(), Ok(&expr), "words {words:?} print as {printed:?}");
    }
    let Ok(expr) = syntax::parse(text, &known) else { return Corpus::Keep };
    let printed = expr.to_string();
    assert_eq!(syntax::parse(&printed, &known).as_ref(), Ok(&expr), "{text:?} prints as {printed:?}");
    STORE.with(|store| {
        let store = store.get_or_init(|| Store::in_memory().unwrap());
        let snapshot = store.snapshot().unwrap();
        let reader = snapshot.reader();
        let asking = QueryContext {
            now: DateTime::from_timestamp(1_772_000_000, 0).unwrap(),
            tz: Shanghai,
            week_start: Weekday::Mon,
            currency: Currency::CNY,
            me: Some(1),
            lang: Lang::En,
            heard: None,
            reader,
        };
        let meant = resolve::resolve(&expr, text, kind, &asking);
        let again = resolve::read(&printed, kind, &asking);
        assert_eq!(meant.is_ok(), again.is_ok(), "{text:?} and {printed:?} do not mean the same");
        if let Ok(filter) = meant {
            assert!(plan::numbers(&reader, &filter).unwrap().is_empty(), "there is nothing in this store");
        }
    });
    Corpus::Keep
});
