//! What formulas give, and which fields keep it.

use super::*;

#[test]
fn every_part_has_a_type() {
    with_world(|world| {
        for (text, expected) in [
            ("amount", "an amount of money"),
            ("商机金额", "an amount of money"),
            ("amount * (1 - probability)", "an amount of money"),
            ("amount / weighted", "a number"),
            ("amount + 100", "an amount of money"),
            ("amount + ¥3万", "an amount of money"),
            ("probability + 5%", "a percentage"),
            ("1 - probability", "a number"),
            ("probability > 50%", "yes or no"),
            ("probability = 0", "yes or no"),
            ("amount > 3万", "yes or no"),
            ("amount >= 三万", "yes or no"),
            ("expected_close - today", "a length of time"),
            ("expected_close - 2d", "a day"),
            ("expected_close - 明天", "a length of time"),
            ("expected_close > 2026-03-01", "yes or no"),
            ("2026-03-01 - expected_close", "a length of time"),
            ("today - created", "a length of time"),
            ("created + 3h", "a point in time"),
            ("days(expected_close - today)", "a number"),
            ("expected_close + days(3)", "a day"),
            ("if(status = won, 100%, probability)", "a percentage"),
            ("if(状态 = 赢单, 1, 0)", "a number"),
            ("如果(客户.级别 = A, 5%, 0%)", "a percentage"),
            ("if(customer.grade = A, 5%, 0%)", "a percentage"),
            ("if(owner = me, amount, 0)", "an amount of money"),
            ("owner = customer.owner", "yes or no"),
            ("customer = C-7", "yes or no"),
            ("customer", "a record"),
            ("id", "a record"),
            ("title + \" · \" + text(amount)", "text"),
            ("coalesce(closed, expected_close)", "a day"),
            ("coalesce(expected_close, created)", "a day or a point in time"),
            ("min(amount, weighted, 5k)", "an amount of money"),
            ("count(activities where type:call)", "a number"),
            ("first(activities.at)", "a point in time"),
            ("2d * 3", "a length of time"),
            ("3万 + 10%", "a number"),
            ("半小时 * 2", "a length of time"),
            ("not empty(amount) and probability >= 50%", "yes or no"),
        ] {
            assert_eq!(define(text, &deal::KIND, world).ty().name().get(Lang::En), expected, "{text}");
        }
        assert_eq!(define("sum(deals.amount where 状态:进行中)", &customer::KIND, world).ty(), Ty::Amounts);
        assert_eq!(define("sum(deals.amount) / 2 - won_total", &customer::KIND, world).ty(), Ty::Money);
        assert_eq!(define("max(sum(deals.amount), 0)", &customer::KIND, world).ty(), Ty::Money);
        assert_eq!(define("coalesce(sum(deals.amount), 0)", &customer::KIND, world).ty(), Ty::Amounts);
        for function in FUNCTIONS {
            define(function.example, &deal::KIND, world);
        }
    });
}

#[test]
fn a_value_fits_its_field() {
    let field = |kind: &'static Kind, code: &str| kind.field(code).unwrap();
    with_world(|world| {
        for (text, kind, code, fits) in [
            ("amount * 2", &deal::KIND, "amount", true),
            ("5000", &deal::KIND, "amount", true),
            ("if(status = won, 5000, 0)", &deal::KIND, "amount", true),
            ("probability * 2", &deal::KIND, "amount", false),
            ("probability * 2", &deal::KIND, "probability", true),
            ("amount / weighted", &deal::KIND, "probability", true),
            ("if(amount > 10万, best, commit)", &deal::KIND, "forecast", true),
            ("如果(金额 > 10万, 乐观, 不计入)", &deal::KIND, "forecast", true),
            ("type", &deal::KIND, "forecast", false),
            ("customer.owner", &deal::KIND, "owner", true),
            ("me", &deal::KIND, "owner", true),
            ("customer", &deal::KIND, "owner", false),
            ("expected_close + 7d", &deal::KIND, "expected_close", true),
            ("created", &deal::KIND, "expected_close", false),
            ("amount", &deal::KIND, "next_step", false),
            ("text(amount)", &deal::KIND, "next_step", true),
            ("lower(website)", &customer::KIND, "website", true),
            ("employees / 2", &customer::KIND, "employees", true),
            ("sum(deals.amount)", &customer::KIND, "annual_revenue", true),
            ("due + 2h", &followup::KIND, "due", true),
            ("remind * 2", &followup::KIND, "remind", true),
            ("paused * 2", &ticket::KIND, "paused", true),
            ("days(paused)", &ticket::KIND, "paused", false),
            ("days(satisfaction)", &ticket::KIND, "paused", true),
            ("at", &activity::KIND, "at", true),
        ] {
            let defined = Formula::define(text, kind, Some(field(kind, code)), world);
            assert_eq!(defined.is_ok(), fits, "{text}: {:?}", defined.err().map(|error| error.message(Lang::En)));
        }
        let error = Formula::define("amount", &deal::KIND, Some(field(&deal::KIND, "next_step")), world).unwrap_err();
        assert_eq!(
            error.message(Lang::En),
            "'next_step' cannot keep this: the formula gives an amount of money\n  amount\n  ^^^^^^"
        );
        assert_eq!(error.next_step(Lang::Zh), Some("用“文字(…)”可转为文字"));
    });
}
