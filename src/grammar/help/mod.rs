//! Help, from the tables of operations and fields, in both languages.

use crate::{
    domain::{
        Kind, Schema,
        define::{self, field},
        schema::BASE,
    },
    error::{Error, Result},
    text::{Align, Lang, Said, nearest, pad, said, width},
};

use crate::{
    command::{
        Noun, Op,
        args::{ArgDef, Takes},
        global_options::of_every_command,
    },
    grammar::{belongs, spoken},
    ops::OPS,
};

mod chinese;
mod definitions;
mod own;
mod topics;

pub use chinese::EXAMPLES;
pub use definitions::types;
pub use topics::TOPICS;

/// The help that a few words ask for.
///
/// # Errors
/// `Usage` for words that nothing is known about.
pub fn page(schema: &Schema, words: &[String], lang: Lang) -> Result<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(general(schema, lang)),
        ["options"] => Ok(options(lang)),
        ["fields" | "字段"] => {
            Ok(schema.kinds().iter().map(|kind| fields(schema, kind, lang)).collect::<Vec<_>>().join("\n"))
        }
        // 字段 is a kind too, and its verbs are no kinds.
        ["字段", verb] if schema.named(verb).is_none() && OPS.iter().any(|op| op.is_said(verb)) => {
            page(schema, &[field::KIND.noun.to_owned(), (*verb).to_owned()], lang)
        }
        ["fields" | "字段", noun] => {
            schema.named(noun).map(|kind| fields(schema, kind, lang)).ok_or_else(|| unknown(schema, noun))
        }
        [topic] if TOPICS.iter().any(|(name, ..)| name == topic) => {
            Ok(TOPICS.iter().find(|(name, ..)| name == topic).map_or("", |(_, en, zh)| lang.pick(*en, *zh)).to_owned())
        }
        [first, rest @ ..] => {
            if let Some(kind) = schema.named(first) {
                return match rest {
                    [] => Ok(noun(schema, kind, lang)),
                    [verb, ..] => OPS
                        .iter()
                        .copied()
                        .find(|op| op.is_said(verb) && belongs(op, kind))
                        .map(|op| operation(op, Some((schema, kind)), lang))
                        .ok_or_else(|| unknown(schema, verb)),
                };
            }
            OPS.iter()
                .copied()
                .find(|op| op.is_said(first) && !matches!(op.noun, Noun::Kind(_)))
                .map(|op| operation(op, None, lang))
                .ok_or_else(|| unknown(schema, first))
        }
    }
}

/// Whether a page names kinds or their fields, so that it depends on what the store has of its own.
pub fn is_about_kinds(words: &[String]) -> bool {
    match words.first().map(String::as_str) {
        None | Some("fields" | "字段") => true,
        Some("options" | "reference") => false,
        Some(word) => !TOPICS.iter().any(|(name, ..)| *name == word),
    }
}

fn unknown(schema: &Schema, word: &str) -> Error {
    let word = crate::text::scrub(word);
    let known = schema
        .kinds()
        .iter()
        .map(|kind| kind.noun)
        .chain(OPS.iter().copied().map(|op| op.verb))
        .chain(TOPICS.iter().map(|(name, ..)| *name));
    let error = Error::usage(said!("There is no help about '{word}'", "没有关于“{word}”的帮助"));
    let is_called = |name: &str| name == word;
    let defines = |kind: &&Kind| kind.fields.iter().any(|def| [def.code, def.zh].into_iter().any(is_called));
    if let Some(kind) = [&field::KIND].into_iter().chain(define::KINDS).find(defines) {
        let noun = kind.noun;
        return error.hint(said!("crm help {noun} add explains it", "crm help {noun} add 有说明"));
    }
    match nearest(&word, known) {
        Some(near) => error.hint(Said::did_you_mean(format_args!("crm help {near}"))),
        None => error.hint(said!("crm help lists what there is", "crm help 列出全部主题")),
    }
}

/// What the program is and where to go on; short enough to be read.
pub fn general(schema: &Schema, lang: Lang) -> String {
    let mut out = String::new();
    out.push_str(lang.pick(
        "crm keeps customers, deals, follow-ups and tickets in one file.\n\n",
        "crm 将客户、商机、跟进和工单保存在一个文件中。\n\n",
    ));
    let add =
        ["crm customer add Blue Harbor Logistics city=Seattle", "crm customer add 上海华盛科技有限公司 城市=上海"];
    let log = [
        "crm log call C-1 asked for a quote next=\"fri send quote\"",
        "crm log 电话 C-1 询问报价 下一步=\"周五 发报价\"",
    ];
    for line in ["crm demo", lang.pick(add[0], add[1]), lang.pick(log[0], log[1]), "crm agenda"] {
        out.push_str(&format!("  {line}\n"));
    }
    out.push_str(lang.pick("\nRecords: crm NOUN VERB\n", "\n记录：crm 类别 操作（中文亦可：crm 客户 新建）\n"));
    table(
        &mut out,
        schema.kinds().iter().map(|kind| {
            let aliases = kind.aliases.iter().filter(|alias| lang == Lang::Zh || alias.is_ascii());
            let names =
                std::iter::once(&kind.noun).chain(aliases).copied().collect::<Vec<_>>().join(lang.pick(", ", "、"));
            (names, kind.label(lang).to_owned())
        }),
    );
    out.push_str(lang.pick("\nVerbs of every kind\n", "\n各类记录通用的操作\n"));
    table(&mut out, listed(Noun::Every, lang));
    out.push_str(lang.pick("\nAcross kinds: crm VERB\n", "\n不分类别的命令：crm 操作\n"));
    table(&mut out, listed(Noun::Top, lang));
    let topics = TOPICS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(lang.pick(", ", "、"));
    out.push_str(&lang.pick(
        format!(
            "\nMore: crm help NOUN, crm help NOUN VERB, crm help options, crm help fields NOUN, crm help {topics}\n"
        ),
        format!(
            "\n更多：crm help 类别、crm help 类别 操作、crm help options（通用选项）、crm help fields 类别，\
             以及 crm help 主题：{topics}\n"
        ),
    ));
    out
}

fn listed(noun: Noun, lang: Lang) -> impl Iterator<Item = (String, String)> {
    OPS.iter()
        .copied()
        .filter(move |op| op.noun == noun)
        .map(move |op| (verb(op, lang), lang.pick(op.en, op.zh).to_owned()))
}

/// A verb as help lists it: in Chinese with the word that can be typed for it.
fn verb(op: &Op, lang: Lang) -> String {
    lang.pick(op.verb.to_owned(), format!("{}、{}", op.verb, op.zh_verb()))
}

fn noun(schema: &Schema, kind: &Kind, lang: Lang) -> String {
    let mut out = String::new();
    let own: Vec<&Op> = OPS.iter().copied().filter(|op| belongs(op, kind)).collect();
    let shipped = own.iter().flat_map(|op| of_op(op, lang)).filter(|line| line.split(' ').next() == Some(kind.noun));
    let mut examples: Vec<String> = shipped.take(4).map(|line| (*line).to_owned()).collect();
    if examples.is_empty() {
        let made = own.iter().filter_map(|op| own::examples(schema, op, kind, lang).into_iter().next());
        examples = made.take(4).collect();
    }
    for line in examples {
        out.push_str(&format!("  crm {line}\n"));
    }
    out.push_str(&lang.pick(format!("\nUsage: crm {} VERB\n", kind.noun), format!("\n用法：crm {} 操作\n", kind.noun)));
    table(&mut out, own.iter().map(|op| (verb(op, lang), lang.pick(op.en, op.zh).to_owned())));
    out.push_str(&format!("\n{}crm help fields {}\n", lang.pick("Its fields: ", "字段："), kind.noun));
    out
}

/// So many further names of a field are listed.
const OTHER_NAMES: usize = 6;

/// The fields of a kind with their types.
pub fn fields(schema: &Schema, kind: &Kind, lang: Lang) -> String {
    let mut out = lang.pick(format!("{} ({})\n", kind.noun, kind.en), format!("{}（{}）\n", kind.noun, kind.zh));
    table(
        &mut out,
        kind.all_fields().map(|def| {
            let mut what = def.label(lang).to_owned();
            let choices: Vec<&str> = def.offered().map(|choice| lang.pick(choice.code, choice.zh)).collect();
            if !choices.is_empty() {
                what.push_str(&lang.pick(format!(": {}", choices.join(" ")), format!("：{}", choices.join("、"))));
            } else if let Some(target) = schema.target(def) {
                what.push_str(&format!(" -> {}", lang.pick(target.noun, target.zh)));
            }
            let former = def.former.map(|(en, zh)| lang.pick(en, zh)).filter(|former| *former != def.label(lang));
            let others = def.other_names().filter(|name| lang == Lang::Zh || name.is_ascii());
            let others: Vec<&str> = former.into_iter().chain(others).collect();
            if !others.is_empty() {
                let (first, more) = others.split_at(others.len().min(OTHER_NAMES));
                let (en, zh) = if more.is_empty() { ("", "") } else { (", ...", "等") };
                what.push_str(
                    &lang
                        .pick(format!(" (also {}{en})", first.join(", ")), format!("（亦作{}{zh}）", first.join("、"))),
                );
            }
            if def.derived || def.kept {
                what.push_str(lang.pick(" (computed)", "（自动）"));
            }
            if def.hidden {
                what.push_str(lang.pick(" (hidden)", "（隐藏）"));
            }
            if let Some(help) = def.told(lang) {
                what.push_str(&lang.pick(format!("; {help}"), format!("；{help}")));
            }
            (def.code.to_owned(), what)
        }),
    );
    out
}

/// The help of one operation.
pub fn operation(op: &Op, of: Option<(&Schema, &Kind)>, lang: Lang) -> String {
    let kind = of.map(|(_, kind)| kind);
    let name = spoken(op, kind);
    let mut out = String::new();
    let shipped = || examples(op, kind, lang).into_iter().map(str::to_owned).collect();
    let own = of.filter(|(_, kind)| is_own(kind)).map(|(schema, kind)| own::examples(schema, op, kind, lang));
    for line in own.filter(|lines| !lines.is_empty()).unwrap_or_else(shipped) {
        out.push_str(&format!("  crm {line}\n"));
    }
    out.push_str(&format!("\n{}\n\n{}{}", lang.pick(op.en, op.zh), lang.pick("Usage: ", "用法："), name));
    for arg in op.args {
        out.push_str(&usage_of(arg, lang));
    }
    out.push('\n');
    table(&mut out, op.args.iter().map(|arg| (shown(arg, None, lang), lang.pick(arg.en, arg.zh).to_owned())));
    if let Some(kind) = kind {
        definitions::about(&mut out, op, kind, lang);
    }
    out.push_str(
        lang.pick("\nOptions of every command: crm help options\n", "\n所有命令通用的选项：crm help options\n"),
    );
    out
}

/// Whether a kind is one of the store.
fn is_own(kind: &Kind) -> bool {
    BASE.kind(kind.id).is_none()
}

/// Commands to paste; an operation of every kind shows those of the noun that was asked for, if it has any.
pub fn examples(op: &Op, kind: Option<&Kind>, lang: Lang) -> Vec<&'static str> {
    let of = |line: &&str| kind.is_none_or(|kind| line.split(' ').next() == Some(kind.noun));
    let all = of_op(op, lang);
    let own: Vec<&str> = all.iter().copied().filter(of).collect();
    if own.is_empty() { all.to_vec() } else { own }
}

fn of_op(op: &Op, lang: Lang) -> &'static [&'static str] {
    lang.pick(op.examples, chinese::examples(op))
}

/// How an argument stands in a usage line.
pub fn usage_of(arg: &ArgDef, lang: Lang) -> String {
    let name = arg.placeholder(lang);
    match arg.takes {
        Takes::Word => format!(" {name}"),
        Takes::MaybeWord => format!(" [{name}]"),
        Takes::Words => format!(" {name}..."),
        Takes::MaybeWords => format!(" [{name}...]"),
        Takes::Value | Takes::Values if arg.needed => format!(" --{} {}", arg.name, lang.pick("X", "值")),
        Takes::Value | Takes::Values => format!(" [--{} {}]", arg.name, lang.pick("X", "值")),
        Takes::Flag => format!(" [--{}]", arg.name),
    }
}

/// How an argument stands in a list.
pub fn shown(arg: &ArgDef, letter: Option<char>, lang: Lang) -> String {
    let letter = letter.map_or(String::new(), |letter| format!("-{letter}, "));
    match arg.takes {
        Takes::Value | Takes::Values => format!("{letter}--{} {}", arg.name, lang.pick("X", "值")),
        Takes::Flag => format!("{letter}--{}", arg.name),
        _ => arg.placeholder(lang),
    }
}

fn options(lang: Lang) -> String {
    let mut out = String::from(lang.pick(
        "  crm customer list grade:A -o csv --columns name,city\n  crm customer set --where city:Seattle owner=me --dry-run\n\n",
        "  crm customer list 级别:A -o csv --columns 名称,城市\n  crm customer set --where 城市:上海 负责人=我 --dry-run\n\n",
    ));
    table(
        &mut out,
        of_every_command().map(|(arg, letter)| (shown(arg, *letter, lang), lang.pick(arg.en, arg.zh).to_owned())),
    );
    out
}

/// Two columns, the second beginning at one place.
fn table(out: &mut String, rows: impl Iterator<Item = (String, String)>) {
    let rows: Vec<(String, String)> = rows.collect();
    let first = rows.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
    for (name, what) in rows {
        out.push_str(&format!("  {}  {what}\n", pad(&name, first, Align::Left)));
    }
}
