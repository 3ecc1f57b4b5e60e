//! Suppressions: `// fork-lint: allow(rule, rule) -- reason`, read from the text because the syntax tree has no comments.
//!
//! A comment that stands behind code covers its line. One that stands alone covers the next line with code, attributes
//! skipped, and the lines after it until the statement there ends or opens a block. `//! fork-lint: allow(..)` before
//! the first item covers the file. A comment that starts with `fork-lint:` and cannot be understood is returned
//! without rules, so that it can be reported.

use crate::facts::{Span, Suppression, Sym};

/// The suppressions written in a file.
pub fn suppressions(text: &str, file: Sym) -> Vec<Suppression> {
    if !text.contains(MARK) {
        return Vec::new();
    }
    let pieces = scan(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Comment(comment) = piece else { continue };
        let Some((rules, reason)) = directive(&comment.text) else { continue };
        let before = || pieces[..at].iter().filter_map(Piece::code);
        let covers = match comment.kind {
            Kind::Outer => continue,
            Kind::Inner if top(before()) => Some((1, u32::MAX)),
            Kind::Inner => None,
            Kind::Plain if last_line(before()) == Some(comment.line) => Some((comment.line, comment.line)),
            Kind::Plain => Some(ahead(comment, &pieces[at + 1..])),
        };
        let span = Span {
            file,
            line: comment.line,
            column: comment.column,
            end_line: comment.end_line,
            end_column: comment.end_column,
        };
        // An inner comment elsewhere covers nothing that its place would tell.
        let rules = if covers.is_some() { rules } else { Vec::new() };
        found.push(Suppression { rules, reason, span, covers: covers.unwrap_or((comment.line, comment.line)) });
    }
    found
}

const MARK: &str = "fork-lint:";

/// Rules and reason of a comment that is addressed to the linter.
fn directive(text: &str) -> Option<(Vec<String>, Option<String>)> {
    let rest = text.trim().strip_prefix(MARK)?.trim_start();
    let parsed = rest
        .strip_prefix("allow")
        .map(str::trim_start)
        .and_then(|r| r.strip_prefix('('))
        .and_then(|r| r.split_once(')'));
    let Some((list, tail)) = parsed else { return Some((Vec::new(), None)) };
    let tail = tail.trim();
    let reason = tail.strip_prefix("--").map(|r| r.trim().to_owned()).filter(|r| !r.is_empty());
    if !tail.is_empty() && !tail.starts_with("--") {
        return Some((Vec::new(), None));
    }
    let rules: Vec<String> = list.split(',').map(|r| r.trim().to_owned()).collect();
    let rules = if rules.iter().any(String::is_empty) { Vec::new() } else { rules };
    Some((rules, reason))
}

/// Nothing but inner attributes comes before.
fn top<'a>(code: impl Iterator<Item = &'a Code>) -> bool {
    let mut depth = 0_u32;
    let mut head = String::new();
    for piece in code {
        if depth == 0 {
            if head.is_empty() && piece.byte != b'#' || head == "#" && piece.byte != b'!' {
                return false;
            }
            if head == "#!" && piece.byte != b'[' {
                return false;
            }
            if piece.byte != b'[' {
                head.push(piece.byte as char);
            }
        }
        match piece.byte {
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    head.clear();
                }
            }
            _ => {}
        }
    }
    depth == 0 && head.is_empty()
}

fn last_line<'a>(code: impl Iterator<Item = &'a Code>) -> Option<u32> {
    code.last().map(|c| c.line)
}

/// From the comment to the end of the next statement's head.
fn ahead(comment: &Comment, rest: &[Piece]) -> (u32, u32) {
    let mut code = rest.iter().filter_map(Piece::code).peekable();
    while code.peek().is_some_and(|c| c.byte == b'#') {
        skip_attribute(&mut code);
    }
    let Some(first) = code.peek() else { return (comment.line, comment.end_line) };
    let mut last = first.line;
    let mut depth = 0_u32;
    for piece in code {
        last = piece.line;
        match piece.byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' if depth == 0 => break,
            b')' | b']' => depth -= 1,
            b';' | b'{' | b'}' => break,
            b',' if depth == 0 => break,
            _ => {}
        }
    }
    (comment.line, last)
}

fn skip_attribute<'a>(code: &mut impl Iterator<Item = &'a Code>) {
    let mut depth = 0_u32;
    for piece in code {
        match piece.byte {
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return;
                }
            }
            _ => {}
        }
    }
}

enum Piece {
    Comment(Comment),
    Code(Code),
}

impl Piece {
    fn code(&self) -> Option<&Code> {
        match self {
            Piece::Code(code) => Some(code),
            Piece::Comment(_) => None,
        }
    }
}

struct Comment {
    kind: Kind,
    text: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `//`, `/* */`
    Plain,
    /// `//!`, `/*! */`
    Inner,
    /// `///`, `/** */`
    Outer,
}

/// A character of code that is neither space nor inside a literal; a literal is one such, of byte `"`.
struct Code {
    byte: u8,
    line: u32,
}

/// Comments addressed to the linter, and all code around them.
fn scan(text: &str) -> Vec<Piece> {
    let mut scanner = Scanner { rest: text, line: 1, column: 1, pieces: Vec::new() };
    if text.starts_with("#!") && !text[2..].trim_start().starts_with('[') {
        scanner.skip(text.find('\n').unwrap_or(text.len()));
    }
    while !scanner.rest.is_empty() {
        scanner.step();
    }
    scanner.pieces
}

struct Scanner<'a> {
    rest: &'a str,
    line: u32,
    column: u32,
    pieces: Vec<Piece>,
}

impl<'a> Scanner<'a> {
    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            let length = rest[..length].trim_end_matches('\r').len();
            self.comment(length, length);
        } else if rest.starts_with("/*") {
            let (inner, whole) = block_comment(rest);
            self.comment(inner, whole);
        } else if let Some(length) = literal(rest) {
            self.code(b'"');
            self.skip(length);
        } else if let Some(c) = rest.chars().next() {
            if unicode_ident_start(c) {
                // A whole word, so that the `r` of `for"` is not taken for a prefix.
                self.code(b'a');
                self.skip(rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len()));
            } else {
                if !c.is_whitespace() {
                    self.code(if c.is_ascii() { c as u8 } else { b'a' });
                }
                self.skip(c.len_utf8());
            }
        }
    }

    fn code(&mut self, byte: u8) {
        self.pieces.push(Piece::Code(Code { byte, line: self.line }));
    }

    /// A comment of `whole` bytes, of which the first `inner` hold its text.
    fn comment(&mut self, inner: usize, whole: usize) {
        let (line, column) = (self.line, self.column);
        let raw = &self.rest[..inner];
        let kind = match raw.as_bytes().get(2) {
            Some(b'!') => Kind::Inner,
            Some(b'/') if raw.starts_with("//") && !raw.starts_with("////") => Kind::Outer,
            Some(b'*') if raw.starts_with("/*") && !raw.starts_with("/***") => Kind::Outer,
            _ => Kind::Plain,
        };
        let text = raw[2..].trim_start_matches('!').to_owned();
        self.skip(whole);
        if text.trim_start().starts_with(MARK) {
            let (end_line, end_column) = (self.line, self.column);
            self.pieces.push(Piece::Comment(Comment { kind, text, line, column, end_line, end_column }));
        }
    }

    fn skip(&mut self, bytes: usize) {
        let (gone, rest) = self.rest.split_at(bytes);
        for c in gone.chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.rest = rest;
    }
}

fn unicode_ident_start(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bytes of a block comment up to its last `*/`, and with it; comments nest.
fn block_comment(text: &str) -> (usize, usize) {
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
                    return (at - 2, at);
                }
            }
            _ => at += 1,
        }
    }
    (text.len(), text.len())
}

/// Bytes of the string or character literal that the text starts with.
fn literal(text: &str) -> Option<usize> {
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

    fn check(text: &str, expected: &[(&str, Option<&str>, (u32, u32))]) {
        let found = suppressions(text, Sym::new("x.rs"));
        let found: Vec<_> = found.iter().map(|s| (s.rules.join(","), s.reason.as_deref(), s.covers)).collect();
        let expected: Vec<_> = expected.iter().map(|(r, why, c)| ((*r).to_owned(), *why, *c)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn behind_code_covers_the_line() {
        check("let x = 1; // fork-lint: allow(a, b-c) -- because\nfork();\n", &[("a,b-c", Some("because"), (1, 1))]);
    }

    #[test]
    fn alone_covers_the_next_statement_head() {
        check("// fork-lint: allow(a) -- r\n\n// more words\nfork();\nfork();\n", &[("a", Some("r"), (1, 4))]);
        check(
            "// fork-lint: allow(a) -- r\n#[cfg(x = \"]\")]\nfoo(\n  1,\n  2,\n);\nbar();\n",
            &[("a", Some("r"), (1, 6))],
        );
        check("// fork-lint: allow(a) -- r\nfn f() {\n  x();\n}\n", &[("a", Some("r"), (1, 2))]);
        check(
            "// fork-lint: allow(a) -- r\nCommand::new(x)\n  .arg(y)\n  .pre_exec(|| {\n z();\n});\n",
            &[("a", Some("r"), (1, 4))],
        );
        check("match x {\n // fork-lint: allow(a) -- r\n 0 => f(),\n 1 => g(),\n}\n", &[("a", Some("r"), (2, 3))]);
        check("fork();\n// fork-lint: allow(a) -- last", &[("a", Some("last"), (2, 2))]);
    }

    #[test]
    fn the_top_of_a_file_covers_it() {
        let all = (1, u32::MAX);
        check(
            "#!/usr/bin/x\n//! Doc.\n#![forbid(unsafe_code)]\n//! fork-lint: allow(a) -- r\nfn f() {}\n",
            &[("a", Some("r"), all)],
        );
        check("mod m {\n//! fork-lint: allow(a) -- r\n}\n", &[("", Some("r"), (2, 2))]);
    }

    #[test]
    fn literals_and_documentation_are_no_comments() {
        check("let s = \"// fork-lint: allow(a) -- no\";\n", &[]);
        check(
            "let s = r#\"\n// fork-lint: allow(a) -- \"no\n\"#; // fork-lint: allow(b) -- yes",
            &[("b", Some("yes"), (3, 3))],
        );
        check("let c = '\"'; let l: &'a str = x; // fork-lint: allow(b) -- yes", &[("b", Some("yes"), (1, 1))]);
        check("let c = ['\\'', '\\\\', b'\"']; // fork-lint: allow(b) -- yes", &[("b", Some("yes"), (1, 1))]);
        check("/// fork-lint: allow(a) -- shown to readers\nfn f() {}\n", &[]);
        check(
            "/* outer /* inner */ still\n// fork-lint: allow(a) -- no\n*/ f(); /* fork-lint: allow(b) -- yes */",
            &[("b", Some("yes"), (3, 3))],
        );
        check("let r#type = 1; // fork-lint: allow(b) -- yes", &[("b", Some("yes"), (1, 1))]);
    }

    #[test]
    fn what_cannot_be_understood_has_no_rules() {
        check("// fork-lint: alow(a) -- r\n", &[("", None, (1, 1))]);
        check("// fork-lint: allow(a,) -- r\n", &[("", Some("r"), (1, 1))]);
        check("// fork-lint: allow(a) because\nf();", &[("", None, (1, 2))]);
        check("// fork-lint: allow(a) --  \nf();", &[("a", None, (1, 2))]);
        check("// see fork-lint: allow(a)\n", &[]);
    }

    #[test]
    fn unfinished_text_is_read_to_its_end() {
        for text in [
            "/* fork-lint:",
            "\"fork-lint:",
            "r##\"fork-lint:",
            "'\\",
            "b'",
            "// fork-lint:",
            "fork-lint: '\\u{1",
            "#!fork-lint:",
        ] {
            let _ = suppressions(text, Sym::new("x.rs"));
        }
        let found = suppressions("é(); // fork-lint: allow(a) -- ü\r\n", Sym::new("x.rs"));
        assert_eq!((found[0].span.column, found[0].span.end_column), (6, 33));
    }
}
