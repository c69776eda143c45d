//! The fields that records of every kind have.

use super::{
    field::{Field, FieldDef},
    types::{Link, LongText, Moment, Text, Texts, Whole},
};

/// When the record was made.
pub const CREATED: Field<Moment> = Field::new(200, "created", "Created", "创建时间")
    .also("创建日期 建立时间 录入时间 添加时间 创建于 建档日期 建档时间 建立日期 新增时间 新增日期 登记时间 登记日期")
    .import_only();
/// Who made it.
pub const CREATED_BY: Field<Link> = Field::new(201, "created_by", "Created by", "创建人")
    .also("创建者 录入人 建立人 建立者 新增人 提交人 建档人")
    .to("user")
    .import_only();
/// When it was last changed.
pub const UPDATED: Field<Moment> =
    Field::new(202, "updated", "Updated", "最后修改时间").also("修改时间 更新时间").kept();
/// Who changed it last.
pub const UPDATED_BY: Field<Link> =
    Field::new(203, "updated_by", "Updated by", "最后修改人").also("修改人 更新人").to("user").kept();
/// Counts the changes; an edit begun on an older version conflicts.
pub const VERSION: Field<Whole> = Field::new(204, "version", "Version", "版本").kept();
/// The key in the system that the record came from.
pub const EXTERNAL_ID: Field<Text> = Field::new(205, "external_id", "External ID", "外部编号").index();
/// Free labels.
pub const TAG: Field<Texts> = Field::new(206, "tag", "Tags", "标签").also("客户标签").index().search();
/// Free text.
pub const NOTE: Field<LongText> =
    Field::new(207, "note", "Note", "备注").also("备注信息 备注说明 附注 补充说明").search();

/// All of them. The id is no field: it is the key.
pub static FIELDS: &[FieldDef] = &[
    CREATED.def(),
    CREATED_BY.def(),
    UPDATED.def(),
    UPDATED_BY.def(),
    VERSION.def(),
    EXTERNAL_ID.def(),
    TAG.def(),
    NOTE.def(),
];

/// Whether a field is kept by the program about every change: it alone does not make a record differ.
pub const fn is_stamp(tag: u16) -> bool {
    tag == UPDATED.tag() || tag == UPDATED_BY.tag() || tag == VERSION.tag()
}
