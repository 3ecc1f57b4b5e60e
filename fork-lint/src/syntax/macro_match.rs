//! Matches a macro's input against the matcher of an arm, as the compiler does: all ways through the matcher are
//! followed side by side, one token at a time, and a fragment is parsed where only a fragment can go on.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Span, TokenStream};
use syn::buffer::Cursor;
use syn::parse::ParseStream;

use super::macro_arms::{Matcher, Step};
use super::macro_fragment::Kind;
use super::macro_tokens::next_tree;
use crate::facts::Sym;

/// What a name of the matcher stands for.
pub(super) enum Binding {
    /// A fragment's tokens.
    One(TokenStream),
    /// One for each round of a repetition.
    Many(Vec<Binding>),
}

/// All that an arm binds.
pub(super) type Bindings = HashMap<Sym, Binding>;

/// Matches the whole input; fails with the place of the first token that does not fit.
pub(super) fn matches(matcher: &Matcher, input: ParseStream<'_>) -> Result<Bindings, Span> {
    let mut trail = Trail::default();
    let mut stuck = input.span();
    match run(matcher, &input.fork(), None, &mut trail, &mut stuck) {
        Some(last) => Ok(trail.bindings(last)),
        None => Err(stuck),
    }
}

/// What happened on one way through the matcher, last first: ways share their beginnings.
#[derive(Default)]
struct Trail<'m> {
    marks: Vec<(Option<usize>, Mark<'m>)>,
}

/// A position in the trail; `None` is its beginning.
type At = Option<usize>;

#[derive(Clone)]
enum Mark<'m> {
    Bind(Sym, TokenStream),
    Open(&'m [Sym]),
    Close,
}

impl<'m> Trail<'m> {
    fn add(&mut self, before: At, mark: Mark<'m>) -> At {
        self.marks.push((before, mark));
        Some(self.marks.len() - 1)
    }

    fn bindings(mut self, last: At) -> Bindings {
        let mut way = Vec::new();
        let mut at = last;
        while let Some(index) = at {
            way.push(index);
            at = self.marks[index].0;
        }
        let mut bindings = Bindings::new();
        let mut depth = 0;
        for index in way.into_iter().rev() {
            match std::mem::replace(&mut self.marks[index].1, Mark::Close) {
                Mark::Bind(name, tokens) => put(&mut bindings, name, depth, Binding::One(tokens)),
                Mark::Open(names) => {
                    for &name in names {
                        put(&mut bindings, name, depth, Binding::Many(Vec::new()));
                    }
                    depth += 1;
                }
                Mark::Close => depth -= 1,
            }
        }
        bindings
    }
}

/// Adds a binding to the innermost open list of its name.
fn put(bindings: &mut Bindings, name: Sym, depth: usize, value: Binding) {
    if depth == 0 {
        bindings.insert(name, value);
        return;
    }
    let mut list = bindings.get_mut(&name);
    for _ in 1..depth {
        list = match list {
            Some(Binding::Many(items)) => items.last_mut(),
            _ => None,
        };
    }
    if let Some(Binding::Many(items)) = list {
        items.push(value);
    }
}

/// A way through the matcher: the next step, and the trail so far.
#[derive(Clone, Copy)]
struct Way {
    step: usize,
    trail: At,
}

/// Runs a matcher over the tokens of one group.
fn run<'m>(
    matcher: &'m Matcher,
    input: ParseStream<'_>,
    from: At,
    trail: &mut Trail<'m>,
    stuck: &mut Span,
) -> Option<At> {
    let mut ways = vec![Way { step: 0, trail: from }];
    let mut idle = 0;
    loop {
        let (ready, done) = follow(matcher, ways, trail);
        if let (true, Some(done)) = (input.is_empty(), done) {
            return Some(done);
        }
        let before = input.cursor();
        let mut next = by_token(matcher, &ready, input, trail, stuck);
        if next.is_empty() {
            next.extend(by_fragment(matcher, &ready, input, trail));
        }
        // A visibility may be nothing at all; a matcher made of such would never end.
        idle = if input.cursor() == before { idle + 1 } else { 0 };
        if next.is_empty() || idle > matcher.code.len() {
            *stuck = input.span();
            return None;
        }
        ways = next;
    }
}

/// Goes through the steps that take no token. Gives the ways that wait for one, and the way that is complete.
fn follow<'m>(matcher: &'m Matcher, ways: Vec<Way>, trail: &mut Trail<'m>) -> (Vec<Way>, Option<At>) {
    let mut seen = vec![false; matcher.code.len()];
    let (mut ready, mut done) = (Vec::new(), None);
    let mut todo = ways;
    todo.reverse();
    while let Some(way) = todo.pop() {
        let Some(step) = matcher.code.get(way.step) else {
            done = done.or(Some(way.trail));
            continue;
        };
        if std::mem::replace(&mut seen[way.step], true) {
            continue;
        }
        match step {
            Step::Open { binds, optional, after } => {
                let open = trail.add(way.trail, Mark::Open(binds));
                if *optional {
                    todo.push(Way { step: *after, trail: trail.add(open, Mark::Close) });
                }
                todo.push(Way { step: way.step + 1, trail: open });
            }
            Step::Again { more, separated, body, after } => {
                todo.push(Way { step: *after, trail: trail.add(way.trail, Mark::Close) });
                if *more {
                    todo.push(Way { step: if *separated { way.step + 1 } else { *body }, trail: way.trail });
                }
            }
            _ => ready.push(way),
        }
    }
    (ready, done)
}

/// Takes the next token on every way that waits for just this one.
fn by_token<'m>(
    matcher: &'m Matcher,
    ready: &[Way],
    input: ParseStream<'_>,
    trail: &mut Trail<'m>,
    stuck: &mut Span,
) -> Vec<Way> {
    let cursor = input.cursor();
    let mut next = Vec::new();
    for way in ready {
        match &matcher.code[way.step] {
            Step::Token(token) if token.eat(cursor).is_some() => {
                next.push(Way { step: way.step + 1, trail: way.trail })
            }
            Step::Separator { token, body } if token.eat(cursor).is_some() => {
                next.push(Way { step: *body, trail: way.trail });
            }
            Step::Group(delimiter, inside) => {
                if let Some(trail) = in_group(*delimiter, inside, input, way.trail, trail, stuck) {
                    next.push(Way { step: way.step + 1, trail });
                }
            }
            _ => {}
        }
    }
    if !next.is_empty() {
        let _ = input.step(|cursor| Ok(((), next_tree(*cursor).map_or(Cursor::empty(), |(_, rest)| rest))));
    }
    next
}

fn in_group<'m>(
    delimiter: Delimiter,
    inside: &'m Matcher,
    input: ParseStream<'_>,
    from: At,
    trail: &mut Trail<'m>,
    stuck: &mut Span,
) -> Option<At> {
    if input.cursor().any_group().is_none_or(|(_, found, ..)| found != delimiter) {
        return None;
    }
    let ahead = input.fork();
    let mut result = None;
    let _ = (|| -> syn::Result<()> {
        let content;
        match delimiter {
            Delimiter::Parenthesis => drop(syn::parenthesized!(content in ahead)),
            Delimiter::Bracket => drop(syn::bracketed!(content in ahead)),
            _ => drop(syn::braced!(content in ahead)),
        }
        result = run(inside, &content, from, trail, stuck);
        Ok(())
    })();
    result
}

/// Parses a fragment on the first way on which one is there.
fn by_fragment<'m>(matcher: &'m Matcher, ready: &[Way], input: ParseStream<'_>, trail: &mut Trail<'m>) -> Option<Way> {
    ready.iter().find_map(|way| {
        let Step::Fragment(name, kind) = &matcher.code[way.step] else { return None };
        if !kind.may_begin(input.cursor()) {
            return None;
        }
        let tokens = if input.is_empty() && *kind == Kind::Visibility { TokenStream::new() } else { kind.take(input)? };
        Some(Way { step: way.step + 1, trail: trail.add(way.trail, Mark::Bind(*name, tokens)) })
    })
}
