//! A field is written only into records of the kind that has it.

use crm::{
    commit::{self, Assign, WritePlan},
    domain::{Record, Value, customer, deal, ticket},
};

use super::steps::{context, open, picture};

#[test]
fn a_field_of_another_kind_is_refused_and_nothing_is_written() {
    let store = open();
    let mut record = Record::new();
    record.set(customer::NAME, "Acme".to_owned());
    let receipt = commit::commit(&store, &context(1), &mut |reader| {
        let mut plan = WritePlan::new();
        plan.add(reader, customer::ID, record.clone())?;
        Ok(plan)
    });
    let id = receipt.unwrap().touched[0];
    let before = picture(&store);
    for def in [deal::TITLE.lent(), ticket::SUBJECT.lent()] {
        let written = commit::commit(&store, &context(2), &mut |_| {
            let mut plan = WritePlan::new();
            plan.set(id, vec![(def, Assign::Set(Value::Text("a title".to_owned())))]);
            Ok(plan)
        });
        let error = written.unwrap_err().message(crm::text::Lang::En);
        assert!(error.contains(&format!("a customer has no field {}", def.code)), "{error}");
        assert_eq!(picture(&store), before);
    }
}
