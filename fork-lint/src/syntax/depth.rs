//! Bounds the depth of the syntax tree before one is built: the parser recurses, and so does every walk over its tree.
//!
//! One pass over the tokens counts what can make the tree deeper: every group, operator, keyword and angle bracket.
//! A `;` starts over, and so does a block followed by a new statement or item; a `,` goes back to the list it is in.
//! The count is never below the depth of the tree, and for ordinary code not far above it.

use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::buffer::Cursor;

/// Fails with the place where groups nest deeper than `limit`. Takes no stack of its own, so it can be asked of any
/// token stream before anything else is done with it.
pub(super) fn check_nesting(tokens: &TokenStream, limit: u32) -> Result<(), Span> {
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(level) = open.last_mut() {
        match level.next() {
            None => drop(open.pop()),
            Some(TokenTree::Group(group)) => {
                if open.len() > limit as usize {
                    return Err(group.span());
                }
                open.push(group.stream().into_iter());
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Fails with the place where a tree made of these tokens could be deeper than `limit`.
pub(super) fn check(tokens: Cursor<'_>, limit: u32) -> Result<(), Span> {
    let mut open = vec![Level::new(tokens, 0)];
    while let Some(level) = open.last_mut() {
        if level.rest.eof() {
            open.pop();
            continue;
        }
        let at = level.rest.span();
        let inner = level.step();
        if level.base.saturating_add(level.chain) > limit {
            return Err(at);
        }
        if let Some(inner) = inner {
            let base = level.base + level.chain + 1;
            open.push(Level::new(inner, base));
        }
    }
    Ok(())
}

/// What the token before was, as far as it decides what the next one means.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing yet, or a separator.
    Start,
    /// Something that an operator may follow: a name, a closed group.
    Operand,
    /// An operand that generic arguments cannot follow: a literal, a closed parenthesis.
    Value,
    /// A closed block.
    Block,
    /// A keyword that an operand follows.
    Keyword,
    /// `#`, or `#!`: an attribute's group follows.
    Hash,
    /// The `|` that opens a closure's parameters.
    Pipe,
    /// Another punctuation character; `binary` when it stood after an operand, `joint` when the next touches it.
    Punct { c: char, joint: bool, binary: bool },
}

/// An open bracket that is not a group; commas inside go back to its level.
enum Frame {
    Angle(u32),
    Pipe(u32),
}

/// The tokens of one group.
struct Level<'a> {
    rest: Cursor<'a>,
    /// Depth of the group itself.
    base: u32,
    /// Levels opened since the statement or list entry began.
    chain: u32,
    frames: Vec<Frame>,
    before: Before,
}

impl<'a> Level<'a> {
    fn new(rest: Cursor<'a>, base: u32) -> Level<'a> {
        Level { rest, base, chain: 0, frames: Vec::new(), before: Before::Start }
    }

    /// Takes a token; gives the inside of a group.
    fn step(&mut self) -> Option<Cursor<'a>> {
        // Invisible groups have to be asked for first: the other questions look through them.
        if let Some((inner, delimiter, _, rest)) = self.rest.any_group() {
            self.rest = rest;
            let attribute = self.before == Before::Hash;
            self.chain += u32::from(!attribute);
            self.before = match delimiter {
                _ if attribute => Before::Start,
                Delimiter::Brace => Before::Block,
                Delimiter::None => Before::Operand,
                Delimiter::Parenthesis | Delimiter::Bracket => Before::Value,
            };
            return Some(inner);
        }
        if let Some((ident, rest)) = self.rest.ident() {
            self.rest = rest;
            self.word(&ident);
        } else if let Some((punct, rest)) = self.rest.punct() {
            self.rest = rest;
            self.punct(&punct);
        } else if let Some((_, rest)) = self.rest.lifetime() {
            self.rest = rest;
            self.new_statement_after_block();
            self.before = Before::Operand;
        } else if let Some((_, rest)) = self.rest.token_tree() {
            self.rest = rest;
            self.new_statement_after_block();
            // `a.0.1` is two fields and one number.
            self.chain += u32::from(matches!(self.before, Before::Punct { c: '.', .. }));
            self.before = Before::Value;
        }
        None
    }

    fn word(&mut self, ident: &Ident) {
        let word = ident.to_string();
        if matches!(&*word, "else" | "as" | "in") {
            self.chain += 1;
            self.before = Before::Keyword;
            return;
        }
        self.new_statement_after_block();
        if opens(&word) {
            self.chain += 1;
            self.before = Before::Keyword;
        } else {
            self.before = Before::Operand;
        }
    }

    fn punct(&mut self, punct: &Punct) {
        let c = punct.as_char();
        let joint = punct.spacing() == Spacing::Joint;
        let operand = matches!(self.before, Before::Operand | Before::Value);
        let mut next = Before::Punct { c, joint, binary: operand || self.before == Before::Block };
        match (c, self.before) {
            (';', _) => {
                self.frames.clear();
                self.chain = 0;
                next = Before::Start;
            }
            (',', _) => {
                self.chain = self.frame_level();
                next = Before::Start;
            }
            ('#', _) => {
                self.new_statement_after_block();
                next = Before::Hash;
            }
            ('!', Before::Hash) => next = Before::Hash,
            // `->` and `=>`
            ('>', Before::Punct { c: '-' | '=', joint: true, .. }) => {}
            ('>', _) => {
                self.chain += 1;
                if let Some(Frame::Angle(_)) = self.frames.last() {
                    self.frames.pop();
                    next = Before::Operand;
                }
            }
            ('<', Before::Value) => self.chain += 1,
            ('<', Before::Punct { c: '<', joint: true, .. }) if self.rest.literal().is_some() => self.chain += 1,
            ('<', _) => {
                self.chain += 1;
                self.frames.push(Frame::Angle(self.chain));
            }
            // The second half of `a && b`, `a || b`.
            ('&' | '|', Before::Punct { c: first, joint: true, binary: true }) if c == first => {
                next = Before::Punct { c, joint: false, binary: false };
            }
            ('|', Before::Pipe) => self.close_pipe(),
            ('|', _) if operand => {
                self.chain += 1;
                if self.frames.iter().any(|frame| matches!(frame, Frame::Pipe(_))) {
                    self.close_pipe();
                    next = Before::Start;
                }
            }
            ('|', _) => {
                self.chain += 1;
                self.frames.push(Frame::Pipe(self.chain));
                next = Before::Pipe;
            }
            // The first colon of `::` and a lone one open nothing; a path in a `use` nests at each `::`.
            (':', Before::Punct { c: ':', joint: true, .. }) => self.chain += 1,
            (':', _) => {}
            // The rest of a longer operator, unless it can be a prefix of what follows.
            (_, Before::Punct { joint: true, .. }) if !matches!(c, '!' | '-' | '*' | '&' | '?') => {}
            _ => self.chain += 1,
        }
        self.before = next;
    }

    /// After a block, a token that cannot go on with the expression begins something new.
    fn new_statement_after_block(&mut self) {
        if self.before == Before::Block {
            self.frames.clear();
            self.chain = 0;
        }
    }

    fn frame_level(&self) -> u32 {
        match self.frames.last() {
            Some(Frame::Angle(level) | Frame::Pipe(level)) => *level,
            None => 0,
        }
    }

    /// The closure's parameters are complete; what was open inside them is not any more.
    fn close_pipe(&mut self) {
        while let Some(Frame::Angle(_)) = self.frames.pop() {}
    }
}

/// Keywords after which an expression, pattern or type goes one level deeper.
#[rustfmt::skip]
fn opens(word: &str) -> bool {
    matches!(
        word,
        "if" | "match" | "while" | "for" | "loop" | "return" | "break" | "continue" | "yield" | "move" | "async"
            | "await" | "unsafe" | "const" | "static" | "let" | "ref" | "box" | "dyn" | "impl" | "fn" | "where" | "do"
            | "try" | "become" | "use" | "extern" | "raw"
    )
}
