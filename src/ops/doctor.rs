//! `doctor`: what a store is, whether what it keeps beside its records is right, and mending that.

use std::ops::ControlFlow;

use crate::{
    command::{
        args::{Arg, Flag, Words},
        global_options::{LIMIT, OFFSET},
        op::{Answer, DryRun, Noun, Op, Run, Show},
        row_options::{narrowed, refuse_choice},
    },
    commit,
    commit::Context,
    domain::{Schema, Value, define},
    error::{Error, Result},
    query::{
        grid::{Cell, Column, Grid},
        names::Names,
    },
    store::{self, Flaw, Problem, Reader, Store, check, engine::Space},
    text::{Lang, Said, counted, said},
};

/// Whether what follows from the records is only looked at.
pub const CHECK: Arg<Flag> = Arg::flag(
    "check",
    "Work out anew what follows from the records and name what differs; exit 1 if anything does",
    "重新计算由记录得出的内容，列出不一致之处；如有则退出码为 1",
);
/// Whether what differs is mended.
pub const REBUILD: Arg<Flag> = Arg::flag(
    "rebuild",
    "Mend what differs, in one transaction; records are left as they are",
    "在一次事务中修复不一致之处；不改动记录",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "doctor",
    also: "检查",
    en: "Say how the store is; check its indexes, computed fields and sums against the records, or mend them",
    zh: "查看数据文件的状况；按记录核对索引、计算字段与汇总，并可修复",
    examples: &["doctor", "doctor --check", "doctor --rebuild"],
    args: &[CHECK.def, REBUILD.def, LIMIT.def, OFFSET.def],
    run: Run::Whole(doctor, DryRun::Shown),
};

/// So many flaws are listed; a store with more of them needs no longer list.
const LISTED: usize = 1000;

fn doctor(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    match (words.has(REBUILD), words.has(CHECK)) {
        (true, true) => {
            Err(Error::usage(said!("--check and --rebuild are two commands", "--check 与 --rebuild 是两个命令"))
                .hint(said!("check first, then rebuild", "请先检查，再重建")))
        }
        (true, false) if !show.dry_run() => {
            refuse_choice(words, said!("--check lists what differs", "--check 列出不一致之处"))?;
            mend(store, context, show)
        }
        (false, false) => say(store, context, words, show),
        _ => look_through(store, context, words, show),
    }
}

fn mend(store: &Store, context: &Context, show: &mut dyn Show) -> Result<()> {
    let mended = commit::mend(store, context.machine, &mut |done, of| show.progress("Mending", "正在修复", done, of))?;
    show.show(Answer::Tally { root: "doctor", counts: &[("mended", mended)] })?;
    show.show(match mended {
        0 => Answer::Remark("There was nothing to mend".to_owned(), "无需修复".to_owned()),
        _ => Answer::Remark(format!("{} mended", entries(mended)), format!("已修复 {mended} 处")),
    })
}

fn entries(count: u64) -> String {
    format!("{count} {}", if count == 1 { "entry" } else { "entries" })
}

fn look_through(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    if store.is_outdated() {
        return Err(Error::failure(said!(
            "Another version of crm wrote this store: its indexes are that version's and not looked at; nothing was changed",
            "此数据文件由另一版本的 crm 写入：其索引属于该版本，未作检查；未作任何更改"
        ))
        .hint(said!(
            "crm doctor --rebuild makes them anew, and so does the first command that reads records",
            "crm doctor --rebuild 会重建索引，首个读取记录的命令也会重建"
        )));
    }
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let (mut flaws, mut count, mut dangling, mut misplaced) = (Vec::new(), 0_u64, 0_u64, 0_u64);
    let mut keep = |flaw: Flaw| {
        count += 1;
        dangling += u64::from(flaw.problem == Problem::Dangling);
        misplaced += u64::from(flaw.problem == Problem::Misplaced);
        if flaws.len() < LISTED {
            flaws.push(flaw);
        }
    };
    check(&reader, &mut keep, &mut |done, of| show.progress("Checking", "正在检查", done, of))?;
    let names = Names::new(reader, context.lang);
    let columns = vec![
        Column::new("part", "Part", "部分"),
        Column::new("kind", "Kind", "类别"),
        Column::new("name", "Which", "名称"),
        Column::new("id", "Record", "记录"),
        Column::new("problem", "Problem", "问题"),
    ];
    let left_out = store::left_out(reader.raw(), define::Names::Stored)?;
    if count == 0 && left_out.is_empty() && show.is_for_people() {
        let records = counted(total(&reader)?, "record");
        return show.show(Answer::Remark(
            format!("The store is sound: what it keeps agrees with its {records}"),
            format!("数据文件完好：所存内容与 {} 条记录一致", total(&reader)?),
        ));
    }
    let mut rows: Vec<_> = flaws.iter().map(|flaw| row(reader.schema(), flaw)).collect();
    for one in left_out {
        rows.push(left_out_row(&reader, one)?);
    }
    show.show(Answer::Grid(narrowed(Grid::of_rows("flaws", columns, rows, &names), words, show)?))?;
    let listed = flaws.len() as u64;
    if count > listed {
        let more = count - listed;
        show.show(Answer::Remark(format!("and {more} more"), format!("另有 {more} 处")))?;
    }
    verdict(count - dangling - misplaced, dangling, misplaced, left_out.len() as u64)
}

/// A definition that does not fit into the schema, and why.
fn left_out_row(reader: &Reader<'_>, one: &define::Problem) -> Result<Vec<Cell<'static>>> {
    let kind = reader.schema().kind_of(one.id)?;
    let called = kind.fields.iter().find(|def| def.name);
    let name = reader.with_row(one.id, |row| called.and_then(|def| row.value(def)))?.flatten();
    Ok(vec![
        Cell::Words { code: "definitions".into(), en: "definitions".into(), zh: "定义".into() },
        Cell::Words { code: kind.noun.into(), en: kind.en.into(), zh: kind.zh.into() },
        match name {
            Some(Value::Text(name)) => Cell::Text(name.into()),
            _ => Cell::Empty,
        },
        Cell::Id(one.id),
        in_words(&said!(("{}", one.error.message(Lang::En)), ("{}", one.error.message(Lang::Zh)))),
    ])
}

fn in_words(what: &Said) -> Cell<'static> {
    let (en, zh) = what.both();
    Cell::Words { code: en.to_owned().into(), en: en.to_owned().into(), zh: zh.to_owned().into() }
}

/// What is wrong in all, each with what to do about it: entries that rebuilding mends, links that lead nowhere, deals
/// that do not agree with their stage, and definitions that are left out of the schema.
fn verdict(entries: u64, dangling: u64, misplaced: u64, left_out: u64) -> Result<()> {
    let rebuilt = (
        said!(("{} not as the records say", differ(entries)), ("{entries} 处与记录不一致")),
        said!(
            "crm doctor --rebuild mends what is not as the records say",
            "crm doctor --rebuild 可修复与记录不一致之处"
        ),
    );
    let all = [
        (entries, rebuilt),
        (dangling, leads_nowhere(dangling)),
        (misplaced, beside_their_stage(misplaced)),
        (left_out, fits_nowhere(left_out)),
    ];
    let said: Vec<_> = all.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    if said.is_empty() {
        return Ok(());
    }
    let joined = |which: fn(&(Said, Said)) -> &Said| {
        let (en, zh): (Vec<&str>, Vec<&str>) = said.iter().map(|said| which(said).both()).unzip();
        Said::new(en.join("; "), zh.join("；"))
    };
    Err(Error::failure(joined(|(what, _)| what)).hint(joined(|(_, hint)| hint)))
}

/// Links that lead nowhere, which no rebuilding mends, and what to do about them.
fn leads_nowhere(count: u64) -> (Said, Said) {
    let links = if count == 1 { "1 link leads to".to_owned() } else { format!("{count} links lead to") };
    (
        said!(("{links} no record any more"), ("{count} 处关联指向已不存在的记录")),
        said!(
            "crm set ID FIELD= takes such a link away; created_by and updated_by only name a user who is gone",
            "crm set 编号 字段= 可去掉此关联；created_by 与 updated_by 只是指向已不存在的用户"
        ),
    )
}

/// Deals in a stage of another pipeline or of another outcome, and what to do about them.
fn beside_their_stage(count: u64) -> (Said, Said) {
    let (do_not, their) = if count == 1 { ("does not", "its") } else { ("do not", "their") };
    (
        said!(
            ("{} {do_not} agree with the pipeline or the outcome of {their} stage", counted(count, "deal")),
            ("{count} 个商机与其阶段的销售流程或结果不一致")
        ),
        said!(
            "crm deal move ID STAGE to another stage, and then to the right one, mends such a deal, after crm restore ID where it is in the trash",
            "将此类商机用 crm deal move 编号 阶段 移到另一阶段，再移到正确的阶段即可纠正；在回收站中的须先 crm restore 编号"
        ),
    )
}

/// Definitions that this version cannot use, and what to do about them.
fn fits_nowhere(count: u64) -> (Said, Said) {
    let (does_not, it) = if count == 1 { ("does not", "it") } else { ("do not", "them") };
    (
        said!(
            ("{} {does_not} fit the others and {does_not} count", counted(count, "definition")),
            ("{count} 条定义与其他定义不符，未生效")
        ),
        said!(
            "use the version of crm that wrote {it}, or change or remove {it}: crm set ID FIELD=..., crm rm ID",
            "请使用写入这些定义的 crm 版本，或更改、删除这些定义：crm set 编号 字段=…、crm rm 编号"
        ),
    )
}

fn differ(count: u64) -> String {
    format!("{} {}", entries(count), if count == 1 { "is" } else { "are" })
}

fn total(reader: &Reader<'_>) -> Result<u64> {
    reader.schema().kinds().iter().map(|kind| reader.total(kind.id)).sum()
}

fn row(schema: &Schema, flaw: &Flaw) -> Vec<Cell<'static>> {
    let said = |code: &'static str, en: &'static str, zh: &'static str| Cell::Words {
        code: code.into(),
        en: en.into(),
        zh: zh.into(),
    };
    vec![
        match flaw.space {
            Space::Index => said("index", "index", "索引"),
            Space::Derived => said("derived", "computed fields", "计算字段"),
            Space::Summary => said("summary", "sums", "汇总"),
            Space::Search => said("search", "search", "搜索"),
            Space::Rows => said("records", "records", "记录"),
            Space::Trash => said("trash", "trash", "回收站"),
            space => Cell::Text(space.name().into()),
        },
        flaw.kind.and_then(|kind| schema.kind(kind)).map_or(Cell::Empty, |kind| said(kind.noun, kind.en, kind.zh)),
        Cell::Text(flaw.name.clone().into()),
        flaw.record.map_or(Cell::Empty, Cell::Id),
        match flaw.problem {
            Problem::Lacking => said("lacking", "is not there", "缺失"),
            Problem::Extra => said("extra", "should not be there", "多余"),
            Problem::Wrong => said("wrong", "is something else", "错误"),
            Problem::Dangling => said("dangling", "leads to no record", "指向不存在的记录"),
            Problem::Misplaced => said("misplaced", "is not that of its stage", "与其阶段的不一致"),
        },
    ]
}

/// A step that is dated so much before an earlier one, in milliseconds, is told of: clocks of machines differ a little.
const TOLERATED: i64 = 5 * 60 * 1000;

/// Which steps are dated before earlier ones: how many, the first of them, and the one that is dated too late.
fn disorder(reader: &Reader<'_>) -> Result<Option<Cell<'static>>> {
    if store::disorder(reader)? <= TOLERATED.unsigned_abs() {
        return Ok(None);
    }
    let (mut latest, mut late, mut count, mut first) = (i64::MIN, 0, 0_u64, None);
    for seq in 1..=reader.seq()? {
        let Some(at) = reader.entry(seq)?.map(|entry| entry.at) else { continue };
        if latest.saturating_sub(at) > TOLERATED {
            count += 1;
            first.get_or_insert((seq, late));
        } else if at > latest {
            (latest, late) = (at, seq);
        }
    }
    Ok(first.map(|(seq, late)| {
        let en = format!("{} dated before an earlier one, first {seq} before {late}", counted(count, "step"));
        let zh = format!("{count} 步的时间早于更早的一步，最先是第 {seq} 步早于第 {late} 步");
        Cell::Words { code: en.clone().into(), en: en.into(), zh: zh.into() }
    }))
}

/// What the store is: where, how large, written by whom, how many of what.
fn say(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let names = Names::new(reader, context.lang);
    let mut rows = Vec::new();
    let mut line = |code: &'static str, en: &'static str, zh: &'static str, value: Cell<'static>| {
        rows.push(vec![Cell::Words { code: code.into(), en: en.into(), zh: zh.into() }, value]);
    };
    let number = |number: u64| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
    if let Some(path) = store.path() {
        line("file", "File", "文件", Cell::Text(path.display().to_string().into()));
        let size = store.size().map_or(Cell::Empty, number);
        line("size", "Size in bytes", "大小（字节）", size);
    }
    let (format, written_by) = store.format()?;
    line("format", "Format", "格式", number(format));
    line("written_by", "Written by crm", "写入程序版本", Cell::Text(written_by.into()));
    let seq = reader.seq()?;
    line("steps", "Steps", "步骤数", number(seq));
    if let Some(entry) = reader.entry(seq)? {
        let at =
            crate::command::owner_scope::cell(&crate::domain::common::CREATED, Some(crate::domain::Instant(entry.at)));
        line("last_at", "Last step at", "最近一步时间", at);
        line(
            "last_by",
            "Last step by",
            "最近一步操作人",
            crate::command::owner_scope::owner(&names, Some(entry.by).filter(|by| *by != 0))?,
        );
        line("last_step", "Last step", "最近一步", crate::command::owner_scope::spoken(entry.words));
    }
    if let Some(disorder) = disorder(&reader)? {
        line("disorder", "Out of order", "时间错乱", disorder);
    }
    for kind in reader.schema().kinds() {
        line(kind.plural, kind.en, kind.zh, number(reader.total(kind.id)?));
    }
    let mut trashed = 0;
    for kind in reader.schema().kinds() {
        reader.trashed(kind.id, &mut |_, _| {
            trashed += 1;
            ControlFlow::Continue(())
        })?;
    }
    line("trash", "In the trash", "回收站", number(trashed));
    for one in store::left_out(reader.raw(), define::Names::Stored)? {
        let told =
            said!(("{}: {}", one.id, one.error.message(Lang::En)), ("{}：{}", one.id, one.error.message(Lang::Zh)));
        line("left_out", "Definition that does not fit", "未生效的定义", in_words(&told));
    }
    let columns = vec![Column::new("what", "What", "项目"), Column::new("value", "Value", "值")];
    show.show(Answer::Grid(narrowed(Grid::of_rows("store", columns, rows, &names), words, show)?))
}

#[cfg(test)]
mod tests {
    use super::verdict;
    use crate::text::Lang;

    #[test]
    fn each_kind_of_flaw_is_counted_with_what_mends_it() {
        assert!(verdict(0, 0, 0, 0).is_ok());
        let said = |counts: (u64, u64, u64)| {
            let error = verdict(counts.0, counts.1, counts.2, 0).unwrap_err();
            format!("{} ({})", error.message(Lang::En), error.next_step(Lang::En).unwrap_or_default())
        };
        let both = said((0, 2, 1));
        assert!(both.contains("2 links lead to no record any more; 1 deal does not agree with"), "{both}");
        assert!(both.contains("crm set ID FIELD=") && both.contains("crm restore ID"), "{both}");
        assert!(!both.contains("--rebuild"), "{both}");
        let all = said((3, 1, 2));
        assert!(all.contains("3 entries are not as the records say; 1 link leads to"), "{all}");
        assert!(all.contains("--rebuild mends what is not as the records say; crm set"), "{all}");
        assert!(!said((1, 0, 0)).contains("link"));
    }
}
