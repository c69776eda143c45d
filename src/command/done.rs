//! What a step is said to have done, by the verb of its operation: on the screen with the records, after a bulk edit with
//! their number.

use crate::{
    domain::RecordId,
    text::{Lang, Said, counted, said},
};

/// What a step has done.
#[derive(Clone, Debug, Default)]
pub struct StepResult {
    /// The verb of the operation.
    pub verb: &'static str,
    /// What it has done to each record, where that is more than the verb tells.
    pub told: Option<Said>,
}

/// So many records are named.
const NAMED: usize = 5;

impl StepResult {
    /// What it has done, with the records: `StepResult: C-1 C-2`, `已移入回收站：C-1、C-2`.
    pub fn sentence(&self, about: &[RecordId]) -> Said {
        if let Some(told) = self.told.clone().filter(|_| about.len() <= NAMED) {
            return told;
        }
        let named: Vec<String> = about.iter().take(NAMED).map(ToString::to_string).collect();
        let (mut en, mut zh) = (named.join(" "), named.join("、"));
        if about.len() > NAMED {
            en.push_str(&format!(" … {}", about.len()));
            zh.push_str(&format!(" 等 {} 条记录", about.len()));
        }
        Said::new(format!("Done: {en}"), format!("{}：{zh}", self.in_chinese()))
    }

    /// What it has done to so many records.
    pub fn tally(&self, count: u64) -> Said {
        let records = counted(count, "record");
        match self.verb {
            "rm" => said!("{records} moved to the trash", "已将 {count} 条记录移入回收站"),
            "restore" => said!("{records} restored", "已恢复 {count} 条记录"),
            "purge" => said!("{records} purged", "已彻底删除 {count} 条记录"),
            _ => said!(("{records} changed"), ("已更改 {count} 条记录")),
        }
    }

    fn in_chinese(&self) -> &'static str {
        match self.verb {
            "add" => "已新建",
            "rm" => "已移入回收站",
            "restore" => "已恢复",
            "purge" => "已彻底删除",
            "log" => "已记录",
            "done" => "已完成",
            "snooze" => "已推迟",
            "assign" => "已分配",
            "next" => "已领取",
            "reply" => "已回复",
            "note" => "已写备注",
            "wait" => "待客户回复",
            "resolve" => "已解决",
            "close" => "已关闭",
            "reopen" => "已重新打开",
            "merge" => "已合并",
            "rate" => "已记录满意度",
            "save" => "已保存",
            "move" => "已移动",
            _ => "已修改",
        }
    }
}

/// What was done to each of several records, in one sentence.
pub fn listed(told: &[Said]) -> Said {
    let all = |lang, comma: &str| told.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(comma);
    Said::new(all(Lang::En, ", "), all(Lang::Zh, "，"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer;

    #[test]
    fn a_step_is_told_by_its_verb() {
        let ids: Vec<RecordId> = (1..=7).map(|num| RecordId::new(customer::ID, num)).collect();
        let said = |verb, count: usize| StepResult { verb, told: None }.sentence(&ids[..count]);
        assert_eq!(said("rm", 2).get(Lang::Zh), "已移入回收站：C-1、C-2");
        assert_eq!(said("add", 1).get(Lang::Zh), "已新建：C-1");
        assert_eq!(said("set", 7).get(Lang::Zh), "已修改：C-1、C-2、C-3、C-4、C-5 等 7 条记录");
        assert_eq!(said("set", 7).get(Lang::En), "Done: C-1 C-2 C-3 C-4 C-5 … 7");
        let lost = StepResult { verb: "move", told: Some(said!("C-1 lost", "C-1 已输单")) };
        assert_eq!(lost.sentence(&ids[..1]).get(Lang::Zh), "C-1 已输单");
        assert_eq!(lost.sentence(&ids).get(Lang::Zh), "已移动：C-1、C-2、C-3、C-4、C-5 等 7 条记录");
        let rm = StepResult { verb: "rm", told: None }.tally(7);
        assert_eq!(rm.both(), ("7 records moved to the trash", "已将 7 条记录移入回收站"));
    }
}
