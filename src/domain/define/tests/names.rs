//! Which names kinds, fields and choices may have.

use super::*;

#[test]
fn names_of_kinds_to_come_are_kept_free() {
    let kind = |noun, letters, plural: &str| {
        let of = record(&[(kind::NAME, noun), (kind::LETTERS, letters), (kind::PLURAL, plural)]);
        refused(&[definition(kind::ID, 1, of)])
    };
    assert_eq!(kind("order", "OO", "oos"), "order is kept for a kind that a later version brings: order");
    assert_eq!(kind("firm", "FI", "companies"), "companies is kept for a kind that a later version brings: company");
    assert_eq!(kind("firm", "LD", "firms"), "The letters LD are kept for a kind that a later version brings: lead");
    assert_eq!(refused(&[a_field(1, "customer", "before", "date", &[])]), "'before' has a meaning of its own");
    let labelled = with(a_field(1, "customer", "number", "text", &[]), &[(field::ZH, "编号")], &[]);
    assert_eq!(refused(&[labelled]), "'编号' has a meaning of its own");
}

#[test]
fn no_kind_is_called_as_a_command_or_another_kind_in_any_spelling() {
    let kind = |texts: &[(Field<Text>, &str)]| {
        let of = record(&[&[(kind::NAME, "thing"), (kind::LETTERS, "TH")], texts].concat());
        refused(&[vehicle(), definition(kind::ID, 2, of)])
    };
    assert_eq!(kind(&[(kind::ZH, "新建")]), "'新建' is a command");
    assert_eq!(kind(&[(kind::ZH, "设置")]), "'设置' is a command");
    assert_eq!(kind(&[(kind::EN, "List")]), "'List' is a command");
    assert_eq!(kind(&[(kind::PLURAL, "ＬＯＧ")]), "'ＬＯＧ' is a command");
    assert_eq!(kind(&[(kind::ZH, "视图")]), "'视图' has a meaning of its own");
    assert_eq!(kind(&[(kind::PLURAL, "All")]), "'All' has a meaning of its own");
    assert_eq!(kind(&[(kind::EN, "VEHICLE")]), "VEHICLE is what vehicles are called");
    assert_eq!(kind(&[(kind::EN, "Follow-up")]), "Follow-up is what followups are called");
    assert_eq!(kind(&[(kind::PLURAL, "Ｏrders")]), "Ｏrders is kept for a kind that a later version brings: order");
}

#[test]
fn names_are_judged_however_many_there_are() {
    const MANY: u64 = 3_000;
    let mut all: Vec<Definition> =
        (1..=MANY).map(|num| a_field(num, "vehicle", &format!("field_{num}"), "text", &[])).collect();
    all.push(vehicle());
    let offered = (1..=MANY).map(|num| {
        let code = format!("choice_{num}");
        definition(choice::ID, num, record(&[(choice::FIELD, "vehicle.field_1"), (choice::CODE, &code)]))
    });
    all.extend(offered);
    let like = |num, code, zh| with(a_field(MANY + num, "vehicle", code, "text", &[]), &[(field::ZH, zh)], &[]);
    all.extend([like(1, "field_77", "新"), like(2, "new", "Field_2999")]);
    let (_, problems) = compile(&BASE, all);
    let told: Vec<String> = problems.iter().map(|problem| problem.error.message(Lang::En)).collect();
    assert_eq!(
        told,
        [
            "A vehicle has a field called field_77 already: field_77",
            "A vehicle has a field called field_2999 already: field_2999"
        ]
    );
}
