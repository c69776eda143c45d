//! Tickets at every urgency, and the replies to them.

use crate::{
    domain::{Instant, Record, activity, common, ticket},
    error::Result,
};

use super::{
    Customer, Maker, choose,
    words::{ANSWERS, TICKETS},
};

const LOW: u16 = 0;
const NORMAL: u16 = 1;
const HIGH: u16 = 2;
const URGENT: u16 = 3;

/// Tickets that nobody has answered: priority, and the hour of today at which the answer is due.
const NEW: [(u16, i64); 8] =
    [(URGENT, -14), (HIGH, -5), (HIGH, 3), (NORMAL, 7), (LOW, 11), (LOW, 16), (LOW, 19), (LOW, 23)];
/// Tickets that are worked on: priority, and the hour of today at which they are to be resolved.
const OPEN: [(u16, i64); 10] = [
    (HIGH, -3),
    (URGENT, 7),
    (HIGH, 13),
    (HIGH, 17),
    (HIGH, 21),
    (NORMAL, 22),
    (NORMAL, 30),
    (NORMAL, 47),
    (LOW, 70),
    (LOW, 120),
];
/// So many wait for the customer.
const WAITING: usize = 4;
/// So many are resolved, and so many closed.
const RESOLVED: usize = 8;
const CLOSED: usize = 10;

const HOUR: i64 = 3600;

impl Maker<'_> {
    pub(super) fn service(&mut self) -> Result<()> {
        let limits = self.context.settings.service;
        for (priority, due) in NEW {
            let created = self.at(0, due, 0).plus_seconds(-limits.response[usize::from(priority)]);
            let owner = self.dice.chance(40).then(|| self.somebody());
            self.ticket(priority, created, owner, |_| {})?;
        }
        for (priority, due) in OPEN {
            let created = self.at(0, due, 0).plus_seconds(-limits.resolution[usize::from(priority)]);
            let owner = self.somebody();
            self.ticket(priority, created, Some(owner), |record| record.set(ticket::STATUS, ticket::OPEN))?;
        }
        for _ in 0..WAITING {
            let (days, owner) = (self.dice.between(1, 4), self.somebody());
            let created = self.working_hour(days);
            self.ticket(NORMAL, created, Some(owner), |record| record.set(ticket::STATUS, ticket::WAITING))?;
        }
        for at in 0..RESOLVED + CLOSED {
            let days = if at < RESOLVED { self.dice.between(1, 6) } else { self.dice.between(8, 90) };
            let (created, hours, owner) = (self.working_hour(days), self.dice.between(2, 30), self.somebody());
            let (stars, rated) = (self.dice.between(3, 5), self.dice.chance(60));
            let done = created.plus_seconds(hours * HOUR).min(self.context.now);
            self.ticket(NORMAL, created, Some(owner), |record| {
                record.set(ticket::STATUS, if at < RESOLVED { ticket::RESOLVED } else { ticket::CLOSED });
                record.set(ticket::RESOLVED_AT, done);
                if at >= RESOLVED {
                    record.set(ticket::CLOSED_AT, done.plus_seconds(24 * HOUR));
                }
                if rated {
                    record.set(ticket::SATISFACTION, stars);
                }
            })?;
        }
        Ok(())
    }

    /// A ticket with the customer's message and, unless it is new, our reply.
    fn ticket(
        &mut self,
        priority: u16,
        created: Instant,
        owner: Option<u64>,
        state: impl FnOnce(&mut Record),
    ) -> Result<()> {
        let customer = self.dice.pick(&self.customers).clone();
        let (ty, subject, ending) = self.dice.pick(TICKETS);
        let mut record = Record::new();
        record.set(ticket::SUBJECT, subject.pick(self.zh || customer.chinese).to_owned());
        choose(&mut record, ticket::TYPE, ty);
        choose(&mut record, ticket::CHANNEL, channel(&customer));
        record.set(ticket::CUSTOMER, customer.num);
        record.put(ticket::CONTACT, customer.contact);
        record.put(ticket::OWNER, owner);
        record.set(ticket::PRIORITY, priority);
        record.set(common::CREATED, created);
        state(&mut record);
        let status = record.get(ticket::STATUS).unwrap_or(ticket::NEW);
        if !ticket::is_open(status) {
            record.set(ticket::RESOLUTION, ending.pick(self.zh || customer.chinese).to_owned());
        }
        let number = self.add(ticket::ID, record)?;
        let mut message = self.message(&customer, number, activity::INCOMING);
        message.set(activity::TEXT, subject.pick(customer.chinese).to_owned());
        self.happened(message, created)?;
        let Some(owner) = owner.filter(|_| status != ticket::NEW) else { return Ok(()) };
        let mut reply = self.message(&customer, number, activity::OUTGOING);
        reply.set(activity::TEXT, self.dice.pick(ANSWERS).pick(customer.chinese).to_owned());
        reply.set(activity::BY, owner);
        let minutes = self.dice.between(10, 90);
        self.happened(reply, created.plus_seconds(minutes * 60))
    }

    fn message(&mut self, customer: &Customer, ticket: u64, direction: u16) -> Record {
        let mut record = Record::new();
        choose(&mut record, activity::TYPE, if customer.chinese { "message" } else { "email" });
        choose(&mut record, activity::CHANNEL, channel(customer));
        record.set(activity::DIRECTION, direction);
        record.set(activity::TICKET, ticket);
        record
    }
}

const fn channel(customer: &Customer) -> &'static str {
    if customer.chinese { "wechat" } else { "email" }
}
