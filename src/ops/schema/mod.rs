//! `schema`: the definitions of a store as a file: written out, taken in, compared.

mod compared;
mod held;
mod shown;
mod stated;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::{
    command::{
        args::{Arg, One, Words},
        op::{Answer, DryRun, Noun, Op, Run, Show},
        run::remark,
    },
    commit::{self, Context, WritePlan},
    domain::record_of,
    error::{Error, ErrorLocation, Result},
    query::names::Names,
    store::{Reader, Store},
    text::{Lang, Said, said, scrub},
};

use compared::{Comparison, compare};
use stated::Stated;

/// What is to be done.
const WHAT: Arg<One> = Arg::word("what", "export, import or diff", "export、import 或 diff（导出、导入、比较）");
/// The same words in Chinese.
const IN_CHINESE: [(&str, &str); 3] = [("导出", "export"), ("导入", "import"), ("比较", "diff")];
const FILE: Arg<One> = Arg::maybe_word(
    "file",
    "What import takes in and diff compares with: JSON lines as export writes them; - is standard input",
    "导入或比较的文件：export 写出的 JSON 行；- 为标准输入",
)
.text();
const TO: Arg<One> = Arg::value(
    "to",
    "The file that export writes; --yes replaces one that is there",
    "export 写入的文件；--yes 可覆盖已有文件",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "schema",
    also: "定义",
    en: "Carry kinds, fields, choices and sections of your own to another store: write them out, take them in, compare",
    zh: "在数据文件之间携带自定义的类别、字段、选项与分组：导出、导入、比较",
    examples: &[
        "schema export --to my-schema.jsonl",
        "schema import crm-schema.jsonl --dry-run",
        "schema import crm-schema.jsonl",
        "schema diff crm-schema.jsonl",
    ],
    args: &[WHAT.def, FILE.def, TO.def],
    run: Run::Whole(run, DryRun::Shown),
};

/// Whether the words of this operation only read.
pub fn only_reads(words: &Words) -> bool {
    words.takes(WHAT) && words.takes(FILE) && what(words) != "import"
}

/// What is to be done, said in either language.
fn what(words: &Words) -> &str {
    let word = words.one(WHAT).unwrap_or_default();
    IN_CHINESE.iter().find(|(zh, _)| *zh == word).map_or(word, |(_, en)| en)
}

fn run(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    let what = what(words);
    match what {
        "export" => return export(store, words, show),
        "import" | "diff" => {}
        other => {
            return Err(Error::usage(said!("schema does not know '{}'", "schema 没有“{}”这一操作", scrub(other)))
                .hint(said!("one of export, import, diff", "可用 export、import、diff")));
        }
    }
    if words.one(TO).is_some() {
        return Err(Error::usage(said!("Only schema export writes a file", "只有 schema export 会写入文件"))
            .hint(said!("leave --to away", "请去掉 --to")));
    }
    let text = text(context, words)?;
    let stated = stated::read(store.snapshot()?.schema(), context, text)?;
    if what == "import" {
        import(store, context, words, &stated, show)
    } else {
        diff(store, context, words, &stated, show)
    }
}

fn export(store: &Store, words: &Words, show: &mut dyn Show) -> Result<()> {
    if let Some(file) = words.one(FILE) {
        let file = scrub(file);
        return Err(Error::usage(said!("schema export reads no file: '{file}'", "schema export 不读取文件：“{file}”"))
            .hint(said!("crm schema export --to {file} writes it", "crm schema export --to {file} 可写入该文件")));
    }
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let held = held::held(&reader)?;
    let lines = held.iter().filter(|held| held.is_in_force(reader.schema())).map(held::Held::line).collect();
    let to = words.one(TO).filter(|to| *to != "-").map(Path::new);
    show.show(Answer::Document { root: "definitions", lines, to })
}

/// The text of the file that the words name.
fn text<'c>(context: &'c Context, words: &Words) -> Result<&'c str> {
    let Some(file) = words.one(FILE) else {
        return Err(Error::usage(said!("Which file?", "未指定文件"))
            .hint(said!("crm schema export --to FILE writes one", "crm schema export --to 文件 可写出一个")));
    };
    if !context.input.has_files() {
        return Err(Error::usage(said!("The screen reads no files", "全屏中不读取文件"))
            .hint(said!("run it on the command line", "请在命令行上运行")));
    }
    let read = context.input.text(file);
    read.map_err(|error| {
        error.hint(said!("check the path of the file; its text must be UTF-8", "请检查文件路径；文件内容须为 UTF-8"))
    })
}

fn import(store: &Store, context: &Context, words: &Words, stated: &[Stated], show: &mut dyn Show) -> Result<()> {
    let mut found = None;
    let mut planner = |reader: &Reader<'_>| {
        let (compared, plan) = compare(reader, stated)?;
        found = Some(compared);
        plan
    };
    let done = if show.dry_run() {
        commit::dry_run(store, context, &mut planner).map(|ready| (None, ready.remarks))
    } else {
        commit::commit(store, context, &mut planner).map(|receipt| (Some(receipt.clone()), receipt.remarks))
    };
    let (receipt, remarks) = done.map_err(|error| at_line(error, found.as_ref()))?;
    let Some(found) = found else { return Ok(()) };
    match receipt.filter(|_| show.wants_only_ids()) {
        Some(receipt) => show.show(Answer::Written(&receipt))?,
        None => grid(store, context, words, &found.without_others(), show)?,
    }
    remark(&remarks, show)?;
    remark(&found.told(show.dry_run()), show)
}

fn diff(store: &Store, context: &Context, words: &Words, stated: &[Stated], show: &mut dyn Show) -> Result<()> {
    let (mut found, mut refused) = (None, None);
    let mut planner = |reader: &Reader<'_>| -> Result<WritePlan> {
        let (compared, plan) = compare(reader, stated)?;
        found = Some(compared);
        // What cannot become so is a difference like any other.
        Ok(plan.unwrap_or_else(|error| {
            refused = Some(error);
            WritePlan::new()
        }))
    };
    let fits = commit::dry_run(store, context, &mut planner);
    fits.map_err(|error| at_line(error, found.as_ref()))?;
    let Some(found) = found else { return Ok(()) };
    grid(store, context, words, &found, show)?;
    match refused {
        Some(error) => {
            let (en, zh) = (error.message(Lang::En), error.message(Lang::Zh));
            remark(&[said!("An import would be refused: {en}", "导入会被拒绝：{zh}")], show)
        }
        None => remark(&found.told(true), show),
    }
}

fn grid(store: &Store, context: &Context, words: &Words, found: &Comparison, show: &mut dyn Show) -> Result<()> {
    let snapshot = store.snapshot()?;
    let names = Names::new(snapshot.reader(), context.lang);
    shown::differences(found, words, &names, show)
}

/// What a rule has against a definition names the record that it would be; whoever reads it knows the line. What cannot be
/// understood stands in the file, and the command line is right.
fn at_line(error: Error, found: Option<&Comparison>) -> Error {
    let error = error.of_content();
    let line = record_of(&error).and_then(|id| found?.line_of(id));
    match line {
        Some(line) => error.instead_of_record(ErrorLocation::line(line)),
        None => error,
    }
}

/// A name as an error quotes it.
fn named(kind: &crate::domain::Kind, name: &str) -> Said {
    said!(("{} {name}", kind.noun), ("{} {name}", kind.zh))
}
