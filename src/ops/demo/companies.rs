//! Customers and their contacts.

use crate::{
    domain::{
        Phone, Record, Value, common, contact, customer,
        words::money::{Currency, Money},
    },
    error::Result,
};

use super::{
    Maker,
    chinese::{self, ABROAD, BRANDS, EdgeCaseCompany, IN_ENGLISH, NAMES, PEOPLE, SURNAMES, TRIALS},
    choose,
    words::{CITIES, FIRST_NAMES, JOBS, LAST_NAMES, PLACES, SOURCES, TAGS, TRADES},
};

/// So many customers. In English every third is Chinese; in Chinese every tenth is not, and every tenth has a name that
/// is a trial.
const CUSTOMERS: i64 = 200;

/// Whether a customer is a person: the same ones in both languages, so that the same chances follow.
const fn is_person(number: i64) -> bool {
    match number % 3 {
        0 => number / 3 % 10 == 9,
        _ => (number - number / 3 - 1) % 12 == 11,
    }
}

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
    /// Who works there, surname and name; empty where names are drawn by chance.
    people: &'static [(&'static str, &'static str)],
}

impl Maker<'_> {
    pub(super) fn companies(&mut self) -> Result<()> {
        for number in 0..CUSTOMERS {
            let person = is_person(number);
            let mut company = match (self.zh, number % 10, number % 3) {
                (true, 4, _) => self.western(number / 10, person),
                (true, 6, _) => self.trial(&TRIALS[number as usize / 10]),
                (true, ..) => self.chinese(number, person),
                (false, _, 0) => self.chinese(number / 3, person),
                (false, ..) => self.western(number - number / 3 - 1, person),
            };
            let owner = self.somebody();
            let age = self.dice.between(200, 900);
            self.standing(&mut company.record, number);
            let created = self.working_hour(age);
            company.record.set(common::CREATED, created);
            company.record.set(customer::OWNER, owner);
            let record = std::mem::take(&mut company.record);
            let num = self.add(customer::ID, record)?;
            let contact = self.contacts(num, &company, age)?;
            self.customers.push(Customer {
                num,
                chinese: company.chinese,
                owner,
                contact,
                currency: company.currency,
                age,
            });
        }
        Ok(())
    }

    /// Names run through every pair of their halves, so that no two companies have the same.
    fn western(&mut self, number: i64, person: bool) -> Company {
        let (city, country, currency, form, phone) = self.dice.pick(CITIES);
        let at = number as usize;
        let (place, (trade, industry)) = (PLACES[at % PLACES.len()], &TRADES[(at / PLACES.len() + at) % TRADES.len()]);
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
            record.set(customer::INDUSTRY, industry.pick(self.zh).to_owned());
            record.set(customer::WEBSITE, format!("https://{site}"));
        }
        record.set(customer::NAME, name);
        record.set(customer::COUNTRY, (*country).to_owned());
        record.set(customer::CITY, city.pick(self.zh).to_owned());
        let (americas, europe) = if self.zh { ("美洲", "欧洲") } else { ("Americas", "Europe") };
        record.set(customer::REGION, if *country == "US" { americas } else { europe }.to_owned());
        choose(
            &mut record,
            customer::LANGUAGE,
            match *country {
                "DE" => "de",
                "FR" => "fr",
                _ => "en",
            },
        );
        let currency = Currency::parse(currency).unwrap_or(Currency::USD);
        let phone = (*phone).to_owned();
        Company { record, chinese: false, person, currency, mail: site, phone, people: &[] }
    }

    fn chinese(&mut self, number: i64, person: bool) -> Company {
        let all = (chinese::CITIES.len(), BRANDS.len(), chinese::TRADES.len());
        let (cities, brands, trades) = if self.zh { all } else { IN_ENGLISH };
        let place = *self.dice.pick(&chinese::CITIES[..cities]);
        let at = number as usize;
        let ((brand, mail), (business, industry)) = (BRANDS[at % brands], chinese::TRADES[(at / brands + at) % trades]);
        if !person {
            let name = format!("{}{brand}{business}", place.0);
            return Self::located(organization(&name, brand, mail, industry), place, mail, &[]);
        }
        let (surname, given) = if self.zh {
            PEOPLE[self.customers.iter().filter(|customer| customer.contact.is_none()).count() % PEOPLE.len()]
        } else {
            (SURNAMES[at % SURNAMES.len()], NAMES[at % NAMES.len()])
        };
        let mut record = Record::new();
        record.set(customer::NAME, format!("{surname}{given}"));
        choose(&mut record, customer::TYPE, "person");
        Company { person, ..Self::located(record, place, mail, &[]) }
    }

    fn trial(&mut self, trial: &EdgeCaseCompany) -> Company {
        // It takes the chance that another would have of a city.
        self.dice.pick(chinese::CITIES);
        let record = organization(trial.name, trial.short, trial.mail, trial.industry);
        Self::located(record, trial.place, trial.mail, trial.people)
    }

    fn located(
        mut record: Record,
        (city, province, region): (&str, &str, &str),
        mail: &str,
        people: &'static [(&'static str, &'static str)],
    ) -> Company {
        // No number of a subscriber in Hong Kong or Taipei begins with 0.
        let (country, currency, phone) = match (region, city) {
            (ABROAD, "香港") => ("HK", "HKD", "+852 0550 "),
            (ABROAD, _) => ("TW", "TWD", "+886 2 0550 "),
            _ => ("CN", "CNY", "+86 138 0000 "),
        };
        record.set(customer::COUNTRY, country.to_owned());
        record.set(customer::PROVINCE, province.to_owned());
        record.set(customer::CITY, city.to_owned());
        record.set(customer::REGION, region.to_owned());
        choose(&mut record, customer::LANGUAGE, "zh");
        let currency = Currency::parse(currency).unwrap_or(Currency::CNY);
        let (mail, phone) = (format!("{mail}.example"), phone.to_owned());
        Company { record, chinese: true, person: false, currency, mail, phone, people }
    }

    /// Grade, status, source and size.
    fn standing(&mut self, record: &mut Record, number: i64) {
        let grade = *self.dice.pick(&["A", "A", "B", "B", "B", "C", "C", "C", "D"]);
        choose(record, customer::GRADE, grade);
        let status =
            if number < 120 { "active" } else { *self.dice.pick(&["prospect", "prospect", "dormant", "churned"]) };
        choose(record, customer::STATUS, status);
        record.set(customer::SOURCE, self.dice.pick(SOURCES).pick(self.zh).to_owned());
        record.set(customer::RELATION, vec![Value::Choice(0)]);
        record.set(customer::EMPLOYEES, self.dice.between(1, 80) * 10);
        if self.dice.chance(20) {
            let tag = self.dice.pick(TAGS).pick(self.zh);
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
                let chance = (*self.dice.pick(SURNAMES), *self.dice.pick(NAMES));
                let (surname, given) = *company.people.get(at as usize).unwrap_or(&chance);
                record.set(contact::NAME, format!("{surname}{given}"));
                if !surname.is_empty() {
                    record.set(contact::SALUTATION, format!("{surname}{address}"));
                }
                format!("{}{customer}@{}", if at == 0 { "caigou" } else { "lianxi" }, company.mail)
            } else {
                let (name, last) = (*self.dice.pick(FIRST_NAMES), *self.dice.pick(LAST_NAMES));
                record.set(contact::NAME, format!("{name} {last}"));
                format!("{}.{}@{}", name.to_lowercase(), last.to_lowercase(), company.mail)
            };
            record.set(contact::EMAIL, vec![Value::Text(mail)]);
            record.set(contact::TITLE, job.pick(self.zh || company.chinese).to_owned());
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

fn organization(name: &str, short: &str, mail: &str, industry: &str) -> Record {
    let mut record = Record::new();
    record.set(customer::NAME, name.to_owned());
    record.set(customer::SHORT_NAME, short.to_owned());
    record.set(customer::INDUSTRY, industry.to_owned());
    record.set(customer::WEBSITE, format!("https://{mail}.example"));
    choose(&mut record, customer::TYPE, "organization");
    record
}
