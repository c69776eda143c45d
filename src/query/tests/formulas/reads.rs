//! What formulas read, which are live, and which a summary can serve.

use super::*;

#[test]
fn what_is_read_is_known() {
    with_world(|world| {
        let reads = |text: &str, kind| {
            let found = define(text, kind, world).dependencies();
            let hop = |hop: &Hop| match hop {
                Hop::Forward(link) => link.code.to_owned(),
                Hop::Back(link, kind) => format!("<{}.{}", BASE.kind(*kind).unwrap().noun, link.code),
            };
            let mut reads: Vec<String> = found
                .reads
                .iter()
                .map(|read| read.hops.iter().map(hop).chain([read.field.code.to_owned()]).collect::<Vec<_>>().join("/"))
                .collect();
            reads.sort();
            (reads.join(" "), found)
        };
        assert_eq!(reads("amount * probability + amount", &deal::KIND).0, "amount probability");
        let (text, found) = reads("if(customer.grade = A, amount * 5%, 0)", &deal::KIND);
        assert_eq!(text, "amount customer customer/grade");
        assert_eq!(found.own().map(|def| def.code).collect::<Vec<_>>(), ["customer", "amount"]);
        assert_eq!(
            found.of_targets().map(|(link, def)| (link.code, def.code)).collect::<Vec<_>>(),
            [("customer", "grade")]
        );
        let (text, found) = reads("sum(deals.amount where status:open stage.outcome:won)", &customer::KIND);
        assert_eq!(
            text,
            "<deal.customer/amount <deal.customer/customer <deal.customer/stage <deal.customer/stage/outcome \
            <deal.customer/status"
        );
        assert_eq!(
            found.of_children().map(|(link, kind, def)| (link.code, kind, def.code)).collect::<Vec<_>>(),
            [
                ("customer", deal::ID, "customer"),
                ("customer", deal::ID, "amount"),
                ("customer", deal::ID, "status"),
                ("customer", deal::ID, "stage")
            ]
        );
        assert_eq!(found.farther().count(), 1);
        assert_eq!(reads("count(deals)", &customer::KIND).0, "<deal.customer/customer");
        assert_eq!(
            reads("count(deals where activities.type:call)", &customer::KIND).0,
            "<deal.customer/<activity.deal/deal <deal.customer/<activity.deal/type <deal.customer/customer"
        );
    });
}

#[test]
fn what_changes_by_itself_is_live() {
    let (now, me, zone) = (
        Live { now: true, ..Live::default() },
        Live { me: true, ..Live::default() },
        Live { zone: true, ..Live::default() },
    );
    with_world(|world| {
        for (text, kind, live) in [
            ("amount * 2", &deal::KIND, Live::default()),
            ("expected_close - 2026-03-01", &deal::KIND, Live::default()),
            ("expected_close - today", &deal::KIND, now.and(zone)),
            ("expected_close - 明天", &deal::KIND, now.and(zone)),
            ("now - created", &deal::KIND, now),
            ("updated - created", &deal::KIND, Live::default()),
            ("expected_close > created", &deal::KIND, zone),
            ("max(expected_close, created)", &deal::KIND, zone),
            ("owner = me", &deal::KIND, me),
            ("count(deals where owner:me)", &customer::KIND, me),
            ("count(deals where owner:U-1)", &customer::KIND, Live::default()),
            ("count(deals where expected_close:..today)", &customer::KIND, now),
            ("count(deals where expected_close:2026-03)", &customer::KIND, Live::default()),
            ("count(deals where created:2026-03)", &customer::KIND, zone),
            ("count(deals where has:expected_close)", &customer::KIND, Live::default()),
            ("count(followups where due:today)", &customer::KIND, now.and(zone)),
        ] {
            let formula = define(text, kind, world);
            assert_eq!(formula.dependencies().live, live, "{text}");
            assert_eq!(formula.is_live(), live.any());
        }
    });
}

#[test]
fn a_summary_can_serve_what_is_equal_to_choices_only() {
    with_world(|world| {
        let rolls = |text: &str| define(text, &customer::KIND, world).rolls_up();
        let link = deal::KIND.field("customer").unwrap();
        let status = deal::KIND.field("status").unwrap();
        let count = RollUp { kind: deal::ID, link, sum: None, equal: Vec::new() };
        assert_eq!(rolls("count(deals)"), Some(count.clone()));
        assert_eq!(
            rolls("count(deals where status:open,won)"),
            Some(RollUp { equal: vec![(status, vec![Value::Choice(0), Value::Choice(1)])], ..count.clone() })
        );
        let sum = Some(deal::KIND.field("amount").unwrap());
        assert_eq!(
            rolls("sum(deals.amount where status:open type:new)"),
            Some(RollUp {
                sum,
                equal: vec![
                    (status, vec![Value::Choice(0)]),
                    (deal::KIND.field("type").unwrap(), vec![Value::Choice(0)])
                ],
                ..count
            })
        );
        for text in [
            "count(deals where not status:open)",
            "count(deals where amount:10k..)",
            "count(deals where owner:me)",
            "count(deals where status:open or type:new)",
            "count(deals) + 1",
            "max(deals.amount)",
            "sum(deals.customer.employees)",
        ] {
            assert_eq!(rolls(text), None, "{text}");
        }
    });
}
