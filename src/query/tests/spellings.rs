//! A filter means the same in Chinese, and as it is printed.

use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    asking,
    asks::{Ask, Asked, noun_and_ask},
    naive::back,
    store,
};
use crate::{
    domain::{Kind, schema::BASE},
    query::{
        resolve::{knows, read},
        syntax,
    },
    store::engine::Engine,
};

/// A path by its Chinese labels.
fn labels(path: &str, kind: &'static Kind) -> String {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let (label, next) = match kind.field(name) {
        Some(def) => (def.zh, BASE.target(def)),
        None if name == "id" => ("编号", None),
        None if name == "view" => ("视图", None),
        None => {
            let from = back(name, kind).0;
            (from.zh, Some(from))
        }
    };
    match (rest, next) {
        (Some(rest), Some(next)) => format!("{label}.{}", labels(rest, next)),
        _ => label.to_owned(),
    }
}

/// The filter with Chinese labels, full-width signs and Chinese words between.
fn in_chinese(ask: &Ask, kind: &'static Kind) -> String {
    let join = |asks: &[Ask], word: &str| {
        let parts: Vec<String> = asks.iter().map(|ask| in_chinese(ask, kind)).collect();
        format!("（{}）", parts.join(word))
    };
    let path = |path: &str| labels(path, kind);
    match ask {
        Ask::Compare(name, asked, value) => {
            let sign = match asked {
                Asked::Equal => "：",
                Asked::Not => "！＝",
                Asked::AtLeast => "＞＝",
                Asked::AtMost => "＜＝",
                Asked::Over => "＞",
                Asked::Under => "＜",
            };
            format!("{}{sign}「{value}」", path(name))
        }
        Ask::Between(name, from, to) => format!("{}＝“{from}”..“{to}”", path(name)),
        Ask::Set(name) => format!("{}！＝", path(name)),
        Ask::Empty(name) => format!("{}：", path(name)),
        Ask::Prefix(name, value) => format!("{}：「{value}」*", path(name)),
        Ask::Contains(name, value) => format!("{}～“{value}”", path(name)),
        Ask::Word(word) => format!("「{word}」"),
        Ask::View(None, name, _) => format!("{}：{name}", path("view")),
        Ask::View(Some(link), name, _) => format!("{}：{name}", path(&format!("{link}.view"))),
        Ask::And(asks) => join(asks, " 且 "),
        Ask::Or(asks) => join(asks, "\u{3000}或 "),
        Ask::Not(ask) => format!("非 {}", in_chinese(ask, kind)),
    }
}

#[test]
fn a_filter_means_the_same_in_chinese_and_as_it_is_printed() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let config = ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() };
    let result = TestRunner::new(config).run(&noun_and_ask(), |(noun, ask)| {
        let kind = BASE.named(noun).unwrap();
        let means = |text: &str| {
            let filter = read(text, kind, &asking(reader));
            filter
                .map(|filter| format!("{filter:?}"))
                .map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))
        };
        let meaning = means(&ask.text())?;
        let chinese = in_chinese(&ask, kind);
        prop_assert_eq!(&means(&chinese)?, &meaning, "{} is {}", chinese, ask.text());
        for text in [ask.text(), chinese] {
            let printed = syntax::parse(&text, &|name| knows(kind, name, &BASE)).unwrap().to_string();
            prop_assert_eq!(&means(&printed)?, &meaning, "{} printed as {}", text, printed);
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
