//! The questions and changes that are compared, each in both languages, and when two answers agree.

use super::Sides;
use crate::made_up::Kind;

/// Where a write puts the grade of this round, so that each round changes something.
const GRADE: &str = "%GRADE%";

/// One comparison.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    ours: String,
    theirs: String,
    agree: Agree,
    /// Long ones run a quarter as often.
    pub(crate) long: bool,
}

/// What must be the same in both answers.
#[derive(Clone, Copy)]
enum Agree {
    /// The same ids in the same order.
    Ids,
    /// As many ids: the order of what fits equally well is each side's own.
    Size,
    /// One number.
    Number,
    /// The same groups with the same counts.
    Groups,
    /// As many records, ours under a line of headings.
    Rows,
    /// Ours is about the record that theirs names.
    Record,
    /// The same instants in the same order, looked up for the ids; which of two in one second is first is free.
    Instants,
    /// Afterwards both sides count as many of each grade.
    Grades,
}

/// All of them, for stores of so many customers.
pub(crate) fn cases(count: u64) -> Vec<Case> {
    let middle = (count / 2).max(1);
    let row = Kind::Customer.row(middle - 1, count);
    let email = row.get(1).map_or("", String::as_str);
    let mailbox = email.split('@').next().unwrap_or_default();
    let next = middle % count + 1;
    let find = |word: &str| {
        let theirs = format!("select rowid from words where words match '\"{word}\"' order by rank limit 50");
        (format!("find {word} --limit 50 -o ids"), theirs)
    };
    let columns = Kind::Customer.headings().collect::<Vec<_>>().join(",");
    let case = |name, (ours, theirs): (String, String), agree| Case { name, ours, theirs, agree, long: false };
    let long = |name, sides, agree| Case { long: true, ..case(name, sides, agree) };
    let both = |ours: &str, theirs: &str| (ours.to_owned(), theirs.to_owned());
    vec![
        case(
            "show",
            (format!("customer show C-{middle} -o json"), format!("select name from customer where id = {middle}")),
            Agree::Record,
        ),
        case(
            "by e-mail",
            (format!("customer list email:{email} -o ids"), format!("select id from customer where email = '{email}'")),
            Agree::Ids,
        ),
        case(
            "newest 50 of one owner",
            both(
                "customer list owner:u07 --sort -created --limit 50 -o ids",
                "select id from customer where owner = 'u07' order by created desc, id desc limit 50",
            ),
            Agree::Instants,
        ),
        case("find, rare", find(mailbox), Agree::Size),
        case("find, common", find("harbor"), Agree::Size),
        case("find, Chinese", find("恒瑞科技"), Agree::Size),
        case(
            "count by two fields",
            both(
                "customer count grade:A city:上海",
                "select count(*) from customer where grade = 'A' and city = '上海'",
            ),
            Agree::Number,
        ),
        long(
            "group",
            both(
                "customer count --by industry -o tsv --no-header",
                "select industry, count(*) from customer group by industry",
            ),
            Agree::Groups,
        ),
        long(
            "scan",
            both(
                "customer count note~quote or industry:energy",
                "select count(*) from customer where note like '%quote%' or industry = 'energy'",
            ),
            Agree::Number,
        ),
        long(
            "export all",
            (format!("customer list --columns id,{columns} -o csv"), format!("select id, {columns} from customer")),
            Agree::Rows,
        ),
        case(
            "set one",
            (
                format!("customer set C-{next} grade={GRADE} -q"),
                format!("update customer set grade = '{GRADE}', version = version + 1 where id = {next}"),
            ),
            Agree::Grades,
        ),
        long(
            "set many",
            (
                format!("customer set --where city:上海 grade={GRADE} --yes -q"),
                format!("update customer set grade = '{GRADE}', version = version + 1 where city = '上海'"),
            ),
            Agree::Grades,
        ),
    ]
}

impl Case {
    /// Our words and their SQL for this round.
    pub(crate) fn round(&self, round: usize) -> (Vec<String>, String) {
        let grade = ["B", "C", "D", "A"][round % 4];
        let words = self.ours.split(' ').map(|word| word.replace(GRADE, grade)).collect();
        (words, self.theirs.replace(GRADE, grade))
    }

    /// Whether two answers of one round say the same; otherwise how they differ.
    pub(crate) fn agree(&self, ours: &str, theirs: &str, sides: &Sides) -> Result<(), String> {
        match self.agree {
            Agree::Ids => same(&ids(ours)?, &ids(theirs)?),
            Agree::Size => same(&ids(ours)?.len(), &ids(theirs)?.len()),
            Agree::Number => same(&ours.trim(), &theirs.trim()),
            Agree::Groups => same(&groups(ours, b'\t')?, &groups(theirs, b',')?),
            Agree::Rows => same(&table(ours, b',')?.len(), &(table(theirs, b',')?.len() + 1)),
            Agree::Record => {
                let shown: serde_json::Value = serde_json::from_str(ours).map_err(|error| error.to_string())?;
                let name = shown.pointer("/record/name").and_then(serde_json::Value::as_str);
                same(&name, &table(theirs, b',')?.first().map(|row| row[0].as_str()))
            }
            Agree::Instants => same(&instants(&ids(ours)?, sides)?, &instants(&ids(theirs)?, sides)?),
            Agree::Grades => ["A", "B", "C", "D"].iter().try_for_each(|grade| {
                let words = ["customer", "count", &format!("grade:{grade}")].map(String::from);
                let counted = sides.theirs(&format!("select count(*) from customer where grade = '{grade}'"));
                same(&sides.ours(&words).answer?.trim(), &counted.answer?.trim())
            }),
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(ours: &T, theirs: &T) -> Result<(), String> {
    let shown = |value: &T| format!("{value:?}").chars().take(60).collect::<String>();
    if ours == theirs { Ok(()) } else { Err(format!("{} is not {}", shown(ours), shown(theirs))) }
}

fn ids(text: &str) -> Result<Vec<u64>, String> {
    let id = |line: &str| line.trim_start_matches("C-").parse().map_err(|_| format!("`{line}` is no id"));
    text.lines().map(id).collect()
}

fn table(text: &str, separator: u8) -> Result<Vec<Vec<String>>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|error: csv::Error| error.to_string())
}

fn groups(text: &str, separator: u8) -> Result<Vec<Vec<String>>, String> {
    let mut groups = table(text, separator)?;
    groups.sort();
    Ok(groups)
}

fn instants(ids: &[u64], sides: &Sides) -> Result<Vec<String>, String> {
    let list = ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
    let rows = sides.theirs(&format!("select id, created from customer where id in ({list})")).answer?;
    let rows = table(&rows, b',')?;
    let created = |id: &u64| rows.iter().find(|row| row[0] == id.to_string()).map(|row| row[1].clone());
    ids.iter().map(|id| created(id).ok_or_else(|| format!("no customer {id}"))).collect()
}
