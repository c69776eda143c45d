//! Customers and their contacts.

use crate::{
    domain::{
        Phone, Record, Value, common, contact, customer,
        words::money::{Currency, Money},
    },
    error::Result,
};

use super::{
    Maker, choose,
    words::{CHENGSHI, CITIES, FIRST_NAMES, HANGYE, JOBS, LAST_NAMES, MING, PLACES, TRADES, XING, ZIHAO},
};

/// So many customers; every third is Chinese.
const CUSTOMERS: i64 = 200;

/// A customer, for whoever refers to it.
#[derive(Clone)]
pub(super) struct Customer {
    pub(super) num: u64,
    pub(super) chinese: bool,
    pub(super) owner: u64,
    pub(super) contact: Option<u64>,
    pub(super) currency: Currency,
    /// How many days ago it became one.
    pub(super) age: i64,
}

/// What all records of a company share.
struct Company {
    record: Record,
    chinese: bool,
    person: bool,
    currency: Currency,
    mail: String,
    phone: String,
}

impl Maker<'_> {
    pub(super) fn companies(&mut self) -> Result<()> {
        for number in 0..CUSTOMERS {
            let chinese = number % 3 == 0;
            let mut company = if chinese { self.chinese(number / 3) } else { self.western(number - number / 3 - 1) };
            let owner = self.somebody();
            let age = self.dice.between(200, 900);
            self.standing(&mut company.record, number);
            let created = self.working_hour(age);
            company.record.set(common::CREATED, created);
            company.record.set(customer::OWNER, owner);
            let record = std::mem::take(&mut company.record);
            let num = self.add(customer::ID, record)?;
            let contact = self.contacts(num, &company, age)?;
            self.customers.push(Customer { num, chinese, owner, contact, currency: company.currency, age });
        }
        Ok(())
    }

    /// Names run through every pair of their halves, so that no two companies have the same.
    fn western(&mut self, number: i64) -> Company {
        let (city, country, currency, form, phone) = *self.dice.pick(CITIES);
        let at = number as usize;
        let person = number % 12 == 11;
        let (place, (trade, industry)) = (PLACES[at % PLACES.len()], TRADES[(at / PLACES.len() + at) % TRADES.len()]);
        let name = match person {
            true => format!("{} {}", FIRST_NAMES[at % 20], LAST_NAMES[(at / 20 + at) % 20]),
            false => format!("{place} {trade} {form}"),
        };
        let mut record = Record::new();
        let site = format!("{}-{}.example", place.to_lowercase().replace(' ', "-"), trade.to_lowercase());
        if person {
            choose(&mut record, customer::TYPE, "person");
        } else {
            choose(&mut record, customer::TYPE, "organization");
            record.set(customer::INDUSTRY, industry.to_owned());
            record.set(customer::WEBSITE, format!("https://{site}"));
        }
        record.set(customer::NAME, name);
        record.set(customer::COUNTRY, country.to_owned());
        record.set(customer::CITY, city.to_owned());
        record.set(customer::REGION, if country == "US" { "Americas" } else { "Europe" }.to_owned());
        choose(
            &mut record,
            customer::LANGUAGE,
            match country {
                "DE" => "de",
                "FR" => "fr",
                _ => "en",
            },
        );
        let currency = Currency::parse(currency).unwrap_or(Currency::USD);
        Company { record, chinese: false, person, currency, mail: site, phone: phone.to_owned() }
    }

    fn chinese(&mut self, number: i64) -> Company {
        let (city, province, region) = *self.dice.pick(CHENGSHI);
        let at = number as usize;
        let person = number % 10 == 9;
        let ((brand, mail), (business, industry)) =
            (ZIHAO[at % ZIHAO.len()], HANGYE[(at / ZIHAO.len() + at) % HANGYE.len()]);
        let mut record = Record::new();
        if person {
            record.set(customer::NAME, format!("{}{}", XING[at % XING.len()], MING[at % MING.len()]));
            choose(&mut record, customer::TYPE, "person");
        } else {
            record.set(customer::NAME, format!("{city}{brand}{business}"));
            record.set(customer::SHORT_NAME, brand.to_owned());
            record.set(customer::INDUSTRY, industry.to_owned());
            record.set(customer::WEBSITE, format!("https://{mail}.example"));
            choose(&mut record, customer::TYPE, "organization");
        }
        record.set(customer::COUNTRY, "CN".to_owned());
        record.set(customer::PROVINCE, province.to_owned());
        record.set(customer::CITY, city.to_owned());
        record.set(customer::REGION, region.to_owned());
        choose(&mut record, customer::LANGUAGE, "zh");
        let phone = "+86 138 0000 ".to_owned();
        Company { record, chinese: true, person, currency: Currency::CNY, mail: format!("{mail}.example"), phone }
    }

    /// Grade, status, source and size.
    fn standing(&mut self, record: &mut Record, number: i64) {
        let grade = *self.dice.pick(&["A", "A", "B", "B", "B", "C", "C", "C", "D"]);
        choose(record, customer::GRADE, grade);
        let status =
            if number < 120 { "active" } else { *self.dice.pick(&["prospect", "prospect", "dormant", "churned"]) };
        choose(record, customer::STATUS, status);
        let source = *self.dice.pick(&["web", "fair", "referral", "cold", "partner", "ad"]);
        record.set(customer::SOURCE, source.to_owned());
        record.set(customer::RELATION, vec![Value::Choice(0)]);
        record.set(customer::EMPLOYEES, self.dice.between(1, 80) * 10);
        if self.dice.chance(20) {
            let tag = *self.dice.pick(&["key", "export", "newsletter"]);
            record.set(common::TAG, vec![Value::Text(tag.to_owned())]);
        }
    }

    /// One or two people of a company; nobody beside a customer who is a person. The first is the main one.
    fn contacts(&mut self, customer: u64, company: &Company, age: i64) -> Result<Option<u64>> {
        let mut first = None;
        let count = if company.person { 0 } else { self.dice.between(1, 2) };
        for at in 0..count {
            let (job, address, role) = self.dice.pick(JOBS);
            let mut record = Record::new();
            let mail = if company.chinese {
                let surname = *self.dice.pick(XING);
                record.set(contact::NAME, format!("{surname}{}", self.dice.pick(MING)));
                record.set(contact::SALUTATION, format!("{surname}{address}"));
                format!("{}{customer}@{}", if at == 0 { "caigou" } else { "lianxi" }, company.mail)
            } else {
                let (name, last) = (*self.dice.pick(FIRST_NAMES), *self.dice.pick(LAST_NAMES));
                record.set(contact::NAME, format!("{name} {last}"));
                format!("{}.{}@{}", name.to_lowercase(), last.to_lowercase(), company.mail)
            };
            record.set(contact::EMAIL, vec![Value::Text(mail)]);
            record.set(contact::TITLE, job.pick(company.chinese).to_owned());
            choose(&mut record, contact::ROLE, role);
            let digits = if company.chinese { self.dice.between(1000, 9999) } else { self.dice.between(10, 99) };
            let number = format!("{}{digits}", company.phone);
            record.set(contact::PHONE, vec![Value::Phone(Phone { number, label: Some(0) })]);
            record.set(contact::CUSTOMER, customer);
            record.set(contact::PRIMARY, at == 0);
            let created = self.working_hour(age - at * 30);
            record.set(common::CREATED, created);
            let num = self.add(contact::ID, record)?;
            first = first.or(Some(num));
        }
        Ok(first)
    }

    /// An amount of whole thousands in the customer's currency.
    pub(super) fn amount(&mut self, customer: &Customer) -> Money {
        let thousands = self.dice.between(4, 90) * if customer.chinese { 10 } else { 1 };
        Money { minor: i128::from(thousands) * 100_000, currency: customer.currency }
    }
}
