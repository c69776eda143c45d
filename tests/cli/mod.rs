//! The command line from outside: whole processes, their output and their exit codes.

mod chinese;
mod clock;
mod closely;
mod columns;
mod computed;
mod count;
mod damaged;
mod define;
mod define_together;
mod demo;
mod doctor;
mod errors;
mod examples;
mod export;
mod find;
mod followups;
mod formats;
mod journey;
mod kept_apart;
mod killed;
mod names;
mod own_fields;
mod panes;
mod partial;
mod people;
mod pipes;
mod processes;
mod purge;
#[cfg(unix)]
mod readme;
mod rules;
mod said;
mod schema;
mod selecting;
mod stages;
mod tickets;
mod trash;
mod undefine;
mod undone;
mod values;
mod verbs;
mod views;
mod words;

use crate::harness::TestEnvironment;

/// The ids that a command printed.
fn ids(printed: &str) -> Vec<String> {
    printed.lines().map(str::to_owned).collect()
}

/// Runs a command that prints one id.
#[track_caller]
fn id<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> String {
    let printed = env.crm(words).ok();
    let ids = ids(&printed);
    assert_eq!(ids.len(), 1, "one id, not {printed}");
    ids[0].clone()
}

/// All that a store holds.
fn export(env: &TestEnvironment) -> String {
    env.crm(["export"]).ok()
}

/// The record that `show` shows, as JSON.
fn shown(env: &TestEnvironment, id: &str) -> serde_json::Value {
    serde_json::from_str(&env.crm(["show", id, "-o", "json"]).ok()).unwrap()
}
