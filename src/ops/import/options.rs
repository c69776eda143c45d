//! What the person asks of an import: which kind, which heading feeds which field, what to do about missing links.

use std::str::FromStr;

use crate::{
    domain::{
        Kind, Schema,
        words::{figures::Mark, money::Currency},
    },
    error::{Error, Result},
    text::said,
};

/// What happens where a cell names a record that does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkMissing {
    /// The row is wrong.
    #[default]
    Fail,
    /// The field stays empty.
    Blank,
    /// A record of that name is made, once for all rows that name it.
    Create,
}

impl FromStr for LinkMissing {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "fail" => Ok(Self::Fail),
            "blank" => Ok(Self::Blank),
            "create" => Ok(Self::Create),
            _ => Err(Self::Err::usage(said!(
                "--link-missing does not know '{}'",
                "--link-missing 不能是“{}”",
                crate::text::scrub(text)
            ))
            .hint(said!("one of create, blank, fail", "可用 create（新建）、blank（留空）、fail（报错）"))),
        }
    }
}

/// What the person asks of an import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The kinds of record of the store: the file is read by their fields.
    pub schema: &'static Schema,
    /// What every row becomes.
    pub kind: &'static Kind,
    /// `Heading=code,...`, as often as given; `Heading=` feeds nothing.
    pub map: Vec<String>,
    /// `code:Old=New,...;code:...` or `code:Old=New,code:...`, as often as given.
    pub map_value: Vec<String>,
    /// How dates are written, as `strftime` spells it.
    pub date_format: Option<String>,
    /// The currency of bare amounts; the team's otherwise.
    pub currency: Option<Currency>,
    /// The sign before the decimals of numbers, where the cells of a column do not say.
    pub decimal: Option<Mark>,
    /// Whether rows with ids of this program are new records all the same: the ids are those of another store.
    pub new_ids: bool,
    /// The field that tells which record a row updates; `id` is one too.
    pub key: Option<String>,
    /// What happens where a cell names a record that does not exist.
    pub link_missing: LinkMissing,
    /// `code=value` for all rows, as often as given.
    pub set: Vec<String>,
    /// Whether an empty cell clears what the record that its row changes has there.
    pub clear_empty: bool,
    /// Whether good rows land although others are wrong.
    pub skip_errors: bool,
    /// Whether nothing is to be written: messages say what would be.
    pub trial: bool,
}

impl ImportOptions {
    /// Every row becomes a new record of this kind, by guessed headings.
    pub const fn new(schema: &'static Schema, kind: &'static Kind) -> Self {
        Self {
            schema,
            kind,
            map: Vec::new(),
            map_value: Vec::new(),
            date_format: None,
            currency: None,
            decimal: None,
            new_ids: false,
            key: None,
            link_missing: LinkMissing::Fail,
            set: Vec::new(),
            clear_empty: false,
            skip_errors: false,
            trial: false,
        }
    }

    /// Heading and code of every `--map` pair.
    pub(super) fn map_pairs(&self) -> Result<Vec<(&str, &str)>> {
        let mut pairs = Vec::new();
        for words in &self.map {
            pairs.extend(split_pairs(words).map_err(|piece| {
                Error::usage(said!(
                    "'{piece}' in --map is no 'Heading=code'",
                    "--map 中的“{piece}”不是“列标题=字段”的形式"
                ))
                .hint(said!(
                    "write --map 'Company=name,Phone=phone'; 'Heading=' leaves a column out",
                    "请写 --map '公司=客户名称,手机=电话'；“列标题=”表示略过该列"
                ))
            })?);
        }
        Ok(pairs)
    }

    /// Code, old and new text of every `--map-value` pair.
    pub(super) fn value_pairs(&self) -> Result<Vec<(&str, &str, &str)>> {
        let hint = || {
            said!(
                "write --map-value 'stage:Prospecting=qualify,Engaging=negotiation'",
                "请写 --map-value '客户状态:青铜=成交,白银=潜在;客户级别:金牌=A'"
            )
        };
        let mut pairs = Vec::new();
        for part in
            self.map_value.iter().flat_map(|words| words.split([';', '；'])).filter(|part| !part.trim().is_empty())
        {
            let Some((code, words)) = part.split_once([':', '：']) else {
                return Err(Error::usage(said!(
                    "'{part}' in --map-value names no field",
                    "--map-value 中的“{part}”没有字段"
                ))
                .hint(hint()));
            };
            let found = split_pairs(words).map_err(|piece| {
                Error::usage(said!(
                    "'{piece}' in --map-value is no 'Old=New'",
                    "--map-value 中的“{piece}”不是“旧值=新值”的形式"
                ))
                .hint(hint())
            })?;
            let mut code = code.trim();
            for (at, (old, new)) in found.into_iter().enumerate() {
                // `stage:A=x,grade:B=y` goes on to another field, where there is one of that name.
                let other = old
                    .split_once([':', '：'])
                    .filter(|(other, _)| at > 0 && self.kind.field_named(other.trim()).is_some());
                let old = other.map_or(old, |(_, old)| old.trim());
                code = other.map_or(code, |(other, _)| other.trim());
                pairs.push((code, old, new));
            }
        }
        Ok(pairs)
    }

    /// Code and text of every `--set`.
    pub(super) fn constants(&self) -> Result<Vec<(&str, &str)>> {
        let pair = |words| {
            split_pair(words).ok_or_else(|| {
                Error::usage(said!("'{words}' in --set is no 'code=value'", "--set 中的“{words}”不是“字段=值”的形式"))
                    .hint(said!("write --set status=active", "请写 --set 客户状态=成交"))
            })
        };
        self.set.iter().map(String::as_str).map(pair).collect()
    }
}

fn split_pair(words: &str) -> Option<(&str, &str)> {
    words.split_once(['=', '＝']).map(|(code, value)| (code.trim(), value.trim()))
}

/// Pairs of `a=b,c=d`. A piece without `=` belongs to the next one: headings may hold commas.
fn split_pairs(words: &str) -> std::result::Result<Vec<(&str, &str)>, &str> {
    let (mut pairs, mut start) = (Vec::new(), 0);
    let ends = words.match_indices([',', '，']).map(|(at, comma)| (at, at + comma.len()));
    for (end, next) in ends.chain([(words.len(), words.len())]) {
        let piece = &words[start..end];
        if let Some((left, right)) = piece.rsplit_once(['=', '＝']) {
            pairs.push((left.trim(), right.trim()));
            start = next;
        }
    }
    let rest = words[start..].trim();
    if rest.is_empty() { Ok(pairs) } else { Err(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_apart() {
        assert_eq!(split_pairs("a=b, c = d"), Ok(vec![("a", "b"), ("c", "d")]));
        assert_eq!(split_pairs("Name, full=name,Skip="), Ok(vec![("Name, full", "name"), ("Skip", "")]));
        assert_eq!(split_pairs("a=b=c"), Ok(vec![("a=b", "c")]));
        assert_eq!(split_pairs("a=b,oops"), Err("oops"));
        assert_eq!(split_pairs(""), Ok(vec![]));
    }

    #[test]
    fn values_belong_to_fields() {
        let mut options = ImportOptions::new(&crate::domain::schema::BASE, &crate::domain::deal::KIND);
        options.map_value = vec!["stage:Prospecting=qualify,Engaging=negotiation;type:Old=new".into()];
        let expected =
            [("stage", "Prospecting", "qualify"), ("stage", "Engaging", "negotiation"), ("type", "Old", "new")];
        assert_eq!(options.value_pairs(), Ok(expected.to_vec()));
        options.map_value = vec!["Prospecting=qualify".into()];
        assert!(options.value_pairs().is_err());
    }
}
