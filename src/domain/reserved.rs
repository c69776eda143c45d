//! Nouns and letters that later versions give to kinds of their own: a kind of one's own that took one of them would stand
//! in their way.

/// A noun, its plural, and the letters of its ids.
pub type Reserved = (&'static str, &'static str, &'static str);

/// The kinds to come.
pub const KINDS: &[Reserved] = &[
    ("allocation", "allocations", "AL"),
    ("approval", "approvals", "AP"),
    ("article", "articles", "KB"),
    ("asset", "assets", "AS"),
    ("calendar", "calendars", "CAL"),
    ("campaign", "campaigns", "M"),
    ("company", "companies", "CO"),
    ("consent", "consents", "CN"),
    ("contract", "contracts", "K"),
    ("instalment", "instalments", "IN"),
    ("invoice", "invoices", "I"),
    ("lead", "leads", "LD"),
    ("line", "lines", "LN"),
    ("member", "members", "MM"),
    ("order", "orders", "O"),
    ("page", "pages", "PG"),
    ("panel", "panels", "PN"),
    ("party", "parties", "PT"),
    ("payment", "payments", "PM"),
    ("policy", "policies", "SLA"),
    ("pool", "pools", "PL"),
    ("price", "prices", "PC"),
    ("product", "products", "PR"),
    ("purchase", "purchases", "B"),
    ("quote", "quotes", "Q"),
    ("rate", "rates", "RT"),
    ("rule", "rules", "R"),
    ("step", "steps", "MS"),
    ("survey", "surveys", "SV"),
    ("target", "targets", "TG"),
    ("team", "teams", "TM"),
    ("tenure", "tenures", "TN"),
];

/// The kind to come that has this noun, plural or not.
pub fn noun(word: &str) -> Option<&'static Reserved> {
    KINDS.iter().find(|(noun, plural, _)| *noun == word || *plural == word)
}

/// The kind to come that has these letters, in capitals.
pub fn letters(letters: &str) -> Option<&'static Reserved> {
    KINDS.iter().find(|(_, _, known)| *known == letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    #[test]
    fn what_is_reserved_is_not_taken_by_the_program_and_each_once() {
        for (at, (one, plural, of_one)) in KINDS.iter().enumerate() {
            assert!(BASE.named(one).is_none() && BASE.named(plural).is_none(), "{one}");
            assert!(BASE.lettered(of_one).is_none(), "{one} {of_one}");
            assert!(KINDS[at + 1..].iter().all(|(other, _, letters)| other != one && letters != of_one), "{one}");
        }
    }
}
