//! The reference page: every command, option, field and topic, from the tables that the program itself runs on.

use crate::{
    command::{
        Noun, Op,
        args::{ArgDef, Takes},
        global_options::of_every_command,
    },
    domain::{FieldDef, Kind, Type, define::field, schema::BASE},
    grammar::help::{TOPICS, examples, shown, types, usage_of},
    ops::OPS,
    text::Lang,
};

/// The page, as Markdown.
pub fn page(lang: Lang) -> String {
    let mut page = Page { out: String::new(), lang };
    page.line(lang.pick("# Commands", "# 命令"));
    page.line(lang.pick(
        "Made by `crm help reference` from the tables that the program runs on; a test keeps this file up to date.\n\
         Records: `crm NOUN VERB`; under its noun the number of an id is enough, and `crm show C-12` needs no noun.",
        "由 `crm help reference` 从程序自身生成，并由测试保持最新。\n\
         记录：`crm 类别 操作`；写了类别，编号只写数字即可；`crm show C-12` 可不写类别。",
    ));
    page.line(lang.pick("## Across kinds", "## 不分类别的命令"));
    OPS.iter().filter(|op| op.noun == Noun::Top).for_each(|op| page.operation(op, "crm"));
    page.line(lang.pick("## Verbs of every kind", "## 各类记录通用的操作"));
    OPS.iter().filter(|op| op.noun == Noun::Every).for_each(|op| page.operation(op, "crm NOUN"));
    for kind in BASE.kinds() {
        let own = || OPS.iter().filter(|op| op.noun == Noun::Kind(kind.noun));
        if own().next().is_some() {
            page.line(&format!("## crm {}", kind.noun));
            own().for_each(|op| page.operation(op, &format!("crm {}", kind.noun)));
        }
    }
    page.line(lang.pick("## Options of every command", "## 所有命令通用的选项"));
    page.head(&[lang.pick("Option", "选项"), lang.pick("Meaning", "含义")]);
    for (arg, letter) in of_every_command() {
        page.row(&[&code(&shown(arg, *letter, lang)), lang.pick(arg.en, arg.zh)]);
    }
    page.line(lang.pick("\n## Kinds and their fields", "\n## 记录类别及字段"));
    BASE.kinds().iter().for_each(|kind| page.kind(kind));
    page.line(lang.pick("### Of every kind", "### 各类共有"));
    page.fields(crate::domain::common::FIELDS);
    for (name, en, zh) in TOPICS {
        page.line(&format!("## crm help {name}"));
        page.block(lang.pick(en, zh));
    }
    page.out.truncate(page.out.trim_end().len());
    page.out.push('\n');
    page.out
}

/// Markdown in the making.
struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    /// A paragraph or a heading.
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    fn block(&mut self, text: &str) {
        self.line(&format!("```text\n{}\n```", text.trim_end()));
    }

    fn head(&mut self, cells: &[&str]) {
        self.row(cells);
        self.row(&vec!["---"; cells.len()]);
    }

    fn row(&mut self, cells: &[&str]) {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        self.out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    fn operation(&mut self, op: &Op, before: &str) {
        let lang = self.lang;
        self.line(&format!("### {before} {}", op.verb));
        self.line(lang.pick(op.en, op.zh));
        let mut usage = format!("{before} {}", op.verb);
        op.args.iter().for_each(|arg| usage.push_str(&usage_of(arg, lang)));
        let lines: Vec<String> = examples(op, None, lang).iter().map(|line| format!("\ncrm {line}")).collect();
        self.line(&format!("```text\n{usage}\n```\n\n```sh{}\n```", lines.concat()));
        if !op.args.is_empty() {
            self.head(&[lang.pick("Argument", "参数"), lang.pick("Meaning", "含义")]);
            op.args.iter().for_each(|arg| self.row(&[&argument(arg, lang), lang.pick(arg.en, arg.zh)]));
            self.out.push('\n');
        }
    }

    fn kind(&mut self, kind: &Kind) {
        let names: Vec<String> = [kind.plural].iter().chain(kind.aliases).map(|name| code(name)).collect();
        self.line(&format!("### {} ({} · {})", kind.noun, kind.en, kind.zh));
        self.line(&format!(
            "{} {}; {} `{}-1`",
            self.lang.pick("Also", "亦作"),
            names.join(", "),
            self.lang.pick("ids are like", "编号如"),
            kind.letters
        ));
        self.fields(kind.fields);
        if kind.id == field::ID {
            self.types();
        }
    }

    /// The types that a field of one's own may have.
    fn types(&mut self) {
        let lang = self.lang;
        self.head(&[lang.pick("Words", "写法"), lang.pick("Type, and values of it", "类型及取值示例")]);
        types(lang).for_each(|(words, what)| self.row(&[&code(&words), &what]));
        self.out.push('\n');
    }

    fn fields(&mut self, fields: &[FieldDef]) {
        let lang = self.lang;
        self.head(&[
            lang.pick("Field", "字段"),
            lang.pick("Type", "类型"),
            "English",
            "中文",
            lang.pick("Values and notes", "取值与说明"),
        ]);
        for def in fields {
            self.row(&[&code(def.code), &type_of(def), def.en, def.zh, &notes(def, lang)]);
        }
        self.out.push('\n');
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn argument(arg: &ArgDef, lang: Lang) -> String {
    let more = if matches!(arg.takes, Takes::Values) { " ..." } else { "" };
    format!("`{}{more}`", shown(arg, None, lang))
}

/// The type of a field in a word or two.
fn type_of(def: &FieldDef) -> String {
    let one = match def.ty {
        Type::Text => "text",
        Type::LongText => "long text",
        Type::Email => "email",
        Type::Url => "url",
        Type::Phone => "phone",
        Type::Whole => "whole",
        Type::Decimal => "decimal",
        Type::Money => "money",
        Type::UnitPrice => "unit price",
        Type::Percent => "percent",
        Type::Rate => "percent decimal",
        Type::Date => "date",
        Type::Instant => "instant",
        Type::Due => "date or instant",
        Type::Duration => "duration",
        Type::Choice => "choice",
        Type::YesNo => "yes/no",
        Type::Link => def.target.unwrap_or("link"),
    };
    if def.many { format!("{one} list") } else { one.to_owned() }
}

fn notes(def: &FieldDef, lang: Lang) -> String {
    let mut notes = Vec::new();
    if !def.choices.is_empty() {
        let choices: Vec<String> =
            def.choices
                .iter()
                .map(|choice| {
                    if choice.code == choice.zh {
                        code(choice.code)
                    } else {
                        format!("`{}` {}", choice.code, choice.zh)
                    }
                })
                .collect();
        notes.push(choices.join(", "));
    }
    if let Some((least, most)) = def.bounds {
        notes.push(format!("{least}..{most}"));
    }
    if let Some(most) = def.decimals {
        notes.push(lang.pick(format!("up to {most} decimals"), format!("最多 {most} 位小数")));
    }
    for (holds, en, zh) in [
        (def.required, "required", "必填"),
        (def.unique, "unique", "唯一"),
        (def.name, "the name", "名称"),
        (def.search, "searched", "可搜索"),
        (def.import_only, "set by import only", "仅导入时可设"),
        (def.derived, "computed", "自动计算"),
        (def.kept, "kept by the program", "由程序维护"),
    ] {
        if holds {
            notes.push(lang.pick(en, zh).to_owned());
        }
    }
    notes.extend(def.told(lang).map(str::to_owned));
    notes.join("; ")
}
