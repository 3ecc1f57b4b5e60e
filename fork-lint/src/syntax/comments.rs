//! Suppressions: `// fork-lint: allow(rule, rule) -- reason`, read from the text because the syntax tree has no comments.
//!
//! A comment that stands behind code covers its line. One that stands alone covers the next line with code, attributes
//! skipped, and the lines after it until the statement there ends or opens a block. `//! fork-lint: allow(..)` before
//! the first item covers the file. A comment that starts with `fork-lint:` and cannot be understood is returned
//! without rules, so that it can be reported.

use super::lexeme::{Comment, Lexemes, What};
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
            Comment::Outer => continue,
            Comment::Inner if top(before()) => Some((1, u32::MAX)),
            Comment::Inner => None,
            Comment::Plain if last_line(before()) == Some(comment.line) => Some((comment.line, comment.line)),
            Comment::Plain => Some(ahead(comment, &pieces[at + 1..])),
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
fn ahead(comment: &Written, rest: &[Piece]) -> (u32, u32) {
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
    Comment(Written),
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

/// A comment that is addressed to the linter.
struct Written {
    kind: Comment,
    text: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// A word, a character that is in none, or a literal, as `"`.
struct Code {
    byte: u8,
    line: u32,
}

/// Comments addressed to the linter, and all code around them.
fn scan(text: &str) -> Vec<Piece> {
    let mut place = Place { text, at: 0, line: 1, column: 1 };
    let mut pieces = Vec::new();
    for lexeme in Lexemes::of(text) {
        let (line, column) = place.of(lexeme.start);
        let byte = match lexeme.what {
            What::Comment(kind) => {
                let raw = &text[lexeme.start..lexeme.end];
                let inside = raw[2..].strip_suffix("*/").filter(|_| raw.starts_with("/*")).unwrap_or(&raw[2..]);
                let text = inside.trim_start_matches('!').to_owned();
                if text.trim_start().starts_with(MARK) {
                    let (end_line, end_column) = place.of(lexeme.end);
                    pieces.push(Piece::Comment(Written { kind, text, line, column, end_line, end_column }));
                }
                continue;
            }
            What::Literal => b'"',
            What::Word => b'a',
            What::Other(byte) => byte,
        };
        pieces.push(Piece::Code(Code { byte, line }));
    }
    pieces
}

/// Counts lines and columns up to a position that only goes forward.
struct Place<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    column: u32,
}

impl Place<'_> {
    fn of(&mut self, at: usize) -> (u32, u32) {
        for c in self.text[self.at..at].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = at;
        (self.line, self.column)
    }
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
