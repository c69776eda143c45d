//! What other programs export, as they export it: their headings, their encodings, their oddities.

use std::path::Path;

use crate::harness::{self, TestEnvironment};

/// The path of a file among the test data; none where there is no such data.
fn file(folder: &str, name: &str) -> Option<String> {
    harness::data(folder).map(|folder| folder.join(name).into_os_string().into_string().unwrap())
}

/// Imports a file into an empty store; the words after the file are separated by `|`. Gives stderr.
fn import(env: &TestEnvironment, file: &str, words: &str) -> String {
    let output = env.crm(["import", file, "--into"].into_iter().chain(words.split('|'))).output();
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    output.stderr
}

/// Some values of one record, tab-separated.
fn values(env: &TestEnvironment, noun: &str, id: &str, columns: &str) -> String {
    let term = format!("id:{id}");
    let row = env.crm([noun, "list", &term, "--columns", columns, "-o", "tsv", "--no-header"]).ok();
    row.trim_end_matches('\n').to_owned()
}

#[test]
fn datablist_customers_and_people() {
    let Some(customers) = file("vendor-datablist", "customers-100.csv") else { return };
    let env = TestEnvironment::new();
    import(&env, &customers, "customer");
    assert_eq!(env.crm(["customer", "count"]).ok(), "100\n");
    let columns = "name,city,country,phone,email,website,external_id";
    let first = "Rasmussen Group\tEast Leonard\tChile\t229.077.5154;397.884.0519x718\tzunigavanessa@smith.info\t\
        http://www.stephenson.com/\tDD37Cf93aecA6Dc";
    assert_eq!(values(&env, "customer", "C-1", columns), first);
    // The same file as contacts: two companies have one name, so their people could belong to either.
    let refused = env.crm(["import", &customers, "--into", "contact"]).fails(4);
    assert!(refused.contains("2 of 100 rows are wrong"), "{refused}");
    assert!(
        refused.contains("line 20, customer: 'Simon LLC' is the name of several customers: C-19, C-64"),
        "{refused}"
    );
    let env = TestEnvironment::new();
    import(&env, &customers, "contact|--link-missing|create");
    assert_eq!(env.crm(["contact", "count", "has:customer"]).ok(), "100\n");
    assert_eq!(env.crm(["customer", "count"]).ok(), "99\n");
    assert_eq!(values(&env, "contact", "P-1", "name,customer"), "Sheryl Baxter\tC-1");
    let people = file("vendor-datablist", "people-100.csv").unwrap();
    import(&env, &people, "contact");
    assert_eq!(env.crm(["contact", "count"]).ok(), "200\n");
    let columns = "name,gender,birthday,title";
    assert_eq!(values(&env, "contact", "P-101", columns), "Shelby Terrell\tmale\t1945-10-26\tGames developer");
}

#[test]
fn hubspot_companies_and_contacts() {
    let Some(companies) = file("vendor-hubspot", "hubspot_companies.csv") else { return };
    let env = TestEnvironment::new();
    let refused = env.crm(["import", &companies, "--into", "customer"]).fails(4);
    assert!(refused.contains("200 of 200 rows are wrong"), "{refused}");
    assert!(refused.contains("line 2, owner: there is no user 'dwight.schrute@example.com'"), "{refused}");
    assert_eq!(env.crm(["customer", "count"]).ok(), "0\n");
    let told = import(&env, &companies, "customer|--link-missing|create|--currency|USD");
    assert!(told.contains("Made 5 users"), "{told}");
    assert_eq!(env.crm(["customer", "count"]).ok(), "200\n");
    let columns = "name,industry,employees,annual_revenue,postcode,owner,created";
    let first = "Cruz Inc\tTechnology\t9395\t873607.15 USD\t75424\tdwight.schrute\t2024-01-02T00:00:00Z";
    assert_eq!(values(&env, "customer", "C-1", columns), first);
    let contacts = file("vendor-hubspot", "hubspot_contacts.csv").unwrap();
    // The owners are there by now.
    import(&env, &contacts, "contact");
    assert_eq!(env.crm(["contact", "count"]).ok(), "950\n");
    let columns = "name,phone,email,title,owner";
    let first = "Francisco Small\t416-810-9897x752;mobile:(376)694-9481x10051\tanna72@example.net\tYouth worker\t\
        dwight.schrute";
    assert_eq!(values(&env, "contact", "P-1", columns), first);
    // A second time, by their ids: nothing changes.
    let again = import(&env, &contacts, "contact|--key|external_id");
    assert!(again.contains("950 rows: 0 contacts added, 0 updated, 950 unchanged"), "{again}");
}

#[test]
fn salesforce_contacts() {
    let Some(contacts) = file("vendor-salesforce", "Contact_Data.csv") else { return };
    let env = TestEnvironment::new();
    import(&env, &contacts, "contact");
    assert_eq!(env.crm(["contact", "count"]).ok(), "12\n");
    let first = "Phaidra Rayer\tphaidra.rayer@sw-global.com\tmobile:+1 (408) 505-1578";
    assert_eq!(values(&env, "contact", "P-1", "name,email,phone"), first);
}

#[test]
fn chinese_files_in_the_encodings_of_their_places() {
    let Some(guobiao) = file("chinese", "beijing_homeservice.gbk.csv") else { return };
    let export = |file: &str, words: &str, code: i32| {
        let env = TestEnvironment::new();
        let output = env.crm(["import", file, "--into", "customer"].into_iter().chain(words.split('|'))).output();
        assert_eq!(output.code, Some(code), "{}", output.stderr);
        (env.crm(["export"]).ok(), output.stderr)
    };
    // The rejected rows are written beside the file, which is not ours to write beside.
    let copied = |path: &str, env: &TestEnvironment| {
        let name = Path::new(path).file_name().unwrap().to_str().unwrap();
        env.write(name, std::fs::read(path).unwrap()).into_os_string().into_string().unwrap()
    };
    let home = TestEnvironment::new();
    let (from_guobiao, told) = export(&copied(&guobiao, &home), "--skip-errors", 6);
    assert!(told.contains("gb18030") || told.contains("GB18030") || told.contains("GBK"), "{told}");
    assert!(told.contains("3 of 538 rows were not imported"), "{told}");
    assert!(from_guobiao.contains("北京天地洁家政服务有限公司"), "{from_guobiao}");
    let (from_utf8, told) =
        export(&copied(&file("chinese", "beijing_homeservice.utf8.csv").unwrap(), &home), "--skip-errors", 6);
    assert!(!told.contains("encoding"), "{told}");
    assert!(from_utf8 == from_guobiao);
    let companies = "--map|type=";
    let (from_big5, told) = export(&file("chinese", "twse_listed_companies.big5.csv").unwrap(), companies, 0);
    assert!(told.contains("Big5"), "{told}");
    assert!(from_big5.contains("台泥"));
    let (from_utf8, _) = export(&file("chinese", "twse_listed_companies.utf8.csv").unwrap(), companies, 0);
    assert!(from_utf8 == from_big5);
    assert_eq!(from_big5.lines().filter(|line| line.contains("\"kind\":\"customer\"")).count(), 1045);
}

#[test]
fn address_books() {
    let Some(thunderbird) = file("addressbook-csv", "thunderbird_basic.csv") else { return };
    let env = TestEnvironment::new();
    import(&env, &thunderbird, "contact");
    assert_eq!(values(&env, "contact", "P-1", "name,email"), "John Doe\tjohn@doe.invalid");
    assert_eq!(values(&env, "contact", "P-2", "name,email"), "Jane Doe\tjane@doe.invalid");
    // These two were filled with the names of their fields.
    let refused = env.crm(["import", &file("addressbook-csv", "gmail.csv").unwrap(), "--into", "contact"]).fails(4);
    assert!(refused.contains("1 of 1 row is wrong") && refused.contains("line 2, phone: 'pager'"), "{refused}");
    let plain = file("addressbook-csv", "tb_plain.csv").unwrap();
    let refused = env.crm(["import", &plain, "--into", "contact"]).fails(4);
    assert!(refused.contains("line 2, phone: 'phone work'"), "{refused}");
    assert_eq!(env.crm(["contact", "count"]).ok(), "2\n");
    import(&env, &plain, "contact|--link-missing|create|--map|Work Phone=,Home Phone=,Fax Number=,Mobile Number=");
    let third = "Displayname\ttest@domain.tld;next@domain.tld\tC-1\ttitle\tdepartment";
    assert_eq!(values(&env, "contact", "P-3", "name,email,customer,title,department"), third);
}

#[test]
fn an_incident_log() {
    let Some(log) = file("tickets-incident-log", "incident_event_log.csv") else { return };
    let env = TestEnvironment::new();
    let refused = env.crm(["import", &log, "--into", "ticket"]).fails(2);
    assert!(refused.contains("No column gives the subject of a ticket"), "{refused}");
    let map = "number=subject,number=external_id,opened_at=created,incident_state=status";
    let refused = env.crm(["import", &log, "--into", "ticket", "--map", map]).fails(4);
    assert!(refused.contains("5998 of 5998 rows are wrong"), "{refused}");
    assert!(refused.contains("line 2, created: '29-02-2016 01:16' is not a date"), "{refused}");
    assert!(refused.contains("--date-format"), "{refused}");
    env.write("log.csv", std::fs::read(&log).unwrap());
    let output = env
        .crm(["import", "log.csv", "--into", "ticket", "--key", "external_id", "--skip-errors"])
        .args(["--map", map, "--map", "resolved_at=,closed_at=,caller_id=,opened_by=,assigned_to="])
        .args(["--map-value", "priority:1 - Critical=urgent,2 - High=high,3 - Moderate=normal,4 - Low=low"])
        .args(["--map-value", "status:Active=open,Awaiting User Info=waiting"])
        .args(["--date-format", "%d-%m-%Y %H:%M"])
        .output();
    // 80 updates wait for a problem, a vendor or evidence: nobody has said what that means here.
    assert!(output.stderr.contains("80 of 5998 rows were not imported"), "{}", output.stderr);
    output.fails(6);
    assert_eq!(env.crm(["ticket", "count"]).ok(), "890\n");
    assert_eq!(env.crm(["ticket", "count", "status:closed"]).ok(), "890\n");
    let priorities = env.crm(["ticket", "count", "--by", "priority", "-o", "tsv", "--no-header"]).ok();
    assert_eq!(priorities, "low\t85\nnormal\t757\nhigh\t33\nurgent\t15\n", "as at each ticket's last update");
    let rejected = std::fs::read_to_string(env.path("home/log.csv.rejected.csv")).unwrap();
    assert!(rejected.contains("status: 'Awaiting Vendor' is not one of new, open"), "{rejected}");
    let first = "INC0000045\tnormal\t2016-02-29T01:16:00Z";
    assert_eq!(values(&env, "ticket", "T-1", "subject,priority,created"), first);
}
