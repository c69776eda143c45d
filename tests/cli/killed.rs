//! Commands that are killed at any moment, for as long as somebody wants to watch: `CRM_TEST_MINUTES=30`.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    thread,
    time::{Duration, Instant},
};

use crate::harness::{Output, TestEnvironment};

const WRITERS: u64 = 4;

/// A quick end where nobody says how long.
fn how_long() -> Duration {
    let minutes = std::env::var("CRM_TEST_MINUTES").ok().map(|minutes| minutes.parse::<u64>().unwrap());
    minutes.map_or(Duration::from_secs(3), |minutes| Duration::from_secs(60 * minutes))
}

/// The same numbers in each run (a linear congruential generator, with the constants of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// What one writer has written: of each of its customers, by name, the notes that it may have. The last one that was
/// acknowledged, and any that a command which was killed since may have written; none where the customer may be missing.
#[derive(Default)]
struct Written {
    notes: BTreeMap<String, Vec<Option<String>>>,
    ids: Vec<(String, String)>,
    commands: u64,
    killed: u64,
}

impl Written {
    /// Runs a command and kills it in three of five cases. Says whether it was acknowledged.
    fn run<const N: usize>(
        &mut self,
        env: &TestEnvironment,
        dice: &mut Dice,
        words: [&str; N],
    ) -> Result<Output, Output> {
        let running = env.crm(words).args(["--wait", "60"]).spawn();
        let output = match dice.below(5) {
            0 | 1 => running.wait(),
            _ => running.kill_after(Duration::from_micros(dice.below(12_000))),
        };
        self.commands += 1;
        match output.code {
            Some(_) => Ok(output.ended(0)),
            None => {
                self.killed += 1;
                Err(output)
            }
        }
    }

    fn add(&mut self, env: &TestEnvironment, dice: &mut Dice, name: String) {
        match self.run(env, dice, ["customer", "add", &name, "note=new"]) {
            Ok(output) => {
                self.ids.push((output.stdout.trim().to_owned(), name.clone()));
                self.notes.insert(name, vec![Some("new".to_owned())]);
            }
            // Its id is printed when it is on the disk.
            Err(output) if output.stdout.ends_with('\n') => {
                self.notes.insert(name, vec![Some("new".to_owned())]);
            }
            Err(_) => {
                self.notes.insert(name, vec![None, Some("new".to_owned())]);
            }
        }
    }

    /// Changes the notes of the latest three in one step.
    fn set(&mut self, env: &TestEnvironment, dice: &mut Dice, note: &str) {
        let [.., (a, first), (b, second), (c, third)] = self.ids.as_slice() else { return };
        let names = [first.clone(), second.clone(), third.clone()];
        let (a, b, c, assignment) = (a.clone(), b.clone(), c.clone(), format!("note={note}"));
        let acknowledged = self.run(env, dice, ["customer", "set", &a, &b, &c, &assignment, "--yes"]).is_ok();
        for name in names {
            let notes = self.notes.entry(name).or_default();
            if acknowledged {
                notes.clear();
            }
            notes.push(Some(note.to_owned()));
        }
    }
}

fn write(env: &TestEnvironment, writer: u64, until: Instant) -> Written {
    let (mut written, mut dice) = (Written::default(), Dice(writer));
    while Instant::now() < until {
        let at = written.commands;
        match dice.below(3) {
            0 => written.set(env, &mut dice, &format!("n{at}")),
            _ => written.add(env, &mut dice, format!("W{writer}N{at}")),
        }
    }
    written
}

#[test]
fn what_commands_have_acknowledged_outlives_those_that_are_killed() {
    let env = TestEnvironment::new();
    env.crm(["user", "count"]).ok();
    let until = Instant::now() + how_long();
    let (written, reads) = thread::scope(|scope| {
        let env = &env;
        let writers: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(move || write(env, writer, until))).collect();
        let reader = scope.spawn(move || {
            let (mut before, mut reads) = (0, 0_u64);
            while Instant::now() < until {
                let count: u64 = env.crm(["customer", "count", "--wait", "60"]).ok().trim().parse().unwrap();
                assert!(before <= count, "{before} customers, then {count}");
                (before, reads) = (count, reads + 1);
            }
            reads
        });
        let written: Vec<Written> = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
        (written, reader.join().unwrap())
    });
    let mut held: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let listed = env.crm(["customer", "list", "--columns", "name,note", "-o", "tsv", "--no-header"]).ok();
    for (name, note) in listed.lines().filter_map(|line| line.split_once('\t')) {
        held.entry(name.to_owned()).or_default().push(note.to_owned());
    }
    assert_eq!(held.values().map(Vec::len).sum::<usize>(), listed.lines().count());
    let (mut commands, mut killed) = (0, 0);
    for writer in written {
        (commands, killed) = (commands + writer.commands, killed + writer.killed);
        for (name, notes) in writer.notes {
            match held.remove(&name).unwrap_or_default().as_slice() {
                [] => assert!(notes.contains(&None), "{name} is lost"),
                [note] => {
                    assert!(notes.contains(&Some(note.clone())), "{name} has {note:?} instead of one of {notes:?}")
                }
                twice => panic!("{name} is there {} times", twice.len()),
            }
        }
    }
    assert!(held.is_empty(), "nobody wrote {held:?}");
    env.crm(["doctor", "--check"]).ok();
    assert!(killed > 0 && reads > 0, "{killed} killed, {reads} read");
    let _ = writeln!(
        io::stderr(),
        "kills: {commands} commands of {WRITERS} writers, {killed} killed; {reads} read meanwhile; nothing lost"
    );
}
