//! Mutated real sources: whatever the text is, the syntax stage comes back, in time, without a panic.
//!
//! `FORK_LINT_FUZZ=cases[,seed]` runs more of them: `FORK_LINT_FUZZ=1000000 cargo test --release --lib fuzz`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use crate::facts::Sym;
use crate::syntax::{
    Budget, Limits, MacroDef, ParsedMacro, SourceMap, args_as_exprs, as_block, builtin, code_in, expand, parse_tokens,
};

const CASES: u64 = 1_500;
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Text a case begins with, in bytes.
const TEXT: usize = 3_000;
/// Far more than any case takes on a busy machine, far less than for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// A small random generator: the same cases in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A short range of positions below `length`.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 20 };
        start..(start + self.below(most + 1)).min(length)
    }
}

/// Source files at hand: this crate's, and those of the crates cargo has unpacked.
fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if found.len() >= 3_000 {
                return;
            } else if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    if let Some(cargo) = cargo {
        walk(&cargo.join("registry").join("src"), &mut found);
    }
    found
}

/// Pieces that are likely to matter.
const SPICE: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "|",
    "||",
    "&",
    "&&",
    "!",
    "?",
    "-",
    "*",
    "=",
    "=>",
    "->",
    "::",
    ":",
    ";",
    ",",
    ".",
    "..",
    "..=",
    "#",
    "#!",
    "$",
    "$x",
    "$($x:tt)*",
    "$crate",
    "'",
    "'a",
    "\"",
    "r#\"",
    "b'",
    "/*",
    "*/",
    "//",
    "\\",
    "\u{0}",
    "\u{feff}",
    "é",
    "𝒳",
    "fn",
    "if",
    "else",
    "match",
    "let",
    "for",
    "while",
    "loop",
    "async",
    "await",
    "try",
    "dyn",
    "impl",
    "where",
    "unsafe",
    "const",
    "static",
    "mod",
    "use",
    "pub",
    "crate",
    "self",
    "macro",
    "macro_rules! m { ($x:expr) => { m!($x) }; }",
    "m!(1)",
    "return",
    "break",
    "move",
    "0",
    "1.0",
    "1e",
    "0x",
    "\"s\"",
    "_",
    "@",
    "~",
    "`",
    "\r",
    "\n",
    "\t",
    "println!(\"{x}{}\", 1)",
    "as",
    "in",
    "ref",
];

fn mutate(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(5) {
        text = if random.below(3) == 0 { mutate_bytes(text.into_bytes(), random) } else { mutate_words(&text, random) };
    }
    text
}

fn mutate_bytes(mut bytes: Vec<u8>, random: &mut Random) -> String {
    let range = random.range(bytes.len());
    match random.below(4) {
        0 => drop(bytes.drain(range)),
        1 => bytes.truncate(range.start),
        2 => bytes
            .get_mut(range)
            .unwrap_or_default()
            .iter_mut()
            .take(3)
            .for_each(|byte| *byte = (random.next() & 0x7f) as u8),
        _ => {
            let copy = bytes[range].to_vec();
            let at = random.below(bytes.len() + 1);
            bytes.splice(at..at, copy);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Words, numbers, and single characters of anything else.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = if is_word(first) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

fn mutate_words(text: &str, random: &mut Random) -> String {
    let mut words = words(text);
    let range = random.range(words.len());
    match random.below(6) {
        0 => drop(words.drain(range)),
        1 => {
            let copy = words[range].to_vec();
            let at = random.below(words.len() + 1);
            words.splice(at..at, copy);
        }
        2 if !words.is_empty() => {
            let (a, b) = (random.below(words.len()), random.below(words.len()));
            words.swap(a, b);
        }
        3 => {
            let times = if random.below(8) == 0 { 3_000 } else { 1 + random.below(40) };
            let (open, close) = *random.pick(&[
                ("(", ")"),
                ("[", "]"),
                ("{", "}"),
                ("!", ""),
                ("&", ""),
                ("A<", ">"),
                ("|a, b| ", ""),
                ("m!(", ")"),
            ]);
            words.splice(range.end..range.end, std::iter::repeat_n(close, times));
            words.splice(range.start..range.start, std::iter::repeat_n(open, times));
        }
        _ => words.splice(range.start..range.start, std::iter::once(*random.pick(SPICE))).for_each(drop),
    }
    words.concat()
}

/// Everything the stage does with a file and the macros in it.
fn exercise(text: &str, limits: &Limits, random: &mut Random) {
    let mut map = SourceMap::for_next_crate();
    let file = Sym::new("fuzz.rs");
    let parsed = map.parse_file(file, text, limits);
    for unseen in &parsed.unseen {
        assert!(unseen.span.is_some_and(|at| at.file == file && at.line >= 1 && at.column >= 1));
    }
    let mut calls = Calls::default();
    calls.visit_file(&parsed.file);
    let defs: Vec<MacroDef> =
        calls.defs.iter().filter_map(|item| MacroDef::from_rules(item, &map, Sym::new("fuzz"))).collect();
    let macros: Vec<ParsedMacro> =
        defs.iter().filter_map(|def| ParsedMacro::parse(def, &mut map, limits).ok()).collect();
    let mut budget = Budget::new(*limits);
    for (name, tokens) in calls.calls.iter().take(40) {
        drop(builtin(Sym::new(name), tokens.clone()));
        let other = *random.pick(&[
            "println",
            "assert",
            "info",
            "select",
            "cfg_if",
            "thread_local",
            "bitflags",
            "matches",
            "vec",
            "cfg_select",
        ]);
        drop(builtin(Sym::new(other), tokens.clone()));
        drop(args_as_exprs(tokens.clone(), limits));
        drop(as_block(tokens.clone(), limits));
        for expr in code_in(tokens.clone(), limits) {
            assert!(map.span_of(syn::spanned::Spanned::span(&expr)).is_some());
        }
        for found in &macros {
            expand_fully(found, tokens.clone(), &mut budget, limits);
        }
    }
    for found in &macros {
        found.bodies().for_each(drop);
        expand_fully(found, TokenStream::new(), &mut budget, limits);
    }
}

/// Expands, and the result again, as long as the budget lasts.
fn expand_fully(found: &ParsedMacro, mut input: TokenStream, budget: &mut Budget, limits: &Limits) {
    let mut entered = 0;
    while budget.enter(found.name, proc_macro2::Span::call_site()).is_ok() {
        entered += 1;
        let Ok(expanded) = expand(found, input, budget) else { break };
        drop(as_block(expanded.clone(), limits));
        // What is no tree is not expanded again.
        let within = |input: syn::parse::ParseStream<'_>| input.step(|_| Ok(((), syn::buffer::Cursor::empty())));
        if parse_tokens(within, expanded.clone(), limits).is_err() {
            break;
        }
        input = match expanded
            .into_iter()
            .find_map(|tree| if let TokenTree::Group(group) = tree { Some(group.stream()) } else { None })
        {
            Some(inside) => inside,
            None => break,
        };
    }
    for _ in 0..entered {
        budget.leave();
    }
}

#[derive(Default)]
struct Calls {
    calls: Vec<(String, TokenStream)>,
    defs: Vec<syn::ItemMacro>,
}

impl<'a> Visit<'a> for Calls {
    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string());
        self.calls.push((name.unwrap_or_default(), call.tokens.clone()));
    }

    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        self.defs.push(item.clone());
        self.visit_macro(&item.mac);
    }
}

#[test]
fn fuzz() {
    let mode = std::env::var("FORK_LINT_FUZZ").unwrap_or_default();
    let (cases, seed) = mode.split_once(',').unwrap_or((&mode, ""));
    let (cases, seed) = (cases.parse().unwrap_or(CASES), seed.parse().unwrap_or(SEED));
    let stack = 8 << 20;
    let work = move || {
        let limits = Limits { invocation_tokens: 20_000, crate_tokens: 100_000, ..Limits::for_stack(stack) };
        let sources = sources();
        let mut random = Random(seed.max(1));
        for case in 0..cases {
            let path = random.pick(&sources);
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            // A stretch of whole lines.
            let start = random.below(text.len());
            let start = text.as_bytes()[..start].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let end = text.as_bytes()[start..].iter().enumerate().position(|(at, &byte)| at >= TEXT && byte == b'\n');
            let end = end.map_or(text.len(), |at| start + at);
            let mutated = mutate(&text[start..end], &mut random);
            let began = Instant::now();
            let state = random.0;
            let outcome = std::panic::catch_unwind(|| exercise(&mutated, &limits, &mut Random(state)));
            assert!(outcome.is_ok(), "case {case} of seed {seed} panics, from {}:\n{mutated}", path.display());
            assert!(
                began.elapsed() < PATIENCE,
                "case {case} of seed {seed} takes too long, from {}:\n{mutated}",
                path.display()
            );
        }
    };
    let thread = std::thread::Builder::new().stack_size(stack).spawn(work).expect("a thread");
    assert!(thread.join().is_ok());
}
