//! The examples that help shows, run as they stand, in a store where the records exist that they name.

use std::fs;

use crm::ops::{OPS, Op};

use crate::harness::{TestEnvironment, shell_words};

/// A small firm: C-12, D-7, F-3, T-4, T-9, the people and the files that examples name, all made two days ago.
fn world() -> TestEnvironment {
    let env = TestEnvironment::new();
    let run = |line: &str| env.crm(shell_words(line)).ok();
    run("user add 'Li Wei' login=li.wei team=east");
    for number in 1..=11 {
        run(&format!("customer add 'Customer {number}' city=Berlin grade=C"));
    }
    run("customer add 上海华盛科技有限公司 city=上海 grade=A email=buyer@huasheng.example phone=13800138000");
    for number in 1..=7 {
        run(&format!("deal add 'Deal {number}' customer=C-1 amount=10k"));
    }
    for number in 1..=3 {
        run(&format!("followup add 'Plan {number}' due=fri customer=C-1"));
    }
    for number in 1..=9 {
        run(&format!("ticket add 'Question {number}' customer=C-1"));
    }
    env.write("minutes.txt", "what was said");
    env.write("answer.txt", "we are sorry");
    env.write("accounts.csv", "Name,City\nNorth Light,Bergen\n");
    env.write("deals.csv", "Opportunity,Account,Expected close\nLamps,North Light,3/31/2026\n");
    env.advance_clock(chrono::TimeDelta::days(2));
    env
}

/// What must have happened before an example makes sense.
fn before(op: &Op) -> Option<&'static str> {
    match op.verb {
        "restore" => Some("customer rm C-12"),
        "reopen" => Some("ticket close T-9"),
        "redo" => Some("undo"),
        _ => None,
    }
}

#[test]
fn examples_do_what_they_say() {
    let env = world();
    let store = fs::read(env.store()).unwrap();
    let mut wrong = Vec::new();
    for op in OPS {
        for line in op.examples {
            fs::write(env.store(), &store).unwrap();
            if let Some(line) = before(op) {
                env.crm(shell_words(line)).ok();
            }
            let output = env.crm(shell_words(line)).output();
            if output.code != Some(0) {
                wrong.push(format!("crm {line}: {:?} {}", output.code, output.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
