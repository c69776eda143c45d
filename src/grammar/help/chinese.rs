//! Examples for who reads Chinese, of the operations whose own examples hold English words. Tests run these too.

use crate::command::{Noun, Op};

/// The examples of an operation: those of the table here, else its own.
pub(super) fn examples(op: &Op) -> &'static [&'static str] {
    let known = |(noun, verb, _): &&(Noun, &str, &[&str])| *noun == op.noun && *verb == op.verb;
    EXAMPLES.iter().find(known).map_or(op.examples, |(.., lines)| lines)
}

/// Operations by noun and verb, and what is shown for them.
pub const EXAMPLES: &[(Noun, &str, &[&str])] = &[
    (
        Noun::Every,
        "add",
        &["customer add 上海华盛科技有限公司 城市=上海 级别=A", "deal add 备件采购 客户=C-12 金额=12万"],
    ),
    (Noun::Kind("kind"), "add", &["kind add 车辆 编号字母=VH 英文名=Vehicle 量词=辆"]),
    (
        Noun::Kind("field"),
        "add",
        &[
            "field add 客户 合同号 类型=文本 索引 唯一",
            "field add 客户 回访日 类型=日期 默认值=+30d 说明=下次回访的日期",
            "field add 商机 服务费 公式='金额 * 5%'",
        ],
    ),
    (Noun::Kind("choice"), "add", &["choice add 客户.行业 医院"]),
    (Noun::Kind("section"), "add", &["section add 客户 规模 字段=employees,annual_revenue"]),
    (
        Noun::Kind("field"),
        "set",
        &["field set 客户.人数 中文名=职工人数", "field set 客户.城市 说明=总部所在地 必填=是"],
    ),
    (
        Noun::Every,
        "list",
        &[
            "customer list 级别:A 城市:上海",
            "deal list 销售阶段:赢单 结单日期:2026-q1",
            "customer list 负责人:我 -o ids",
        ],
    ),
    (
        Noun::Every,
        "count",
        &["customer count 级别:A", "deal count 销售阶段:赢单 --by 负责人 --sum 金额", "customer count --by 省份"],
    ),
    (Noun::Every, "show", &["customer show C-12", "customer show 13800138000", "customer show C-12 --as-of 昨天"]),
    (
        Noun::Every,
        "set",
        &[
            "customer set C-12 级别=A 标签+=重点",
            "customer set --where 城市:上海 负责人=我",
            "deal set D-7 备注=@minutes.txt",
        ],
    ),
    (Noun::Every, "rm", &["customer rm C-12", "deal rm --where 销售阶段:输单"]),
    (
        Noun::Top,
        "log",
        &["log 电话 C-12 询问报价 跟进结果=已接通 下一步=\"周五 发报价\"", "log 拜访 D-7 演示新产线 时长=45"],
    ),
    (
        Noun::Kind("deal"),
        "move",
        &[
            "deal move D-7 下一阶段",
            "deal move D-7 赢单",
            "deal move D-7 输单 输单原因=价格",
            "deal move D-6 D-7 方案报价",
        ],
    ),
    (
        Noun::Kind("followup"),
        "done",
        &["followup done F-3 已发送报价", "followup done F-2 F-3", "followup done F-3 下一步=\"下周一 再次致电\""],
    ),
    (
        Noun::Kind("followup"),
        "snooze",
        &["followup snooze F-3 3天后", "followup snooze F-2 F-3 明天", "followup snooze F-3 明天下午3点"],
    ),
    (Noun::Kind("ticket"), "assign", &["ticket assign T-9 我", "ticket assign T-9 li.wei", "ticket assign T-8 T-9 我"]),
    (Noun::Kind("ticket"), "reply", &["ticket reply T-9 今天已补发新件", "ticket reply T-9 跟进内容=@answer.txt"]),
    (Noun::Kind("ticket"), "note", &["ticket note T-9 备件缺货"]),
    (Noun::Kind("ticket"), "resolve", &["ticket resolve T-9 已更换电源", "ticket resolve T-9 满意度=5"]),
    (Noun::Kind("ticket"), "rate", &["ticket rate T-9 5", "ticket rate T-9 4 响应很快"]),
    (Noun::Top, "agenda", &["agenda", "agenda --calls", "agenda --owner all", "agenda --owner 团队:华东 -o json"]),
    (Noun::Top, "queue", &["queue", "queue --owner all", "queue --owner 团队:华东 -o json"]),
    (Noun::Top, "find", &["find 华盛", "find 华盛 8000 --limit 20", "find hs -o ids", "find huashneg --fuzzy"]),
    (Noun::Top, "changes", &["changes --since 昨天", "changes --since -2h -o jsonl"]),
    (Noun::Top, "board", &["board", "board --owner all", "board --pipeline 销售 --limit 50"]),
    (
        Noun::Kind("view"),
        "save",
        &[
            "view save 重点 客户 级别:A 负责人:我",
            "view save 大单 商机 金额:10万.. --by 负责人 --key 2",
            "view save 展会 客户 --static C-1 C-7",
        ],
    ),
    (Noun::Top, "export", &["export --to 全部.jsonl", "export 客户 级别:A --to 导出.csv", "export 商机 -o jsonl"]),
    (
        Noun::Top,
        "import",
        &[
            "import 客户.csv --into 客户 --dry-run",
            "import 商机.csv --into 商机 --map '机会=商机名称,公司=客户' --link-missing create",
        ],
    ),
];
