//! Deals, what happened around them, and what is planned.

use crate::{
    domain::{Due, Instant, Record, activity, common, deal, followup, pipeline, stage},
    error::Result,
};

use super::{
    Customer, Maker, choose,
    words::{DEALS, EVENTS, FIRST_VISIT, LOST, PLANS},
};

/// So many deals stand in each stage of the default pipeline.
const STAGES: [usize; 6] = [14, 10, 7, 4, 15, 10];
/// So many activities in all; what was not about tickets is about customers.
const ACTIVITIES: usize = 300;
/// The customers after these have never been contacted.
const CONTACTED: usize = 140;
/// When follow-ups are due, in days from today, and how many.
const DUE: [(i64, i64, usize); 5] = [(-9, -1, 8), (0, 0, 9), (1, 1, 7), (2, 4, 9), (5, 28, 15)];
/// So many more were done before, the first of them today.
const DONE: usize = 12;
const DONE_TODAY: usize = 3;

impl Maker<'_> {
    pub(super) fn selling(&mut self) -> Result<()> {
        self.deals()?;
        self.activities()?;
        self.plans()
    }

    fn customer(&mut self, of: usize) -> Customer {
        let of = of.min(self.customers.len());
        self.dice.pick(&self.customers[..of]).clone()
    }

    fn deals(&mut self) -> Result<()> {
        let Some(sales) = pipeline::default_pipeline(self.reader)? else { return Ok(()) };
        for ((stage, held), count) in stage::stages_of(sales, self.reader)?.into_iter().zip(STAGES) {
            let outcome = held.get(stage::OUTCOME).unwrap_or(stage::OPEN);
            for _ in 0..count {
                let customer = self.customer(CONTACTED);
                let record = self.deal(&customer, stage, outcome);
                let since = record.get(deal::STAGE_SINCE).unwrap_or(self.context.now);
                let num = self.add(deal::ID, record)?;
                if outcome == stage::OPEN {
                    if self.dice.chance(70) {
                        self.talk(&customer, Some((num, since)))?;
                    }
                    self.open_deals.push((num, customer));
                }
            }
        }
        Ok(())
    }

    fn deal(&mut self, customer: &Customer, stage: u64, outcome: u16) -> Record {
        let mut record = Record::new();
        record.set(deal::TITLE, self.dice.pick(DEALS).pick(self.zh || customer.chinese).to_owned());
        record.set(deal::CUSTOMER, customer.num);
        record.put(deal::CONTACT, customer.contact);
        record.set(deal::STAGE, stage);
        record.set(deal::OWNER, customer.owner);
        record.set(deal::AMOUNT, self.amount(customer));
        choose(&mut record, deal::TYPE, self.dice.pick::<&str>(&["new", "new", "renewal", "upsell", "cross_sell"]));
        let since = match outcome {
            stage::OPEN => self.dice.between(1, 12) + if self.dice.chance(25) { 12 } else { 0 },
            _ => self.dice.between(2, 150),
        };
        let age = since + self.dice.between(5, 45);
        let (created, moved) = (self.working_hour(age), self.working_hour(since));
        record.set(common::CREATED, created);
        record.set(deal::STAGE_SINCE, moved);
        if outcome == stage::OPEN {
            let close = self.dice.between(-3, 75);
            record.set(deal::EXPECTED_CLOSE, self.day(close));
        } else {
            record.set(deal::CLOSED, self.day(-since));
            let off = self.dice.between(-10, 10);
            record.set(deal::EXPECTED_CLOSE, self.day(-since + off));
        }
        if outcome == stage::LOST {
            record.set(deal::LOST_REASON, self.dice.pick(LOST).pick(self.zh || customer.chinese).to_owned());
        }
        record
    }

    fn activities(&mut self) -> Result<()> {
        let mut told = 0;
        while self.activities < ACTIVITIES {
            let customer = match self.customers.get(told).filter(|_| told < CONTACTED) {
                Some(customer) => customer.clone(),
                None => self.customer(CONTACTED),
            };
            told += 1;
            self.talk(&customer, None)?;
        }
        Ok(())
    }

    /// Something happened with a customer: about a deal at that instant, or about this and that at any time.
    fn talk(&mut self, customer: &Customer, deal: Option<(u64, Instant)>) -> Result<()> {
        let (way, outcome, text) = self.dice.pick(EVENTS);
        let mut record = Record::new();
        record.set(activity::TEXT, text.pick(self.zh || customer.chinese).to_owned());
        choose(&mut record, activity::TYPE, way);
        choose(&mut record, activity::OUTCOME, outcome);
        record.set(activity::DIRECTION, if self.dice.chance(30) { activity::INCOMING } else { activity::OUTGOING });
        record.set(activity::CUSTOMER, customer.num);
        record.put(activity::CONTACT, customer.contact);
        record.set(activity::BY, customer.owner);
        if matches!(*way, "call" | "visit" | "meeting") {
            record.set(activity::MINUTES, self.dice.between(1, 12) * 5);
        }
        record.put(activity::DEAL, deal.map(|(num, _)| num));
        let at = match deal {
            Some((_, at)) => at,
            None => {
                // Most of it was lately, as in any team.
                let (wide, near) = (self.dice.between(1, 150), self.dice.between(1, 150));
                self.working_hour(wide.min(near).min(customer.age))
            }
        };
        self.happened(record, at)
    }

    /// Adds an activity at its time.
    pub(super) fn happened(&mut self, mut record: Record, at: Instant) -> Result<()> {
        record.set(activity::AT, at);
        record.set(common::CREATED, at);
        self.activities += 1;
        self.add(activity::ID, record).map(drop)
    }

    fn plans(&mut self) -> Result<()> {
        for (first, last, count) in DUE {
            for _ in 0..count {
                let days = self.dice.between(first, last);
                let record = self.planned(days);
                self.add(followup::ID, record)?;
            }
        }
        for at in 0..DONE {
            let days = if at < DONE_TODAY { 0 } else { self.dice.between(1, 40) };
            let mut record = self.planned(-days);
            record.set(followup::STATUS, followup::DONE);
            let done = if days == 0 { self.at(0, 7, 45 + 5 * at as i64) } else { self.working_hour(days) };
            record.set(followup::DONE_AT, done);
            record.put(followup::DONE_BY, record.get(followup::OWNER));
            self.add(followup::ID, record)?;
        }
        Ok(())
    }

    fn planned(&mut self, days: i64) -> Record {
        let (deal, customer) = match self.dice.between(1, 100) {
            // Most plans are about a deal; some about people whom nobody knows yet.
            1..=55 => {
                let (deal, customer) = self.dice.pick(&self.open_deals).clone();
                (Some(deal), customer)
            }
            56..=66 => (None, self.dice.pick(&self.customers[CONTACTED..]).clone()),
            _ => (None, self.customer(CONTACTED)),
        };
        let known = (customer.num as usize) <= CONTACTED;
        let (way, title) = if known { self.dice.pick(PLANS) } else { &FIRST_VISIT };
        let mut record = Record::new();
        record.set(followup::TITLE, title.pick(self.zh || customer.chinese).to_owned());
        choose(&mut record, followup::TYPE, way);
        let (hour, half) = (self.dice.between(8, 18), self.dice.between(0, 1) * 30);
        let timed = self.dice.chance(60);
        record.set(followup::DUE, if timed { Due::At(self.at(days, hour, half)) } else { Due::Day(self.day(days)) });
        if timed && matches!(*way, "meeting" | "visit") {
            record.set(followup::MINUTES, 45);
        }
        let priority = *self.dice.pick(&["low", "normal", "normal", "normal", "normal", "high", "high", "urgent"]);
        choose(&mut record, followup::PRIORITY, priority);
        record.set(followup::OWNER, customer.owner);
        record.set(followup::CUSTOMER, customer.num);
        record.put(followup::CONTACT, customer.contact);
        record.put(followup::DEAL, deal);
        let age = days.min(0) - self.dice.between(1, 20);
        record.set(common::CREATED, self.at(age, 9, 0));
        record
    }
}
