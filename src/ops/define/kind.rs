//! `kind add`: a kind of record of one's own.

use crate::{
    command::op::{Noun, Op},
    ops::record,
};

/// The operation.
pub const ADD: Op = Op {
    noun: Noun::Kind("kind"),
    en: "Add a kind of record of your own; its fields come by crm field add",
    zh: "新建一类自定义记录；其字段用 crm field add 添加",
    examples: &["kind add vehicle letters=VH zh=车辆", "kind add machine letters=MA columns=name,owner,updated"],
    ..record::add::OP
};
