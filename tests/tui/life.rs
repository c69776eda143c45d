//! Coming and going: the terminal is whole afterwards, whatever happened.

use std::time::Duration;

use crate::harness::{TestEnvironment, named};

use super::{SIZE, open};

#[test]
fn it_is_left_with_one_key() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    let picture = screen.see("> ");
    assert!(picture.here().starts_with(">"), "the cursor is on the row: {picture:?}");
    screen.see("Blue Harbor");
    screen.keys("q");
    assert!(screen.end().success());
    screen.is_whole();
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    screen.see("Owner       ann");
    assert!(screen.since_start() < Duration::from_secs(10), "{:?}", screen.since_start());
    // What was asked for at the start may still come.
    assert!((0..20).any(|_| screen.press("", Duration::from_millis(300)).is_none()), "the screen draws on and on");
    assert!(screen.press("", Duration::from_secs(2)).is_none(), "an idle screen draws");
    let answered = screen.press("?", Duration::from_millis(500)).unwrap();
    assert!(answered.first <= answered.last);
    assert!(screen.picture().lines.len() == usize::from(SIZE.1));
}

/// How many times the threads of a process have gone to sleep.
#[cfg(target_os = "linux")]
fn slept(process: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap().flatten();
    let status = tasks.map(|task| std::fs::read_to_string(task.path().join("status")).unwrap());
    let count = |status: &str| status.split("voluntary_ctxt_switches:").nth(1)?.split_whitespace().next()?.parse().ok();
    status.map(|status| count(&status).unwrap_or(0_u64)).sum()
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_session_hardly_wakes() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    screen.see("Owner       ann");
    // What was done at the start is not idle yet.
    while screen.press("", Duration::from_secs(1)).is_some() {}
    let before = slept(screen.id());
    std::thread::sleep(Duration::from_secs(5));
    let times = slept(screen.id()) - before;
    // Twice a second it is looked at whether another process has changed the store.
    assert!(times <= 15, "it woke {times} times in five seconds");
}

#[test]
fn what_is_copied_reaches_the_clipboard() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "上海"]).ok();
    let mut screen = open(&env);
    screen.see("> ");
    screen.keys("yi");
    screen.wait("id on the clipboard", |_| !screen.copied().is_empty());
    // `C-1`
    assert_eq!(screen.copied(), ["Qy0x"]);
}

#[test]
fn interrupted_twice_it_ends() {
    let env = TestEnvironment::new();
    let mut screen = open(&env);
    screen.keys(named::CTRL_C).see("^c");
    screen.keys(named::CTRL_C);
    screen.end();
    screen.is_whole();
}

#[test]
fn a_storm_of_sizes_is_weathered() {
    let env = TestEnvironment::new();
    for number in 0..40 {
        env.crm(["customer".to_owned(), "add".to_owned(), format!("上海第{number:02}公司")]).ok();
    }
    let mut screen = open(&env);
    screen.see("上海第01公司");
    screen.keys("j");
    for step in 0..200_u16 {
        screen.resize((20 + step * 37 % 180, 3 + step * 13 % 60));
    }
    screen.resize((40, 12)).see("40x12");
    screen.resize((120, 36));
    let picture = screen.wait("cursor on the second row", |picture| picture.here().contains("上海第01公司"));
    assert!(picture.lines[0].contains("1 Customers") && picture.lines[35].contains("2/40"), "{picture:?}");
    screen.keys("q");
    screen.end();
    screen.is_whole();
}

#[test]
fn a_key_and_another_size_at_the_same_moment_are_both_seen() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut screen = open(&env);
    screen.see("Blue Harbor");
    for (n, lines) in (25..33).enumerate() {
        // Both have come when the program looks again.
        screen.signal("STOP");
        let (key, seen) = if n % 2 == 0 { ("3", "Agenda of ann") } else { ("1", "Blue Harbor") };
        if n % 4 < 2 {
            screen.resize((100, lines)).keys(key);
        } else {
            screen.keys(key).resize((100, lines));
        }
        screen.signal("CONT");
        screen.wait(&format!("{seen} on {lines} lines"), |picture| {
            picture.has(seen)
                && picture.lines.len() == usize::from(lines)
                && picture.lines[usize::from(lines) - 1].contains("NORMAL")
        });
    }
}

#[test]
fn keys_typed_while_it_starts_are_not_lost() {
    let env = TestEnvironment::new();
    for number in 1..=9 {
        env.crm(["customer", "add", &format!("上海第0{number}公司")]).ok();
        env.crm(["followup", "add", &format!("第0{number}件事"), "due=today", &format!("customer=C-{number}")]).ok();
    }
    for (keys, row) in [("jjj", "上海第04公司"), ("Gk", "上海第08公司"), ("3jj", "第03件事")] {
        let mut screen = env.screen([""; 0], SIZE);
        screen.keys(keys);
        screen.wait(&format!("cursor on {row}"), |picture| picture.here().contains(row));
        screen.keys("q");
        screen.end();
        screen.is_whole();
    }
}

#[test]
fn a_signal_ends_it_in_order() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let env = TestEnvironment::new();
        let mut screen = open(&env);
        screen.signal(signal);
        screen.end();
        screen.is_whole();
        assert_eq!(env.crm(["count", "customer"]).output().code.map(|_| ()), Some(()));
        env.crm(["customer", "add", "After"]).ok();
    }
}

#[test]
fn a_panic_leaves_the_terminal_whole_and_says_what_happened() {
    let env = TestEnvironment::new();
    let mut screen = env.on_terminal("env", ["CRM_TEST_PANIC=1", env!("CARGO_BIN_EXE_crm")], SIZE);
    screen.see("1 Customers");
    screen.keys(named::F12);
    assert!(!screen.end().success());
    screen.is_whole();
    screen.see("panicked");
}

#[test]
fn the_shell_takes_it_aside_and_brings_it_back() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    let mut shell = env.on_terminal("env", ["PS1=ready> ", "sh", "-i"], SIZE);
    shell.see("ready>");
    shell.keys(&format!("{}\r", env!("CARGO_BIN_EXE_crm"))).see("Blue Harbor");
    shell.keys(named::CTRL_Z);
    shell.wait("prompt", |picture| picture.has("Stopped") && picture.here().ends_with("ready>"));
    // The shell's own lines are read as ever: an echo comes back, and a line is a line.
    shell.keys("echo one$((1))two\r").see("one1two");
    shell.keys("fg\r").see("Blue Harbor");
    shell.wait("screen", |picture| picture.lines[0].contains("1 Customers"));
    shell.keys("q");
    shell.wait("prompt", |picture| picture.here().ends_with("ready>"));
    shell.keys("echo three$((3))four\r").see("three3four");
    shell.keys("exit\r");
    shell.end();
    shell.is_whole();
}

#[test]
fn a_terminal_that_cannot_place_the_cursor_is_told_the_way_around() {
    let env = TestEnvironment::new();
    let mut screen = env.on_terminal("env", ["TERM=dumb", env!("CARGO_BIN_EXE_crm")], SIZE);
    screen.see("TERM names none");
    assert_eq!(screen.end().exit_code(), 1);
    assert!(screen.picture().has("crm agenda"));
    screen.is_whole();
}

#[test]
fn tables_on_a_terminal_are_as_wide_as_columns_says() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor Logistics and Freight Forwarding", "city=Seattle"]).ok();
    for (columns, whole) in [("40", false), ("100", true)] {
        let variable = format!("COLUMNS={columns}");
        let words = [variable.as_str(), env!("CARGO_BIN_EXE_crm"), "customer", "list", "--columns", "name"];
        let mut screen = env.on_terminal("env", words, SIZE);
        screen.see("Blue Harbor");
        screen.end();
        assert_eq!(screen.picture().has("Freight Forwarding"), whole, "{:?}", screen.picture());
    }
}

#[test]
fn lines_pasted_behind_a_command_with_a_long_answer_reach_the_shell() {
    let env = TestEnvironment::new();
    let rows: String = (0..80).map(|n| format!("Customer {n}\n")).collect();
    env.write("many.csv", format!("name\n{rows}"));
    env.crm(["import", "many.csv", "--into", "customer"]).ok();
    let mut shell = env.on_terminal("env", ["PS1=ready> ", "PAGER=less", "sh", "-i"], SIZE);
    shell.see("ready>");
    shell.keys(&format!("{} customer list\recho five$((5))six\r", env!("CARGO_BIN_EXE_crm"))).see("five5six");
    shell.keys("exit\r");
    shell.end();
}
