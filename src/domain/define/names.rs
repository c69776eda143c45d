//! Which names definitions may take.

use crate::{
    domain::{FieldDef, Kind, common},
    error::{Error, Result},
    text::{fold, said},
};

/// The longest code.
const LONGEST: usize = 40;
/// Words that mean something of their own where the noun of a kind or the code of a field can stand.
const RESERVED: [&str; 14] =
    ["id", "and", "or", "not", "is", "has", "no", "view", "all", "me", "none", "help", "schema", "trashed"];

/// The kinds that there are so far.
pub(super) struct Names<'a> {
    pub(super) kinds: Vec<&'a Kind>,
}

impl Names<'_> {
    /// Refuses a kind whose noun is no code, or one of whose names another kind has.
    pub(super) fn kind(&self, noun: &str, letters: &str, called: &[&str]) -> Result<()> {
        is_code(noun)?;
        if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(Error::invalid(said!(
                "'{letters}' is not one to three letters",
                "“{letters}”不是一到三个字母"
            )));
        }
        if let Some(other) = self.kinds.iter().find(|kind| kind.letters.eq_ignore_ascii_case(letters)) {
            let (en, zh) = (other.en, other.zh);
            return Err(Error::invalid(said!(
                "The letters {letters} are those of {en}",
                "编号字母 {letters} 已用于“{zh}”"
            )));
        }
        for name in called {
            let folded = fold(name);
            let has = |kind: &&&Kind| {
                let names = [kind.noun, kind.plural, kind.zh, kind.en];
                names.iter().chain(kind.aliases).any(|known| fold(known) == folded)
            };
            if let Some(other) = self.kinds.iter().find(has) {
                return Err(Error::invalid(said!(
                    ("{name} is what {} are called", other.plural),
                    ("“{name}”已是“{}”的名称", other.zh)
                )));
            }
        }
        Ok(())
    }

    /// Refuses a field whose code is none, or one of whose names another field of its kind has.
    pub(super) fn field<'f>(
        &self,
        of: &Kind,
        fields: impl Iterator<Item = &'f FieldDef>,
        def: &FieldDef,
    ) -> Result<()> {
        is_code(def.code)?;
        let names = [def.code, def.en, def.zh].map(fold);
        for other in fields.chain(common::FIELDS) {
            let known = [other.code, other.en, other.zh].map(fold);
            if let Some(name) =
                names.iter().find(|name| known.contains(name) || other.other_names().any(|it| it == **name))
            {
                return Err(Error::invalid(said!(
                    ("A {} has a field called {name} already: {}", of.noun, other.code),
                    ("{}已有名为“{name}”的字段：{}", of.zh, other.zh)
                )));
            }
        }
        // A filter takes the plural of a kind for the way back along a link.
        if self
            .kinds
            .iter()
            .any(|kind| kind.plural == def.code || kind.noun == def.code && def.target != Some(kind.noun))
        {
            return Err(Error::invalid(said!("{} is the name of a kind of record", "“{}”是一类记录的名称", def.code)));
        }
        Ok(())
    }
}

/// Whether a text can be a code: it is typed before `=` and `:`, and is part of names such as `customer.industry`.
fn is_code(code: &str) -> Result<()> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.len() > LONGEST || !code.starts_with(|c: char| c.is_ascii_lowercase()) || !code.chars().all(fine) {
        return Err(Error::invalid(said!("'{code}' is no code", "“{code}”不能作为代码")).hint(said!(
            "write up to 40 small letters, digits and underscores, a letter first; labels may be anything",
            "请用小写字母、数字和下划线，以字母开头，最多 40 个；标签不受此限"
        )));
    }
    if RESERVED.contains(&code) {
        return Err(Error::invalid(said!("'{code}' has a meaning of its own", "“{code}”另有含义"))
            .hint(said!("choose another code", "请换一个代码")));
    }
    Ok(())
}
