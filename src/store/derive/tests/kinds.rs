//! Lines of orders of customers: kinds whose derived fields stand on one another.

use std::ops::ControlFlow;

use crate::{
    domain::{
        Field, FieldDef, Kind, KindId, Lookup, Record, RecordId, Schema,
        derivation::{Computed, Derivation, Source},
        field::Marker,
        kind::{IndexDef, SummaryDef},
        lookup::visit_linked,
        types::{Link, Money, Text, Whole},
        words::money::{Currency, Money as Amount},
    },
    error::Result,
};

pub(super) const CUSTOMER: KindId = KindId::new(201);
pub(super) const ORDER: KindId = KindId::new(202);
pub(super) const LINE: KindId = KindId::new(203);

pub(super) const NAME: Field<Text> = Field::new(1, "name", "Name", "名称").name();
pub(super) const REGION: Field<Link> = Field::new(2, "region", "Region", "区域").to("made_region");
pub(super) const PERCENT: Field<Whole> = Field::new(3, "percent", "Percent", "折扣");
pub(super) const OF_CUSTOMER: Field<Link> = Field::new(2, "customer", "Customer", "客户").to("made_customer");
pub(super) const FEE: Field<Money> = Field::new(3, "fee", "Fee", "费用");
pub(super) const OF_ORDER: Field<Link> = Field::new(2, "order", "Order", "订单").to("made_order");
pub(super) const QUANTITY: Field<Whole> = Field::new(3, "quantity", "Quantity", "数量");
pub(super) const PRICE: Field<Whole> = Field::new(4, "price", "Price", "单价");

/// Quantity x price of a line.
pub(super) const AMOUNT: Field<Money> = Field::new(10, "amount", "Amount", "金额").derived();
/// Fee and lines of an order.
pub(super) const TOTAL: Field<Money> = Field::new(10, "total", "Total", "合计").derived().index();
/// How many lines.
pub(super) const LINES: Field<Whole> = Field::new(11, "lines", "Lines", "行数").derived();
/// The total with the customer's percentage.
pub(super) const NET: Field<Money> = Field::new(12, "net", "Net", "净额").derived();
/// The customer of a line, by way of its order.
pub(super) const PAYER: Field<Link> = Field::new(11, "payer", "Payer", "付款人").to("made_customer").derived().index();
/// What the orders of a customer bring.
pub(super) const SALES: Field<Money> = Field::new(10, "sales", "Sales", "销售额").derived();
/// How many a customer bought, found by a derived link.
pub(super) const BOUGHT: Field<Whole> = Field::new(11, "bought", "Bought", "数量").derived();

macro_rules! kind {
    ($id:ident, $noun:literal, $fields:expr, $indexes:expr, $summaries:expr, $derivations:expr) => {
        Kind {
            id: $id,
            noun: $noun,
            plural: $noun,
            letters: $noun,
            aliases: &[],
            en: $noun,
            zh: $noun,
            measure: "个",
            fields: $fields,
            gone: &[],
            indexes: $indexes,
            summaries: $summaries,
            columns: &[],
            sections: &[],
            rules: |_, _| Ok(()),
            derivations: $derivations,
        }
    };
}

static CUSTOMERS: Kind = kind!(
    CUSTOMER,
    "made_customer",
    &[NAME.def(), REGION.def(), PERCENT.def(), SALES.def(), BOUGHT.def()],
    &[],
    &[SummaryDef { number: 1, by: &[REGION.def()], sum: &[SALES.def()] }],
    &[
        Derivation {
            fields: &[SALES.def()],
            sources: &[Source::Children(ORDER, OF_CUSTOMER.def(), &[NET.def()])],
            compute: Computed::Function(sales),
        },
        Derivation {
            fields: &[BOUGHT.def()],
            sources: &[Source::Children(LINE, PAYER.def(), &[QUANTITY.def()])],
            compute: Computed::Function(bought),
        },
    ]
);

static ORDERS: Kind = kind!(
    ORDER,
    "made_order",
    &[NAME.def(), OF_CUSTOMER.def(), FEE.def(), TOTAL.def(), LINES.def(), NET.def()],
    &[IndexDef { number: 2000, fields: &[TOTAL.def(), NET.def()] }],
    &[SummaryDef { number: 1, by: &[OF_CUSTOMER.def()], sum: &[TOTAL.def(), NET.def()] }],
    &[
        Derivation {
            fields: &[TOTAL.def()],
            sources: &[Source::Own(&[FEE.def()]), Source::Children(LINE, OF_ORDER.def(), &[AMOUNT.def()])],
            compute: Computed::Function(total),
        },
        Derivation {
            fields: &[LINES.def()],
            sources: &[Source::Children(LINE, OF_ORDER.def(), &[])],
            compute: Computed::Function(lines)
        },
        Derivation {
            fields: &[NET.def()],
            sources: &[Source::Own(&[TOTAL.def()]), Source::Target(OF_CUSTOMER.def(), &[PERCENT.def()])],
            compute: Computed::Function(net),
        },
    ]
);

static LINES_OF_ORDERS: Kind = kind!(
    LINE,
    "made_line",
    &[NAME.def(), OF_ORDER.def(), QUANTITY.def(), PRICE.def(), AMOUNT.def(), PAYER.def()],
    &[],
    &[SummaryDef { number: 1, by: &[PAYER.def()], sum: &[AMOUNT.def()] }],
    &[
        Derivation {
            fields: &[AMOUNT.def()],
            sources: &[Source::Own(&[QUANTITY.def(), PRICE.def()])],
            compute: Computed::Function(amount),
        },
        Derivation {
            fields: &[PAYER.def()],
            sources: &[Source::Target(OF_ORDER.def(), &[OF_CUSTOMER.def()])],
            compute: Computed::Function(payer),
        },
    ]
);

pub(super) static KINDS: &[&Kind] = &[&CUSTOMERS, &ORDERS, &LINES_OF_ORDERS];

/// The schema of these kinds.
pub(super) static SCHEMA: Schema = Schema::new(KINDS);

pub(super) fn yuan(minor: i128) -> Amount {
    Amount { minor, currency: Currency::CNY }
}

fn one<M: Marker>(field: Field<M>, value: Option<M::In>) -> Result<Record> {
    let mut derived = Record::new();
    derived.put(field, value);
    Ok(derived)
}

pub(super) fn amount(_: RecordId, line: &Record, _: &dyn Lookup) -> Result<Record> {
    let product = line.get(QUANTITY).unwrap_or(1) * line.get(PRICE).unwrap_or_default();
    one(AMOUNT, (product != 0).then(|| yuan(product.into())))
}

pub(super) fn payer(_: RecordId, line: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let order = line.get(OF_ORDER).map(|num| lookup.record(RecordId::new(ORDER, num))).transpose()?.flatten();
    one(PAYER, order.and_then(|order| order.get(OF_CUSTOMER)))
}

fn children(lookup: &dyn Lookup, kind: KindId, link: &FieldDef, of: u64) -> Result<Vec<RecordId>> {
    let mut found = Vec::new();
    lookup.linking(kind, link, of, &mut |num| {
        found.push(RecordId::new(kind, num));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

pub(super) fn total(id: RecordId, order: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut sum = order.get(FEE).map(|fee| fee.minor);
    for line in children(lookup, LINE, &OF_ORDER.def(), id.num)? {
        if let Some(amount) = lookup.derived(line)?.get(AMOUNT) {
            sum = Some(sum.unwrap_or_default() + amount.minor);
        }
    }
    one(TOTAL, sum.map(yuan))
}

pub(super) fn lines(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let count = children(lookup, LINE, &OF_ORDER.def(), id.num)?.len() as i64;
    one(LINES, (count > 0).then_some(count))
}

fn net(id: RecordId, order: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let customer = order.get(OF_CUSTOMER).map(|num| lookup.record(RecordId::new(CUSTOMER, num))).transpose()?;
    let percent = customer.flatten().and_then(|customer| customer.get(PERCENT)).unwrap_or_default();
    let total = lookup.derived(id)?.get(TOTAL);
    one(NET, total.map(|total| yuan(total.minor * i128::from(100 - percent))))
}

fn sales(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut sum = None;
    for order in children(lookup, ORDER, &OF_CUSTOMER.def(), id.num)? {
        if let Some(net) = lookup.derived(order)?.get(NET) {
            sum = Some(sum.unwrap_or_default() + net.minor);
        }
    }
    one(SALES, sum.map(yuan))
}

fn bought(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut sum = 0;
    let linked = |visit: &mut dyn FnMut(u64) -> ControlFlow<()>| lookup.linking(LINE, &PAYER.def(), id.num, visit);
    visit_linked(lookup, LINE, linked, |line| {
        sum += line.get(QUANTITY).unwrap_or_default();
        ControlFlow::Continue(())
    })?;
    one(BOUGHT, (sum != 0).then_some(sum))
}
