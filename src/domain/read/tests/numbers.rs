//! Whole numbers, amounts and percent.

use super::*;

#[test]
fn a_number_of_minutes_is_said_as_a_length_of_time_too() {
    for (text, minutes) in [("90", 90), ("1h", 60), ("30m", 30), ("1h30m", 90), ("45分钟", 45), ("1,200", 1200)] {
        assert_eq!(value(activity::MINUTES.def(), text), Some(Value::Whole(minutes)), "{text}");
        assert_eq!(value(followup::MINUTES.def(), text), Some(Value::Whole(minutes)), "{text}");
    }
    for (text, minutes) in [("四十五分钟", 45), ("一个半小时", 90), ("一刻钟", 15), ("九十", 90)] {
        assert_eq!(value(activity::MINUTES.def(), text), Some(Value::Whole(minutes)), "{text}");
    }
    let three = error(activity::MINUTES.def(), "三个");
    assert_eq!(three.next_step(Lang::Zh), Some("请写 45、45分钟 或 1小时30分钟"));
    assert_eq!(
        error(activity::MINUTES.def(), "90s").message(Lang::En),
        "minutes: '90s' is not a whole number of minutes"
    );
}

#[test]
fn numbers_are_read_in_chinese_and_with_the_measure_word_of_their_field() {
    for (text, number) in [("120人", 120), ("120 名", 120), ("一百二十人", 120), ("一万二", 12_000), ("１２０人", 120)]
    {
        assert_eq!(value(customer::EMPLOYEES.def(), text), Some(Value::Whole(number)), "{text}");
    }
    for (text, number) in [("5分", 5), ("五", 5), ("五分", 5), ("4星", 4)] {
        assert_eq!(value(ticket::SATISFACTION.def(), text), Some(Value::Whole(number)), "{text}");
    }
    for (text, percent) in [("六成", 60), ("六成五", 65), ("75％", 75), ("百分之六十", 60)] {
        assert_eq!(value(stage::PROBABILITY.def(), text), Some(Value::Percent(percent)), "{text}");
    }
    assert!(error(customer::EMPLOYEES.def(), "120元").message(Lang::Zh).contains("“120元”不是数字"));
    assert_eq!(error(ticket::SATISFACTION.def(), "很好").next_step(Lang::Zh), Some("请写 1 到 5 之间的整数"));
    assert_eq!(error(customer::EMPLOYEES.def(), "很多").next_step(Lang::En), Some("write 120, 1,200 or 10k"));
}

#[test]
fn what_stands_before_decimals_is_said_once_for_all_numbers_of_a_file() {
    let with = |mark, def: FieldDef, text: &str| {
        read(&def, text, &ReadContext { decimal: Some(mark), ..reading(Shanghai) })
            .map_err(|e| e.message(Lang::En).to_string())
    };
    let yuan = |minor| Ok(Some(Value::Money(Money { minor, currency: Currency::CNY })));
    assert_eq!(with(Mark::Comma, deal::AMOUNT.def(), "250.000"), yuan(25_000_000));
    assert_eq!(with(Mark::Point, deal::AMOUNT.def(), "250.000"), yuan(25_000));
    assert_eq!(with(Mark::Comma, customer::EMPLOYEES.def(), "1.200"), Ok(Some(Value::Whole(1200))));
    assert_eq!(with(Mark::Comma, stage::PROBABILITY.def(), "75,0 %"), Ok(Some(Value::Percent(75))));
    assert!(with(Mark::Comma, deal::AMOUNT.def(), "12.5").is_err());
}
