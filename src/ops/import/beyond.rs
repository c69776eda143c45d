//! Columns of a list of customers that belong to other records, and how to take them along.

use crate::{
    domain::customer,
    text::{Said, said, scrub},
};

use super::{heading::plain, report::ImportReport};

/// Headings as [`plain`] leaves them, the kind whose records they are of, the field, and what all rows need besides.
const BEYOND: [(&[&str], &str, &str, &str); 3] = [
    (
        &[
            "联系人",
            "联系人姓名",
            "联络人",
            "首要联系人",
            "主要联系人",
            "contact",
            "contact name",
            "contact person",
            "primary contact",
        ],
        "contact",
        "name",
        "",
    ),
    (
        &[
            "下次跟进时间",
            "下次联系时间",
            "下次跟进",
            "下次回访时间",
            "next follow up",
            "next followup",
            "next contact",
        ],
        "followup",
        "due",
        " --set 主题=跟进",
    ),
    (
        &["最后跟进记录", "最近跟进记录", "跟进记录", "最新跟进记录", "last activity", "last note"],
        "activity",
        "text",
        " --set type=note",
    ),
];

/// What to say of columns that are left out and could come along in an import of their own.
pub(super) fn beyond(report: &ImportReport) -> Vec<Said> {
    let named = report.columns.iter().find(|column| column.codes.contains(&customer::NAME.def().code));
    let (Some(name), true) = (named, report.kind.id == customer::ID) else { return Vec::new() };
    let name = scrub(&name.heading);
    let of = |heading: &str| BEYOND.iter().find(|(names, ..)| names.contains(&plain(heading).as_str()));
    let command = |heading: &str| {
        let (_, into, code, besides) = of(heading)?;
        let heading = scrub(heading);
        // What the words of --map cannot say.
        let plain = |text: &str| !text.contains(['\'', '=', ',', '，']);
        (plain(&heading) && plain(&name)).then_some(())?;
        Some(said!(
            "'{heading}' belongs to records of its own; afterwards, without the rows where it is empty: crm import FILE --into {into} --map '{name}=customer,{heading}={code}'{besides}",
            "“{heading}”属于其他记录，去掉该列为空的行后可另行导入：crm import 文件 --into {into} --map '{name}=customer,{heading}={code}'{besides}"
        ))
    };
    report.left_out().filter_map(command).collect()
}
