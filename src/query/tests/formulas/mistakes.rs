//! What is wrong with a formula, and where.

use super::*;

#[test]
fn what_is_wrong_is_said_with_its_place() {
    with_world(|world| {
        for (text, place, said, hint) in [
            ("amuont * 2", "amuont", "'amuont' is not a field of a deal", "did you mean 'amount'?"),
            ("customer.ctiy", "ctiy", "'ctiy' is not a field of a customer", "did you mean 'city'?"),
            (
                "title * amount",
                "*",
                "'*' does not work between text and an amount of money",
                "crm help fields lists what each field holds",
            ),
            (
                "amount * weighted",
                "*",
                "'*' does not work between an amount of money and an amount of money",
                "multiply an amount by a number or a percentage",
            ),
            (
                "amount + probability",
                "+",
                "'+' does not work between an amount of money and a percentage",
                "multiply the amount: amount * (1 + 13%)",
            ),
            ("expected_close + 3", "3", "'3' is not a duration", "write 30m, 4h, 1d12h, 3天 or 2小时"),
            (
                "expected_close + probability",
                "+",
                "'+' does not work between a day and a percentage",
                "add a length of time: 2d, or days(3) of a number",
            ),
            ("title + 3", "3", "'3' is no field, and text goes in quotes", "write \"3\""),
            ("probability > 75", "75", "'75' is not a percentage", "write it with its sign: 75%"),
            ("status = wno", "wno", "'wno' is not one of open, won, lost, void", "did you mean 'won'?"),
            (
                "status < customer",
                "<",
                "'<' does not work between a choice of status and a record",
                "crm help fields lists what each field holds",
            ),
            ("customer > C-7", ">", "'>' does not work between a record and a record", "only = and != compare these"),
            ("title = harbor", "harbor", "'harbor' is no field, and text goes in quotes", "write \"harbor\""),
            ("customer.name.city", "name", "'name' is no link, so no field comes after it", "write it without a dot"),
            (
                "sum(customer.employees)",
                "customer.employees",
                "sum is about records that point here, and this is none of them",
                "those are: activities, followups",
            ),
            ("sum(activities)", "activities", "say which field of the activities", "write sum(activities.FIELD)"),
            (
                "sum(activities.text)",
                "activities.text",
                "sum cannot be worked out of text",
                "name a field of numbers, amounts or lengths of time; count(...) counts records",
            ),
            (
                "count(activities.text)",
                "activities.text",
                "count counts records",
                "write count(activities where has:text)",
            ),
            (
                "activities.minutes",
                "activities.minutes",
                "there may be several activities: say what of them",
                "write sum(activities.minutes), max(activities.minutes) or last(activities.minutes)",
            ),
            (
                "count(customer.tickets)",
                "tickets",
                "the tickets of another record cannot be summed up here",
                "sum them up in a field of the customer, and name that field",
            ),
            ("count(activities where typ:call)", "typ", "'typ' is not a field of an activity", "did you mean 'type'?"),
            (
                "count(activities where type:cal)",
                "cal",
                "'cal' is not one of call, visit, meeting, email, message, note, material",
                "did you mean 'call'?",
            ),
            (
                "count(activities where harbor)",
                "harbor",
                "a word to find cannot stand here",
                "test a field: name~harbor",
            ),
            (
                "count(activities where view:mine)",
                "view",
                "'view' cannot stand in a formula",
                "write the tests of the view",
            ),
            (
                "count(activities where is:trashed)",
                "is",
                "'is' cannot stand in a formula",
                "only records in use are counted",
            ),
            (
                "round(amount where x:1)",
                "x:1",
                "only what is worked out of other records has a filter",
                "write if(condition, value) instead",
            ),
            ("round()", "round()", "'round' needs one more argument: number", "write round(number, [digits])"),
            (
                "round(amount, 2, 3)",
                "round(amount, 2, 3)",
                "'round' takes 2 arguments and not 3",
                "write round(number, [digits])",
            ),
            (
                "round(amount, probability)",
                "probability",
                "the decimals are a number from -15 to 15",
                "write round(amount, 2)",
            ),
            (
                "round(title)",
                "title",
                "'round' cannot take text",
                "it takes numbers, percentages, amounts and lengths of time",
            ),
            ("lower(amount)", "amount", "'lower' cannot take an amount of money", "text(...) makes text of it"),
            ("roudn(amount)", "roudn", "there is no function 'roudn'", "did you mean 'round'?"),
            (
                "if(amount, 1, 2)",
                "amount",
                "a condition is yes or no, and this is an amount of money",
                "compare it with something: amount > 10k",
            ),
            (
                "if(status = won, amount, title)",
                "title",
                "this is text, and what stands before it an amount of money",
                "the values of if are of one type",
            ),
            ("-title", "-", "'-' does not work on text", "put a number, an amount or a length of time behind it"),
            ("tag", "tag", "'tag' is a list, and a formula works with single values", "name another field"),
            (
                "3m",
                "3m",
                "'3m' can be read as 3000000 and as a length of time",
                "write the number in digits, or a length such as 30min or 5weeks",
            ),
            (
                "probability * 5w",
                "5w",
                "'5w' can be read as 50000 and as a length of time",
                "write the number in digits, or a length such as 30min or 5weeks",
            ),
            ("3x", "3x", "'3x' is not a number", "write 1200.50, 10k, 1.5m, 3万 or 2亿"),
        ] {
            let error = Formula::define(text, &deal::KIND, None, world).expect_err(text);
            let message = error.message(Lang::En);
            let lines: Vec<&str> = message.lines().collect();
            assert_eq!(lines[0], said, "{text}");
            let carets = lines[2].find('^').map(|start| start - 2..lines[2].len() - 2);
            assert_eq!(carets.and_then(|carets| text.get(carets)), Some(place), "{message}");
            assert_eq!(error.next_step(Lang::En), Some(hint), "{text}");
            let chinese = error.message(Lang::Zh);
            assert!(chinese.lines().next().is_some_and(|line| line.chars().any(|c| c > '\u{4e00}')), "{chinese}");
        }
    });
}
