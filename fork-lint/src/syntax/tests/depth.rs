//! Deep source is refused before it can overflow the stack; long flat source is not.

use syn::visit::Visit;

use crate::facts::UnseenKind;
use crate::syntax::{Limits, SourceMap};

/// Text that nests `n` deep: `before`, then `open` and `close` around `core`, then `after`.
struct Shape(&'static str, &'static str, &'static str, &'static str, &'static str);

impl Shape {
    fn text(&self, n: usize) -> String {
        let Shape(before, open, core, close, after) = self;
        format!("{before}{}{core}{}{after}", open.repeat(n), close.repeat(n))
    }
}

/// An expression that nests.
const fn expr(open: &'static str, core: &'static str, close: &'static str) -> Shape {
    Shape("fn f() { x = ", open, core, close, "; }")
}

const fn ty(open: &'static str, core: &'static str, close: &'static str) -> Shape {
    Shape("type T = ", open, core, close, ";")
}

const fn pat(open: &'static str, core: &'static str, close: &'static str) -> Shape {
    Shape("fn f() { let ", open, core, close, " = x; }")
}

/// Every way of the grammar to nest without end that we know of.
const SHAPES: &[Shape] = &[
    expr("(", "1", ")"),
    expr("[", "1", "]"),
    expr("{", "1", "}"),
    expr("f(", "1", ")"),
    expr("f(1, ", "1", ", 1)"),
    expr("a.b(", "1", ")"),
    expr("a[", "1", "]"),
    expr("S { a: ", "1", "}"),
    expr("S { a, ..", "s", "}"),
    expr("(1, ", "1", ")"),
    expr("unsafe {", "1", "}"),
    expr("async {", "1", "}"),
    expr("async move { a;", "1", "}"),
    expr("const {", "1", "}"),
    expr("loop {", "1", "}"),
    expr("'a: loop {", "1", "}"),
    expr("while a {", "1;", "}"),
    expr("for a in b {", "1;", "}"),
    expr("for a in ", "b {}", " {}"),
    expr("if a {", "1", "}"),
    expr("if a { b } else {", "1", "}"),
    expr("if a { b } else ", "{ 1 }", ""),
    expr("if let Some(a) = b { c } else ", "{ 1 }", ""),
    expr("if ", "a", " {}"),
    expr("while ", "a", " {}"),
    expr("match ", "a", " {}"),
    expr("match a { b => ", "1", "}"),
    expr("match a { b if ", "1", " => c }"),
    expr("match a { _ => {", "1", "} }"),
    expr("!", "1", ""),
    expr("-", "1", ""),
    expr("- ", "1", ""),
    expr("*", "a", ""),
    expr("&", "a", ""),
    expr("& ", "a", ""),
    expr("&mut ", "a", ""),
    expr("&raw const ", "a", ""),
    expr("a = ", "1", ""),
    expr("a += ", "1", ""),
    expr("a >>= ", "1", ""),
    expr("", "1", " + 1"),
    expr("", "1", "+1"),
    expr("", "1", " + -1"),
    expr("", "a", " && a"),
    expr("", "a", "||a"),
    expr("a && !", "b", ""),
    expr("a == b || ", "c", ""),
    expr("a | b ^ c & d == e << f + g * ", "1", ""),
    expr("a * b + c << d & e ^ f | ", "1", ""),
    expr("", "a", " as u8"),
    expr("", "a", ".b"),
    expr("", "a", ".0"),
    expr("", "a", ".0.1"),
    expr("", "a", " .0"),
    expr("", "a", ".b()"),
    expr("", "a", ".b::<c>(d)"),
    expr("", "a", ".await"),
    expr("", "a", "?"),
    expr("", "a", "()"),
    expr("", "a", "[0]"),
    expr("", "a", "{}"),
    expr(".. ", "1", ""),
    expr("..= ", "1", ""),
    expr("1 .. ", "1", ""),
    expr("||", "1", ""),
    expr("|| ", "1", ""),
    expr("|a| ", "1", ""),
    expr("|a|", "1", ""),
    expr("|a, b| ", "1", ""),
    expr("|a: A<B, C>, b| ", "1", ""),
    expr("|_, &(a, b)| ", "1", ""),
    expr("move || ", "1", ""),
    expr("async move |a, b| ", "1", ""),
    expr("static || ", "1", ""),
    expr("|| -> T { ", "1", "}"),
    expr("a || |b| ", "1", ""),
    expr("return ", "1", ""),
    expr("break ", "1", ""),
    expr("break 'a ", "1", ""),
    expr("yield ", "1", ""),
    expr("let a = ", "1", ""),
    expr("if let a = ", "b", " {}"),
    expr("a && let b = ", "c", ""),
    expr("#[a] -", "b", ""),
    expr("#[a(", "b", ")] 1"),
    expr("m!(", "b", ")"),
    expr("a::<", "b", ">"),
    expr("a::<b, ", "c", ">"),
    expr("<", "a", " as b>::c"),
    expr("a::<{ ", "1", "}>()"),
    expr("a as B<", "c", ">"),
    expr("[1; ", "1", "]"),
    expr("{ fn f() {", "1;", "} }"),
    expr("{ impl A for B { fn f() {", "1;", "} } }"),
    expr("{ let a = ", "1", " else {}; }"),
    expr("{ a; ", "1", "}"),
    expr("{ {} ", "1", "}"),
    ty("&", "u8", ""),
    ty("&'a ", "u8", ""),
    ty("&mut ", "u8", ""),
    ty("*const ", "u8", ""),
    ty("[", "u8", "]"),
    ty("[", "u8", "; 1]"),
    ty("(", "u8", ")"),
    ty("(", "u8", ",)"),
    ty("A<", "u8", ">"),
    ty("A<B, ", "u8", ">"),
    ty("A<&B, ", "u8", ", C>"),
    ty("A<", "u8", ", B>"),
    ty("A<'a, B, C = ", "u8", ">"),
    ty("A<{ b }, ", "u8", ">"),
    ty("fn() -> ", "u8", ""),
    ty("fn(", "u8", ")"),
    ty("fn(a, ", "u8", ")"),
    ty("for<'a> fn(&'a u8) -> ", "u8", ""),
    ty("impl Fn() -> ", "u8", ""),
    ty("impl A<B = ", "u8", ">"),
    ty("impl Fn(", "u8", ") -> u8"),
    ty("Box<dyn Fn(", "u8", ")>"),
    ty("Box<dyn A + B<", "u8", ">>"),
    ty("<", "u8", " as A>::B"),
    ty("<", "u8", ">::B"),
    ty("[u8; { let a: ", "u8", "; 1 }]"),
    ty("dyn ", "A", ""),
    ty("impl ", "A", ""),
    ty("A<u8, B<u8>, ", "u8", ">"),
    pat("&", "a", ""),
    pat("&mut ", "a", ""),
    pat("a @ ", "b", ""),
    pat("ref a @ ", "b", ""),
    pat("Some(", "a", ")"),
    pat("(a, ", "b", ")"),
    pat("[", "a", "]"),
    pat("S { a: ", "b", "}"),
    pat("", "a", " | a"),
    pat("(a | ", "b", ")"),
    pat("box ", "a", ""),
    pat("<A<", "u8", ">>::B"),
    Shape("", "mod a {", "", "}", ""),
    Shape("", "fn a() {", "", "}", ""),
    Shape("", "trait A { fn a() {", "", "} }", ""),
    Shape("", "#[a] impl A { const B: C = {", "1", "}; }", ""),
    Shape("use ", "a::", "b", "", ";"),
    Shape("use ", "a::{", "b", "}", ";"),
    Shape("use ", "{", "b", "}", ";"),
    Shape("use ", "{a, ", "b", "}", ";"),
    Shape("fn f<T: ", "A<B = ", "u8", ">", ">() {}"),
    Shape("fn f() where T: ", "A<B: ", "C", ">", " {}"),
    Shape("fn f() where ", "for<'a> ", "T: C", "", " {}"),
    Shape("struct S<const A: usize = ", "{", "1", "}", ">;"),
    Shape("enum E { A = ", "-", "1", "", "}"),
    Shape("const C: u8 = ", "!", "1", "", ";"),
    Shape("fn f(a: ", "&", "u8", "", ") {}"),
    Shape("fn f() -> ", "A<", "u8", ">", " {}"),
    Shape("impl A<", "A<", "u8", ">", "> for B {}"),
    Shape("impl A for ", "A<", "u8", ">", " {}"),
    Shape("pub(in ", "a::", "b", "", ") struct S;"),
    Shape("m! { ", "{", "", "}", " }"),
    Shape("#[a(", "(", "b", ")", ")] struct S;"),
    Shape("#[a = ", "-", "1", "", "] struct S;"),
    Shape("fn f() { if a {} ", "-", "1", "", " }"),
    Shape("fn f() { match a { b => {} c => ", "-", "1", "", " } }"),
];

fn on_stack<T: Send + 'static>(bytes: usize, work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(bytes).spawn(work).expect("a thread");
    thread.join().expect("no panic")
}

/// Walks every node.
struct Walk;

impl Visit<'_> for Walk {}

/// Parses, walks and drops; whether the depth was refused.
fn refused(text: &str, limits: &Limits) -> bool {
    let mut map = SourceMap::for_next_crate();
    let parsed = map.parse_file("a.rs".into(), text, limits);
    Walk.visit_file(&parsed.file);
    parsed.unseen.iter().any(|unseen| unseen.kind == UnseenKind::Bound)
}

#[test]
fn every_shape_is_refused_before_the_stack_is_used_up() {
    // Half of the stack is promised to the caller; the stack here is the other half.
    let limits = Limits::default();
    on_stack(32 << 20, move || {
        for shape in SHAPES {
            assert!(refused(&shape.text(2 * limits.depth as usize), &limits), "not refused: {:?}", shape.text(3));
            // The deepest text that is not refused, more or less.
            let fits = [16, 8, 6, 5, 4, 3, 2, 1].map(|part| limits.depth as usize / part - 8);
            let fits: Vec<usize> = fits.into_iter().take_while(|&n| !refused(&shape.text(n), &limits)).collect();
            // The check does not refuse what is far from the limit.
            assert!(!fits.is_empty(), "refused: {:?}", shape.text(3));
        }
    });
}

#[test]
fn a_smaller_stack_has_a_smaller_limit() {
    let stack = 2 << 20;
    let limits = Limits::for_stack(stack);
    on_stack(stack / 2, move || {
        for shape in SHAPES {
            assert!(refused(&shape.text(2_000), &limits), "not refused: {:?}", shape.text(3));
            for part in 1..8 {
                refused(&shape.text(limits.depth as usize / part), &limits);
            }
        }
    });
}

#[test]
fn without_end() {
    let limits = Limits::for_stack(2 << 20);
    on_stack(1 << 20, move || {
        for shape in
            [expr("(", "1", ")"), expr("{", "1", "}"), expr("!", "1", ""), expr("", "a", "?"), ty("A<", "u8", ">")]
        {
            assert!(refused(&shape.text(200_000), &limits), "not refused: {:?}", shape.text(3));
        }
        assert!(refused(&Shape("", "mod a {", "", "}", "").text(200_000), &limits));
    });
}

#[test]
fn long_flat_source_is_accepted() {
    let flat = [
        Shape("", "fn f() {} ", "", "", ""),
        Shape("", "/// Text.\n#[a]\nfn f() {}\n", "", "", ""),
        Shape("", "struct S; ", "", "", ""),
        Shape("", "#[a] ", "struct S;", "", ""),
        Shape("", "/// Text.\n", "struct S;", "", ""),
        Shape("", "#![a]\n", "struct S;", "", ""),
        Shape("", "impl A<B> for C<D, E> { fn f(&self) -> &B { &self.0 } } ", "", "", ""),
        Shape("enum E { ", "/// Text.\n #[a] A(B<C>), ", "", "", "}"),
        Shape("struct S { ", "pub a: Vec<&'a [u8]>, ", "", "", "}"),
        Shape("fn f() { ", "a + b; ", "", "", "}"),
        Shape("fn f() { ", "if a < b { c } ", "", "", "}"),
        Shape("fn f() { ", "if a < b { c } else { d }\n #[x] if a { } ", "", "", "}"),
        Shape("fn f() { ", "'a: loop { } while x { } ", "", "", "}"),
        Shape("fn f() { match a { ", "b | c => d, ", "", "", "} }"),
        Shape("fn f() { match a { ", "b if c < d => { e } ", "", "", "} }"),
        Shape("fn f() { match a { ", "S { a, .. } if c => { e } ", "", "", "} }"),
        Shape("fn f() { x = ", "#[a] ", "b", "", "; }"),
        Shape("fn f() { m!(", "a ", "", "", "); }"),
        Shape("fn f() { m!(", "1 2 'c' \"s\" ", "", "", "); }"),
        Shape("const A: &[u32] = &[", "1 << 3, ", "", "", "];"),
        Shape("const A: &[u32] = &[", "1, ", "", "", "];"),
        Shape("const A: &[(u32, &str)] = &[", "(1, \"a\"), ", "", "", "];"),
        Shape("const A: &[u32] = &[", "A | B, ", "", "", "];"),
        Shape("const A: &[u32] = &[", "-A::B, &C { d: 1 }, ", "", "", "];"),
        Shape("const A: &[bool] = &[", "f(a) < g(b), 1 < 2, a > b, ", "", "", "];"),
        Shape("const A: &[F] = &[", "|a, b| a || b, ", "", "", "];"),
        Shape("use a::{", "b, c as d, ", "", "", "};"),
        Shape("fn f(", "a: &mut A<B, C>, ", "", "", ") {}"),
        Shape("fn f<", "A: B<C> + D, ", "", "", ">() {}"),
    ];
    let limits = Limits::default();
    on_stack(32 << 20, move || {
        for shape in &flat {
            let mut map = SourceMap::for_next_crate();
            let parsed = map.parse_file("a.rs".into(), &shape.text(3 * limits.depth as usize), &limits);
            assert!(parsed.unseen.is_empty(), "{:?}: {:?}", shape.text(2), parsed.unseen);
        }
    });
}

#[test]
fn one_deep_function_costs_itself() {
    on_stack(32 << 20, || {
        let text = format!("fn a() {{}}\nfn b() {{ {}1 }}\nfn c() {{}}", "!".repeat(20_000));
        let parsed = SourceMap::for_next_crate().parse_file("a.rs".into(), &text, &Limits::default());
        assert_eq!(parsed.file.items.len(), 2);
        let [unseen] = parsed.unseen.as_slice() else { panic!("one") };
        assert_eq!(unseen.kind, UnseenKind::Bound);
        assert_eq!(unseen.what, "nested too deeply to be read");
        assert_eq!(unseen.span.map(|at| at.line), Some(2));
    });
}

#[test]
fn ten_megabytes() {
    let line = format!("pub static TEXT: &[u8] = from(b\"{}\").bytes();\n", "0123456789abcdef".repeat(16));
    let text = line.repeat((10 << 20) / line.len() + 1);
    on_stack(64 << 20, move || {
        assert!(text.len() > 10 << 20);
        let parsed = SourceMap::for_next_crate().parse_file("a.rs".into(), &text, &Limits::default());
        assert!(parsed.unseen.is_empty());
        assert!(parsed.file.items.len() > 30_000);
    });
}

#[test]
fn tokens_of_an_expansion_are_checked_too() {
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    on_stack(8 << 20, || {
        let mut tokens: TokenStream = "1".parse().expect("a token");
        for _ in 0..200_000 {
            tokens = TokenStream::from(TokenTree::Group(Group::new(Delimiter::None, tokens)));
        }
        let parser = <syn::Expr as syn::parse::Parse>::parse;
        let trouble = crate::syntax::parse_tokens(parser, tokens, &Limits::for_stack(8 << 20)).err().expect("too deep");
        assert_eq!(trouble.kind, UnseenKind::Bound);
    });
}
