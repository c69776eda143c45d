//! What particular filters mean, and what is said about those that mean nothing.

use super::{asking, store};
use crate::{
    domain::{activity, customer, deal, followup, kind::Kind, user},
    error::ErrorKind,
    query::{
        count::count,
        resolve::{read, read_terms},
    },
    store::engine::Engine,
    text::Lang,
};

fn counts(kind: &'static Kind, filters: &[(&str, &str)]) {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let of = |filter: &str| {
        let filter = read(filter, kind, &asking(reader)).unwrap_or_else(|error| panic!("{filter}: {error:?}"));
        count(&reader, &filter).unwrap()
    };
    for (one, other) in filters {
        let (one_count, other_count) = (of(one), of(other));
        assert_eq!(one_count, other_count, "{one} = {other}");
        assert!(one_count > 0, "{one} finds nothing");
    }
}

#[test]
fn spellings_mean_the_same() {
    counts(
        &customer::KIND,
        &[
            ("owner:me", "owner:ann"),
            ("owner:\"Ann Lee\"", "负责人:U-1"),
            ("grade:A,B", "grade:..B"),
            ("客户级别:A", "grade:a"),
            ("status:潜在", "status:prospect"),
            ("status.not:active", "not status:active"),
            ("city:OSLO", "city:oslo"),
            ("phone:\"138 0013 8000\"", "phone:+8613800138000"),
            ("phone:\"(021) 55551234\"", "phone:02155551234"),
            ("has:deals", "商机.id:1.."),
            ("deals.stage:赢单", "deals.stage:won"),
            ("id:C-1,C-7", "id:1,7"),
            ("id:1..20", "id:C-1..C-20"),
            ("open_deals:0", "open_deals.under:1"),
            ("annual_revenue:\"100 CNY\"", "annual_revenue:¥100"),
            ("annual_revenue:一百元", "annual_revenue:¥100"),
            ("annual_revenue:人民币100元整", "annual_revenue:¥100"),
            ("annual_revenue:半百..三万五", "annual_revenue:50..35000"),
            ("created:2026-02", "created:2026-02-01..2026-02-28"),
            ("grade:A,\"\"", "grade:A or no:grade"),
            ("zs", "name:张三"),
        ],
    );
    counts(
        &deal::KIND,
        &[("stage:won", "status:won"), ("customer:Acme", "customer.name:acme"), ("customer:ac*", "customer.name:ac*")],
    );
    counts(&user::KIND, &[("has:customers", "customers.grade:A")]);
    counts(&activity::KIND, &[("by:me", "跟进人:ann")]);
    counts(&followup::KIND, &[("due:..today", "due.before:tomorrow"), ("priority:high..", "priority:high,urgent")]);
}

#[test]
fn a_range_to_a_day_that_moves_may_be_empty() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    for filter in [
        "created:2999-01-01..today",
        "created:today..2001",
        "created:2026-q1..2026-02",
        "created:eow..eom",
        "created:fri..mon",
        "created:mon..fri",
        "grade:A..A",
    ] {
        assert!(read(filter, &customer::KIND, &asking(reader)).is_ok(), "{filter}");
    }
}

#[test]
fn mistakes_are_pointed_at() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let table = [
        ("gade:A", "'gade' is not a field", "'grade'"),
        ("grade:A stauts:active", "'stauts' is not a field", "'status'"),
        ("status:activ", "activ", "active"),
        ("owner:anm", "No user is called 'anm'", "'ann'"),
        ("deals.stage:wno", "No stage is called 'wno'", "'won'"),
        ("view:mine", "There is no view 'mine'", "view list"),
        ("city.name:x", "'city' is no link", ""),
        ("employees:many", "'many'", ""),
        ("created:sometime", "is not a date", "today"),
        ("owner:ann..bo", "no order", "owner:VALUE"),
        ("annual_revenue:10..5", "ends before it begins", "annual_revenue:5..10"),
        ("deals.amount:10k..5", "ends before it begins", "deals.amount:5..10k"),
        ("name:\"b c\"..a", "ends before it begins", "name:a..\"b c\""),
        ("grade:D..A", "ends before it begins", "grade:A..D"),
        ("id:7..C-1", "ends before it begins", "id:C-1..7"),
        ("created:2026-12-01..2026-01-01", "ends before it begins", "created:2026-01-01..2026-12-01"),
        ("created:2026-q2..2026-03", "ends before it begins", "created:2026-03..2026-q2"),
        ("created:today..yesterday", "ends before it begins", "created:yesterday..today"),
        ("created:tomorrow..yesterday", "ends before it begins", "created:yesterday..tomorrow"),
        ("created:+7d..-7d", "ends before it begins", "created:-7d..+7d"),
        ("birthday:--12-30..--01-03", "ends before it begins", "birthday.day:--12-30..--01-03"),
        ("id:D-1", "is not the id of a customer", "C-12"),
        ("parent:Nobody", "No customer is called 'Nobody'", "Nobody*"),
    ];
    for (filter, message, hint) in table {
        let error = read(filter, &customer::KIND, &asking(reader)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage, "{filter}");
        assert!(error.message(Lang::En).contains(message), "{filter}: {}", error.message(Lang::En));
        assert!(error.message(Lang::En).contains("\n  "), "{filter} has no caret");
        assert!(
            error.next_step(Lang::En).unwrap_or_default().contains(hint),
            "{filter}: {:?}",
            error.next_step(Lang::En)
        );
    }
    let words = ["grade:A".to_owned(), "city:São Paulo".to_owned()];
    assert!(count(&reader, &read_terms(&words, &customer::KIND, &asking(reader)).unwrap()).unwrap() > 0);
}
