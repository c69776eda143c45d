//! `'field:=formula'`: values worked out of each record as it was.

use serde_json::json;

use super::{export, shown};
use crate::harness::TestEnvironment;

fn deals() -> TestEnvironment {
    let env = TestEnvironment::new();
    for (title, amount, product) in
        [("alpha one", "100 CNY", "  big   PUMP "), ("beta", "33.33 CNY", "valve"), ("gamma", "", "")]
    {
        env.crm(["deal", "add", title, &format!("amount={amount}"), &format!("product={product}")]).ok();
    }
    env
}

fn field(env: &TestEnvironment, id: &str, code: &str) -> serde_json::Value {
    shown(env, id)["record"][code].clone()
}

#[test]
fn each_record_is_worked_out_of_its_own_values() {
    let env = deals();
    let before = export(&env);
    env.crm(["deal", "set", "D-1", "D-2", "D-3", "amount:=amount * (1 - 10%)"]).ok();
    let amounts = ["D-1", "D-2", "D-3"].map(|id| field(&env, id, "amount")["amount"].clone());
    assert_eq!(amounts, [json!("90.00"), json!("30.00"), json!(null)]);
    assert!(env.crm(["history", "D-1"]).ok().contains("¥90"));
    env.crm(["undo"]).ok();
    assert_eq!(export(&env), before);
    env.crm(["deal", "set", "--where", "has:amount", "金额：＝金额×2"]).ok();
    assert_eq!(field(&env, "D-1", "amount"), json!({"amount": "200.00", "currency": "CNY"}));
    // Both are worked out of what was.
    env.crm(["deal", "set", "D-2", "title:=product", "product:=title"]).ok();
    assert_eq!([field(&env, "D-2", "title"), field(&env, "D-2", "product")], [json!("valve"), json!("beta")]);
    env.crm(["deal", "set", "D-1", "product:=title(trim(product)) + \", \" + text(amount)"]).ok();
    assert_eq!(field(&env, "D-1", "product"), json!("Big Pump, 200.00 CNY"));
    env.crm(["deal", "set", "D-1", "product:=if(amount > 1m, product)"]).ok();
    assert_eq!(field(&env, "D-1", "product"), json!(null));
}

#[test]
fn a_dry_run_shows_what_would_be_worked_out() {
    let env = deals();
    let before = export(&env);
    let said = env.crm(["deal", "set", "D-1", "amount:=amount + 11", "--dry-run"]).ok();
    assert!(said.contains("¥111"), "{said}");
    assert_eq!(export(&env), before);
}

#[test]
fn what_cannot_be_worked_out_changes_nothing_and_says_where() {
    let env = deals();
    let before = export(&env);
    let refused = |words: &[&str], code: i32, said: &str| {
        let error = env.crm(words).fails(code);
        assert!(error.contains(said), "{words:?}: {error}");
    };
    refused(&["deal", "set", "D-1", "amount:=amont * 2"], 2, "  amont * 2\n  ^^^^^");
    refused(&["deal", "set", "D-1", "amount:=title"], 2, "'amount' cannot keep this: the formula gives text");
    refused(&["deal", "set", "D-1", "amount:=amount / 0"], 4, "nothing can be divided by 0");
    refused(&["deal", "set", "D-3", "title:=product"], 4, "title");
    refused(&["deal", "set", "D-1", "weighted:=amount"], 4, "weighted");
    refused(&["deal", "set", "D-1", "amount:="], 2, "this formula is empty");
    refused(&["deal", "set", "D-1", "amount:=amount", "amount=5"], 2, "given twice");
    refused(&["deal", "add", "delta", "amount:=100 CNY"], 2, "100 CNY");
    refused(&["deal", "add", "delta", "amount:=¥100"], 2, "worked out");
    assert_eq!(export(&env), before);
    env.crm(["deal", "set", "D-2", "amount=7 USD"]).ok();
    let mixed = ["deal", "set", "--all", "amount:=amount + ¥1", "--keep-going", "--yes"];
    assert!(env.crm(mixed).fails(6).contains("USD"));
    assert_eq!(field(&env, "D-1", "amount")["amount"], json!("101.00"));
    assert_eq!(field(&env, "D-2", "amount")["amount"], json!("7.00"));
}

#[test]
fn a_sum_that_is_too_large_leaves_those_of_other_currencies() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "all_deals", "formula=sum(deals.amount)"]).ok();
    env.crm(["customer", "add", "Acme"]).ok();
    for amount in ["92233720368547758.07 USD", "0.01 USD", "5 EUR"] {
        env.crm(["deal", "add", amount, "customer=C-1", &format!("amount={amount}")]).ok();
    }
    assert_eq!(field(&env, "C-1", "all_deals"), json!([{"amount": "5.00", "currency": "EUR"}]));
    env.crm(["doctor", "--check"]).ok();
}
