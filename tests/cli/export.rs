//! Exports: everything, the same bytes for the same records.

use std::fs;

use crm::domain::{FieldDef, Kind, schema::BASE};

use crate::harness::{TestEnvironment, shell_words};

fn some_work(env: &TestEnvironment) -> usize {
    let steps: [&[&str]; 7] = [
        &["customer", "add", "Blue Harbor", "city=Seattle", "phone=mobile:13800138000", "tag=a,b"],
        &["customer", "add", "上海华盛科技有限公司", "城市=上海", "annual_revenue=12万 CNY"],
        &["customer", "add", "Gone Co", "note=two\nlines"],
        &["deal", "add", "Big one", "customer=C-1", "amount=5000"],
        &["log", "call", "C-2", "hello", "next=fri send quote"],
        &["deal", "move", "D-1", "won"],
        &["customer", "rm", "C-3"],
    ];
    for words in steps {
        env.crm(words).ok();
    }
    steps.len()
}

#[test]
fn undoing_and_redoing_everything_exports_the_same_bytes() {
    let env = TestEnvironment::new();
    let steps = some_work(&env);
    let before = env.crm(["export"]).ok();
    for line in before.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(record["kind"].is_string() && record["id"].is_string(), "{line}");
        assert!(record.as_object().unwrap().values().all(|value| !value.is_null()), "{line}");
        assert_eq!(record.get("trashed").is_some(), record["id"] == "C-3", "{line}");
    }
    assert!(before.contains(r#""customer":"C-1""#), "links are ids: {before}");
    assert!(!before.contains("open_deals"), "nothing that is computed: {before}");
    for _ in 0..steps {
        env.crm(["undo"]).ok();
    }
    let nothing = env.crm(["export"]).ok();
    assert!(!nothing.contains("Blue Harbor"), "{nothing}");
    for _ in 0..steps {
        env.crm(["redo"]).ok();
    }
    env.advance_clock(chrono::TimeDelta::days(400));
    assert_eq!(env.crm(["export", "--tz", "Asia/Shanghai", "--lang", "zh"]).ok(), before);
}

#[test]
fn a_named_kind_is_a_table() {
    let env = TestEnvironment::new();
    some_work(&env);
    let csv = env.crm(["export", "customers"]).ok();
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(rows.headers().unwrap().iter().take(4).collect::<Vec<_>>(), ["kind", "id", "trashed", "name"]);
    let ids: Vec<String> = rows.records().map(|row| row.unwrap()[1].to_owned()).collect();
    assert_eq!(ids, ["C-1", "C-2", "C-3"]);
    assert_eq!(env.crm(["export", "c", "city:上海", "-o", "ids"]).ok(), "C-2\n");
    assert_eq!(env.crm(["export", "customer", "-o", "jsonl"]).ok().lines().count(), 3);
    let all: serde_json::Value = serde_json::from_str(&env.crm(["export", "-o", "json"]).ok()).unwrap();
    assert_eq!(all["records"].as_array().unwrap().len(), env.crm(["export"]).ok().lines().count());
    assert!(env.crm(["export", "-o", "csv"]).ok().starts_with("kind,id,trashed,login,"));
    assert!(env.crm(["export", "custmer"]).fails(2).contains("did you mean crm export customer?"));
}

#[test]
fn a_file_is_not_replaced_unless_that_is_said() {
    let env = TestEnvironment::new();
    some_work(&env);
    assert_eq!(env.crm(["export", "--to", "all.jsonl"]).ok(), "");
    let file = env.path("home/all.jsonl");
    assert_eq!(fs::read_to_string(&file).unwrap(), env.crm(["export"]).ok());
    assert!(env.crm(["export", "customer", "--to", "all.jsonl"]).fails(2).contains("--yes"));
    env.crm(["export", "customer", "--to", "all.jsonl", "--yes"]).ok();
    assert_eq!(fs::read_to_string(&file).unwrap(), env.crm(["export", "customer"]).ok());
    env.crm(["export", "--to", "no/such/folder/all.jsonl"]).fails(1);
}

#[test]
fn neither_the_store_nor_a_link_or_a_pipe_is_replaced() {
    let env = TestEnvironment::new();
    some_work(&env);
    let (all, store) = (env.crm(["export"]).ok(), env.store());
    let words = |to: &str| ["export", "--to", to, "--yes"].map(str::to_owned);
    assert!(env.crm(words(&store.to_string_lossy())).fails(2).contains("the store itself"));
    let link = env.path("home/link");
    std::os::unix::fs::symlink(&store, &link).unwrap();
    assert!(env.crm(words("link")).fails(2).contains("the store itself"));
    assert_eq!(env.crm(["export"]).ok(), all);

    fs::remove_file(&link).unwrap();
    let file = env.write("elsewhere.jsonl", "old");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    env.crm(words("link")).ok();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), all);

    let pipe = env.path("home/pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    env.crm(["export", "--to", "pipe"]).ok();
    assert_eq!(reader.join().unwrap(), all);
    assert!(!pipe.metadata().unwrap().is_file());
}

#[test]
fn an_edited_export_comes_back_into_the_same_records() {
    let env = TestEnvironment::new();
    some_work(&env);
    env.crm(["export", "customer", "--to", "c.csv"]).ok();
    let file = env.path("home/c.csv");
    let edited = fs::read_to_string(&file).unwrap().replace("Seattle", "Tacoma");
    fs::write(&file, &edited).unwrap();
    let said = env.crm(["import", "c.csv", "--into", "customer"]).output().stderr;
    assert!(said.contains("0 customers added, 1 updated, 2 unchanged"), "{said}");
    assert_eq!(env.crm(["customer", "list", "city:Tacoma", "-o", "ids"]).ok(), "C-1\n");
    assert_eq!(env.crm(["customer", "count"]).ok(), "2\n");

    let other = TestEnvironment::new();
    other.write("c.csv", &edited);
    other.crm(["import", "c.csv", "--into", "customer"]).ok();
    assert_eq!(other.crm(["customer", "list", "-o", "ids"]).ok(), env.crm(["customer", "list", "-o", "ids"]).ok());
    other.crm(["import", "c.csv", "--into", "customer"]).ok();
    assert_eq!(other.crm(["customer", "count"]).ok(), "2\n");
}

#[test]
fn what_stands_in_the_way_of_a_file_is_told_as_it_is() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    let said = env.crm(["export", "--to", "nowhere/x.jsonl"]).fails(1);
    assert!(
        said.contains("nowhere/x.jsonl: it cannot be written") && said.contains("there is no folder nowhere"),
        "{said}"
    );
    let said = env.crm(["export", "--to", "nowhere/x.jsonl", "--lang", "zh"]).fails(1);
    assert!(said.contains("没有文件夹 nowhere"), "{said}");
    let one = env.crm(["export", "customer", "--to", "one.csv"]).output();
    assert!(one.stderr.contains("1 record written to one.csv"), "{}", one.stderr);
}

/// A store with something of every kind in it that a table might lose.
fn odd_work(env: &TestEnvironment) {
    let steps: &[&[&str]] = &[
        &["user", "add", "login=bob", "email=bob@x.com", "--", "Bob \"B\" O’Neil"],
        &["customer", "add", "--", "Acme, \"Inc\".; =x"],
        &["customer", "set", "C-1", "phone=+86 138 0013 8000; (206) 555-0142 ext 12", "email=a@x.com, b@x.com"],
        &["customer", "set", "C-1", "tag=\"x, y\",z,-w", "note=two\nlines, \"q\"", "address=1 High St\nFloor 2"],
        &["customer", "set", "C-1", "birthday=1990-02-28", "annual_revenue=1234.50 EUR", "employees=12", "owner=bob"],
        &["customer", "set", "C-1", "do_not_contact=call,sms", "website=http://a.b/c?x=1,2", "external_id=007"],
        &["customer", "add", "Below", "parent=C-1", "annual_revenue=250000 JPY", "birthday=--02-29", "referred_by=C-1"],
        &["customer", "add", "--", "- dash"],
        &["customer", "add", "0123"],
        &["customer", "add", "U-1"],
        &["customer", "rm", "C-4"],
        &["contact", "add", "曾国藩", "customer=C-1", "phone=mobile 13900139000"],
        &["contact", "add", "C-9"],
        &["pipeline", "add", "Renewal"],
        &["stage", "add", "Try", "pipeline=Renewal", "probability=12"],
        &["deal", "add", "Big", "customer=C-1", "contact=P-1", "amount=250000 EUR", "expected_close=2027-01-31"],
        &["deal", "add", "Small", "amount=1.234 KWD", "pipeline=Renewal"],
        &["deal", "add", "Won", "amount=0.5 USD"],
        &["deal", "move", "D-3", "won"],
        &["deal", "add", "Lost"],
        &["deal", "move", "D-4", "lost", "lost_reason=price"],
        &["log", "call", "D-1", "hi", "outcome=reached", "minutes=90"],
        &["log", "note", "C-1", "a; b, \"c\""],
        &["followup", "add", "Rent", "due=2026-01-31", "repeat=monthly"],
        &["followup", "add", "Call", "due=2026-03-01 15:00", "customer=C-1"],
        &["followup", "done", "F-1"],
        &["ticket", "add", "Broken, \"x\"", "customer=C-1", "contact=P-1", "priority=urgent"],
        &["ticket", "reply", "T-1", "text=ok then"],
        &["ticket", "add", "Two"],
        &["ticket", "merge", "T-2", "T-1"],
        &["ticket", "add", "Three"],
        &["ticket", "resolve", "T-3"],
        &["view", "save", "v1", "customer", "name:ac*"],
        &["view", "save", "v2", "customer", "--static", "C-1", "C-2"],
        &["kind", "add", "vehicle", "letters=VH", "zh=车辆"],
        &["field", "add", "vehicle", "customer", "type=link", "to=customer"],
        &["field", "add", "customer", "contract_no", "type=text", "unique", "zh=合同号", "help=a \"b\", c"],
        &["choice", "add", "customer.grade", "vip", "zh=特级"],
        &["section", "add", "customer", "Size, or so", "fields=employees,contract_no"],
        &["vehicle", "add", "沪A12345", "customer=C-1"],
        &["customer", "set", "C-1", "合同号=HT-7", "grade=vip"],
    ];
    for words in steps {
        env.crm(words.iter().copied()).ok();
    }
    let is_lacking = |kind: &&&Kind| env.crm(["export", kind.noun, "-o", "ids"]).ok().is_empty();
    for kind in BASE.kinds().iter().filter(is_lacking) {
        env.crm([kind.noun, "add"]).args(required(kind)).ok();
    }
}

/// The words that a new record of a kind needs.
fn required(kind: &Kind) -> Vec<String> {
    let of = |def: &FieldDef| match BASE.target(def) {
        _ if def.name => "One".to_owned(),
        Some(target) => format!("{}={}-1", def.code, target.letters),
        None => format!("{}=1", def.code),
    };
    kind.fields.iter().filter(|def| def.required && def.is_settable()).map(of).collect()
}

#[test]
fn a_file_of_any_kind_on_its_way_back_changes_nothing() {
    let env = TestEnvironment::new();
    odd_work(&env);
    let before = env.crm(["export"]).ok();
    let kinds: std::collections::BTreeSet<&str> =
        BASE.kinds().iter().map(|kind| kind.noun).chain(["vehicle"]).collect();
    for kind in kinds {
        env.crm(["export", kind, "--to", "f.csv", "--yes"]).ok();
        let rows = env.crm(["export", kind, "-o", "ids"]).ok().lines().count();
        assert!(rows > 0, "the store has no {kind}");
        let told = env.crm(["import", "f.csv", "--into", kind, "-o", "json"]).ok();
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["import"]["unchanged"], rows, "{kind}: {told}");
        assert_eq!(env.crm(["export"]).ok(), before, "{kind}");
    }
}

#[test]
fn a_file_fills_an_empty_store_on_another_machine() {
    let (here, there) = (TestEnvironment::new(), TestEnvironment::new());
    here.crm(["customer", "add", "Acme", "city=Oslo"]).ok();
    here.crm(["customer", "add", "Below", "parent=C-1"]).ok();
    here.crm(["customer", "rm", "C-1"]).ok();
    let file = here.crm(["export", "customer"]).ok();
    fs::write(there.path("home/c.csv"), &file).unwrap();
    there.crm(["import", "c.csv", "--into", "customer", "--dry-run"]).ok();
    there.crm(["import", "c.csv", "--into", "customer"]).ok();
    assert_eq!(there.crm(["export", "customer", "-o", "ids"]).ok(), "C-1\nC-2\n");
    assert_eq!(super::shown(&there, "C-2")["record"]["owner"]["id"], "U-1");
}

/// The kinds in an order in which each finds those that it links to.
const MOVED: [&str; 6] = ["user", "pipeline", "stage", "customer", "contact", "deal"];

#[test]
fn a_store_moves_by_exporting_and_importing_each_kind() {
    let (from, to) = (TestEnvironment::new(), TestEnvironment::new());
    for line in [
        "user set U-1 team=West",
        "user add Zoe login=zoe",
        "pipeline add Service order=2 default=yes",
        "stage add New pipeline=L-2",
        "stage add Done pipeline=L-2 outcome=won",
        "stage set S-1 name=Check stale_after=",
        "stage rm S-3",
        "customer add Acme owner=zoe",
        "contact add Ann customer=C-1",
        "deal add Big customer=C-1 pipeline=L-1 stage=Check",
        "deal add Small customer=C-1 owner=U-1",
        "customer add Gone",
        "contact add Bob customer=C-2",
        "customer rm C-2",
    ] {
        from.crm(shell_words(line)).ok();
    }
    to.advance_clock(chrono::TimeDelta::days(1));
    for kind in MOVED {
        let text = from.crm(["export", kind, "-o", "csv"]).ok();
        to.write("file.csv", &text);
        let output = to.crm(["import", "file.csv"]).env("USER", "bob").output().ended(0);
        if kind == "user" {
            assert!(output.stderr.contains("U-1 was bob, and is ann now"), "{}", output.stderr);
            continue;
        }
        // Taking it back and doing it once more comes to the same.
        to.crm(["undo"]).env("USER", "bob").ok();
        to.crm(["import", "file.csv"]).env("USER", "bob").ok();
    }
    let stays = |env: &TestEnvironment, kind: &str| {
        let text = env.crm(["export", kind, "-o", "csv"]).ok();
        let headings: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let kept = |at: usize| !["updated", "updated_by", "version"].contains(&headings[at]);
        let cells = |line: &str| {
            line.split(',').enumerate().filter(|(at, _)| kept(*at)).map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>()
        };
        text.lines().map(cells).collect::<Vec<_>>()
    };
    for kind in MOVED {
        let mut moved = stays(&to, kind);
        if kind == "user" {
            assert!(moved.pop().unwrap().contains(&"bob".to_owned()), "whoever moved it is a user behind those");
        }
        assert_eq!(moved, stays(&from, kind), "{kind}");
    }
    to.crm(["doctor", "--check"]).ok();
}

#[test]
fn links_to_the_trash_come_back_with_the_records_that_have_them() {
    let env = TestEnvironment::new();
    for line in ["customer add Acme", "contact add Ann customer=C-1", "contact add Bob", "customer rm C-1"] {
        env.crm(shell_words(line)).ok();
    }
    let text = env.crm(["export", "contact", "-o", "csv"]).ok();
    env.write("file.csv", text.replace(",Ann,", ",Ann Lee,"));
    env.crm(["import", "file.csv"]).ok();
    assert_eq!(
        env.crm(["contact", "list", "-o", "csv", "--columns", "name,customer"]).ok(),
        "name,customer\nAnn Lee,C-1\nBob,\n"
    );
    for file in ["name,customer\nCid,C-1\n".to_owned(), text.replace(",Bob,,,", ",Bob,,C-1,")] {
        env.write("file.csv", &file);
        let error = env.crm(["import", "file.csv", "--into", "contact"]).fails(4);
        assert!(error.contains("customer: C-1 is in the trash (crm restore C-1 brings it back"), "{error}");
    }
}

#[test]
fn a_store_in_which_somebody_works_keeps_what_it_began_with() {
    let (from, to) = (TestEnvironment::new(), TestEnvironment::new());
    let text = from.crm(["export", "user", "-o", "csv"]).ok();
    to.crm(["customer", "add", "Acme"]).env("USER", "bob").ok();
    to.write("file.csv", text.replace("T0", "T1"));
    let error = to.crm(["import", "file.csv"]).env("USER", "bob").fails(4);
    assert!(error.contains("U-1 of this store was created at another time"), "{error}");
}
