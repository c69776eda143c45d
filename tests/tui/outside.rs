//! Other programs on the terminal: the editor has it alone, and it comes back whole.

use std::os::unix::fs::PermissionsExt;

use crate::harness::{Terminal, TestEnvironment};

use super::SIZE;

/// The screen with an editor, a shell script.
fn with_editor(env: &TestEnvironment, script: &str) -> Terminal {
    let path = env.write("editor.sh", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    let editor = format!("EDITOR={}", path.display());
    env.on_terminal("env", ["-u", "VISUAL", &editor, env!("CARGO_BIN_EXE_crm")], SIZE)
}

#[test]
fn a_record_is_edited_in_the_editor_which_has_the_keys_alone() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor", "grade=B"]).ok();
    let script = "stat -c 'mode %a' \"$1\" 2>/dev/null || stat -f 'mode %Lp' \"$1\"\n\
                  echo ready; read answer; sed -i.old -e \"s/^name=.*/name=$answer/\" \"$1\"; rm \"$1.old\"";
    let mut screen = with_editor(&env, script);
    screen.see("Blue Harbor");
    screen.keys("E").see("ready");
    screen.see("mode 600");
    screen.keys("qqq Red Harbor\r");
    screen.see("1 Customers");
    screen.see("Done: C-1");
    screen.see("qqq Red Harbor");
    screen.keys("q");
    assert!(screen.end().success());
    screen.is_whole();
    assert!(env.crm(["customer", "show", "C-1"]).ok().contains("qqq Red Harbor"));
    let left = std::fs::read_dir(env.path("state/crm/drafts")).unwrap().count();
    assert_eq!(left, 0, "the text is gone with the editor");
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = env.on_terminal("env", ["VISUAL=no-such-editor", env!("CARGO_BIN_EXE_crm")], SIZE);
    screen.see("Blue Harbor");
    screen.keys("E").see("The editor cannot be run: no-such-editor");
    screen.keys("q");
    screen.end();
    screen.is_whole();
}
