//! A process is killed while others have the store open and go on, and then the power is cut.

use std::collections::BTreeSet;

use super::{
    FEW, STEPS, Tally, full,
    judge::{picture, picture_of},
    steps::LOWERS,
    world::{Actor, World, stations},
};
use crate::store::engine::{
    Access,
    simulated::{Cut, Dice, Event},
};

/// A store that stays open takes a step, and another process is about to take the next.
fn opening(start: &[u8], number: usize) -> (World, Actor, Actor) {
    let mut world = World::holding(start.to_vec());
    let mut stays = Actor::new(&world.disk);
    let _ = world.step(&mut stays, number);
    let dies = Actor::new(&world.disk);
    (world, stays, dies)
}

/// What the process does that is killed in other runs: after how many of its calls it wrote the header, how many there
/// are, and what the store holds in the end.
fn rehearsed(start: &[u8], number: usize) -> (Vec<usize>, usize, u64) {
    let (mut world, _stays, mut dies) = opening(start, number);
    let before = world.disk.at();
    let _ = world.step(&mut dies, number + 1);
    dies.leave().unwrap();
    let events = &world.disk.log()[before..];
    let wrote_header = |event: &Event| matches!(event, Event::Write(0, _));
    let headers = events.iter().enumerate().filter(|(_, event)| wrote_header(event)).map(|(at, _)| at + 1);
    (headers.collect(), events.len(), world.last())
}

/// One run: the process is killed after so many calls; the one that has the store open takes a step, a third comes for
/// one, the first takes another. If somebody reads, a snapshot is held all the while, so that no page of it is free.
fn run(start: &[u8], number: usize, after: usize, would_be: u64, reads: bool) -> (World, usize) {
    let (mut world, mut stays, mut dies) = opening(start, number);
    let mut reader = Actor::new(&world.disk);
    let held = reads.then(|| reader.store(Access::Read).unwrap().snapshot().unwrap());
    let shown = held.as_deref().map(|snapshot| picture_of(snapshot).unwrap());
    let before = world.disk.at();
    dies.dies(after);
    if world.step(&mut dies, number + 1).is_err() {
        world.note(before, None, would_be);
    }
    // It is dead, if not at its step then at its end: nothing that it still does can reach the disk.
    let _ = dies.leave();
    seen(&world, after);
    let mut third = Actor::new(&world.disk);
    for (who, step) in [(0, 2), (1, 3), (0, 4)] {
        let actor = if who == 0 { &mut stays } else { &mut third };
        // What cannot be done at that moment is no step; what fails for another reason fails below, in what is left.
        let _ = world.step(actor, number + step);
        if who == 1 {
            actor.leave().unwrap();
        }
        seen(&world, after);
    }
    stays.leave().unwrap();
    let shows = held.as_deref().map(|snapshot| picture_of(snapshot).unwrap());
    assert_eq!(shows, shown, "what a reader sees changed under it");
    drop(held);
    (world, before)
}

/// Whoever comes to read at this moment sees what was acknowledged last, or what the dead process had begun.
fn seen(world: &World, after: usize) {
    let mut comes = Actor::new(&world.disk);
    let seen = picture(comes.store(Access::Read).unwrap()).unwrap();
    comes.leave().unwrap();
    let allowed = world.allowed(world.disk.at());
    assert!(allowed.contains(&seen), "killed after {after} calls: {seen:x}, not one of {allowed:x?}");
}

/// Kills a process after so many of its calls, and tries what a power cut leaves of what the others did afterwards.
struct KillTrial {
    tally: Tally,
    dice: Dice,
    /// How many points of each run are tried twice over, at random and before a wait for the disk.
    points: usize,
    /// How many images of each point.
    images: usize,
}

impl KillTrial {
    fn new() -> Self {
        let (points, images) = if full() { (6, 8) } else { (4, 2) };
        Self { tally: Tally::default(), dice: Dice::new(super::SEED), points, images }
    }

    fn kill(&mut self, start: &[u8], number: usize, after: usize, calls: usize, would_be: u64) {
        let reads = self.dice.below(4) == 0;
        let (world, before) = run(start, number, after, would_be, reads);
        let log = world.disk.log();
        let mut cut = Cut::new(world.start.clone(), &log);
        let killed = before + after.min(calls);
        // Before a wait for the disk most is at stake.
        let flushes: Vec<usize> = (killed..log.len()).filter(|at| log[*at] == Event::Flush).collect();
        let any = (0..self.points).map(|_| killed + self.dice.below(log.len() + 1 - killed));
        let mut points: BTreeSet<usize> = any.collect();
        points.extend((0..self.points).map(|_| flushes[self.dice.below(flushes.len())]));
        for point in points {
            let what = format!("step {number}, killed after {after} of {calls} calls");
            self.tally.look(&world, &mut cut, point, &mut self.dice, self.images, &what);
        }
    }
}

/// At every write, flush and change of length of a step, one process is killed; all that the others do afterwards must
/// leave what was acknowledged on the disk.
#[test]
fn a_killed_process_leaves_the_others_a_store_that_a_power_cut_does_not_break() {
    let mut trial = KillTrial::new();
    let (steps, every) = if full() { (STEPS, 10) } else { (FEW / 2, 15) };
    for (number, start) in stations(steps, every) {
        let (headers, calls, would_be) = rehearsed(&start, number);
        let kills: BTreeSet<usize> = match full() {
            true => (0..=calls).collect(),
            // Where the header was written last: the flush that makes it last is still to come.
            false => headers.iter().rev().take(6).copied().chain([trial.dice.below(calls)]).collect(),
        };
        for after in kills {
            trial.kill(&start, number, after, calls, would_be);
        }
    }
    trial.tally.end("kills and power cuts", if full() { 25_000 } else { 50 });
}

/// The same of the transaction that raises the store that the first format left: another process has it open, and it or
/// a third finds it as it was, raises it, and goes on.
#[test]
fn a_process_that_is_killed_while_it_raises_a_store_leaves_it_as_it_was_or_raised() {
    let mut trial = KillTrial::new();
    let start = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stores/format-1.redb")).unwrap();
    let (_, calls, would_be) = rehearsed(&start, LOWERS);
    assert_ne!(would_be, World::holding(start.clone()).last(), "it raises");
    for after in 0..=calls {
        trial.kill(&start, LOWERS, after, calls, would_be);
    }
    trial.tally.end("kills while a store is raised", if full() { 1000 } else { 100 });
}
