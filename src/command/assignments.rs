//! Words into fields: `grade=A`, `tag+=vip`, `amount=12万 CNY`, and free words into the name.

use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, Schema, Type, assign, deal, pipeline, read, repeat},
    error::{Error, Result},
    query::syntax::{AssignOp, Assignment as Word, split_any, split_assignment},
    text::{Said, said},
};

use super::{
    field_suggestions::{near_names, no_such_field},
    namesakes::{RelatedRecords, told_of_others},
    op::Invocation,
    record_ref::{Finder, NameScope},
    word_classes::{behind_assignments, ends_with_its_word, words_apart},
};
use crate::commit::{Assign, AssignedFormula, Assignment, Input, input::file_named};

/// What the words of a command said about a record.
#[derive(Debug, Default)]
pub struct ParsedWords {
    /// Words that are no assignment, joined by spaces.
    pub free: String,
    /// What is to be done with which field, in order.
    pub fields: Vec<Assignment>,
    /// Those of the free words that stand behind an assignment, with others before it.
    pub behind: String,
}

impl ParsedWords {
    /// The assignment of a field, taken out.
    pub fn take(&mut self, tag: u16) -> Option<Assign> {
        let at = self.fields.iter().position(|(def, _)| def.tag == tag)?;
        Some(self.fields.remove(at).1)
    }

    /// Whether a field is spoken of.
    pub fn names(&self, tag: u16) -> bool {
        self.fields.iter().any(|(def, _)| def.tag == tag)
    }
}

/// Reads words where free words may stand: a word is an assignment only when a field stands before its operator. One that
/// looks like an assignment of a field that is not there is refused; words behind `--` are taken as they stand. `text` is
/// the field that the free words become, which a refusal names.
///
/// # Errors
/// `Usage` for an unknown field; what is wrong with a value.
pub fn speak(ask: &Invocation<'_>, kind: &'static Kind, text: &FieldDef, words: &[&str]) -> Result<ParsedWords> {
    speak_about(ask, kind, text, words, None)
}

/// The same about a record: of records of one name, those that have to do with it are meant.
///
/// # Errors
/// As [`speak`].
pub fn speak_about(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    text: &FieldDef,
    words: &[&str],
    about: Option<RecordId>,
) -> Result<ParsedWords> {
    let (words, literal) = ask.words.spoken(words);
    let as_text = said!(
        ("what is meant as text goes behind -- or into {}=...", text.code),
        ("若为文字，请写在 -- 之后或写成 {}=…", text.zh)
    );
    let (mut free, said) = assignments_among(ask, kind, words, &as_text)?;
    free.extend(literal);
    let behind = behind_assignments(kind, words).join(" ");
    Ok(ParsedWords { free: free.join(" "), fields: fields(ask, kind, &said, about)?, behind })
}

/// Takes words apart into free ones and assignments; `as_text` says how one is written that is meant as text.
///
/// # Errors
/// `Usage` for what looks like an assignment and is none, or is in several words.
pub fn assignments_among<'w>(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    words: &[&'w str],
    as_text: &Said,
) -> Result<(Vec<&'w str>, Vec<Word<'w>>)> {
    words_apart(kind, words, as_text, &|def, text| reads(ask, def, text))
}

/// Refuses a value that goes on in the words behind it.
///
/// # Errors
/// `Usage` for such a value.
pub fn refuse_going_on(ask: &Invocation<'_>, kind: &'static Kind, words: &[&str]) -> Result<()> {
    ends_with_its_word(kind, words, &|def, text| reads(ask, def, text))
}

/// Whether a text is a value of a field.
fn reads(ask: &Invocation<'_>, def: &FieldDef, text: &str) -> bool {
    let finder = finder(ask, None);
    let links = |def: &FieldDef, text: &str| finder.find(ask.schema().target(def), text).map(|id| id.num);
    let found = read::read(def, text, &ask.context.reading(&links));
    matches!(found, Ok(Some(_))) && (!def.repeats || repeat::parse(text).is_ok())
}

/// Reads words of which every one is an assignment.
///
/// # Errors
/// `Usage` for a word that is none, or whose field is unknown; what is wrong with a value.
pub fn assignments(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    words: &[&str],
    of: Option<RecordId>,
) -> Result<Vec<Assignment>> {
    fields(ask, kind, &words_of(ask.schema(), words)?, of)
}

/// The same about several deals of one pipeline, whose stages are meant.
///
/// # Errors
/// As [`assignments`].
pub fn assignments_in(ask: &Invocation<'_>, words: &[&str], pipeline: Option<u64>) -> Result<Vec<Assignment>> {
    fields_in(ask, ask.table(&deal::KIND), &words_of(ask.schema(), words)?, (None, pipeline))
}

/// Whether words say a field of the kind.
pub fn says(kind: &'static Kind, words: &[&str], tag: u16) -> bool {
    let known = |name: &str| kind.field_named(name).is_some();
    let mut said = words.iter().filter_map(|word| split_assignment(word, &known));
    said.any(|said| kind.field_named(said.name).is_some_and(|def| def.tag == tag))
}

fn words_of<'w>(schema: &Schema, words: &[&'w str]) -> Result<Vec<Word<'w>>> {
    words
        .iter()
        .map(|word| {
            split_assignment(word, &|name| schema.has_field(name)).or_else(|| split_any(word)).ok_or_else(|| {
                Error::usage(said!("'{}' is no assignment", "“{}”不是“字段=值”的形式", crate::text::scrub(word)))
                    .hint(said!("write field=value", "请写成 字段=值"))
            })
        })
        .collect()
}

/// Whether a word is an assignment for `set`: it has an operator, and is no reference such as an e-mail.
pub fn is_assignment(schema: &Schema, word: &str) -> bool {
    split_any(word).or_else(|| split_assignment(word, &|name| schema.has_field(name))).is_some()
}

/// The field that a name means, or an error with the nearest one.
///
/// # Errors
/// `Usage` where there is none.
pub fn field(kind: &'static Kind, name: &str) -> Result<&'static FieldDef> {
    kind.field_named(name).ok_or_else(|| {
        let error = no_such_field(kind, name);
        match near_names(kind, name).as_slice() {
            [] => error.hint(said!("crm help fields {} lists them", "crm help fields {} 可查看", kind.noun)),
            near => error.guess(Said::did_you_mean_one_of(near)),
        }
    })
}

/// What assignments do with the fields of a kind.
///
/// # Errors
/// What is wrong with a field or a value.
pub fn fields(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    said: &[Word<'_>],
    of: Option<RecordId>,
) -> Result<Vec<Assignment>> {
    fields_in(ask, kind, said, (of, None))
}

fn fields_in(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    said: &[Word<'_>],
    (of, pipeline): (Option<RecordId>, Option<u64>),
) -> Result<Vec<Assignment>> {
    let named = said.iter().map(|each| Ok((field(kind, each.name)?, Assign::Clear)));
    let mut fields: Vec<Assignment> = named.collect::<Result<_>>()?;
    let links = fields.iter().filter(|(def, _)| def.target.is_some()).count();
    let meant = LinkContext {
        pipeline: pipeline_meant(ask, kind, &fields, said, of)?.or(pipeline),
        beside: if links > 0 { beside_of(ask, kind, said, of)? } else { RelatedRecords::default() },
    };
    for (slot, each) in fields.iter_mut().zip(said) {
        slot.1 = match each.op {
            AssignOp::Compute => computed(ask, kind, slot.0, each)?,
            _ => value(ask, slot.0, each, &meant)?,
        };
    }
    told_of_others(ask, &fields, said, of)?;
    // All numbers of a field are set before those of one label, in whichever order they are said.
    for at in 0..fields.len() {
        if let (def, Assign::Set(_) | Assign::Clear) = &fields[at]
            && let Some(first) = fields[..at].iter().position(|(other, _)| other.tag == def.tag)
            && let Assign::Numbers(..) = fields[first].1
        {
            fields[first..=at].rotate_right(1);
        }
    }
    let repeated = fields.iter().enumerate().find(|(at, (def, assign))| {
        let mut earlier = fields[..*at].iter().filter(|(other, _)| other.tag == def.tag);
        match assign {
            Assign::Set(_) | Assign::Clear | Assign::Compute(_) => earlier.next().is_some(),
            Assign::Numbers(label, _) => {
                earlier.any(|(_, other)| matches!(other, Assign::Numbers(same, _) if same == label))
            }
            Assign::Add(_) | Assign::Remove(_) => false,
        }
    });
    match repeated {
        Some((_, (def, _))) => Err(given_twice(def)),
        None => Ok(fields),
    }
}

/// The fields that a verb sets by itself, and those that the words behind it assign.
///
/// # Errors
/// `Usage` for a field that both name.
pub fn with_own(own: &[Assignment], spoken: Vec<Assignment>) -> Result<Vec<Assignment>> {
    let twice = spoken.iter().find(|(def, _)| own.iter().any(|(other, _)| other.tag == def.tag));
    match twice {
        Some((def, _)) => Err(given_twice(def)),
        None => Ok(own.iter().cloned().chain(spoken).collect()),
    }
}

fn given_twice(def: &FieldDef) -> Error {
    Error::usage(said!(("{} is given twice", def.code), ("“{}”写了两次", def.zh))).hint(said!(
        "the command itself, or one of its words, says it already",
        "命令本身或另一处已写明该字段，请只写一次"
    ))
}

/// What assignments of links, and the links of the record that they are about, tell of the other records that are meant.
///
/// # Errors
/// What the store says.
pub fn beside(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    words: &[&str],
    of: Option<RecordId>,
) -> Result<RelatedRecords> {
    let known = |name: &str| kind.field_named(name).is_some();
    let said: Vec<Word<'_>> = words.iter().filter_map(|word| split_assignment(word, &known)).collect();
    beside_of(ask, kind, &said, of)
}

fn beside_of(
    ask: &Invocation<'_>,
    kind: &'static Kind,
    said: &[Word<'_>],
    of: Option<RecordId>,
) -> Result<RelatedRecords> {
    let links = said.iter().filter(|each| names_a_value(each)).filter_map(|each| {
        let def = kind.field_named(each.name).filter(|def| !def.many)?;
        Some((ask.schema().target(def)?, each.value))
    });
    let links: Vec<(&'static Kind, &str)> = links.collect();
    let named: Vec<KindId> = links.iter().map(|(target, _)| target.id).collect();
    let mut beside = RelatedRecords::nothing();
    for (target, word) in links {
        // One that means nothing or several is told of where it is read.
        if let Ok(id) = finder(ask, None).find(Some(target), word) {
            beside.add(&ask.reader, id, &named)?;
        }
    }
    if let Some(of) = of.filter(|of| !named.contains(&of.kind)) {
        beside.add(&ask.reader, of, &named)?;
    }
    Ok(beside)
}

/// The pipeline in which a deal's stage is looked for: the one said beside it, else the one that the deal is in.
fn pipeline_meant(
    ask: &Invocation<'_>,
    kind: &Kind,
    fields: &[Assignment],
    said: &[Word<'_>],
    of: Option<RecordId>,
) -> Result<Option<u64>> {
    if kind.id != deal::ID {
        return Ok(None);
    }
    for ((def, _), each) in fields.iter().zip(said) {
        if def.tag == deal::PIPELINE.tag() && names_a_value(each) {
            return finder(ask, None).find(Some(ask.table(&pipeline::KIND)), each.value).map(|id| Some(id.num));
        }
    }
    let held = of.map(|id| ask.reader.held(id)).transpose()?.flatten();
    Ok(held.and_then(|held| held.record.get(deal::PIPELINE)))
}

/// A finder for what this command means.
pub fn finder<'a>(ask: &Invocation<'a>, pipeline: Option<u64>) -> Finder<'a> {
    static NOTHING: RelatedRecords = RelatedRecords::nothing();
    Finder {
        reader: ask.reader,
        context: ask.context,
        names: ask.names,
        pipeline,
        among: NameScope::Live,
        beside: &NOTHING,
        trashed: None,
    }
}

/// Whether a value stands behind the sign, which a formula is not.
fn names_a_value(said: &Word<'_>) -> bool {
    said.op != AssignOp::Compute && !said.value.is_empty()
}

/// What a formula is to give a field.
fn computed(ask: &Invocation<'_>, kind: &'static Kind, def: &'static FieldDef, said: &Word<'_>) -> Result<Assign> {
    AssignedFormula::read(def, said.value, kind, (ask.context, ask.reader)).map(Assign::Compute)
}

/// What the other assignments of a command tell of the records that a link means.
struct LinkContext {
    pipeline: Option<u64>,
    beside: RelatedRecords,
}

fn value(ask: &Invocation<'_>, def: &'static FieldDef, said: &Word<'_>, meant: &LinkContext) -> Result<Assign> {
    let finder = Finder { beside: &meant.beside, ..finder(ask, meant.pipeline) };
    let links = |def: &FieldDef, text: &str| finder.find(ask.schema().target(def), text).map(|id| id.num);
    let context = ask.context;
    let reading = context.reading(&links);
    let text = said_text(def, said.value, &context.input)?;
    let label = read::label_said(def, said.name);
    Ok(match said.op {
        AssignOp::Set => {
            // A record may keep what its field takes no more: what it takes is said where the record is known.
            let value = read::read(&FieldDef { strict: false, ..*def }, text, &reading)?;
            if let Some(value) = &value {
                ask.heard.hear(&context.view(), def, text, value);
            }
            match label {
                Some(label) => Assign::Numbers(label, value),
                None => value.map_or(Assign::Clear, Assign::Set),
            }
        }
        AssignOp::Add => Assign::Add(match (assign::operand(def, text, &reading)?, label) {
            (assign::Operand::Value(value), Some(label)) => assign::Operand::Value(assign::labelled(value, label)),
            (operand, _) => operand,
        }),
        AssignOp::Remove => Assign::Remove(assign::operand(def, text, &reading)?),
        AssignOp::Compute => return Err(Error::usage(said!("a formula cannot stand here", "此处不能写公式"))),
    })
}

/// What was said, or what stands in the file that was named: `note=@minutes.txt`, `@@` for a literal @.
fn said_text<'t>(def: &FieldDef, text: &'t str, input: &'t Input) -> Result<&'t str> {
    if def.ty != Type::LongText || !input.has_files() || !text.starts_with('@') {
        return Ok(text);
    }
    match file_named(text) {
        Some(file) => input.text(file).map_err(|error| error.at(def.named())),
        None => Ok(&text[1..]),
    }
}
