//! Commands among other commands: pipes that close, disks that are full, ids handed on.

use std::{fmt::Write as _, path::Path};

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
    assert!(json.starts_with("{\"schema_version\":1,\"ids\":[\"C-2\"],"), "{json}");
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

/// A file of a test beside the store, for words such as `note=@answer.txt`.
fn with_text(text: impl AsRef<[u8]>) -> TestEnvironment {
    let env = with_customers(2);
    env.write("answer.txt", text);
    env
}

#[test]
fn every_verb_that_takes_assignments_reads_a_text_from_a_file() {
    let env = with_text("\u{feff}one\ntwo @ three\n");
    for words in [
        "customer add New note=@answer.txt",
        "customer set C-1 note=@answer.txt",
        "set C-2 note=@answer.txt",
        "deal add Big customer=C-1",
        "deal move D-1 next note=@answer.txt",
        "log call C-1 text=@answer.txt",
        "followup add Ring customer=C-1 due=today",
        "followup done F-1 note=@answer.txt",
        "ticket add Broken customer=C-1 description=@answer.txt",
        "ticket note T-1 text=@answer.txt",
        "ticket reply T-1 text=@answer.txt",
        "ticket assign T-1 me description=@answer.txt",
        "ticket wait T-1 description=@answer.txt",
        "ticket resolve T-1 resolution=@answer.txt",
        "ticket reopen T-1 description=@answer.txt",
        "ticket close T-1 description=@answer.txt",
        "ticket rate T-1 5 description=@answer.txt",
    ] {
        env.crm(words.split(' ')).ok();
        let words = words.split('@').next().unwrap();
        let exported = export(&env);
        assert!(!words.ends_with('=') || exported.contains("one\\ntwo @ three"), "{words}: {exported}");
        assert!(!exported.contains("answer.txt") && !exported.contains('\u{feff}'), "{words}: {exported}");
    }
    assert_eq!(export(&env).matches("one\\ntwo @ three").count(), 10, "{}", export(&env));
}

#[test]
fn a_text_comes_through_a_pipe_and_a_shell_s_own_file_too() {
    let env = with_text("");
    env.crm(["customer", "set", "C-1", "note=@/dev/stdin"]).stdin("piped").ok();
    assert_eq!(env.crm(["customer", "count", "note:piped"]).ok(), "1\n");
    if env.program("bash", ["-c", "true"]).output().code == Some(0) {
        let script = format!("{CRM} customer set C-2 note=@<(echo 'from a process')");
        env.program("bash", ["-c", &script]).ok();
        assert_eq!(env.crm(["customer", "count", "note~process"]).ok(), "1\n");
    }
}

#[test]
fn a_text_that_cannot_be_read_says_where_and_changes_nothing() {
    let env = with_text(b"good\nb\xffd\n");
    let before = export(&env);
    let said = env.crm(["customer", "set", "C-1", "note=@answer.txt"]).fails(1);
    assert!(said.contains("note: answer.txt: line 2 is not UTF-8"), "{said}");
    let said = env.crm(["customer", "set", "C-1", "note=@gone.txt"]).fails(1);
    assert!(said.contains("gone.txt cannot be read") && said.contains("@@"), "{said}");
    let said = env.crm(["customer", "set", "C-1", "note=@/dev/zero"]).fails(1);
    assert!(said.contains("16 MB"), "{said}");
    let said = env.crm(["customer", "set", "-", "note=@/dev/stdin"]).stdin("C-1\n").fails(2);
    assert!(said.contains("asked for twice"), "{said}");
    let said = env.crm(["customer", "set", "-", "-", "note=x"]).stdin("C-1\n").fails(2);
    assert!(said.contains("asked for twice"), "{said}");
    assert_eq!(export(&env), before);
    // What is no file stands as it is: in a field that holds one line, and behind @@.
    env.crm(["customer", "set", "C-1", "name=@gone.txt", "note=@@home"]).ok();
    assert!(export(&env).contains("\"@gone.txt\"") && export(&env).contains("\"@home\""));
}

#[test]
fn a_byte_order_mark_before_piped_ids_is_passed_over() {
    let env = with_customers(3);
    for (at, given) in ["\u{feff}C-1\r\n", "\u{feff}{\"id\":\"C-2\"}\r\n"].into_iter().enumerate() {
        let set = env.crm(["customer", "set", "-", "grade=A"]).stdin(given).ok();
        assert_eq!(set, format!("C-{}\n", at + 1));
    }
}

#[test]
fn ids_that_come_late_are_looked_for_when_they_have_come() {
    let env = TestEnvironment::new();
    let verbs =
        ["customer set - tag+=fresh", "view save fair customer --static -", "customer rm -", "customer restore -"];
    env.crm(["customer", "add", "First"]).ok();
    for (at, verb) in verbs.into_iter().enumerate() {
        let script =
            format!("(while [ ! -e go{at} ]; do sleep 0.01; done; cat ids{at}) | {CRM} {verb} && touch ran{at}");
        let running = env.program("sh", ["-c", &script]).spawn();
        // Long enough that a command that looked at the store first would have done so.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let id = id(&env, ["customer", "add", "Late"]);
        if verb.ends_with("restore -") {
            env.crm(["customer", "rm", &id]).ok();
        }
        env.write(&format!("ids{at}"), format!("{id}\n"));
        env.write(&format!("go{at}"), "");
        let printed = running.wait().ok();
        assert!(printed == format!("{id}\n") || printed == "V-1\n", "{verb}: {printed}");
    }
    assert_eq!(env.crm(["customer", "count", "tag:fresh"]).ok(), "1\n");
    assert_eq!(env.crm(["customer", "list", "view:fair", "-o", "ids"]).ok(), "C-3\n");
    assert_eq!(env.crm(["customer", "list", "-o", "ids"]).ok(), "C-1\nC-2\nC-3\nC-5\n");
}

#[test]
fn beside_a_writer_that_never_pauses_no_command_succeeds_without_its_change() {
    let env = with_customers(4);
    let rounds = if std::env::var_os("CRM_TEST_FULL").is_some() { 300 } else { 25 };
    let writing = format!(
        "while [ ! -e done ]; do {CRM} customer set C-5 city=B$$ > out; {CRM} customer set C-5 city=A > out; done"
    );
    env.crm(["customer", "add", "Busy"]).ok();
    let writer = env.program("sh", ["-c", &writing]).spawn();
    let script = format!(
        "n=0; while [ $n -lt {rounds} ]; do n=$((n+1))
        {CRM} customer list name:Customer* -o ids | {CRM} customer set - note=round$n --wait 60 > set || exit 1
        {CRM} customer count note:round$n; done"
    );
    let counted = env.program("sh", ["-c", &script]).spawn().wait();
    env.write("done", "");
    writer.wait().ok();
    assert_eq!(counted.ok(), "4\n".repeat(rounds));
}
