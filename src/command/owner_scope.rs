//! What agenda, board and queue share: whose they are, and cells of values.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::{Field, Lookup, RecordId, bytes, field::Marker, user},
    error::{Error, ErrorKind, Result},
    query::{
        grid::{Cell, Rows},
        names::Names,
    },
    read_model::owners::Owners,
    store::Reader,
    text::{Said, fold, said, spaced},
};

use super::{
    args::{Arg, One},
    assignments::finder,
    op::Invocation,
};
use crate::commit::Context;

/// Whose records are shown.
pub const OWNER: Arg<One> = Arg::value("owner", "me, NAME, team:NAME, none or all", "我、姓名、团队:名称、无 或 全部");

/// Whose records a pane shows, and how that is said.
#[derive(Clone, Debug)]
pub struct OwnerScope {
    /// The owners.
    pub owners: Owners,
    /// How they are called.
    pub said: Said,
    /// Whether it is the person who asks, without having said so.
    pub by_default: bool,
}

/// Whose records are asked for; those of the person who asks unless said otherwise.
///
/// # Errors
/// `NotFound` where there is no such user or team.
pub fn whose(ask: &Invocation<'_>) -> Result<OwnerScope> {
    let said = ask.words.one(OWNER).map(str::trim);
    let folded = said.map(fold);
    let mine = || -> Result<OwnerScope> {
        Ok(OwnerScope {
            owners: Owners::of(ask.context.user.into_iter().collect::<Vec<_>>()),
            said: Said::same(ask.context.called(ask.names)?),
            by_default: said.is_none(),
        })
    };
    let Some(word) = said else { return mine() };
    match folded.as_deref() {
        Some("me" | "我") => return mine(),
        Some("none" | "nobody" | "无" | "未分配") => {
            let said = said!("nobody", "未分配");
            return Ok(OwnerScope { owners: Owners::of([]).and_nobody(), said, by_default: false });
        }
        Some("all" | "全部" | "所有人") => {
            let said = said!("everybody", "所有人");
            return Ok(OwnerScope { owners: Owners::all(), said, by_default: false });
        }
        _ => {}
    }
    if let Some(team) = ["team:", "team：", "团队:", "团队："].iter().find_map(|prefix| word.strip_prefix(prefix))
    {
        let said = said!(("team {team}"), ("{}", spaced(team, "团队")));
        return Ok(OwnerScope { owners: Owners::of(members(ask, team)?), said, by_default: false });
    }
    let id = match finder(ask, None).find(Some(ask.table(&user::KIND)), word) {
        Err(error) if error.kind() == ErrorKind::NotFound => trashed(&ask.reader, word)?.ok_or(error)?,
        found => found?,
    };
    let said = Said::same(ask.names.of(id)?);
    Ok(OwnerScope { owners: Owners::of([id.num]), said, by_default: false })
}

/// A user in the trash by login or name: what was theirs is theirs still.
fn trashed(reader: &Reader<'_>, word: &str) -> Result<Option<RecordId>> {
    let (mut found, wanted) = (None, fold(word));
    reader.trashed(user::ID, &mut |num, row| {
        let called = [row.get(user::LOGIN), row.get(user::NAME)].into_iter().flatten().any(|name| fold(name) == wanted);
        if called {
            found = Some(RecordId::new(user::ID, num));
        }
        if called { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}

/// The team of the person who asks, and who is in it.
///
/// # Errors
/// What the store says.
pub fn team_of(reader: &Reader<'_>, context: &Context) -> Result<Option<(String, Vec<u64>)>> {
    let me = context.me().map(|me| reader.held(me)).transpose()?.flatten();
    let Some(team) = me.and_then(|me| me.record.get(user::TEAM).map(str::to_owned)) else { return Ok(None) };
    let (mut people, wanted) = (Vec::new(), fold(&team));
    reader.each(user::ID, &mut |num, person| {
        people.extend(person.get(user::TEAM).filter(|team| fold(team) == wanted).map(|_| num));
        ControlFlow::Continue(())
    })?;
    Ok(Some((team, people)))
}

fn members(ask: &Invocation<'_>, team: &str) -> Result<Vec<u64>> {
    let (mut found, mut teams) = (Vec::new(), Vec::new());
    let wanted = fold(team);
    ask.reader.each(user::ID, &mut |num, person| {
        if let Some(held) = person.get(user::TEAM) {
            if fold(held) == wanted {
                found.push(num);
            } else if !teams.iter().any(|team| team == held) {
                teams.push(held.to_owned());
            }
        }
        ControlFlow::Continue(())
    })?;
    if !found.is_empty() {
        return Ok(found);
    }
    let error = Error::not_found(said!("Nobody is in a team '{}'", "团队“{}”中没有人", crate::text::scrub(team)));
    Err(match teams.is_empty() {
        true => error.hint(said!(
            "crm user set LOGIN team=NAME puts somebody in a team",
            "crm user set 登录名 团队=名称 可将人加入团队"
        )),
        false => error.hint(said!(
            ("the teams are {}", crate::text::scrub(&teams.join(", "))),
            ("现有团队：{}", crate::text::scrub(&teams.join("、")))
        )),
    })
}

/// So many records are read before their rows are taken.
const AT_ONCE: usize = 256;

/// The rows of records in their places, read a few at a time as they are taken.
pub fn streamed<'a, P: 'a, R>(
    places: impl AsRef<[P]> + 'a,
    read: impl Fn(&[P]) -> Result<Vec<R>> + 'a,
    cells: impl Fn(&R) -> Result<Vec<Cell<'static>>> + 'a,
) -> Rows<'a> {
    Box::new(move |sink| {
        for some in places.as_ref().chunks(AT_ONCE) {
            for record in read(some)? {
                if sink(&cells(&record)?)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    })
}

/// A value as a cell of its field.
pub fn cell<M: Marker>(field: &'static Field<M>, value: Option<M::In>) -> Cell<'static> {
    let Some(value) = value else { return Cell::Empty };
    let mut stored = Vec::new();
    bytes::put(&mut stored, &M::value(value));
    Cell::Field(field.lent(), Cow::Owned(stored))
}

/// A linked record as a cell.
pub fn link(record: Option<&(RecordId, String)>) -> Cell<'static> {
    record.map_or(Cell::Empty, |(id, name)| Cell::Link(*id, name.clone().into()))
}

/// A user as a cell.
///
/// # Errors
/// What the store says.
pub fn owner(names: &Names<'_>, owner: Option<u64>) -> Result<Cell<'static>> {
    let Some(num) = owner else { return Ok(Cell::Empty) };
    let id = RecordId::new(user::ID, num);
    Ok(Cell::Link(id, names.of(id)?.into()))
}

/// Words for a person, of which a program has no need.
pub fn words(say: impl Fn(crate::text::Lang) -> String) -> Cell<'static> {
    let said = both(say);
    let (en, zh) = said.both();
    Cell::Words { code: en.to_owned().into(), en: en.to_owned().into(), zh: zh.to_owned().into() }
}

/// The words of a step: a program gets all of them, a person as many as tell which it was.
pub fn spoken(words: String) -> Cell<'static> {
    match crate::text::brief(&words) {
        Cow::Borrowed(_) => Cell::Text(words.into()),
        Cow::Owned(brief) => Cell::Words { code: words.into(), en: brief.clone().into(), zh: brief.into() },
    }
}

/// The same in both languages.
pub fn both(say: impl Fn(crate::text::Lang) -> String) -> Said {
    Said::new(say(crate::text::Lang::En), say(crate::text::Lang::Zh))
}
