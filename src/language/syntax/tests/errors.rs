//! What is no filter, where the caret stands, and what is advised.

use super::*;
use crate::{
    error::{Error, ErrorKind},
    text::Lang,
};

fn fails(source: &str) -> (SyntaxErrorKind, String) {
    let error = parse(source, &known).expect_err(source);
    (error.kind, error.source[error.span.range()].to_owned())
}

#[test]
fn kinds_and_places() {
    use SyntaxErrorKind::*;
    let cases = [
        ("name:\"blue star", UnclosedQuote, "\"blue star"),
        ("「蓝星", UnclosedQuote, "「蓝星"),
        ("name:\"a\"b", TextAfterQuote, "b"),
        ("\"a\"b:c", TextAfterQuote, "b"),
        ("a (b or c", UnclosedParenthesis, "("),
        ("a (", UnclosedParenthesis, "("),
        ("grade:(A or B)", UnclosedParenthesis, "("),
        ("a)", StrayParenthesis, ")"),
        (")", StrayParenthesis, ")"),
        ("a ( )", MissingOperand, "( )"),
        ("a or", MissingOperand, "or"),
        ("or a", MissingOperand, "or"),
        ("a or and b", MissingOperand, "and"),
        ("(a or) b", MissingOperand, "or"),
        ("not", MissingOperand, "not"),
        ("a - b", MissingOperand, "-"),
        ("a -", MissingOperand, "-"),
        ("amount>", MissingOperand, ">"),
        ("note~ x", MissingOperand, "~"),
        ("has:", MissingOperand, "has:"),
        ("\"\"", MissingOperand, "\"\""),
        (":", MissingName, ":"),
        ("a =b", MissingName, "="),
        ("has:phone,email", MissingName, "phone,email"),
        ("amount=>5", UnknownOperator, "=>"),
        ("amount<>5", UnknownOperator, "<>"),
        ("amount.over>5", UnknownOperator, ">"),
        ("城市等于上海", UnknownOperator, "等于"),
        ("城市》上", UnknownOperator, "》"),
        ("城市不是上海", UnknownOperator, "不是"),
        ("城市是杭州", UnknownOperator, "是"),
        ("城市为杭州", UnknownOperator, "为"),
        ("城市 是 杭州", UnknownOperator, "是"),
        ("城市为空", UnknownOperator, "为空"),
        ("城市不为空", UnknownOperator, "不为空"),
        ("没有城市", UnknownOperator, "没有"),
        ("无城市", UnknownOperator, "无"),
        ("除了 城市:A", StrayOperator, "除了"),
        ("grade:A,,B", EmptyItem, ""),
        ("grade:A,", EmptyItem, ""),
        ("amount:..", OpenRange, ".."),
        ("amount:1..2,3", RangeInList, ","),
        ("amount:1..2..3", RangeInList, ".."),
        ("name:*corp", Wildcard, "*corp"),
    ];
    for (source, kind, place) in cases {
        assert_eq!(fails(source), (kind, place.to_owned()), "{source}");
    }
    assert_eq!(fails(&"(".repeat(100_000)).0, TooDeep);
    assert_eq!(fails(&"-".repeat(100_000)).0, TooDeep);
    assert_eq!(fails(&format!("a{}", "(".repeat(100_000))).0, UnclosedParenthesis);
}

#[test]
fn verbs_behind_a_field_are_told_with_the_spelling_that_works() {
    for (source, hint) in [
        ("城市是杭州", "请写 城市:杭州；"),
        ("城市为杭州", "请写 城市:杭州；"),
        ("城市不是杭州", "请写 城市!=杭州；"),
        ("城市为空", "请写 no:城市；"),
        ("城市不为空", "请写 has:城市；"),
        ("没有城市", "请写 no:城市；"),
        ("无城市", "请写 no:城市；"),
        ("城市 是 杭州", "请写 字段:值，中间不空格"),
        ("除了 城市:杭州", "请在条件之前写 not"),
    ] {
        let error = parse(source, &known).expect_err(source);
        let said = error.hint.map(|hint| hint.get(Lang::Zh).to_owned()).unwrap_or_default();
        assert!(said.starts_with(hint), "{source}: {said}");
    }
    let error = words(&["除了 城市:杭州"]).unwrap_err();
    assert_eq!(error.hint.map(|hint| hint.get(Lang::Zh).to_owned()), Some("请写 not 城市:杭州".to_owned()));
    for text in ["无锡", "没有问题", "他是谁", "为民服务", "除了他", "\"城市是杭州\"", "备注:他是谁"]
    {
        assert!(parse(text, &known).is_ok(), "{text}");
    }
}

#[test]
fn words_of_a_command_line() {
    let kind = |list: &[&str]| words(list).unwrap_err().kind;
    assert_eq!(kind(&["a", "or"]), SyntaxErrorKind::MissingOperand);
    assert_eq!(kind(&["(", "a"]), SyntaxErrorKind::UnclosedParenthesis);
    assert_eq!(kind(&["(grade:A", "or", "b)"]), SyntaxErrorKind::StrayParenthesis);
    assert_eq!(kind(&[""]), SyntaxErrorKind::MissingOperand);
    assert_eq!(kind(&["-owner:me"]), SyntaxErrorKind::StrayMinus);
    assert!(words(&["(株)日立"]).is_ok());
    assert!(words(&["-foo"]).is_ok());
}

#[test]
fn minus_before_an_argument() {
    let hint = |word: &str| stray_minus(word).and_then(|error| error.hint);
    let cases = [
        ("-owner:me", "write owner.not:me"),
        ("-status!=lost", "write status:lost"),
        ("-has:phone", "write no:phone"),
        ("-phone:", "write has:phone"),
        ("-E-mail:a", "write E-mail.not:a"),
        ("-城市:上海", "write 城市.not:上海"),
        ("-amount>10k", "write not amount.over:10k"),
        ("-amount.not:1..2", "write amount:1..2"),
    ];
    for (word, wanted) in cases {
        assert_eq!(hint(word).as_ref().map(|hint| hint.get(Lang::En)), Some(wanted), "{word}");
    }
    for word in [
        "owner:me",
        "--where=a:b",
        "-amount",
        "-30d",
        "-o=json",
        "-otemplate={{a:b}}",
        "-",
        "--",
        "-15:00",
        "-https://x",
    ] {
        assert_eq!(hint(word), None, "{word}");
    }
}

#[test]
fn the_caret_stands_under_the_column() {
    let error = Error::from(parse("城市:上海 grade:A,,B", &known).unwrap_err());
    assert_eq!(error.kind(), ErrorKind::Usage);
    let wanted = "a value is missing in this list\n  城市:上海 grade:A,,B\n                    ^";
    assert_eq!(error.message(Lang::En), wanted);
    assert!(error.next_step(Lang::En).is_some_and(|hint| hint.contains("grade:A,B")));
    assert_eq!(caret("a\tb\n上\u{1b}c d", Span { start: 8, end: 9 }), "  上 c d\n     ^");
    assert_eq!(caret("", Span { start: 7, end: 9 }), "  \n  ^");
    assert_eq!(caret("上海", Span { start: 1, end: 99 }), "  上海\n    ^^");
}

#[test]
fn operators_of_other_languages_are_answered_with_ours() {
    let hint = |filter: &str| parse(filter, &|_| true).unwrap_err();
    for (filter, at, said) in [
        ("grade:A && city:Oslo", 8, "leave it away"),
        ("grade:A || city:Oslo", 8, "write or"),
        ("grade:A | city:Oslo", 8, "write or"),
        ("!grade:A", 0, "write not grade:A"),
        ("(！负责人：我)", 1, "write not 负责人：我"),
    ] {
        let error = hint(filter);
        assert_eq!((error.kind, error.span.start), (SyntaxErrorKind::StrayOperator, at), "{filter}");
        assert!(error.hint.unwrap().get(Lang::En).contains(said), "{filter}");
    }
    let words = ["grade:A", "||", "city:Oslo"].map(str::to_owned);
    assert_eq!(parse_terms(&words, &|_| true).unwrap_err().kind, SyntaxErrorKind::StrayOperator);
    // In quotes, and in words, they are text.
    for text in ["\"&&\" grade:A", "AT&T", "!", "wow!", "Yahoo! city:Oslo", "a|b"] {
        assert!(parse(text, &|_| true).is_ok(), "{text}");
    }
}
