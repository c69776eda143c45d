//! What is pasted is text, however much it is and whatever stands in it.

use crate::harness::{TestEnvironment, named};

use super::open;

#[test]
fn ten_thousand_lines_are_a_text_and_no_keys() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    screen.see("Blue Harbor");
    // Each line would be a disaster if it were keys: to the trash, quit, undo.
    let text = "ddq\x15u:customer rm C-1\n".repeat(10_000);
    screen.keys(":");
    screen.paste(&text);
    let picture = screen.see(":ddqu:customer rm C-1");
    assert!(picture.has("Blue Harbor"));
    screen.keys(named::ESC);
    screen.gone(":ddqu:customer rm C-1");
    screen.keys("q");
    screen.end();
    screen.is_whole();
    assert!(env.crm(["customer", "list"]).ok().contains("Blue Harbor"));
    assert_eq!(env.crm(["undo", "--list"]).ok().matches("rm").count(), 0);
}

#[test]
fn a_paste_where_nothing_is_typed_does_no_harm() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    screen.see("Blue Harbor");
    screen.paste(&"ddq\n".repeat(10_000));
    screen.keys(named::ESC).keys(named::ESC);
    screen.see("Blue Harbor");
    screen.keys("q");
    screen.end();
    screen.is_whole();
    assert!(env.crm(["customer", "list"]).ok().contains("Blue Harbor"));
}
