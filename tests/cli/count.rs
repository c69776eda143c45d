//! Counts in groups, in every form, with currencies apart.

use super::shown;
use crate::harness::TestEnvironment;

fn env() -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=上海"]).ok();
    env.crm(["customer", "add", "Blue", "city=Lyon"]).ok();
    for words in [
        ["deal", "add", "one", "customer=C-1", "amount=100.10 CNY", "expected_close=2026-04-01"],
        ["deal", "add", "two", "customer=C-1", "amount=200.00 CNY", "expected_close=2026-02-01"],
        ["deal", "add", "three", "customer=C-1", "amount=50 USD", "expected_close=2026-03-01"],
        ["deal", "add", "four", "customer=C-2", "amount=7 USD", "expected_close=2026-05-01"],
        ["deal", "add", "five", "customer=C-2", "stage=needs", "expected_close=2026-06-01"],
    ] {
        env.crm(words).ok();
    }
    env
}

#[test]
fn groups_have_one_line_a_currency_in_every_form() {
    let env = env();
    let count = |words: &str| env.crm(["deal", "count"]).args(words.split(' ')).ok();
    assert_eq!(count("--sum amount -o tsv"), "count\tsum\tcurrency\n2\t300.10\tCNY\n2\t57.00\tUSD\n1\t\t\n");
    assert_eq!(
        count(
            "--by customer.city,stage --sum amount --avg amount,probability --min amount --max expected_close -o csv"
        ),
        "customer.city,stage,count,sum_amount,avg_amount,avg_probability,min_amount,max_expected_close,currency\n\
         Lyon,S-1,1,7.00,7.00,10,7.00,2026-05-01,USD\n\
         Lyon,S-2,1,,,25,,2026-06-01,\n\
         上海,S-1,2,300.10,150.05,10,100.10,2026-04-01,CNY\n\
         上海,S-1,1,50.00,50.00,10,50.00,2026-03-01,USD\n"
    );
    assert_eq!(
        count("--by expected_close:quarter --avg probability -o jsonl"),
        "{\"expected_close:quarter\":\"2026-Q1\",\"count\":2,\"avg\":10}\n\
         {\"expected_close:quarter\":\"2026-Q2\",\"count\":3,\"avg\":15}\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&count("--by customer --max amount --sort -max -o json")).unwrap();
    let lines: Vec<(&str, &str)> = json["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["max"].as_str().unwrap_or_default(), line["currency"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(lines, [("200.00", "CNY"), ("50.00", "USD"), ("7.00", "USD"), ("", "")]);
    assert_eq!(count("--by customer.city --sort -count --limit 1 -o tsv --no-header"), "上海\t3\n");
    let table = count("--by stage --sum amount");
    assert!(table.starts_with("Stage    Count     Sum  Currency\nqualify      2  300.10  CNY\n"), "{table}");
    assert!(!table.contains('█'), "a bar is for a terminal");
    assert_eq!(shown(&env, "D-1")["record"]["version"], 1);
}

#[test]
fn what_has_no_sum_is_refused() {
    let env = env();
    let fails = |words: &str| env.crm(["deal", "count"]).args(words.split(' ')).fails(2);
    for (words, said) in [
        ("--sum title", "--sum title: its values have none"),
        ("--avg created", "name a field of amounts, numbers or lengths of time"),
        ("--max customer", "name a field of amounts, numbers, dates"),
        ("--by created:fortnight", "write year, quarter, month, week or day"),
        ("--by stage --sort -owner", "sort by count"),
        ("--by stage --sum amount --sort -cuont", "did you mean count?"),
    ] {
        let found = fails(words);
        assert!(found.contains(said), "{words}: {found}");
    }
}
