//! Which record a person means: an id, an e-mail, a telephone, a login, an alias, an external id or an exact name.

use std::ops::ControlFlow;

use crate::{
    domain::{
        FieldDef, Kind, Lookup, Record, RecordId, Row, Type, Value,
        define::{is_called, is_definition, name_of},
        pipeline, stage, user,
        words::phone,
    },
    error::{Error, ErrorKind, Result},
    query::{find::named_like, names::Names, phones::with_phone},
    store::{Reader, journal::Residence},
    text::{Lang, Said, fold, n_before, nearest, said},
};

use super::namesakes::{RelatedRecords, told_apart};
use crate::{
    commit::Context,
    query::trash::{TrashNames, names_records},
};

/// Who looks for a record, and where.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    /// The store.
    pub reader: Reader<'a>,
    /// The circumstances: who `me` is.
    pub context: &'a Context,
    /// The names that candidates are listed by.
    pub names: &'a Names<'a>,
    /// The pipeline whose stages are meant.
    pub pipeline: Option<u64>,
    /// What the same command names besides: of records of one name it means those that agree with it.
    pub beside: &'a RelatedRecords,
    /// Where a record is looked for by name; an id is found wherever it is.
    pub among: NameScope,
    /// What the trash holds, where several names are looked for in it.
    pub trashed: Option<&'a TrashNames>,
}

/// Where a record is looked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameScope {
    /// Among those in use.
    Live,
    /// In the trash.
    Trash,
    /// In both.
    Either,
}

/// So many candidates are listed where a name is ambiguous.
const LISTED: usize = 8;

impl<'a> Finder<'a> {
    /// The record of a kind that a word means; without a kind the word must be an id with its letters.
    ///
    /// # Errors
    /// `NotFound` where there is none, `Ambiguous` with the candidates where there are several.
    pub fn find(&self, kind: Option<&'static Kind>, word: &str) -> Result<RecordId> {
        let word = word.trim();
        if let Some(id) = RecordId::parse(word, kind) {
            // `u07` is a login before it is U-7.
            if let Some(kind) = kind.filter(|kind| kind.id == user::ID && !word.contains('-'))
                && let [one] = self.candidates(kind, word)?.as_slice()
            {
                return Ok(*one);
            }
            if let Some(kind) =
                kind.filter(|kind| kind.id == id.kind && has_indexed_names(kind) && is_letters_and_digits(word))
                && let named = self.candidates(kind, word)?
                && named.iter().any(|other| *other != id)
            {
                let held = self.reader.held(id)?.map(|_| id);
                let all: Vec<RecordId> =
                    held.into_iter().chain(named.into_iter().filter(|other| *other != id)).collect();
                return match all.as_slice() {
                    [one] => Ok(*one),
                    many => Err(self.ambiguous(kind, word, many)?),
                };
            }
            if kind.is_none_or(|kind| kind.id == id.kind) {
                let found = self.existing(id);
                // A bare number that is no id may be a telephone, or a name.
                let number = word.bytes().all(|byte| byte.is_ascii_digit());
                match (found, kind) {
                    (Err(error), Some(kind)) if number && error.kind() == ErrorKind::NotFound => {
                        return self.only(kind, word, || error);
                    }
                    (found, _) => return found,
                }
            }
        }
        let Some(kind) = kind else {
            return Err(Error::not_found(said!("'{}' is no id", "“{}”不是编号", crate::text::scrub(word))).hint(
                said!(
                    "write an id such as C-12, or say the kind: crm customer show NAME",
                    "请写 C-12 这样的编号，或指明类别：crm customer show 名称"
                ),
            ));
        };
        match self.pipeline.filter(|_| kind.id == stage::ID && self.among == NameScope::Live) {
            Some(pipeline) if RecordId::parse(word, None).is_none() => {
                let [one] = self.candidates(kind, word)?[..] else { return Err(self.no_stage(pipeline, word)?) };
                Ok(one)
            }
            _ => self.only(kind, word, || self.unknown(kind, word)),
        }
    }

    fn only(&self, kind: &'static Kind, word: &str, none: impl FnOnce() -> Error) -> Result<RecordId> {
        let found = self.beside.narrow(&self.reader, self.candidates(kind, word)?)?;
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(none()),
            many => Err(self.ambiguous(kind, word, many)?),
        }
    }

    /// The same, where an id may also be of a record that is gone: its past can still be asked for.
    ///
    /// # Errors
    /// As [`Finder::find`].
    pub fn find_even_gone(&self, kind: Option<&'static Kind>, word: &str) -> Result<RecordId> {
        match RecordId::parse(word, kind).filter(|id| kind.is_none_or(|kind| kind.id == id.kind)) {
            Some(id) if self.reader.head(id)?.is_some() => Ok(id),
            _ => self.find(kind, word),
        }
    }

    fn existing(&self, id: RecordId) -> Result<RecordId> {
        if self.reader.held(id)?.is_some() {
            return Ok(id);
        }
        let (noun, zh) = self.reader.schema().kind(id.kind).map_or(("record", "记录"), |kind| (kind.noun, kind.zh));
        let gone = self.reader.head(id)?.is_some();
        let what = match gone {
            true => said!("{id} is gone", "{id} 已不存在"),
            false => said!("There is no {noun} {id}", "没有{zh} {id}"),
        };
        Err(Error::not_found(what).hint(said!("crm {noun} list shows them", "crm {noun} list 可查看")))
    }

    /// Every record of a kind that a word may mean.
    ///
    /// # Errors
    /// What the store says.
    pub fn candidates(&self, kind: &'static Kind, word: &str) -> Result<Vec<RecordId>> {
        if kind.id == user::ID && user::is_me(word) {
            return Ok(self.context.me().into_iter().collect());
        }
        if kind.id == stage::ID && self.among == NameScope::Live {
            return self.stages(word);
        }
        let found = self.named(kind, word)?;
        if found.is_empty() && is_definition(kind.id) { self.by_labels(kind, word) } else { Ok(found) }
    }

    /// 设备.型号 is a field by the labels of its kind and its own: of those in use, and of those in the trash.
    fn by_labels(&self, kind: &'static Kind, word: &str) -> Result<Vec<RecordId>> {
        let schema = self.reader.schema();
        let name = name_of(schema, kind.id, word).filter(|_| self.among != NameScope::Trash);
        let live = Self { among: NameScope::Live, ..*self };
        let mut found = name.map_or(Ok(Vec::new()), |name| live.named(kind, &name))?;
        if self.among != NameScope::Live {
            self.by_scan(Residence::Trash, kind, &|row| is_called(schema, kind.id, row, word), &mut found)?;
        }
        Ok(found)
    }

    fn named(&self, kind: &'static Kind, word: &str) -> Result<Vec<RecordId>> {
        let is_meant = |def: &'static FieldDef| move |row: Row<'_>| holds(row, def, word);
        let mut found = Vec::new();
        for def in kind.all_fields().filter(|def| names_records(def)) {
            if self.among != NameScope::Trash {
                if def.indexed() {
                    self.by_index(kind, def, word, &mut found)?;
                } else {
                    self.by_scan(Residence::Live, kind, &is_meant(def), &mut found)?;
                }
            }
            match self.trashed.filter(|_| self.among != NameScope::Live) {
                Some(trashed) => found.extend(trashed.named(&self.reader, kind, def, word)?),
                None if self.among != NameScope::Live => {
                    self.by_scan(Residence::Trash, kind, &is_meant(def), &mut found)?;
                }
                None => {}
            }
            if !found.is_empty() && !def.name {
                break;
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn by_index(&self, kind: &Kind, def: &FieldDef, word: &str, found: &mut Vec<RecordId>) -> Result<()> {
        if def.ty == Type::Phone {
            found.extend(with_phone(&self.reader, kind.id, def, word)?);
            return Ok(());
        }
        let value = Value::Text(word.to_owned());
        for num in self.reader.numbers_by_value(kind.id, def, &value)? {
            let id = RecordId::new(kind.id, num);
            if self.reader.with_row(id, |row| holds(row, def, word))? == Some(true) {
                found.push(id);
            }
        }
        Ok(())
    }

    fn by_scan(
        &self,
        place: Residence,
        kind: &Kind,
        is_meant: &dyn Fn(Row<'_>) -> bool,
        found: &mut Vec<RecordId>,
    ) -> Result<()> {
        self.reader.rows_in(place, kind.id, (0, u64::MAX), false, &mut |num, row| {
            if is_meant(row) {
                found.push(RecordId::new(kind.id, num));
            }
            ControlFlow::Continue(())
        })
    }

    /// Stages by name in either language; of one pipeline where one is meant, else of the default one first.
    fn stages(&self, word: &str) -> Result<Vec<RecordId>> {
        if let Some(pipeline) = self.pipeline {
            let stages = stage::stages_of(pipeline, &self.reader)?;
            return Ok(stage_called(&stages, word).map(|num| RecordId::new(stage::ID, num)).into_iter().collect());
        }
        let mut found = Vec::new();
        self.reader.each(stage::ID, &mut |num, record| {
            if record.get(stage::NAME).is_some_and(|name| stage::is_called(name, word)) {
                found.push((record.get(stage::PIPELINE), RecordId::new(stage::ID, num)));
            }
            ControlFlow::Continue(())
        })?;
        if found.len() > 1 {
            let meant = pipeline::default_pipeline(&self.reader)?;
            if found.iter().any(|(owner, _)| *owner == meant) {
                found.retain(|(owner, _)| *owner == meant);
            }
        }
        Ok(found.into_iter().map(|(_, id)| id).collect())
    }

    /// The error for a word that no stage of the pipeline answers to; a deal does not leave its pipeline by that.
    fn no_stage(&self, num: u64, word: &str) -> Result<Error> {
        let scrub = crate::text::scrub;
        let named = |num: u64| self.names.of(RecordId::new(pipeline::ID, num)).map(|name| scrub(&name).into_owned());
        let (name, word_said) = (named(num)?, scrub(word));
        let stages = stage::stages_of(num, &self.reader)?;
        let known = |lang: Lang| {
            let names = stages.iter().filter_map(|(_, stage)| stage.get(stage::NAME));
            let names: Vec<_> = names.map(|name| scrub(stage::display_name(name, lang)).into_owned()).collect();
            names.join(lang.pick(", ", "、"))
        };
        let (en, zh) = (known(Lang::En), known(Lang::Zh));
        let error = Error::not_found(said!(
            ("{name} has no stage '{word_said}', only {en}"),
            ("销售流程“{name}”没有阶段“{word_said}”，只有{zh}")
        ));
        let elsewhere = Self { pipeline: None, ..*self }.stages(word)?;
        let other = elsewhere.first().map(|id| self.reader.held(*id)).transpose()?.flatten();
        let other = other.and_then(|held| held.record.get(stage::PIPELINE)).filter(|other| *other != num);
        Ok(error.hint(match other.map(named).transpose()? {
            Some(other) => said!(
                "name one of these, or write pipeline={other} as well to move it there",
                "请选用其中之一；要移到另一销售流程，请同时写 销售流程={other}"
            ),
            None => said!(
                "name one of these; crm stage list shows those of other pipelines",
                "请选用其中之一；crm stage list 可查看其他销售流程的阶段"
            ),
        }))
    }

    fn unknown(&self, kind: &'static Kind, word: &str) -> Error {
        let schema = self.reader.schema();
        if let Some((id, other)) = RecordId::parse(word, None).and_then(|id| Some((id, schema.kind(id.kind)?))) {
            return Error::not_found(said!(
                ("{id} is a{} {}, not a{} {}", n_before(other.noun), other.noun, n_before(kind.noun), kind.noun),
                ("{id} 是{}，不是{}", other.zh, kind.zh)
            ))
            .hint(said!("crm {} list shows them", "crm {} list 可查看", kind.noun));
        }
        let meant = self.meant(&[kind], word);
        let word = crate::text::scrub(word);
        let error = Error::not_found(said!(("No {} is called '{word}'", kind.noun), ("没有名为“{word}”的{}", kind.zh)));
        if let Some(meant) = meant {
            return error.hint(meant);
        }
        let mut known = Vec::new();
        let few = self.reader.total(kind.id).unwrap_or(u64::MAX) <= FEW;
        if few {
            let login = Some(user::LOGIN.tag()).filter(|_| kind.id == user::ID);
            let tags = [Some(kind.name_field().tag), login];
            // A suggestion is a courtesy: the error stands without it.
            let place = if self.among == NameScope::Trash { Residence::Trash } else { Residence::Live };
            let _ = self.reader.rows_in(place, kind.id, (0, u64::MAX), false, &mut |_, row| {
                let names = tags.iter().flatten().filter_map(|tag| row.raw(*tag));
                known.extend(names.map(|name| String::from_utf8_lossy(name).into_owned()));
                ControlFlow::Continue(())
            });
        }
        match nearest(&word, known.iter().map(String::as_str)) {
            Some(near) => error.guess(Said::did_you_mean_name(near)),
            None if self.among != NameScope::Live => {
                let noun = kind.noun;
                error.hint(said!(
                    "crm {noun} list is:trashed shows the trash",
                    "crm {noun} list is:trashed 可查看回收站"
                ))
            }
            None => error.hint(said!("crm {} list shows them", "crm {} list 可查看", kind.noun)),
        }
    }

    /// The hint at records of these kinds that hold the word in their names. Where they cannot be read there is none, and the error is told without it.
    pub fn meant(&self, kinds: &[&'static Kind], word: &str) -> Option<Said> {
        if self.among == NameScope::Trash {
            return None;
        }
        let found = named_like(&self.reader, kinds, word, LISTED).ok().filter(|found| !found.is_empty())?;
        let list = self.listed(&found).ok()?;
        Some(said!(("did you mean {}?", list.get(Lang::En)), ("是否指 {}？", list.get(Lang::Zh))))
    }

    fn ambiguous(&self, kind: &Kind, word: &str, found: &[RecordId]) -> Result<Error> {
        let (word, list) = (crate::text::scrub(word), self.listed(found)?);
        Ok(Error::ambiguous(said!(
            ("{} {} may be meant by '{word}': {}", found.len(), kind.plural, list.get(Lang::En)),
            ("有 {}与“{word}”相符：{}", kind.counted_zh(found.len() as u64), list.get(Lang::Zh))
        ))
        .hint(said!("use the id", "请用编号")))
    }

    /// Candidates with what tells them apart.
    ///
    /// # Errors
    /// What the store says.
    pub fn listed(&self, found: &[RecordId]) -> Result<Said> {
        let some = &found[..found.len().min(LISTED)];
        let list = told_apart(&self.reader, self.names, self.context, some)?;
        let more = found.len() - some.len();
        let (mut en, mut zh) = (list.join(", "), list.join("、"));
        if more > 0 {
            en.push_str(&format!(", and {more} more"));
            zh.push_str(&format!("，另有 {more} 条"));
        }
        Ok(Said::new(en, zh))
    }
}

/// Names are suggested where a kind has at most so many records.
const FEW: u64 = 2000;

fn holds(row: Row<'_>, def: &FieldDef, word: &str) -> bool {
    let Some(stored) = row.raw(def.tag) else { return false };
    let same = |item: &[u8]| std::str::from_utf8(item).is_ok_and(|item| item == word || fold(item) == fold(word));
    let same = |item: &[u8]| match def.ty {
        _ if *def == pipeline::NAME.def() => {
            std::str::from_utf8(item).is_ok_and(|item| pipeline::is_called(item, word))
        }
        Type::Phone => {
            item.get(1..).and_then(|text| std::str::from_utf8(text).ok()).is_some_and(|text| phone::same(text, word))
        }
        _ => same(item),
    };
    if def.many { crate::domain::bytes::items(stored).any(same) } else { same(stored) }
}

/// Whether records of a kind are found by their names without looking at all of them.
fn has_indexed_names(kind: &Kind) -> bool {
    kind.all_fields().any(|def| def.name && def.indexed())
}

/// Whether a word that reads as an id may be a name as well: `v1` may, `V-1` and `1` are taken for ids.
fn is_letters_and_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The stage of a pipeline that a word names: by its name, or as the first one of an outcome.
pub fn stage_called(stages: &[(u64, Record)], word: &str) -> Option<u64> {
    let by_name =
        stages.iter().find(|(_, stage)| stage.get(stage::NAME).is_some_and(|name| stage::is_called(name, word)));
    let folded = fold(word);
    let of_outcome = || {
        let outcome = stage::OUTCOMES.iter().position(|choice| choice.code == folded || choice.zh == folded)?;
        stages.iter().find(|(_, stage)| stage.get(stage::OUTCOME).is_some_and(|held| usize::from(held) == outcome))
    };
    by_name.or_else(of_outcome).map(|(num, _)| *num)
}
