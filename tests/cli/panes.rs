//! `agenda`, `board` and `queue`: what they show, whose, in which words and to which program.

use chrono::TimeDelta;
use crm::text::width;
use serde_json::Value;

use crate::harness::TestEnvironment;

/// A store in which ann of the east and bob of the west have something of everything. It is Monday, 2 March 2026.
fn env() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in [
        "user set ann team=east",
        "user add Bob login=bob team=west",
        "customer add 北京瑞丰医疗有限公司 grade=A",
        "customer add Cedar_Point_Energy grade=C",
        "deal add 设备采购 customer=C-1 amount=¥880000 stage=negotiation",
        "deal add Lab_upgrade customer=C-2 amount=€41000",
        "deal add Pilot customer=C-2 amount=$1000 owner=bob",
        "followup add Call_them customer=C-1 due=2026-02-28 type=call priority=high",
        "followup add Return_visit due=2026-02-26 type=visit",
        "followup add Send_quote customer=C-1 due=2026-03-02T15:00:00Z type=email",
        "followup add 首次拜访 due=tomorrow type=visit",
        "followup add Price_list due=2026-03-06",
        "followup add Next_week due=2026-03-10T10:30:00Z",
        "followup add Much_later due=2026-06-01",
        "followup add Done_already due=2026-02-20",
        "followup done F-8",
        "followup add Of_bob due=today owner=bob",
    ] {
        env.crm(words.split(' ').map(|word| word.replace('_', " "))).ok();
    }
    env
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// One value of every row.
fn each<'v>(document: &'v Value, rows: &str, key: &str) -> Vec<&'v str> {
    document[rows].as_array().unwrap().iter().map(|row| row[key].as_str().unwrap_or_default()).collect()
}

#[test]
fn the_agenda_by_day_with_reasons() {
    let env = env();
    let output = env.crm(["agenda"]).output();
    assert_eq!(output.stderr, "1 more later than in 30 days: add --all\n");
    assert_eq!(
        output.ok(),
        "\
Agenda of ann   2 overdue · 1 today · 1 tomorrow · 1 this week · 1 later · 1 done today

   ID   Due           Title         Customer              How     Priority  Why

Overdue
●  F-2  4d late       Return visit                        Visit
●  F-1  2d late       Call them     北京瑞丰医疗有限公司  Call    High      A customer, ¥880k in negotiation, never contacted

Today
   F-3  15:00         Send quote    北京瑞丰医疗有限公司  E-mail            A customer, ¥880k in negotiation, never contacted

Tomorrow
   F-4  tomorrow      首次拜访                            Visit

This week
   F-5  Fri           Price list

Later
   F-6  10 Mar 10:30  Next week

Done today
   F-8  09:00         Done already
"
    );
    let chinese = env.crm(["agenda", "--lang", "zh"]).ok();
    assert!(
        chinese.starts_with("ann 的跟进日程   逾期 2 · 今天 1 · 明天 1 · 本周 1 · 以后 1 · 今日完成 1\n"),
        "{chinese}"
    );
    for words in ["\n逾期\n", "逾期2天", "A 级客户，商务谈判 ¥88万，从未联系", "周五", "3月10日 10:30", "\n今日完成\n"]
    {
        assert!(chinese.contains(words), "{words}: {chinese}");
    }
}

#[test]
fn silence_is_counted_in_weeks() {
    let env = env();
    env.crm(["log", "call", "C-1", "asked for a quote"]).ok();
    let why = || env.crm(["agenda", "-o", "template={{id}} {{why}}", "-q"]).ok();
    assert!(why().contains("F-1 A customer, ¥880,000 in negotiation\n"), "{}", why());
    env.advance_clock(TimeDelta::days(36));
    assert!(why().contains("F-1 A customer, ¥880,000 in negotiation, no contact for 5 weeks\n"), "{}", why());
}

#[test]
fn programs_get_one_document() {
    let env = env();
    let agenda = json(&env.crm(["agenda", "-o", "json", "--lang", "zh"]).ok());
    assert_eq!(agenda["schema_version"], 1);
    let sections = ["overdue", "overdue", "today", "tomorrow", "this_week", "later", "done"];
    assert_eq!(each(&agenda, "agenda", "section"), sections);
    assert_eq!(
        agenda["agenda"][1],
        json(
            r#"{"id":"F-1","section":"overdue","due":"2026-02-28","title":"Call them",
                "customer":{"id":"C-1","name":"北京瑞丰医疗有限公司"},"type":"call","priority":"high",
                "owner":{"id":"U-1","name":"ann","login":"ann"},"why":"A customer, ¥880,000 in negotiation, never contacted"}"#
        )
    );
    assert_eq!(env.crm(["agenda", "-o", "ids"]).ok(), "F-2\nF-1\nF-3\nF-4\nF-5\nF-6\nF-8\n");
    let csv = env.crm(["agenda", "-o", "csv"]).ok();
    assert!(csv.starts_with("id,section,due,title,customer,type,priority,owner,why\nF-2,overdue,2026-02-26,"), "{csv}");
    let all = json(&env.crm(["agenda", "--all", "-o", "json"]).ok());
    assert!(each(&all, "agenda", "id").contains(&"F-7"), "{all}");
}

#[test]
fn whose_it_is() {
    let env = env();
    let ids = |owner: &str| env.crm(["agenda", "--owner", owner, "-o", "ids", "-q"]).ok();
    let mine = ids("me");
    assert_eq!(mine, env.crm(["agenda", "-o", "ids", "-q"]).ok());
    assert_eq!(ids("bob"), "F-9\n");
    assert_eq!(ids("team:West"), "F-9\n");
    assert_eq!(ids("团队：east"), mine);
    let mut all: Vec<String> = ids("all").lines().map(str::to_owned).collect();
    all.sort();
    assert_eq!(all, ["F-1", "F-2", "F-3", "F-4", "F-5", "F-6", "F-8", "F-9"]);
    let shown = env.crm(["agenda", "--owner", "all", "-q"]).ok();
    assert!(shown.starts_with("Agenda of everybody ") && shown.contains(" Owner "), "{shown}");
    let error = env.crm(["agenda", "--owner", "team:north"]).fails(3);
    assert_eq!(error, "error: Nobody is in a team 'north'\nhint: the teams are east, west\n");
    env.crm(["board", "--owner", "nobody.here"]).fails(3);
    let output = env.crm(["agenda", "--owner", "bob"]).user("bob").output();
    assert!(output.ok().contains("F-9"));
}

#[test]
fn the_board_with_sums_of_each_currency() {
    let env = env();
    assert_eq!(
        env.crm(["board"]).ok(),
        "\
Pipeline Sales of ann   2 open  ¥880,000 + €41,000  weighted ¥660,000 + €4,100

   ID   Deal         Customer                Amount  Days  Why

qualify  1  €41,000  weighted €4,100
!  D-2  Lab upgrade  Cedar Point Energy     €41,000     0  nothing planned

needs  0

proposal  0

negotiation  1  ¥880,000  weighted ¥660,000
   D-1  设备采购     北京瑞丰医疗有限公司  ¥880,000     0

won  0

lost  0
"
    );
    env.crm(["deal", "move", "D-1", "won"]).ok();
    env.advance_clock(TimeDelta::days(15));
    let all = env.crm(["board", "--owner", "all", "--lang", "zh"]).ok();
    assert!(all.contains("初步接洽  2  €41,000 + $1,000  加权 €4,100 + $100\n"), "{all}");
    assert!(all.contains("滞留，无跟进计划") && all.contains("赢单  1  ¥880,000\n"), "{all}");
    let board = json(&env.crm(["board", "--owner", "all", "-o", "json"]).ok());
    assert_eq!(each(&board, "board", "id"), ["D-3", "D-2"], "the latest change first, and no card of what is won");
    let card = &board["board"][1];
    assert_eq!((&card["days"], &card["stale"], &card["planned"]), (&15.into(), &true.into(), &false.into()));
    assert_eq!(card["amount"], json(r#"{"amount":"41000.00","currency":"EUR"}"#));
    assert_eq!(card["stage"]["name"], "qualify");
    assert!(env.crm(["board", "--owner", "bob"]).ok().contains("qualify  1  $1,000"));
}

#[test]
fn a_full_stage_says_how_many_more() {
    let env = TestEnvironment::new();
    for at in 0..22 {
        env.crm(["deal".to_owned(), "add".to_owned(), format!("Deal {at}")]).ok();
    }
    for owner in ["me", "all"] {
        let board = env.crm(["board", "--owner", owner]).ok();
        assert!(board.contains("   2 more: add --limit\n"), "{board}");
        assert!(board.contains("D-22 ") && !board.contains("D-2 "), "the latest are shown: {board}");
        let raised = env.crm(["board", "--owner", owner, "--limit", "30"]).ok();
        assert!(!raised.contains("more") && raised.contains("D-1 "), "{raised}");
        assert_eq!(env.crm(["board", "--owner", owner, "-o", "ids"]).ok().lines().count(), 22, "programs get all");
    }
    let few = env.crm(["board", "--limit", "2", "-o", "ids"]).output();
    assert_eq!(few.stderr, "20 more deals: raise --limit\n");
    assert_eq!(few.ok(), "D-22\nD-21\n");
}

#[test]
fn another_pipeline() {
    let env = env();
    env.crm(["pipeline", "add", "Renewals"]).ok();
    env.crm(["stage", "add", "asked", "pipeline=Renewals", "probability=50", "order=1"]).ok();
    env.crm(["deal", "add", "Again", "pipeline=Renewals", "amount=$10"]).ok();
    let board = env.crm(["board", "--pipeline", "renewals"]).ok();
    assert!(board.contains("\nasked  1  $10  weighted $5\n") && !board.contains("qualify"), "{board}");
    env.crm(["board", "--pipeline", "Nowhere"]).fails(3);
}

#[test]
fn the_queue_by_time_left() {
    let env = env();
    for words in [
        "ticket add Wrong_number customer=C-2 type=complaint priority=urgent owner=me",
        "ticket add 货物破损 customer=C-1 type=complaint priority=high",
        "ticket add Which_cable type=question owner=me",
        "ticket wait T-3",
        "ticket add Of_bob owner=bob",
        "ticket add Solved owner=me",
        "ticket resolve T-5 answered",
    ] {
        env.crm(words.split(' ').map(|word| word.replace('_', " "))).ok();
    }
    env.advance_clock(TimeDelta::minutes(95));
    assert_eq!(
        env.crm(["queue"]).ok(),
        "\
Queue: mine and unassigned   1 breached · 3 open

   ID   Left      Subject       Customer              Type       Priority  Agent  Status
!  T-1  35m over  Wrong number  Cedar Point Energy    Complaint  Urgent    ann    New
   T-2  2h 24m    货物破损      北京瑞丰医疗有限公司  Complaint  High      —      New
   T-3  paused    Which cable                         Question   Normal    ann    Waiting
"
    );
    let chinese = env.crm(["queue", "--lang", "zh"]).ok();
    assert!(chinese.starts_with("工单队列：我的和未分配的   已超时 1 · 未结 3\n"), "{chinese}");
    assert!(chinese.contains("超时35分") && chinese.contains("已暂停"), "{chinese}");
    let queue = json(&env.crm(["queue", "-o", "json"]).ok());
    assert_eq!(each(&queue, "queue", "id"), ["T-1", "T-2", "T-3"]);
    let first = &queue["queue"][0];
    assert_eq!((&first["left_seconds"], &first["breached"]), (&(-2109).into(), &true.into()));
    assert_eq!(queue["queue"][2]["left_seconds"], Value::Null);
    assert_eq!(env.crm(["queue", "--owner", "me", "-o", "ids"]).ok(), "T-1\nT-3\n", "said so, mine are mine alone");
    assert_eq!(env.crm(["queue", "--owner", "all", "-o", "ids"]).ok(), "T-1\nT-2\nT-4\nT-3\n");
    assert_eq!(env.crm(["queue", "--limit", "1", "-o", "ids"]).ok(), "T-1\n");
}

#[test]
fn columns_run_straight_through_all_sections() {
    let env = env();
    for lang in ["en", "zh"] {
        let shown = env.crm(["agenda", "--lang", lang, "-q"]).ok();
        let title_at = |line: &str, title: &str| line.find(title).map(|at| width(&line[..at]));
        let heading = if lang == "en" { "Title" } else { "主题" };
        let column = shown.lines().find_map(|line| title_at(line, heading)).unwrap();
        for title in ["Call them", "Send quote", "首次拜访", "Price list", "Next week"] {
            let found = shown.lines().find_map(|line| title_at(line, title));
            assert_eq!(found, Some(column), "{title}: {shown}");
        }
    }
}

#[test]
fn nothing_to_show_names_the_next_step() {
    let env = TestEnvironment::new();
    for (pane, words) in [("agenda", "followup add"), ("board", "deal add"), ("queue", "ticket add")] {
        let output = env.crm([pane]).output();
        assert!(output.stderr.contains(words), "{}", output.stderr);
        output.ok();
        let quiet = env.crm([pane, "-o", "json", "-q"]).output();
        assert_eq!(quiet.stderr, "");
        assert_eq!(json(&quiet.ok())[pane], Value::Array(Vec::new()));
    }
}
