//! Spans point at the text they came from.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::parse;
use crate::facts::Sym;
use crate::syntax::{Limits, SourceMap};

#[test]
fn places_in_a_file() {
    let (map, parsed) = parse("#!/bin/x\nfn a() {}\nfn bé() { é; cd }");
    let syn::Item::Fn(function) = &parsed.file.items[1] else { panic!("a function") };
    let place = map.span_of(function.sig.ident.span()).expect("known");
    assert_eq!(place.file, Sym::new("a.rs"));
    assert_eq!((place.line, place.column, place.end_line, place.end_column), (3, 4, 3, 6));
    assert_eq!(map.span_in(parsed.unit, function.sig.ident.span()), Some(place));
    let braces = map.span_in(parsed.unit, function.block.brace_token.span.join()).expect("known");
    assert_eq!((braces.line, braces.column, braces.end_line, braces.end_column), (3, 9, 3, 18));
}

#[test]
fn made_up_spans_have_no_place() {
    let (map, parsed) = parse("fn a() {}");
    assert_eq!(map.span_of(Span::call_site()), None);
    assert_eq!(map.span_in(parsed.unit, Span::call_site()), None);
    assert_eq!(map.span_of(Span::mixed_site()), None);
    // A text parsed by somebody else.
    let foreign: TokenStream = "foreign".parse().expect("a token");
    assert_eq!(map.span_of(foreign.into_iter().next().expect("one").span()), None);
}

#[test]
fn several_texts_and_pieces_of_texts() {
    let mut map = SourceMap::for_next_crate();
    let limits = Limits::default();
    let one = map.parse_file("one.rs".into(), "fn one() {}", &limits);
    // Literals made from text take a number of the parser's table, too.
    let _: syn::LitInt = syn::parse_str("7").expect("a number");
    let empty = map.parse_file("empty.rs".into(), "", &limits);
    assert!(empty.unseen.is_empty());
    let (unit, tokens) = map.tokens("far.rs".into(), 10, 5, "x\n y", &limits).expect("tokens");
    let two = map.parse_file("two.rs".into(), "\nfn two() {}", &limits);
    let places: Vec<_> = tokens.into_iter().map(|t: TokenTree| map.span_of(t.span()).expect("known")).collect();
    assert_eq!(
        places.iter().map(|p| (p.file.as_str(), p.line, p.column)).collect::<Vec<_>>(),
        [("far.rs", 10, 5), ("far.rs", 11, 2)]
    );
    assert_eq!(map.file_of(unit), Sym::new("far.rs"));
    for (parsed, file, line) in [(&one, "one.rs", 1), (&two, "two.rs", 2)] {
        let syn::Item::Fn(function) = &parsed.file.items[0] else { panic!("a function") };
        let place = map.span_of(function.sig.ident.span()).expect("known");
        assert_eq!((place.file.as_str(), place.line), (file, line));
    }
}
