//! Stores that something else than this program wrote to: every command says so, and says nothing else first.

use crate::harness::TestEnvironment;

/// Every family of commands: those that read, those that write, and those that look after a store.
const COMMANDS: [&[&str]; 10] = [
    &["customer", "count"],
    &["customer", "list"],
    &["customer", "show", "C-2"],
    &["find", "acme"],
    &["export", "customer"],
    &["customer", "add", "Zeta"],
    &["customer", "set", "C-2", "grade=A"],
    &["undo"],
    &["doctor", "--check"],
    &["doctor", "--rebuild"],
];

const PAGE: usize = 4096;

#[test]
fn no_command_fails_in_another_way_than_by_saying_what_is_wrong() {
    let env = TestEnvironment::new();
    for name in ["Acme", "Beta", "Gamma"] {
        env.crm(["customer", "add", name, "city=Oslo"]).ok();
    }
    let old = std::fs::read(env.store()).unwrap();
    for name in ["Delta", "Epsilon"] {
        env.crm(["customer", "add", name]).ok();
    }
    let whole = std::fs::read(env.store()).unwrap();
    let differ: Vec<usize> = (1..whole.len() / PAGE)
        .filter(|page| old.get(page * PAGE..(page + 1) * PAGE).is_some_and(|was| was != &whole[page * PAGE..][..PAGE]))
        .collect();
    assert!(differ.len() > 4, "{differ:?}");
    let (mut damaged, mut found) = (0, 0);
    for page in differ {
        let mut bytes = whole.clone();
        bytes[page * PAGE..][..PAGE].copy_from_slice(&old[page * PAGE..][..PAGE]);
        for words in COMMANDS {
            std::fs::write(env.store(), &bytes).unwrap();
            let output = env.crm(words).output();
            let (code, said) = (output.code, format!("{words:?}, page {page}: {} {}", output.stdout, output.stderr));
            assert!(matches!(code, Some(0 | 1 | 3 | 4)), "{code:?} {said}");
            if output.stderr.contains("The store is damaged") {
                damaged += 1;
                found += usize::from(words[0] == "doctor");
                assert_eq!((code, output.stdout.as_str(), output.stderr.lines().count()), (Some(1), "", 2), "{said}");
            }
        }
    }
    assert!(damaged > 10 && found > 4, "{damaged} {found}");
}
