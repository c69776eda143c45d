use crate::text::Lang;
use chrono_tz::{America::New_York, Asia::Shanghai, Tz, UTC};

use super::*;
use crate::{
    domain::{Phone, activity, common, contact, customer, deal, followup, stage, ticket},
    error::ErrorKind,
};

mod choices;
mod numbers;

fn reading(tz: Tz) -> ReadContext<'static> {
    // A Thursday, 10:00 in Shanghai.
    let now = "2026-03-05T02:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    ReadContext {
        now: now.into(),
        tz,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        date_format: None,
        decimal: None,
        links: &|def, text| match (def.target, text) {
            (Some("user"), "me") => Ok(7),
            _ => Err(Error::not_found(Said::same(format!("no {} is called '{text}'", def.target.unwrap_or_default())))),
        },
    }
}

fn value(def: FieldDef, text: &str) -> Option<Value> {
    read(&def, text, &reading(Shanghai)).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn error(def: FieldDef, text: &str) -> Error {
    read(&def, text, &reading(Shanghai)).expect_err(text)
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

fn texts(items: &[&str]) -> Option<Value> {
    Some(Value::List(items.iter().map(|item| Value::Text((*item).to_owned())).collect()))
}

fn instant(text: &str) -> Instant {
    text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn empty_text_clears() {
    for def in [customer::NAME.def(), common::TAG.def(), deal::AMOUNT.def(), followup::DUE.def(), common::NOTE.def()] {
        for nothing in ["", "  ", "\u{3000}", "\u{200b}\u{feff}", "\r\n"] {
            assert_eq!(value(def, nothing), None, "{} {nothing:?}", def.code);
        }
    }
    assert_eq!(value(common::TAG.def(), " , ;、"), None);
}

#[test]
fn text_is_composed_scrubbed_and_trimmed() {
    assert_eq!(value(customer::CITY.def(), "  上海\t市\n"), text("上海 市"));
    assert_eq!(value(customer::CITY.def(), "Mu\u{308}nchen\u{1b}[2J"), text("München[2J"));
    // Only without the mark between them are the letter and its accent neighbours.
    assert_eq!(value(customer::CITY.def(), "u\u{200e}\u{308}"), text("ü"));
    assert_eq!(value(common::NOTE.def(), " one\r\ntwo\t \n"), text("one\ntwo"));
}

/// A birthday is never a day to come, and one without a year is kept without one.
#[test]
fn a_birthday_without_a_year_has_none() {
    let birthday = customer::BIRTHDAY.def();
    for text in ["6月12日", "６月12号", "12 June", "--06-12"] {
        assert_eq!(value(birthday, text), Some(Value::Date(day("0000-06-12"))), "{text}");
    }
    assert_eq!(value(birthday, "2月29日"), Some(Value::Date(day("0000-02-29"))));
    assert_eq!(value(birthday, "1985年6月12日"), Some(Value::Date(day("1985-06-12"))));
    assert_eq!(value(birthday, "今天"), Some(Value::Date(day("2026-03-05"))));
    for text in ["2027-06-12", "明天", "+3d", "06-12", "1985.6", "下周一"] {
        let hint = error(birthday, text).next_step(Lang::Zh).unwrap_or_default().to_owned();
        assert_eq!(hint, "请写 1985-06-12，没有年份则写 6月12日 或 --06-12", "{text}");
    }
}

/// What is wrong with a date is followed by what the field takes.
#[test]
fn the_hint_of_a_date_fits_its_field() {
    for (def, hint) in [
        (deal::EXPECTED_CLOSE.def(), "请写 12月3日、15号、月底、3天后、2026-12-03"),
        (followup::DUE.def(), "请写 周五、下周一、15号、3天后、明天下午3点、2026-12-03"),
        (activity::AT.def(), "请写 昨天、今天下午3点、12月3日、2026-12-03T15:00"),
    ] {
        assert_eq!(error(def, "有空时").next_step(Lang::Zh), Some(hint), "{}", def.code);
    }
}

#[test]
fn lists_split_at_separators_of_both_scripts() {
    let all = texts(&["a", "b", "c", "d", "e", "f g"]);
    assert_eq!(value(common::TAG.def(), "a,b; c、d，e；\n f g ,, "), all);
    assert_eq!(value(common::TAG.def(), "VIP, vip, ｖｉｐ, café, Cafe"), texts(&["VIP", "café"]));
    // The Greek question mark is a semicolon once composed.
    assert_eq!(value(common::TAG.def(), "a\u{37e}b"), texts(&["a", "b"]));
    assert_eq!(
        value(contact::DO_NOT_CONTACT.def(), "电话、SMS，wechat; calls"),
        Some(Value::List([0, 1, 3].map(Value::Choice).to_vec()))
    );
    assert_eq!(value(contact::EMAIL.def(), "a@b.cn; A@B.cn，王@例子.中国"), texts(&["a@b.cn", "王@例子.中国"]));
    let money = |minor, code| Value::Money(Money { minor, currency: Currency::parse(code).unwrap() });
    assert_eq!(
        value(customer::WON_TOTAL.def(), "12,000.50 CNY,300 USD; ¥1,200,000"),
        Some(Value::List(vec![money(1_200_050, "CNY"), money(30_000, "USD"), money(120_000_000, "CNY")]))
    );
}

#[test]
fn phones_keep_their_spelling_and_say_their_label() {
    let phone = |number: &str, label| Value::Phone(Phone { number: number.to_owned(), label });
    let phones = |text: &str| value(customer::PHONE.def(), text);
    assert_eq!(phones("手机：138 0013 8000"), Some(Value::List(vec![phone("138 0013 8000", Some(0))])));
    assert_eq!(
        phones("mobile:+86 138 0013 8000, 021-5555 1234 (传真)；１２３４５６７"),
        Some(Value::List(vec![
            phone("+86 138 0013 8000", Some(0)),
            phone("021-5555 1234", Some(2)),
            phone("1234567", None)
        ]))
    );
    assert_eq!(phones("5551234, ext. 5"), Some(Value::List(vec![phone("5551234, ext. 5", None)])));
    // The same number twice is one; the label is kept, whichever of the two has it.
    assert_eq!(phones("13800138000; mobile:138-0013-8000"), Some(Value::List(vec![phone("13800138000", Some(0))])));
    assert_eq!(
        phones("landline:5551234; fax:5551234"),
        Some(Value::List(vec![phone("5551234", Some(1)), phone("5551234", Some(2))]))
    );
    assert_eq!(
        error(customer::PHONE.def(), "mobile: none").message(Lang::En),
        "phone: 'mobile: none' is not a phone number, for it has no digit"
    );
}

#[test]
fn addresses_are_checked() {
    for good in ["a@b.cn", "first.last+tag@mail.example.com", "王小明@example.com", "a@例子.中国"] {
        assert_eq!(value(contact::EMAIL.def(), good), texts(&[good]), "{good}");
    }
    for bad in
        ["a", "a@b", "@b.cn", "a@", "a@b..cn", "a@.cn", "a@b.cn.", "a b@c.cn", "a@b@c.cn", "A <a@b.cn>", "a@-b.cn"]
    {
        let error = error(contact::EMAIL.def(), bad);
        assert_eq!(error.message(Lang::En), format!("email: '{bad}' is not an e-mail address"));
        assert!(error.next_step(Lang::En).is_some());
    }
    assert_eq!(value(customer::WEBSITE.def(), "https://例子.cn/?a=b,c"), text("https://例子.cn/?a=b,c"));
    assert!(error(customer::WEBSITE.def(), "our site").message(Lang::En).contains("has a space in it"));
}

#[test]
fn numbers_have_bounds() {
    assert_eq!(value(customer::EMPLOYEES.def(), "1.2k"), Some(Value::Whole(1200)));
    assert_eq!(value(customer::EMPLOYEES.def(), "3万"), Some(Value::Whole(30_000)));
    assert_eq!(value(ticket::SATISFACTION.def(), "５"), Some(Value::Whole(5)));
    for (def, bad, message) in [
        (ticket::SATISFACTION.def(), "6", "satisfaction: '6' is not between 1 and 5"),
        (customer::EMPLOYEES.def(), "1.5", "employees: '1.5' is not a whole number"),
        (customer::EMPLOYEES.def(), "many", "employees: 'many' is not a number"),
        (stage::PROBABILITY.def(), "101", "probability: '101' is not a whole percent from 0 to 100"),
        (stage::PROBABILITY.def(), "-1%", "probability: '-1%' is not a whole percent from 0 to 100"),
        (stage::PROBABILITY.def(), "7.5%", "probability: '7.5%' is not a whole percent from 0 to 100"),
        (deal::AMOUNT.def(), "12 XYZ", "amount: 'XYZ' is not a currency code"),
        (deal::AMOUNT.def(), "a lot", "amount: 'a lot' is not an amount of money"),
        (followup::REMIND.def(), "4", "remind: '4' is not a duration"),
    ] {
        let error = error(def, bad);
        assert_eq!((error.kind(), &*error.message(Lang::En)), (ErrorKind::Invalid, message));
    }
    for text in ["75%", "75", "７５％", "75 %"] {
        assert_eq!(value(stage::PROBABILITY.def(), text), Some(Value::Percent(75)), "{text}");
    }
    let cny = |minor| Some(Value::Money(Money { minor, currency: Currency::CNY }));
    assert_eq!(value(deal::AMOUNT.def(), "12万"), cny(12_000_000));
    assert_eq!(value(deal::AMOUNT.def(), "CNY 1,200.5"), cny(120_050));
    assert_eq!(value(followup::REMIND.def(), "1天12小时"), Some(Value::Duration(36 * 3600)));
}

#[test]
fn yes_and_no() {
    for yes in ["yes", "Y", "TRUE", "1", "是", "有"] {
        assert_eq!(value(contact::PRIMARY.def(), yes), Some(Value::YesNo(true)), "{yes}");
    }
    for no in ["no", "N", "False", "0", "否", "无"] {
        assert_eq!(value(contact::PRIMARY.def(), no), Some(Value::YesNo(false)), "{no}");
    }
    assert_eq!(error(contact::PRIMARY.def(), "maybe").message(Lang::En), "primary: 'maybe' is neither yes nor no");
}

#[test]
fn choices_answer_to_code_and_labels() {
    for name in
        ["decision_maker", "Decision maker", "decision-maker", "ＤＥＣＩＳＩＯＮ maker", "decisionmaker", "决策者"]
    {
        assert_eq!(choice(&contact::ROLE.def(), name), Ok(0), "{name}");
    }
    for (at, each) in contact::ROLES.iter().enumerate() {
        for name in [each.code, each.en, each.zh] {
            assert_eq!(choice(&contact::ROLE.def(), name), Ok(at as u16), "{name}");
        }
    }
    let error = choice(&customer::GRADE.def(), "E").unwrap_err();
    assert_eq!(
        (&*error.message(Lang::En), error.next_step(Lang::En)),
        ("grade: 'E' is not one of A, B, C, D", Some("choose one of these; the labels of both languages will do"))
    );
    let error = choice(&activity::TYPE.def(), "metting").unwrap_err();
    assert_eq!(error.next_step(Lang::En), Some("did you mean 'meeting'?"));
    let error = choice(&contact::STATUS.def(), "\u{1b}[2J—").unwrap_err();
    assert_eq!(error.message(Lang::En), "status: '[2J—' is not one of active, left");
    assert!(choice(&contact::STATUS.def(), "-").is_err());
}

#[test]
fn every_choice_of_every_kind_is_read_by_code_label_and_other_names() {
    for kind in crate::domain::schema::BASE.kinds() {
        for def in kind.all_fields().filter(|def| def.ty == Type::Choice) {
            for (at, each) in def.choices.iter().enumerate() {
                for name in [each.code, each.en, each.zh].into_iter().chain(each.other_names()) {
                    assert_eq!(choice(def, name), Ok(at as u16), "{} {} {name}", kind.noun, def.code);
                }
            }
        }
    }
}

#[test]
fn links_are_resolved_by_the_caller() {
    assert_eq!(value(customer::OWNER.def(), "me"), Some(Value::Link(7)));
    let error = error(customer::OWNER.def(), "zoe");
    assert_eq!((error.kind(), &*error.message(Lang::En)), (ErrorKind::NotFound, "owner: no user is called 'zoe'"));
}

#[test]
fn days_and_instants_in_words() {
    let table =
        [("tomorrow", "2026-03-06"), ("下周一", "2026-03-09"), ("2026-03-01", "2026-03-01"), ("+3d", "2026-03-08")];
    for (text, expected) in table {
        assert_eq!(value(deal::EXPECTED_CLOSE.def(), text), Some(Value::Date(day(expected))), "{text}");
        assert_eq!(value(followup::DUE.def(), text), Some(Value::Due(Due::Day(day(expected)))), "{text}");
        let start = instant(&format!("{expected}T00:00:00Z")).plus_seconds(-8 * 3600);
        assert_eq!(value(activity::AT.def(), text), Some(Value::Instant(start)), "{text}");
    }
    for text in ["tomorrow 3pm", "明天下午3点", "2026-03-06 15:00", "2026-03-06T07:00:00Z"] {
        let at = instant("2026-03-06T07:00:00Z");
        assert_eq!(value(followup::DUE.def(), text), Some(Value::Due(Due::At(at))), "{text}");
        assert_eq!(value(activity::AT.def(), text), Some(Value::Instant(at)), "{text}");
        assert_eq!(value(deal::EXPECTED_CLOSE.def(), text), Some(Value::Date(day("2026-03-06"))), "{text}");
    }
    assert_eq!(error(followup::DUE.def(), "whenever").message(Lang::En), "due: 'whenever' is not a date");
    assert_eq!(error(followup::DUE.def(), "3/4").message(Lang::En), "due: '3/4' can be read as two different days");
}

#[test]
fn whole_numbers_are_counted_from_nought_unless_the_field_says_otherwise() {
    assert_eq!(value(customer::EMPLOYEES.def(), "0"), Some(Value::Whole(0)));
    for (def, text, message) in [
        (customer::EMPLOYEES.def(), "-1", "employees: '-1' is less than 0"),
        (activity::MINUTES.def(), "-1h", "minutes: '-1h' is less than 0"),
        (ticket::SATISFACTION.def(), "0", "satisfaction: '0' is not between 1 and 5"),
        (customer::EMPLOYEES.def(), "1.200", "employees: '1.200' can be read as 1200 and as 1.2"),
    ] {
        let error = error(def, text);
        assert_eq!((&*error.message(Lang::En), error.kind()), (message, ErrorKind::Invalid), "{text}");
    }
}

#[test]
fn dates_in_the_form_of_a_file() {
    let by = |format: &'static str, def: FieldDef, text: &str| {
        read(&def, text, &ReadContext { date_format: Some(format), ..reading(New_York) })
    };
    let (date, at) = (deal::EXPECTED_CLOSE.def(), activity::AT.def());
    for (format, text) in [
        ("%d/%m/%Y", "03/04/2026"),
        ("%d/%m/%Y", "3/4/2026"),
        ("%d/%m/%Y %H:%M", "03/04/2026"),
        ("%d/%m/%Y", "03/04/2026 15:00"),
        ("%d/%m/%y", "03/04/26"),
        ("%d %b %Y", "3 Apr 2026"),
        ("%Y年%m月%d日", "2026年04月03日"),
        ("%d/%m/%Y", "2026-04-03"),
        ("%d/%m/%Y", "2026年4月3日"),
    ] {
        assert_eq!(by(format, date, text), Ok(Some(Value::Date(day("2026-04-03")))), "{format} {text}");
    }
    for (format, text, utc) in [
        ("%d/%m/%Y", "03/04/2026", "2026-04-03T04:00:00Z"),
        ("%d/%m/%Y", "03/04/2026 15:30", "2026-04-03T19:30:00Z"),
        ("%d/%m/%Y", "03/04/2026 3:30 pm", "2026-04-03T19:30:00Z"),
        ("%d/%m/%Y %H:%M", "03/04/2026 15:30", "2026-04-03T19:30:00Z"),
        ("%d/%m/%Y %H:%M", "03/04/2026 15:30:10", "2026-04-03T19:30:10Z"),
        ("%d/%m/%Y %H:%M", "03/04/2026", "2026-04-03T04:00:00Z"),
        ("%d/%m/%Y %H:%M %z", "03/04/2026 15:30 +0800", "2026-04-03T07:30:00Z"),
        ("%d/%m/%Y", "2026-04-03T15:30:00+08:00", "2026-04-03T07:30:00Z"),
    ] {
        assert_eq!(by(format, at, text), Ok(Some(Value::Instant(instant(utc)))), "{format} {text}");
    }
    for text in ["tomorrow", "31/02/2026", "03/04/26", "03/04/202600", "03/04/2026x", "may 1"] {
        let error = by("%d/%m/%Y", date, text).expect_err(text);
        assert_eq!(error.message(Lang::En), format!("expected_close: '{text}' is not a date of the form %d/%m/%Y"));
    }
    assert!(by("%Q%", date, "x").is_err());
}

#[test]
fn errors_quote_a_part_of_long_text_on_one_line() {
    let long = format!("{}\nx\u{1b}", "长".repeat(100));
    let error = error(deal::AMOUNT.def(), &long);
    assert_eq!(error.message(Lang::En), format!("amount: '{}…' is not an amount of money", "长".repeat(40)));
}

#[test]
fn an_item_in_quotes_may_hold_separators() {
    let reading = reading(UTC);
    for (text, items) in [
        (r#""x, y",z"#, &["x, y", "z"][..]),
        (r#"a; "b; c" ，"d""#, &["a", "b; c", "d"]),
        ("“王, 李”、「赵、钱」", &["王, 李", "赵、钱"]),
        (r#""say \"hi\", \\ then""#, &[r#"say "hi", \ then"#]),
        (r#"5" pipe, "big" deal, "open"#, &[r#"5" pipe"#, r#""big" deal"#, r#""open"#]),
        (r#""", a"#, &["a"]),
    ] {
        let items = items.iter().map(|item| Value::Text((*item).to_owned())).collect();
        assert_eq!(read(&common::TAG.def(), text, &reading), Ok(Some(Value::List(items))), "{text}");
    }
}

#[test]
fn an_item_is_one_item() {
    let reading = reading(UTC);
    assert_eq!(read_item(&common::TAG.def(), " vip ", &reading), Ok(Value::Text("vip".to_owned())));
    assert!(read_item(&common::TAG.def(), "a;b", &reading).unwrap_err().message(Lang::En).contains("several items"));
    assert!(read_item(&common::TAG.def(), " ", &reading).unwrap_err().message(Lang::En).contains("a value is missing"));
    assert_eq!(read_item(&customer::ADDRESS.def(), "a;b", &reading), Ok(Value::Text("a;b".to_owned())));
}

#[test]
fn texts_are_no_longer_than_a_field_holds() {
    let read_note = |length: usize| read(&common::NOTE.def(), &"x".repeat(length), &reading(UTC));
    assert!(read_note(LONGEST_TEXT_MB << 20).is_ok());
    assert!(read_note((LONGEST_TEXT_MB << 20) + 1).is_err());
    for def in [customer::NAME.def(), customer::CITY.def(), common::TAG.def()] {
        assert!(read(&def, &"客".repeat(LONGEST_LINE / 3), &reading(UTC)).is_ok());
        let error = read(&def, &"客".repeat(LONGEST_LINE / 3 + 1), &reading(UTC)).unwrap_err();
        assert!(error.message(Lang::En).contains("4098 bytes is too long"), "{error:?}");
    }
    assert!(free(&customer::NAME.def(), &"x".repeat(LONGEST_LINE + 1)).is_err());
    assert_eq!(free(&customer::NAME.def(), " \n"), Ok(None));
}

#[test]
fn many_items_are_told_apart_as_few_are() {
    let tags: Vec<String> = (0..10_000).map(|tag| format!("Tag {tag}")).collect();
    let text = format!("{};{}", tags.join(";"), tags.join(";").to_uppercase());
    let expected = tags.into_iter().map(Value::Text).collect();
    assert_eq!(value(common::TAG.def(), &text), Some(Value::List(expected)));
}

#[test]
fn numbers_that_a_spreadsheet_shortened_are_refused_in_every_short_text() {
    for def in [customer::TAX_ID.def(), common::EXTERNAL_ID.def(), customer::POSTCODE.def(), customer::PHONE.def()] {
        let refused = error(def, "9.11E+17");
        assert_eq!(refused.kind(), ErrorKind::Invalid);
        assert!(refused.message(Lang::Zh).contains("电子表格缩写的数字"), "{refused:?}");
        assert!(refused.next_step(Lang::En).is_some_and(|next| next.contains("as text")), "{refused:?}");
    }
    assert_eq!(value(common::NOTE.def(), "9.11E+17"), text("9.11E+17"));
    assert_eq!(value(customer::TAX_ID.def(), "91350100M000100Y43"), text("91350100M000100Y43"));
}
