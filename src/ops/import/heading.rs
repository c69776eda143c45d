//! Headings reduced to what counts when they are compared.

/// A heading as common names are written: folded, words apart by one space, `MailingCity` as two words, without what
/// stands in brackets, without numbers (`Phone 1 - Value` is `phone value`).
pub(super) fn plain(heading: &str) -> String {
    let folded = crate::text::fold(&split_camel(heading));
    let outside = match folded.find('(') {
        Some(open) if open > 0 => &folded[..open],
        _ => folded.as_str(),
    };
    joined(outside, |word| !word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// All words of a heading, folded, with one space between them.
pub(super) fn words(heading: &str) -> String {
    joined(&crate::text::fold(&split_camel(heading)), |_| true)
}

fn joined(folded: &str, counts: impl Fn(&str) -> bool) -> String {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && counts(word)).collect::<Vec<_>>().join(" ")
}

/// A space where a capital follows a small letter.
fn split_camel(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len() + 4);
    let mut small = false;
    for c in heading.chars() {
        if small && c.is_ascii_uppercase() {
            out.push(' ');
        }
        small = c.is_ascii_lowercase();
        out.push(c);
    }
    out
}

/// Whether two headings are the same but for case, width, accents and spaces.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || crate::text::fold(a) == crate::text::fold(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_is_left() {
        for (heading, left) in [
            ("E-mail 1 - Value", "e mail value"),
            ("MailingPostalCode", "mailing postal code"),
            ("名称（全称）", "名称"),
            ("Country/Region", "country region"),
            ("ACCOUNT_NAME", "account name"),
            ("Phone 2", "phone"),
        ] {
            assert_eq!(plain(heading), left, "{heading}");
        }
    }
}
