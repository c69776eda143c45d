//! Stores of every format that there was: each is opened, raised, and keeps its past.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::TimeDelta;
use crm::store::{Store, engine::Access};
use serde_json::Value;

use crate::harness::{TestEnvironment, shell_words};

/// A world whose store is a copy of the one of this format, and what was exported before its last ten steps.
fn opened(format: u64) -> (TestEnvironment, String) {
    let env = TestEnvironment::new();
    fs::copy(kept(format, "redb"), env.store()).unwrap();
    // What is in it was done in the morning.
    env.advance_clock(TimeDelta::days(1));
    (env, fs::read_to_string(kept(format, "jsonl")).unwrap())
}

fn kept(format: u64, end: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/stores/format-{format}.{end}"))
}

fn format_of(path: &Path) -> u64 {
    Store::open(path, Access::Read, Duration::from_secs(5)).unwrap().format().unwrap().0
}

/// The formats of which there is a store; the newest is that of this version.
fn formats() -> Vec<u64> {
    (1..).take_while(|format| kept(*format, "redb").exists()).collect()
}

#[test]
fn stores_of_every_format_open_and_their_last_ten_steps_can_be_taken_back() {
    for format in formats() {
        let (env, before) = opened(format);
        let whole = env.crm(["export"]).ok();
        assert_ne!(whole, before);
        // One step of today on top, and it and the ten are taken back across the border.
        env.crm(["customer", "set", "C-1", "city=Oslo"]).ok();
        env.crm(["undo"]).ok();
        assert_eq!(env.crm(["export"]).ok(), whole, "format {format}");
        for _ in 0..10 {
            env.crm(["undo"]).ok();
        }
        assert_eq!(env.crm(["export"]).ok(), before, "format {format}");
        env.crm(["doctor", "--check"]).ok();
        for _ in 0..11 {
            env.crm(["redo"]).ok();
        }
        env.crm(["undo"]).ok();
        assert_eq!(env.crm(["export"]).ok(), whole, "format {format}");
    }
}

#[test]
fn the_newest_format_has_a_store() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    assert_eq!(
        formats().last().copied(),
        Some(format_of(&env.store())),
        "bash tests/stores/make.sh makes one of the format of this version"
    );
}

#[test]
fn a_store_whose_layout_is_another_versions_is_raised_by_the_first_command_that_reads_it_too() {
    let (env, _) = opened(1);
    let bytes = fs::read(env.store()).unwrap();
    env.crm(["doctor"]).ok();
    assert!(fs::read(env.store()).unwrap() == bytes, "doctor says how it is and leaves it so");
    assert!(Store::open(&env.store(), Access::Read, Duration::from_secs(5)).unwrap().is_outdated());
    let said = env.crm(["customer", "list"]).output();
    assert!(said.stderr.contains("its indexes are made anew, once"), "{}", said.stderr);
    assert!(said.stderr.contains("a copy as it was is in"), "{}", said.stderr);
    said.ok();
    assert_eq!(Some(format_of(&env.store())), formats().last().copied());
    assert_eq!(format_of(&env.path("data/crm.redb.format-1")), 1);
    let history = env.crm(["history", "C-1"]).output();
    assert_eq!(history.stderr, "", "once");
    assert!(history.ok().contains("Blue Harbor Logistics"));
}

#[test]
fn trying_a_command_leaves_a_store_of_an_earlier_format_as_it_was() {
    let (env, _) = opened(1);
    let bytes = fs::read(env.store()).unwrap();
    for line in ["customer add New --dry-run", "customer set C-1 city=Rome --dry-run", "customer list --dry-run"] {
        let said = env.crm(shell_words(line)).fails(1);
        assert!(said.contains("Another version of crm wrote this store") && said.contains("--dry-run"), "{said}");
    }
    assert!(fs::read(env.store()).unwrap() == bytes);
    assert_eq!(fs::read_dir(env.path("data")).unwrap().count(), 1, "no copy is made");
    env.crm(["customer", "count"]).ok();
    env.crm(shell_words("customer add New --dry-run")).ok();
}

#[test]
fn whoever_may_only_read_a_store_of_an_earlier_format_is_told_the_way_out() {
    let (env, _) = opened(1);
    let bytes = fs::read(env.store()).unwrap();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let (folder, file) = (env.path("data"), env.store());
    for path in [env.path(""), env.path("config"), env.path("state")] {
        mode(&path, 0o755);
    }
    for (of_folder, of_file) in [(0o555, 0o444), (0o555, 0o666)] {
        mode(&file, of_file);
        mode(&folder, of_folder);
        let said = env.crm(["customer", "list"]).by_nobody().fails(1);
        assert!(
            said.contains("takes the right to write") && said.contains("copy it to a folder of your own"),
            "{said}"
        );
        assert!(!said.contains("once\n"), "nothing is said to be made anew: {said}");
        env.crm(["doctor"]).by_nobody().ok();
        assert!(fs::read(&file).unwrap() == bytes);
    }
    mode(&folder, 0o777);
    env.crm(["customer", "list"]).by_nobody().ok();
}

#[test]
fn doctor_raises_what_it_mends_and_nothing_else() {
    let (env, _) = opened(1);
    for line in ["doctor --check", "doctor --rebuild --dry-run"] {
        let said = env.crm(shell_words(line)).fails(1);
        assert!(said.contains("Another version of crm wrote this store"), "{said}");
        assert!(said.contains("crm doctor --rebuild makes them anew"), "{said}");
        assert_eq!(format_of(&env.store()), 1, "{line}");
    }
    assert!(!env.path("data/crm.redb.format-1").exists());
    env.crm(["doctor", "--rebuild"]).ok();
    assert_eq!(Some(format_of(&env.store())), formats().last().copied());
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn the_first_command_that_writes_raises_the_format_with_a_copy_aside_and_says_so() {
    let (env, _) = opened(1);
    let exported = env.crm(["export"]).ok();
    let (env, _) = opened(1);
    let copy = env.path("data/crm.redb.format-1");
    let said = env.crm(["customer", "set", "C-2", "city=Bonn"]).output();
    let told = format!("a copy as it was is in {}", copy.display());
    assert_eq!(said.stderr.matches(&told).count(), 1, "{}", said.stderr);
    said.ok();
    assert!(format_of(&env.store()) > 1);
    assert_eq!(format_of(&copy), 1);
    let said = env.crm(["customer", "set", "C-2", "city=Köln"]).output();
    assert_eq!(said.stderr, "", "once");
    // The copy is a store like any other.
    let bytes = fs::read(&copy).unwrap();
    fs::copy(&copy, env.path("data/other.redb")).unwrap();
    assert_eq!(env.crm(["export", "--store", &env.path("data/other.redb").display().to_string()]).ok(), exported);
    assert!(fs::read(&copy).unwrap() == bytes);
    let names: Vec<_> = fs::read_dir(env.path("data")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains(".part")), "{names:?}");
}

#[test]
fn what_a_killed_process_left_is_finished_and_no_copy_is_written_over() {
    // The draft of a copy, half of it: made anew.
    let (env, _) = opened(1);
    let (copy, second) = (env.path("data/crm.redb.format-1"), env.path("data/crm.redb.format-1-2"));
    fs::write(env.path("data/.crm.redb.99999999-0.part"), "half").unwrap();
    env.crm(["customer", "set", "C-2", "city=Bonn"]).ok();
    assert_eq!(format_of(&copy), 1);
    assert!(!env.path("data/.crm.redb.99999999-0.part").exists());
    // The copy was there and the store not raised yet: it is that copy.
    let (env, _) = opened(1);
    fs::copy(env.store(), env.path("data/crm.redb.format-1")).unwrap();
    fs::hard_link(env.path("data/crm.redb.format-1"), env.path("data/.crm.redb.99999999-0.part")).unwrap();
    let said = env.crm(["customer", "set", "C-2", "city=Bonn"]).output();
    assert!(said.stderr.contains("format-1\n"), "{}", said.stderr);
    assert!(!env.path("data/crm.redb.format-1-2").exists() && format_of(&env.store()) > 1);
    assert!(!env.path("data/.crm.redb.99999999-0.part").exists());
    // A file of another state has that name: it stays.
    let (env, _) = opened(1);
    fs::write(env.path("data/crm.redb.format-1"), "mine").unwrap();
    env.crm(["customer", "set", "C-2", "city=Bonn"]).ok();
    assert_eq!(fs::read(env.path("data/crm.redb.format-1")).unwrap(), b"mine");
    assert_eq!(format_of(&env.path("data/crm.redb.format-1-2")), 1);
    assert!(!second.exists());
}

#[test]
fn of_several_processes_one_raises_the_format_and_all_write() {
    let (env, _) = opened(1);
    let running: Vec<_> =
        (0..6).map(|at| env.crm(["customer", "add", &format!("Number {at}"), "--wait", "60"]).spawn()).collect();
    let ended: Vec<_> = running.into_iter().map(crate::harness::Running::wait).collect();
    let told = ended.iter().filter(|output| output.stderr.contains("a copy as it was")).count();
    for output in ended {
        output.ok();
    }
    assert_eq!(told, 1);
    assert_eq!(env.crm(["customer", "count", "name:Number*"]).ok(), "6\n");
    assert!(!env.path("data/crm.redb.format-1-2").exists());
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn the_past_is_read_and_purged_across_the_border() {
    let (env, _) = opened(1);
    env.crm(["customer", "set", "C-1", "city=Oslo"]).ok();
    let lines = env.crm(["history", "C-1", "-o", "jsonl"]).ok();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["what"], "added");
    assert_eq!(lines.last().unwrap()["to"], "Oslo");
    assert!(lines.iter().any(|line| line["field"] == "name" && line["from"] == "Blue Harbor"), "{lines:#?}");
    let then = env.crm(["show", "C-1", "--as-of", "2026-03-02T09:12:30Z", "-o", "json"]).ok();
    let then: Value = serde_json::from_str(&then).unwrap();
    assert_eq!((&then["record"]["city"], &then["record"]["name"]), (&"Seattle".into(), &"Blue Harbor".into()));
    let changes = env.crm(["changes", "--since", "2026-03-02T09:21:30Z", "-o", "jsonl"]).ok();
    assert!(changes.lines().count() > 10 && changes.contains("Blue Harbor Logistics"), "{changes}");
    // North Mill was imported and edited in the first format.
    env.crm(["customer", "purge", "C-5", "--yes"]).ok();
    let changes = env.crm(["changes", "--since", "2020-01-01", "-o", "jsonl"]).ok();
    let purged: Vec<&str> = changes.lines().filter(|line| line.contains("\"C-5\"")).collect();
    assert!(purged.iter().all(|line| line.contains("(purged)") || line.contains("\"words\":\"purge")), "{purged:#?}");
    assert!(purged.len() >= 3 && !purged.concat().contains("met at the fair"), "{purged:#?}");
    // What stood in the same chunk about others is still there.
    assert!(changes.lines().any(|line| line.contains("\"C-4\"") && line.contains("met at the fair")), "{changes}");
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn a_purge_names_the_copies_that_still_hold_what_went() {
    let (env, _) = opened(1);
    env.crm(["customer", "set", "C-1", "city=Oslo"]).ok();
    let copy = env.path("data/crm.redb.format-1");
    let said = env.crm(["customer", "purge", "C-5", "--yes"]).output();
    assert!(said.stderr.contains("What was purged is still in copies"), "{}", said.stderr);
    assert!(said.stderr.contains(&copy.display().to_string()), "{}", said.stderr);
    said.ok();
    fs::remove_file(&copy).unwrap();
    let gone = env.crm(["customer", "add", "Gone"]).ok();
    let said = env.crm(["customer", "purge", gone.trim(), "--yes"]).output();
    assert!(!said.stderr.contains("format-"), "{}", said.stderr);
    said.ok();
}
