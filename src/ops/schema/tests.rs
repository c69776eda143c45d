use chrono::Weekday;

use super::{
    at_line,
    compared::{Comparison, What, compare},
    held, stated,
};
use crate::{
    commit::{self, Context, setup},
    domain::{
        Instant,
        rules::{ServiceLevels, Settings},
        words::money::Currency,
    },
    error::{Error, Result},
    store::Store,
    text::Lang,
};

struct World {
    store: Store,
    context: Context,
}

impl World {
    fn new() -> Self {
        let store = Store::in_memory().unwrap();
        let settings =
            Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: ServiceLevels::default() };
        let mut context = Context {
            now: Instant(1_767_225_600_000),
            ahead: 0,
            machine: || Instant(0),
            tz: chrono_tz::Asia::Shanghai,
            lang: Lang::En,
            user: None,
            login: "ann".to_owned(),
            session: None,
            settings,
            words: "schema import".to_owned(),
            input: commit::Input::default(),
        };
        setup::set_up(&store, &mut context, true).unwrap();
        Self { store, context }
    }

    fn import(&self, text: &str) -> Result<Comparison> {
        let stated = stated::read(self.store.snapshot()?.schema(), &self.context, text)?;
        let mut found = None;
        let done = commit::commit(&self.store, &self.context, &mut |reader| {
            let (compared, plan) = compare(reader, &stated)?;
            found = Some(compared);
            plan
        });
        done.map_err(|error| at_line(error, found.as_ref()))?;
        Ok(found.unwrap_or_default())
    }

    fn lines(&self) -> Vec<String> {
        let snapshot = self.store.snapshot().unwrap();
        let held = held::held(&snapshot.reader()).unwrap();
        held.iter().filter(|held| !held.trashed).map(|held| held.line().to_string()).collect()
    }
}

fn refused(world: &World, text: &str) -> String {
    let error: Error = world.import(text).err().unwrap();
    assert!(world.store.snapshot().unwrap().reader().last_num(crate::domain::define::field::ID).unwrap() == 0);
    match error.next_step(Lang::En) {
        Some(hint) => format!("{} ({hint})", error.message(Lang::En)),
        None => error.message(Lang::En),
    }
}

const VEHICLES: &str = r#"{"kind":"choice","name":"vehicle.state.sold","zh":"已售"}
{"kind":"field","name":"vehicle.state","type":"choice","order":2}

{"kind":"field","name":"vehicle.customer","type":"link","to":"customer","index":true}
{"kind":"section","name":"vehicle.Sale","fields":["state"]}
{"kind":"kind","name":"vehicle","letters":"vh","aliases":["car","auto"]}"#;

#[test]
fn definitions_come_in_any_order_and_go_out_in_one() {
    let world = World::new();
    world.import(VEHICLES).unwrap();
    let written = world.lines();
    assert_eq!(
        written[0],
        r#"{"kind":"kind","name":"vehicle","plural":"vehicles","letters":"VH","aliases":["car","auto"],"en":"Vehicle","zh":"Vehicle"}"#
    );
    let names: Vec<&str> = written.iter().map(|line| line.split('"').nth(7).unwrap()).collect();
    assert_eq!(names, ["vehicle", "vehicle.state", "vehicle.customer", "vehicle.state.sold", "vehicle.Sale"]);
    let other = World::new();
    // Its numbers are others.
    other.import(r#"{"kind":"field","name":"customer.size","type":"whole"}"#).unwrap();
    other.import(&written.join("\n")).unwrap();
    let mut there = other.lines();
    there.retain(|line| !line.contains("customer.size"));
    assert_eq!(there, written);
    assert!(world.import(&written.join("\n")).unwrap().differences.is_empty());
}

#[test]
fn what_is_stated_otherwise_changes_and_the_rest_stays() {
    let world = World::new();
    world.import(r#"{"kind":"field","name":"customer.size","type":"whole","zh":"大小","index":true}"#).unwrap();
    let changed =
        world.import(r#"{"kind":"field","name":"customer.size","zh":null,"help":"how large","index":true}"#).unwrap();
    let told: Vec<(What, &str)> =
        changed.differences.iter().map(|one| (one.what, one.field.map_or("", |def| def.code))).collect();
    assert_eq!(
        told,
        [(What::Changed, "zh"), (What::Changed, "help"), (What::OnlyHere, "type"), (What::OnlyHere, "en")]
    );
    assert_eq!(
        world.lines(),
        [
            r#"{"kind":"field","name":"customer.size","type":"whole","en":"Size","zh":"Size","help":"how large","index":true}"#
        ]
    );
}

#[test]
fn a_line_that_is_none_says_where_and_nothing_is_written() {
    let world = World::new();
    let city = r#"{"kind":"field","name":"customer.size"}"#;
    for (line, said) in [
        ("{", "line 2: this is no JSON object (column 1) (write a definition a line, as crm schema export does)"),
        ("[]", "line 2: this is no JSON object (column 0) (write a definition a line, as crm schema export does)"),
        (r#"{"kind":"fields"}"#, "line 2, kind: 'fields' is no kind of definition (did you mean field?)"),
        (r#"{"kind":"field"}"#, "line 2, name: it is missing (write \"name\":\"customer.contract_no\")"),
        (
            r#"{"kind":"field","name":"size"}"#,
            "line 2, name: 'size' names no field (write it like customer.contract_no)",
        ),
        (
            r#"{"kind":"field","name":"customer.a","requried":true}"#,
            "line 2: a field has no 'requried' (did you mean required?)",
        ),
        (
            r#"{"kind":"field","name":"customer.a","of":"customer"}"#,
            "line 2: 'of' is part of the name (write \"name\":\"customer.contract_no\")",
        ),
        (
            r#"{"kind":"field","name":"customer.a","required":"perhaps"}"#,
            "line 2, required: 'perhaps' is neither yes nor no (write yes or no, 是 or 否)",
        ),
        (
            r#"{"kind":"field","name":"customer.a","zh":7}"#,
            "line 2, zh: this is no value of the field (write it in quotes)",
        ),
        (city, "line 2: field customer.size is in line 1 already (keep one of the two)"),
        (
            r#"{"kind":"field","name":"custmer.a"}"#,
            "line 2: There is no kind of record called custmer (crm kind list shows those of your own)",
        ),
    ] {
        assert_eq!(refused(&world, &format!("{city}\n{line}")), said, "{line}");
    }
}

#[test]
fn values_are_not_known_by_another_type() {
    let world = World::new();
    world.import(r#"{"kind":"field","name":"customer.size","type":"whole"}"#).unwrap();
    let error = world.import("\n{\"kind\":\"field\",\"name\":\"customer.size\",\"type\":\"text\"}").err().unwrap();
    assert_eq!(
        error.message(Lang::En),
        "line 2, type: field customer.size has another one here, which cannot be changed any more"
    );
}
