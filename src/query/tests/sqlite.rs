//! Random filters agree with SQLite on the same records. A filter is written as SQL here, from the same description
//! that writes it in the language and that the naive reading follows.
//!
//! SQLite does the comparing and the joining. Two things it does not know come from this program, as functions of SQL:
//! `fold`, without which no two spellings of a name are alike, and `words`, which makes simplified characters of
//! traditional ones too. Telephone numbers are compared by neither, and nobody asks SQLite for pinyin.

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use rusqlite::{Connection, functions::FunctionFlags, params_from_iter, types};

use super::{
    asking,
    asks::{Ask, Asked, days, noun_and_ask},
    data::store_by,
    naive::{End, Naive, back, choice, end_of, number},
};
use crate::{
    domain::{Due, FieldDef, Kind, Type, Value, schema::BASE, stage, user, words::duration},
    query::{count::count, filter::is_nought_when_absent, resolve::read, select::Query},
    store::engine::Engine,
    text::{fold, fold_words},
};

/// 300 filters of some hundred records; with `CRM_TEST_FULL=1` of 50,000.
#[test]
fn three_hundred_filters_agree_with_sqlite() {
    let scale = if std::env::var_os("CRM_TEST_FULL").is_some() { 62 } else { 1 };
    let engine = store_by(scale, 300);
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let database = database(&Naive::of(reader));
    let mut runner = TestRunner::deterministic();
    let (mut asked, mut found_some) = (0, 0);
    while asked < 300 {
        let (noun, ask) = noun_and_ask().new_tree(&mut runner).unwrap().current();
        let kind = BASE.named(noun).unwrap();
        let Some(condition) = condition(&ask, kind, noun) else { continue };
        asked += 1;
        let sql = format!("select num from {noun} where {condition} order by num");
        let mut statement = database.prepare(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let theirs = statement.query_map([], |row| row.get(0)).unwrap();
        let theirs: Vec<u64> = theirs.map(|num: Result<i64, _>| num.unwrap() as u64).collect();
        let filter = read(&ask.text(), kind, &asking(reader)).unwrap();
        assert_eq!(Query::new(filter.clone()).numbers(&reader).unwrap(), theirs, "{noun} {}\n{sql}", ask.text());
        assert_eq!(count(&reader, &filter).unwrap(), theirs.len() as u64, "{noun} {}", ask.text());
        found_some += u64::from(!theirs.is_empty());
    }
    assert!(found_some > 200, "{found_some} of the filters found anything");
}

/// Every live record in a table of its kind, each list in a table of its own, each link with an index.
fn database(naive: &Naive) -> Connection {
    let database = Connection::open_in_memory().unwrap();
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    database.create_scalar_function("fold", 1, flags, |call| Ok(call.get_raw(0).as_str_or_null()?.map(fold))).unwrap();
    let words = |text: &str| fold_words(text).into_owned();
    database
        .create_scalar_function("words", 1, flags, move |call| Ok(call.get_raw(0).as_str_or_null()?.map(words)))
        .unwrap();
    database.execute_batch("begin").unwrap();
    for kind in BASE.kinds() {
        let (lists, single): (Vec<&FieldDef>, Vec<&FieldDef>) = kind.all_fields().partition(|def| def.many);
        let columns: Vec<String> = single.iter().map(|def| format!(", \"{}\"", def.code)).collect();
        let mut create = format!("create table {} (num integer primary key{});", kind.noun, columns.concat());
        for def in single.iter().filter(|def| def.ty == Type::Link) {
            create += &format!("create index {0}_by_{1} on {0} (\"{1}\");", kind.noun, def.code);
        }
        for def in &lists {
            create += &format!("create table {0}_{1} (num integer, value);", kind.noun, def.code);
            create += &format!("create index {0}_{1}_num on {0}_{1} (num);", kind.noun, def.code);
        }
        database.execute_batch(&create).unwrap();
        let places = ", ?".repeat(single.len());
        let mut insert = database.prepare(&format!("insert into {} values (?{places})", kind.noun)).unwrap();
        for num in naive.all(kind.id) {
            let row = single.iter().map(|def| naive.value(kind.id, num, def).as_ref().and_then(stored));
            let row = std::iter::once(Some(types::Value::from(num as i64))).chain(row);
            insert.execute(params_from_iter(row)).unwrap();
            for def in &lists {
                let Some(Value::List(items)) = naive.value(kind.id, num, def) else { continue };
                let insert = format!("insert into {}_{} values (?, ?)", kind.noun, def.code);
                for item in &items {
                    database.execute(&insert, (num as i64, stored(item))).unwrap();
                }
            }
        }
    }
    database.execute_batch("commit").unwrap();
    database
}

/// A value as SQLite holds it: a day as its text, an instant in milliseconds, an amount as `12.5 CNY`.
fn stored(value: &Value) -> Option<types::Value> {
    Some(match value {
        Value::Text(text) => text.clone().into(),
        Value::Phone(phone) => phone.number.clone().into(),
        Value::Whole(number) | Value::Duration(number) => (*number).into(),
        Value::Percent(number) => i64::from(*number).into(),
        Value::Choice(number) => i64::from(*number).into(),
        Value::YesNo(yes) => i64::from(*yes).into(),
        Value::Link(num) => (*num as i64).into(),
        Value::Money(money) => format!("{} {}", number(*money), money.currency).into(),
        Value::Date(day) | Value::Due(Due::Day(day)) => day.to_string().into(),
        Value::Instant(at) | Value::Due(Due::At(at)) => at.0.into(),
        Value::Decimal(_) | Value::UnitPrice(_) | Value::List(_) => return None,
    })
}

/// The filter as a condition on a row of the table of its kind; nothing for what SQL has no words for.
fn condition(ask: &Ask, kind: &'static Kind, row: &str) -> Option<String> {
    let all = |asks: &[Ask], word: &str| {
        let parts: Option<Vec<String>> = asks.iter().map(|ask| condition(ask, kind, row)).collect();
        Some(format!("({})", parts?.join(word)))
    };
    Some(match ask {
        Ask::Compare(path, asked, literal) => {
            let end = end_of(kind, path);
            let (operator, negated) = match asked {
                Asked::Equal => ("=", ""),
                Asked::Not => ("=", "not "),
                Asked::AtLeast => (">=", ""),
                Asked::AtMost => ("<=", ""),
                Asked::Over => (">", ""),
                Asked::Under => ("<", ""),
            };
            format!("{negated}{}", any(kind, row, path, &|value| compare(end, value, operator, literal))?)
        }
        Ask::Between(path, from, to) => {
            let end = end_of(kind, path);
            any(kind, row, path, &|value| {
                Some(format!("{} and {}", compare(end, value, ">=", from)?, compare(end, value, "<=", to)?))
            })?
        }
        Ask::Set(path) => any(kind, row, path, &|value| Some(format!("{value} is not null")))?,
        Ask::Empty(path) => format!("not {}", condition(&Ask::Set(path.clone()), kind, row)?),
        Ask::Prefix(path, start) => {
            let end = end_of(kind, path);
            any(kind, row, path, &|value| {
                called(end, value, &|name| {
                    format!("substr(fold({name}), 1, length(fold('{start}'))) = fold('{start}')")
                })
            })?
        }
        Ask::Contains(path, part) => {
            let end = end_of(kind, path);
            any(kind, row, path, &|value| {
                called(end, value, &|name| format!("instr(words({name}), words('{part}')) > 0"))
            })?
        }
        Ask::Word(_) => return None,
        Ask::View(None, _, ask) => condition(ask, kind, row)?,
        Ask::View(Some(link), _, ask) => {
            let target = BASE.target(kind.field(link)?)?;
            let inner = condition(ask, target, "viewed")?;
            format!("exists (select 1 from {} viewed where viewed.num = {row}.\"{link}\" and {inner})", target.noun)
        }
        Ask::And(asks) => all(asks, " and ")?,
        Ask::Or(asks) => all(asks, " or ")?,
        Ask::Not(ask) => format!("not {}", condition(ask, kind, row)?),
    })
}

/// That a value at the end of a path passes: links are followed into the rows that they lead to, lists into their items.
fn any(kind: &'static Kind, row: &str, path: &str, test: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    // Rows of the same table within each other are told apart by how deep they stand.
    let next = format!("in_{row}");
    if name == "id" {
        return Some(format!("({})", test(&format!("{row}.num"))?));
    }
    let Some(def) = kind.field(name) else {
        let (from, link) = back(name, kind);
        let inner = match rest {
            Some(rest) => any(from, &next, rest, test)?,
            None => test(&format!("{next}.num"))?,
        };
        let (from, link) = (from.noun, link.code);
        return Some(format!("exists (select 1 from {from} {next} where {next}.\"{link}\" = {row}.num and {inner})"));
    };
    if let Some(rest) = rest {
        let target = BASE.target(def)?;
        let inner = any(target, &next, rest, test)?;
        let target = target.noun;
        return Some(format!("exists (select 1 from {target} {next} where {next}.num = {row}.\"{name}\" and {inner})"));
    }
    if def.many {
        let inner = test(&format!("{next}.value"))?;
        let list = format!("{}_{name}", kind.noun);
        return Some(format!("exists (select 1 from {list} {next} where {next}.num = {row}.num and {inner})"));
    }
    // What is null passes nothing, and so its opposite passes.
    Some(format!("ifnull({}, 0)", test(&format!("{row}.\"{name}\""))?))
}

fn compare(end: End, value: &str, operator: &str, literal: &str) -> Option<String> {
    let def = match end {
        End::Id => return Some(format!("{value} {operator} {literal}")),
        End::Back(_) => return called(end, value, &|name| format!("fold({name}) = fold('{literal}')")),
        End::Field(def) => def,
    };
    Some(match def.ty {
        Type::Text | Type::LongText | Type::Email | Type::Url => format!("fold({value}) {operator} fold('{literal}')"),
        Type::Whole if is_nought_when_absent(def) => format!("ifnull({value}, 0) {operator} {literal}"),
        Type::Whole | Type::Percent => format!("{value} {operator} {literal}"),
        Type::Duration => format!("{value} {operator} {}", duration::parse(literal).ok()?),
        Type::Choice => format!("{value} {operator} {}", choice(end, literal)),
        Type::YesNo => format!("{value} = {}", u8::from(literal == "yes")),
        Type::Money => {
            let (amount, currency) = literal.split_once(' ').unwrap_or((literal, "CNY"));
            format!("cast({value} as real) {operator} {amount} and {value} like '% {currency}'")
        }
        Type::Date | Type::Instant | Type::Due => {
            let (from, until) = days(literal);
            let instant = format!("date({value} / 1000, 'unixepoch', '+8 hours')");
            let day = match def.ty {
                Type::Date => value.to_owned(),
                Type::Instant => instant,
                _ => format!("iif(typeof({value}) = 'text', {value}, {instant})"),
            };
            match operator {
                "=" => format!("{day} >= '{from}' and {day} < '{until}'"),
                ">" => format!("{day} >= '{until}'"),
                "<=" => format!("{day} < '{until}'"),
                _ => format!("{day} {operator} '{from}'"),
            }
        }
        Type::Link => {
            let known_by = match BASE.target(def)?.id {
                user::ID => user::LOGIN.def().code,
                stage::ID => stage::NAME.def().code,
                _ => return called(end, value, &|name| format!("fold({name}) = fold('{literal}')")),
            };
            let target = BASE.target(def)?.noun;
            format!(
                "exists (select 1 from {target} t where t.num = {value} and fold(t.{known_by}) = fold('{literal}'))"
            )
        }
        // No kind has such fields.
        Type::Decimal | Type::UnitPrice | Type::Rate => return None,
        Type::Phone => return None,
    })
}

/// That a text passes; of a link, what its record is called.
fn called(end: End, value: &str, test: &dyn Fn(&str) -> String) -> Option<String> {
    let kind = match end {
        End::Back(kind) => kind,
        End::Field(def) if def.ty == Type::Link => BASE.target(def)?,
        _ => return Some(test(value)),
    };
    let passes = test(&format!("t.\"{}\"", kind.name_field().code));
    Some(format!("exists (select 1 from {} t where t.num = {value} and {passes})", kind.noun))
}
