//! Reading and printing.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    domain::deal,
    language::syntax::{self, Name, Path, Span},
    text::Lang,
};

const SPAN: Span = Span { start: 0, end: 0 };

fn read(text: &str) -> Result<Tree, syntax::SyntaxError> {
    parse(text, &|_, _| false)
}

/// What a text is read as, with parentheses around every operation.
fn shape(text: &str) -> String {
    fn write(tree: &Tree) -> String {
        match tree {
            Tree::Binary { op, left, right, .. } => format!("({} {} {})", write(left), op.sign(), write(right)),
            Tree::Prefix { op: Prefix::Minus, of, .. } => format!("(- {})", write(of)),
            Tree::Prefix { op: Prefix::Not, of, .. } => format!("(not {})", write(of)),
            Tree::Call { name, args, clause, .. } => {
                let args: Vec<String> = args.iter().map(write).collect();
                let clause = clause.as_ref().map_or(String::new(), |clause| format!(" where {}", clause.filter));
                format!("{}[{}{clause}]", name.text, args.join(" "))
            }
            leaf => leaf.to_string(),
        }
    }
    write(&read(text).unwrap_or_else(|error| panic!("{text}: {error:?}")))
}

#[test]
fn signs_bind_as_in_arithmetic() {
    for (text, expected) in [
        ("quantity * price * (1 - discount)", "((quantity * price) * (1 - discount))"),
        ("a - b - c", "((a - b) - c)"),
        ("a+b*c", "(a + (b * c))"),
        ("owner = U-7", "(owner = U-7)"),
        ("due-2d-C-7a", "(((due - 2d) - C) - 7a)"),
        ("a－b×c÷d", "(a - ((b * c) / d))"),
        ("-a * b", "((- a) * b)"),
        ("a - -3万", "(a - (- 3万))"),
        ("not a = b and c or d", "(((not (a = b)) and c) or d)"),
        ("非 a 且 b 或 c", "(((not a) and b) or c)"),
        ("a ≥ 10k", "(a >= 10k)"),
        ("a != b", "(a != b)"),
        ("如果（客户.级别＝A，5％，0%）", "如果[(客户.级别 = A) 5％ 0%]"),
        ("due + 2d", "(due + 2d)"),
        ("2026-03-01 - today", "(2026-03-01 - today)"),
        ("2026-3-1", "((2026 - 3) - 1)"),
        ("count(deals where status:open,won (a:1 or b:2))", "count[deals where status:open,won (a:1 or b:2)]"),
        ("合计(商机.金额 其中 状态:进行中)", "合计[商机.金额 where 状态:进行中]"),
        ("sum(x.y where name:\")\") + 1", "(sum[x.y where name:\")\"] + 1)"),
        ("customer.\"Created by\".name", "customer.\"Created by\".name"),
        (".\"Created by\"", ".\"Created by\""),
        ("\"a \\\" b\"", "\"a \\\" b\""),
        ("“上海”+「浦东」", "(\"上海\" + \"浦东\")"),
        ("¥12.5万+$3", "(¥12.5万 + $3)"),
        (".5*a", "(.5 * a)"),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_pointed_at() {
    for (text, at, said) in [
        ("", "", "this formula is empty"),
        ("a +", "+", "'+' needs a value after it"),
        ("* a", "*", "'*' needs a value before it"),
        ("a b", "b", "a sign is missing before 'b'"),
        ("12万 CNY", "CNY", "a sign is missing before 'CNY'"),
        ("(a", "(", "this parenthesis is not closed"),
        ("a)", ")", "this parenthesis closes nothing"),
        ("()", "()", "there is nothing between these parentheses"),
        ("1,200", ",", "a comma stands only between the arguments of a function"),
        ("round(a,", ",", "',' needs a value after it"),
        ("round(a", "(", "this parenthesis is not closed"),
        ("a == b", "==", "'==' means nothing in a formula"),
        ("a && b", "&&", "'&&' means nothing in a formula"),
        ("a ^ 2", "^", "'^' means nothing in a formula"),
        ("status:open", ":", "':' means nothing in a formula"),
        ("a < b < c", "<", "two comparisons cannot follow one another"),
        ("a where b:1", "where", "'where' stands only in a function of other records"),
        ("count(deals where )", "where", "'where' needs a filter after it"),
        ("count(deals where grade:A,)", "", "a value is missing in this list"),
        ("count(deals where status:open", "(", "this parenthesis is not closed"),
        ("\"a", "\"a", "this quote is not closed"),
        ("a + ？", "？", "'？' means nothing in a formula"),
    ] {
        let error = read(text).expect_err(text);
        assert_eq!(error.message.get(Lang::En), said, "{text}");
        assert_eq!(&error.source[error.span.range()], at, "{text}");
        assert_eq!(error.source, text);
        assert!(error.hint.is_some(), "{text}");
    }
    assert!(read(&"(".repeat(5000)).is_err());
    assert!(read(&"1+".repeat(5000)).is_err());
    assert!(read(&"-".repeat(5000)).is_err());
}

#[test]
fn a_caret_stands_under_the_place_in_the_whole_formula() {
    let error = Error::from(read("合计(商机.金额 where 级别:A,)").unwrap_err());
    let message = error.message(Lang::Zh);
    let caret = message.lines().last().unwrap();
    assert_eq!(
        caret.find('^'),
        Some(2 + "合计(商机.金额 where 级别:A,".chars().map(|c| 1 + usize::from(c > '~')).sum::<usize>())
    );
}

/// Texts dense in characters that mean something.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c0-9上海]{1,4}",
        r#"[a-b上 \\"“”「」:=,.*~<>≥≠()!（），：＝～%+/-]{0,6}"#,
        "(or|NOT|且|where|其中|if\\(|sum\\(a\\.b where |10k|¥5|2026-03-01)",
        "(amount|today|title|round\\(|max\\(|[*]|/|[+]| - |\\)|99999999999999999999|2d|0|, 15)",
        any::<String>(),
    ]
}

fn leaf() -> impl Strategy<Value = Tree> {
    let figure = "([0-9]{1,4}|[0-9]{1,2}\\.[0-9]{1,2}|3万|10%|2d|¥12|2026-03-01)";
    let name = prop_oneof!["[a-z上][a-z_海0-9]{0,3}", "(or|where|不是|C-7|C-|U-12a)", any_text()];
    prop_oneof![
        figure.prop_map(|text| Tree::Figure { text, span: SPAN }),
        any_text().prop_map(|text| Tree::Text { text, span: SPAN }),
        vec(name.prop_map(|text| Name { text, span: SPAN }), 1..3).prop_map(|names| Tree::Path(Path(names))),
    ]
}

fn op() -> impl Strategy<Value = Binary> {
    prop_oneof![
        Just(Binary::Or),
        Just(Binary::And),
        Just(Binary::Compare(Comparison::Equal)),
        Just(Binary::Compare(Comparison::AtMost)),
        Just(Binary::Add),
        Just(Binary::Subtract),
        Just(Binary::Multiply),
        Just(Binary::Divide),
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    let clause = prop_oneof![Just("status:open"), Just("a:1..2 or b:\")\""), Just("not (has:x y~\"z w\")")];
    leaf().prop_recursive(5, 40, 3, move |inner| {
        let name = || {
            "[a-z上][a-z_0-9]{0,4}"
                .prop_filter("no word of the language", |name| !matches!(name.as_str(), "or" | "and" | "not" | "where"))
        };
        prop_oneof![
            4 => (op(), inner.clone(), inner.clone()).prop_map(|(op, left, right)| Tree::Binary {
                op,
                sign: SPAN,
                left: Box::new(left),
                right: Box::new(right),
            }),
            1 => (inner.clone(), any::<bool>()).prop_map(|(of, minus)| Tree::Prefix {
                op: if minus { Prefix::Minus } else { Prefix::Not },
                sign: SPAN,
                of: Box::new(of),
            }),
            2 => (name(), vec(inner.clone(), 0..3)).prop_map(|(text, args)| Tree::Call {
                name: Name { text, span: SPAN },
                args,
                clause: None,
                span: SPAN,
            }),
            1 => (name(), inner, clause.clone()).prop_map(|(text, arg, clause)| Tree::Call {
                name: Name { text, span: SPAN },
                args: vec![arg],
                clause: Some(tree::Clause {
                    filter: syntax::parse(clause, &|_| false).unwrap(),
                    span: SPAN,
                }),
                span: SPAN,
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(tree in tree()) {
        let printed = tree.to_string();
        let back = read(&printed);
        prop_assert_eq!(back.as_ref(), Ok(&tree), "{}", printed);
    }

    #[test]
    fn any_text_is_survived(list in vec(any_text(), 0..8)) {
        let text = list.concat();
        match read(&text) {
            Err(error) => {
                prop_assert!(error.source.get(error.span.range()).is_some(), "{:?}", error);
                let _ = Error::from(error).message(Lang::Zh);
            }
            Ok(tree) => {
                prop_assert!(text.get(tree.span().range()).is_some());
                let printed = tree.to_string();
                let back = read(&printed);
                prop_assert_eq!(back.as_ref(), Ok(&tree), "{}", printed);
            }
        }
        match Formula::define(&text, &deal::KIND, None, &Kinds) {
            Err(error) => drop((error.message(Lang::En), error.message(Lang::Zh))),
            Ok(formula) => {
                let outcome = formula.evaluate(&Fields::of([("amount", Value::Choice(1))])).unwrap();
                prop_assert_eq!(outcome.value.is_none(), outcome.reason.is_some());
                let _ = outcome.reason.map(|reason| reason.said(&text));
            }
        }
    }
}
