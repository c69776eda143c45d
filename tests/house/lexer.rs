//! Rust source as words and signs, without comments and literals: enough to see what a file names.

use super::File;

/// A word, a number, `::`, or any other sign by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
    /// Under `#[test]` or `#[cfg(test)]`.
    pub(super) test: bool,
}

/// The tokens of a file, those of tests marked.
pub(super) fn lex(file: &File) -> Vec<Token<'_>> {
    let source = file.text.as_str();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (length, word) = if first.is_whitespace() {
            (first.len_utf8(), None)
        } else if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if rest.starts_with("/*") {
            (comment(rest), None)
        } else if let Some(length) = string(rest).or_else(|| character(rest)) {
            (length, None)
        } else if let Some(raw) = rest.strip_prefix("r#") {
            let length = word_length(raw);
            (2 + length, Some(&raw[..length]))
        } else if word_length(rest) > 0 {
            (word_length(rest), Some(&rest[..word_length(rest)]))
        } else {
            let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            (length, Some(&rest[..length]))
        };
        tokens.extend(word.map(|text| Token { text, line, test: false }));
        line += rest[..length].matches('\n').count();
        at += length;
    }
    mark_tests(&mut tokens);
    tokens
}

/// The string literals of a file without the quotes, with their lines and what stands before them; those of its tests at
/// the end are left out.
pub(super) fn literals(file: &File) -> Vec<(usize, &str, &str)> {
    let tests = ["#[cfg(test)]\nmod ", "\n#[test]\n"].iter().filter_map(|begin| file.text.find(begin)).min();
    let source = &file.text[..tests.unwrap_or(file.text.len())];
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some(length) = string(rest) {
            found.push((line, &source[..at], rest[..length].trim_matches(['b', 'c', 'r', '#']).trim_matches('"')));
            length
        } else {
            character(rest).unwrap_or_else(|| word_length(rest).max(first.len_utf8()))
        };
        line += rest[..length].matches('\n').count();
        at += length;
    }
    found
}

fn word_length(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
}

/// The length of a block comment; they nest.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let step = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        at += step.0;
        depth += step.1;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of a string literal of any kind, if one starts here.
pub(super) fn string(rest: &str) -> Option<usize> {
    let unprefixed = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let open = rest.len() - raw.len() + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            return Some(rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len()));
        }
    }
    let inside = unprefixed.strip_prefix('"')?;
    let (open, mut escaped) = (rest.len() - inside.len(), false);
    for (at, sign) in inside.bytes().enumerate() {
        match sign {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(open + at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// The length of a character literal, if one starts here; a lifetime is none.
pub(super) fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let mut signs = inside.char_indices();
    let (_, first) = signs.next()?;
    if first == '\\' {
        signs.next()?;
        return signs.find(|&(_, sign)| sign == '\'').map(|(at, _)| at + 2);
    }
    signs.next().filter(|&(_, sign)| sign == '\'').map(|(at, _)| at + 2)
}

/// Marks what stands under an attribute that leaves it out of the program: to the end of the item, or of the file.
fn mark_tests(tokens: &mut [Token<'_>]) {
    let mut at = 0;
    while at < tokens.len() {
        let inner = tokens.get(at + 1).is_some_and(|token| token.text == "!");
        let open = at + 1 + usize::from(inner);
        if tokens[at].text != "#" || tokens.get(open).is_none_or(|token| token.text != "[") {
            at += 1;
            continue;
        }
        let close = closing(tokens, open);
        let words: Vec<&str> = tokens[open + 1..close].iter().map(|token| token.text).collect();
        let end = if !(words == ["test"] || words[0] == "cfg" && words.contains(&"test") && !words.contains(&"not")) {
            close
        } else if inner {
            tokens.len() - 1
        } else {
            item_end(tokens, close + 1)
        };
        if end > close {
            tokens[at..=end].iter_mut().for_each(|token| token.test = true);
        }
        at = end + 1;
    }
}

/// Where the item that starts here ends: at its semicolon or its closing brace.
fn item_end(tokens: &[Token<'_>], mut at: usize) -> usize {
    while at < tokens.len() {
        match tokens[at].text {
            ";" => return at,
            "{" => return closing(tokens, at),
            "(" | "[" => at = closing(tokens, at) + 1,
            _ => at += 1,
        }
    }
    tokens.len() - 1
}

/// Where the bracket that opens here closes; the last token of a file in which it does not.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let file = File { path: "src/x.rs".into(), text: text.into() };
        lex(&file).iter().filter(|token| !token.test).map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_literals_are_no_words() {
        assert_eq!(words("a // b\nc /* d /* e */ f */ g"), "a c g");
        assert_eq!(words(r###"a "b \" c" d r#"e " f"# g br"h" i c"j" k"###), "a d g i k");
        assert_eq!(words(r"f('x', '\'', '\u{1F600}', '客', '\\') 'a: b"), "f ( , , , , ) ' a : b");
        assert_eq!(words("crate::r#type::客户 x::<T>"), "crate :: type :: 客户 x :: < T >");
        assert_eq!(words("//! \"\nlet x = '\"'; y"), "let x = ; y");
        assert_eq!(words("\"never closed"), "");
        assert_eq!(words("/* never closed"), "");
    }

    #[test]
    fn lines_count_through_comments_and_strings() {
        let file = File { path: "src/x.rs".into(), text: "/*\n*/ \"\n\n\" a\nb".into() };
        let lines: Vec<(&str, usize)> = lex(&file).iter().map(|token| (token.text, token.line)).collect();
        assert_eq!(lines, [("a", 4), ("b", 5)]);
    }

    #[test]
    fn what_only_tests_contain_is_marked() {
        assert_eq!(words("a #[cfg(test)] mod tests { b { c } } d"), "a d");
        assert_eq!(words("a #[cfg(test)] use b::[c; 2]; d"), "a d");
        assert_eq!(words("a #[test] #[should_panic] fn b(c: (d)) { e } f"), "a f");
        assert_eq!(words("a #[cfg(all(test, unix))] fn b() {} c"), "a c");
        assert_eq!(words("#![cfg(test)] a b"), "");
        assert_eq!(words("#[cfg(not(test))] a"), "# [ cfg ( not ( test ) ) ] a");
        assert_eq!(words("#[cfg_attr(test, b)] a"), "# [ cfg_attr ( test , b ) ] a");
    }
}
