//! The two halves of a macro's arm: the matcher as a small program, the transcriber as a template.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};

use super::macro_fragment::Kind;
use super::macro_tokens::{Token, alone};
use crate::facts::Sym;

/// `(matcher) => { transcriber }`
pub(super) struct Arm {
    pub(super) matcher: Matcher,
    /// The names it binds.
    pub(super) named: Vec<(Sym, Kind)>,
    pub(super) template: Vec<Piece>,
}

/// A matcher: instructions that [`super::macro_match`] runs over the tokens of one group.
#[derive(Default)]
pub(super) struct Matcher {
    pub(super) code: Vec<Step>,
}

/// One instruction of a [`Matcher`].
pub(super) enum Step {
    /// Takes this token.
    Token(Token),
    /// Takes a group whose inside matches.
    Group(Delimiter, Matcher),
    /// Takes a fragment and remembers it by name.
    Fragment(Sym, Kind),
    /// Begins a repetition that binds these names; goes on to the next step, or if there may be none, to `after`.
    Open { binds: Vec<Sym>, optional: bool, after: usize },
    /// The end of one round: goes on to `after`, and if `more`, to the next step (a separator) or to `body`.
    Again { more: bool, separated: bool, body: usize, after: usize },
    /// Takes a separator and begins another round.
    Separator { token: Token, body: usize },
}

/// A part of a transcriber.
pub(super) enum Piece {
    /// This token.
    Token(TokenTree),
    /// A group around other pieces.
    Group { delimiter: Delimiter, span: Span, inside: Vec<Piece> },
    /// A fragment; as written if the matcher does not bind the name.
    Variable { name: Sym, written: [TokenTree; 2] },
    /// `$crate`
    Crate(Span),
    /// As often as its variables are bound.
    Repeat { inside: Vec<Piece>, separator: Vec<TokenTree>, names: Vec<Sym>, span: Span },
}

/// What is wrong with a macro's definition, and where.
pub(super) type BadMacro = (&'static str, Span);

impl Matcher {
    /// Compiles the inside of a matcher's group; `named` collects what it binds.
    pub(super) fn parse(tokens: TokenStream, named: &mut Vec<(Sym, Kind)>) -> Result<Matcher, BadMacro> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut matcher = Matcher::default();
        matcher.add(&tokens, named)?;
        Ok(matcher)
    }

    fn add(&mut self, mut tokens: &[TokenTree], named: &mut Vec<(Sym, Kind)>) -> Result<(), BadMacro> {
        while let Some(token) = tokens.first() {
            if let TokenTree::Group(group) = token {
                self.code.push(Step::Group(group.delimiter(), Matcher::parse(group.stream(), named)?));
                tokens = &tokens[1..];
            } else if let Some((repeat, rest)) = Repetition::take(tokens)? {
                self.add_repetition(repeat, named)?;
                tokens = rest;
            } else if is_dollar(token)
                && let Some(TokenTree::Ident(name)) = tokens.get(1)
                && name != "crate"
            {
                let [_, _, TokenTree::Punct(colon), TokenTree::Ident(kind), rest @ ..] = tokens else {
                    return Err(("a fragment without a kind", name.span()));
                };
                let Some(mut kind) = Kind::from_word(&kind.to_string()).filter(|_| colon.as_char() == ':') else {
                    return Err(("a fragment of an unknown kind", kind.span()));
                };
                if kind == Kind::Pat && matches!(rest.first(), Some(TokenTree::Punct(bar)) if bar.as_char() == '|') {
                    kind = Kind::PatParam;
                }
                let name = Sym::new(&name.to_string());
                named.push((name, kind));
                self.code.push(Step::Fragment(name, kind));
                tokens = rest;
            } else {
                let (token, length) = Token::first(tokens).ok_or(("not a token", token.span()))?;
                self.code.push(Step::Token(token));
                tokens = tokens.get(length..).unwrap_or(&[]);
            }
        }
        Ok(())
    }

    fn add_repetition(&mut self, repeat: Repetition<'_>, named: &mut Vec<(Sym, Kind)>) -> Result<(), BadMacro> {
        let open = self.code.len();
        self.code.push(Step::Open { binds: Vec::new(), optional: repeat.operator != '+', after: 0 });
        let before = named.len();
        let separator = Token::first(repeat.separator).map(|(token, _)| token);
        let inside: Vec<TokenTree> = repeat.inside.clone().into_iter().collect();
        self.add(&inside, named)?;
        // In `$($p:pat)|+` the separator follows the pattern.
        if let (Some(Token::Operator(bar)), Some(Step::Fragment(_, kind @ Kind::Pat))) =
            (&separator, self.code.last_mut())
            && bar == "|"
        {
            *kind = Kind::PatParam;
        }
        let again = self.code.len();
        let after = again + 1 + usize::from(separator.is_some());
        let (more, body) = (repeat.operator != '?', open + 1);
        self.code.push(Step::Again { more, separated: separator.is_some(), body, after });
        self.code.extend(separator.map(|token| Step::Separator { token, body }));
        if let Step::Open { binds, after: to, .. } = &mut self.code[open] {
            binds.extend(named[before..].iter().map(|(name, _)| *name));
            *to = after;
        }
        Ok(())
    }
}

impl Piece {
    /// Reads a transcriber; `own_macros` puts `$crate::` before the macros it calls (`local_inner_macros`).
    pub(super) fn parse(tokens: TokenStream, own_macros: bool) -> Result<Vec<Piece>, BadMacro> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut tokens = tokens.as_slice();
        let mut pieces = Vec::new();
        let mut in_path = false;
        while let Some(token) = tokens.first() {
            let after = &tokens[1..];
            let was_in_path = std::mem::replace(
                &mut in_path,
                matches!(token, TokenTree::Punct(p) if matches!(p.as_char(), ':' | '$')),
            );
            if let Some((repeat, rest)) = Repetition::take(tokens)? {
                let inside = Piece::parse(repeat.inside, own_macros)?;
                let mut names = Vec::new();
                variables(&inside, &mut names);
                pieces.push(Piece::Repeat { inside, separator: repeat.separator.to_vec(), names, span: repeat.span });
                tokens = rest;
                continue;
            }
            match (token, after.first()) {
                (TokenTree::Punct(dollar), Some(next)) if dollar.as_char() == '$' => match next {
                    TokenTree::Ident(name) => {
                        pieces.push(match name.to_string().as_str() {
                            "crate" => Piece::Crate(name.span()),
                            text => Piece::Variable { name: Sym::new(text), written: [token.clone(), next.clone()] },
                        });
                        tokens = &after[1..];
                    }
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        return Err(("a macro metavariable expression", group.span()));
                    }
                    _ => {
                        pieces.push(Piece::Token(token.clone()));
                        tokens = after;
                    }
                },
                (TokenTree::Punct(punct), Some(next)) if punct.spacing() == Spacing::Joint && is_dollar(next) => {
                    // It touches the variable's `$`, not what the variable stands for.
                    pieces.push(Piece::Token(TokenTree::Punct(alone(punct))));
                    tokens = after;
                }
                (TokenTree::Ident(name), Some(TokenTree::Punct(bang)))
                    if own_macros
                        && !was_in_path
                        && bang.as_char() == '!'
                        && matches!(after.get(1), Some(TokenTree::Group(_))) =>
                {
                    pieces.push(Piece::Crate(name.span()));
                    for spacing in [Spacing::Joint, Spacing::Alone] {
                        let mut colon = proc_macro2::Punct::new(':', spacing);
                        colon.set_span(name.span());
                        pieces.push(Piece::Token(TokenTree::Punct(colon)));
                    }
                    pieces.push(Piece::Token(token.clone()));
                    tokens = after;
                }
                (TokenTree::Group(group), _) => {
                    let inside = Piece::parse(group.stream(), own_macros)?;
                    pieces.push(Piece::Group { delimiter: group.delimiter(), span: group.span(), inside });
                    tokens = after;
                }
                _ => {
                    pieces.push(Piece::Token(token.clone()));
                    tokens = after;
                }
            }
        }
        Ok(pieces)
    }
}

/// Names of the variables in these pieces.
fn variables(pieces: &[Piece], names: &mut Vec<Sym>) {
    for piece in pieces {
        match piece {
            Piece::Variable { name, .. } if !names.contains(name) => names.push(*name),
            Piece::Group { inside, .. } | Piece::Repeat { inside, .. } => variables(inside, names),
            _ => {}
        }
    }
}

/// `$( inside ) separator operator`
struct Repetition<'a> {
    inside: TokenStream,
    separator: &'a [TokenTree],
    operator: char,
    span: Span,
}

impl<'a> Repetition<'a> {
    /// The repetition that the tokens begin with, and what follows it.
    fn take(tokens: &'a [TokenTree]) -> Result<Option<(Repetition<'a>, &'a [TokenTree])>, BadMacro> {
        let [dollar, TokenTree::Group(group), rest @ ..] = tokens else { return Ok(None) };
        if !is_dollar(dollar) || group.delimiter() != Delimiter::Parenthesis {
            return Ok(None);
        }
        let operator = |at: usize| match rest.get(at) {
            Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '*' | '+' | '?') => Some(punct.as_char()),
            _ => None,
        };
        // A repetition operator right behind the group is the operator, never a separator.
        let length = match operator(0) {
            Some(_) => 0,
            None => Token::first(rest).map_or(0, |(_, length)| length),
        };
        let Some(operator) = operator(length) else {
            return Err(("a repetition without `*`, `+` or `?`", group.span()));
        };
        let (separator, rest) = (rest.get(..length).unwrap_or(&[]), rest.get(length + 1..).unwrap_or(&[]));
        Ok(Some((Repetition { inside: group.stream(), separator, operator, span: group.span() }, rest)))
    }
}

fn is_dollar(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '$')
}
