//! Expands a macro's invocation: finds the arm that matches and writes its transcriber out.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::Limits;
use super::macro_arms::Piece;
use super::macro_def::ParsedMacro;
use super::macro_match::{Binding, Bindings, matches};
use super::macro_tokens::crate_ident;
use super::parse::parse_checked;
use crate::facts::Sym;

/// Why an invocation could not be expanded.
#[derive(Clone, Debug)]
pub struct ExpandError {
    /// A sentence fragment.
    pub what: String,
    /// The token it failed on; made up if there is none.
    pub span: Span,
    /// A bound was reached (else the input does not fit the macro, or the macro uses what is not understood).
    pub bound: bool,
}

/// What expanding macros may still cost in one crate.
#[derive(Debug)]
pub struct Budget {
    limits: Limits,
    open: Vec<Sym>,
    invocation: usize,
    total: usize,
}

impl Budget {
    /// For one crate.
    pub fn new(limits: Limits) -> Budget {
        Budget { limits, open: Vec::new(), invocation: 0, total: 0 }
    }

    /// The bounds.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Tokens written by all expansions so far.
    pub fn tokens(&self) -> usize {
        self.total
    }

    /// Says that what follows is read inside an expansion of `name`, until [`Budget::leave`]. Expansions that nest too
    /// deep (a macro that expands to itself) are refused.
    pub fn enter(&mut self, name: Sym, at: Span) -> Result<(), ExpandError> {
        if self.open.len() >= self.limits.macro_depth as usize {
            let mut names: Vec<&str> = Vec::new();
            for name in self.open.iter().rev().map(|name| name.as_str()) {
                if names.contains(&name) || names.len() == 4 {
                    break;
                }
                names.push(name);
            }
            names.reverse();
            let what = format!(
                "macros expand to macros more than {} deep (`{}`)",
                self.limits.macro_depth,
                names.join("` → `")
            );
            return Err(ExpandError { what, span: at, bound: true });
        }
        if self.open.is_empty() {
            self.invocation = 0;
        }
        self.open.push(name);
        Ok(())
    }

    /// Ends the innermost expansion entered.
    pub fn leave(&mut self) {
        self.open.pop();
    }

    fn spend(&mut self, tokens: usize, at: Span) -> Result<(), ExpandError> {
        self.invocation += tokens;
        self.total += tokens;
        let what = if self.invocation > self.limits.invocation_tokens {
            format!("the macro expands to more than {} tokens", self.limits.invocation_tokens)
        } else if self.total > self.limits.crate_tokens {
            format!("the crate's macros expand to more than {} tokens", self.limits.crate_tokens)
        } else {
            return Ok(());
        };
        Err(ExpandError { what, span: at, bound: true })
    }
}

/// Expands one invocation: `input` is what stands between the invocation's brackets. Tokens of the macro's body keep
/// the place of the definition, tokens of the input keep theirs. Expressions and types out of the input come in
/// invisible groups, so that they stay together.
///
/// The input has to be that of a macro in a tree, which is within the bounds.
///
/// Call between [`Budget::enter`] and [`Budget::leave`] of the invocation.
pub fn expand(macro_: &ParsedMacro, input: TokenStream, budget: &mut Budget) -> Result<TokenStream, ExpandError> {
    let mut outcome = None;
    let mut stuck = Span::call_site();
    // What the parser says of the end is not used: where the last arm stuck tells more.
    let _ = parse_checked(
        |input| {
            if !input.is_empty() {
                stuck = input.span();
            }
            for arm in &macro_.arms {
                match matches(&arm.matcher, input) {
                    Ok(bindings) => {
                        let mut writer = Writer { bindings, rounds: Vec::new(), budget, crate_root: macro_.crate_root };
                        outcome = Some(writer.write(&arm.template));
                        break;
                    }
                    Err(span) => stuck = span,
                }
            }
            // The tokens are not used up, and need not be.
            input.step(|_| Ok(((), syn::buffer::Cursor::empty())))
        },
        input,
    );
    outcome.unwrap_or_else(|| {
        Err(ExpandError { what: format!("no arm of `{}!` fits", macro_.name), span: stuck, bound: false })
    })
}

/// Writes a template out.
struct Writer<'a> {
    bindings: Bindings,
    /// The round of each open repetition.
    rounds: Vec<usize>,
    budget: &'a mut Budget,
    crate_root: Sym,
}

impl Writer<'_> {
    fn write(&mut self, pieces: &[Piece]) -> Result<TokenStream, ExpandError> {
        let mut out = Vec::new();
        self.write_to(pieces, &mut out)?;
        Ok(out.into_iter().collect())
    }

    fn write_to(&mut self, pieces: &[Piece], out: &mut Vec<TokenTree>) -> Result<(), ExpandError> {
        for piece in pieces {
            match piece {
                Piece::Token(token) => {
                    self.budget.spend(1, token.span())?;
                    out.push(token.clone());
                }
                Piece::Crate(span) => {
                    self.budget.spend(1, *span)?;
                    out.push(TokenTree::Ident(crate_ident(self.crate_root.as_str(), *span)));
                }
                Piece::Group { delimiter, span, inside } => {
                    self.budget.spend(1, *span)?;
                    out.push(group(*delimiter, self.write(inside)?, *span));
                }
                Piece::Variable { name, written } => match self.binding(*name) {
                    None => out.extend(written.iter().cloned()),
                    Some(Binding::One(tokens)) => {
                        let tokens = tokens.clone();
                        self.budget.spend(count(&tokens), written[1].span())?;
                        out.extend(tokens);
                    }
                    Some(Binding::Many(_)) => {
                        return Err(unfit(format!("`${name}` is used outside its repetition"), written[1].span()));
                    }
                },
                Piece::Repeat { inside, separator, names, span } => {
                    let rounds = self.rounds_of(names, *span)?;
                    for round in 0..rounds {
                        if round > 0 {
                            self.budget.spend(separator.len(), *span)?;
                            out.extend(separator.iter().cloned());
                        }
                        self.budget.spend(1, *span)?;
                        self.rounds.push(round);
                        let written = self.write_to(inside, out);
                        self.rounds.pop();
                        written?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What a name stands for in the current rounds.
    fn binding(&self, name: Sym) -> Option<&Binding> {
        let mut binding = self.bindings.get(&name)?;
        for &round in &self.rounds {
            match binding {
                Binding::Many(list) => binding = list.get(round)?,
                Binding::One(_) => break,
            }
        }
        Some(binding)
    }

    fn rounds_of(&self, names: &[Sym], at: Span) -> Result<usize, ExpandError> {
        let mut rounds = None;
        for &name in names {
            let Some(Binding::Many(list)) = self.binding(name) else { continue };
            if *rounds.get_or_insert(list.len()) != list.len() {
                return Err(unfit(format!("`${name}` repeats another number of times than its neighbours"), at));
            }
        }
        rounds.ok_or_else(|| unfit("a repetition in which nothing repeats".to_owned(), at))
    }
}

fn unfit(what: String, span: Span) -> ExpandError {
    ExpandError { what, span, bound: false }
}

pub(super) fn group(delimiter: Delimiter, inside: TokenStream, span: Span) -> TokenTree {
    let mut group = Group::new(delimiter, inside);
    group.set_span(span);
    TokenTree::Group(group)
}

/// How many tokens there are, groups counted with their inside.
fn count(tokens: &TokenStream) -> usize {
    let mut open = vec![tokens.clone().into_iter()];
    let mut count = 0;
    while let Some(level) = open.last_mut() {
        match level.next() {
            None => drop(open.pop()),
            Some(token) => {
                count += 1;
                if let TokenTree::Group(group) = token {
                    open.push(group.stream().into_iter());
                }
            }
        }
    }
    count
}

/// The transcriber of an arm, every fragment replaced by a stand-in, every repetition written once.
pub(super) fn without_input(arm: &super::macro_arms::Arm) -> TokenStream {
    fn write(pieces: &[Piece], arm: &super::macro_arms::Arm, out: &mut Vec<TokenTree>) {
        for piece in pieces {
            match piece {
                Piece::Token(token) => out.push(token.clone()),
                Piece::Crate(span) => out.push(TokenTree::Ident(proc_macro2::Ident::new("crate", *span))),
                Piece::Group { delimiter, span, inside } => {
                    let mut inner = Vec::new();
                    write(inside, arm, &mut inner);
                    out.push(group(*delimiter, inner.into_iter().collect(), *span));
                }
                Piece::Variable { name, written } => match arm.named.iter().find(|(known, _)| known == name) {
                    Some((_, kind)) => out.extend(kind.stand_in(name.as_str(), written[1].span())),
                    None => out.extend(written.iter().cloned()),
                },
                Piece::Repeat { inside, .. } => write(inside, arm, out),
            }
        }
    }
    let mut out = Vec::new();
    write(&arm.template, arm, &mut out);
    out.into_iter().collect()
}
