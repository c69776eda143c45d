//! What a formula may not depend on where a field keeps its value.

use crate::{
    error::{Error, Result},
    language::syntax::{Span, caret},
    text::{Said, said},
};

use super::{
    dependencies::{Dependencies, Hop},
    node::{Live, Node},
};

/// Refuses a formula whose value could change without a record that it is computed with.
pub(super) fn stays(source: &str, root: &Node) -> Result<()> {
    let mut wrong = None;
    root.each(&mut |node| {
        if wrong.is_none() {
            wrong = amiss(source, node).map(|(message, hint)| error(source, node.span, message).hint(hint));
        }
    });
    wrong.map_or(Ok(()), Err)
}

fn error(source: &str, span: Span, message: Said) -> Error {
    let caret = caret(source, span);
    Error::usage(message.map(|message| format!("{message}\n{caret}")))
}

/// What is wrong with a part, and what to do about it.
fn amiss(source: &str, node: &Node) -> Option<(Said, Said)> {
    let mut reads = Dependencies::default();
    reads.add(node);
    let said = source.get(node.span.range()).unwrap_or_default();
    let Live { now, me, zone, currency } = reads.live;
    if now || me {
        return Some((
            said!(
                "'{said}' is another value tomorrow or for another person, and a field keeps one",
                "“{said}”因日期或人而异，而字段只保存一个值"
            ),
            said!(
                "write a day with its year; ask for what depends on today in a filter or a view",
                "请写明年月日；与“今天”有关的条件请用筛选或视图"
            ),
        ));
    }
    if currency {
        return Some((
            said!(
                "an amount without a currency is another one for another person, and a field keeps one value",
                "未写货币的金额因人而异，而字段只保存一个值"
            ),
            said!("name the currency: \"10k USD\"", "请写明货币，如 \"1万 CNY\""),
        ));
    }
    if zone {
        return Some((
            said!(
                "a point in time is another day in another zone, and a field keeps one value",
                "时间点在不同时区属于不同日期，而字段只保存一个值"
            ),
            said!("compare two days, or two points in time", "请比较两个日期，或两个时间点"),
        ));
    }
    let list = reads.reads.iter().flat_map(|read| &read.hops).find_map(|hop| match hop {
        Hop::Forward(link) if link.many => Some(*link),
        _ => None,
    });
    if let Some(link) = list {
        return Some((
            said!(("'{}' may lead to several records", link.code), ("“{}”可能关联多条记录", link.zh)),
            said!("use a link to one record", "请改用只关联一条记录的字段"),
        ));
    }
    if reads.farther().next().is_some() {
        return Some((
            said!("this is more than one link away", "此处隔了不止一层关联"),
            said!(
                "put what is between into a field of the record between, and name that field",
                "请先在中间的记录上建一个字段，再引用该字段"
            ),
        ));
    }
    let lost = reads.reads.iter().flat_map(|read| &read.hops).find_map(|hop| match hop {
        Hop::Forward(link) | Hop::Back(link, _) if !link.indexed() => Some(*link),
        _ => None,
    });
    lost.map(|link| {
        (
            said!(
                ("'{}' cannot be followed back, so that nobody would notice a change", link.code),
                ("“{}”无法反向查找，对方变化时无从得知", link.zh)
            ),
            said!("use another link", "请改用其他关联"),
        )
    })
}
