//! Text split into comments, literals, words and single characters, whether or not it compiles: for what has to be known
//! before there are tokens, or is not in them.

/// A piece of text that is not white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) what: What,
    /// Bytes of the text, from the first.
    pub(super) start: usize,
    /// To behind the last.
    pub(super) end: usize,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Comment(Comment),
    /// A string or a character.
    Literal,
    /// A name, keyword or number; any character beyond ASCII counts as a letter.
    Word,
    /// Any other character.
    Other(u8),
}

/// Kind of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// `//`, `/* */`
    Plain,
    /// `//!`, `/*! */`
    Inner,
    /// `///`, `/** */`
    Outer,
}

/// The pieces of a text in their order. A `#!` line at its beginning is none.
pub(super) struct Lexemes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexemes<'a> {
    pub(super) fn of(text: &'a str) -> Lexemes<'a> {
        let head = text.starts_with("#!") && !text[2..].trim_start().starts_with('[');
        Lexemes { text, at: if head { line(text) } else { 0 } }
    }

    /// The pieces from a byte on at which a piece begins.
    pub(super) fn from(text: &'a str, at: usize) -> Lexemes<'a> {
        Lexemes { text, at }
    }

    /// Goes past the end of the group that was opened last.
    pub(super) fn close(&mut self) -> Option<Lexeme> {
        let mut depth = 1_u32;
        self.find(|piece| {
            match piece.what {
                What::Other(b'(' | b'[' | b'{') => depth += 1,
                What::Other(b')' | b']' | b'}') => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    }
}

impl Iterator for Lexemes<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        let bytes = self.text.as_bytes();
        self.at += bytes[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let start = self.at;
        let first = *bytes.get(start)?;
        let rest = &self.text[start..];
        let (what, length) = match first {
            b'/' if rest.starts_with("//") => (What::Comment(comment(rest)), line(rest)),
            b'/' if rest.starts_with("/*") => (What::Comment(comment(rest)), block_comment(rest)),
            _ => match literal(first, rest) {
                Some(length) => (What::Literal, length),
                // A whole word, so that the `r` of `for"` is not taken for a prefix.
                None if in_word(first) => (What::Word, rest.bytes().take_while(|&byte| in_word(byte)).count()),
                None => (What::Other(first), 1),
            },
        };
        self.at += length;
        Some(Lexeme { what, start, end: self.at })
    }
}

fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Bytes before the end of the line.
fn line(text: &str) -> usize {
    let end = text.find('\n').unwrap_or(text.len());
    text[..end].trim_end_matches('\r').len()
}

fn comment(text: &str) -> Comment {
    match text.as_bytes() {
        [_, _, b'!', ..] => Comment::Inner,
        [_, b'/', b'/', b'/', ..] | [_, b'*', b'*', b'*' | b'/', ..] => Comment::Plain,
        [_, b'/', b'/', ..] | [_, b'*', b'*', ..] => Comment::Outer,
        _ => Comment::Plain,
    }
}

/// Bytes of a block comment; comments nest.
fn block_comment(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (2, 1_u32);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => {
                depth += 1;
                at += 2;
            }
            (b'*', Some(b'/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

/// Bytes of the string or character literal that the text starts with.
fn literal(first: u8, text: &str) -> Option<usize> {
    if !matches!(first, b'"' | b'\'' | b'b' | b'c' | b'r') {
        return None;
    }
    if let Some(tail) = text.strip_prefix('\'') {
        return character(tail).map(|n| n + 1);
    }
    for prefix in ["br", "cr", "r"] {
        if let Some(tail) = text.strip_prefix(prefix)
            && let Some(length) = raw_string(tail)
        {
            return Some(prefix.len() + length);
        }
    }
    if let Some(tail) = text.strip_prefix("b'") {
        return character(tail).map(|n| n + 2);
    }
    let prefix = usize::from(text.starts_with("b\"") || text.starts_with("c\""));
    text[prefix..].starts_with('"').then(|| prefix + quoted(&text[prefix..]))
}

/// Bytes of a quoted string, quotes included.
fn quoted(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Bytes of `##"…"##`; `r#name` is none.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    let body = text[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", &text[..hashes]);
    Some(hashes + 1 + body.find(&end).map_or(body.len(), |at| at + end.len()))
}

/// Bytes of a character literal after its first quote; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if first == '\\' {
        // The escaped character may itself be a quote.
        let from = 1 + text[1..].chars().next()?.len_utf8();
        return text[from..].find('\'').filter(|n| !text[from..from + n].contains('\n')).map(|n| from + n + 1);
    }
    let after = first.len_utf8();
    text[after..].starts_with('\'').then_some(after + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(What, &str)> {
        Lexemes::of(text).map(|piece| (piece.what, &text[piece.start..piece.end])).collect()
    }

    #[test]
    fn comments_are_told_apart() {
        use Comment::{Inner, Outer, Plain};
        let text = "// a\r\n/// b\n//// c\n//! d\n/**/ /***/ /** e */ /*! f /* g */ h */ /*** i */ /* j";
        let comments = [
            (Plain, "// a"),
            (Outer, "/// b"),
            (Plain, "//// c"),
            (Inner, "//! d"),
            (Plain, "/**/"),
            (Plain, "/***/"),
            (Outer, "/** e */"),
            (Inner, "/*! f /* g */ h */"),
            (Plain, "/*** i */"),
            (Plain, "/* j"),
        ];
        assert_eq!(pieces(text), comments.map(|(kind, text)| (What::Comment(kind), text)));
    }

    #[test]
    fn quotes_begin_literals_lifetimes_and_prefixes() {
        let text = r####"f('a', '\'', b'"', "\"//", r#"a"b"#, br"\", 'x, r#type, for"" 'é')"####;
        let literals: Vec<&str> =
            pieces(text).into_iter().filter(|(w, _)| *w == What::Literal).map(|(_, t)| t).collect();
        assert_eq!(literals, ["'a'", r"'\''", "b'\"'", r#""\"//""#, r##"r#"a"b"#"##, r#"br"\""#, "\"\"", "'é'"]);
    }

    #[test]
    fn the_first_line_of_a_script_is_not_code() {
        assert_eq!(pieces("#!/bin/x 'y\na"), [(What::Word, "a")]);
        assert_eq!(pieces("#! [x]").len(), 5);
    }
}
