//! Definitions carried from one store to another.

use super::ids;
use crate::harness::TestEnvironment;

fn defined() -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH", "zh=车辆"]).ok();
    env.crm(["field", "add", "vehicle", "customer", "type=link", "to=customer"]).ok();
    env.crm(["field", "add", "customer", "contract_no", "type=text", "index", "unique", "zh=合同号"]).ok();
    env.crm(["choice", "add", "customer.grade", "vip", "zh=特级"]).ok();
    env.crm(["section", "add", "customer", "Size", "fields=employees,annual_revenue", "zh=规模"]).ok();
    env.crm(["field", "set", "vehicle.name", "zh=车牌"]).ok();
    env
}

#[test]
fn a_schema_is_the_same_in_another_store() {
    let env = defined();
    let written = env.crm(["schema", "export"]).ok();
    assert_eq!(written, env.crm(["定义", "导出"]).ok());
    assert_eq!(written.lines().count(), 6);
    env.crm(["schema", "export", "--to", "s.jsonl"]).ok();
    env.crm(["schema", "export", "--to", "s.jsonl"]).fails(2);
    let (other, file) = (TestEnvironment::new(), "s.jsonl");
    other.write(file, &written);
    let would = other.crm(["schema", "import", file, "--dry-run", "-o", "tsv"]).ok();
    assert!(would.contains("added\tkind\tvehicle\t\t\tplural=vehicles letters=VH"), "{would}");
    assert_eq!(other.crm(["schema", "export"]).ok(), "");
    other.crm(["schema", "import", file]).ok();
    assert_eq!(other.crm(["schema", "export"]).ok(), written);
    assert_eq!(other.crm(["schema", "diff", file, "-o", "tsv", "--no-header"]).ok(), "");
    other.crm(["vehicle", "add", "沪A12345"]).ok();
}

#[test]
fn an_import_is_one_step_and_says_what_differs() {
    let env = defined();
    let written = env.crm(["schema", "export"]).ok();
    env.write("s.jsonl", &written);
    env.crm(["field", "set", "customer.contract_no", "zh=合同编号"]).ok();
    env.crm(["field", "rm", "vehicle.customer"]).ok();
    env.crm(["field", "add", "contact", "birthplace"]).ok();
    let diff = env.crm(["schema", "diff", "s.jsonl", "-o", "tsv", "--no-header"]).ok();
    let lines: Vec<&str> = diff.lines().collect();
    assert!(lines[0].starts_with("restored\tfield\tvehicle.customer\t\t"), "{diff}");
    assert_eq!(lines[1], "changed\tfield\tcustomer.contract_no\tzh\t合同编号\t合同号");
    assert!(lines[2].starts_with("only_here\tfield\tcontact.birthplace\t\t"), "{diff}");
    let done = env.crm(["schema", "import", "-", "-o", "json"]).stdin(written).ok();
    let done: serde_json::Value = serde_json::from_str(&done).unwrap();
    assert_eq!(done["differences"].as_array().unwrap().len(), 2);
    assert_eq!(done["differences"][1]["new"], "合同号");
    assert_eq!(ids(&env.crm(["field", "list", "-o", "ids"]).ok()).len(), 4);
    env.crm(["undo"]).ok();
    assert_eq!(env.crm(["schema", "diff", "s.jsonl", "-o", "tsv", "--no-header"]).ok(), diff);
    env.crm(["schema", "import", "missing.jsonl"]).fails(1);
    env.crm(["schema", "imprt", "s.jsonl"]).fails(2);
    env.crm(["schema", "export", "s.jsonl"]).fails(2);
    env.write("bad.jsonl", "{\"kind\":\"field\",\"name\":\"customer.x\",\"requird\":true}\n");
    assert!(env.crm(["schema", "import", "bad.jsonl"]).fails(4).contains("line 1"));
}

#[test]
fn kinds_without_letters_in_one_file_have_letters_of_their_own() {
    let env = TestEnvironment::new();
    let line = |noun: &str| format!("{{\"kind\":\"kind\",\"name\":\"{noun}\"}}\n");
    env.write("k.jsonl", ["vehicle", "vessel", "assistant"].map(line).concat());
    env.crm(["schema", "import", "k.jsonl"]).ok();
    let letters = env.crm(["kind", "list", "--columns", "letters", "-o", "tsv", "--no-header"]).ok();
    assert_eq!(letters, "VE\nVS\nAI\n", "AS is kept for a kind to come");
    env.write("k.csv", "name\nvenue\nvendor\n");
    env.crm(["import", "k.csv", "--into", "kind", "--yes"]).ok();
    env.crm(["vendor", "add", "One"]).ok();
}

#[test]
fn what_is_wrong_is_told_of_a_line_of_the_file_first() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle"]).ok();
    env.crm(["field", "add", "vehicle", "size", "type=whole", "zh=大小"]).ok();
    env.crm(["field", "add", "vehicle", "twice", "formula=大小 * 2"]).ok();
    env.crm(["field", "add", "vehicle", "other", "formula=size + 1"]).ok();
    let lines = [
        r#"{"kind":"field","name":"vehicle.size","zh":"尺寸"}"#,
        r#"{"kind":"field","name":"vehicle.other","formula":"size * true"}"#,
    ];
    env.write("s.jsonl", lines[0]);
    let told = env.crm(["schema", "import", "s.jsonl"]).fails(4);
    assert!(told.contains("FD-2") && told.contains("大小"), "{told}");
    env.write("s.jsonl", lines.join("\n"));
    let told = env.crm(["schema", "import", "s.jsonl"]).fails(4);
    assert!(told.contains("line 2") && told.contains("true"), "{told}");
    env.write("f.csv", "of,code,formula\nvehicle,fee,size * true\n");
    let told = env.crm(["import", "f.csv", "--into", "field", "--yes"]).fails(4);
    assert!(told.contains("line 2") && told.contains("true"), "{told}");
    env.crm(["field", "add", "vehicle", "fee", "formula=size * true"]).fails(2);
}

#[test]
fn what_cannot_become_so_is_a_difference_like_any_other() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "size", "type=whole", "zh=大小"]).ok();
    let lines = [
        r#"{"kind":"field","name":"customer.size","type":"text","zh":"尺寸"}"#,
        r#"{"kind":"field","name":"customer.colour","type":"text"}"#,
    ];
    env.write("s.jsonl", lines.join("\n"));
    let diff = env.crm(["schema", "diff", "s.jsonl", "-o", "tsv", "--no-header"]).output();
    let lines: Vec<&str> = diff.stdout.lines().collect();
    assert_eq!(diff.code, Some(0), "{}", diff.stderr);
    assert_eq!(lines[0], "changed\tfield\tcustomer.size\ttype\twhole\ttext");
    assert_eq!(lines[1], "changed\tfield\tcustomer.size\tzh\t大小\t尺寸");
    assert!(lines[2].starts_with("added\tfield\tcustomer.colour"), "{}", diff.stdout);
    assert!(diff.stderr.contains("would be refused: line 1, type"), "{}", diff.stderr);
    env.crm(["schema", "import", "s.jsonl"]).fails(4);
}
