//! Chinese as it is written well: one word for one thing, nobody addressed, punctuation of full width, a space between
//! Chinese and Latin, and no English word but codes, commands and names.
//!
//! What the program says is read from the string literals of its sources. Tables of words that people type are none of
//! its sentences.

use std::collections::BTreeSet;

use crm::{
    command::global_options::of_every_command, domain::schema::BASE, grammar::help::TOPICS, keymap::ACTIONS, ops::OPS,
};

use super::{File, assert_none, files, lexer::literals, tree};

/// Files and folders of words that people type, or that made-up people say.
const WORDS: [&str; 13] = [
    "src/config/place.rs",
    "src/domain/repeat/words.rs",
    "src/domain/words/",
    "src/command/foreign_names.rs",
    "src/ops/demo/chinese.rs",
    "src/ops/demo/words.rs",
    "src/ops/import/columns.rs",
    "src/ops/import/roles.rs",
    "src/ops/import/units.rs",
    "src/query/duplicates.rs",
    "src/text/",
    "src/tui/scenario_tests/",
    "src/tui/testing/",
];

/// What is said otherwise: the word, and what is said for it.
const OTHERWISE: [(&str, &str); 24] = [
    ("新增", "新建"),
    ("销售管道", "销售流程；看板"),
    ("有管道", "销售流程"),
    ("个管道", "销售流程"),
    ("该管道", "销售流程"),
    ("坐席", "处理人"),
    ("等级", "级别"),
    ("窗格", "面板"),
    ("键位", "按键"),
    ("自由词", "不带“字段=”的文字"),
    ("记录类型", "记录类别"),
    ("动词", "操作"),
    ("名词", "类别"),
    ("给了两次", "写了两次"),
    ("反转标记", "反选"),
    ("重绘", "刷新"),
    ("彻底清除", "彻底删除"),
    ("登陆", "登录"),
    ("帐号", "账号"),
    ("缺省", "默认"),
    ("移到回收站", "移入回收站"),
    ("你", "nobody is addressed"),
    ("您", "nobody is addressed"),
    ("必须有它", "必填"),
];

/// Latin words that are the same in Chinese: names of programs, formats and keys.
const SAME: &str = "\
    crm json jsonl csv tsv ids utf utc ascii nul iso url html xml vcard icalendar rrule gb mb bom cny eur usd \
    alt ctrl shift enter esc space tab vim emacs simple default night paper shell dumb lsof xdg utils bell \
    toml docs md minijinja stdin todo fuzzy pinyin asia shanghai europe berlin name example com www https http li wei \
    readme config auto always never get set unset path options links table template blank fail rejected service keys \
    year quarter month week day days year pm unbind gg gx gw yes no me none all or and not in to of by is has high low zh en pt d h m s w q z \
    hello today tomorrow fri mon tue wed thu sat sun x a b c e f g i j k l n o p r t u v y";

fn known() -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let mut add = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        known.extend(words.map(str::to_ascii_lowercase));
    };
    add(SAME);
    for kind in BASE.kinds() {
        [kind.noun, kind.plural, kind.letters].into_iter().chain(kind.aliases.iter().copied()).for_each(&mut add);
        for def in kind.all_fields() {
            add(def.code);
            def.choices.iter().for_each(|choice| add(choice.code));
        }
    }
    for op in OPS {
        add(op.verb);
        op.args.iter().for_each(|arg| add(arg.name));
    }
    of_every_command().for_each(|(arg, _)| add(arg.name));
    TOPICS.iter().for_each(|(name, ..)| add(name));
    ACTIONS.iter().for_each(|action| add(action.words));
    known
}

/// Words that stand for what is to be typed in English.
pub(crate) const PLACEHOLDERS: [&str; 12] =
    ["NOUN", "VERB", "NAME", "KEY", "VALUE", "WHEN", "WHAT", "FILE", "STAGE", "FIELD", "WORDS", "AGENT"];

/// The codes of all fields, which nobody who reads Chinese has to type.
fn codes() -> BTreeSet<&'static str> {
    BASE.kinds().iter().flat_map(|kind| kind.all_fields()).map(|def| def.code).filter(|code| *code != "id").collect()
}

/// What is wrong with a line that was said: its punctuation, codes for labels, placeholders.
pub(crate) fn faults_of(line: &str) -> Vec<String> {
    if is_example(line) || line.starts_with("用法") || !line.chars().any(is_han) {
        return Vec::new();
    }
    let mut faults = faults(&without_code(line));
    faults.extend(coded(line, &codes()));
    faults
}

/// Whether a line is a sentence in another language: several words, and nothing in Chinese.
pub(crate) fn is_foreign(line: &str) -> bool {
    let plain = without_code(line);
    let words = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    !is_example(line) && !line.chars().any(is_han) && words.count() > 1
}

/// The English words of a line that was said.
pub(crate) fn foreign_words(line: &str) -> Vec<String> {
    if is_example(line) || !line.chars().any(is_han) {
        return Vec::new();
    }
    foreign(&without_code(line), &known()).into_iter().map(str::to_owned).collect()
}

/// Codes of fields with a value behind them, quotes of ASCII around what is no value of an option, and placeholders.
fn coded(line: &str, codes: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before = "";
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let bare = word.trim_start_matches(|c: char| !c.is_ascii() || c == '"');
        let name = bare.split(['=', ':', '+']).next().unwrap_or_default();
        if name.len() < bare.len() && codes.contains(name) {
            faults.push(format!("the code of a field, {name}"));
        }
        if bare.starts_with('\'') && !before.contains('-') && !word.starts_with("--") {
            faults.push(format!("ASCII quotes in {word}"));
        }
        let letters = word.split(|c: char| !c.is_ascii_alphabetic());
        faults.extend(letters.filter(|word| PLACEHOLDERS.contains(word)).map(|word| format!("a placeholder, {word}")));
        before = word;
    }
    faults
}

/// Whether a file is about tests, in which anybody says anything.
fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/") || path.contains("/power_cut/")
}

/// What is wrong with the Chinese of these files.
fn check(files: &[File]) -> Vec<String> {
    let (known, codes, mut complaints) = (known(), codes(), Vec::new());
    let said = |file: &&File| !is_test(&file.path) && !WORDS.iter().any(|words| file.path.starts_with(words));
    for file in files.iter().filter(said) {
        for (line, before, text) in literals(file) {
            if !is_chinese(text) || is_typed(before) {
                continue;
            }
            let mut complain = |what: String| complaints.push(format!("{}:{line}: {what}: {text}", file.path));
            for (word, instead) in OTHERWISE.iter().filter(|(word, _)| text.contains(word)) {
                complain(format!("{word} ({instead})"));
            }
            for sentence in text.split("\\n").flat_map(str::lines).filter(|line| !is_example(line)) {
                let plain = without_code(sentence);
                faults(&plain).into_iter().for_each(&mut complain);
                coded(sentence, &codes).into_iter().for_each(&mut complain);
                foreign(&plain, &known).into_iter().for_each(|word| complain(format!("an English word, {word}")));
            }
        }
    }
    complaints
}

/// Whether what follows is what people may type: other names of a field or a value.
fn is_typed(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("also(") || before.ends_with("also:") || before.ends_with("_NAMES: &str =")
}

/// Whether a text is Chinese, and not English with an example in Chinese.
fn is_chinese(text: &str) -> bool {
    let plain = without_code(text);
    let latin = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count();
    let begins = plain.chars().find(|c| c.is_alphanumeric()).is_some_and(is_han);
    text.chars().any(is_han) && (begins || plain.chars().filter(|c| is_han(*c)).count() >= 2 * latin)
}

/// A line of a page that shows what to type: one that is indented, or quoted in a file of keys.
fn is_example(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with("\\\"")
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// A sentence without what it quotes and without commands; `\u{1}` stands for what was put in or quoted.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let close = match c {
            '“' => '”',
            '「' => '」',
            '`' => '`',
            '\'' => '\'',
            '{' => '}',
            '<' => '>',
            '[' => ']',
            _ => {
                out.push(c);
                continue;
            }
        };
        if chars.clone().any(|c| c == close) {
            chars.by_ref().find(|c| *c == close);
            out.push('\u{1}');
        } else {
            out.push(c);
        }
    }
    // What holds a sign of the command line is code: `--map`, `字段=值`, `级别:A,B`, `$EDITOR`.
    // So is what follows an option: `--columns 编号,名称`.
    let mut option = false;
    let words: Vec<String> = out
        .split(' ')
        .map(|word| {
            let value = std::mem::replace(&mut option, word.contains("--"));
            match value
                || word.contains(['=', '/', '$', '_', '#', '@', '%', '|'])
                || word.contains("--")
                || is_filter(word)
            {
                true => "\u{1}".to_owned(),
                false => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
}

/// `级别:A`: a colon with something on both sides, which a sentence has not.
fn is_filter(word: &str) -> bool {
    word.find(':').is_some_and(|at| at > 0 && at + 1 < word.len())
}

/// Half-width punctuation beside Chinese, and Latin that touches Chinese.
fn faults(plain: &str) -> Vec<String> {
    let chars: Vec<char> = plain.chars().collect();
    let mut faults = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map_or(' ', |at| chars[at]);
        let behind = chars.get(at + 1).copied().unwrap_or(' ');
        let is_punctuation = matches!(c, ',' | ';' | ':' | '?' | '!' | '(' | ')');
        // `团队:` by itself is a prefix that is typed.
        let is_pause = matches!(c, ',' | ';' | ':') && behind == ' ' && at > 0 && at + 1 < chars.len();
        if chars.len() > 3 && (is_punctuation && (is_han(before) || is_han(behind)) || is_pause) {
            faults.push(format!("half-width {c}"));
        }
        if matches!(c, '，' | '。' | '；' | '：' | '？' | '！' | '、') {
            let is_space = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&' ');
            let (first, last) = (at == 0, at + 1 == chars.len());
            if !first && is_space(at.checked_sub(1)) || !last && is_space(Some(at + 1)) {
                faults.push(format!("a space beside {c}"));
            }
        }
        if c == '.' && before == '.' && behind == '.' {
            faults.push("three dots for …".to_owned());
        }
        if is_han(c) && behind.is_ascii_alphabetic() || c.is_ascii_alphabetic() && is_han(behind) {
            faults.push(format!("no space in {c}{behind}"));
        }
    }
    faults
}

/// The Latin words that nobody has to type.
fn foreign<'t>(plain: &'t str, known: &BTreeSet<String>) -> Vec<&'t str> {
    let words = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    let is_variable = |word: &str| word.chars().all(|c| c.is_ascii_uppercase());
    words.filter(|word| !is_variable(word) && !known.contains(&word.to_ascii_lowercase())).collect()
}

#[test]
fn chinese_is_written_well() {
    let files = tree(&["src"]);
    let said = files.iter().flat_map(literals).filter(|(.., text)| text.chars().any(is_han)).count();
    assert!(said > 1500, "{said}");
    assert_none(&check(&files));
}

#[test]
fn chinese_that_is_not_is_found() {
    for (text, complaints) in [
        ("新建客户：请写名称", 0),
        ("新增客户", 1),
        ("请输入您的姓名", 1),
        ("没有文件, 请换一个", 1),
        ("没有文件(已删除)", 2),
        ("客户: 新建", 1),
        ("用CSV导入", 2),
        ("用 CSV 导入", 0),
        ("没有 pipeline 的 stage", 0),
        ("没有 whatever", 1),
        ("请写 {}=…，例如 级别:A,B 或 字段=值", 0),
        ("“{name}”不是 {kind} 的字段", 0),
        ("请加 --yes，或用 crm undo 撤销", 0),
        ("  crm customer list 级别:A (城市:上海)", 0),
        ("no Chinese (at all)", 0),
        ("没有这一类记录；可用 add, list", 1),
        ("更多： crm help", 1),
        ("请写 name=...", 1),
        ("请写 grade:A 或 客户级别:A", 1),
        ("请写 客户名称=…", 0),
        ("是否指 '{near}'？", 1),
        ("请写 --columns 编号,名称", 0),
        ("请加 --where '级别:A'，再试", 0),
        ("请写 crm help NOUN", 1),
        ("请稍候...", 1),
    ] {
        let source = format!("fn f() -> Said {{ said(\"{text}\") }}");
        let found = check(&files_of("src/a.rs", &source));
        assert_eq!(found.len(), complaints, "{text}: {found:?}");
    }
    assert_none(&check(&files_of("src/a.rs", "// 新增\n#[cfg(test)]\nmod tests { const A: &str = \"新增\"; }")));
    assert_none(&check(&files_of("src/command/foreign_names.rs", "const A: &str = \"等级\";")));
}

#[test]
fn a_sentence_in_another_language_is_found() {
    assert!(is_foreign("error: the store is locked"));
    for line in ["没有 the store", "  crm customer list", "C-1", "`crm customer list`"] {
        assert!(!is_foreign(line), "{line}");
    }
}

fn files_of(path: &str, text: &str) -> Vec<File> {
    files(&[(path, text)])
}
