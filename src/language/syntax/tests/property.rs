//! What holds for every tree and every text.

use crate::{error::Error, text::Lang};
use proptest::{collection::vec, option, prelude::*};

use super::{super::chars, *};

/// Texts dense in characters that mean something.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c0-9上海]{1,4}",
        r#"[a-b上 \\"“”「」＂:=,、.*~<>≥≠()!（），：＝～-]{0,6}"#,
        "(or|NOT|且|并且|不是|金额大于1|has|no|me|-3d|10k|wait\\.\\.\\.|/x|//y|:z)",
        any::<String>(),
    ]
}

fn lit() -> impl Strategy<Value = Lit> {
    (any_text(), any::<bool>()).prop_map(|(text, quoted)| {
        let quoted = quoted && chars::is_plain(&text);
        Lit { text, quoted, span: Span::default() }
    })
}

fn patterns() -> impl Strategy<Value = Vec<Pattern>> {
    let pattern =
        (lit(), any::<bool>()).prop_map(|(Lit { text, quoted, span }, prefix)| Pattern { text, prefix, quoted, span });
    vec(pattern, 1..4).prop_filter("alone, no text is the test for empty", |patterns| {
        patterns.len() > 1 || patterns[0].prefix || !patterns[0].text.is_empty()
    })
}

fn path() -> impl Strategy<Value = Path> {
    let name = prop_oneof!["[a-z_上][a-z_海0-9-]{0,3}", "(has|no|not|over|or|https)", any_text()]
        .prop_map(|text| Name { text, span: Span::default() });
    vec(name, 1..4).prop_map(Path)
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        patterns().prop_map(Test::Is),
        patterns().prop_map(Test::IsNot),
        lit().prop_map(Test::Contains),
        (lit(), option::of(lit())).prop_map(|(from, to)| Test::Range { from: Some(from), to }),
        lit().prop_map(|to| Test::Range { from: None, to: Some(to) }),
        lit().prop_map(Test::Over),
        lit().prop_map(Test::Under),
        lit().prop_map(Test::After),
        lit().prop_map(Test::Before),
        Just(Test::Set),
        Just(Test::Empty),
    ]
}

fn term() -> impl Strategy<Value = Expr> {
    let span = Span::default();
    prop_oneof![
        (path(), test()).prop_map(move |(path, test)| Expr::Term(Term::Test { path, test, span })),
        any_text()
            .prop_filter("there is something to search for", |text| !text.trim().is_empty())
            .prop_map(move |text| Expr::Term(Term::Words { text, span })),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    term().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| left.and(right)),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| left.or(right)),
            inner.prop_map(Expr::negate),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(expr in expr()) {
        let printed = expr.to_string();
        let read = parse(&printed, &|_| false);
        prop_assert_eq!(read.as_ref(), Ok(&expr), "{}", printed);
    }

    #[test]
    fn a_printed_term_is_also_a_word(term in term()) {
        let printed = term.to_string();
        let read = parse_terms(std::slice::from_ref(&printed), &|_| false);
        prop_assert_eq!(read.as_ref(), Ok(&term), "{}", printed);
    }

    #[test]
    fn no_text_panics(list in vec(any_text(), 0..6), knows in any::<bool>()) {
        let all = list.concat();
        for result in [parse(&all, &|_| knows), parse_terms(&list, &|_| knows)] {
            if let Err(error) = result {
                let range = error.span.range();
                prop_assert!(error.source.get(range).is_some(), "{:?}", error);
                let _ = Error::from(error).message(Lang::Zh);
            }
        }
        let _ = (stray_minus(&all), split_any(&all));
    }

    #[test]
    fn what_is_read_prints_and_reads_back(all in vec(any_text(), 0..6).prop_map(|list| list.join(" "))) {
        if let Ok(expr) = parse(&all, &|_| false) {
            let printed = expr.to_string();
            let read = parse(&printed, &|_| false);
            prop_assert_eq!(read.as_ref(), Ok(&expr), "{}", printed);
        }
    }

    #[test]
    fn carets_can_be_drawn_anywhere(source in any::<String>(), start in 0..40_usize, end in 0..40_usize) {
        let _ = caret(&source, Span { start, end });
    }
}
