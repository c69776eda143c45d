//! Values of records, beside a naive look at all of them.

use super::*;

#[test]
fn children_are_counted_and_summed_up_as_a_naive_look_does() {
    with_world(|world| {
        let reader = world.asking.reader;
        let record = |kind: KindId, num| reader.record(RecordId::new(kind, num)).unwrap();
        let deals: Vec<(u64, Record)> = (1..=200).filter_map(|num| Some((num, record(deal::ID, num)?))).collect();
        let status = |num| reader.derived(RecordId::new(deal::ID, num)).unwrap().get(deal::STATUS);
        let mut with_several = 0;
        for num in 1..=150 {
            let id = RecordId::new(customer::ID, num);
            let of = Of::new(world, id);
            let mine: Vec<_> = deals.iter().filter(|(_, deal)| deal.get(deal::CUSTOMER) == Some(num)).collect();
            with_several += usize::from(mine.len() > 1);
            let value = |text: &str| define(text, &customer::KIND, world).evaluate(&of).unwrap().value;
            let number = |count: usize| Some(Datum::Number(count.into()));
            assert_eq!(value("count(deals)"), number(mine.len()));
            let open: Vec<_> = mine.iter().filter(|(num, _)| status(*num) == Some(0)).collect();
            assert_eq!(value("count(商机 其中 状态:进行中)"), number(open.len()));
            let owned = mine.iter().filter(|(_, deal)| deal.get(deal::OWNER) == Some(1)).count();
            assert_eq!(value("count(deals where owner:me)"), number(owned));

            let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
            for money in open.iter().filter_map(|(_, deal)| deal.get(deal::AMOUNT)) {
                *sums.entry(money.currency).or_default() += money.minor;
            }
            let text = "sum(deals.amount where status:open)";
            let formula = Formula::define(text, &customer::KIND, Some(won_total()), world).unwrap();
            let (kept, reason) = formula.value_for(won_total(), &of).unwrap();
            let expected: Vec<Value> = sums
                .iter()
                .map(|(currency, minor)| Value::Money(Money { minor: *minor, currency: *currency }))
                .collect();
            assert_eq!(kept, (!expected.is_empty()).then_some(Value::List(expected)), "{num}");
            assert_eq!(reason.is_some(), kept.is_none());

            let one = sums.iter().next().filter(|_| sums.len() == 1);
            let more = define("max(sum(deals.amount where status:open) * 2, 0)", &customer::KIND, world);
            let (more, _) = more.value_for(revenue(), &of).unwrap();
            let doubled = one.map(|(currency, minor)| Value::Money(Money { minor: minor * 2, currency: *currency }));
            assert_eq!(more, doubled, "{num}");

            let closes = || mine.iter().filter_map(|(_, deal)| deal.get(deal::EXPECTED_CLOSE));
            assert_eq!(value("max(deals.expected_close)"), closes().max().map(Datum::Date));
            assert_eq!(value("min(deals.expected_close)"), closes().min().map(Datum::Date));
            assert_eq!(value("first(deals.expected_close)"), closes().next().map(Datum::Date));
            assert_eq!(value("last(deals.expected_close)"), closes().next_back().map(Datum::Date));
        }
        assert!(with_several > 30, "{with_several}");
    });
}

/// A field of one amount.
fn revenue() -> &'static FieldDef {
    customer::KIND.field("annual_revenue").unwrap()
}

/// A field of amounts by currency.
fn won_total() -> &'static FieldDef {
    customer::KIND.field("won_total").unwrap()
}

#[test]
fn fields_of_records_are_reached() {
    with_world(|world| {
        let reader = world.asking.reader;
        let mut seen = 0;
        for num in 1..=200 {
            let id = RecordId::new(deal::ID, num);
            let Some(record) = reader.record(id).unwrap() else { continue };
            let of = Of::new(world, id);
            let value = |text: &str| define(text, &deal::KIND, world).evaluate(&of).unwrap().value;
            let city = record.get(deal::CUSTOMER).and_then(|customer| {
                let row = reader.record(RecordId::new(customer::ID, customer)).unwrap()?;
                row.get(customer::CITY).map(str::to_owned)
            });
            seen += usize::from(city.is_some());
            assert_eq!(value("customer.city"), city.clone().map(Datum::Text));
            assert_eq!(
                value("customer.city = \"OSLO\""),
                Some(Datum::YesNo(city.is_some_and(|city| city.eq_ignore_ascii_case("oslo"))))
            );
            assert_eq!(value("id = D-7"), Some(Datum::YesNo(num == 7)));
            assert_eq!(value("text(id)"), Some(Datum::Text(format!("D-{num}"))));
            let close = record.get(deal::EXPECTED_CLOSE);
            let days = |day: NaiveDate| (day - NaiveDate::from_ymd_opt(2026, 2, 18).unwrap()).num_days();
            assert_eq!(value("days(expected_close - today)"), close.map(|day| Datum::Number(days(day).into())));
        }
        assert!(seen > 40, "{seen}");
    });
}
