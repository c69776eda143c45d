//! Headings and the units in them.

use super::*;

#[test]
fn units_come_off_headings() {
    let unit = |text: &str, currency: Option<&str>, scales| {
        let currency = currency.map(|code| Currency::parse(code).unwrap());
        HeadingUnit::Unit(Unit { text: text.to_owned(), currency, scales })
    };
    for (heading, name, said) in [
        ("Amount (EUR)", "Amount", unit("EUR", Some("EUR"), false)),
        ("Amount in EUR", "Amount", unit("EUR", Some("EUR"), false)),
        ("Amount EUR", "Amount", unit("EUR", Some("EUR"), false)),
        ("amount_usd", "amount", unit("USD", Some("USD"), false)),
        ("Amount (€)", "Amount", unit("EUR", Some("EUR"), false)),
        ("Value [$]", "Value", unit("USD", Some("USD"), false)),
        ("合同金额（万元）", "合同金额", unit("万 CNY", Some("CNY"), true)),
        ("金额(千元)", "金额", unit("千 CNY", Some("CNY"), true)),
        ("金额（元）", "金额", unit("CNY", Some("CNY"), false)),
        ("金额（美元）", "金额", unit("USD", Some("USD"), false)),
        ("金额（万）", "金额", unit("万", None, true)),
        ("Revenue (k)", "Revenue", unit("k", None, true)),
        ("Revenue (in thousands)", "Revenue", unit("k", None, true)),
        ("Amount (€k)", "Amount", unit("k EUR", Some("EUR"), true)),
        ("Amount (k€)", "Amount", unit("k EUR", Some("EUR"), true)),
        ("Amount ($M)", "Amount", unit("m USD", Some("USD"), true)),
        ("Amount (Mio. EUR)", "Amount", unit("m EUR", Some("EUR"), true)),
        ("Amount (USD k)", "Amount", unit("k USD", Some("USD"), true)),
        ("Amount (USDm)", "Amount", unit("m USD", Some("USD"), true)),
        ("Amount (€)(k)", "Amount", unit("k EUR", Some("EUR"), true)),
        ("Amount (EUR) (estimated)", "Amount", unit("EUR", Some("EUR"), false)),
        ("Amount (US$ '000)", "Amount", unit("k USD", Some("USD"), true)),
        ("Amount (人民币万元)", "Amount", unit("万 CNY", Some("CNY"), true)),
        ("金额（单位：万美元）", "金额", unit("万 USD", Some("USD"), true)),
        ("年营业额（万元）", "年营业额", unit("万 CNY", Some("CNY"), true)),
        ("金额（百万元）", "金额", unit("百万 CNY", Some("CNY"), true)),
        ("金额(亿元)", "金额", unit("亿 CNY", Some("CNY"), true)),
        ("金額（萬元）", "金額", unit("万 CNY", Some("CNY"), true)),
        ("金额（万港币）", "金额", unit("万 HKD", Some("HKD"), true)),
        ("金额（韩元）", "金额", unit("KRW", Some("KRW"), false)),
        ("金额（块）", "金额", unit("CNY", Some("CNY"), false)),
        ("金额:万元", "金额", unit("万 CNY", Some("CNY"), true)),
        ("金额：万元", "金额", unit("万 CNY", Some("CNY"), true)),
        ("金额_万元", "金额", unit("万 CNY", Some("CNY"), true)),
        ("金额-万美元", "金额", unit("万 USD", Some("USD"), true)),
        ("金额/元", "金额", unit("CNY", Some("CNY"), false)),
        ("金额_整", "金额_整", HeadingUnit::Nothing),
        ("金额_分", "金额_分", HeadingUnit::Nothing),
        ("省/市/区", "省/市/区", HeadingUnit::Nothing),
        ("满意度（整）", "满意度", HeadingUnit::Nothing),
        ("满意度（点）", "满意度", HeadingUnit::Nothing),
        ("满意度（半）", "满意度", HeadingUnit::Nothing),
        ("Amount (EUR incl. VAT)", "Amount", HeadingUnit::Unclear("EUR incl. VAT".into())),
        ("Amount (cents)", "Amount", HeadingUnit::Unclear("cents".into())),
        ("Amount (pennies)", "Amount", HeadingUnit::Unclear("pennies".into())),
        ("Amount (¢)", "Amount", HeadingUnit::Unclear("¢".into())),
        ("金额（分）", "金额", HeadingUnit::Unclear("分".into())),
        ("Amount (TEUR)", "Amount", HeadingUnit::Unclear("TEUR".into())),
        ("Amount (EUR/USD)", "Amount", HeadingUnit::Unclear("EUR/USD".into())),
        ("Amount (lakhs)", "Amount", HeadingUnit::Unclear("lakhs".into())),
        ("Amount (x1000)", "Amount", HeadingUnit::Unclear("x1000".into())),
        ("Amount (2026)", "Amount", HeadingUnit::Nothing),
        ("Amount (estimated)", "Amount", HeadingUnit::Nothing),
        ("Amount (all of them)", "Amount", HeadingUnit::Nothing),
        ("Revenue (last year)", "Revenue", HeadingUnit::Nothing),
        ("Amount (gross)", "Amount", HeadingUnit::Nothing),
        ("名称（全称）", "名称", HeadingUnit::Nothing),
        ("Amount", "Amount", HeadingUnit::Nothing),
        ("Close date", "Close date", HeadingUnit::Nothing),
    ] {
        assert_eq!(split(heading), (name, said), "{heading}");
    }
    let minutes = crate::domain::activity::MINUTES.def();
    for (heading, said) in [
        ("Minutes (h)", HeadingUnit::Unclear("h".into())),
        ("Minutes (hours)", HeadingUnit::Unclear("hours".into())),
        ("时长（小时）", HeadingUnit::Unclear("小时".into())),
        ("Duration (min)", HeadingUnit::Nothing),
        ("时长(分钟)", HeadingUnit::Nothing),
    ] {
        assert_eq!(of_field(heading, &minutes), said, "{heading}");
    }
    let (amount, employees) = (crate::domain::deal::AMOUNT.def(), crate::domain::customer::EMPLOYEES.def());
    for (heading, unit) in
        [("金额（吨）", "吨"), ("金额（单位：台）", "单位：台"), ("Amount (kg)", "kg"), ("金额(%)", "%")]
    {
        assert_eq!(of_field(heading, &amount), HeadingUnit::Unclear(unit.into()), "{heading}");
    }
    for heading in ["金额（含税）", "金额（预计）", "金额（必填）", "Amount (gross)"] {
        assert_eq!(of_field(heading, &amount), HeadingUnit::Nothing, "{heading}");
    }
    assert_eq!(of_field("员工人数（吨）", &employees), HeadingUnit::Unclear("吨".into()));
    assert_eq!(of_field("员工人数（万元）", &employees), HeadingUnit::Unclear("万元".into()));
    assert_eq!(of_field("员工人数（人）", &employees), HeadingUnit::Nothing);
    let satisfaction = crate::domain::ticket::SATISFACTION.def();
    for heading in ["满意度（分）", "满意度（整）", "满意度（点）", "满意度（块）", "满意度（半）", "满意度(分)"]
    {
        assert_eq!(of_field(heading, &satisfaction), HeadingUnit::Nothing, "{heading}");
    }
    assert_eq!(currency("eur"), Some(Currency::EUR));
    assert_eq!(currency("¥"), Some(Currency::CNY));
    assert_eq!(currency("人民币"), Some(Currency::CNY));
    assert_eq!(currency("gold"), None);
}
