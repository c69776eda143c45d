//! Commands among other commands: pipes that close, disks that are full, ids handed on.

use std::fmt::Write as _;
use std::path::Path;

use super::{export, id, ids};
use crate::harness::TestEnvironment;

const CRM: &str = env!("CARGO_BIN_EXE_crm");

fn with_customers(n: usize) -> TestEnvironment {
    let env = TestEnvironment::new();
    let mut csv = "name,note\n".to_owned();
    for n in 0..n {
        writeln!(csv, "Customer {n},{}", "long ".repeat(20)).unwrap();
    }
    env.write("many.csv", csv);
    env.crm(["import", "many.csv", "--into", "customer"]).ok();
    env
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    let env = with_customers(500);
    for words in ["customer list -o json", "customer list", "export", "customer list --sort -name -o csv"] {
        let script = format!("({CRM} {words}; echo $? > code) 2> said | head -n 1");
        assert_eq!(env.program("sh", ["-c", &script]).ok().lines().count(), 1);
        let read = |name: &str| std::fs::read_to_string(env.path("home").join(name)).unwrap();
        assert_eq!((read("code").as_str(), read("said").as_str()), ("0\n", ""), "{words}");
    }
}

#[test]
fn a_full_disk_is_a_failure_with_one_reason() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let env = with_customers(3);
    for words in
        ["customer list", "customer list -o json", "customer count", "show C-1", "export", "help", "customer add X"]
    {
        let said = env.program("sh", ["-c", &format!("{CRM} {words} > /dev/full")]).fails(1);
        assert!(said.starts_with(if words.ends_with("json") { "{\"error\":" } else { "error: " }), "{words}: {said}");
        assert_eq!(said.matches("hint").count(), 1, "{words}: {said}");
    }
    assert_eq!(env.crm(["customer", "count"]).ok(), "4\n", "the customer was added, only its id was lost");
}

#[test]
fn ids_on_standard_input_one_a_line_or_in_json_lines() {
    let env = with_customers(4);
    let listed = env.crm(["customer", "list", "name:Customer 1,Customer 3", "-o", "ids"]).ok();
    assert_eq!(ids(&env.crm(["customer", "set", "-", "grade=A"]).stdin(listed.as_str()).ok()), ids(&listed));
    let lines = env.crm(["customer", "list", "grade:A", "-o", "jsonl"]).ok();
    env.crm(["customer", "set", "-", "city=Oslo"]).stdin(lines).ok();
    assert_eq!(env.crm(["customer", "count", "city:Oslo"]).ok(), "2\n");
    let before = export(&env);
    let said = env.crm(["customer", "set", "-", "city=Rome"]).stdin("C-1\n\nC-99\n").fails(3);
    assert!(said.contains("line 3 of standard input"), "{said}");
    let said = env.crm(["customer", "set", "-", "city=Rome"]).stdin("{\"name\":\"x\"}\n").fails(4);
    assert!(said.contains("line 1"), "{said}");
    env.crm(["customer", "set", "-", "city=Rome"]).ok();
    assert_eq!(export(&env), before);
}

#[test]
fn a_new_id_is_printed_even_when_nothing_else_is_said() {
    let env = TestEnvironment::new();
    assert_eq!(id(&env, ["customer", "add", "Acme", "-q"]), "C-1");
    let output = env.crm(["-q", "ticket", "add", "Broken", "customer=C-1"]).output();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("T-1\n", ""));
    let json = env.crm(["customer", "add", "Zeta", "-o", "json"]).ok();
    assert_eq!(json, "{\"schema_version\":1,\"ids\":[\"C-2\"]}\n");
}

#[test]
fn list_as_ids_keeps_the_order_of_list() {
    let env = with_customers(12);
    env.crm(["customer", "set", "C-3", "C-7", "grade=B"]).ok();
    for sort in ["-name", "grade,-id", "-grade,name"] {
        let table = env.crm(["customer", "list", "--sort", sort, "-o", "tsv", "--no-header", "--columns", "id"]).ok();
        assert_eq!(env.crm(["customer", "list", "--sort", sort, "-o", "ids"]).ok(), table, "{sort}");
    }
}
