//! What a key does, in words: an action of the screen, or an operation as it is typed on the command line.

use std::fmt;

use super::former::current;
use crate::{
    error::{Error, Result},
    text::{Lang, Said, nearest, said, scrub},
};

/// Something that the screen can do by itself, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its name: a word or a few.
    pub words: &'static str,
    /// What one more word stands for, where it takes one.
    pub takes: Option<&'static str>,
    /// What it does, in English.
    pub en: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
}

impl Action {
    /// What it does.
    pub fn text(&self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }

    /// The word that follows its name; empty where it takes none.
    fn argument<'w>(&self, words: &'w str) -> Option<&'w str> {
        let rest = words.strip_prefix(self.words)?;
        match self.takes {
            None => rest.is_empty().then_some(rest),
            Some(_) => rest.strip_prefix(' ').filter(|word| !word.is_empty()),
        }
    }
}

/// What the layers that know commands and kinds of record say of words.
pub trait Commands: fmt::Debug + Sync {
    /// Whether words begin as an operation is said in other ways: `d move`, `商机 移动`.
    fn is_said(&'static self, words: &[&str]) -> bool;

    /// Whether a name is the noun of a kind that a store has of its own, so that it stands for such records as well.
    fn has_records(&self, name: &str) -> bool;
}

/// Every word that may be bound, told by the layers that know them.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// What the screen can do.
    pub actions: &'a [Action],
    /// The first words of each operation: `log`, `deal move`, `customer add`.
    pub operations: &'a [&'a str],
    /// What is said of words otherwise.
    pub commands: &'static dyn Commands,
}

/// What stands in an operation for the records at hand: those marked, else the one under the cursor.
pub const PLACEHOLDERS: [&str; 6] = ["record", "customer", "contact", "deal", "followup", "ticket"];

/// How the words of a binding are carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The screen does it: the words are one of its actions.
    Screen,
    /// It runs as an operation.
    Run,
    /// It is put on the command line of the screen, to be completed: the words ended in `...`.
    Complete,
}

/// What a key does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    words: Box<str>,
    does: Effect,
}

impl Binding {
    /// Reads words, which must be known: the screen's own come first.
    ///
    /// # Errors
    /// What is not known, and the nearest that is.
    pub fn parse(text: &str, vocabulary: &Vocabulary<'_>) -> Result<Self> {
        let text = text.trim();
        let spaced: Vec<&str> = text.split_whitespace().collect();
        let words = spaced.join(" ");
        let words = current(&words).to_owned();
        if vocabulary.actions.iter().any(|action| action.argument(&words).is_some()) {
            return Ok(Self { words: words.into(), does: Effect::Screen });
        }
        let begins = |count: usize| spaced.iter().take(count).copied().collect::<Vec<_>>().join(" ");
        let (one, two) = (begins(1), begins(2));
        let known = vocabulary.operations.iter().any(|known| *known == one || *known == two);
        if !known && !vocabulary.commands.is_said(&spaced) {
            return Err(unknown(&words, &one, &two, vocabulary));
        }
        placeholders(vocabulary.commands, text)?;
        let open = text.strip_suffix("...").or_else(|| text.strip_suffix('…'));
        let does = if open.is_some() { Effect::Complete } else { Effect::Run };
        Ok(Self { words: open.unwrap_or(text).trim_end().into(), does })
    }

    /// The words, without the dots of an operation to be completed.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// How they are carried out.
    pub const fn does(&self) -> Effect {
        self.does
    }

    /// The action of the screen that they name, and the word that follows it (empty where it takes none).
    pub fn action<'a>(&self, vocabulary: &Vocabulary<'a>) -> Option<(&'a Action, &str)> {
        let screen = (self.does == Effect::Screen).then_some(vocabulary.actions)?;
        screen.iter().find_map(|action| Some((action, action.argument(&self.words)?)))
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)?;
        f.write_str(if self.does == Effect::Complete { " ..." } else { "" })
    }
}

fn unknown(words: &str, one: &str, two: &str, vocabulary: &Vocabulary<'_>) -> Error {
    let shown = scrub(words);
    if words.is_empty() {
        return Error::failure(said!("The key does nothing", "此键不起作用"))
            .hint(said!("write what it does, or \"unbind\"", "请写明它的作用，或写 \"unbind\""));
    }
    let taking = |action: &&Action| action.takes.is_some() && action.words == words;
    if let Some(Action { words, takes: Some(word), .. }) = vocabulary.actions.iter().find(taking) {
        return Error::failure(said!("`{shown}` is not complete", "`{shown}` 不完整"))
            .hint(said!("write {words} {word}", "请写 {words} {word}"));
    }
    let actions = || vocabulary.actions.iter().map(|action| action.words);
    let near = nearest(words, actions().chain(vocabulary.operations.iter().copied()))
        .or_else(|| nearest(two, vocabulary.operations.iter().copied().chain(actions())))
        .or_else(|| nearest(one, vocabulary.operations.iter().copied()));
    Error::failure(said!("`{shown}` is neither an action nor an operation", "`{shown}` 既不是动作也不是操作")).hint(
        match near {
            Some(near) => Said::did_you_mean(near),
            None => said!(
                "docs/keys.md lists the actions, docs/commands.md the operations",
                "docs/keys.md 列出动作，docs/commands.md 列出操作"
            ),
        },
    )
}

/// Every `{name}` is one that stands for records.
fn placeholders(commands: &dyn Commands, text: &str) -> Result<()> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(Error::failure(said!("A brace is opened and not closed", "花括号没有闭合")).hint(said!(
                "write {{record}}, {{customer}} or {{deal}}",
                "请写 {{record}}、{{customer}} 或 {{deal}}"
            )));
        };
        if !PLACEHOLDERS.contains(&name) && !commands.has_records(name) {
            let error = Error::failure(said!("{{{}}} stands for nothing", "{{{}}} 没有含义", scrub(name)));
            return Err(error.hint(match nearest(name, PLACEHOLDERS) {
                Some(near) => Said::did_you_mean(format_args!("{{{near}}}")),
                None => said!("write {{{}}}", "请写 {{{}}}", PLACEHOLDERS.join("}, {")),
            }));
        }
        rest = after;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[derive(Debug)]
    struct Known;

    impl Commands for Known {
        fn is_said(&'static self, words: &[&str]) -> bool {
            words.starts_with(&["商机", "移动"])
        }

        fn has_records(&self, name: &str) -> bool {
            name == "vehicle"
        }
    }

    const KNOWN: Vocabulary<'_> = Vocabulary {
        actions: &[
            Action { words: "cursor down", takes: None, en: "Next row", zh: "下一行" },
            Action { words: "log call", takes: None, en: "Log a call", zh: "记录电话" },
            Action { words: "view open", takes: Some("NAME"), en: "Open a view", zh: "打开视图" },
        ],
        operations: &["deal move", "log", "followup snooze"],
        commands: &Known,
    };

    #[test]
    fn words_are_an_action_or_an_operation() {
        for (text, printed, does) in [
            (" cursor   down ", "cursor down", Effect::Screen),
            ("view open hot", "view open hot", Effect::Screen),
            ("deal move {deal} next", "deal move {deal} next", Effect::Run),
            ("log call", "log call", Effect::Screen),
            ("log call {customer} \"no  answer\"", "log call {customer} \"no  answer\"", Effect::Run),
            ("followup snooze {followup} ...", "followup snooze {followup} ...", Effect::Complete),
            ("deal move {deal}…", "deal move {deal} ...", Effect::Complete),
            ("log {vehicle}", "log {vehicle}", Effect::Run),
            ("商机 移动 {deal} 下一阶段", "商机 移动 {deal} 下一阶段", Effect::Run),
        ] {
            let binding = Binding::parse(text, &KNOWN).unwrap();
            assert_eq!((binding.to_string().as_str(), binding.does()), (printed, does), "{text}");
        }
        let open = Binding::parse("view open hot", &KNOWN).unwrap();
        assert_eq!(open.action(&KNOWN).map(|(action, word)| (action.words, word)), Some(("view open", "hot")));
    }

    #[test]
    fn what_is_not_known_is_answered_with_the_nearest() {
        for (text, hint) in [
            ("", "unbind"),
            ("cursor dwon", "did you mean cursor down?"),
            ("deal mvoe {deal} next", "did you mean deal move?"),
            ("lgo call {customer} hello there", "did you mean log"),
            ("view open", "write view open NAME"),
            ("deal move {dael} next", "did you mean {deal}?"),
            ("deal move {deal next", "{record}"),
            ("deal move {} next", "{customer}, {contact}"),
            ("fly away", "docs/keys.md"),
        ] {
            let error = Binding::parse(text, &KNOWN).unwrap_err();
            assert!(error.next_step(Lang::En).unwrap().contains(hint), "{text}: {error:?}");
        }
    }
}
