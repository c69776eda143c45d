//! What is kept beside the records of a small store, to the byte: whoever makes it in another way raises the layout.

use std::{fs, ops::ControlFlow, path::Path};

use crm::store::{
    engine::{KeyRange, Space},
    search,
};

use super::{
    steps::{context, open},
    unseen::run,
};

/// Records with a value of every type, in every script, and what links make of them.
const STEPS: &[&str] = &[
    "customer add \"Ärger & Co\" grade=A city=Oslo phone=+4722123456,138-0013-8000 employees=12 tag=vip,b",
    "customer add 重庆长江 parent=C-1 城市=重庆 annual_revenue=\"1234.56 EUR\" birthday=--02-29 blacklisted=yes",
    "contact add 单晓明 customer=C-2 email=a@example.org birthday=1985-03-01 primary=yes",
    "deal add Big customer=C-1 amount=\"12.5 CNY\" expected_close=2026-05-01",
    "deal add Loss customer=C-2 amount=\"-7 USD\"",
    "deal move D-2 next",
    "followup add Call customer=C-1 due=2026-03-04 priority=high remind=1h",
    "followup add 回访 customer=C-2 due=\"2026-03-04 15:30\"",
    "log call C-1 spoke about the offer at=2026-03-01 minutes=5",
    "ticket add Broken customer=C-1 priority=urgent",
    "customer rm C-2",
    "customer restore C-2",
    "customer add 仇記𠮷祥食品廠 city=臺北 phone=010-88886666-8001",
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the store holds beside the records, behind what it follows from: the number of the layout, and the steps.
fn kept() -> (String, String) {
    let store = open();
    for (second, line) in (1..).zip(STEPS) {
        assert!(run(&store, &context(second), line).unwrap(), "{line}");
    }
    let mut txn = store.begin().unwrap();
    search::rebuild(&mut *txn).unwrap();
    txn.commit().unwrap();
    let snapshot = store.snapshot().unwrap();
    let layout = snapshot.get(Space::Meta, b"layout").unwrap().unwrap();
    let mut from = format!("layout {}\n", hex(&layout));
    STEPS.iter().for_each(|line| from.push_str(&format!("step {line}\n")));
    let mut beside = String::new();
    for space in [Space::Index, Space::Derived, Space::Summary, Space::Search] {
        snapshot
            .scan(space, KeyRange::all(), false, &mut |key, value| {
                beside.push_str(&format!("{} {} {}", space.name(), hex(key), hex(value)));
                beside.truncate(beside.trim_end().len());
                beside.push('\n');
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    (from, beside)
}

/// What is to be done where a file of before does not say what is made now; nothing where it does.
fn complaint(before: &str, (from, beside): (&str, &str)) -> Option<&'static str> {
    match before.strip_prefix(from) {
        Some(rest) if rest == beside => None,
        Some(_) => Some(
            "keys, words, sums or computed fields are made in another way than stores have them, and those would be \
             answered from what they have: raise HOW in src/store/layout.rs, then write the file as below",
        ),
        None => Some("UPDATE_DOCS=1 cargo test --test main store::layout writes tests/layout.txt"),
    }
}

#[test]
fn what_is_kept_beside_records_changes_only_with_the_number_of_the_layout() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout.txt");
    let (from, beside) = kept();
    let before = fs::read_to_string(&file).unwrap_or_default();
    let wrong = complaint(&before, (&from, &beside));
    if std::env::var_os("UPDATE_DOCS").is_some() && !before.starts_with(&from) {
        fs::write(&file, from + &beside).unwrap();
        return;
    }
    if let Some(wrong) = wrong {
        let lines: Vec<&str> = before.lines().collect();
        let new = beside.lines().filter(|line| !lines.contains(line)).take(5).collect::<Vec<_>>().join("\n");
        panic!("{wrong}\nUPDATE_DOCS=1 cargo test --test main store::layout writes tests/layout.txt\n{new}");
    }
}

#[test]
fn keys_that_change_under_one_number_are_found() {
    let complained = |before| complaint(before, ("layout 1\n", "index 01\n"));
    assert_eq!(complained("layout 1\nindex 01\n"), None);
    for before in ["layout 1\nindex 02\n", "layout 1\n", "layout 1\nindex 01\nindex 02\n"] {
        assert!(complained(before).is_some_and(|wrong| wrong.contains("raise HOW")), "{before}");
    }
    for before in ["layout 2\nindex 01\n", ""] {
        assert!(complained(before).is_some_and(|wrong| wrong.starts_with("UPDATE_DOCS=1")), "{before}");
    }
}
