//! People who work with the program: owners, agents, authors.

use super::{
    KindId, Value,
    choices::EMAIL_NAMES,
    field::{Field, FieldDef},
    kind::{Kind, Section},
    rules::{Draft, RuleContext, invalid},
    types::{Email, Text, Texts, YesNo},
};
use crate::{error::Result, text::said};

/// The number of this kind.
pub const ID: KindId = KindId::new(1);

/// Made from the name when not given; for the person at the terminal the system's.
pub const LOGIN: Field<Text> = ID.field(1, "login", "Login", "登录名").also("用户名 账号").unique().index();
/// Name.
pub const NAME: Field<Text> = ID.field(2, "name", "Name", "姓名").also("名字").required().name().index().search();
/// Names under which imports know this person.
pub const ALIAS: Field<Texts> = ID.field(3, "alias", "Also known as", "别名").index();
/// E-mail.
pub const EMAIL: Field<Email> = ID.field(4, "email", "E-mail", "邮箱").also(EMAIL_NAMES);
/// A record of its own later.
pub const TEAM: Field<Text> = ID.field(5, "team", "Team", "团队").also("小组 部门 所属部门 部门名称").index();
/// Active.
pub const ACTIVE: Field<YesNo> = ID.field(6, "active", "Active", "在职");

static FIELDS: &[FieldDef] = &[LOGIN.def(), NAME.def(), ALIAS.def(), EMAIL.def(), TEAM.def(), ACTIVE.def()];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "user",
    plural: "users",
    letters: "U",
    aliases: &["u"],
    en: "User",
    zh: "用户",
    measure: "位",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["login", "name", "team", "email", "active"],
    sections: &[Section { en: "", zh: "", fields: &["login", "name", "alias", "email", "team", "active"] }],
    rules,
    derivations: &[],
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    if draft.is_new() {
        draft.default(ACTIVE, true);
    }
    let given = draft.get(LOGIN).map(str::to_owned);
    match given {
        Some(login) if draft.changed(LOGIN) => {
            if login.chars().any(|c| c.is_whitespace() || c.is_control()) {
                return Err(invalid(draft, "login", said!("a login has no spaces", "不能含空格"))
                    .hint(said!("write it like li.wei", "请写成 li.wei 的形式")));
            }
        }
        Some(_) => {}
        None => {
            let wanted = login_from(draft.get(NAME).unwrap_or_default());
            let login = first_free(&wanted, draft.id.num, context)?;
            draft.set(LOGIN, login);
        }
    }
    Ok(())
}

/// Whether a word stands for the person at the keyboard.
pub fn is_me(word: &str) -> bool {
    matches!(crate::text::fold(word).as_str(), "me" | "我")
}

/// The login that a name suggests: `Darcel Schlecht` becomes `darcel.schlecht`.
pub fn login_from(name: &str) -> String {
    let folded = crate::text::fold(name);
    let words: Vec<String> = folded
        .split(|c: char| c.is_whitespace() || c == '.')
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() { "user".to_owned() } else { words.join(".") }
}

/// `wanted`, or with the least number behind it that is free, as far as numbers were given one after the other: their
/// end is found by doubling and halving, so that many people of one name take no longer than few.
fn first_free(wanted: &str, own: u64, context: &RuleContext<'_>) -> Result<String> {
    let login = |count: u64| if count < 2 { wanted.to_owned() } else { format!("{wanted}{count}") };
    let is_taken = |count: u64| -> Result<bool> {
        Ok(context.lookup.holder(ID, &LOGIN.def(), &Value::Text(login(count)), own)?.is_some())
    };
    let (mut taken, mut free) = (0, 1);
    while is_taken(free)? {
        (taken, free) = (free, free * 2);
    }
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if is_taken(middle)? {
            taken = middle;
        } else {
            free = middle;
        }
    }
    Ok(login(free))
}
