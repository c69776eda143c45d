//! A year of a sales team: 85 accounts and 8,800 opportunities, whose sums others have published.

use crate::harness::{self, TestEnvironment};

/// Imports the accounts and the opportunities, a step each.
fn imported(env: &TestEnvironment) -> bool {
    let Some(folder) = harness::data("pipeline-maven") else { return false };
    let file = |name: &str| folder.join(name).into_os_string().into_string().unwrap();
    let accounts = "account=name,sector=industry,revenue=annual_revenue,employees=employees,\
        office_location=country,subsidiary_of=parent";
    env.crm(["import", &file("accounts.csv"), "--into", "customer", "--map", accounts])
        .args(["--currency", "USD", "--link-missing", "create"])
        .ok();
    let deals = "opportunity_id=external_id,opportunity_id=title,sales_agent=owner,product=product,account=customer,\
        deal_stage=stage,engage_date=created,close_date=closed,close_value=amount";
    env.crm(["import", &file("sales_pipeline.csv"), "--into", "deal", "--map", deals])
        .args(["--map-value", "stage:Prospecting=qualify,Engaging=negotiation", "--date-format", "%m/%d/%Y"])
        .args(["--currency", "USD", "--link-missing", "create"])
        .ok();
    true
}

#[test]
fn the_published_sums_come_out() {
    let env = TestEnvironment::new();
    if !imported(&env) {
        return;
    }
    let count = |terms: &str| env.crm(format!("deal count {terms} -o tsv --no-header").split_whitespace()).ok();
    assert_eq!(count(""), "8800\n");
    assert_eq!(count("stage:won"), "4238\n");
    assert_eq!(count("stage:won --sum amount"), "4238\t10005534.00\tUSD\n");
    let quarters = "2017-Q1\t531\n2017-Q2\t1254\n2017-Q3\t1257\n2017-Q4\t1196\n";
    assert_eq!(count("stage:won --by closed:quarter"), quarters);
    let owners = count("stage:won --by owner --sum amount");
    assert_eq!(owners.lines().count(), 30, "{owners}");
    assert!(owners.contains("darcel.schlecht\t349\t1153214.00\tUSD\n"), "{owners}");
    assert_eq!(count("no:customer"), "1425\n");
    assert_eq!(count("status:open"), "2089\n");
    assert_eq!(count("stage:lost"), "2473\n");
    assert_eq!(env.crm(["customer", "count"]).ok(), "85\n", "no opportunity names an account that is not in the file");
}

#[test]
fn two_steps_back_the_store_is_empty_and_two_on_it_is_as_it_was() {
    let env = TestEnvironment::new();
    env.crm(["customer", "count"]).ok();
    let empty = env.crm(["export"]).ok();
    if !imported(&env) {
        return;
    }
    let full = env.crm(["export"]).ok();
    env.crm(["undo"]).ok();
    env.crm(["undo"]).ok();
    assert!(env.crm(["export"]).ok() == empty);
    env.crm(["redo"]).ok();
    env.crm(["redo"]).ok();
    assert!(env.crm(["export"]).ok() == full, "the export differs");
}
