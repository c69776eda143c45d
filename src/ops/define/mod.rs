//! Kinds, fields, choices and sections of one's own. What all kinds have (`list`, `set`, `rm`, ...) these have too; here
//! are only the short ways to add one.

pub mod choice;
pub mod field;
pub mod kind;
pub mod section;

use crate::{
    command::{assignments::ParsedWords, op::Invocation},
    domain::{FieldDef, Kind, define::is_placed},
    error::{Error, Result},
    text::{Said, nearest, said, scrub},
};

/// The kind that a word names, of those that may have fields of one's own.
fn kind_named(ask: &Invocation<'_>, word: &str) -> Result<&'static Kind> {
    let schema = ask.reader.schema();
    schema.named(word).ok_or_else(|| {
        let error = Error::not_found(said!("There is no kind of record '{}'", "没有“{}”这一类记录", scrub(word)));
        match nearest(word, schema.kinds().iter().flat_map(|kind| [kind.noun, kind.plural, kind.zh])) {
            Some(near) => error.hint(Said::did_you_mean(near)),
            None => error.hint(said!("crm kind add {} adds one", "crm kind add {} 可新建", scrub(word))),
        }
    })
}

/// The field that `customer.industry` names.
fn field_named(ask: &Invocation<'_>, word: &str) -> Result<(&'static Kind, &'static FieldDef)> {
    let Some((of, name)) = word.split_once(['.', '。']) else {
        return Err(Error::usage(said!("'{}' names no field", "“{}”不是字段名", scrub(word)))
            .hint(said!("write its kind too: customer.industry", "请连同类别一起写：customer.industry")));
    };
    let kind = kind_named(ask, of)?;
    let def = kind.fields.iter().find(|def| def.code == name).or_else(|| kind.field_named(name));
    let def = def.ok_or_else(|| {
        let (shown, plural) = (scrub(name), kind.plural);
        let error = Error::not_found(said!(("{plural} have no field '{shown}'"), ("{}没有字段“{shown}”", kind.zh)));
        match nearest(name, kind.fields.iter().map(|def| def.code)) {
            Some(near) => error.hint(Said::did_you_mean(format_args!("{}.{near}", kind.noun))),
            None => error
                .hint(said!(("crm help fields {} lists them", kind.noun), ("crm help fields {} 可查看", kind.noun))),
        }
    })?;
    Ok((kind, def))
}

/// Refuses to hear once more what the words before the others say.
fn said_once(kind: &Kind, spoken: &ParsedWords) -> Result<()> {
    let Some(def) = kind.fields.iter().find(|def| is_placed(def) && spoken.names(def.tag)) else { return Ok(()) };
    Err(Error::usage(said!(("{} is said twice", def.code), ("“{}”写了两次", def.zh)))
        .hint(said!(("leave out {}=...", def.code), ("请去掉 {}=…", def.zh))))
}

/// Refuses words that are no assignment: a definition has no text that they could be.
fn no_free_words(spoken: &ParsedWords, hint: Said) -> Result<()> {
    if spoken.free.is_empty() {
        return Ok(());
    }
    let free = scrub(&spoken.free);
    Err(Error::usage(said!("'{free}' says nothing of it", "“{free}”无法理解")).hint(hint))
}
