//! Which records a command is about: named ones, ids on standard input, all, or those that a filter names.

use super::{
    args::{Arg, Flag, One},
    assignments::finder,
    global_options::{LIMIT, OFFSET, SORT},
    op::{Answer, Invocation},
    quote_hint,
    record_ref::{Finder, NameScope},
    row_options::refuse_choice,
};
use crate::{
    commit::{input::IdLine, skipped::SkippedRecords},
    domain::{Kind, RecordId, Schema},
    error::{Error, Result},
    query::{
        filter::Filter,
        resolve::{self, QueryContext},
        select::{Order, Query},
        syntax::{self, Expr, Term},
        trash::TrashNames,
    },
    text::{Said, said},
};

/// All records that a filter names.
pub const WHERE: Arg<One> =
    Arg::value("where", "All records that this filter names", "符合此筛选条件的所有记录").hyphens();
/// All records.
pub const ALL: Arg<Flag> = Arg::flag("all", "All records of this kind", "此类的所有记录");
/// Bare words in a filter are meant.
pub const TEXT: Arg<Flag> =
    Arg::flag("text", "Let bare words in --where search the text", "允许 --where 中不带字段的词按全文查找");

/// To do what can be done.
pub const KEEP_GOING: Arg<Flag> = Arg::flag(
    "keep-going",
    "Do it for the records that allow it, and say of each other one why not; exit code 6",
    "对可以执行的记录照常执行，其余逐条说明原因；退出码为 6",
);

/// What was selected.
#[derive(Debug)]
pub struct Selected {
    /// The kind of all of them.
    pub kind: &'static Kind,
    /// Their ids.
    pub ids: Vec<RecordId>,
    /// Whether they were selected by a filter or all together, not named.
    pub bulk: bool,
    /// Where names go that no record has, with `--keep-going`, and records that do not allow the step.
    pub left_out: Option<SkippedRecords>,
    /// What to say of a filter that selects nothing.
    pub remark: Option<Said>,
}

/// The records that words and options name; no selection is an error. Names are looked for among those in use, or in
/// the trash, and a filter must be about the same.
///
/// # Errors
/// `Usage` without a selection, what is wrong with a name or a filter.
pub fn select(ask: &Invocation<'_>, among: NameScope, refs: &[&str]) -> Result<Selected> {
    if !refs.is_empty() {
        refuse_choice(
            ask.words,
            said!(
                "name only those that are meant, or say which with --where FILTER",
                "请直接写出记录，或用 --where 条件 指定"
            ),
        )?;
    }
    select_of(ask, among, ask.words.kind, refs)
}

/// The same of a kind that is not the one of the command's noun.
///
/// # Errors
/// As [`select`].
pub fn select_of(ask: &Invocation<'_>, among: NameScope, of: Option<&'static Kind>, refs: &[&str]) -> Result<Selected> {
    let left_out = ask.words.has(KEEP_GOING).then(SkippedRecords::default);
    let filter = ask.words.one(WHERE);
    let all = ask.words.has(ALL);
    let ways = usize::from(filter.is_some()) + usize::from(all) + usize::from(!refs.is_empty());
    if ways == 0 {
        let (bulk, all) = (ask.words.takes(WHERE), ask.words.takes(ALL));
        return Err(Error::usage(said!("No records are named", "未指定记录")).hint(if bulk && !all {
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
        refuse_elsewhere(among, &query.filter)?;
        if let Some(filter) = filter.filter(|_| !ask.words.has(TEXT)) {
            refuse_bare_words(filter, kind, ask.reader.schema())?;
        }
        let ids = query.ids(&ask.reader)?;
        let remark = if ids.is_empty() { quote_hint::remark(&[], filter, kind, ask.reader.schema()) } else { None };
        return Ok(Selected { kind, ids, bulk: true, left_out, remark });
    }
    let mut ids = Vec::with_capacity(refs.len());
    let trashed = TrashNames::default();
    let finder = Finder { among, trashed: Some(&trashed), ..finder(ask, None) };
    for word in refs {
        if *word == "-" {
            from_stdin(&finder, of, (&mut ids, left_out.as_ref()))?;
        } else {
            let found = finder.find(of, word);
            ids.extend(kept(left_out.as_ref(), Some(word), found)?);
        }
    }
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    let kind = one_kind(ask, of, &ids)?;
    Ok(Selected { kind, ids, bulk: false, left_out, remark: None })
}

/// The filter that terms and one string say together.
///
/// # Errors
/// `Usage` for what cannot be understood, with a caret under it.
pub fn filter_of(ask: &Invocation<'_>, kind: &'static Kind, terms: &[&str], filter: Option<&str>) -> Result<Filter> {
    let asking = QueryContext { heard: Some(ask.heard), ..ask.context.asking(ask.reader) };
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
pub fn query_of(ask: &Invocation<'_>, kind: &'static Kind, terms: &[&str], filter: Option<&str>) -> Result<Query> {
    let found = filter_of(ask, kind, terms, filter)?;
    let mut query = Query { lang: ask.context.lang, ..Query::new(found) };
    if let Some(sort) = ask.words.one(SORT) {
        query.sort = Order::parse_all(sort.split([',', '，', '、']), kind, ask.reader.schema())?;
    }
    query.limit = ask.words.number(LIMIT)?;
    query.offset = ask.words.number(OFFSET)?.unwrap_or(0);
    Ok(query)
}

/// What to say of a word that looks like a whole filter (`"grade:A city:Berlin"`): on the command line it is one term, whose
/// value goes on to the end of the word, and mostly finds nothing.
pub fn remark_on(terms: &[&str], kind: &'static Kind, schema: &Schema) -> Option<Answer<'static>> {
    let knows = |name: &str| resolve::knows(kind, name, schema);
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

/// A command that works on records in use takes no filter of the trash, and one that works on the trash no other: what
/// is meant by a filter is told by the filter alone.
fn refuse_elsewhere(among: NameScope, filter: &Filter) -> Result<()> {
    match (among, filter.is_of_trash()) {
        (NameScope::Live, true) => Err(Error::usage(said!(
            "Records in the trash are only looked at, brought back or purged",
            "回收站中的记录只能查看、恢复或彻底删除"
        ))
        .hint(said!("restore --where is:trashed brings them back", "restore --where is:trashed 可恢复"))),
        (NameScope::Trash | NameScope::Either, false) => Err(Error::usage(said!(
            "This filter is about records in use, and this command about the trash",
            "此条件针对未删除的记录，而此命令针对回收站"
        ))
        .hint(said!("add is:trashed to the filter", "请在条件中加 is:trashed"))),
        _ => Ok(()),
    }
}

/// What to say of terms and a filter that find nothing, where a value in them was not taken as a whole.
///
/// # Errors
/// What the store says.
pub fn remark_on_nothing(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    (terms, filter): (&[&str], Option<&str>),
    found: &Filter,
) -> Result<Option<Said>> {
    let Some(remark) = quote_hint::remark(terms, filter, kind, ask.reader.schema()) else { return Ok(None) };
    let one = Query { limit: Some(1), ..Query::new(found.clone()) };
    Ok(one.ids(&ask.reader)?.is_empty().then_some(remark))
}

/// A bulk command takes a bare word only when it is told to: a forgotten operator must not select by text.
fn refuse_bare_words(filter: &str, kind: &'static Kind, schema: &Schema) -> Result<()> {
    let expr = syntax::parse(filter, &|name| resolve::knows(kind, name, schema))?;
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

fn one_kind(ask: &Invocation<'_>, of: Option<&'static Kind>, ids: &[RecordId]) -> Result<&'static Kind> {
    if let Some(kind) = of {
        return Ok(kind);
    }
    let Some(first) = ids.first() else { return ask.words.kind() };
    if let Some(other) = ids.iter().find(|id| id.kind != first.kind) {
        return Err(Error::usage(said!("{first} and {other} are of different kinds", "{first} 和 {other} 的类别不同"))
            .hint(said!("name records of one kind", "请指定同一类别的记录")));
    }
    ask.schema().kind_of(*first)
}

/// What was found; without `--keep-going`, an error ends it all.
fn kept(left_out: Option<&SkippedRecords>, word: Option<&str>, found: Result<RecordId>) -> Result<Option<RecordId>> {
    match left_out {
        Some(left_out) => left_out.keep(word.map(str::to_owned), found),
        None => found.map(Some),
    }
}

/// The records that standard input names.
fn from_stdin(
    finder: &Finder<'_>,
    of: Option<&'static Kind>,
    (ids, left_out): (&mut Vec<RecordId>, Option<&SkippedRecords>),
) -> Result<()> {
    for IdLine { line, word } in finder.context.input.ids()? {
        let place = || said!("line {line} of standard input", "标准输入第 {line} 行");
        let found = match word {
            Ok(word) => finder.find(of, word).map_err(|error| error.at(place())),
            Err(error) => Err(error.clone()),
        };
        ids.extend(kept(left_out, word.as_deref().ok(), found)?);
    }
    Ok(())
}

/// The kinds, for a hint.
pub fn kinds(schema: &Schema) -> Said {
    let all = |label: fn(&&'static Kind) -> &'static str, comma| {
        schema.kinds().iter().map(label).collect::<Vec<_>>().join(comma)
    };
    said!(("one of {}", all(|kind| kind.noun, ", ")), ("可用 {}", all(|kind| kind.zh, "、")))
}
