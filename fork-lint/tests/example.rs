//! The example program of the README: hazards are found in their broken files and not in the repaired ones, and where
//! that does not hold is written down here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fork_lint::rules;
use serde_json::Value;

/// Hazards that are a note at most: that a fork costs much, and that a child has no timer of its own, may be meant so.
const NOTES_ALONE: [&str; 2] = ["H20", "H22"];

/// Hazards that no rule reports in the form in which the example has them: of H06, H15 and H21 source says nothing that
/// tells them from what programs do on purpose; in H09, H10 and H16 the thing shared is a plain descriptor or address.
const NOT_SEEN: [&str; 6] = ["H06", "H09", "H10", "H15", "H16", "H21"];

/// Repaired files that have a warning all the same: the thread of one example and the fork of another are one program.
const LOUD: [&str; 1] = ["H14"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn lint(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-fork-lint"));
    for name in ["COLUMNS", "CLICOLOR_FORCE", "CARGO_TERM_COLOR", "GITHUB_WORKSPACE"] {
        command.env_remove(name);
    }
    command.args(["fork-lint", "--manifest-path", "tests/example/Cargo.toml", "--no-cache"]).args(words);
    command.current_dir(root()).output().expect("the tool starts")
}

/// A finding's level and the hazard of its rule, by file (`broken/h01_lock_held_at_fork`).
fn findings() -> BTreeMap<String, BTreeSet<(String, &'static str)>> {
    let output = lint(&["--format", "json", "--show", "notes"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let mut found: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for message in text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")) {
        let (message, Some(code)) = (&message["message"], message["message"]["code"]["code"].as_str()) else {
            continue;
        };
        let rule = rules::all().find(|rule| rule.name == code).unwrap_or_else(|| panic!("no rule {code}"));
        let spans = message["spans"].as_array().expect("spans");
        let primary = spans.iter().find(|span| span["is_primary"] == true).expect("a primary span");
        let file = primary["file_name"].as_str().expect("a file");
        let name = file.split("src/").last().and_then(|name| name.strip_suffix(".rs")).expect("a source file");
        let level = message["level"].as_str().expect("a level").to_owned();
        found.entry(name.to_owned()).or_default().insert((level, rule.hazard));
    }
    found
}

#[test]
fn the_broken_are_found_and_the_repaired_are_quiet() {
    let found = findings();
    let (mut missed, mut loud) = (Vec::new(), Vec::new());
    let mut seen = 0;
    for entry in fs::read_dir(root().join("tests/example/src/broken")).expect("examples") {
        let name = entry.expect("an entry").path().file_stem().expect("a name").to_str().expect("text").to_owned();
        let hazard = name[..3].to_uppercase();
        let of = |twin: &str| found.get(&format!("{twin}/{name}")).cloned().unwrap_or_default();
        let note = NOTES_ALONE.contains(&&*hazard);
        let expected = !NOT_SEEN.contains(&&*hazard);
        if expected && !of("broken").iter().any(|(level, of)| *of == hazard && (note || level != "note")) {
            missed.push(name.clone());
        }
        if !LOUD.contains(&&*hazard) {
            let repaired = of("repaired").into_iter().filter(|(level, _)| level != "note");
            loud.extend(repaired.map(|finding| (name.clone(), finding)));
        }
        seen += 1;
    }
    assert_eq!(seen, 24);
    assert!(missed.is_empty() && loud.is_empty(), "not found: {missed:#?}\nfound though repaired: {loud:#?}");
}

/// What the README shows of its first command.
#[test]
fn the_readme_shows_what_is_printed() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let section = readme.split("## See it work").nth(1).expect("a section").split("\n## ").next().expect("text");
    let shown = section.split("```text\n").nth(1).expect("an example").split("```").next().expect("its end");
    let output = lint(&[]);
    let printed = String::from_utf8(output.stderr).expect("text");
    assert!(printed.contains(shown), "README.md shows\n{shown}\nbut what is printed is\n{printed}");
}
