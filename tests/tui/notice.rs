//! What the terminal is told beside what is drawn: what falls due, and what its window is called.

use chrono::TimeDelta;

use crate::harness::{Terminal, TestEnvironment, named};

use super::{SIZE, open};

/// A screen that is opened some seconds before ten, when a customer is to be called.
fn before_ten(env: &TestEnvironment, setting: &str) -> Terminal {
    env.crm(["customer", "add", "上海华盛"]).ok();
    env.crm(["followup", "add", "寄报价", "due=today 09:30", "customer=C-1"]).ok();
    env.crm(["followup", "add", "打\u{7}电话\u{1b}\\", "due=today 10:00", "customer=C-1"]).ok();
    env.crm(["config", "set", "notify", setting]).ok();
    env.advance_clock(TimeDelta::seconds(59 * 60 + 40));
    let screen = open(env);
    screen.see("上海华盛");
    screen
}

#[test]
fn the_desktop_is_told_what_falls_due_and_nothing_older() {
    let env = TestEnvironment::new();
    let mut screen = before_ten(&env, "desktop");
    screen.see("Due: 打电话\\ · 上海华盛");
    screen.wait("notification", |_| !screen.notified().is_empty());
    assert_eq!(screen.notified(), ["crm: Due: 打电话\\ · 上海华盛"]);
    assert_eq!(screen.bells(), 0);
    screen.keys("j").gone("Due: 打");
    screen.keys("q");
    screen.end();
    screen.is_whole();
}

#[test]
fn the_bell_rings_when_something_falls_due() {
    let env = TestEnvironment::new();
    let screen = before_ten(&env, "bell");
    screen.see("Due: 打电话");
    screen.wait("bell", |_| screen.bells() == 1);
    assert!(screen.notified().is_empty());
}

#[test]
fn the_window_is_named_by_its_pane_and_gets_its_old_name_back() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut shell = env.on_terminal("env", ["PS1=ready> ", "sh", "-i"], SIZE);
    shell.see("ready>");
    let before = shell.title();
    shell.keys(&format!("{}\r", env!("CARGO_BIN_EXE_crm"))).see("Blue Harbor");
    shell.wait("title", |_| shell.title() == "crm — Customers");
    shell.keys("3");
    shell.wait("title", |_| shell.title() == "crm — Agenda");
    shell.keys(named::CTRL_Z);
    shell.wait("old title", |picture| shell.title() == before && picture.here() == "ready>");
    shell.keys("fg\r").see("Agenda of ann");
    shell.wait("title", |_| shell.title() == "crm — Agenda");
    shell.keys("q");
    shell.wait("old title", |_| shell.title() == before);
    shell.wait("prompt", |picture| picture.here() == "ready>");
    env.crm(["config", "set", "title", "no"]).ok();
    shell.keys(&format!("{}\r", env!("CARGO_BIN_EXE_crm"))).see("Blue Harbor");
    assert_eq!(shell.title(), before);
    shell.keys("q").wait("prompt", |picture| picture.here().ends_with("ready>"));
    shell.keys("exit\r");
    shell.end();
    shell.is_whole();
}
