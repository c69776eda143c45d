//! What a made-up record of each kind says, under the program's own field codes.

use super::{Dice, words::*};

/// A kind that can be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    Customer,
    Contact,
    Deal,
    Activity,
    Followup,
    Ticket,
}

impl Kind {
    /// All of them, those that others link to first.
    pub(crate) const ALL: [Self; 7] =
        [Self::User, Self::Customer, Self::Contact, Self::Deal, Self::Activity, Self::Followup, Self::Ticket];

    /// Its noun.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Customer => "customer",
            Self::Contact => "contact",
            Self::Deal => "deal",
            Self::Activity => "activity",
            Self::Followup => "followup",
            Self::Ticket => "ticket",
        }
    }

    /// The kind of this noun.
    pub(crate) fn named(noun: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.noun() == noun)
    }

    /// Its columns: field codes.
    pub(crate) fn headings(self) -> impl Iterator<Item = &'static str> {
        let headings = match self {
            Self::User => "login,name,email,team,active",
            Self::Customer => "name,email,phone,city,industry,grade,status,owner,source,tag,note,created",
            Self::Contact => "name,customer,title,role,phone,email,status,owner,note,created",
            Self::Deal => {
                "title,customer,stage,amount,expected_close,closed,lost_reason,type,source,product,owner,created"
            }
            Self::Activity => "text,type,channel,direction,at,minutes,outcome,by,customer,created",
            Self::Followup => "title,type,due,priority,status,owner,customer,done_at,done_by,created",
            Self::Ticket => {
                "subject,description,customer,type,priority,status,queue,channel,owner,product,serial,created"
            }
        };
        headings.split(',')
    }

    /// Row number `row` of `count`, counted from 0.
    pub(crate) fn row(self, row: u64, count: u64) -> Vec<String> {
        let mut dice = Dice::new(self as u64, row);
        let chinese = dice.below(3) == 0;
        match self {
            Self::User => user(&mut dice, chinese, row),
            Self::Customer => customer(&mut dice, chinese, row),
            Self::Contact => contact(&mut dice, chinese, row, count),
            Self::Deal => deal(&mut dice, chinese, count),
            Self::Activity => activity(&mut dice, chinese, count),
            Self::Followup => followup(&mut dice, chinese, count),
            Self::Ticket => ticket(&mut dice, chinese, row, count),
        }
    }
}

pub(super) fn login(person: u64) -> String {
    format!("u{person:02}")
}

fn person(dice: &mut Dice, chinese: bool) -> String {
    if chinese {
        format!("{}{}", dice.pick(ZH_FAMILY), dice.pick(ZH_GIVEN))
    } else {
        format!("{} {}", dice.pick(GIVEN), dice.pick(FAMILY))
    }
}

fn phone(dice: &mut Dice, chinese: bool) -> String {
    if chinese {
        format!("+861{}{:09}", 3 + dice.below(6), dice.below(1_000_000_000))
    } else {
        format!("+1{}{:02}{}{:06}", 2 + dice.below(7), dice.below(100), 2 + dice.below(8), dice.below(1_000_000))
    }
}

fn linked(dice: &mut Dice, letter: char, count: u64) -> String {
    format!("{letter}-{}", 1 + dice.below(count))
}

fn either<'a>(dice: &mut Dice, chinese: bool, zh: &[&'a str], en: &[&'a str]) -> &'a str {
    dice.pick(if chinese { zh } else { en })
}

fn user(dice: &mut Dice, chinese: bool, row: u64) -> Vec<String> {
    let login = login(row);
    let email = format!("{login}@crm.example");
    let team = dice.pick(&["east", "west", "service", "key accounts"]).into();
    let active = if dice.percent(90) { "yes" } else { "no" };
    vec![login, person(dice, chinese), email, team, active.into()]
}

fn customer(dice: &mut Dice, chinese: bool, row: u64) -> Vec<String> {
    let city = either(dice, chinese, ZH_CITIES, CITIES);
    let name = match (chinese, dice.percent(20)) {
        (_, true) => person(dice, chinese),
        (true, _) => {
            let style = [dice.pick(ZH_STYLE), dice.pick(ZH_STYLE)].concat();
            format!("{city}{style}{}有限公司", dice.pick(ZH_TRADE))
        }
        (false, _) => {
            format!("{} {} {} {}", dice.pick(FIRST), dice.pick(SECOND), dice.pick(TRADE), dice.pick(FORM))
        }
    };
    let tags: Vec<&str> = TAGS.iter().copied().filter(|_| dice.percent(15)).collect();
    vec![
        name,
        format!("c{row}@mail{}.example", dice.below(4000)),
        phone(dice, chinese),
        city.into(),
        dice.pick(INDUSTRIES).into(),
        dice.weigh(&[("A", 5), ("B", 15), ("C", 45), ("D", 35)]).into(),
        dice.weigh(&[("prospect", 45), ("active", 35), ("dormant", 15), ("churned", 5)]).into(),
        dice.login(),
        dice.pick(SOURCES).into(),
        tags.join(";"),
        either(dice, chinese, ZH_NOTES, NOTES).into(),
        dice.instant(),
    ]
}

fn contact(dice: &mut Dice, chinese: bool, row: u64, count: u64) -> Vec<String> {
    let titles = ["Buyer", "Plant manager", "Head of finance", "Engineer", "Owner"];
    let zh_titles = ["采购", "厂长", "财务总监", "工程师", "总经理"];
    vec![
        person(dice, chinese),
        linked(dice, 'C', count),
        either(dice, chinese, &zh_titles, &titles).into(),
        dice.pick(&["decision_maker", "influencer", "evaluator", "user", "champion", "gatekeeper"]).into(),
        phone(dice, chinese),
        format!("p{row}@mail{}.example", dice.below(4000)),
        dice.weigh(&[("active", 92), ("left", 8)]).into(),
        dice.login(),
        either(dice, chinese, ZH_NOTES, NOTES).into(),
        dice.instant(),
    ]
}

fn deal(dice: &mut Dice, chinese: bool, count: u64) -> Vec<String> {
    let product = dice.pick(PRODUCTS);
    let stages = [("qualify", 20), ("needs", 15), ("proposal", 15), ("negotiation", 10), ("won", 25), ("lost", 15)];
    let stage = dice.weigh(&stages);
    let (unit, currency, title) =
        if chinese { (1000, "CNY", format!("{product} 采购")) } else { (250, "USD", format!("{product} order")) };
    let created = dice.instant();
    let closed = if matches!(stage, "won" | "lost") { dice.lately() } else { String::new() };
    let reason = if stage == "lost" { dice.pick(&["price", "delivery", "no budget"]) } else { "" };
    vec![
        title,
        linked(dice, 'C', count),
        stage.into(),
        if dice.percent(95) { format!("{} {currency}", unit * (1 + dice.below(400))) } else { String::new() },
        if closed.is_empty() { dice.day(2026..2028) } else { closed.clone() },
        closed,
        reason.into(),
        dice.weigh(&[("new", 60), ("renewal", 20), ("upsell", 15), ("cross_sell", 5)]).into(),
        dice.pick(SOURCES).into(),
        product.into(),
        dice.login(),
        created,
    ]
}

fn activity(dice: &mut Dice, chinese: bool, count: u64) -> Vec<String> {
    let by_type = [("call", "phone"), ("visit", "in_person"), ("email", "email"), ("message", "wechat"), ("note", "")];
    let (kind, channel) = by_type[usize::try_from(dice.below(5)).unwrap_or(0)];
    let direction = if kind == "note" { "" } else { dice.weigh(&[("out", 70), ("in", 30)]) };
    let outcomes = ["reached", "no_answer", "busy", "interested", "refused"];
    let minutes = if matches!(kind, "call" | "visit") { (1 + dice.below(90)).to_string() } else { String::new() };
    let at = dice.instant();
    vec![
        either(dice, chinese, ZH_TALK, TALK).into(),
        kind.into(),
        channel.into(),
        direction.into(),
        at.clone(),
        minutes,
        if kind == "call" { dice.pick(&outcomes) } else { "" }.into(),
        dice.login(),
        linked(dice, 'C', count),
        at,
    ]
}

fn followup(dice: &mut Dice, chinese: bool, count: u64) -> Vec<String> {
    let status = dice.weigh(&[("open", 40), ("done", 55), ("cancelled", 5)]);
    let owner = dice.login();
    let due = if status == "done" { dice.lately() } else { dice.day(2026..2028) };
    let timed = if dice.percent(40) { format!("{due}T{:02}:30:00Z", 8 + dice.below(10)) } else { due.clone() };
    let (done_at, done_by) =
        if status == "done" { (format!("{due}T18:00:00Z"), owner.clone()) } else { Default::default() };
    vec![
        either(dice, chinese, ZH_PLANS, PLANS).into(),
        dice.pick(&["call", "visit", "meeting", "email", "message"]).into(),
        timed,
        dice.weigh(&[("low", 15), ("normal", 60), ("high", 20), ("urgent", 5)]).into(),
        status.into(),
        owner,
        linked(dice, 'C', count),
        done_at,
        done_by,
        dice.instant(),
    ]
}

fn ticket(dice: &mut Dice, chinese: bool, row: u64, count: u64) -> Vec<String> {
    let subject = either(dice, chinese, ZH_TROUBLES, TROUBLES);
    let status = dice.weigh(&[("new", 10), ("open", 15), ("waiting", 10), ("resolved", 15), ("closed", 50)]);
    vec![
        subject.into(),
        either(dice, chinese, ZH_NOTES, NOTES).into(),
        linked(dice, 'C', count),
        dice.pick(&["complaint", "request", "question", "suggestion", "repair", "report"]).into(),
        dice.weigh(&[("low", 20), ("normal", 55), ("high", 20), ("urgent", 5)]).into(),
        status.into(),
        dice.pick(&["first line", "repairs", "billing"]).into(),
        dice.pick(CHANNELS).into(),
        if status == "new" { String::new() } else { dice.login() },
        dice.pick(PRODUCTS).into(),
        format!("SN{:08}", row * 7919 % 100_000_000),
        dice.instant(),
    ]
}
