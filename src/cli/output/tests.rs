//! Grids made by hand, printed in every format.

use super::{format::Format, grid, screen::Screen, sections};
use crate::{
    domain::{FieldDef, Instant, Record, RecordId, Value, bytes, customer, field::Type, schema::BASE, user},
    error::{ErrorKind, Result},
    query::{
        grid::{Cell, Column, Grid, Section, Sections, ready},
        names::Names,
    },
    store::{
        Encoded, RecordChange, RecordState,
        engine::{self, Engine},
        journal,
    },
    text::{Lang, Said, is_safe, width},
};

const NOW: Instant = Instant(1_772_330_400_000);
const HOSTILE: &str = "Evil\u{1b}[2J\tCo\r\nC-99\u{202e} \"x\", \\ y";

/// A store with Ann, who owns the customer.
fn store() -> impl Engine {
    let engine = engine::memory().unwrap();
    let mut ann = Record::new();
    ann.set(user::LOGIN, "ann".to_owned());
    ann.set(user::NAME, "Ann Li".to_owned());
    let entry = journal::Entry { by: 1, ..journal::Entry::default() };
    let change =
        RecordChange { id: RecordId::new(user::ID, 1), prev: 0, before: None, after: Some(RecordState::live(ann)) };
    let encoded = Encoded::new(&BASE, 1, entry, vec![change], false).unwrap();
    engine::transact(&engine, std::time::Duration::from_secs(1), |txn| encoded.write(txn)).unwrap();
    engine
}

fn def(code: &str) -> &'static FieldDef {
    customer::KIND.field(code).unwrap()
}

fn field(def: &'static FieldDef, record: &Record) -> Cell<'static> {
    record.row().raw(def.tag).map_or(Cell::Empty, |bytes| Cell::Field(def, bytes.to_vec().into()))
}

fn records() -> Vec<Record> {
    [("Blue Harbor", "上海", 250), ("上海蓝港贸易有限公司", "上海", 3), (HOSTILE, "Zürich", -4)]
        .into_iter()
        .map(|(name, city, employees)| {
            let mut record = Record::new();
            record.set(customer::NAME, name.to_owned());
            record.set(customer::CITY, city.to_owned());
            record.set(customer::EMPLOYEES, employees);
            record.set(customer::GRADE, 1);
            record.set(customer::OWNER, 1);
            record
        })
        .collect()
}

const CODES: [&str; 5] = ["name", "city", "employees", "grade", "owner"];

fn columns() -> Vec<Column> {
    let id = Column::new("id", "ID", "编号");
    std::iter::once(id).chain(CODES.iter().map(|code| Column::of(def(code)))).collect()
}

fn rows() -> Vec<Vec<Cell<'static>>> {
    (1..)
        .zip(records())
        .map(|(num, record)| {
            let id = Cell::Id(RecordId::new(customer::ID, num));
            std::iter::once(id).chain(CODES.iter().map(|code| field(def(code), &record))).collect()
        })
        .collect()
}

fn try_print(format: &str, screen: &Screen, columns: Vec<Column>, rows: Vec<Vec<Cell<'_>>>) -> Result<String> {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let names = Names::new(snapshot.reader(), screen.lang);
    let format: Format = format.parse()?;
    let mut out = Vec::new();
    grid::write(Grid::of_rows("records", columns, rows, &names), &format, screen, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn print(format: &str, screen: &Screen) -> String {
    try_print(format, screen, columns(), rows()).unwrap()
}

#[test]
fn columns_of_a_table_stand_straight() {
    let text = print("table", &Screen::file(NOW));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "ID   Name                      City    Employees  Grade  Owner",
            "C-1  Blue Harbor               上海          250  B      Ann Li",
            "C-2  上海蓝港贸易有限公司      上海            3  B      Ann Li",
            "C-3  Evil[2J Co C-99 \"x\", \\ y  Zürich         -4  B      Ann Li",
        ]
    );
}

#[test]
fn a_terminal_is_never_wider_than_it_is() {
    for width_of in [30, 40, 50, 80] {
        let screen = Screen { terminal: true, width: width_of, ..Screen::file(NOW) };
        let text = print("table", &screen);
        for line in text.lines() {
            assert!(width(line) <= width_of.max(40), "{width_of}: {line}");
            assert_eq!(line, line.trim_end());
        }
        assert!(text.contains("C-3") && text.contains("250"), "{text}");
    }
    let coloured = Screen { terminal: true, color: true, lang: Lang::Zh, ..Screen::file(NOW) };
    let text = print("table", &coloured);
    assert!(text.starts_with("\u{1b}[1m编号"), "{text}");
    assert_eq!(text.matches('\u{1b}').count(), 2);
}

#[test]
fn a_narrow_table_shortens_times_and_gives_the_name_room() {
    let held = |code, value: Value| {
        let mut record = Vec::new();
        bytes::put(&mut record, &value);
        Cell::Field(def(code), record.into())
    };
    let name = |name: &str| held("name", Value::Text(name.to_owned()));
    let at = |hours: i64| Instant(NOW.0 + hours * 3_600_000);
    let columns = ["name", "industry", "last_contact", "next_followup"].map(|code| Column::of(def(code))).to_vec();
    let row = |who, field: &str, last, next| {
        let industry = held("industry", Value::Text(field.to_owned()));
        vec![
            name(who),
            industry,
            held("last_contact", Value::Instant(last)),
            held("next_followup", Value::Instant(next)),
        ]
    };
    let rows = vec![
        row("杭州云帆科技有限公司", "软件和信息技术服务业，含系统集成", at(0), at(24)),
        row("杭州云帆贸易有限公司", "批发", at(-24 * 300), at(24 * 9)),
    ];
    let print = |terminal, width| {
        let screen = Screen { terminal, width, lang: Lang::Zh, ..Screen::file(NOW) };
        try_print("table", &screen, columns.clone(), rows.clone()).unwrap()
    };
    let wide = print(true, 120);
    assert!(wide.contains("2026-03-01 02:00") && wide.contains("集成"), "{wide}");
    assert_eq!(print(false, 40), wide, "nothing is shortened off a terminal");
    let narrow = print(true, 60);
    assert_eq!(
        narrow.lines().map(str::trim_end).collect::<Vec<_>>(),
        [
            "客户名称              所属行业          最后跟进…   下次跟…",
            "杭州云帆科技有限公司  软件和信息技术…   今天        03-02",
            "杭州云帆贸易有限公司  批发              2025-05-05  03-10",
        ]
    );
}

#[test]
fn rows_after_the_first_ones_stream_into_the_same_columns() {
    let columns = vec![Column::new("id", "ID", "编号"), Column::new("a", "A", "甲"), Column::new("b", "B", "乙")];
    let mut rows: Vec<Vec<Cell<'_>>> =
        (0..300).map(|at| vec![Cell::Number(at), Cell::Text("x".into()), Cell::Text("y".into())]).collect();
    rows.push(vec![Cell::Number(300), Cell::Text("longer than the column".into()), Cell::Empty]);
    rows.push(vec![Cell::Number(301), Cell::Text("longer than the column".into()), Cell::Text("y".into())]);
    let text = try_print("table", &Screen::file(NOW), columns.clone(), rows.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 303);
    assert_eq!((lines[1], lines[300]), ("0    x  y", "299  x  y"));
    assert_eq!((lines[301], lines[302]), ("300  longer than the column", "301  longer than the column  y"));
    let terminal = Screen { terminal: true, no_header: true, ..Screen::file(NOW) };
    let text = try_print("table", &terminal, columns, rows).unwrap();
    assert_eq!(text.lines().last(), Some("301  …  y"));
}

#[test]
fn csv_comes_back_as_it_was() {
    let text = print("csv", &Screen::file(NOW));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["id", "name", "city", "employees", "grade", "owner"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows[1], vec!["C-2", "上海蓝港贸易有限公司", "上海", "3", "B", "ann"]);
    assert_eq!(&rows[2][1], "Evil[2J Co\nC-99 \"x\", \\ y");
    assert!(!text.contains('\r'));
    let bare = print("csv", &Screen { no_header: true, lang: Lang::Zh, ..Screen::file(NOW) });
    assert_eq!(bare, text.split_once('\n').unwrap().1, "the language changes nothing");
}

#[test]
fn tsv_has_a_row_a_line() {
    let text = print("tsv", &Screen::file(NOW));
    let lines: Vec<Vec<String>> = text
        .lines()
        .map(|line| line.split('\t').map(|cell| cell.replace("\\n", "\n").replace("\\\\", "\\")).collect())
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], ["id", "name", "city", "employees", "grade", "owner"]);
    assert_eq!(lines[3][1], "Evil[2J Co\nC-99 \"x\", \\ y");
}

#[test]
fn json_is_read_back() {
    let text = print("json", &Screen::file(NOW));
    assert!(text.chars().all(|c| is_safe(c) || c == '\n'));
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema_version"], 1);
    let second = &document["records"][1];
    assert_eq!(second["id"], "C-2");
    assert_eq!(second["employees"], 3);
    assert_eq!(second["grade"], "B");
    assert_eq!(second["owner"], serde_json::json!({"id": "U-1", "name": "Ann Li", "login": "ann"}));
    assert_eq!(document["records"][2]["name"], HOSTILE);
    let lines = print("jsonl", &Screen::file(NOW));
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(serde_json::Value::Array(lines), document["records"]);
    let empty = try_print("json", &Screen::file(NOW), columns(), Vec::new()).unwrap();
    assert_eq!(empty, "{\"schema_version\":1,\"records\":[]}\n");
}

#[test]
fn cells_that_are_no_fields_have_a_form_in_every_format() {
    let column = Column::new;
    let columns = || {
        vec![column("who", "Who", "谁"), column("when", "When", "何时"), column("n", "N", "N"), column("y", "Y", "Y")]
    };
    let words = Cell::Words { code: "late".into(), en: "2d late".into(), zh: "迟 2 天".into() };
    let row = vec![Cell::Link(RecordId::new(customer::ID, 7), "Blue".into()), words, Cell::Empty, Cell::YesNo(true)];
    let print = |format: &str| try_print(format, &Screen::file(NOW), columns(), vec![row.clone()]).unwrap();
    assert_eq!(print("table"), "Who   When     N  Y\nBlue  2d late     yes\n");
    assert_eq!(print("csv"), "who,when,n,y\nC-7,late,,yes\n");
    assert_eq!(
        print("jsonl"),
        "{\"who\":{\"id\":\"C-7\",\"name\":\"Blue\"},\"when\":\"late\",\"n\":null,\"y\":true}\n"
    );
    assert_eq!(print("template={{who.name}} {{when}} {{n}}."), "Blue late .\n");
}

#[test]
fn sections_share_their_columns_and_marks_stand_out() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let print = |screen: &Screen, format: &str| {
        let names = Names::new(snapshot.reader(), screen.lang);
        let columns = || vec![Column::new("mark", "", ""), Column::new("n", "N", "数").numbers()];
        let said = |en: &str, zh: &str| Said::new(en, zh);
        let row = |mark: Cell<'static>, n| vec![mark, Cell::Number(n)];
        let first = Section {
            heading: said("First", "第一"),
            rows: ready(vec![row(Cell::Text("!".into()), 1), row(Cell::Empty, 20)]),
            note: Some(said("1 more", "另有 1 个")),
        };
        let second =
            Section { heading: said("Second", "第二"), rows: ready(vec![row(Cell::Empty, 3000)]), note: None };
        let sections = Sections {
            title: said("All", "全部"),
            columns: columns(),
            sections: vec![first, second],
            grid: Grid::of_rows("all", columns(), vec![row(Cell::Empty, 1)], &names),
        };
        let mut out = Vec::new();
        sections::write(sections, &format.parse().unwrap(), screen, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let plain = "All\n\n      N\n\nFirst\n!     1\n     20\n1 more\n\nSecond\n   3000\n";
    assert_eq!(print(&Screen::file(NOW), "table"), plain);
    let chinese = print(&Screen { lang: Lang::Zh, no_header: true, ..Screen::file(NOW) }, "table");
    assert_eq!(chinese, "第一\n!     1\n     20\n另有 1 个\n\n第二\n   3000\n");
    let coloured = print(&Screen { color: true, ..Screen::file(NOW) }, "table");
    assert!(coloured.contains("\u{1b}[31m!\u{1b}[0m     1\n"), "{coloured}");
    assert_eq!(print(&Screen::file(NOW), "csv"), "mark,n\n,1\n");
}

#[test]
fn ids_are_a_line_each() {
    assert_eq!(print("ids", &Screen::file(NOW)), "C-1\nC-2\nC-3\n");
    let error = try_print("ids", &Screen::file(NOW), vec![Column::new("n", "N", "N")], vec![vec![Cell::Number(1)]]);
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Usage);
}

#[test]
fn templates_see_what_json_has() {
    let text = print("template={{id}} {{name|upper}} {{owner.name}}", &Screen::file(NOW));
    assert_eq!(text.lines().next(), Some("C-1 BLUE HARBOR Ann Li"));
    for (template, column) in [("template={{id}", None), ("template={{id}} {{nam}}", Some("nam"))] {
        let error = try_print(template, &Screen::file(NOW), columns(), rows()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage, "{template}");
        if column.is_some() {
            assert!(error.message(Lang::En).contains("column 10"), "{error:?}");
            assert!(error.next_step(Lang::En).unwrap().starts_with("did you mean name?"), "{error:?}");
        }
    }
}

#[test]
fn nothing_hostile_leaves_in_any_format() {
    for format in ["table", "csv", "tsv", "json", "jsonl", "template={{name}}"] {
        let text = print(format, &Screen::file(NOW));
        assert!(text.chars().all(|c| is_safe(c) || matches!(c, '\n' | '\t')), "{format}: {text:?}");
    }
    assert_eq!(def("name").ty, Type::Text);
}

#[test]
fn a_reader_who_leaves_ends_the_stream() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let names = Names::new(snapshot.reader(), Lang::En);
    for format in [Format::Table, Format::Csv, Format::Tsv, Format::Json, Format::JsonLines, Format::Ids] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        drop(reader);
        let grid = Grid::of_rows("records", columns(), rows(), &names);
        let error = grid::write(grid, &format, &Screen::file(NOW), &mut writer).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{format:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure_with_a_reason() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let names = Names::new(snapshot.reader(), Lang::En);
    for format in [Format::Table, Format::Csv, Format::Tsv, Format::Json, Format::JsonLines, Format::Ids] {
        let mut full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let grid = Grid::of_rows("records", columns(), rows(), &names);
        let error = grid::write(grid, &format, &Screen::file(NOW), &mut full).unwrap_err();
        assert_eq!(error.kind().exit_code(), 1, "{format:?}");
        assert_eq!(error.message(Lang::En), "The output cannot be written: No space left on the device");
    }
}
