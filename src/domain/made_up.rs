//! A kind that no store has: a field of each type of number with decimals, for tests.

pub mod sheets;

use super::{
    FieldDef, Kind, KindId, Schema,
    field::Field,
    schema,
    types::{Decimal, Rate, Text, UnitPrice},
};

/// The number of this kind.
pub const ID: KindId = KindId::new(126);

/// Name.
pub const NAME: Field<Text> = ID.field(1, "name", "Item", "物品").required().name().index();
/// How many, of either sign.
pub const QUANTITY: Field<Decimal> =
    ID.field(2, "quantity", "Quantity", "数量").bounds(i64::MIN, i64::MAX).measured_in(&["台"]).index();
/// A number of ten decimals.
pub const FACTOR: Field<Decimal> = ID.field(3, "factor", "Factor", "系数").decimals(10);
/// What one costs.
pub const PRICE: Field<UnitPrice> = ID.field(4, "price", "Unit price", "单价").index();
/// A share of a hundred.
pub const TAX: Field<Rate> = ID.field(5, "tax", "Tax rate", "税率").bounds(0, 100).index();

static FIELDS: &[FieldDef] = &[NAME.def(), QUANTITY.def(), FACTOR.def(), PRICE.def(), TAX.def()];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "item",
    plural: "items",
    letters: "IT",
    aliases: &[],
    en: "Item",
    zh: "物品",
    measure: "件",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "quantity", "price", "tax"],
    sections: &[],
    rules: |_, _| Ok(()),
    derivations: &[],
};

/// The kinds of the program, and this one.
pub static SCHEMA: Schema = Schema::new(ALL);

static ALL: &[&Kind] = &{
    let mut all = [&KIND; schema::KINDS.len() + 1];
    let mut at = 0;
    while at < schema::KINDS.len() {
        all[at] = schema::KINDS[at];
        at += 1;
    }
    all
};

mod tests;
