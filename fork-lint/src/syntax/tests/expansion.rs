//! Matching and transcription.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::facts::Sym;
use crate::syntax::{
    Budget, ExpandError, Limits, MacroDef, ParsedMacro, SourceMap, crate_of_ident, expand, parse_tokens,
};

/// The macros defined in `text`.
fn define(text: &str) -> Vec<ParsedMacro> {
    let mut map = SourceMap::for_next_crate();
    let limits = Limits::default();
    let parsed = map.parse_file("macros.rs".into(), text, &limits);
    assert!(parsed.unseen.is_empty(), "{:?}", parsed.unseen);
    let defs = parsed.file.items.iter().map(|item| MacroDef::from_item(item, &map, Sym::new("home")).expect("a macro"));
    let defs: Vec<MacroDef> = defs.collect();
    defs.iter().map(|def| ParsedMacro::parse(def, &mut map, &limits).unwrap_or_else(|e| panic!("{}", e.what))).collect()
}

fn tokens(text: &str) -> TokenStream {
    text.parse().expect("tokens")
}

/// Expands calls of the macros in `text` inside `input` until none is left.
fn expand_all(macros: &[ParsedMacro], input: TokenStream, budget: &mut Budget) -> Result<TokenStream, ExpandError> {
    use proc_macro2::TokenTree;
    let trees: Vec<TokenTree> = input.into_iter().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        let called = match &trees[at..] {
            [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group), ..] if bang.as_char() == '!' => {
                macros.iter().find(|m| name == m.name.as_str()).map(|found| (found, group))
            }
            _ => None,
        };
        match (called, &trees[at]) {
            (Some((found, group)), _) => {
                budget.enter(found.name, group.span())?;
                let expanded = expand(found, group.stream(), budget)?;
                out.extend(expand_all(macros, expanded, budget)?);
                budget.leave();
                at += 3;
            }
            (None, TokenTree::Group(group)) => {
                let inside = expand_all(macros, group.stream(), budget)?;
                out.push(TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inside)));
                at += 1;
            }
            (None, other) => {
                out.push(other.clone());
                at += 1;
            }
        }
    }
    Ok(out.into_iter().collect())
}

/// Text without differences of spacing, and without the invisible brackets of a single token.
fn plain(tokens: &TokenStream) -> String {
    fn write(tokens: &TokenStream, out: &mut Vec<String>) {
        for token in tokens.clone() {
            match token {
                proc_macro2::TokenTree::Group(group) => {
                    let invisible = group.delimiter() == proc_macro2::Delimiter::None;
                    if invisible && group.stream().into_iter().count() == 1 {
                        write(&group.stream(), out);
                        continue;
                    }
                    let (open, close) = match group.delimiter() {
                        proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                        proc_macro2::Delimiter::Brace => ("{", "}"),
                        proc_macro2::Delimiter::Bracket => ("[", "]"),
                        proc_macro2::Delimiter::None => ("⟦", "⟧"),
                    };
                    out.push(open.to_owned());
                    write(&group.stream(), out);
                    out.push(close.to_owned());
                }
                other => out.push(other.to_string()),
            }
        }
    }
    let mut words = Vec::new();
    write(tokens, &mut words);
    words.join(" ")
}

/// Expands `call` with the macros of `text`.
pub(super) fn check(text: &str, call: &str, expected: &str) {
    let macros = define(text);
    let mut budget = Budget::new(Limits::default());
    let expanded = match expand_all(&macros, tokens(call), &mut budget) {
        Ok(expanded) => expanded,
        Err(error) => panic!("{call}: {}", error.what),
    };
    assert_eq!(plain(&expanded), plain(&tokens_with_groups(expected)), "{call} with {text}");
}

/// Tokens of a text in which `⟦ .. ⟧` is written `invisible!(..)`.
fn tokens_with_groups(text: &str) -> TokenStream {
    fn group(tokens: TokenStream) -> TokenStream {
        use proc_macro2::{Delimiter, Group, TokenTree};
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < trees.len() {
            match &trees[at..] {
                [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(inside), ..] if name == "invisible" => {
                    out.push(TokenTree::Group(Group::new(Delimiter::None, group(inside.stream()))));
                    at += 3;
                }
                [TokenTree::Group(inside), ..] => {
                    out.push(TokenTree::Group(Group::new(inside.delimiter(), group(inside.stream()))));
                    at += 1;
                }
                _ => {
                    out.push(trees[at].clone());
                    at += 1;
                }
            }
        }
        out.into_iter().collect()
    }
    group(tokens(text))
}

fn check_error(text: &str, call: &str, what: &str) {
    let macros = define(text);
    let mut budget = Budget::new(Limits::default());
    let error = expand_all(&macros, tokens(call), &mut budget).expect_err("no expansion");
    assert_eq!(error.what, what, "{call} with {text}");
}

#[test]
fn fragments() {
    let one = |kind: &str, input: &str, expected: &str| {
        check(
            &format!("macro_rules! m {{ ($x:{kind}) => {{ [$x] }}; }}"),
            &format!("m!({input})"),
            &format!("[{expected}]"),
        );
    };
    one("expr", "1 + 2", "invisible!(1 + 2)");
    one("expr", "S { a: 1 }.b(|x| x)?", "invisible!(S { a: 1 }.b(|x| x)?)");
    one("expr_2021", "x", "x");
    one("ty", "Vec<Vec<u8>>", "invisible!(Vec<Vec<u8>>)");
    one("ty", "dyn A + 'static", "invisible!(dyn A + 'static)");
    one("ident", "match", "match");
    one("ident", "r#fn", "r#fn");
    one("path", "::a::B<u8>", "::a::B<u8>");
    one("path", "<A as B>::C", "<A as B>::C");
    one("pat", "Some(1 | 2) | None", "Some(1 | 2) | None");
    one("pat_param", "Some(_)", "Some(_)");
    one("stmt", "let x: u8 = 1", "let x: u8 = 1");
    one("stmt", "let Some(x) = y else { return }", "let Some(x) = y else { return }");
    one("stmt", "f(x)", "f(x)");
    one("stmt", "fn f() {}", "fn f() {}");
    one("block", "{ a; b }", "{ a; b }");
    one("item", "#[x] pub fn f() -> u8 { 1 }", "#[x] pub fn f() -> u8 { 1 }");
    one("meta", "cfg(any(unix, windows))", "cfg(any(unix, windows))");
    one("meta", "path = \"a.rs\"", "path = \"a.rs\"");
    one("tt", "=>", "=>");
    one("tt", "'a", "'a");
    one("tt", "{ x }", "{ x }");
    one("vis", "pub(crate)", "pub(crate)");
    one("vis", "", "");
    one("literal", "-1", "-1");
    one("literal", "\"x\"", "\"x\"");
    one("literal", "true", "true");
    one("lifetime", "'static", "'static");
}

#[test]
fn fragments_that_do_not_fit() {
    for (kind, input) in [
        ("ident", "_"),
        ("ident", "1"),
        ("expr", "=> 1"),
        ("ty", "1"),
        ("literal", "x"),
        ("lifetime", "x"),
        ("block", "x"),
        ("tt", ""),
        ("tt", "a b"),
        ("item", "x"),
        ("path", "+"),
        ("pat", "*"),
        ("vis", "1"),
    ] {
        check_error(
            &format!("macro_rules! m {{ ($x:{kind}) => {{}}; }}"),
            &format!("m!({input})"),
            "no arm of `m!` fits",
        );
    }
}

#[test]
fn literal_tokens_and_the_first_arm_that_fits() {
    let text = "macro_rules! m { () => {0}; (a) => {1}; ($x:ident) => {2}; (a b) => {3}; ($x:ident => $y:expr) => {4};
        ($x:ident = $y:expr) => {5}; ($x:ident == $y:expr) => {6}; ('a) => {7}; (\"s\") => {8}; ([ $($x:tt)* ]) => {9};
        ({ $x:expr }) => {10}; ( ( ) ) => {11}; }";
    for (call, expected) in [
        ("m!()", "0"),
        ("m![a]", "1"),
        ("m!{b}", "2"),
        ("m!(a b)", "3"),
        ("m!(x => 1)", "4"),
        ("m!(x = 1)", "5"),
        ("m!(x == 1)", "6"),
        ("m!('a)", "7"),
        ("m!(\"s\")", "8"),
        ("m!([1 2])", "9"),
        ("m!({1})", "10"),
        ("m!(())", "11"),
    ] {
        check(text, call, expected);
    }
    check_error(text, "m!((1))", "no arm of `m!` fits");
}

#[test]
fn repetitions() {
    let list = "macro_rules! m { ($($x:expr),* $(,)?) => { f($($x),*) }; }";
    check(list, "m!()", "f()");
    check(list, "m!(1)", "f(1)");
    check(list, "m!(1, 2,)", "f(1, 2)");
    check_error(list, "m!(1, , 2)", "no arm of `m!` fits");
    check("macro_rules! m { ($($x:ident)+) => { $($x;)+ }; }", "m!(a b)", "a; b;");
    check_error("macro_rules! m { ($($x:ident)+) => {}; }", "m!()", "no arm of `m!` fits");
    check("macro_rules! m { ($a:ident $(= $b:expr)?) => { $a $(: $b)? }; }", "m!(x) m!(y = 1)", "x y : 1");
    check("macro_rules! m { ($($p:pat)|+) => { [$($p)|+] }; }", "m!(A | B(_) | 3)", "[A | B(_) | 3]");
    check(
        "macro_rules! m { ($($a:ident: $b:ty);+ ;) => { $(let $a: $b;)+ }; }",
        "m!(x: u8; y: u16;)",
        "let x: u8; let y: u16;",
    );
    // Nested, with a variable of the outer level inside the inner one.
    check(
        "macro_rules! m { ($($k:ident { $($v:expr),* })*) => { $( $( $k += $v; )* )* }; }",
        "m!(a {1, 2} b {} c {3})",
        "a += 1; a += 2; c += 3;",
    );
    // A variable without repetition beside one with.
    check("macro_rules! m { ($f:ident; $($v:expr),*) => { $( $f($v); )* }; }", "m!(g; 1, 2)", "g(1); g(2);");
    check("macro_rules! m { ($($a:ident)*; $($b:ident)*) => { $( $a = $b; )* }; }", "m!(x y; p q)", "x = p; y = q;");
    check_error(
        "macro_rules! m { ($($a:ident)*; $($b:ident)*) => { $( $a = $b; )* }; }",
        "m!(x y; p)",
        "`$b` repeats another number of times than its neighbours",
    );
    check("macro_rules! m { ($($t:tt)=>*) => { $($t)* }; }", "m!(a => b => c)", "a b c");
    check("macro_rules! m { ($($($a:ident),+);*) => { $([$($a)+])* }; }", "m!(a, b; c; d, e)", "[a b] [c] [d e]");
}

#[test]
fn expressions_stay_together() {
    check("macro_rules! twice { ($x:expr) => { $x * 2 }; }", "twice!(1 + 1)", "invisible!(1 + 1) * 2");
    let macros = define("macro_rules! twice { ($x:expr) => { $x * 2 }; }");
    let mut budget = Budget::new(Limits::default());
    let expanded = expand(&macros[0], tokens("1 + 1"), &mut budget).unwrap_or_else(|e| panic!("{}", e.what));
    let expr =
        parse_tokens(<syn::Expr as syn::parse::Parse>::parse, expanded, &Limits::default()).expect("an expression");
    let syn::Expr::Binary(product) = expr else { panic!("a product") };
    assert!(matches!(product.op, syn::BinOp::Mul(_)));
    assert!(matches!(*product.left, syn::Expr::Group(_)));
    // Handed on, an expression is not wrapped again, and is one token tree.
    check(
        "macro_rules! a { ($x:expr) => { b!($x) }; } macro_rules! b { ($x:expr) => { c!($x) }; }
         macro_rules! c { ($t:tt) => { [$t] }; }",
        "a!(1 + 1)",
        "[invisible!(1 + 1)]",
    );
    // An expression handed on is opaque to literal tokens, but not to `literal`.
    check(
        "macro_rules! a { ($x:expr) => { b!($x) }; } macro_rules! b { (1) => { one }; ($x:literal) => { literal $x }; }",
        "a!(1)",
        "literal 1",
    );
}

#[test]
fn invisible_groups_parse_everywhere() {
    // Types, patterns, paths, blocks and names out of fragments, in every position a macro can put them.
    let text = "macro_rules! m { ($n:ident, $t:ty, $p:pat, $b:block, $e:expr, $path:path, $l:lifetime, $s:stmt, $i:item, $v:vis,
        $lit:literal) => {
            $i
            #[doc = $lit]
            $v fn $n<$l>(x: & $l $t) -> Vec<$t> where $t: Clone {
                $s;
                if let $p = $e $b
                let y: [$t; $e] = <$t>::new($e as $t);
                match $e { $p => $b, _ if $e => -$e }
                $path($e)[$e].$n().await;
                (x as $t) < <$t>::MAX;
                $path { a: $e, ..$e };
                &mut $e; return $e
            }
            impl<T> $t { const C: $t = $e; }
            impl $path for $t {}
        }; }";
    let macros = define(text);
    let mut budget = Budget::new(Limits::default());
    let input = "name, Vec<u8>, Some(1 | 2) | None, { f() }, a + b, std::fmt::Debug, 'a, let z = 1, struct S;, pub(crate), \"doc\"";
    let expanded = expand(&macros[0], tokens(input), &mut budget).unwrap_or_else(|e| panic!("{}", e.what));
    let file = parse_tokens(<syn::File as syn::parse::Parse>::parse, expanded, &Limits::default());
    let file = file.unwrap_or_else(|trouble| panic!("{}", trouble.what));
    assert_eq!(file.items.len(), 4);
    assert!(!file.items.iter().any(|item| matches!(item, syn::Item::Verbatim(_))));
}

#[test]
fn operators_do_not_run_together() {
    // `-$x` with `-1`, `&$x` with `&y`, `|$x`: what touches the `$` does not touch the fragment.
    check("macro_rules! m { ($($x:tt)*) => { a-$($x)*; }; }", "m!(> b)", "a - > b;");
    let macros = define("macro_rules! m { ($x:tt $y:tt) => { a $x$y b }; }");
    let mut budget = Budget::new(Limits::default());
    let expanded = expand(&macros[0], tokens("= >"), &mut budget).unwrap_or_else(|e| panic!("{}", e.what));
    assert_eq!(expanded.to_string(), "a = > b");
    let expanded = expand(&macros[0], tokens(">>= &"), &mut budget).unwrap_or_else(|e| panic!("{}", e.what));
    assert_eq!(expanded.to_string(), "a >>= & b");
}

#[test]
fn dollar_crate() {
    let macros = define("macro_rules! m { () => { $crate::inner!($crate) }; }");
    let mut budget = Budget::new(Limits::default());
    let expanded = expand(&macros[0], TokenStream::new(), &mut budget).unwrap_or_else(|e| panic!("{}", e.what));
    let path: syn::Macro = syn::parse2(expanded).expect("a macro");
    assert_eq!(crate_of_ident(&path.path.segments[0].ident), Some(Sym::new("home")));
    for root in ["nix@0.26.4", "a_b", "fork-lint", "__x_5f", "é"] {
        let ident = crate::syntax::macro_tokens::crate_ident(root, proc_macro2::Span::call_site());
        assert_eq!(crate_of_ident(&ident), Some(Sym::new(root)));
    }
    for other in ["home", "__crate__a_", "__crate__a_zz", "__crate__é"] {
        let ident = proc_macro2::Ident::new(other, proc_macro2::Span::call_site());
        assert!(crate_of_ident(&ident).is_none_or(|root| root == Sym::new("é")), "{other}");
    }
}

#[test]
fn local_inner_macros() {
    let text =
        "#[macro_export(local_inner_macros)] macro_rules! m { ($x:ident) => { inner!($x); a::b!(); if x != (1) {} }; }";
    let mut map = SourceMap::for_next_crate();
    let parsed = map.parse_file("macros.rs".into(), text, &Limits::default());
    let def = MacroDef::from_item(&parsed.file.items[0], &map, Sym::new("home")).expect("a macro");
    assert!(def.exported && def.local_inner && !def.by_path);
    check(text, "m!(x)", "__crate__home::inner!(x); a::b!(); if x != (1) {}");
}

#[test]
fn recursion_and_munchers() {
    check(
        "macro_rules! count { () => { 0 }; ($head:tt $($tail:tt)*) => { 1 + count!($($tail)*) }; }",
        "count!(a (b c) => 'd)",
        "1 + 1 + 1 + 1 + 0",
    );
    check(
        "macro_rules! rev { ([] $($out:tt)*) => { [$($out)*] }; ([$h:tt $($t:tt)*] $($out:tt)*) => { rev!([$($t)*] $h $($out)*) }; }",
        "rev!([a b c])",
        "[c b a]",
    );
    check(
        "macro_rules! calls { (@step $f:ident;) => {}; (@step $f:ident; $x:expr, $($rest:tt)*) => { $f($x); calls!(@step $f; $($rest)*) };
         ($f:ident: $($x:expr),*) => { calls!(@step $f; $($x,)*) }; }",
        "calls!(go: 1, 2 + 3)", "go(1); go(invisible!(2 + 3));",
    );
    check_error(
        "macro_rules! m { ($x:tt) => { m!($x) }; }",
        "m!(a)",
        "macros expand to macros more than 128 deep (`m`)",
    );
    check_error(
        "macro_rules! a { () => { b!() }; } macro_rules! b { () => { a!() }; }",
        "a!()",
        "macros expand to macros more than 128 deep (`a` → `b`)",
    );
}

#[test]
fn explosions_are_bounded() {
    let macros = define("macro_rules! m { ($($x:tt)*) => { m!($($x)* $($x)*) }; }");
    let mut budget = Budget::new(Limits { invocation_tokens: 10_000, ..Limits::default() });
    let error = expand_all(&macros, tokens("m!(a b c d)"), &mut budget).expect_err("beyond the bound");
    assert_eq!(error.what, "the macro expands to more than 10000 tokens");
    let macros = define("macro_rules! m { ($($x:tt)*) => { $($x)* $($x)* }; }");
    let mut budget = Budget::new(Limits { crate_tokens: 10, ..Limits::default() });
    let mut outcome = Ok(TokenStream::new());
    for _ in 0..3 {
        budget.enter(Sym::new("m"), proc_macro2::Span::call_site()).expect("not deep");
        outcome = expand(&macros[0], tokens("a b"), &mut budget);
        budget.leave();
    }
    let error = outcome.expect_err("beyond the bound");
    assert!(error.bound);
    assert_eq!(error.what, "the crate's macros expand to more than 10 tokens");
}

#[test]
fn macros_that_define_macros() {
    let outer = "macro_rules! outer { ($name:ident, $d:tt) => { macro_rules! $name { ($d x:expr) => { f($d x) }; (one) => { $name!(1) }; } }; }";
    check(outer, "outer!(inner, $)", "macro_rules! inner { ($x:expr) => { f($x) }; (one) => { inner!(1) }; }");
    // Names that the outer macro does not bind stay as they are.
    check(
        "macro_rules! outer { ($name:ident) => { macro_rules! $name { ($x:expr) => { $x }; } }; }",
        "outer!(inner)",
        "macro_rules! inner { ($x:expr) => { $x }; }",
    );
}

#[test]
fn the_macro_keyword() {
    let text = "pub macro one($x:expr, $($y:ident)*) { f($x, $($y),*) }
        pub(crate) macro two { ($x:expr) => { g($x) }, () => { h() } }";
    check(text, "one!(1, a b) two!(2) two!()", "f(1, a, b) g(2) h()");
}

#[test]
fn places() {
    let mut map = SourceMap::for_next_crate();
    let limits = Limits::default();
    let text = "\n  macro_rules! m {\n    ($x:expr) => { go($x) };\n}";
    let parsed = map.parse_file("macros.rs".into(), text, &limits);
    let def = MacroDef::from_item(&parsed.file.items[0], &map, Sym::new("home")).expect("a macro");
    assert_eq!((def.line, def.column, def.text.as_str()), (2, 18, "{\n    ($x:expr) => { go($x) };\n}"));
    // In another crate, where only the text is at hand.
    let mut map = SourceMap::for_next_crate();
    let found = ParsedMacro::parse(&def, &mut map, &limits).unwrap_or_else(|e| panic!("{}", e.what));
    let (_, input) = map.tokens("user.rs".into(), 7, 3, "value", &limits).expect("tokens");
    let expanded = expand(&found, input, &mut Budget::new(limits)).unwrap_or_else(|e| panic!("{}", e.what));
    let call: syn::ExprCall = syn::parse2(expanded).expect("a call");
    let at = |span| map.span_of(span).map(|at| format!("{}:{}:{}", at.file, at.line, at.column));
    let syn::Expr::Path(function) = &*call.func else { panic!("a path") };
    assert_eq!(at(function.path.segments[0].ident.span()).as_deref(), Some("macros.rs:3:20"));
    let syn::Expr::Group(argument) = &call.args[0] else { panic!("a group") };
    assert_eq!(at(argument.group_token.span).as_deref(), Some("user.rs:7:3"));
    let tokens: Vec<_> = argument.expr.to_token_stream().into_iter().collect();
    assert_eq!(at(tokens[0].span()).as_deref(), Some("user.rs:7:3"));
}

#[test]
fn bodies_without_input() {
    let macros = define(
        "macro_rules! die { ($code:expr, $($arg:tt)*) => {{ eprintln!($($arg)*); $crate::exit($code) }}; ($b:block) => { $b }; }",
    );
    let bodies: Vec<String> = macros[0].bodies().map(|body| plain(&body)).collect();
    assert_eq!(bodies, ["{ eprintln ! ( __arg_arg ) ; crate : : exit ( __arg_code ) }", "{ }"]);
}

#[test]
fn definitions_that_are_not_understood() {
    for (text, what) in [
        ("macro_rules! m { ($x) => {}; }", "the definition of `m!` has a fragment without a kind"),
        ("macro_rules! m { ($x:thing) => {}; }", "the definition of `m!` has a fragment of an unknown kind"),
        ("macro_rules! m { ($($x:tt)) => {}; }", "the definition of `m!` has a repetition without `*`, `+` or `?`"),
        (
            "macro_rules! m { ($($x:tt)*) => { ${count($x)} }; }",
            "the definition of `m!` has a macro metavariable expression",
        ),
        ("macro_rules! m { () = {}; }", "the definition of `m!` has something that is not an arm"),
    ] {
        let mut map = SourceMap::for_next_crate();
        let parsed = map.parse_file("macros.rs".into(), text, &Limits::default());
        let def = MacroDef::from_item(&parsed.file.items[0], &map, Sym::new("home")).expect("a macro");
        let trouble = ParsedMacro::parse(&def, &mut map, &Limits::default()).err().expect("not understood");
        assert_eq!(trouble.what, what);
        assert_eq!(map.span_of(trouble.span).map(|at| at.line), Some(1), "{text}");
    }
}
