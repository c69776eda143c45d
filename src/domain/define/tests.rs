mod names;

use super::*;
use crate::{
    domain::{
        FieldDef, Record, RecordId, Schema, Type, Value, contact, customer,
        field::Field,
        schema::BASE,
        types::{Text, YesNo},
    },
    error::Result,
    text::Lang,
};

fn record(fields: &[(Field<Text>, &str)]) -> Record {
    let mut record = Record::new();
    for (field, text) in fields {
        record.set(*field, (*text).to_owned());
    }
    record
}

fn definition(kind: KindId, num: u64, record: Record) -> Definition {
    Definition { id: RecordId::new(kind, num), record, trashed: false, unfinished: false }
}

fn a_field(num: u64, of: &str, code: &str, ty: &str, traits: &[Field<YesNo>]) -> Definition {
    let mut defined = record(&[(field::OF, of), (field::CODE, code)]);
    defined.put(
        field::TYPE,
        field::TYPE.def().choices.iter().find(|choice| choice.code == ty).map(|choice| choice.number),
    );
    for field in traits {
        defined.set(*field, true);
    }
    definition(field::ID, num, defined)
}

fn vehicle() -> Definition {
    definition(kind::ID, 1, record(&[(kind::NAME, "vehicle"), (kind::LETTERS, "VH"), (kind::ZH, "车辆")]))
}

fn schema(definitions: &[Definition]) -> Schema {
    let (schema, problems) = compile(&BASE, definitions.to_vec());
    assert!(problems.is_empty(), "{problems:?}");
    let packed = pack(&BASE, &schema).unwrap().leak();
    let kept = unpack(&BASE, packed, &NoFormulas).unwrap();
    assert_eq!(format!("{:#?}", kept.kinds()), format!("{:#?}", schema.kinds()));
    schema
}

/// These tests have fields without formulas.
struct NoFormulas;

impl Formulas for NoFormulas {
    fn shape(&self, _: &'static Schema, _: &'static Kind, text: &str) -> Result<Shape> {
        unreachable!("{text}")
    }

    fn field(&self, _: &'static Schema, _: &'static Kind, def: &'static FieldDef) -> Result<FormulaField> {
        unreachable!("{def:?}")
    }

    fn unknown_names(&self, _: &'static Schema, _: &'static Kind, text: &str) -> Vec<(&'static str, String)> {
        unreachable!("{text}")
    }
}

/// What is wrong with the last of these definitions.
fn refused(definitions: &[Definition]) -> String {
    let (_, problems) = compile(&BASE, definitions.to_vec());
    let [problem] = &problems[..] else { panic!("{problems:?}") };
    assert_eq!(problem.id, definitions.last().unwrap().id);
    problem.error.message(Lang::En)
}

fn customers(schema: &Schema) -> &'static Kind {
    schema.kind(customer::ID).unwrap()
}

#[test]
fn every_field_of_a_definition_is_read() {
    for kind in KINDS {
        assert!(kind.fields.iter().all(|def| usize::from(def.tag) < definition::TAGS), "{}", kind.noun);
    }
}

#[test]
fn without_definitions_the_tables_are_the_programs() {
    let schema = schema(&[]);
    assert_eq!(schema.kinds().len(), BASE.kinds().len());
    assert!(schema.kinds().iter().zip(BASE.kinds()).all(|(own, base)| std::ptr::eq(*own, *base)));
}

#[test]
fn a_field_of_a_built_in_kind_stands_behind_those_of_the_program() {
    let own = schema(&[a_field(7, "customer", "contract_no", "text", &[field::UNIQUE])]);
    let kind = customers(&own);
    let def = kind.field("contract_no").unwrap();
    assert_eq!((def.tag, def.ty, def.unique, def.indexed()), (1006, Type::Text, true, true));
    assert_eq!(kind.fields.last(), Some(def));
    assert_eq!(kind.fields.len(), customer::KIND.fields.len() + 1);
    assert!(std::ptr::eq(own.kind(contact::ID).unwrap(), &contact::KIND), "other kinds stay as they are");
}

#[test]
fn a_kind_has_a_name_and_what_is_defined_for_it() {
    let mut link = a_field(1, "vehicle", "customer", "link", &[]);
    link.record.set(field::TO, "customer".to_owned());
    let plate = a_field(2, "vehicle", "plate", "text", &[field::UNIQUE]);
    let own = schema(&[plate, link, vehicle()]);
    let kind = own.named("车辆").unwrap();
    assert_eq!((kind.noun, kind.plural, kind.letters, kind.id), ("vehicle", "vehicles", "VH", KindId::new(128)));
    let codes: Vec<&str> = kind.fields.iter().map(|def| def.code).collect();
    assert_eq!(codes, ["name", "customer", "plate"]);
    assert_eq!(kind.columns, codes);
    assert_eq!(own.target(kind.field("customer").unwrap()).unwrap().id, customer::ID);
    assert!(own.lettered("vh").is_some_and(|known| known.id == kind.id));
}

#[test]
fn choices_come_behind_the_programs_in_their_order() {
    let hospital = |num, code, order| {
        let mut defined = record(&[(choice::FIELD, "customer.industry"), (choice::CODE, code)]);
        defined.put(choice::ORDER, order);
        definition(choice::ID, num, defined)
    };
    let own = schema(&[hospital(1, "hospital", None), hospital(2, "school", Some(1))]);
    let def = customers(&own).field("industry").unwrap();
    let offered: Vec<(u16, &str)> = def.choices.iter().map(|choice| (choice.number, choice.code)).collect();
    assert_eq!(offered, [(1002, "school"), (1001, "hospital")]);
    assert_eq!(def.choice(1001).map(|choice| choice.code), Some("hospital"));
    let grade = definition(choice::ID, 3, record(&[(choice::FIELD, "customer.grade"), (choice::CODE, "vip")]));
    let own = schema(&[grade]);
    let def = customers(&own).field("grade").unwrap();
    assert_eq!(def.choices.last().map(|choice| choice.number), Some(1003));
    assert_eq!(def.choices.len(), customer::GRADES.len() + 1);
}

#[test]
fn a_built_in_field_keeps_its_number_and_type() {
    let mut changed = definition(
        field::ID,
        1,
        record(&[(field::OF, "customer"), (field::CODE, "employees"), (field::ZH, "职工人数")]),
    );
    changed.record.set(field::REQUIRED, true);
    let own = schema(&[changed]);
    let (def, base) = (customers(&own).field("employees").unwrap(), customer::EMPLOYEES.def());
    assert_eq!((def.zh, def.en, def.required), ("职工人数", base.en, true));
    assert_eq!((def.tag, def.ty), (base.tag, base.ty));
    assert_eq!(customers(&own).fields.iter().position(|field| field.tag == base.tag), position(&base));
}

fn position(def: &FieldDef) -> Option<usize> {
    customer::KIND.fields.iter().position(|field| field.tag == def.tag)
}

#[test]
fn what_was_removed_is_kept_out_of_sight() {
    let mut removed = a_field(1, "customer", "contract_no", "text", &[field::INDEX]);
    removed.trashed = true;
    let kind = customers(&schema(&[removed]));
    assert!(kind.field("contract_no").is_none());
    assert_eq!(kind.gone.iter().map(|def| (def.tag, def.index)).collect::<Vec<_>>(), [(1000, true)]);
}

#[test]
fn what_fits_nowhere_is_refused() {
    let field = |of, code, ty, traits: &[_]| refused(&[a_field(1, of, code, ty, traits)]);
    assert_eq!(field("custmer", "a", "text", &[]), "There is no kind of record called custmer");
    assert_eq!(field("customer", "Contract", "text", &[]), "'Contract' is no code");
    assert_eq!(field("customer", "id", "text", &[]), "'id' has a meaning of its own");
    assert_eq!(field("customer", "deals", "text", &[]), "deals is the name of a kind of record");
    assert_eq!(field("customer", "note", "text", &[]), "A customer has a field called note already: note");
    assert_eq!(field("customer", "owned", "link", &[]), "A link needs to=KIND: what it leads to");
    assert_eq!(field("customer", "sizes", "whole", &[field::MANY]), "A field of this type holds one value");
    assert_eq!(field("customer", "weight", "decimal", &[field::UNIQUE]), "Only a text of one value can be unique");
    assert_eq!(field("customer", "story", "long_text", &[field::INDEX]), "Of long text no index is kept");
    assert_eq!(field("customer", "weight", "decimal", &[field::SEARCH]), "Only text is searched");
    let mut lost = a_field(1, "customer", "car", "link", &[]);
    lost.record.set(field::TO, "vehicle".to_owned());
    assert_eq!(refused(&[lost]), "There is no kind of record called vehicle");
    let taken = definition(kind::ID, 2, record(&[(kind::NAME, "van"), (kind::LETTERS, "VH")]));
    assert_eq!(refused(&[vehicle(), taken]), "The letters VH are those of vehicle");
    let deal = definition(kind::ID, 1, record(&[(kind::NAME, "bargain"), (kind::LETTERS, "BG"), (kind::ZH, "商机")]));
    assert_eq!(refused(&[deal]), "商机 is what deals are called");
    let twice = a_field(2, "customer", "contract", "text", &[]);
    assert_eq!(
        refused(&[a_field(1, "customer", "contract", "text", &[]), twice]),
        "A customer has a field called contract already: contract"
    );
    let nowhere = definition(choice::ID, 1, record(&[(choice::FIELD, "customer.owner"), (choice::CODE, "a")]));
    assert_eq!(refused(&[nowhere]), "'customer.owner' takes no choices");
}

#[test]
fn a_kind_says_which_columns_its_list_has() {
    let columns = |fields: &[Definition]| {
        let mut own = vehicle();
        own.record.set(kind::COLUMNS, ["name", "plate", "updated"].map(|code| Value::Text(code.to_owned())).to_vec());
        let schema = schema(&[&[own], fields].concat());
        schema.named("vehicles").unwrap().columns
    };
    assert_eq!(columns(&[]), ["name", "updated"], "there is no such field yet");
    assert_eq!(columns(&[a_field(1, "vehicle", "plate", "text", &[])]), ["name", "plate", "updated"]);
}

fn a_part(num: u64, of: &str, code: &str, to: &str, many: bool) -> Definition {
    let mut link = a_field(num, of, code, "link", &[field::PART_OF]);
    link.record.set(field::TO, to.to_owned());
    link.record.put(field::MANY, many.then_some(true));
    link
}

#[test]
fn a_part_is_required_to_have_a_whole() {
    let schema = schema(&[vehicle(), a_part(1, "vehicle", "customer", "customer", false)]);
    let link = schema.named("vehicle").unwrap().part_link().unwrap();
    assert!(link.part_of && link.required && link.home, "{link:?}");
    assert_eq!(schema.parts_of(customer::ID).map(|part| part.kind.noun).collect::<Vec<_>>(), ["vehicle"]);
}

#[test]
fn a_part_is_of_one_whole_and_never_of_itself() {
    let twice = [
        vehicle(),
        a_part(1, "vehicle", "customer", "customer", false),
        a_part(2, "vehicle", "contact", "contact", false),
    ];
    assert_eq!(refused(&twice), "A record is a part of one other only");
    assert_eq!(
        refused(&[vehicle(), a_part(1, "vehicle", "above", "vehicle", false)]),
        "This would make it a part of itself"
    );
    let wheel = definition(kind::ID, 2, record(&[(kind::NAME, "wheel"), (kind::LETTERS, "WH")]));
    let round = [
        vehicle(),
        wheel,
        a_part(1, "vehicle", "wheel", "wheel", false),
        a_part(2, "wheel", "vehicle", "vehicle", false),
    ];
    assert_eq!(refused(&round), "This would make it a part of itself");
    assert_eq!(
        refused(&[vehicle(), a_part(1, "vehicle", "customers_all", "customer", true)]),
        "Only a link to one record makes parts"
    );
    assert_eq!(
        refused(&[vehicle(), a_field(1, "vehicle", "plate", "text", &[field::PART_OF])]),
        "Only a link to one record makes parts"
    );
}

#[test]
fn a_field_that_the_program_has_by_now_stays_in_sight_under_another_code() {
    let own = schema(&[a_field(1, "customer", "city", "whole", &[])]);
    let kind = customers(&own);
    assert_eq!(kind.field("city").unwrap().tag, customer::CITY.tag());
    let def = kind.field("own_city").unwrap();
    assert_eq!((def.tag, def.ty, def.en), (1000, Type::Whole, "city"));
    let level = record(&[(choice::FIELD, "customer.city"), (choice::CODE, "inner")]);
    let own = schema(&[a_field(1, "customer", "city", "choice", &[]), definition(choice::ID, 1, level)]);
    let kind = customers(&own);
    assert_eq!(kind.field("own_city").unwrap().choices.len(), 1, "its choices are its own");
    assert_eq!(kind.field("city").unwrap().choices.len(), customer::CITY.def().choices.len());
}

fn with(mut definition: Definition, texts: &[(Field<Text>, &str)], traits: &[Field<YesNo>]) -> Definition {
    texts.iter().for_each(|(field, text)| definition.record.set(*field, (*text).to_owned()));
    traits.iter().for_each(|field| definition.record.set(*field, true));
    definition
}

#[test]
fn a_default_is_a_value_of_its_field() {
    let of = |ty, default: &str| with(a_field(1, "customer", "extra", ty, &[]), &[(field::DEFAULT, default)], &[]);
    for (ty, default) in [("date", "+3d"), ("money", "12万"), ("yes_no", "是"), ("whole", "1k"), ("text", "x")] {
        let def = *customers(&schema(&[of(ty, default)])).field("extra").unwrap();
        assert_eq!(def.default, Some(default));
    }
    assert_eq!(refused(&[of("date", "someday")]), "default: extra: 'someday' is not a date");
    assert_eq!(refused(&[of("whole", "many")]), "default: extra: 'many' is not a number");
    let unique = with(of("text", "x"), &[], &[field::UNIQUE]);
    assert_eq!(refused(&[unique]), "What is unique has no default, for all would have it");
    let grade = |default: &str| {
        let texts = [(field::OF, "customer"), (field::CODE, "grade"), (field::DEFAULT, default)];
        definition(field::ID, 1, record(&texts))
    };
    assert_eq!(customers(&schema(&[grade("B")])).field("grade").unwrap().default, Some("B"));
    assert!(refused(&[grade("vip")]).starts_with("default: grade: 'vip' is not one of"));
    let vip = definition(choice::ID, 1, record(&[(choice::FIELD, "customer.grade"), (choice::CODE, "vip")]));
    assert_eq!(customers(&schema(&[grade("vip"), vip])).field("grade").unwrap().default, Some("vip"));
}

#[test]
fn what_the_values_of_a_built_in_field_are_stays_as_it_is() {
    let of = |code| definition(field::ID, 1, record(&[(field::OF, "customer"), (field::CODE, code)]));
    let refused = |one: Definition| refused(&[one]);
    assert_eq!(refused(with(of("city"), &[], &[field::UNIQUE])), "unique: this of a built-in field stays as it is");
    assert_eq!(refused(with(of("city"), &[(field::TO, "deal")], &[])), "to: this of a built-in field stays as it is");
    assert_eq!(
        refused(with(of("city"), &[(field::ZH, "省份")], &[])),
        "A customer has a field called 省份 already: province"
    );
    let mut free = of("name");
    free.record.set(field::REQUIRED, false);
    assert_eq!(refused(free), "required: this of a built-in field stays as it is");
    assert_eq!(
        refused(with(of("last_contact"), &[], &[field::REQUIRED])),
        "The program keeps this field; nobody can set it"
    );
}

#[test]
fn what_is_hidden_is_in_no_form_and_no_column() {
    let city = with(
        definition(field::ID, 1, record(&[(field::OF, "customer"), (field::CODE, "city")])),
        &[],
        &[field::HIDDEN],
    );
    let own = schema(&[city]);
    let kind = customers(&own);
    assert!(customer::KIND.columns.contains(&"city") && !kind.columns.contains(&"city"));
    assert!(kind.form().iter().all(|(_, fields)| fields.iter().all(|def| def.code != "city")));
    assert!(kind.field("city").is_some());
}

#[test]
fn a_built_in_field_takes_another_place_in_its_section() {
    let [first, second, ..] = customer::KIND.sections[0].fields else { panic!() };
    let mut moved = definition(field::ID, 1, record(&[(field::OF, "customer"), (field::CODE, second)]));
    moved.record.set(field::ORDER, -1);
    let own = schema(&[moved]);
    assert_eq!(customers(&own).sections[0].fields[..2], [*second, *first]);
    assert_eq!(customers(&own).sections[1].fields, customer::KIND.sections[1].fields);
}

#[test]
fn what_has_to_be_filled_in_is_not_hidden() {
    let of = |texts: &[_]| with(a_field(1, "customer", "extra", "text", &[field::REQUIRED]), texts, &[field::HIDDEN]);
    assert_eq!(refused(&[of(&[])]), "A field that has to be filled in is not hidden, unless it has a default");
    assert!(customers(&schema(&[of(&[(field::DEFAULT, "x")])])).field("extra").unwrap().hidden);
}
