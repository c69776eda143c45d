//! A write, a wait for the disk, a change of the file's length, a lock fails: nothing that was acknowledged is lost,
//! nothing is acknowledged that is not there, and the store opens afterwards.

use super::{
    FEW, full,
    judge::{judge, open, picture},
    steps::take,
    world::{Actor, World, sound, stations},
};
use crate::store::engine::{
    Access,
    simulated::{Call, PlannedFailure},
};

/// What the store holds, and how many steps it has had, as another process reads it.
fn seen(world: &World) -> (u64, u64) {
    let process = world.disk.process();
    let store = open(&process, Access::Read).unwrap();
    let seq = store.snapshot().unwrap().reader().seq().unwrap();
    let seen = (picture(&store).unwrap(), seq);
    store.close().unwrap();
    seen
}

/// What came of a run.
struct Outcome {
    /// Whether the call that was to fail was made.
    failed: bool,
    /// Steps that failed and are there all the same.
    landed: usize,
}

/// Steps of a process for which a call fails, with one of another process in between.
fn run(start: &[u8], number: usize, fate: PlannedFailure) -> Outcome {
    let mut world = World::holding(start.to_vec());
    let (mut one, mut other) = (Actor::new(&world.disk), Actor::new(&world.disk));
    one.process.set_fate(Some(fate));
    let mut outcome = Outcome { failed: false, landed: 0 };
    let mut before = seen(&world);
    for step in 0..4 {
        if step == 2 {
            let _ = take(other.store(Access::Write).unwrap(), number + step);
            other.leave().unwrap();
            before = seen(&world);
            continue;
        }
        let taken = one.store(Access::Write).and_then(|store| take(store, number + step));
        // A command closes the store after each step, a screen does not; after an error both begin anew. Where writes go on
        // failing, so does what would show readers the step.
        let goes_on = matches!(fate, PlannedFailure::KeepsFailing(..)) && one.process.has_failed();
        if taken.is_err() || step == 1 || goes_on {
            let _ = one.leave();
        }
        let after = seen(&world);
        match taken {
            Ok(true) => assert_ne!(after.0, before.0, "{fate:?}, step {step}: acknowledged, and nothing is there"),
            Ok(false) => assert_eq!(after, before, "{fate:?}, step {step}: nothing was to be done"),
            Err(_) if after == before => {}
            Err(_) => {
                assert!(after.1 <= before.1 + 1, "{fate:?}, step {step}: more than one step was taken");
                outcome.landed += 1;
            }
        }
        before = after;
    }
    outcome.failed = one.process.has_failed();
    one.process.set_fate(None);
    let _ = one.leave();
    assert_eq!(seen(&world), before, "{fate:?}: what was there is gone");
    let store = open(&world.disk.process(), Access::Write).unwrap();
    sound(&store, number + 3).unwrap();
    store.close().unwrap();
    world.note(0, Some(0), before.0);
    judge(world.disk.bytes(), &[before.0]).unwrap();
    outcome
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures of the long form are for docs/reliability.md")]
fn whatever_call_fails_nothing_is_lost_and_nothing_is_said_wrongly() {
    let (mut runs, mut landed) = (0, 0);
    for (number, start) in stations(if full() { FEW } else { 20 }, 20) {
        for call in Call::ALL {
            for keeps in [false, true] {
                // Every write is tried, since one of them shows a step to others.
                let stride = if full() || (call == Call::Write && !keeps) { 1 } else { 6 };
                let mut after = number % stride;
                loop {
                    let fate = if keeps {
                        PlannedFailure::KeepsFailing(call, after)
                    } else {
                        PlannedFailure::Fails(call, after)
                    };
                    let outcome = run(&start, number, fate);
                    if !outcome.failed {
                        break;
                    }
                    runs += 1;
                    landed += outcome.landed;
                    after += stride;
                }
            }
        }
    }
    eprintln!("failing calls: {runs} runs, 0 exceptions, {landed} steps that failed and were there");
    assert!(runs > if full() { 500 } else { 20 }, "{runs}");
}
