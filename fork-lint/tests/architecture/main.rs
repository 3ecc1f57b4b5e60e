//! Holds what ARCHITECTURE.md says of the linter.

mod processes;
mod source;

use std::fs;
use std::path::Path;

use source::{Seen, files_below};

/// Stages after `facts`, and which parts of the crate each may name.
const MAY_NAME: [(&str, &[&str]); 3] = [
    ("analysis", &["analysis", "catalogue", "facts"]),
    ("rules", &["rules", "analysis", "catalogue", "facts"]),
    ("report", &["report", "rules", "facts"]),
];

/// Where a program may be started: the toolchain's, and git before a file is repaired.
const STARTERS: [&str; 4] = ["cli/fix.rs", "project/cargo.rs", "project/toolchain.rs", "project/tools.rs"];

/// The one rule module that reads text: the call that it repairs.
const READS_A_CALL: &str = "rules/edit.rs";

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn analysis_and_rules_see_only_facts() {
    let mut wrong = Vec::new();
    for (stage, allowed) in MAY_NAME {
        let mut named = 0;
        for file in files_below(&package().join("src").join(stage)) {
            let seen = Seen::of(&file);
            for part in &seen.parts {
                named += 1;
                if !allowed.contains(&part.as_str()) {
                    wrong.push(format!("{} names crate::{part}", seen.name));
                }
            }
            if seen.parses_source && seen.name != READS_A_CALL {
                wrong.push(format!("{} names the parser", seen.name));
            }
        }
        assert!(named > 10, "{stage}: only {named} paths seen");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_check_sees_every_way_to_name_a_part() {
    let text = "
        use crate::{facts::Sym, lower};
        use super::super::syntax as s;
        fn f() -> crate::resolve::Ty { crate::driver::run() }
        mod inner { use super::super::super::cli; use super::sibling; }
        fn g() { syn::parse_str::<syn::Expr>(x) }
        #[cfg(test)] mod tests { use crate::frontend; }
    ";
    let seen = Seen::of_text("rules/some.rs", text);
    assert_eq!(seen.parts, ["cli", "driver", "facts", "lower", "resolve", "syntax"].map(str::to_owned).into());
    assert!(seen.parses_source);
}

#[test]
fn only_cargo_and_rustc_are_started() {
    let mut starters: Vec<String> = Vec::new();
    for file in files_below(&package().join("src")) {
        let seen = Seen::of(&file);
        // The stubs are the linter's knowledge of std, never code of its own.
        if seen.starts_programs && !seen.name.starts_with("catalogue/stubs/") {
            starters.push(seen.name);
        }
    }
    assert_eq!(starters, STARTERS);
    processes::only_the_toolchain_was_asked();
}

#[test]
fn tests_that_the_map_names_are_there() {
    let map = fs::read_to_string(package().join("../ARCHITECTURE.md")).expect("the map");
    let invariants = map.split("### Invariants").nth(1).expect("invariants").split("\n## ").next().expect("text");
    let mut checked = 0;
    for named in invariants.split('`').skip(1).step_by(2) {
        let Some((file, test)) = named.split_once("::") else { continue };
        let path = package().join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found =
            text.contains(&format!("#[test]\nfn {test}()")) || text.contains(&format!("#[test]\n    fn {test}()"));
        assert!(found, "{named}: no such test");
        checked += 1;
    }
    let numbered =
        invariants.lines().filter(|line| line.split_once(". *").is_some_and(|(n, _)| n.parse::<u32>().is_ok()));
    assert!(checked >= numbered.count(), "an invariant names no test");
}
