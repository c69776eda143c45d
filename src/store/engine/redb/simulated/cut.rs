//! What a power cut may leave of a file, worked out from the log of what was done to it.
//!
//! All that came before the last wait for the disk is there. Of what came after it any part may be: none, all, all but
//! one, any choice, and of a single write any choice of its sectors.

use super::disk::{Event, apply};

/// A choice of what reached the disk after the last wait for it. Numbers count the events since then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Nothing.
    Nothing,
    /// Everything.
    All,
    /// Everything but one.
    Without(usize),
    /// Only one.
    Only(usize),
    /// Everything but what was written to the first sector, where the header is.
    WithoutHeader,
    /// Any of them, by this seed.
    Some(u64),
    /// Everything, but of one write only some of its sectors of this size, by this seed.
    Torn(usize, usize, u64),
    /// The same, and any of the others.
    SomeTorn(usize, usize, u64),
}

/// A point of the log at which the power is cut.
#[derive(Debug)]
pub(crate) struct Cut<'l> {
    /// What is on the disk for certain.
    durable: Vec<u8>,
    /// What happened since.
    pending: &'l [Event],
    log: &'l [Event],
    done: usize,
}

impl<'l> Cut<'l> {
    /// Before the first event, on a disk that holds these bytes.
    pub(crate) fn new(start: Vec<u8>, log: &'l [Event]) -> Self {
        Self { durable: start, pending: &[], log, done: 0 }
    }

    /// Goes on to after so many events, never back.
    pub(crate) fn go_to(&mut self, point: usize) {
        let last = self.log[..point].iter().rposition(|event| *event == Event::Flush).map_or(0, |at| at + 1);
        if last > self.done {
            self.log[self.done..last].iter().for_each(|event| apply(&mut self.durable, event));
            self.done = last;
        }
        self.pending = &self.log[self.done..point];
    }

    /// The choices worth a try here: pages without the header that knows of them first, then the plain ones, every
    /// single one left out or alone, torn ones, and some at random.
    pub(crate) fn choices(&self, random: &mut Dice, many: usize) -> Vec<Choice> {
        let count = self.pending.len();
        let mut choices = vec![Choice::Nothing];
        if count == 0 {
            return choices;
        }
        choices.push(Choice::All);
        if count > 1 {
            choices.insert(0, Choice::WithoutHeader);
            choices.extend((0..count).map(Choice::Without));
            choices.extend((0..count).map(Choice::Only));
            choices.extend((0..many).map(|_| Choice::Some(random.next())));
        }
        let torn = self.pending.iter().enumerate().filter_map(|(at, event)| match event {
            Event::Write(_, data) => Some((at, data.len())),
            _ => None,
        });
        for (at, length) in torn {
            for sector in [512, 4096] {
                if length > sector {
                    choices.push(Choice::Torn(at, sector, random.next()));
                    choices.push(Choice::SomeTorn(at, sector, random.next()));
                }
            }
        }
        choices
    }

    /// The file as it is when the power is back.
    pub(crate) fn image(&self, choice: Choice) -> Vec<u8> {
        let mut image = self.durable.clone();
        let mut dice = Dice::new(match choice {
            Choice::Some(seed) | Choice::Torn(_, _, seed) | Choice::SomeTorn(_, _, seed) => seed,
            _ => 0,
        });
        for (at, event) in self.pending.iter().enumerate() {
            match (choice, event) {
                (Choice::Torn(torn, sector, _) | Choice::SomeTorn(torn, sector, _), Event::Write(offset, data))
                    if torn == at =>
                {
                    tear(&mut image, *offset, data, sector, &mut dice);
                }
                (Choice::Nothing, _) => {}
                (Choice::Without(left_out), _) if left_out == at => {}
                (Choice::Only(kept), _) if kept != at => {}
                (Choice::WithoutHeader, Event::Write(0, _)) => {}
                (Choice::Some(_) | Choice::SomeTorn(..), _) if dice.next() & 1 == 0 => {}
                _ => apply(&mut image, event),
            }
        }
        image
    }
}

/// Writes some sectors of what was to be written. Sectors begin at multiples of their size.
fn tear(image: &mut Vec<u8>, offset: u64, data: &[u8], sector: usize, dice: &mut Dice) {
    let mut at = 0;
    while at < data.len() {
        let place = offset as usize + at;
        let end = (at + sector - place % sector).min(data.len());
        if dice.next() & 1 == 0 {
            apply(image, &Event::Write(place as u64, data[at..end].into()));
        }
        at = end;
    }
}

/// Random numbers that are the same each time (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// From this seed on.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of so many.
    pub(crate) const fn below(&mut self, many: usize) -> usize {
        (self.next() % many as u64) as usize
    }
}
