//! `kind add`: a kind of record of one's own.

use crate::{
    command::op::{Invocation, Noun, Op, Planned, Run},
    commit::Edit,
    domain::{
        define::{
            Labels, every_kind_has,
            kind::{COLUMNS, EN, NAME, ZH},
        },
        view,
    },
    error::Result,
    ops::record,
    text::{said, scrub},
};

/// The operation.
pub const ADD: Op = Op {
    noun: Noun::Kind("kind"),
    en: "Add a kind of record of your own; its fields come by crm field add",
    zh: "新建一类自定义记录；其字段用 crm field add 添加",
    examples: &["kind add vehicle letters=VH zh=车辆", "kind add machine letters=MA columns=name,owner,updated"],
    run: Run::Change(add),
    ..record::add::OP
};

/// Columns may be named before their fields are there.
fn add(ask: &Invocation<'_>) -> Result<Planned> {
    let mut planned = record::add::plan(ask)?;
    let mut remarks = Vec::new();
    for edit in &planned.plan.edits {
        let Edit::Add { record, .. } = edit else { continue };
        let Some(name) = record.get(NAME) else { continue };
        let Labels { code: noun, zh, .. } = Labels::of(name, record.get(EN), record.get(ZH));
        for column in view::texts(record.get(COLUMNS)) {
            let first = column.split('.').next().unwrap_or_default();
            if first != "id" && !every_kind_has(first) {
                let first = scrub(first);
                remarks.push(said!(
                    "a {noun} has no field '{first}' yet; its column is shown once there is one with that code",
                    "{zh}尚无字段“{first}”，添加代码为此的字段后才会显示该列"
                ));
            }
        }
    }
    planned.plan.remarks.extend(remarks);
    Ok(planned)
}
