//! Another process at work beside an open screen.

use std::time::{Duration, Instant};

use crate::harness::TestEnvironment;

use super::{full, open};

#[test]
fn a_script_writes_beside_it_and_the_last_change_is_seen_within_a_second() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    screen.see("Blue Harbor");
    let changes = if full() { 1_000 } else { 60 };
    for change in 0..changes {
        env.crm(["customer", "set", "C-1", &format!("city=Town {change}")]).ok();
        if change % 10 == 0 {
            screen.keys("jk");
        }
    }
    let written = Instant::now();
    screen.see(&format!("Town {}", changes - 1));
    let took = written.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
    screen.keys("q");
    screen.end();
    screen.is_whole();
    let history = env.crm(["customer", "history", "C-1", "-o", "jsonl"]).ok();
    assert_eq!(history.matches("Town").count() / 2, changes - 1, "none of them failed");
}
