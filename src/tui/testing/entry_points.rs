//! What is typed is read alike on every way in: an assignment of a command, the `:` line, a form, a cell of an import,
//! a filter, `next=` and snooze. Phrases at random, in both languages.

use std::cell::RefCell;

use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};

use super::screen::TestScreen;
use crate::{
    domain::{FieldDef, Kind, RecordId, deal, followup},
    query::{count::count, resolve},
    text::Lang,
    tui::{form::FormTarget, route},
};

/// The value of a field as it is stored.
type Stored = Option<Vec<u8>>;

/// A screen over a store, and a file to import from.
struct EntryPoints {
    app: TestScreen,
    kind: &'static Kind,
    def: FieldDef,
    /// Another field that a record needs, and its value.
    needs: &'static [(&'static str, &'static str)],
    file: tempfile::NamedTempFile,
    records: u64,
    phrases: u64,
}

impl EntryPoints {
    fn new(kind: &'static Kind, def: FieldDef, needs: &'static [(&'static str, &'static str)]) -> Self {
        let mut app = TestScreen::new(Lang::Zh, (100, 30));
        app.say("customer add 云帆");
        let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
        Self { app, kind, def, needs, file, records: 0, phrases: 0 }
    }

    fn run(&mut self, words: &[&str]) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        self.app.run(&words);
    }

    /// The value of a field of a record.
    fn stored(&self, num: u64, def: FieldDef) -> Stored {
        let record = self.app.record(&RecordId::new(self.kind.id, num).to_string()).unwrap();
        record.row().raw_fields().find(|(tag, _)| *tag == def.tag).map(|(_, raw)| raw.to_vec())
    }

    /// The value of the record that was just added; an error where the words were refused.
    fn added(&mut self) -> Result<Stored, String> {
        let error = self.app.state.error.take();
        let flaw = self.app.state.forms.last().and_then(|form| form.error.clone());
        self.app.state.forms.clear();
        let id = RecordId::new(self.kind.id, self.records + 1);
        if self.app.record(&id.to_string()).is_none() {
            return Err(format!("{error:?} {flaw:?}"));
        }
        self.records += 1;
        Ok(self.stored(self.records, self.def))
    }

    /// What the ways on which a new record comes in make of a phrase.
    fn read(&mut self, phrase: &str) -> Vec<(&'static str, Result<Stored, String>)> {
        let (noun, code, label) = (self.kind.noun, self.def.code, self.def.zh);
        let mut found = Vec::new();
        self.phrases += 1;
        let n = self.phrases;
        let needs: String = self.needs.iter().map(|(code, value)| format!(" {code}={value}")).collect();
        let assigned = format!("{code}={phrase}");
        let called = format!("甲{n}");
        let words = [noun, "add", &*called].into_iter().chain(needs.split_whitespace()).chain([&*assigned]);
        self.run(&words.collect::<Vec<_>>());
        found.push(("assignment", self.added()));
        self.app.press(":");
        let pasted = route::paste(&self.app.state, format!("{noun} add 乙{n}{needs} {label}＝“{phrase}”"));
        self.app.act(pasted);
        self.app.press("<enter>");
        found.push((": line", self.added()));
        let mut ask = FormTarget::add(noun, None).called(&crate::domain::schema::BASE, &format!("丙{n}"));
        ask.given.extend(self.needs.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())));
        self.app.open(ask);
        let form = self.app.state.forms.last_mut().unwrap();
        form.at = form.entries.iter().position(|entry| entry.slot.def.code == code).unwrap();
        self.app.press(&format!("{phrase}^o"));
        found.push(("form", self.added()));
        let name = self.kind.name_field().code;
        let (headings, values): (String, String) =
            self.needs.iter().map(|(code, value)| (format!(",{code}"), format!(",{value}"))).unzip();
        std::fs::write(self.file.path(), format!("{name},{code}{headings}\n丁{n},\"{phrase}\"{values}\n")).unwrap();
        let file = self.file.path().to_str().unwrap().to_owned();
        self.run(&["import", &file, "--into", noun]);
        found.push(("import", self.added()));
        found
    }

    /// What the ways on which a new record comes in make of a phrase, if that is the same for all.
    fn alike(&mut self, phrase: &str) -> Result<Stored, TestCaseError> {
        let found = self.read(phrase);
        let first = found[0].1.clone().map_err(|error| TestCaseError::fail(format!("{phrase}: {error}")))?;
        for (door, value) in found {
            prop_assert_eq!(value.as_ref(), Ok(&first), "{}: {}", door, phrase);
        }
        Ok(first)
    }

    /// How many of the records with the last phrase a filter for it finds.
    fn count(&self, phrase: &str) -> u64 {
        let (name, n, code) = (self.kind.name_field().code, self.phrases, self.def.code);
        let filter = format!("{name}:甲{n},乙{n},丙{n},丁{n} {code}:\"{phrase}\"");
        let context = self.app.thread.context();
        let snapshot = self.app.thread.store.snapshot().unwrap();
        let reader = snapshot.reader();
        let filter = resolve::read(&filter, self.kind, &context.asking(reader)).unwrap();
        count(&reader, &filter).unwrap()
    }

    /// Whether the record that was added last is due later than now.
    fn comes(&self) -> bool {
        let context = self.app.thread.context();
        let record = self.app.record(&RecordId::new(self.kind.id, self.records).to_string()).unwrap();
        record.get(followup::DUE).is_some_and(|due| due.start(context.tz) > context.now)
    }
}

/// Days that are named, in both languages.
fn day() -> impl Strategy<Value = String> {
    let unit = prop::sample::select(vec!["天", "周", "个月", " days", " weeks", " months"]);
    let weekday = prop::sample::select(vec!["一", "二", "三", "四", "五", "六", "日"]);
    let english = prop::sample::select(vec!["mon", "tue", "wednesday", "thu", "sat", "sunday"]);
    prop_oneof![
        prop::sample::select(vec![
            "今天",
            "明天",
            "后天",
            "大后天",
            "昨天",
            "today",
            "tomorrow",
            "月底",
            "年底",
            "下月初",
            "eom",
            "eow"
        ])
        .prop_map(str::to_owned),
        (1..120u32, unit).prop_map(|(n, unit)| match unit.strip_prefix(' ') {
            Some(_) => format!("in {n}{unit}"),
            None => format!("{n}{unit}后"),
        }),
        (prop::sample::select(vec!["", "下", "下下", "本"]), weekday).prop_map(|(week, day)| format!("{week}周{day}")),
        (prop::sample::select(vec!["", "next ", "this "]), english).prop_map(|(week, day)| format!("{week}{day}")),
        (prop::sample::select(vec!["", "下月", "本月"]), 1..29u32).prop_map(|(month, day)| format!("{month}{day}号")),
        (prop::sample::select(vec!["", "明年", "2027年"]), 1..13u32, 1..29u32)
            .prop_map(|(year, month, day)| format!("{year}{month}月{day}日")),
        (2020..2035u32, 1..13u32, 1..29u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        (2020..2035u32, 1..13u32, 1..29u32).prop_map(|(year, month, day)| format!("{year}{month:02}{day:02}")),
    ]
}

/// A day, with a time of day or without.
fn moment() -> impl Strategy<Value = String> {
    let time = prop_oneof![
        Just(String::new()),
        (1..12u32).prop_map(|hour| format!("下午{hour}点")),
        (0..24u32, 0..60u32).prop_map(|(hour, minute)| format!(" {hour:02}:{minute:02}")),
        (1..12u32).prop_map(|hour| format!(" {hour}pm")),
    ];
    (day(), time).prop_map(|(day, time)| format!("{day}{time}"))
}

/// Amounts, in figures and in words.
fn amount() -> impl Strategy<Value = String> {
    let digits = prop::sample::select(vec!["一", "二", "三", "四", "五", "六", "七", "八", "九"]);
    let plain = prop_oneof![
        (1..1_000_000_000u64).prop_map(|n| n.to_string()),
        (1..1_000_000u64, 0..100u64).prop_map(|(n, cents)| format!("{n}.{cents:02}")),
        (1..1000u64, 0..1000u64).prop_map(|(n, rest)| format!("{n},{rest:03},000")),
        (1..1000u64, prop::sample::select(vec!["万", "亿", "千", "w", "k", "m"]))
            .prop_map(|(n, unit)| format!("{n}{unit}")),
        (1..100u64, 1..10u64).prop_map(|(n, rest)| format!("{n}万{rest}千")),
        (1..100u64, 1..10u64).prop_map(|(n, rest)| format!("{n}.{rest}亿")),
        (digits.clone(), digits.clone()).prop_map(|(a, b)| format!("{a}万{b}")),
        (digits.clone(), digits.clone()).prop_map(|(a, b)| format!("{a}十{b}万")),
        (digits.clone(), digits).prop_map(|(a, b)| format!("{a}百{b}十万整")),
    ];
    let before = prop::sample::select(vec!["", "", "¥", "$", "人民币", "美元", "USD "]);
    let behind = prop::sample::select(vec!["", "元", "美元", "块", " EUR"]);
    (plain, before, behind).prop_map(|(plain, before, behind)| {
        let behind = if before.is_empty() { behind } else { "" };
        let behind = if plain.ends_with('整') { "" } else { behind };
        format!("{before}{plain}{behind}")
    })
}

/// Lengths of time.
fn length() -> impl Strategy<Value = String> {
    prop_oneof![
        (1..600u32).prop_map(|n| n.to_string()),
        (1..600u32, prop::sample::select(vec!["分钟", "m", " minutes", "分"]))
            .prop_map(|(n, unit)| format!("{n}{unit}")),
        (1..24u32, prop::sample::select(vec!["小时", "个小时", "h", " hours"]))
            .prop_map(|(n, unit)| format!("{n}{unit}")),
        (1..9u32).prop_map(|n| format!("{n}个半小时")),
        (1..9u32, 1..60u32).prop_map(|(hours, minutes)| format!("{hours}h{minutes}m")),
        (1..9u32, 1..60u32).prop_map(|(hours, minutes)| format!("{hours}小时{minutes}分钟")),
        prop::sample::select(vec!["半小时", "一刻钟", "三刻钟", "一个半小时", "两小时"]).prop_map(str::to_owned),
    ]
}

/// Repeats.
fn repeat() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "每天",
            "每周",
            "每两周",
            "每月",
            "每年",
            "每季度",
            "每月底",
            "每个工作日",
            "daily",
            "weekly",
            "monthly",
            "yearly",
            "every weekday"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec!["一", "二", "三", "四", "五"]).prop_map(|day| format!("每周{day}")),
        (1..29u32).prop_map(|day| format!("每月{day}号")),
        (2..13u32, prop::sample::select(vec!["天", "周", "个月"])).prop_map(|(n, unit)| format!("每{n}{unit}")),
        (2..13u32, prop::sample::select(vec!["days", "weeks", "months"]))
            .prop_map(|(n, unit)| format!("every {n} {unit}")),
    ]
}

/// A property of phrases, on one screen.
fn hold(
    mut doors: EntryPoints,
    phrases: impl Strategy<Value = String>,
    check: fn(&mut EntryPoints, &str) -> TestCaseResult,
) {
    let doors = RefCell::new(&mut doors);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(32) });
    runner.run(&phrases, |phrase| check(&mut doors.borrow_mut(), &phrase)).unwrap();
}

fn alike_and_found(doors: &mut EntryPoints, phrase: &str) -> TestCaseResult {
    doors.alike(phrase)?;
    prop_assert_eq!(doors.count(phrase), 4, "{}", phrase);
    Ok(())
}

#[test]
fn amounts() {
    hold(EntryPoints::new(&deal::KIND, deal::AMOUNT.def(), &[]), amount(), alike_and_found);
}

#[test]
fn lengths() {
    let doors = EntryPoints::new(&followup::KIND, followup::MINUTES.def(), &[("due", "2026-12-01")]);
    hold(doors, length(), alike_and_found);
}

#[test]
fn repeats() {
    let doors = EntryPoints::new(&followup::KIND, followup::REPEAT.def(), &[("due", "2026-12-01")]);
    hold(doors, repeat(), |doors, phrase| doors.alike(phrase).map(drop));
}

#[test]
fn days_and_times() {
    hold(EntryPoints::new(&followup::KIND, followup::DUE.def(), &[]), moment(), |doors, phrase| {
        let due = doors.alike(phrase)?;
        prop_assert_eq!(doors.count(phrase), 4, "{}", phrase);
        if !doors.comes() {
            return Ok(());
        }
        doors.run(&["log", "note", "C-1", "说过", &format!("next={phrase} 回访")]);
        prop_assert_eq!(doors.added(), Ok(due.clone()), "next: {}", phrase);
        doors.run(&["followup", "add", "戊", "due=2026-11-30"]);
        prop_assert!(doors.added().is_ok());
        let last = doors.records;
        doors.run(&["followup", "snooze", &format!("F-{last}"), phrase]);
        prop_assert_eq!(doors.stored(last, followup::DUE.def()), due, "snooze: {}", phrase);
        Ok(())
    });
}
