//! What is half typed into a form outlives whatever ends the session.

use std::time::{Duration, Instant};

use crate::harness::{Terminal, TestEnvironment, named};

use super::{SIZE, open};

const NAME: &str = "上海华盛科技";

/// A form that is half filled in, and seen.
fn half_typed(env: &TestEnvironment) -> Terminal {
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = env.on_terminal("env", ["CRM_TEST_PANIC=1", env!("CARGO_BIN_EXE_crm")], SIZE);
    screen.see("Blue Harbor");
    screen.keys("a").see("New customer");
    screen.keys(NAME).see(NAME);
    screen
}

/// The next session offers the form, with all that stood in it.
#[track_caller]
fn comes_back(env: &TestEnvironment, typed: &str) {
    let mut screen = open(env);
    screen.see("A form was left unfinished: New customer. gi brings it back");
    screen.keys("gi").see("New customer");
    screen.see(typed);
    screen.keys(named::CTRL_O).see("Done: C-2");
    screen.keys("q");
    assert!(screen.end().success());
    screen.is_whole();
    assert!(env.crm(["customer", "show", "C-2"]).ok().contains(typed));
    // It was saved: there is nothing to offer any more.
    let screen = open(env);
    assert!(!screen.see("Blue Harbor").has("unfinished"));
}

#[test]
fn a_signal_keeps_the_form_that_is_half_typed() {
    for signal in ["TERM", "HUP"] {
        let env = TestEnvironment::new();
        let mut screen = half_typed(&env);
        screen.signal(signal);
        screen.end();
        screen.is_whole();
        comes_back(&env, NAME);
    }
}

#[test]
fn a_signal_right_behind_the_last_key_loses_nothing() {
    let env = TestEnvironment::new();
    let mut screen = half_typed(&env);
    // Together, so that they may come at once.
    screen.keys("有限公司").signal("TERM");
    screen.end();
    let mut screen = open(&env);
    screen.see("gi brings it back");
    screen.keys("gi").see(NAME);
}

#[test]
fn a_panic_keeps_the_form_that_is_half_typed() {
    let env = TestEnvironment::new();
    let mut screen = half_typed(&env);
    screen.keys(named::F12);
    assert!(!screen.end().success());
    screen.is_whole();
    comes_back(&env, NAME);
}

#[test]
fn a_kill_keeps_the_form_that_is_half_typed() {
    let env = TestEnvironment::new();
    let mut screen = half_typed(&env);
    let folder = env.path("state/crm/drafts");
    let kept = || std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|file| file.path()).next();
    let holds = || kept().is_some_and(|file| std::fs::read_to_string(file).unwrap().contains(NAME));
    // It is on the disk about a second after the last key, and nobody writes it or draws again while nothing happens.
    let typed = Instant::now();
    screen.wait("draft", |_| holds());
    assert!(typed.elapsed() < Duration::from_secs(2), "{:?}", typed.elapsed());
    while screen.press("", Duration::from_secs(1)).is_some() {}
    let file = kept().unwrap();
    let written = std::fs::metadata(&file).unwrap().modified().unwrap();
    assert!(screen.press("", Duration::from_secs(2)).is_none(), "an idle form draws");
    assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), written, "an idle form writes");
    screen.signal("KILL");
    screen.end();
    comes_back(&env, NAME);
}
