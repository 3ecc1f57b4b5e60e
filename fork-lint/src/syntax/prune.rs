//! Takes off a text what costs the parser much and tells the linter nothing: documentation, tests that are not compiled,
//! tables of numbers.

use std::borrow::Cow;
use std::ops::Range;

use super::lexeme::{Comment, Lexeme, Lexemes, What};

/// What documentation is kept for: it puts conditions on callers.
const TELLING: &[u8] = b"thread";

/// The text without documentation that does not speak of threads and, unless `tests`, with the inside of every
/// `#[cfg(test)] mod name { .. }` and of every long list of numbers empty. What is left stands where it stood. In a macro's
/// input lists stay, and of several comments one, as the macro may ask for one.
pub fn prune(text: &str, tests: bool) -> Cow<'_, str> {
    let mut documentation = Documentation::default();
    let mut macros = Macros::default();
    let mut bodies = Vec::new();
    let mut lexemes = Lexemes::of(text);
    while let Some(lexeme) = lexemes.next() {
        match lexeme.what {
            What::Comment(Comment::Plain) => {}
            What::Comment(_) => documentation.comment(text.as_bytes(), lexeme.start..lexeme.end, macros.inside()),
            what => {
                documentation.end();
                macros.step(lexeme);
                let body = match what {
                    // Its bracket is counted when it closes.
                    What::Other(b'#') if !tests => test_module(text, lexeme.start).inspect(|_| macros.depth += 1),
                    What::Other(b'[') if !macros.inside() => table(text, lexeme.end),
                    _ => None,
                };
                if let Some(body) = body {
                    lexemes = Lexemes::from(text, body.end);
                    bodies.push(body);
                }
            }
        }
    }
    documentation.end();
    blank(text, &documentation.marks, bodies)
}

/// The comments that are documentation.
#[derive(Default)]
struct Documentation {
    /// The bytes that make them so.
    marks: Vec<usize>,
    /// How many of these there were before the comments that are read now, which belong to one item.
    before: usize,
    /// Whether there are such comments.
    begun: bool,
    /// Whether they speak of threads.
    telling: bool,
}

impl Documentation {
    fn comment(&mut self, text: &[u8], at: Range<usize>, in_macro: bool) {
        if std::mem::replace(&mut self.begun, true) || !in_macro {
            self.marks.push(at.start + 2);
        }
        self.telling |= text[at].windows(TELLING.len()).any(|word| word.eq_ignore_ascii_case(TELLING));
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.telling) {
            self.marks.truncate(self.before);
        }
        self.before = self.marks.len();
        self.begun = false;
    }
}

/// Whether a place is in a macro's input.
#[derive(Default)]
struct Macros {
    /// Groups that are open.
    depth: u32,
    /// Groups that were, where the outermost input begins.
    outermost: Option<u32>,
    before: Before,
}

/// What came before: a macro's input follows `name!` and `name! other`.
#[derive(Default, Clone, Copy, PartialEq)]
enum Before {
    #[default]
    Other,
    /// A word that ends at this byte.
    Word(usize),
    Bang,
    Named,
}

impl Macros {
    fn inside(&self) -> bool {
        self.outermost.is_some()
    }

    fn step(&mut self, lexeme: Lexeme) {
        let before = std::mem::take(&mut self.before);
        match lexeme.what {
            What::Word if before == Before::Bang => self.before = Before::Named,
            What::Word => self.before = Before::Word(lexeme.end),
            What::Other(b'!') if before == Before::Word(lexeme.start) => self.before = Before::Bang,
            What::Other(b'(' | b'[' | b'{') => {
                if matches!(before, Before::Bang | Before::Named) {
                    self.outermost.get_or_insert(self.depth);
                }
                self.depth += 1;
            }
            What::Other(b')' | b']' | b'}') => {
                self.depth = self.depth.saturating_sub(1);
                self.outermost = self.outermost.filter(|&outermost| outermost < self.depth);
            }
            _ => {}
        }
    }
}

/// The inside of the module that only tests have, if one begins here with its attribute.
fn test_module(text: &str, at: usize) -> Option<Range<usize>> {
    if !text[at..].starts_with("#[cfg(test)]") && !text[at..].starts_with("#[cfg(all(test,") {
        return None;
    }
    let mut rest = Lexemes::from(text, at);
    loop {
        match rest.next()? {
            piece if piece.what == What::Other(b'#') => {
                rest.find(|piece| !matches!(piece.what, What::Comment(_)))
                    .filter(|piece| piece.what == What::Other(b'['))?;
                rest.close()?;
            }
            piece if &text[piece.start..piece.end] == "mod" => break,
            piece if !matches!(piece.what, What::Comment(_)) => return None,
            _ => {}
        }
    }
    rest.next().filter(|piece| piece.what == What::Word)?;
    let open = rest.next().filter(|piece| piece.what == What::Other(b'{'))?;
    Some(open.end..rest.close()?.start)
}

/// Bytes from which on a list of numbers is a table.
const TABLE: usize = 256;

/// The inside of the list that begins here, if it is a long one of numbers, characters, and tuples and lists of them.
fn table(text: &str, at: usize) -> Option<Range<usize>> {
    let mut open = 0_u32;
    for piece in Lexemes::from(text, at) {
        match piece.what {
            What::Word if text.as_bytes()[piece.start].is_ascii_digit() => {}
            What::Literal if !text[piece.start..piece.end].ends_with('"') => {}
            What::Comment(_) | What::Other(b',' | b'-' | b'.') => {}
            What::Other(b'(' | b'[') => open += 1,
            What::Other(b']') if open == 0 => {
                return (piece.start - at >= TABLE).then_some(at..piece.start);
            }
            What::Other(b')' | b']') if open > 0 => open -= 1,
            _ => return None,
        }
    }
    None
}

fn blank<'a>(text: &'a str, marks: &[usize], bodies: Vec<Range<usize>>) -> Cow<'a, str> {
    if marks.is_empty() && bodies.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for &mark in marks {
        bytes[mark] = b' ';
    }
    for body in bodies {
        for byte in &mut bytes[body] {
            *byte = if *byte == b'\n' { b'\n' } else { b' ' };
        }
    }
    // Only whole characters were replaced.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_becomes_plain_comments() {
        let text = "//! a\n/// b\nfn f() { \"/// c\" /** d */ }\n// e\n//// f\n";
        assert_eq!(prune(text, true), "//  a\n//  b\nfn f() { \"/// c\" /*  d */ }\n// e\n//// f\n");
    }

    #[test]
    fn what_speaks_of_threads_is_kept_with_what_is_around_it() {
        let text = "/// One.\n/// No THREADS may run.\nfn f() {}\n/// Two.\nfn g() {}\n/// Thread.";
        assert_eq!(prune(text, true), text.replace("/// Two", "//  Two"));
    }

    #[test]
    fn a_macro_sees_that_there_is_documentation() {
        let text = "m! {\n/// a\n/// b\nx, { /// c\n} }\n/// d\nfn f() { a != (/** e */ b) }\nm! n (/** f */);";
        let expected = text.replace("/// b", "//  b").replace("/// d", "//  d").replace("/** e", "/*  e");
        assert_eq!(prune(text, true), expected);
    }

    #[test]
    fn modules_of_tests_lose_their_inside_unless_tests_are_read() {
        let text = "fn a() {}\n#[cfg(test)]\n#[allow(x)] // why\nmod tests {\n  fn é() { '}' }\n}\nfn b() {}\n";
        let expected = "fn a() {}\n#[cfg(test)]\n#[allow(x)] // why\nmod tests {\n                 \n}\nfn b() {}\n";
        assert_eq!(prune(text, false), expected);
        assert_eq!(prune(text, true), text);
        for kept in [
            "#[cfg(test)] fn f() { 1 }",
            "#[cfg(test)] mod a;",
            "#[cfg(not(test))] mod a { x }",
            "#[cfg(test)] mod a { {",
        ] {
            assert_eq!(prune(kept, false), kept);
        }
        assert_eq!(prune("#[cfg(all(test, unix))]mod a {b}", false), "#[cfg(all(test, unix))]mod a { }");
    }

    #[test]
    fn long_lists_of_numbers_are_emptied() {
        let numbers = "(0x1f, -2, '\\'', [b'a', 1.5]), ".repeat(20);
        let blank = " ".repeat(numbers.len());
        assert_eq!(
            prune(&format!("static A: &[T] = &[{numbers}]; x"), true),
            format!("static A: &[T] = &[{blank}]; x")
        );
        for kept in [
            format!("let a = [{numbers} f()];"),
            format!("let a = [\"-c\", {numbers}];"),
            format!("m!([{numbers}]);"),
            "let a = [1, 2, 3];".to_owned(),
        ] {
            assert_eq!(prune(&kept, true), kept);
        }
    }
}
