//! Records by what people call them: an id, a name, a login, an e-mail, a telephone number, `me`.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, Kind, RecordId, Row, Type, Value, is_called, pipeline, stage, user, words::phone},
    error::{Error, Result},
    query::{
        filter::{Check, Filter, Node, Ranges},
        plan,
        syntax::Pattern,
    },
    text::{Said, fold, nearest, said},
};

use super::{NamedRecords, Resolver, StoredRecords};

/// Shorter than this, nothing is taken for a telephone number.
const FEWEST_DIGITS: usize = 5;

impl StoredRecords<'_> {
    /// The records of a kind that a pattern means: their numbers, or what their names must be like.
    pub(super) fn linked(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Node> {
        if pattern.prefix {
            return Ok(Check::Prefix(fold(&pattern.text)).of_name(kind));
        }
        self.numbers(at, kind, pattern).map(|numbers| Node::Ids(Ranges::of_numbers(&numbers)))
    }

    fn numbers(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Vec<u64>> {
        let text = pattern.text.as_str();
        if kind.id == user::ID && !pattern.quoted && user::is_me(text) {
            return match self.asking.me {
                Some(number) => Ok(vec![number]),
                None => {
                    let error = at
                        .error(pattern.span, said!("The store does not know you as a user", "数据文件中没有当前用户"));
                    Err(error.hint(said!(
                        "name a user instead, or say who you are with --as LOGIN",
                        "请写用户的姓名，或用 --as 登录名 指明身份"
                    )))
                }
            };
        }
        let id = RecordId::parse(text, Some(kind)).filter(|id| id.kind == kind.id);
        let has_letters = text.starts_with(|c: char| !c.is_ascii_digit());
        // `u07` is a login before it is U-7.
        let spelled_out = kind.id != user::ID || text.contains(['-', '－']);
        if let Some(id) = id.filter(|_| has_letters && spelled_out && !pattern.quoted) {
            return Ok(vec![id.num]);
        }
        let mut found = self.by_name(kind, text)?;
        if found.is_empty()
            && let Some(id) = id
        {
            found.push(id.num);
        }
        if found.is_empty() {
            found = self.in_the_trash(kind, text)?;
        }
        if found.is_empty() && self.names == NamedRecords::MustExist {
            Err(self.nobody(at, kind, pattern)?)
        } else {
            Ok(found)
        }
    }

    /// The records whose name, or another field that tells one record from the others, is this text.
    fn by_name(&self, kind: &'static Kind, text: &str) -> Result<Vec<u64>> {
        if matches!(kind.id, stage::ID | pipeline::ID) {
            let mut found = Vec::new();
            self.each_name(kind, &mut |num, name| {
                if is_called(kind.id, name, text) {
                    found.push(num);
                }
            })?;
            return Ok(found);
        }
        let mut found = Vec::new();
        for def in kind.fields.iter().filter(|def| names_a_record(kind, def)) {
            let check = match def.ty {
                Type::Phone => Check::Phones(vec![text.to_owned()]),
                _ => Check::Texts(vec![fold(text)]),
            };
            self.passing(kind, def, check, text, &mut found)?;
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The same of the trash, for records in use may still link there.
    fn in_the_trash(&self, kind: &'static Kind, text: &str) -> Result<Vec<u64>> {
        let mut found = Vec::new();
        let fields: Vec<&FieldDef> = kind.fields.iter().filter(|def| names_a_record(kind, def)).collect();
        self.asking.reader.trashed(kind.id, &mut |num, row| {
            let called = |value: &Value| match value {
                Value::Phone(phone) => phone::same(&phone.number, text),
                Value::Text(name) => is_called(kind.id, name, text),
                _ => false,
            };
            let holds = |def: &&FieldDef| match row.value(def) {
                Some(Value::List(items)) => items.iter().any(called),
                Some(value) => called(&value),
                None => false,
            };
            if fields.iter().any(holds) {
                found.push(num);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// The records of which a field passes a check.
    fn passing(
        &self,
        kind: &'static Kind,
        def: &'static FieldDef,
        check: Check,
        text: &str,
        found: &mut Vec<u64>,
    ) -> Result<()> {
        if def.ty == Type::Phone && phone::normalize(text).is_none_or(|digits| digits.len() < FEWEST_DIGITS) {
            return Ok(());
        }
        let filter = Filter::new(kind, Node::Field(def, check));
        found.extend(plan::numbers(&self.asking.reader, &filter)?);
        Ok(())
    }

    fn each_name(&self, kind: &Kind, visit: &mut dyn FnMut(u64, &str)) -> Result<()> {
        let tag = kind.name_field().tag;
        self.asking.reader.rows(kind.id, 0, false, &mut |num, row: Row<'_>| {
            if let Some(name) = row.raw(tag).and_then(|name| std::str::from_utf8(name).ok()) {
                visit(num, name);
            }
            ControlFlow::Continue(())
        })
    }

    /// The error for a name that no record has; where there are few records, with the nearest of their names.
    fn nobody(&self, at: &Resolver<'_>, kind: &'static Kind, pattern: &Pattern) -> Result<Error> {
        let text = pattern.text.as_str();
        let error =
            at.error(pattern.span, said!(("No {} is called '{text}'", kind.noun), ("没有名为“{text}”的{}", kind.zh)));
        let few = self.asking.reader.total(kind.id)? <= 1000;
        let mut names = Vec::new();
        if few {
            self.each_name(kind, &mut |_, name| names.push(name.to_owned()))?;
            if kind.id == stage::ID {
                names.extend(
                    stage::DEFAULT_STAGES.iter().flat_map(|(code, zh, ..)| [(*code).to_owned(), (*zh).to_owned()]),
                );
            }
            if kind.id == user::ID {
                let login = user::LOGIN.tag();
                self.asking.reader.rows(kind.id, 0, false, &mut |_, row| {
                    names.extend(row.raw(login).map(|login| String::from_utf8_lossy(login).into_owned()));
                    ControlFlow::Continue(())
                })?;
            }
        }
        Ok(match nearest(text, names.iter().map(String::as_str)) {
            Some(near) => error.hint(Said::did_you_mean_name(near)),
            None => error.hint(said!(
                "crm {} list shows them; a name that begins so is written {text}*",
                "crm {} list 可查看；以此开头的名称写作 {text}*",
                kind.noun
            )),
        })
    }
}

/// Whether people call records of a kind by this field.
fn names_a_record(kind: &Kind, def: &FieldDef) -> bool {
    def.name
        || (kind.id == user::ID && matches!(def.code, "login" | "alias"))
        || matches!(def.ty, Type::Email)
        || (def.ty == Type::Phone && def.indexed())
}
