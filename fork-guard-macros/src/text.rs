//! Tokens as a text of which every place leads back to a token.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};

/// A text made of tokens, one a line unless they belong together.
pub(crate) struct Text {
    pub(crate) text: String,
    line: u32,
    column: u32,
    /// Where each token begins, in order.
    tokens: Vec<(u32, u32, Span)>,
}

impl Text {
    /// Begins with lines that are no tokens.
    pub(crate) fn after(head: &str) -> Text {
        let mut text = Text { text: String::new(), line: 1, column: 1, tokens: Vec::new() };
        text.push(head);
        text
    }

    /// Adds text that is no token.
    pub(crate) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.text.push_str(text);
    }

    /// Adds tokens. Groups without delimiters, which `macro_rules!` makes, give what is in them.
    pub(crate) fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    self.token(open, group.span_open(), "\n");
                    self.tokens(group.stream());
                    self.token(close, group.span_close(), "\n");
                }
                TokenTree::Punct(punct) => {
                    let end = if punct.spacing() == Spacing::Joint { "" } else { "\n" };
                    self.token(punct.as_char().encode_utf8(&mut [0; 4]), punct.span(), end);
                }
                // `$crate` of a macro: some crate, which this text does not know.
                TokenTree::Ident(ident) if ident == "$crate" => self.token("dollar_crate", ident.span(), "\n"),
                TokenTree::Ident(ident) => self.token(&ident.to_string(), ident.span(), "\n"),
                TokenTree::Literal(literal) => self.token(&literal.to_string(), literal.span(), "\n"),
            }
        }
    }

    fn token(&mut self, text: &str, span: Span, end: &str) {
        if text.is_empty() {
            return;
        }
        self.tokens.push((self.line, self.column, span));
        self.push(text);
        self.push(end);
    }

    /// The first and the last token of a place in the text; `None` where it has none.
    pub(crate) fn spans(&self, place: fork_lint::facts::Span) -> Option<(Span, Span)> {
        let from = self.tokens.partition_point(|&(l, c, _)| (l, c) < (place.line, place.column));
        let to = self.tokens.partition_point(|&(l, c, _)| (l, c) < (place.end_line, place.end_column));
        let first = self.tokens.get(from)?.2;
        let last = self.tokens.get(to.checked_sub(1)?.max(from))?.2;
        Some((first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fork_lint::facts::Sym;

    #[test]
    fn text_reads_as_the_tokens_do() {
        let source = "fn f<'a>(x: &'a [u8]) -> u8 { let s = r#\"a\nb\"#; x[0] << 2 >= r#type::y!(s) }";
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{error}"));
        let mut text = Text::after("// head\n");
        text.tokens(tokens.clone());
        let again: TokenStream = text.text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again.to_string(), tokens.to_string());
    }

    #[test]
    fn places_lead_back_to_tokens() {
        let tokens: TokenStream = "a :: b ( c )".parse().unwrap_or_else(|error| panic!("{error}"));
        let mut text = Text::after("head\n");
        text.tokens(tokens);
        let place = |line, column, end_line, end_column| fork_lint::facts::Span {
            file: Sym::new("x"),
            line,
            column,
            end_line,
            end_column,
        };
        let columns = |place| text.spans(place).map(|(from, to)| (from.start().column, to.start().column));
        assert_eq!(columns(place(2, 1, 2, 2)), Some((0, 0)), "{}", text.text);
        assert_eq!(columns(place(1, 1, 1, 3)), None);
        assert_eq!(columns(place(90, 1, 90, 3)), None);
    }
}
