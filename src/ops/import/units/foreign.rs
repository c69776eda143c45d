//! Units in headings that count something else than the field does.

use super::{MINUTES, brackets};
use crate::{
    domain::{FieldDef, Type},
    text::{Said, fold_cow, said},
};

/// Units of what is neither money nor a time, in which no amount is counted, with a space between.
const OF_THINGS: &str = "吨 公吨 公斤 千克 克 斤 台 件 个 套 箱 只 支 张 本 辆 批 次 人 名 位 家 米 千米 公里 平米 平方米 ㎡ 立方米 升 \
    度 股 % ％ ‰ 百分比 天 小时 分钟 kg g ton tons tonne tonnes pcs pieces units qty km m2 sqm percent people persons \
    hours days months";

/// What a price may be of besides these.
const OF_PIECES: &str = "piece pc unit each hour day month year 月 年 块 瓶 盒 袋 桶 根 条 双 份 项 片";

const PERCENT: [&str; 3] = ["%", "百分比", "percent"];

/// Which units a heading of a field may have, for a hint.
pub fn known(def: &FieldDef) -> Said {
    match (def.ty, def.minutes, def.measures.first()) {
        (Type::Money | Type::UnitPrice, ..) => {
            said!("write a unit such as k, m, 万元 or EUR", "请改写为 元、千元、万元、亿元、美元、EUR 等单位")
        }
        (Type::Rate, ..) => said!("write %", "请改写为 %"),
        (_, true, _) => said!("write minutes", "请改写为 分钟"),
        (_, _, Some(measure)) => {
            said!(("write a size such as k or 万, or {measure},"), ("请改写为 {measure}，或 千、万 等单位"))
        }
        _ => said!("write a size such as k or 万", "请改写为 千、万 等单位"),
    }
}

/// The heading of prices without what they are the prices of: `单价（元/台）`, `Price (USD/kg)`.
pub(super) fn without_piece(heading: &str) -> Option<String> {
    let (mark, _) = heading.match_indices(['/', '／', '每']).next_back()?;
    let (before, behind) = heading.split_at(mark);
    let piece = behind.trim_start_matches(['/', '／', '每']);
    let close = piece.find([')', '）', ']', '】']).unwrap_or(piece.len());
    let (piece, close) = piece.split_at(close);
    let unit = fold_cow(piece.trim()).into_owned();
    let is_one = [OF_THINGS, OF_PIECES].iter().any(|all| all.split(' ').any(|known| known == unit));
    is_one.then(|| format!("{}{close}", before.trim_end()))
}

/// A unit in the brackets of a heading that counts something else than the field does. What is no unit is a remark.
pub(super) fn foreign(heading: &str, def: &FieldDef) -> Option<String> {
    let (_, inside) = brackets(heading)?;
    let bare = |inside: &str| {
        let folded = fold_cow(inside);
        let unit = ["单位是", "单位"].into_iter().find_map(|word| folded.strip_prefix(word));
        unit.unwrap_or(&folded).trim_start_matches([':', '：']).trim().to_owned()
    };
    let counts = |unit: &str| {
        def.measures.contains(&unit)
            || def.minutes && MINUTES.contains(&unit)
            || def.ty == Type::Rate && PERCENT.contains(&unit)
    };
    inside
        .into_iter()
        .find(|inside| {
            let unit = bare(inside);
            OF_THINGS.split(' ').any(|known| known == unit) && !counts(&unit)
        })
        .map(str::to_owned)
}
