//! What to say where a filter finds nothing because a value was not taken as a whole: a comma parts it, or a quote that is
//! none in filters is part of it.

use crate::{
    domain::{Kind, Schema},
    query::{
        resolve,
        syntax::{self, Expr, Span, Term, Test},
    },
    text::{Said, brief, said, scrub},
};

/// The remark for terms and a filter that found nothing, with the spelling that takes the value as a whole.
pub fn remark(terms: &[&str], filter: Option<&str>, kind: &'static Kind, schema: &Schema) -> Option<Said> {
    let knows = |name: &str| resolve::knows(kind, name, schema);
    let said = terms.iter().find_map(|term| {
        let expr = syntax::parse_terms(&[(*term).to_owned()], &knows).ok()?;
        // In the shell, the quotes are themselves quoted.
        whole(&expr, term, kind).map(|spelled| format!("'{spelled}'"))
    });
    let said = said.or_else(|| {
        let text = filter?;
        whole(&syntax::parse(text, &knows).ok()?, text, kind)
    })?;
    let said = scrub(&said);
    let said = brief(&said);
    Some(said!(
        "Nothing was found; a value in quotes, and one with a comma or a space in it, is written {said}",
        "没有找到；带引号的值以及含逗号或空格的值请写作 {said}"
    ))
}

/// The first test whose value comes apart, spelled so that it does not.
fn whole(expr: &Expr, source: &str, kind: &Kind) -> Option<String> {
    let mut found = None;
    expr.for_each_term(&mut |term| {
        if found.is_none() {
            found = spelled(term, source, kind);
        }
    });
    found
}

fn spelled(term: &Term, source: &str, kind: &Kind) -> Option<String> {
    let Term::Test { path, test, .. } = term else { return None };
    let (first, last, parted) = match test {
        Test::Is(patterns) | Test::IsNot(patterns) => {
            let plain = patterns.iter().all(|pattern| !pattern.quoted && !pattern.prefix);
            (patterns.first()?.span, patterns.last()?.span, plain && patterns.len() > 1)
        }
        Test::Contains(value) => (value.span, value.span, false),
        _ => return None,
    };
    if let [name] = path.0.as_slice()
        && kind.field_named(&name.text).is_some_and(|def| !def.ty.is_text())
    {
        return None;
    }
    let head = source.get(path.span().start..first.start)?;
    let value = source.get(Span { start: first.start, end: last.end }.range())?;
    if let Some(rest) = value.strip_prefix('\'') {
        // What follows the closing quote was no part of the value.
        let from = source.get(first.start + 1..)?;
        let inner = from.split('\'').next().filter(|inner| !inner.is_empty()).unwrap_or(rest);
        return Some(format!("{head}\"{inner}\""));
    }
    parted.then(|| format!("{head}\"{}\"", value.replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{customer, schema::BASE},
        text::Lang,
    };

    #[test]
    fn a_value_that_came_apart_is_spelled_as_a_whole() {
        let remark = |terms: &[&str], filter| remark(terms, filter, &customer::KIND, &BASE);
        let ends =
            |said: Option<Said>| said.map(|said| said.get(Lang::En).rsplit(" written ").next().unwrap().to_owned());
        for (term, spelled) in [
            ("name:Foo, Inc.", Some(r#"'name:"Foo, Inc."'"#)),
            ("tag:'big deal'", Some(r#"'tag:"big deal"'"#)),
            ("name.not:Foo，Inc", Some(r#"'name.not:"Foo，Inc"'"#)),
            ("name~'Oslo'", Some(r#"'name~"Oslo"'"#)),
            ("note.has:'big deal'", Some(r#"'note.has:"big deal"'"#)),
            ("name~Oslo", None),
            ("grade:A,B", None),
            ("name:Foo", None),
            (r#"name:"Foo, Inc.""#, None),
        ] {
            assert_eq!(ends(remark(&[term], None)).as_deref(), spelled, "{term}");
        }
        assert_eq!(ends(remark(&[], Some("grade:A tag:'big deal'"))).as_deref(), Some(r#"tag:"big deal""#));
        assert_eq!(ends(remark(&[], Some("name:Foo,Inc"))).as_deref(), Some(r#"name:"Foo,Inc""#));
    }
}
