//! The operation itself: its words, its report, and one step for the whole file.

use std::path::Path;

use chrono::format::{Fixed, Item, Numeric, StrftimeItems};

use super::{
    ImportFile, ImportJob, ImportOptions, ImportReport, LinkMissing, RejectedFile, beyond::beyond, numbers::mark_named,
    read_bytes, rejected_path,
};
use crate::{
    command::{
        args::{Arg, Flag, Many, One, Words},
        global_options::{COLUMNS, YES},
        op::{Answer, DryRun, Noun, Op, Run, Show},
        run::{difference, remark},
        selection::kinds,
    },
    commit::{self, Context},
    domain::{Kind, Schema, record_of, words::money::Currency},
    error::{Error, ErrorLocation, Result},
    store::{Reader, Store},
    text::{Lang, Said, brief, counted, said, scrub},
};

const FILE: Arg<One> = Arg::word(
    "file",
    r"The file; - is standard input. TSV as this program writes it has \t \n \r \\ for tabs, line ends and backslashes, which are read back",
    r"文件；- 为标准输入。本程序写出的 TSV 以 \t \n \r \\ 表示制表符、换行和反斜杠，导入时会还原",
);
const INTO: Arg<One> = Arg::value(
    "into",
    "The kind of record that a row is; of an own export the file says it",
    "每行对应的记录类别；本程序导出的文件自带类别",
);
const MAP: Arg<Many> =
    Arg::values("map", "Which heading feeds which field: 'Heading=code,...'", "列标题与字段的对应：“列标题=字段,…”");
const MAP_VALUE: Arg<Many> =
    Arg::values("map-value", "Other names of values: 'code:Old=New,...'", "值的替换：“字段:旧值=新值,…”");
const DATE_FORMAT: Arg<One> =
    Arg::value("date-format", "How dates are written, such as %m/%d/%Y", "日期格式，如 %m/%d/%Y");
const CURRENCY: Arg<One> = Arg::value("currency", "The currency of bare amounts", "未注明币种的金额的币种");
const DECIMAL: Arg<One> = Arg::value(
    "decimal",
    "The sign before decimals, . or , where no cell of a column tells",
    "小数点的写法：. 或 ,（列中无法看出时）",
);
const NEW_IDS: Arg<Flag> = Arg::flag(
    "new-ids",
    "Add the rows of a file that another store has written, under new ids",
    "将其他数据文件导出的行作为新记录添加，使用新编号",
);
const KEY: Arg<One> =
    Arg::value("key", "The field that tells which record a row updates", "用于匹配更新已有记录的字段");
const LINK_MISSING: Arg<One> = Arg::value(
    "link-missing",
    "Names that no record has: create, blank or fail",
    "找不到关联的名称时：create 新建，blank 留空，fail 报错",
);
const SET: Arg<Many> = Arg::values("set", "A field of all rows: code=value", "所有行的固定值：字段=值");
const CLEAR_EMPTY: Arg<Flag> = Arg::flag(
    "clear-empty",
    "Empty cells clear what the records that rows change have there",
    "空单元格清空所更新记录的相应字段",
);
const SKIP_ERRORS: Arg<Flag> = Arg::flag(
    "skip-errors",
    "Import the good rows, write the others to FILE.rejected.csv",
    "导入正确的行，其余写入 文件.rejected.csv",
);
const KEEP_GOING: Arg<Flag> = Arg::flag("keep-going", "The same as --skip-errors", "同 --skip-errors");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "import",
    also: "导入",
    en: "Import records from a CSV file: one step, all or nothing",
    zh: "从 CSV 文件导入记录：要么全部导入，要么一条也不导入，可一步撤销",
    examples: &[
        "import accounts.csv --into customer --dry-run",
        "import deals.csv --into deal --map 'Opportunity=title,Account=customer' --date-format %m/%d/%Y --link-missing create",
    ],
    args: &[
        FILE.def,
        INTO.def,
        MAP.def,
        MAP_VALUE.def,
        DATE_FORMAT.def,
        CURRENCY.def,
        DECIMAL.def,
        KEY.def,
        NEW_IDS.def,
        LINK_MISSING.def,
        SET.def,
        CLEAR_EMPTY.def,
        SKIP_ERRORS.def,
        KEEP_GOING.def,
    ],
    run: Run::Whole(import, DryRun::Shown),
};

/// So many columns that are not imported are named.
const LISTED: usize = 50;

fn import(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    let file = Path::new(words.one(FILE).unwrap_or_default());
    let schema = store.snapshot()?.schema();
    let into = words.one(INTO).map(|noun| kind_said(schema, noun)).transpose()?;
    if !context.input.has_files() && !file.is_file() {
        return Err(not_on_the_screen(file));
    }
    let opened = ImportFile::read(schema, read_bytes(file)?)?;
    let kind = match into {
        Some(kind) => kind,
        None => match opened.kind()? {
            Some(kind) => kind,
            None if opened.is_empty_export()? => return no_rows(show),
            None => return Err(no_kind(schema)),
        },
    };
    let job = ImportJob::of(
        opened,
        ImportOptions { trial: show.dry_run(), ..options(words, schema, kind)? },
        context,
        &mut |done, of| show.progress("Reading", "读取中", done, of),
    )?;
    let mut report = None;
    let path = rejected_path(if file.as_os_str() == "-" { Path::new("import") } else { file });
    let wanted = skips(words) && !show.dry_run();
    let mut rejects = None;
    let mut planner = |reader: &Reader<'_>| {
        let (plan, made) = job.plan(reader)?;
        if wanted && made.rejected > 0 && rejects.is_none() {
            rejects = Some(RejectedFile::open(path.clone(), words.has(YES), store.path())?);
        }
        report = Some(made);
        Ok(plan)
    };
    show.progress("Checking", "检查中", 0, 0);
    let outcome = if show.dry_run() {
        commit::dry_run(store, context, &mut planner).map(Err)
    } else {
        commit::commit(store, context, &mut planner).map(Ok)
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => return Err(at_line(error, store, report.as_ref())?),
    };
    let Some(report) = report else { return Ok(()) };
    let (updated, unchanged) = match &outcome {
        Ok(receipt) => report.updated(receipt.touched.iter().copied()),
        Err(ready) => report.updated(ready.changes.iter().map(|change| change.id)),
    };
    tell(&report, updated, unchanged, show)?;
    remark(outcome.as_ref().map_or_else(|ready| &ready.remarks, |receipt| &receipt.remarks), show)?;
    if outcome.is_ok() {
        let ImportReport { rows, added, rejected, .. } = report;
        show.show(Answer::Tally {
            root: "import",
            counts: &[
                ("rows", rows),
                ("added", added),
                ("updated", updated),
                ("unchanged", unchanged),
                ("rejected", rejected),
            ],
        })?;
    }
    match outcome {
        Err(ready) => difference(store, context, &ready.changes, words.one(COLUMNS), show)?,
        Ok(_) if report.rejected > 0 => {
            if let Some(rejects) = &mut rejects {
                rejects.write(&job, &report, context.lang)?;
                let name = rejects.path().display();
                show.show(Answer::Remark(
                    format!("The rejected rows are in {name}"),
                    format!("未导入的行已写入 {name}"),
                ))?;
            }
        }
        Ok(_) => {}
    }
    report.partial().map_or(Ok(()), Err)
}

/// The screen has no standard input, and a device or a pipe might never come to an end there.
fn not_on_the_screen(file: &Path) -> Error {
    let name = scrub(&file.to_string_lossy()).into_owned();
    Error::usage(said!("'{name}' is no ordinary file", "“{name}”不是普通文件"))
        .hint(said!("name a file, or import on the command line", "请给出文件，或在命令行上导入"))
}

/// What is said of an export of a kind that had no records: its headings are all there is.
fn no_rows(show: &mut dyn Show) -> Result<()> {
    show.show(Answer::Remark("0 rows: an export without records".into(), "0 行：没有记录的导出文件".into()))?;
    if show.dry_run() {
        return Ok(());
    }
    let counts = ["rows", "added", "updated", "unchanged", "rejected"].map(|name| (name, 0));
    show.show(Answer::Tally { root: "import", counts: &counts })
}

/// Whether good rows land although others are wrong.
fn skips(words: &Words) -> bool {
    words.has(SKIP_ERRORS) || words.has(KEEP_GOING)
}

/// The kind that `--into` names.
fn kind_said(schema: &Schema, noun: &str) -> Result<&'static Kind> {
    schema.named(noun).ok_or_else(|| {
        Error::usage(said!("There is no kind '{}'", "没有“{}”这一类记录", scrub(noun))).hint(kinds(schema))
    })
}

fn no_kind(schema: &Schema) -> Error {
    Error::usage(said!("An import needs the kind of record that each row becomes", "未指明各行是哪一类记录")).hint(
        said!(
            ("add --into customer, or {}", kinds(schema).get(Lang::En)),
            ("请加 --into 客户，或换成其他类别；{}", kinds(schema).get(Lang::Zh))
        ),
    )
}

fn options(words: &Words, schema: &'static Schema, kind: &'static Kind) -> Result<ImportOptions> {
    let owned = |arg| words.many(arg).into_iter().map(str::to_owned).collect();
    let currency = words.one(CURRENCY).map(currency_named).transpose()?;
    Ok(ImportOptions {
        map: owned(MAP),
        map_value: owned(MAP_VALUE),
        date_format: words.one(DATE_FORMAT).map(date_format).transpose()?,
        currency,
        decimal: words.one(DECIMAL).map(mark_named).transpose()?,
        new_ids: words.has(NEW_IDS),
        key: words.one(KEY).map(str::to_owned),
        link_missing: words.one(LINK_MISSING).map_or(Ok(LinkMissing::default()), str::parse)?,
        set: owned(SET),
        clear_empty: words.has(CLEAR_EMPTY),
        skip_errors: skips(words),
        ..ImportOptions::new(schema, kind)
    })
}

/// The way in which `--date-format` says that dates are written: with a day, a month and a year.
fn date_format(format: &str) -> Result<String> {
    let parts: Vec<Item<'_>> = StrftimeItems::new(format).collect();
    let says = |wanted: &[Numeric]| {
        parts.iter().any(|part| matches!(part, Item::Numeric(numeric, _) if wanted.contains(numeric)))
    };
    let month = || parts.iter().any(|part| matches!(part, Item::Fixed(Fixed::ShortMonthName | Fixed::LongMonthName)));
    let day = says(&[Numeric::Day]) && (says(&[Numeric::Month]) || month()) || says(&[Numeric::Ordinal]);
    let is_whole = day && says(&[Numeric::Year, Numeric::YearMod100]) || says(&[Numeric::Timestamp]);
    if parts.contains(&Item::Error) || !is_whole {
        return Err(Error::usage(said!("'{}' is no way to write a date", "“{}”不是日期的写法", scrub(format)))
            .at(Said::same("--date-format"))
            .hint(said!("write the parts of a date, such as %d/%m/%Y", "请写出日期的各部分，例如 %d/%m/%Y")));
    }
    Ok(format.to_owned())
}

/// The currency that `--currency` names.
fn currency_named(code: &str) -> Result<Currency> {
    Currency::parse(code).map_err(|error| {
        let error = Error::from(error);
        let usage = Error::usage(error.what().clone()).at(Said::same("--currency"));
        match error.next() {
            Some(next) => usage.hint(next.clone()),
            None => usage,
        }
    })
}

/// What a rule has against a new record names the id that it would have had; whoever reads it knows the line, or the
/// kind of the record that some rows name.
fn at_line(error: Error, store: &Store, report: Option<&ImportReport>) -> Result<Error> {
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let Some((id, kind)) = record_of(&error).and_then(|id| Some((id, reader.schema().kind(id.kind)?))) else {
        return Ok(error);
    };
    let error = error.of_content();
    if let Some(line) = report.and_then(|report| report.line_of(id)) {
        return Ok(error.instead_of_record(ErrorLocation::line(line.into())));
    }
    let is_new = reader.held(id)?.is_none();
    Ok(if is_new {
        error.instead_of_record(said!(("a {} that rows name", kind.noun), ("各行所指的{}", kind.zh)))
    } else {
        error
    })
}

/// What the columns were taken for, what was passed over, and how many records came of it: messages, not data.
fn tell(report: &ImportReport, updated: u64, unchanged: u64, show: &mut dyn Show) -> Result<()> {
    let used = || report.columns.iter().filter(|column| !column.codes.is_empty());
    let label = |code: &&str| report.kind.field(code).map_or("编号", |def| def.zh);
    let en: Vec<String> =
        used().map(|column| format!("{} -> {}", brief(&scrub(&column.heading)), column.codes.join(", "))).collect();
    let zh = used().map(|column| {
        let labels: Vec<&str> = column.codes.iter().map(label).collect();
        format!("{} → {}", brief(&scrub(&column.heading)), labels.join("、"))
    });
    let zh: Vec<String> = zh.collect();
    show.show(Answer::Remark(format!("Columns: {}", en.join("; ")), format!("列：{}", zh.join("；"))))?;
    let unused: Vec<String> = report.left_out().map(|heading| brief(&scrub(heading)).into_owned()).collect();
    if !unused.is_empty() {
        let (first, more) = unused.split_at(unused.len().min(LISTED));
        let (en, zh) = match more.len() {
            0 => (String::new(), String::new()),
            n => (format!(" and {n} more"), format!("等共 {} 列", unused.len())),
        };
        let (english, chinese) = (first.join(", "), first.join("、"));
        show.show(Answer::Remark(format!("Not imported: {english}{en}"), format!("未导入的列：{chinese}{zh}")))?;
    }
    for warning in beyond(report).iter().chain(&report.warnings) {
        let (english, chinese) = warning.both();
        show.show(Answer::Remark(english.to_owned(), chinese.to_owned()))?;
    }
    for (kind, count) in &report.created_links {
        show.show(Answer::Remark(
            format!("Made {count} {} that rows name", if *count == 1 { kind.noun } else { kind.plural }),
            format!("已按关联的名称新建 {}", kind.counted_zh(*count)),
        ))?;
    }
    let (added, kind) = (report.added, report.kind);
    let noun = if added == 1 { kind.noun } else { kind.plural };
    let rows = counted(report.rows, "row");
    let mut english = format!("{rows}: {added} {noun} added, {updated} updated");
    let mut chinese = format!("{} 行：新建 {}，更新 {updated} {}", report.rows, kind.counted_zh(added), kind.measure);
    for (count, en, zh) in
        [(unchanged, "unchanged", ("未变", kind.measure)), (report.rejected, "rejected", ("未导入", "行"))]
    {
        if count > 0 {
            english.push_str(&format!(", {count} {en}"));
            chinese.push_str(&format!("，{} {count} {}", zh.0, zh.1));
        }
    }
    show.show(Answer::Remark(english, chinese))
}
