//! Every spelling of a filter, in ASCII, full-width and Chinese, is the one tree, and that prints as one filter.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{super::chars, *};

/// A part of a filter, and one way to write it.
#[derive(Debug, Clone)]
struct Spelled<T> {
    means: T,
    text: String,
}

fn spelled<T>(means: T, text: impl Into<String>) -> Spelled<T> {
    Spelled { means, text: text.into() }
}

/// In one of the pairs of quotes that can hold the text.
fn quoted(text: &str, pair: usize) -> String {
    match pair {
        0 if !text.contains(['“', '”']) => format!("“{text}”"),
        1 if !text.contains(['「', '」']) => format!("「{text}」"),
        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// Names of fields, known and not; those that look like something else stand in quotes.
fn name() -> impl Strategy<Value = Spelled<Name>> {
    let names = &["grade", "GRADE", "城市", "E-mail", "国家/地区", "view", "foo_1", "Created by", "has", "not", "a.b"];
    (select(&names[..]), 0..3_usize, any::<bool>()).prop_map(|(text, pair, bare)| {
        let name = Name { text: text.to_owned(), span: Span::default() };
        let plain = chars::is_name(text) && chars::suffix(text).is_none() && chars::presence(text).is_none();
        spelled(name, if bare && plain { text.to_owned() } else { quoted(text, pair) })
    })
}

fn path() -> impl Strategy<Value = Spelled<Path>> {
    vec(name(), 1..4).prop_map(|names| {
        let text = names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        spelled(Path(names.into_iter().map(|name| name.means).collect()), text)
    })
}

fn lit() -> impl Strategy<Value = Spelled<Lit>> {
    let texts = &[
        "A",
        "me",
        "上海",
        "10k",
        "-30d",
        "2026-q1",
        "+86 138",
        "3万",
        "明天下午3点",
        "x,y",
        "a..b",
        "ac*",
        "wait...",
        "it's",
        "a \"b\" \\c",
        "“x”",
        "「y」",
        "(z",
        "：",
        "or",
        "",
    ];
    (select(&texts[..]), 0..3_usize, any::<bool>()).prop_map(|(text, pair, bare)| {
        let plain = chars::is_plain(text);
        let lit = Lit { text: text.to_owned(), quoted: plain && !bare, span: Span::default() };
        spelled(lit, if bare && plain { text.to_owned() } else { quoted(text, pair) })
    })
}

/// Values to be equal to, and whether the last one leaves the end open for a `*`.
fn patterns() -> impl Strategy<Value = Spelled<Vec<Pattern>>> {
    let pattern = (lit(), any::<bool>()).prop_map(|(lit, prefix)| {
        let Lit { text, quoted, span } = lit.means;
        spelled(Pattern { text, prefix, quoted, span }, if prefix { lit.text + "*" } else { lit.text })
    });
    (vec(pattern, 1..4), select(vec![",", "，"])).prop_filter_map(
        "alone, no text is the test for empty",
        |(all, comma)| {
            let alone = all.len() == 1 && !all[0].means.prefix && all[0].means.text.is_empty();
            let text = all.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(comma);
            (!alone).then(|| spelled(all.into_iter().map(|one| one.means).collect(), text))
        },
    )
}

fn is() -> impl Strategy<Value = &'static str> {
    select(vec![":", "=", "==", "：", "＝", "＝＝"])
}

/// The signs of a comparison, one of which is the suffix of a name.
fn signs(signs: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(signs)
}

/// What stands behind a path.
fn test() -> impl Strategy<Value = Spelled<Test>> {
    fn one(signs: &'static [&'static str], make: fn(Lit) -> Test) -> impl Strategy<Value = Spelled<Test>> {
        (select(signs), lit()).prop_map(move |(sign, lit)| spelled(make(lit.means), format!("{sign}{}", lit.text)))
    }
    let range = (is(), proptest::option::of(lit()), proptest::option::of(lit())).prop_filter_map(
        "one end at least",
        |(is, from, to)| {
            let text = |lit: &Option<Spelled<Lit>>| lit.as_ref().map_or(String::new(), |lit| lit.text.clone());
            let text = format!("{is}{}..{}", text(&from), text(&to));
            let (from, to) = (from.map(|lit| lit.means), to.map(|lit| lit.means));
            (from.is_some() || to.is_some()).then(|| spelled(Test::Range { from, to }, text))
        },
    );
    prop_oneof![
        3 => (is(), patterns()).prop_map(|(is, all)| spelled(Test::Is(all.means), format!("{is}{}", all.text))),
        2 => (signs(&["!=", "！＝", "！=", "≠", ".not:", ".not=", ".NOT：", ".not＝"]), patterns())
            .prop_map(|(sign, all)| spelled(Test::IsNot(all.means), format!("{sign}{}", all.text))),
        2 => range,
        1 => one(&["~", "～", ".has:", ".HAS：", ".has="], Test::Contains),
        1 => one(&[">", "＞", ":>", "：＞", ".over:", ".Over＝"], Test::Over),
        1 => one(&["<", "＜", ":<", "：＜", ".under:", ".under："], Test::Under),
        1 => one(&[".after:", ".AFTER：", ".after="], Test::After),
        1 => one(&[".before:", ".before：", ".Before="], Test::Before),
        1 => one(&[">=", "＞＝", "＞=", ":>=", "：＞＝", "≥", "：≥", "≧"], |lit| Test::Range { from: Some(lit), to: None }),
        1 => one(&["<=", "＜＝", "<＝", ":<=", "：＜＝", "≤", ":≤", "≦"], |lit| Test::Range { from: None, to: Some(lit) }),
        1 => signs(&[":*", "：*", "!=", "！＝", ".not:", ".not:\"\""]).prop_map(|text| spelled(Test::Set, text)),
        1 => signs(&[":", "：", "=", ":\"\"", "：“”", "=「」", ".not:*"]).prop_map(|text| spelled(Test::Empty, text)),
    ]
}

fn term() -> impl Strategy<Value = Spelled<Expr>> {
    let span = Span::default();
    let term = move |path, test| Expr::Term(Term::Test { path, test, span });
    let presence = (any::<bool>(), select(vec![":", "：", "="]), path()).prop_map(move |(set, sign, path)| {
        let text = format!("{}{sign}{}", if set { "has" } else { "No" }, path.text);
        spelled(term(path.means, if set { Test::Set } else { Test::Empty }), text)
    });
    let words = (select(vec!["harbor", "张三", "blue star", "or", "非", "C++", "a:b"]), 0..3_usize).prop_map(
        move |(text, pair)| {
            let words = Expr::Term(Term::Words { text: text.to_owned(), span });
            let bare = pair == 0 && matches!(text, "harbor" | "张三" | "C++");
            spelled(words, if bare { text.to_owned() } else { quoted(text, pair) })
        },
    );
    prop_oneof![
        6 => (path(), test()).prop_map(move |(path, test)| {
            spelled(term(path.means, test.means), format!("{}{}", path.text, test.text))
        }),
        1 => presence,
        1 => words,
    ]
}

/// In parentheses where the tree needs them, or for nothing.
fn inside(part: Spelled<Expr>, needed: bool, more: bool, wide: bool) -> Spelled<Expr> {
    let text = match (needed || more, wide) {
        (false, _) => part.text,
        (true, false) => format!("({})", part.text),
        (true, true) => format!("（ {}）", part.text),
    };
    Spelled { text, ..part }
}

fn filter() -> impl Strategy<Value = Spelled<Expr>> {
    term().prop_recursive(4, 24, 4, |inner| {
        let two = || (inner.clone(), inner.clone(), any::<(bool, bool)>());
        let is_or = |expr: &Expr| matches!(expr, Expr::Or(_));
        let and = (two(), select(vec![" ", "\u{3000}", " and ", " AND ", " 且 ", " 与 ", " 并且 ", " 而且 ", " 和 "]))
            .prop_map(move |((left, right, (more, wide)), word)| {
                let needed = (is_or(&left.means), is_or(&right.means));
                let (left, right) = (inside(left, needed.0, more, wide), inside(right, needed.1, false, wide));
                spelled(left.means.and(right.means), format!("{}{word}{}", left.text, right.text))
            });
        let or = (two(), select(vec![" or ", " OR ", " 或 ", "\u{3000}或者\u{3000}"])).prop_map(
            move |((left, right, (more, wide)), word)| {
                let (left, right) = (inside(left, false, more, wide), inside(right, false, !more, wide));
                spelled(left.means.or(right.means), format!("{}{word}{}", left.text, right.text))
            },
        );
        let not =
            (inner.clone(), select(vec!["not ", "NOT ", "非 ", "不是 ", "不 ", "-", "－"]), any::<(bool, bool)>())
                .prop_map(|(part, word, (more, wide))| {
                    let needed = matches!(part.means, Expr::And(_) | Expr::Or(_));
                    let part = inside(part, needed, more, wide);
                    spelled(part.means.negate(), format!("{word}{}", part.text))
                });
        prop_oneof![3 => and, 3 => or, 2 => not]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_is_the_tree_and_prints_as_one(filter in filter()) {
        let read = parse(&filter.text, &known);
        prop_assert_eq!(read.as_ref(), Ok(&filter.means), "{}", filter.text);
        let printed = filter.means.to_string();
        let again = parse(&printed, &known);
        prop_assert_eq!(again.as_ref(), Ok(&filter.means), "{} printed as {}", filter.text, printed);
        prop_assert_eq!(again.map(|expr| expr.to_string()), Ok(printed));
    }
}
