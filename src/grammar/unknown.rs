//! Words that may be those of a kind that the store has of its own.

use crate::{
    command::{Noun, Op},
    domain::Schema,
    ops::OPS,
};

use super::{help::TOPICS, request::places};

/// Whether words may be those of a kind that these tables do not have: what they name, or ask help about, is neither a
/// noun nor anything else that is known.
pub fn is_unknown(schema: &'static Schema, args: &[String]) -> bool {
    let places = places(args);
    let words: Vec<&str> = places.iter().map(|at| args[*at].as_str()).collect();
    match words.as_slice() {
        [] => false,
        ["help" | "帮助", asked @ ..] => is_unknown_help(schema, asked),
        [first, ..] => schema.named(first).is_none() && !OPS.iter().any(|op| stands_first(op) && op.is_said(first)),
    }
}

/// Whether the verb of an operation may stand without a noun.
const fn stands_first(op: &Op) -> bool {
    matches!(op.noun, Noun::Top | Noun::Every)
}

/// Whether words ask about something that is no noun of these tables, and nothing else that there is help about.
fn is_unknown_help(schema: &Schema, words: &[&str]) -> bool {
    match words {
        ["fields" | "字段", noun] => schema.named(noun).is_none(),
        [] | ["options" | "reference" | "fields" | "字段"] => false,
        [topic] if TOPICS.iter().any(|(name, ..)| name == topic) => false,
        [first, ..] => {
            let is_alone = |op: &Op| op.is_said(first) && !matches!(op.noun, Noun::Kind(_));
            schema.named(first).is_none() && !OPS.iter().any(|op| is_alone(op))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Kind, customer, define::is_command, made_up, schema::BASE},
        grammar::{Request, heads, help, is_said, parse, request},
        text::Lang,
    };

    /// The kinds of a store that has one of its own.
    static OWN: Schema = Schema::new(&[&customer::KIND, &made_up::KIND]);

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn no_word_with_which_a_command_begins_is_free_for_a_kind() {
        let first = OPS.iter().filter(|op| stands_first(op));
        let words = first.flat_map(|op| op.also.split(' ').chain([op.verb])).chain(["help", "帮助"]);
        let free: Vec<&str> = words.filter(|word| !word.is_empty() && !is_command(word)).collect();
        assert_eq!(free, [""; 0], "a kind could be called so: add them to define/names.rs");
    }

    #[test]
    fn the_store_is_asked_for_words_that_the_program_does_not_know() {
        let known = [
            "",
            "-o json",
            "--version",
            "customer list",
            "客户 列表",
            "customer fly",
            "show C-1",
            "log call C-1 item",
            "deal --help",
            "help",
            "help options",
            "help reference",
            "help fields",
            "help fields 客户",
            "help customer fly",
            "help show",
            "帮助 filters",
        ];
        for line in known {
            assert!(!is_unknown(&BASE, &words(line)), "{line}");
        }
        for line in ["item list", "物品 新建 x", "-o json item", "item --help", "help item", "help fields 物品"] {
            assert!(is_unknown(&BASE, &words(line)), "{line}");
            assert!(!is_unknown(&OWN, &words(line)), "{line}");
        }
    }

    #[test]
    fn a_kind_of_the_store_has_the_verbs_of_every_kind() {
        let Ok(Request::Run(op, Some(kind), rest)) = request(&OWN, words("物品 新建 x")) else { panic!() };
        assert_eq!((op.verb, kind.id, rest), ("add", made_up::ID, words("x")));
        let error = request(&BASE, words("item add x")).unwrap_err();
        assert_eq!(error.message(Lang::En), "There is no command 'item'");
        assert!(heads(&OWN).contains(&"item add") && !heads(&BASE).contains(&"item add"));
        assert!(is_said(&OWN, &["item", "list"]) && !is_said(&BASE, &["item", "list"]));
        assert!(help::page(&OWN, &words("fields item"), Lang::En).unwrap().contains("quantity"));
        assert!(help::page(&BASE, &words("fields item"), Lang::En).is_err());
        let near = request(&OWN, words("iten list")).unwrap_err();
        assert_eq!(near.next_step(Lang::En), Some("did you mean crm item?"));
    }

    #[test]
    fn words_are_about_the_kind_as_the_store_has_it_when_they_are_run() {
        static LATER: Kind = Kind { zh: "货物", ..made_up::KIND };
        static CHANGED: Schema = Schema::new(&[&customer::KIND, &LATER]);
        let Ok(Request::Run(op, kind, rest)) = request(&OWN, words("item add x")) else { panic!() };
        let said = parse(op, kind, &rest).unwrap();
        let label = |schema| said.within(schema).map(|words| words.kind.unwrap().zh);
        assert_eq!((label(&OWN), label(&CHANGED)), (Ok("物品"), Ok("货物")));
        let gone = label(&BASE).unwrap_err();
        assert_eq!(gone.message(Lang::En), "This store has no records of the kind 'item'");
    }
}
