use super::*;
use crate::domain::field::{Choice, choice as a_choice, numbered};

static OFFERED: [Choice; 3] = {
    let mut all = numbered([
        a_choice("hospital", "Hospital", "医院"),
        a_choice("school", "School", "学校"),
        a_choice("bank", "Bank", "银行"),
    ]);
    all[2].retired = true;
    all
};

#[test]
fn a_text_with_choices_takes_their_codes_by_any_name_and_other_text_as_it_is() {
    let def = FieldDef { choices: &OFFERED, ..customer::INDUSTRY.def() };
    for said in ["医院", "hospital", "HOSPITAL", "Hospital", "医院（三甲）"] {
        assert_eq!(value(def, said), text("hospital"), "{said}");
    }
    assert_eq!(value(def, "Farming"), text("Farming"));
    assert_eq!(value(def, "银行"), text("bank"), "a record may keep it");
    let strict = FieldDef { strict: true, ..def };
    assert_eq!(value(strict, "学校"), text("school"));
    let refused = error(strict, "scool");
    assert_eq!(refused.message(Lang::En), "industry: 'scool' is not one of hospital, school");
    assert!(refused.next_step(Lang::En).is_some_and(|hint| hint.contains("school")));
}
