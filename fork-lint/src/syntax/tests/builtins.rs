//! Arguments of macros known by name.

use quote::ToTokens;

use crate::facts::Sym;
use crate::syntax::{Args, Limits, Seen, args_as_exprs, as_block, builtin, code_in};

fn see(name: &str, input: &str) -> Seen {
    match builtin(Sym::new(name), input.parse().expect("tokens")) {
        Some(Ok(seen)) => seen,
        Some(Err(trouble)) => panic!("{name}!({input}): {}", trouble.what),
        None => panic!("{name}! is not known"),
    }
}

fn text(node: &impl ToTokens) -> String {
    node.to_token_stream().to_string().replace(' ', "")
}

fn texts<T: ToTokens>(nodes: &[T]) -> String {
    nodes.iter().map(text).collect::<Vec<_>>().join(" ; ")
}

/// `expressions | captured names`
fn args(args: &Args) -> String {
    format!("{} | {}", texts(&args.exprs), texts(&args.captured))
}

fn check(name: &str, input: &str, expected: &str) {
    let Seen::Args(found) = see(name, input) else { panic!("{name}!({input}) is not a list of arguments") };
    assert_eq!(args(&found).trim(), expected, "{name}!({input})");
}

#[test]
fn formatting() {
    check("std::println!", "", "|");
    check("println", "\"x\"", "|");
    check("println", "\"{} {a} {{no}} {b:?} {0} {:>w$.p$} {:1$}\", f(x), y", "f(x) ; y | a ; b ; p ; w");
    check("std::format", "\"{a} {b}\", a = g()", "g() | b");
    check("format", "r#\"{x:#?}\"#,", "| x");
    check("format", "\"{été}\"", "| été");
    check("format", "concat!(\"a\", \"{}\"), x", "concat!(\"a\",\"{}\") ; x |");
    check("panic", "", "|");
    check("panic", "message", "message |");
    check("std::write!", "f, \"{}\", self.0", "f ; self.0 |");
    check("writeln", "f", "f |");
    check("writeln", "f, \"{self}\"", "f | self");
    check("assert", "a == b", "a==b |");
    check("assert", "a.b()?, \"{} {c}\", d", "a.b()? ; d | c");
    check("assert_eq", "a, b", "a ; b |");
    check("debug_assert_ne", "\"a\", b, \"{x}\"", "\"a\" ; b | x");
    check("anyhow::bail!", "\"no {x}\"", "| x");
    check("anyhow::bail", "Error::new(x)", "Error::new(x) |");
    check("anyhow@1.0.1::ensure!", "x > 1, \"{x}\"", "x>1 | x");
    check("unreachable", "\"{}\", match a { _ => b() }", "matcha{_=>b()} |");
}

#[test]
fn a_format_text_out_of_a_macro() {
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    let text: TokenStream = "\"{x}\"".parse().expect("tokens");
    let tokens = TokenStream::from(TokenTree::Group(Group::new(Delimiter::None, text)));
    let Some(Ok(Seen::Args(found))) = builtin(Sym::new("println"), tokens) else { panic!("arguments") };
    assert_eq!(args(&found), " | x");
    assert_eq!(found.text.as_deref(), Some("{x}"));
}

#[test]
fn logging() {
    check("log::info!", "\"x {} {y}\", f(z)", "f(z) | y");
    check("log::warn", "target: \"t\", \"x {}\", z", "\"t\" ; z |");
    check("log::error", "a = 1, b:? = x.y(), c:err = e; \"m {d}\"", "1 ; x.y() ; e | d");
    check("log::log", "target: T, Level::Info, \"{}\", x", "T ; Level::Info ; x |");
    check("tracing::info", "a = %f(x), ?b, %c.d, e.f = ?g(), h, \"m {i}\", j", "f(x) ; b ; c.d ; g() ; h ; j | i");
    check("tracing::debug", "parent: &span, { a = 1, b }, \"m {}\", c", "&span ; 1 ; b ; c |");
    check("tracing::info_span", "\"name\", id = tracing::field::Empty, x = _", "tracing::field::Empty |");
    check("tracing::event", "Level::INFO, \"key\" = f(), x.y", "Level::INFO ; f() ; x.y |");
    check("tracing::trace", "x == y", "x==y |");
    check("slog::info", "logger, \"m {}\", x; \"k\" => f(), \"l\" => %y", "logger ; x ; \"k\" ; f() ; \"l\" ; y |");
    check("tracing::error", "std::mem::size_of::<T>()", "std::mem::size_of::<T>() |");
}

#[test]
fn lists_and_wrappers() {
    check("vec", "", "|");
    check("vec", "1; n", "1 ; n |");
    check("std::vec!", "a, f(b),", "a ; f(b) |");
    check("dbg", "f(x), y", "f(x) ; y |");
    check("tokio::join!", "biased; a(), b.c()", "a() ; b.c() |");
    check("tokio::try_join", "a(), b", "a() ; b |");
    check("std::ready", "self.poll(cx)?", "self.poll(cx)? |");
    check("addr_of", "(*p).field", "(*p).field |");
    check("stringify", "fork() => exit(1)", "|");
}

#[test]
fn matching() {
    let Seen::Matches { value, pat, guard, message } = see("matches", "f(x), Some(A | B) | None if g(y)") else {
        panic!("a match")
    };
    assert_eq!(
        (text(&value), text(&pat), guard.as_ref().map(text)),
        ("f(x)".into(), "Some(A|B)|None".into(), Some("g(y)".into()))
    );
    assert_eq!(args(&message), " | ");
    let Seen::Matches { message, .. } = see("assert_matches", "x, 1 | 2, \"{z}\", y") else { panic!("a match") };
    assert_eq!(args(&message), "y | z");
}

#[test]
fn statics() {
    let input = "/// Doc.\n pub static A: RefCell<u8> = RefCell::new(f()); #[allow(x)] static B: u8 = const { 1 }; static ref C: D = { g() };";
    let Seen::Statics(found) = see("std::thread_local!", input) else { panic!("statics") };
    let found: Vec<_> = found
        .iter()
        .map(|s| format!("{} {}: {} = {}", text(&s.vis), text(&s.name), text(&s.ty), text(&s.init)))
        .collect();
    assert_eq!(found, ["pub A: RefCell<u8> = RefCell::new(f())", " B: u8 = const{1}", " C: D = {g()}"]);
    let Seen::Statics(found) = see("lazy_static::lazy_static", "static ref A: u8 = 1") else { panic!("statics") };
    assert_eq!(found.len(), 1);
}

#[test]
fn flags() {
    let list = |input: &str| {
        let Seen::Flags(found) = see("bitflags::bitflags!", input) else { panic!("flags") };
        let one = |f: &crate::syntax::Flags| {
            let consts: Vec<_> =
                f.consts.iter().map(|(n, v)| format!("{n}={}", v.as_ref().map(text).unwrap_or_default())).collect();
            format!("{} {}:{} {}", text(&f.vis), f.name, text(&f.ty), consts.join(","))
        };
        found.iter().map(one).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(
        list(
            "#[derive(Clone)] pub struct A: libc::c_int { /// Doc.\n const X = libc::X; const Y = Self::X.bits() | 2; const _ = !0; } struct B: u8 {}"
        ),
        "pub A:libc::c_int X=libc::X,Y=Self::X.bits()|2,_=!0 /  B:u8 ",
    );
    assert_eq!(list("flags Old: u32 { const A = 0b1, const B = 2 }"), " Old:u32 A=0b1,B=2");
    assert_eq!(list("impl A: u32 { const X; const Y; }"), " A:u32 X=,Y=");
}

#[test]
fn branches() {
    let list = |name: &str, input: &str| {
        let Seen::Branches(found) = see(name, input) else { panic!("branches") };
        let one = |b: &crate::syntax::CfgBranch| format!("{:?} {}", b.condition.as_ref().map(text), text(&b.body));
        found.iter().map(one).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(
        list("cfg_if::cfg_if!", "if #[cfg(unix)] { a(); } else if #[cfg(any(x, y))] { fnb(){} } else { c }"),
        "Some(\"unix\") a(); / Some(\"any(x,y)\") fnb(){} / None c",
    );
    assert_eq!(list("cfg_if", "if #[cfg(unix)] { a }"), "Some(\"unix\") a");
    assert_eq!(
        list("std::cfg_select!", "unix => { a } all(x) => b(), _ => {}"),
        "Some(\"unix\") a / Some(\"all(x)\") b() / None "
    );
}

#[test]
fn selecting() {
    let list = |name: &str, input: &str| {
        let Seen::Select(found) = see(name, input) else { panic!("arms") };
        let one = |arm: &crate::syntax::SelectArm| {
            let pat = arm.pat.as_ref().map(text).unwrap_or_default();
            let guard = arm.guard.as_ref().map(text).unwrap_or_default();
            format!("{pat}={} if {guard}=>{}", texts(&arm.wait), text(&arm.body))
        };
        found.iter().map(one).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(
        list(
            "tokio::select!",
            "biased; Some(x) = rx.recv() => { go(x) } _ = tick.tick(), if ready => break, else => return"
        ),
        "Some(x)=rx.recv() if =>{go(x)} / _=tick.tick() if ready=>break / = if =>return",
    );
    assert_eq!(
        list("futures::select", "a = fut => b, complete => panic!(), default => {}"),
        "a=fut if =>b / = if =>panic!() / = if =>{}"
    );
    assert_eq!(
        list("crossbeam_channel::select!", "recv(r) -> msg => f(msg), send(s, v()) -> res => {} default(t) => g()"),
        "msg=r if =>f(msg) / res=s ; v() if =>{} / =t if =>g()",
    );
}

#[test]
fn what_is_not_known() {
    assert!(builtin(Sym::new("my::thing!"), "a".parse().expect("tokens")).is_none());
    let limits = Limits::default();
    let loose = |input: &str| args_as_exprs(input.parse().expect("tokens"), &limits).map(|found| texts(&found));
    assert_eq!(loose("a, f(b); c => d, e = g(), h: i").as_deref(), Some("a ; f(b) ; c ; d ; g() ; i"));
    assert_eq!(loose(""), Some(String::new()));
    assert_eq!(loose("a b"), None);
    let block = |input: &str| as_block(input.parse().expect("tokens"), &limits).map(|found| found.stmts.len());
    assert_eq!(block("let x = 1; f(x); x"), Some(3));
    assert_eq!(block("<p>"), None);
    let code = |input: &str| texts(&code_in(input.parse().expect("tokens"), &limits));
    // Markup reads as comparisons here and there; what matters is that no call is lost.
    let markup = "<p class=\"x\"> hello world { f(x) } [ g(y).h()? ] @ i! [1]; </p>";
    assert_eq!(code(markup), "class=\"x\">hello ; {f(x)} ; g(y).h()? ; i![1]");
}
