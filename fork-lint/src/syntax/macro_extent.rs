//! Where a fragment ends, told from its tokens: what a macro passes on is parsed in the expansion, and once is enough.

use proc_macro2::{Delimiter, Spacing};
use syn::buffer::Cursor;

use super::macro_fragment::is_reserved;

/// Whether a whole expression or type is one token tree: a name, a literal or a group that nothing goes on with.
pub(super) fn is_lone(input: Cursor<'_>) -> bool {
    let rest = if let Some((_, delimiter, _, rest)) = input.any_group() {
        (delimiter != Delimiter::Brace).then_some(rest)
    } else if let Some((ident, rest)) = input.ident() {
        (!is_reserved(&ident.to_string())).then_some(rest)
    } else {
        input.literal().map(|(_, rest)| rest)
    };
    rest.is_some_and(|rest| rest.eof() || rest.any_group().is_none() && is_separator(rest))
}

fn is_separator(input: Cursor<'_>) -> bool {
    input.punct().is_some_and(|(punct, _)| matches!(punct.as_char(), ',' | ';'))
}

/// What follows the item that begins here; `None` when none does.
pub(super) fn item_end(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut rest = input;
    while let Some(('#', after)) = punct(rest) {
        let (_, delimiter, _, after) = after.any_group()?;
        rest = (delimiter == Delimiter::Bracket).then_some(after)?;
    }
    if let Some(end) = macro_end(rest) {
        return Some(end);
    }
    loop {
        let (word, after) = rest.ident()?;
        rest = after;
        return match word.to_string().as_str() {
            "pub" => {
                if let Some((_, Delimiter::Parenthesis, _, after)) = rest.any_group() {
                    rest = after;
                }
                continue;
            }
            "unsafe" | "async" | "default" | "auto" | "safe" | "crate" => continue,
            "const" if rest.ident().is_some_and(|(word, _)| is_qualifier(&word.to_string())) => continue,
            "const" | "static" | "use" | "type" => semicolon(rest),
            "fn" | "impl" | "trait" | "mod" | "enum" | "union" | "struct" | "extern" | "macro" => body(rest),
            _ => None,
        };
    }
}

/// What may stand between `const` and the name of a function.
fn is_qualifier(word: &str) -> bool {
    matches!(word, "fn" | "unsafe" | "async" | "extern")
}

/// `name!(..);`, `a::name! {..}`, `macro_rules! name {..}`
fn macro_end(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut rest = input;
    loop {
        match punct(rest) {
            Some(('!', after)) if rest != input => {
                rest = after;
                break;
            }
            Some((':', after)) => rest = after,
            Some(_) => return None,
            None => rest = rest.ident()?.1,
        }
    }
    if let Some((_, after)) = rest.ident().filter(|_| rest.any_group().is_none()) {
        rest = after;
    }
    let (_, delimiter, _, after) = rest.any_group()?;
    if delimiter == Delimiter::Brace { Some(after) } else { semicolon(after) }
}

/// Behind the next `;`.
fn semicolon(mut rest: Cursor<'_>) -> Option<Cursor<'_>> {
    loop {
        match punct(rest) {
            Some((';', after)) => return Some(after),
            Some((_, after)) => rest = after,
            None => rest = tree(rest)?,
        }
    }
}

/// Behind the first block that is no generic argument, or a `;` before it.
fn body(mut rest: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut angles = 0_u32;
    let mut arrow = false;
    loop {
        if let Some((_, Delimiter::Brace, _, after)) = rest.any_group()
            && angles == 0
        {
            return Some(after);
        }
        let Some((c, after)) = punct(rest) else {
            arrow = false;
            rest = tree(rest)?;
            continue;
        };
        match c {
            ';' => return Some(after),
            '<' => angles += 1,
            '>' if !arrow => angles = angles.saturating_sub(1),
            _ => {}
        }
        arrow = matches!(c, '-' | '=') && rest.punct()?.0.spacing() == Spacing::Joint;
        rest = after;
    }
}

/// A punctuation character that does not stand inside an invisible group.
fn punct(input: Cursor<'_>) -> Option<(char, Cursor<'_>)> {
    if input.any_group().is_some() {
        return None;
    }
    input.punct().map(|(punct, rest)| (punct.as_char(), rest))
}

/// Behind the next token tree.
fn tree(input: Cursor<'_>) -> Option<Cursor<'_>> {
    match input.any_group() {
        Some((.., rest)) => Some(rest),
        None => input.token_tree().map(|(_, rest)| rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::buffer::TokenBuffer;

    #[test]
    fn items_end_where_the_parser_ends_them() {
        let items = [
            "#[a] #[b(c)] pub(crate) const unsafe extern \"C\" fn f<const N: usize>(x: [u8; { N }]) -> A<{ N }, B> where A: B, { x }",
            "impl<T: Fn() -> u8> A<{ 1 }> for B<T> where T: C<D> {}",
            "struct A;",
            "struct A(u8, pub u16) where u8: Copy;",
            "pub struct A<T = fn() -> u8> { a: T }",
            "const A: bool = { 1 } < 2;",
            "const _: () = { f(); };",
            "static mut A: fn() -> u8 = f;",
            "use a::{b, c as d};",
            "extern crate a as b;",
            "unsafe extern \"C\" { fn f(); }",
            "extern { static A: u8; }",
            "type A<T> = B<T>;",
            "pub(in a::b) mod m;",
            "mod m { fn f() {} }",
            "unsafe auto trait A: B<C> {}",
            "union A { a: u8 }",
            "enum A { B = 1 }",
            "macro_rules! m { () => {} }",
            "a::b!(c);",
            "m! { d }",
            "async fn f() {}",
        ];
        for item in items {
            let parsed: Result<syn::Item, _> = syn::parse_str(item);
            assert!(
                parsed.is_ok_and(|parsed| !matches!(parsed, syn::Item::Verbatim(_)) || item.contains("auto")),
                "{item}"
            );
            for more in ["", "fn next() {}", "; x", "{ }"] {
                let buffer = TokenBuffer::new2(format!("{item} {more}").parse().unwrap());
                let rest = item_end(buffer.begin()).map(|rest| rest.token_stream().to_string());
                let expected: proc_macro2::TokenStream = more.parse().unwrap();
                assert_eq!(rest, Some(expected.to_string()), "{item} {more}");
            }
        }
    }

    #[test]
    fn what_begins_no_item_has_no_end() {
        for text in ["", "a", "a = 1;", "#[a]", "1", "pub", "fn f()", "{ }", "return;", "a::b(c);", "!x;"] {
            let buffer = TokenBuffer::new2(text.parse().unwrap());
            assert!(item_end(buffer.begin()).is_none(), "{text}");
        }
    }

    #[test]
    fn lone_trees_are_followed_by_nothing_that_belongs_to_them() {
        let is = |text: &str| is_lone(TokenBuffer::new2(text.parse().unwrap()).begin());
        for text in ["a", "a, b", "1; 2", "\"a\"", "(a, b), c", "[u8; 3]"] {
            assert!(is(text), "{text}");
        }
        for text in
            ["a.b", "a + b", "a::b", "a(b)", "a!()", "match x {}", "-1", "{ a }", "(a) + b", "&a", "dyn A", "a => b"]
        {
            assert!(!is(text), "{text}");
        }
    }
}
