//! What is kept of broken files, and what is said about the rest.

use quote::ToTokens;

use super::parse;
use crate::facts::UnseenKind;
use crate::syntax::{Limits, SourceMap};

/// Names of the items kept, and `line:column what` of each trouble.
fn outcome(text: &str) -> (Vec<String>, Vec<String>) {
    let (_, parsed) = parse(text);
    let names = parsed.file.items.iter().map(|item| name(item.to_token_stream())).collect();
    let troubles = parsed.unseen.iter().map(|unseen| {
        let at = unseen.span.expect("every trouble has a place");
        format!("{}:{} {}", at.line, at.column, unseen.what)
    });
    (names, troubles.collect())
}

/// The first two words of an item.
fn name(tokens: proc_macro2::TokenStream) -> String {
    let text = tokens.to_string();
    text.split([' ', '(']).take(2).collect::<Vec<_>>().join(" ")
}

fn check(text: &str, names: &[&str], troubles: &[&str]) {
    let (got_names, got_troubles) = outcome(text);
    assert_eq!(got_names, names, "items of {text:?}");
    assert_eq!(got_troubles, troubles, "troubles of {text:?}");
}

#[test]
fn whole_files() {
    check("", &[], &[]);
    check("fn a() {}", &["fn a"], &[]);
    check("\u{feff}fn a() {}", &["fn a"], &[]);
    check("#!/usr/bin/env run\nfn a() {}", &["fn a"], &[]);
    check("\u{feff}#!/usr/bin/env run\r\nfn a() {\r\n}\r\nfn b() {}", &["fn a", "fn b"], &[]);
    check("#![allow(x)]\nfn a() {}", &["fn a"], &[]);
    check("#! // not a shebang\n /* x */ [allow(x)]\nfn a() {}", &["fn a"], &[]);
    check("#!", &[], &[]);
    check("; fn a() {} ; ;", &["fn a"], &[]);
}

#[test]
fn a_broken_item_costs_itself() {
    let why = "expected an expression";
    let at = |place: &str| format!("{place} {why}");
    check("fn a() {}\nfn b() { x = ; }\nfn c() {}", &["fn a", "fn c"], &[&at("2:14")]);
    check("use a::{b}; fn b() { x = ; } static S: T = T { x: 1 };", &["use a", "static S"], &[&at("1:26")]);
    // Inside a module, an implementation or a trait as well.
    check("mod m { fn a() { x = ; } fn b() {} }", &["mod m"], &[&at("1:22")]);
    let (_, parsed) = parse("impl A { fn a() { x = ; } const B: u8 = { 1 }; fn c() {} }");
    let [syn::Item::Impl(block)] = parsed.file.items.as_slice() else { panic!("an implementation") };
    assert_eq!(block.items.len(), 2);
    // A piece that has no end of its own gives way to the next item.
    check("use a::b fn c() {}", &["fn c"], &["1:10 expected `;`"]);
}

#[test]
fn lexing_troubles_have_a_place() {
    for (text, at, what) in [
        ("fn a() {\n  b(", (2, 4), "`(` is never closed"),
        ("fn a() {\n  b)\n}", (2, 4), "`)` closes nothing that is open here"),
        ("fn a() {}\n\"open", (2, 1), "a literal that does not end, or is not well formed"),
        ("fn a() {}\n  /* open", (2, 3), "a comment that does not end"),
        ("fn a() {} \u{0} fn b() {}", (1, 11), "`\\0` begins no token"),
    ] {
        let (_, parsed) = parse(text);
        assert!(parsed.file.items.is_empty());
        let [unseen] = parsed.unseen.as_slice() else { panic!("one trouble in {text:?}") };
        let span = unseen.span.expect("a place");
        assert_eq!((span.line, span.column), at, "{text:?}");
        assert_eq!(unseen.what, what, "{text:?}");
        assert_eq!(unseen.kind, UnseenKind::Syntax);
    }
}

#[test]
fn large_texts_are_refused() {
    let mut map = SourceMap::for_next_crate();
    let limits = Limits { bytes: 10, ..Limits::default() };
    let parsed = map.parse_file("a.rs".into(), "fn a() { 1; }", &limits);
    assert!(parsed.file.items.is_empty());
    assert_eq!(parsed.unseen.len(), 1);
    assert_eq!(parsed.unseen[0].kind, UnseenKind::Bound);
    assert_eq!(parsed.unseen[0].what, "13 bytes are more than the limit of 10");
}

#[test]
fn rust_2015() {
    for (old, new) in [
        ("pub type C<'a> = Box<FnMut() -> isize + 'a>;", "pub type C<'a> = Box<dyn FnMut() -> isize + 'a>;"),
        ("type A = Fn(&siginfo_t) + Send + Sync;", "type A = dyn Fn(&siginfo_t) + Send + Sync;"),
        ("fn f(a: &mut FnMut() -> bool, b: &'a Fn(u8)) {}", "fn f(a: &mut dyn FnMut() -> bool, b: &'a dyn Fn(u8)) {}"),
        ("struct S(&'a (Fn(V) + 'a), Box<for<'b> Fn(&'b u8)>);", "struct S(&'a (dyn Fn(V) + 'a), Box<dyn for<'b> Fn(&'b u8)>);"),
        (
            "fn f<F: FnMut(I, &mut FnMut(&D) -> R) -> R>(f: F) where F: Fn() + 'a, G: ::a::Fn() -> *const Fn() {}",
            "fn f<F: FnMut(I, &mut dyn FnMut(&D) -> R) -> R>(f: F) where F: Fn() + 'a, G: ::a::Fn() -> *const dyn Fn() {}",
        ),
        ("fn f() -> Rc<::std::ops::Fn()> { g(Fn) }", "fn f() -> Rc<dyn ::std::ops::Fn()> { g(Fn) }"),
        (
            "trait T { fn a(&self, u8, &mut [A<B, C>]); fn b<F: Fn(u8) -> u8>(F, Self, x: A<B = C>) -> Box<Fn()>; fn c() { d(1, 2) } }",
            "trait T { fn a(&self, _: u8, _: &mut [A<B, C>],); fn b<F: Fn(u8) -> u8>(_: F, _: Self, x: A<B = C>,) -> Box<dyn Fn()>;
                fn c() { d(1, 2) } }",
        ),
        ("trait T { fn a(self: Box<Self>, ::b::C, (a, b): (u8, u8), for<'a> fn(&'a u8)); }",
         "trait T { fn a(self: Box<Self>, _: ::b::C, (a, b): (u8, u8), _: for<'a> fn(&'a u8),); }"),
        ("pub fn try(&self) { let async = self.try().map(|async| async.x); try!(x); }",
         "pub fn r#try(&self) { let r#async = self.r#try().map(|r#async| r#async.x); try!(x); }"),
        ("pub mod async;", "pub mod r#async;"),
        ("use tun_tap::async::Async;", "use tun_tap::r#async::Async;"),
    ] {
        let (_, parsed) = parse(old);
        assert!(parsed.unseen.is_empty(), "{old}: {:?}", parsed.unseen);
        let modern: proc_macro2::TokenStream = new.parse().expect("tokens");
        let plain = |tokens: proc_macro2::TokenStream| tokens.to_string().replace(' ', "");
        assert_eq!(plain(parsed.file.to_token_stream()), plain(modern), "{old}");
    }
}
