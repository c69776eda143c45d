//! `field=value` and what only looks like it.

use super::*;

#[test]
fn operators_and_widths() {
    let cases = [
        ("grade=A", "grade", AssignOp::Set, "A"),
        ("grade=", "grade", AssignOp::Set, ""),
        ("phone+=12 34", "phone", AssignOp::Add, "12 34"),
        ("phone-=12", "phone", AssignOp::Remove, "12"),
        ("城市＝上海", "城市", AssignOp::Set, "上海"),
        ("城市＋＝上海", "城市", AssignOp::Add, "上海"),
        ("Created by = ann", "Created by", AssignOp::Set, " ann"),
        ("E-mail=a@b.c", "E-mail", AssignOp::Set, "a@b.c"),
        ("E-mail-=a@b.c", "E-mail", AssignOp::Remove, "a@b.c"),
        ("website=https://x/?a=b", "website", AssignOp::Set, "https://x/?a=b"),
        ("name=@file", "name", AssignOp::Set, "@file"),
        ("grade:=if(a = b, A)", "grade", AssignOp::Compute, "if(a = b, A)"),
        ("城市：＝上海", "城市", AssignOp::Compute, "上海"),
    ];
    for (source, name, op, value) in cases {
        let assignment = split_assignment(source, &known).expect(source);
        assert_eq!((assignment.name, assignment.op, assignment.value), (name, op, value), "{source}");
        assert_eq!(&source[assignment.name_span.range()], name);
        assert_eq!(&source[assignment.value_span.range()], value);
        assert_eq!(split_any(source), Some(assignment));
    }
}

#[test]
fn a_full_width_colon_assigns_to_a_known_field() {
    let cases = [
        ("城市：上海", "城市", "上海"),
        ("城市：a=b", "城市", "a=b"),
        ("城市：", "城市", ""),
        ("城市＝a：b", "城市", "a：b"),
    ];
    for (source, name, value) in cases {
        let assignment = split_assignment(source, &known).expect(source);
        assert_eq!((assignment.name, assignment.op, assignment.value), (name, AssignOp::Set, value), "{source}");
    }
    for source in ["关于：上海", "：x", "10：30", "grade:A"] {
        assert_eq!(split_assignment(source, &known), None, "{source}");
    }
}

#[test]
fn a_known_field_before_a_colon_is_told_from_text() {
    assert_eq!(seems_filter("grade:A", &known), Some(("grade", "A")));
    assert_eq!(seems_filter("城市:10:30", &known), Some(("城市", "10:30")));
    for source in ["foo:bar", "10:30", "grade:", "grade: A", "website://x", "https://x", ":x", "harbor"] {
        assert_eq!(seems_filter(source, &known), None, "{source}");
    }
}

#[test]
fn a_name_directly_before_a_colon_is_told_from_text() {
    for (source, found) in [
        ("ctiy:Oslo", Some(("ctiy", "Oslo"))),
        ("电活：1380", Some(("电活", "1380"))),
        ("foo:bar:x", Some(("foo", "bar:x"))),
        ("10:30", None),
        ("Re: call", None),
        ("http://x", None),
        ("a b:c", None),
        ("x.y:1", None),
        (":x", None),
        ("x:", None),
        ("harbor", None),
    ] {
        assert_eq!(before_colon(source), found, "{source}");
    }
}

#[test]
fn free_words_survive() {
    for source in ["https://x/?a=b", "1+1=2", "harbor", "foo=bar", "=x", "grade:A"] {
        assert_eq!(split_assignment(source, &known), None, "{source}");
    }
    for (source, name) in [
        ("foo=bar", Some("foo")),
        ("级别＝A", Some("级别")),
        ("tag+=x", Some("tag")),
        ("n-=1", Some("n")),
        ("a_1=", Some("a_1")),
        ("=x", None),
        ("1+1=2", None),
        ("https://x/?a=b", None),
        ("x.y=1", None),
        ("a:b=1", None),
        ("a b=c", None),
        ("a =b", None),
        ("harbor", None),
    ] {
        assert_eq!(seems_assignment(source), name, "{source}");
    }
    assert_eq!(split_any("harbor"), None);
    assert_eq!(split_any("foo=bar").map(|assignment| assignment.name), Some("foo"));
    assert_eq!(split_any("+=x").map(|assignment| (assignment.name, assignment.op)), Some(("", AssignOp::Add)));
}
