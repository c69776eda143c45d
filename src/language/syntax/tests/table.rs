//! Every row of the language's table, in both front ends and every spelling, and the trees that they make.

use super::*;

fn lit(text: &str) -> Lit {
    Lit { text: text.to_owned(), quoted: false, span: Span::default() }
}

fn pattern(text: &str) -> Pattern {
    Pattern { text: text.to_owned(), prefix: false, quoted: false, span: Span::default() }
}

fn test(path: &[&str], test: Test) -> Expr {
    let names = path.iter().map(|&text| Name { text: text.to_owned(), span: Span::default() });
    Expr::Term(Term::Test { path: Path(names.collect()), test, span: Span::default() })
}

fn search(text: &str) -> Expr {
    Expr::Term(Term::Words { text: text.to_owned(), span: Span::default() })
}

fn range(from: Option<&str>, to: Option<&str>) -> Test {
    Test::Range { from: from.map(lit), to: to.map(lit) }
}

/// All spellings, as a word and as a string, make this tree, which is printed as the first of them.
fn spellings(expr: &Expr, all: &[&str]) {
    for source in all {
        assert_eq!(&text(source), expr, "{source} as text");
        assert_eq!(&word(source), expr, "{source} as a word");
    }
    assert_eq!(expr.to_string(), all[0]);
}

#[test]
fn equality() {
    spellings(
        &test(&["grade"], Test::Is(vec![pattern("A")])),
        &["grade:A", "grade=A", "grade：A", "grade＝A", "grade==A"],
    );
    let list = Test::Is(vec![pattern("A"), pattern("B")]);
    spellings(&test(&["grade"], list), &["grade:A,B", "grade=A，B", "grade：A、B"]);
    spellings(&test(&["城市"], Test::Is(vec![pattern("上海")])), &["城市:上海", "城市＝上海"]);
    let prefix = Test::Is(vec![Pattern { prefix: true, ..pattern("ac") }]);
    spellings(&test(&["name"], prefix), &["name:ac*"]);
    let quoted = Test::Is(vec![Pattern { quoted: true, ..pattern("me") }]);
    spellings(&test(&["owner"], quoted), &["owner:\"me\"", "owner:“me”", "owner:「me」"]);
    let quotes = Test::Is(vec![pattern("a \"b\" \\c")]);
    spellings(&test(&["name"], quotes), &[r#"name:"a \"b\" \\c""#, r#"name:「a "b" \c」"#]);
    let star = Test::Is(vec![pattern("a*")]);
    spellings(&test(&["name"], star), &["name:\"a*\""]);
    let spaced = Test::Is(vec![Pattern { prefix: true, ..pattern("blue s") }, pattern("x,y")]);
    spellings(&test(&["name"], spaced), &["name:\"blue s\"*,\"x,y\""]);
    let company = Test::Is(vec![pattern("北京（中国）公司")]);
    spellings(&test(&["name"], company), &["name:\"北京（中国）公司\"", "name:北京（中国）公司"]);
    let version = Test::Is(vec![pattern("wait...")]);
    spellings(&test(&["name"], version), &["name:\"wait...\"", "name:wait..."]);
}

#[test]
fn inequality() {
    let expr = test(&["status"], Test::IsNot(vec![pattern("lost")]));
    spellings(
        &expr,
        &["status.not:lost", "status!=lost", "status.not=lost", "status！＝lost", "status.NOT:lost", "status≠lost"],
    );
    let positive = test(&["status"], Test::Is(vec![pattern("lost")]));
    let negated = positive.negate();
    for source in ["not status:lost", "-status:lost", "非 status:lost", "not (status:lost)", "NOT(status:lost)"] {
        assert_eq!(text(source), negated, "{source}");
    }
    assert_eq!(words(&["not", "status:lost"]).unwrap(), negated);
    assert_eq!(negated.to_string(), "not status:lost");
    let outside = test(&["amount"], range(Some("1"), Some("2"))).negate();
    assert_eq!(text("amount.not:1..2"), outside);
    assert_eq!(outside.to_string(), "not amount:1..2");
}

#[test]
fn presence() {
    spellings(&test(&["phone"], Test::Set), &["has:phone", "phone:*", "phone!=", "phone.not:"]);
    spellings(
        &test(&["phone"], Test::Empty),
        &["no:phone", "phone:", "phone=", "phone:\"\"", "phone.not:*", "phone："],
    );
    spellings(&test(&["activities"], Test::Empty), &["no:activities", "NO:activities"]);
    spellings(&test(&["customer", "phone"], Test::Set), &["has:customer.phone"]);
    spellings(&test(&["Created by"], Test::Set), &["has:\"Created by\""]);
    assert_eq!(word("has:Created by"), test(&["Created by"], Test::Set));
}

#[test]
fn containment() {
    spellings(&test(&["note"], Test::Contains(lit("quote"))), &["note.has:quote", "note~quote", "note～quote"]);
    let commas = test(&["note"], Test::Contains(lit("您好，a,b*..")));
    spellings(&commas, &["note.has:\"您好，a,b*..\"", "note~您好，a,b*.."]);
}

#[test]
fn ranges() {
    let amount = |test_| test(&["amount"], test_);
    spellings(&amount(range(Some("10k"), Some("50k"))), &["amount:10k..50k", "amount=10k..50k"]);
    spellings(
        &amount(range(Some("10k"), None)),
        &["amount:10k..", "amount>=10k", "amount:>=10k", "amount＞＝10k", "amount≥10k"],
    );
    spellings(&amount(range(None, Some("50k"))), &["amount:..50k", "amount<=50k", "amount:<=50k"]);
    spellings(&amount(Test::Over(lit("10k"))), &["amount.over:10k", "amount>10k", "amount:>10k"]);
    spellings(&amount(Test::Under(lit("3万"))), &["amount.under:3万", "amount<3万", "amount＜3万"]);
    spellings(&test(&["due"], range(None, Some("today"))), &["due:..today"]);
    spellings(&test(&["due"], Test::Before(lit("today"))), &["due.before:today"]);
    spellings(&test(&["due"], Test::After(lit("-30d"))), &["due.after:-30d"]);
    spellings(&test(&["due"], range(Some("next mon"), Some("2w"))), &["due:\"next mon\"..2w", "due:“next mon”..2w"]);
    assert_eq!(word("due:next mon..next fri"), test(&["due"], range(Some("next mon"), Some("next fri"))));
}

#[test]
fn links_and_times() {
    spellings(&test(&["owner"], Test::Is(vec![pattern("me")])), &["owner:me"]);
    spellings(&test(&["customer", "城市"], Test::Is(vec![pattern("上海")])), &["customer.城市:上海"]);
    spellings(&test(&["deals", "stage"], Test::IsNot(vec![pattern("won")])), &["deals.stage.not:won"]);
    spellings(&test(&["id"], Test::Is(vec![pattern("C-1"), pattern("C-7")])), &["id:C-1,C-7"]);
    spellings(&test(&["view"], Test::Is(vec![pattern("NAME")])), &["view:NAME"]);
    spellings(&test(&["created"], Test::Is(vec![pattern("2026-q1")])), &["created:2026-q1"]);
    spellings(&test(&["last_contact"], Test::Before(lit("-30d"))), &["last_contact.before:-30d"]);
}

#[test]
fn labels_that_are_no_plain_names() {
    let email = test(&["E-mail"], Test::Is(vec![pattern("a@b.c")]));
    spellings(&email, &["E-mail:a@b.c", "\"E-mail\":a@b.c"]);
    let country = test(&["国家/地区"], Test::Is(vec![pattern("中国")]));
    spellings(&country, &["\"国家/地区\":中国", "国家/地区:中国"]);
    let deep = test(&["customer", "Created by"], Test::IsNot(vec![pattern("ann")]));
    spellings(&deep, &["customer.\"Created by\".not:ann"]);
    assert_eq!(word("Created by.not:ann"), test(&["Created by"], Test::IsNot(vec![pattern("ann")])));
    assert_eq!(word("\"has\":x"), test(&["has"], Test::Is(vec![pattern("x")])));
}

#[test]
fn searched_text() {
    let three = search("harbor").and(search("blue star")).and(search("zs"));
    assert_eq!(text("harbor \"blue star\" zs"), three);
    assert_eq!(words(&["harbor", "blue star", "zs"]).unwrap(), three);
    assert_eq!(three.to_string(), "harbor \"blue star\" zs");
    for source in
        ["https://x.y/z?a=b", "15:00", "x.com/?a=b", "C++", "O'Neil", "5\"", "北京（中国）公司", "3天后", "a,b"]
    {
        spellings(&search(source), &[search(source).to_string().as_str(), source]);
    }
    assert_eq!(text("harb*"), search("harb"));
    assert_eq!(word("\"or\""), search("or"));
    assert_eq!(word("Meeting with Bob: notes"), search("Meeting with Bob: notes"));
    let url = test(&["website"], Test::Is(vec![pattern("https://x.y")]));
    spellings(&url, &["website:https://x.y"]);
    assert_eq!(text("foo:bar"), test(&["foo"], Test::Is(vec![pattern("bar")])), "unknown names are for the resolver");
}

#[test]
fn structure() {
    let (a, b, c) = (search("a"), search("b"), search("c"));
    let expr = a.clone().or(b.clone().and(c.clone()));
    for source in ["a or b c", "a OR (b and c)", "(a)或(b 且 c)", "a or b 与 c", "（a or（b c））"] {
        assert_eq!(text(source), expr, "{source}");
    }
    assert_eq!(words(&["a", "or", "(", "b", "c", ")"]).unwrap(), expr);
    assert_eq!(expr.to_string(), "a or b c");
    let grouped = a.clone().or(b.clone()).and(c.clone().negate());
    for source in ["(a or b) not c", "(a or b)-c", "(a or b) and -(c)"] {
        assert_eq!(text(source), grouped, "{source}");
    }
    assert_eq!(grouped.to_string(), "(a or b) not c");
    assert_eq!(text("not a or b"), a.clone().negate().or(b.clone()));
    assert_eq!(text("not (a b)").to_string(), "not (a b)");
    assert_eq!(text("(a (b c)) or (a or b)").to_string(), "a b c or a or b");
    assert_eq!(text(" \u{3000}"), Expr::All);
    assert_eq!(words(&[]).unwrap(), Expr::All);
    assert_eq!(Expr::All.and(a.clone()), a);
    assert_eq!(Expr::All.or(a), Expr::All);
}

#[test]
fn spans_point_into_the_source() {
    let source = "zs customer.城市.not:\"上 海\"";
    let mut seen = Vec::new();
    let expr = text(source);
    expr.for_each_term(&mut |term| seen.push(term));
    let [Term::Words { .. }, Term::Test { path, test: Test::IsNot(patterns), span }] = seen[..] else {
        panic!("{expr:?}")
    };
    let at = |span: Span| &source[span.range()];
    assert_eq!(at(*span), "customer.城市.not:\"上 海\"");
    assert_eq!((at(path.span()), at(path.0[1].span), at(patterns[0].span)), ("customer.城市", "城市", "\"上 海\""));

    let list = owned(&["a b", "grade: A, B"]);
    let source = source_of(&list);
    let Expr::And(parts) = parse_terms(&list, &known).unwrap() else { panic!() };
    let Expr::Term(Term::Test { test: Test::Is(patterns), .. }) = &parts[1] else { panic!() };
    assert_eq!((&source[patterns[0].span.range()], &source[patterns[1].span.range()]), ("A", "B"));
}
