//! Which records a command is about: named ones, ids on standard input, all, or those that a filter names.

use std::io::{BufRead, IsTerminal};

use super::{
    args::{Arg, Flag, One},
    assigning::finder,
    globals::{LIMIT, OFFSET, SORT},
    op::{Answer, Ask},
};
use crate::{
    domain::{KINDS, Kind, RecordId},
    error::{Error, Result},
    query::{
        filter::Filter,
        resolve,
        select::{Order, Query},
        syntax::{self, Expr, Term},
    },
    text::said,
};

/// All records that a filter names.
pub const WHERE: Arg<One> = Arg::value("where", "All records that this filter names", "符合此筛选条件的所有记录");
/// All records.
pub const ALL: Arg<Flag> = Arg::flag("all", "All records of this kind", "此类的所有记录");
/// Bare words in a filter are meant.
pub const TEXT: Arg<Flag> =
    Arg::flag("text", "Let bare words in --where search the text", "允许 --where 中的自由词搜索文本");

/// What was selected.
#[derive(Debug)]
pub struct Selected {
    /// The kind of all of them.
    pub kind: &'static Kind,
    /// Their ids.
    pub ids: Vec<RecordId>,
    /// Whether they were selected by a filter or all together, not named.
    pub bulk: bool,
}

/// The records that words and options name; no selection is an error.
///
/// # Errors
/// `Usage` without a selection, what is wrong with a name or a filter.
pub fn select(ask: &Ask<'_>, refs: &[&str]) -> Result<Selected> {
    select_of(ask, ask.words.kind, refs)
}

/// The same of a kind that is not the one of the command's noun.
///
/// # Errors
/// As [`select`].
pub fn select_of(ask: &Ask<'_>, of: Option<&'static Kind>, refs: &[&str]) -> Result<Selected> {
    let filter = ask.words.one(WHERE);
    let all = ask.words.has(ALL);
    let ways = usize::from(filter.is_some()) + usize::from(all) + usize::from(!refs.is_empty());
    if ways == 0 {
        let (bulk, all) = (ask.words.takes(WHERE), ask.words.takes(ALL));
        return Err(Error::usage(said!("No records are named", "没有指定记录")).hint(if bulk && !all {
            said!("name them, or say which with --where FILTER", "请写出名称或编号，或用 --where 条件 指定")
        } else if bulk {
            said!(
                "name them, or say which with --where FILTER, or --all",
                "请写出名称或编号，或用 --where 条件、--all 指定"
            )
        } else {
            said!(
                "name them, or give their ids on standard input with -",
                "请写出名称或编号，或用 - 从标准输入读取编号"
            )
        }));
    }
    if ways > 1 {
        return Err(Error::usage(said!("Records are named in more than one way", "用了多种方式指定记录"))
            .hint(said!("use names, --where or --all, one of them", "请只用名称、--where、--all 之一")));
    }
    if filter.is_some_and(|filter| filter.trim().is_empty()) {
        return Err(Error::usage(said!("--where is empty", "--where 为空"))
            .hint(said!("say which records are meant; --all means all of them", "请写明是哪些记录；--all 指全部")));
    }
    if filter.is_some() || all {
        let kind = of.map_or_else(|| ask.words.kind(), Ok)?;
        let query = query_of(ask, kind, &[], filter)?;
        if let Some(filter) = filter.filter(|_| !ask.words.has(TEXT)) {
            refuse_bare_words(filter, kind)?;
        }
        let ids = query.ids(&ask.reader)?;
        return Ok(Selected { kind, ids, bulk: true });
    }
    let mut ids = Vec::with_capacity(refs.len());
    for word in refs {
        if *word == "-" {
            from_stdin(ask, of, &mut ids)?;
        } else {
            ids.push(finder(ask, None).find(of, word)?);
        }
    }
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    let kind = one_kind(ask, of, &ids)?;
    Ok(Selected { kind, ids, bulk: false })
}

/// The filter that terms and one string say together.
///
/// # Errors
/// `Usage` for what cannot be understood, with a caret under it.
pub fn filter_of(ask: &Ask<'_>, kind: &'static Kind, terms: &[&str], filter: Option<&str>) -> Result<Filter> {
    let asking = ask.context.asking(ask.reader);
    let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
    let found = resolve::read_terms(&terms, kind, &asking)?;
    match filter {
        Some(text) => Ok(found.and(resolve::read(text, kind, &asking)?)),
        None => Ok(found),
    }
}

/// The query that terms and one string say, with the order and the limits that go with it.
///
/// # Errors
/// As [`filter_of`].
pub fn query_of(ask: &Ask<'_>, kind: &'static Kind, terms: &[&str], filter: Option<&str>) -> Result<Query> {
    let found = filter_of(ask, kind, terms, filter)?;
    let mut query = Query { lang: ask.context.lang, ..Query::new(found) };
    if let Some(sort) = ask.words.one(SORT) {
        query.sort = Order::parse_all(sort.split([',', '，']), kind)?;
    }
    query.limit = ask.words.number(LIMIT)?;
    query.offset = ask.words.number(OFFSET)?.unwrap_or(0);
    Ok(query)
}

/// What to say of a word that looks like a whole filter (`"grade:A city:Berlin"`): on the command line it is one term, whose
/// value goes on to the end of the word, and mostly finds nothing.
pub fn remark_on(terms: &[&str], kind: &'static Kind) -> Option<Answer<'static>> {
    let knows = |name: &str| resolve::knows(kind, name);
    let is_test = |piece: &str| match syntax::parse_terms(&[piece.to_owned()], &knows) {
        Ok(Expr::Term(Term::Test { path, .. })) => path.0.first().is_some_and(|name| knows(&name.text)),
        _ => false,
    };
    let joined = |term: &&&str| {
        let mut pieces = term.split_whitespace();
        pieces.next().is_some_and(is_test) && pieces.any(is_test)
    };
    let term = crate::text::scrub(terms.iter().find(joined)?);
    Some(Answer::Remark(
        format!("\"{term}\" is one term here; without the quotes, or behind --where, it is a filter"),
        format!("“{term}”在此是一个条件；去掉引号或写在 --where 之后才是多个条件"),
    ))
}

/// A bulk command takes a bare word only when it is told to: a forgotten operator must not select by text.
fn refuse_bare_words(filter: &str, kind: &'static Kind) -> Result<()> {
    let expr = syntax::parse(filter, &|name| resolve::knows(kind, name))?;
    let mut bare = None;
    expr.for_each_term(&mut |term| {
        if let Term::Words { text, .. } = term {
            bare.get_or_insert_with(|| text.clone());
        }
    });
    match bare {
        Some(word) => Err(Error::usage(said!(
            "'{}' in --where is a bare word, which would search the text",
            "--where 中的“{}”是单独的词，会被当作全文查找",
            crate::text::scrub(&word)
        ))
        .hint(said!("write field:value, or add --text if that is meant", "请写 字段:值；确要全文查找请加 --text"))),
        None => Ok(()),
    }
}

fn one_kind(ask: &Ask<'_>, of: Option<&'static Kind>, ids: &[RecordId]) -> Result<&'static Kind> {
    if let Some(kind) = of {
        return Ok(kind);
    }
    let Some(first) = ids.first() else { return ask.words.kind() };
    if let Some(other) = ids.iter().find(|id| id.kind != first.kind) {
        return Err(Error::usage(said!("{first} and {other} are of different kinds", "{first} 和 {other} 的类型不同"))
            .hint(said!("name records of one kind", "请指定同一类型的记录")));
    }
    crate::store::kind_of(*first)
}

/// Ids on standard input: one a line, or JSON lines with an `id`.
fn from_stdin(ask: &Ask<'_>, of: Option<&'static Kind>, ids: &mut Vec<RecordId>) -> Result<()> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Err(Error::usage(said!(
            "- reads ids from standard input, which is a terminal",
            "- 从标准输入读取编号，而标准输入是终端"
        ))
        .hint(said!(
            "pipe them in: crm customer list grade:A -o ids | crm customer set - owner=me",
            "请用管道传入：crm customer list grade:A -o ids | crm customer set - owner=me"
        )));
    }
    for (number, line) in stdin.lock().lines().enumerate() {
        let line = line.map_err(|error| {
            Error::failure(said!("Standard input cannot be read: {error}", "无法读取标准输入：{error}"))
                .hint(said!("pipe in ids, one a line, as UTF-8", "请用管道传入编号，每行一个，UTF-8 编码"))
        })?;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let word = if line.starts_with('{') { id_in_json(line) } else { Some(line.to_owned()) };
        let place = said!("line {} of standard input", "标准输入第 {} 行", number + 1);
        let word = word.ok_or_else(|| {
            Error::invalid(said!("there is no id in this JSON object", "此 JSON 对象中没有 id"))
                .at(place.clone())
                .hint(said!("pipe in what -o jsonl or -o ids prints", "请传入 -o jsonl 或 -o ids 的输出"))
        })?;
        ids.push(finder(ask, None).find(of, &word).map_err(|error| error.at(place.clone()))?);
    }
    Ok(())
}

fn id_in_json(line: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let record = value.get("record").unwrap_or(&value);
    Some(record.get("id")?.as_str()?.to_owned())
}

/// The kinds, by their plurals, for a hint.
pub fn kinds() -> String {
    KINDS.iter().map(|kind| kind.noun).collect::<Vec<_>>().join(", ")
}
