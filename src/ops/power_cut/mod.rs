//! What a power cut, a killed process or a failing disk leaves of a store: tried on a simulated disk, under the whole
//! write path.
//!
//! `cargo test power` tries some; `CRM_TEST_FULL=1 cargo test --release power` tries more than 50,000 images, and every
//! failure of every call.

mod failing;
mod judge;
mod killed;
mod steps;
mod world;

use std::collections::BTreeSet;

use crate::store::engine::simulated::{Cut, Dice};
use judge::judge;
use world::{Actor, World, new_store, sound};

/// How many steps the script has.
const STEPS: usize = 200;
/// So many of them are taken in the quick form.
const FEW: usize = 60;
/// All choices come from it.
const SEED: u64 = 20_260_302;

fn full() -> bool {
    std::env::var_os("CRM_TEST_FULL").is_some()
}

/// What was tried, and what was wrong.
#[derive(Default)]
struct Tally {
    images: u64,
    bad: Vec<String>,
}

impl Tally {
    /// Tries images of a world at a point.
    fn look(&mut self, world: &World, cut: &mut Cut<'_>, point: usize, dice: &mut Dice, most: usize, what: &str) {
        cut.go_to(point);
        let allowed = world.allowed(point);
        let mut choices = cut.choices(dice, 4);
        // The first is the one of which most can go wrong.
        while choices.len() > most {
            choices.swap_remove(1 + dice.below(choices.len() - 1));
        }
        for choice in choices {
            self.images += 1;
            if let Err(complaint) = judge(cut.image(choice), &allowed) {
                self.bad.push(format!("seed {SEED}, {what}, after event {point}, {choice:?}: {complaint}"));
            }
        }
    }

    /// Fails where anything was wrong, with the first of it.
    #[track_caller]
    #[expect(clippy::print_stderr, reason = "the figures of the long form are for docs/reliability.md")]
    fn end(&self, what: &str, least: u64) {
        eprintln!("{what}: {} images, {} bad", self.images, self.bad.len());
        let first: Vec<&str> = self.bad.iter().take(10).map(String::as_str).collect();
        assert!(first.is_empty(), "{} bad images of {}:\n{}", self.bad.len(), self.images, first.join("\n"));
        assert!(self.images >= least, "only {} images", self.images);
    }
}

/// One to three processes take the steps of the script in turn. Some keep the store open, as a screen does; some open it
/// for one step, as a command does.
#[test]
fn a_power_cut_at_any_moment_loses_nothing() {
    let mut tally = Tally::default();
    let mut dice = Dice::new(SEED);
    for processes in if full() { 1..=3 } else { 3..=3 } {
        let mut world = World::holding(new_store());
        let mut actors: Vec<Actor> = (0..processes).map(|_| Actor::new(&world.disk)).collect();
        let steps = if full() { STEPS } else { FEW };
        let mut taken = 0;
        for number in 0..steps {
            let who = dice.below(processes);
            let actor = &mut actors[who];
            taken += usize::from(world.step(actor, number).unwrap_or(false));
            if number % 20 == 19 {
                sound(actor.store.as_ref().unwrap(), number).unwrap();
            }
            if who == 2 || dice.below(6) == 0 {
                actor.leave().unwrap();
            }
        }
        assert!(taken > steps / 2, "{taken}");
        actors.iter_mut().for_each(|actor| actor.leave().unwrap());
        let log = world.disk.log();
        let mut cut = Cut::new(world.start.clone(), &log);
        let (points, most) = if full() { (3000, 6) } else { (40, 3) };
        let points: BTreeSet<usize> = (0..points).map(|_| dice.below(log.len() + 1)).collect();
        for point in points {
            tally.look(&world, &mut cut, point, &mut dice, most, &format!("{processes} processes"));
        }
    }
    tally.end("power cuts", if full() { 20_000 } else { 50 });
}
