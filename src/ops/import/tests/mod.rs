//! Imports from text to plan, and through the one write path into a store.

mod amounts;
mod assigned;
mod beside;
mod cells;
mod deals;
mod decimals;
mod identity;
mod limits;
mod link_lists;
mod options;
mod people;
mod rejected;
mod there;
mod trashed;
mod updated;
mod whose;

use std::collections::HashMap;

use chrono::Weekday;

use super::*;
use crate::{
    commit::{self, Context, Edit, WritePlan, setup},
    domain::{
        Instant, Kind, Lookup, RecordId, Value, activity, common, contact, customer, deal,
        rules::{ServiceLevels, Settings},
        schema::BASE,
        ticket,
        words::money::Currency,
    },
    error::ErrorKind,
    store::Store,
    text::Lang,
};

struct Shop {
    store: Store,
    context: Context,
}

impl Shop {
    fn new() -> Self {
        Self::over(Store::in_memory().unwrap())
    }

    /// With a kind that is made up beside those of the program.
    fn of_items() -> Self {
        Self::over(Store::in_memory().unwrap().with_schema(&crate::domain::made_up::SCHEMA))
    }

    fn over(store: Store) -> Self {
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
            words: "import".to_owned(),
            input: commit::Input::default(),
        };
        setup::set_up(&store, &mut context, true).unwrap();
        Self { store, context }
    }

    fn job(&self, text: &str, options: ImportOptions) -> crate::error::Result<ImportJob> {
        ImportJob::read(text.as_bytes().to_vec(), options, &self.context, &mut |_, _| {})
    }

    fn plan(&self, text: &str, options: ImportOptions) -> crate::error::Result<(WritePlan, ImportReport)> {
        let snapshot = self.store.snapshot()?;
        self.job(text, options)?.plan(&snapshot.reader())
    }

    fn import(&self, text: &str, options: ImportOptions) -> crate::error::Result<ImportReport> {
        let job = self.job(text, options)?;
        let mut report = None;
        commit::commit(&self.store, &self.context, &mut |reader| {
            let (plan, planned) = job.plan(reader)?;
            report = Some(planned);
            Ok(plan)
        })?;
        Ok(report.unwrap())
    }

    fn value(&self, id: &str, code: &str) -> Option<Value> {
        let id = RecordId::parse(id, None).unwrap();
        let snapshot = self.store.snapshot().unwrap();
        let record = snapshot.reader().record(id).unwrap().unwrap();
        record.row().value(BASE.kind_of(id).unwrap().field(code).unwrap())
    }

    fn text(&self, id: &str, code: &str) -> Option<String> {
        match self.value(id, code)? {
            Value::Text(text) => Some(text),
            other => Some(format!("{other:?}")),
        }
    }
}

fn into(kind: &'static Kind) -> ImportOptions {
    ImportOptions::new(&BASE, kind)
}

fn create(kind: &'static Kind) -> ImportOptions {
    ImportOptions { link_missing: LinkMissing::Create, ..into(kind) }
}

fn message(result: crate::error::Result<ImportReport>) -> String {
    result.map(drop).unwrap_err().message(Lang::En).to_owned()
}

fn codes(report: &ImportReport) -> HashMap<&str, String> {
    report.columns.iter().map(|column| (column.heading.as_str(), column.codes.join("+"))).collect()
}

const PIPELINE: &str = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n\
    1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,10/20/2016,3/1/2017,1054\n\
    Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Prospecting,,,\n\
    EC4QE1BX,Darcel Schlecht,MG Special,cancity,Engaging,11/25/2016,,\"1,050.50\"\n";

fn pipeline_options() -> ImportOptions {
    ImportOptions {
        map: vec![
            "opportunity_id=external_id,opportunity_id=title,sales_agent=owner,product=product,account=customer".into(),
            "deal_stage=stage,engage_date=created,close_date=closed,close_value=amount".into(),
        ],
        map_value: vec!["stage:Prospecting=qualify,engaging=negotiation".into()],
        date_format: Some("%m/%d/%Y".into()),
        currency: Some(Currency::parse("USD").unwrap()),
        ..create(&deal::KIND)
    }
}

#[test]
fn a_pipeline_of_another_program_comes_in() {
    let shop = Shop::new();
    let report = shop.import(PIPELINE, pipeline_options()).unwrap();
    assert_eq!((report.rows, report.added, report.updates.len(), report.rejected), (3, 3, 0, 0));
    let made: Vec<_> = report.created_links.iter().map(|(kind, count)| (kind.noun, *count)).collect();
    assert_eq!(made, [("user", 2), ("customer", 2)]);
    assert_eq!(codes(&report)["opportunity_id"], "external_id+title");
    assert_eq!(shop.text("D-1", "title").as_deref(), Some("1C1I7A6R"));
    assert_eq!(shop.text("D-2", "product").as_deref(), Some("GTXPro"));
    assert_eq!(shop.value("D-3", "customer"), shop.value("D-1", "customer"));
    assert_eq!(shop.text("U-3", "login").as_deref(), Some("darcel.schlecht"));
    assert_eq!(shop.text("U-3", "name").as_deref(), Some("Darcel Schlecht"));
    assert_eq!(shop.value("D-1", "closed"), Some(Value::Date("2017-03-01".parse().unwrap())));
    let Some(Value::Money(money)) = shop.value("D-3", "amount") else { panic!("no amount") };
    assert_eq!((money.minor, money.currency.as_str()), (105_050, "USD"));
    let stages: Vec<_> = ["D-1", "D-2", "D-3"].map(|id| shop.value(id, "stage")).into_iter().flatten().collect();
    assert_eq!(stages, [Value::Link(5), Value::Link(1), Value::Link(4)]);
    // Now the people and customers are there: nothing is made, and the key finds the deals.
    let again = ImportOptions { key: Some("external_id".into()), ..pipeline_options() };
    let report = shop.import(&PIPELINE.replace("1054", "2054"), again).unwrap();
    assert_eq!((report.added, report.updates.len(), report.created_links.len()), (0, 3, 0));
    assert!(matches!(shop.value("D-1", "amount"), Some(Value::Money(money)) if money.minor == 205_400));
}

#[test]
fn headings_of_both_languages_are_understood() {
    let shop = Shop::new();
    let text = "公司名称,联系电话,手机,电子邮件,城市,负责人,备注,Weather\n\
        上海贸易,021-62881234,13800138000,a@b.cn,上海,ann,老客户,sun\n";
    let report = shop.import(text, into(&customer::KIND)).unwrap();
    let expected = [
        ("公司名称", "name"),
        ("联系电话", "phone"),
        ("手机", "phone"),
        ("电子邮件", "email"),
        ("城市", "city"),
        ("负责人", "owner"),
        ("备注", "note"),
        ("Weather", ""),
    ];
    assert_eq!(codes(&report), expected.map(|(heading, codes)| (heading, codes.to_owned())).into());
    assert_eq!(report.left_out().collect::<Vec<_>>(), ["Weather"]);
    let Some(Value::List(phones)) = shop.value("C-1", "phone") else { panic!("no phones") };
    let labels: Vec<_> =
        phones.iter().map(|phone| if let Value::Phone(phone) = phone { phone.label } else { None }).collect();
    assert_eq!(labels, [None, Some(0)]);
    assert_eq!(shop.value("C-1", "owner"), Some(Value::Link(1)));
}

#[test]
fn halves_of_names_are_joined() {
    let shop = Shop::new();
    let text = "First Name,Last Name,Company,Title\nAda,Lovelace,Engine Works,Countess\n";
    let report = shop.import(text, create(&contact::KIND)).unwrap();
    assert_eq!(codes(&report)["Title"], "title");
    assert_eq!(shop.text("P-1", "name").as_deref(), Some("Ada Lovelace"));
    assert_eq!(shop.text("C-1", "name").as_deref(), Some("Engine Works"));
    shop.import("姓,名\n李,雷\n", into(&contact::KIND)).unwrap();
    assert_eq!(shop.text("P-2", "name").as_deref(), Some("李雷"));
}

#[test]
fn links_reach_rows_further_down() {
    let shop = Shop::new();
    let text = "name,parent,external_id\nChild,Mother,\nGrandchild,CHILD,\nMother,,M1\nOther,m1,\n";
    let report = shop.import(text, into(&customer::KIND)).unwrap();
    assert_eq!(report.added, 4);
    assert_eq!(shop.value("C-1", "parent"), Some(Value::Link(3)));
    assert_eq!(shop.value("C-2", "parent"), Some(Value::Link(1)));
    assert_eq!(shop.value("C-4", "parent"), Some(Value::Link(3)));
    assert_eq!(report.line_of(RecordId::new(customer::ID, 3)), Some(4));
}

#[test]
fn names_of_several_are_refused() {
    let shop = Shop::new();
    shop.import("name\nAcme\nACME\n", into(&customer::KIND)).unwrap();
    let error = message(shop.import("name,customer\nAda,acme\n", create(&contact::KIND)));
    assert!(error.contains("line 2, customer: 'acme' is the name of several customers: C-1, C-2"), "{error:?}");
    let error = message(shop.import("name,customer\nAda,Nobody\n", into(&contact::KIND)));
    assert!(error.contains("line 2, customer: there is no customer 'Nobody'"), "{error:?}");
    let blank = ImportOptions { link_missing: LinkMissing::Blank, ..into(&contact::KIND) };
    shop.import("name,customer\nAda,Nobody\n", blank).unwrap();
    assert_eq!(shop.value("P-1", "customer"), None);
}

#[test]
fn every_wrong_row_is_named_and_nothing_lands() {
    let shop = Shop::new();
    let text = "name,grade,employees,note\nA,A,12,\"two\nlines\"\nB,Z,12,\n,A,1,\nC,A\nD,A,many,x\n,,,\nE,B,1,ok\n";
    let error = shop.import(text, into(&customer::KIND)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let message = error.message(Lang::En);
    let lines: Vec<&str> = message.lines().collect();
    assert!(lines[0].starts_with("4 of 6 rows are wrong"), "{error:?}");
    for (line, start) in
        lines[1..].iter().zip(["line 4, grade:", "line 5, name:", "line 6: it has 2 cells", "line 7, employees:"])
    {
        assert!(line.starts_with(start), "{line}");
    }
    let snapshot = shop.store.snapshot().unwrap();
    assert_eq!(snapshot.reader().total(customer::ID), Ok(0));
    drop(snapshot);

    let skip = ImportOptions { skip_errors: true, ..into(&customer::KIND) };
    let job = shop.job(text, skip.clone()).unwrap();
    let report = shop.import(text, skip).unwrap();
    assert_eq!((report.added, report.rejected), (2, 4));
    assert_eq!(report.partial().map(|error| error.kind()), Some(ErrorKind::Partial));
    let folder = tempfile::tempdir().unwrap();
    let path = rejected_path(&folder.path().join("in.csv"));
    drop(RejectedFile::open(path.clone(), false, None).unwrap());
    assert!(!path.exists(), "one that was not needed goes again");
    RejectedFile::open(path.clone(), false, None).unwrap().write(&job, &report, Lang::En).unwrap();
    assert!(RejectedFile::open(path.clone(), false, None).is_err());
    drop(RejectedFile::open(path.clone(), true, None).unwrap());
    assert!(path.exists(), "what was there before stays");
    RejectedFile::open(path.clone(), true, None).unwrap().write(&job, &report, Lang::En).unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with("name,grade,employees,note,reason\nB,Z,12,,"), "{written}");
    assert!(written.contains("C,A,,,it has 2 cells where there are 4 headings"), "{written}");
    assert_eq!(written.lines().count(), 5);
    // What a link leads to, and the store, are never written over.
    #[cfg(unix)]
    {
        let (store, link) = (folder.path().join("s.redb"), folder.path().join("link.rejected.csv"));
        std::fs::write(&store, "all of it").unwrap();
        std::os::unix::fs::symlink(&store, &link).unwrap();
        std::fs::hard_link(&store, folder.path().join("hard.rejected.csv")).unwrap();
        for name in ["link.rejected.csv", "hard.rejected.csv", "s.redb"] {
            assert!(RejectedFile::open(folder.path().join(name), true, Some(&store)).is_err(), "{name}");
        }
        assert_eq!(std::fs::read_to_string(&store).unwrap(), "all of it");
    }
}

#[test]
fn rows_that_depend_on_wrong_rows_are_wrong() {
    let shop = Shop::new();
    let text = "name,parent,grade,external_id\nA,C,A,\nB,A,A,\nC,,A,\n";
    let skip = ImportOptions { skip_errors: true, ..into(&customer::KIND) };
    let text = text.replace("C,,A,", "C,Nobody,A,");
    let report = shop.import(&text, skip).unwrap();
    assert_eq!((report.added, report.rejected), (0, 3));
    assert!(report.faults[0].reason.get(Lang::En).contains("line 4"), "{:?}", report.faults);
}

#[test]
fn more_faults_than_an_error_lists_are_counted() {
    let shop = Shop::new();
    let text = format!("name,grade\n{}", "X,Z\n".repeat(9000));
    let error = message(shop.import(&text, into(&customer::KIND)));
    assert_eq!(error.lines().count(), 23);
    let end = error.lines().skip(21).collect::<Vec<_>>();
    assert_eq!(end[0], "and 8980 more rows");
    assert!(end[1].starts_with("  8980 x grade: '…' "), "{error:?}");
}

#[test]
fn a_key_updates_what_cells_say_and_adds_the_rest() {
    let shop = Shop::new();
    shop.import("name,city,email,external_id\nAcme,Oslo,a@x.com,7\n", into(&customer::KIND)).unwrap();
    let by = |key: &str| ImportOptions { key: Some(key.into()), ..into(&customer::KIND) };
    let report = shop.import("external id,city,industry\n7,,food\n", by("external_id")).unwrap();
    assert_eq!((report.added, report.updates.len()), (0, 1));
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Oslo"));
    assert_eq!(shop.text("C-1", "industry").as_deref(), Some("food"));
    shop.import("email,grade\nA@X.com,B\n", by("email")).unwrap();
    assert_eq!(shop.value("C-1", "grade"), Some(Value::Choice(1)));
    shop.import("id,grade\nC-1,C\n", by("id")).unwrap();
    assert_eq!(shop.value("C-1", "grade"), Some(Value::Choice(2)));
    let error = message(shop.import("external id,city\n8,Rome\n", by("external_id")));
    assert!(error.contains("line 2, name: a customer needs it"), "{error:?}");
    // The second row of a new key changes what the first one makes.
    let report = shop.import("external id,name,city\n9,New,Rome\n9,New,Bari\n", by("external_id")).unwrap();
    assert_eq!((report.added, report.updates.len()), (1, 1));
    assert_eq!(shop.text("C-2", "city").as_deref(), Some("Bari"));
    assert!(shop.plan("name,address\nAcme,Rome\n", by("address")).is_err_and(|e| e.kind() == ErrorKind::Usage));
}

#[test]
fn a_plan_made_again_sees_the_newer_store() {
    let shop = Shop::new();
    let job = shop.job("name,customer\nAda,Acme\n", create(&contact::KIND)).unwrap();
    let made = |shop: &Shop| {
        let snapshot = shop.store.snapshot().unwrap();
        let (plan, report) = job.plan(&snapshot.reader()).unwrap();
        (plan.edits.len(), report.created_links.len())
    };
    assert_eq!(made(&shop), (2, 1));
    shop.import("name\nAcme\n", into(&customer::KIND)).unwrap();
    assert_eq!(made(&shop), (1, 0));
}

#[test]
fn options_that_fit_nothing_are_usage_errors() {
    let shop = Shop::new();
    let text = "Company,City\nAcme,Oslo\n";
    let with = |change: &dyn Fn(&mut ImportOptions)| {
        let mut options = into(&customer::KIND);
        change(&mut options);
        let error = shop.plan(text, options).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage, "{error:?}");
        (error.message(Lang::En).to_owned(), error.next_step(Lang::En).unwrap_or_default().to_owned())
    };
    assert_eq!(with(&|o| o.map = vec!["Compnay=name".into()]).1, "did you mean 'Company'?");
    assert_eq!(with(&|o| o.map = vec!["Company=nmae".into()]).1, "did you mean 'name'?");
    assert!(with(&|o| o.map = vec!["Company=won_total".into()]).0.contains("kept by the program"));
    assert!(with(&|o| o.map = vec!["Company=".into()]).0.contains("No column gives the name"));
    assert!(with(&|o| o.set = vec!["grade".into()]).0.contains("no 'code=value'"));
    assert!(with(&|o| o.map_value = vec!["grade:x=A".into()]).0.contains("no column feeds 'grade'"));
    assert!(shop.plan("1,2\n3,4\n", into(&customer::KIND)).is_err_and(|e| e.kind() == ErrorKind::Usage));
    assert!(
        shop.plan("name,Name\na,b\n", into(&customer::KIND))
            .is_err_and(|e| e.message(Lang::En).contains("stands twice"))
    );
}

#[test]
fn constants_stand_in_every_row() {
    let shop = Shop::new();
    let set = vec!["owner=ann".into(), "tag=fair,2026".into(), "city=Oslo".into()];
    let report = shop.import("name,City\nAcme,Rome\n", ImportOptions { set, ..into(&customer::KIND) }).unwrap();
    assert_eq!(codes(&report)["City"], "");
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Oslo"));
    assert_eq!(shop.value("C-1", "owner"), Some(Value::Link(1)));
    assert!(shop.value("C-1", "tag").is_some_and(|tags| matches!(tags, Value::List(tags) if tags.len() == 2)));
}

#[test]
fn text_is_scrubbed() {
    let shop = Shop::new();
    shop.import("name,note\n\u{1b}[31mAcme\u{202e},\"a\r\nb\"\n", into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-1", "name").as_deref(), Some("[31mAcme"));
    assert_eq!(shop.text("C-1", "note").as_deref(), Some("a\nb"));
}

#[test]
fn imported_records_keep_their_own_dates() {
    let shop = Shop::new();
    let (plan, _) = shop.plan("name,Created\nAcme,2020-01-02T03:04:05Z\n", into(&customer::KIND)).unwrap();
    assert!(plan.import);
    let [Edit::Add { record, .. }] = plan.edits.as_slice() else { panic!("one record") };
    assert_eq!(record.get(common::CREATED).map(|at| at.utc().to_rfc3339()), Some("2020-01-02T03:04:05+00:00".into()));
}
