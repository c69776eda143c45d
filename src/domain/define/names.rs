//! Which names definitions may take.

use std::cell::RefCell;

use crate::{
    domain::{FieldDef, Kind, reserved},
    error::{Error, Result},
    text::{fold, pinyin, said, scrub},
};

use super::known_names::{FieldNames, KnownNames};

/// The longest code.
const LONGEST: usize = 40;
/// Words that mean something of their own where the noun of a kind or the code of a field can stand.
const RESERVED: [&str; 18] = [
    "id", "and", "or", "not", "is", "has", "no", "over", "under", "before", "after", "view", "all", "me", "none",
    "help", "schema", "trashed",
];
/// Words with which a command begins, so that no kind is called so.
const VERBS: [&str; 25] = [
    "list", "add", "count", "show", "set", "rm", "restore", "purge", "history", "find", "log", "agenda", "board",
    "queue", "import", "export", "undo", "redo", "changes", "demo", "doctor", "config", "schema", "batch", "help",
];
/// The same in Chinese.
const VERB_NAMES: &str = "列表 列出 新建 新增 添加 统计 查看 显示 修改 设置 删除 恢复 清除 历史 查找 搜索 记录 日程 看板 队列 导入 导出 撤销 重做 变更 演示 检查 配置 定义 批量 帮助";
/// Labels that mean something of their own in a filter or before `=`.
const RESERVED_LABELS: [&str; 15] =
    ["编号", "视图", "我", "全部", "回收站", "或", "或者", "与", "且", "和", "并且", "而且", "非", "不", "不是"];

/// The kinds that there are so far.
pub(super) struct TakenNames<'a> {
    pub(super) kinds: Vec<&'a Kind>,
    pub(super) known: &'a RefCell<KnownNames>,
}

impl TakenNames<'_> {
    /// Refuses a kind whose noun is no code, or one of whose names another kind has.
    pub(super) fn kind(&self, noun: &str, letters: &str, called: &[&str]) -> Result<()> {
        is_code(noun)?;
        let called = called.iter().map(|name| (*name, fold(name)));
        if let Some((verb, _)) = called.clone().find(|(_, folded)| is_command(folded)) {
            return Err(Error::invalid(said!("'{verb}' is a command", "“{verb}”是命令"))
                .hint(said!("choose another noun", "请换一个名称")));
        }
        if let Some((label, _)) = called.clone().find(|(_, folded)| has_a_meaning(folded)) {
            return Err(means_something(label).hint(said!("choose another label", "请换一个标签")));
        }
        if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(Error::invalid(said!(
                "'{letters}' is not one to three letters",
                "“{letters}”不是一到三个字母"
            )));
        }
        if let Some(other) = self.kinds.iter().find(|kind| kind.letters.eq_ignore_ascii_case(letters)) {
            let (en, zh) = (other.en, other.zh);
            return Err(Error::invalid(said!(
                "The letters {letters} are those of {en}",
                "编号字母 {letters} 已用于“{zh}”"
            )));
        }
        if let Some((kind, ..)) = reserved::letters(letters) {
            return Err(Error::invalid(said!(
                "The letters {letters} are kept for a kind that a later version brings: {kind}",
                "编号字母 {letters} 已为后续版本的类别 {kind} 预留"
            ))
            .hint(said!("choose others, one to three", "请换一个，一到三个字母")));
        }
        for (name, folded) in called {
            if let Some((kind, ..)) = reserved::noun(&folded) {
                return Err(Error::invalid(said!(
                    "{name} is kept for a kind that a later version brings: {kind}",
                    "{name} 已为后续版本的类别 {kind} 预留"
                ))
                .hint(said!("choose another, such as own_{kind}", "请换一个，如 own_{kind}")));
            }
            let has = |kind: &&&Kind| {
                let names = [kind.noun, kind.plural, kind.zh, kind.en];
                names.iter().chain(kind.aliases).any(|known| fold(known) == folded)
            };
            if let Some(other) = self.kinds.iter().find(has) {
                return Err(Error::invalid(said!(
                    ("{name} is what {} are called", other.plural),
                    ("“{name}”已是“{}”的名称", other.zh)
                )));
            }
        }
        Ok(())
    }

    /// Refuses a field whose code is none, or one of whose names another field of its kind has. Fields only come: each is
    /// read once, however many come after it.
    pub(super) fn field<'f>(
        &self,
        of: &Kind,
        fields: impl Iterator<Item = &'f FieldDef>,
        def: &FieldDef,
    ) -> Result<()> {
        let mut known = self.known.borrow_mut();
        let others = known.of_fields(of.id);
        others.read_on(fields);
        self.is_free(of, others, def)
    }

    /// The same for a field that is there already and gets other labels.
    pub(super) fn relabelled<'f>(
        &self,
        of: &Kind,
        others: impl Iterator<Item = &'f FieldDef>,
        def: &FieldDef,
    ) -> Result<()> {
        self.known.borrow_mut().forget_fields(of.id);
        let mut names = FieldNames::common();
        names.read_on(others);
        self.is_free(of, &names, def)
    }

    fn is_free(&self, of: &Kind, others: &FieldNames, def: &FieldDef) -> Result<()> {
        is_code(def.code)?;
        let names = [def.code, def.en, def.zh].map(fold);
        let labels = [def.en, def.zh].into_iter().zip(&names[1..]);
        if let Some((label, _)) = labels.into_iter().find(|(_, folded)| has_a_meaning(folded)) {
            return Err(means_something(label).hint(said!("choose another label", "请换一个标签")));
        }
        if let Some((name, (code, zh))) = names.iter().find_map(|name| Some((name, others.of(name)?))) {
            return Err(Error::invalid(said!(
                ("A {} has a field called {name} already: {code}", of.noun),
                ("{}已有名为“{name}”的字段：{zh}", of.zh)
            )));
        }
        // A filter takes the plural of a kind for the way back along a link.
        if self
            .kinds
            .iter()
            .any(|kind| kind.plural == def.code || kind.noun == def.code && def.target != Some(kind.noun))
        {
            return Err(Error::invalid(said!("{} is the name of a kind of record", "“{}”是一类记录的名称", def.code)));
        }
        Ok(())
    }
}

/// Whether a command begins with a folded word, in either language. The grammar has a test that no operation is left out.
pub fn is_command(folded: &str) -> bool {
    VERBS.contains(&folded) || VERB_NAMES.split(' ').any(|verb| verb == folded)
}

/// Whether a folded name says something else in a filter, or where a noun can stand.
fn has_a_meaning(folded: &str) -> bool {
    RESERVED.contains(&folded) || RESERVED_LABELS.contains(&folded)
}

fn means_something(name: &str) -> Error {
    Error::invalid(said!("'{name}' has a meaning of its own", "“{name}”另有含义"))
}

/// The code that a label makes: `Contract no` is `contract_no`, `合同号` is `hetonghao`. A label without a letter or digit
/// makes none, and is then refused as it is.
pub(super) fn code_of(label: &str) -> String {
    let mut code = String::new();
    for c in fold(label).chars() {
        match pinyin::readings(c).next() {
            Some(syllable) => code.push_str(syllable),
            None if c.is_ascii_alphanumeric() => code.push(c),
            None if !code.is_empty() && !code.ends_with('_') => code.push('_'),
            None => {}
        }
    }
    let code = code.trim_end_matches('_').to_owned();
    if is_code(&code).is_ok() { code } else { label.to_owned() }
}

/// Labels that say nothing of their own: those of the other language, or what the code says.
pub struct Labels {
    /// What scripts say.
    pub code: String,
    /// What an English screen says.
    pub en: String,
    /// What a Chinese screen says.
    pub zh: String,
}

impl Labels {
    /// What follows from a code, or from a label in its place, and from the labels that are given.
    pub fn of(word: &str, en: Option<&str>, zh: Option<&str>) -> Self {
        let code = if is_code(word).is_ok() { word.to_owned() } else { code_of(word) };
        Self::with(code, word, en, zh)
    }

    /// The same of a choice, whose code may have capitals and begin with a digit: `VIP`, `50-100`.
    pub(super) fn of_choice(word: &str, en: Option<&str>, zh: Option<&str>) -> Self {
        let is_one = word.is_ascii() && is_choice_code(word).is_ok();
        Self::with(if is_one { word.to_owned() } else { code_of(word) }, word, en, zh)
    }

    fn with(code: String, word: &str, en: Option<&str>, zh: Option<&str>) -> Self {
        let word = &*scrub(word);
        let is_label = code != word;
        let chinese = word.chars().any(|c| pinyin::readings(c).next().is_some());
        let own = |wanted: bool| is_label && chinese == wanted;
        let en_own = en.map(str::to_owned).or_else(|| own(false).then(|| word.to_owned()));
        let zh_own = zh.map(str::to_owned).or_else(|| own(true).then(|| word.to_owned()));
        let en = en_own.clone().or_else(|| own(true).then(|| word.to_owned())).unwrap_or_else(|| label(&code));
        let zh = zh_own.or(en_own).unwrap_or_else(|| en.clone());
        Self { code, en, zh }
    }
}

/// A code as an English label: `contract_no` is `Contract no`.
fn label(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a text can be the code of a choice, which stands alone or in a list, in a filter too, and behind a dot in
/// `customer.grade.vip`.
pub(super) fn is_choice_code(code: &str) -> Result<()> {
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+');
    if code.len() <= LONGEST && code.starts_with(char::is_alphanumeric) && code.chars().all(fine) {
        return Ok(());
    }
    Err(no_code(code).hint(said!(
        "write letters, digits, underscores and hyphens; labels may be anything",
        "请用字母、数字、下划线和连字符；标签不受此限"
    )))
}

fn no_code(code: &str) -> Error {
    Error::invalid(said!("'{}' is no code", "“{}”不能作为代码", scrub(code)))
}

/// Whether a text can be a code: it is typed before `=` and `:`, and is part of names such as `customer.industry`.
fn is_code(code: &str) -> Result<()> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.len() > LONGEST || !code.starts_with(|c: char| c.is_ascii_lowercase()) || !code.chars().all(fine) {
        return Err(no_code(code).hint(said!(
            "write up to 40 small letters, digits and underscores, a letter first; labels may be anything",
            "请用小写字母、数字和下划线，以字母开头，最多 40 个；标签不受此限"
        )));
    }
    if RESERVED.contains(&code) {
        return Err(means_something(code).hint(said!("choose another code", "请换一个代码")));
    }
    Ok(())
}
