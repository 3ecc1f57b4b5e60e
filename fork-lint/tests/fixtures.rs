//! Every rule over every fixture.
//!
//! `tests/fixtures/<rule>/fail*.rs` and `pass*.rs` are crates of one file: programs when they have a `fn main`, else
//! libraries. Their dependencies are the catalogue's stubs. A finding is expected where a comment says so:
//!
//! - `//~ rule-name` on its line, `//~^ rule-name` on the line below;
//! - `//~ rule-name note` also asserts its level; without one, warning or error is meant;
//! - several, separated by commas.
//!
//! Findings at warning or above that no comment expects fail the test, whichever rule they are of.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fork_lint::analysis::{CrateUnit, Program};
use fork_lint::catalogue::{crates, stubs};
use fork_lint::facts::UnseenKind;
use fork_lint::frontend::FrontEnd;
use fork_lint::rules::{self, Finding, Level, Rule};

/// A finding, or the expectation of one: line, rule, level (none: warning or error).
type Mark = (u32, String, Option<Level>);

#[test]
fn fixtures_have_the_findings_they_say() {
    let front = front_end();
    let mut wrong = String::new();
    for file in fixture_files() {
        let text = std::fs::read_to_string(&file).expect("a fixture is readable");
        let name = shown(&file);
        let findings = findings(&front, &text, &name, &mut wrong);
        compare(&name, &text, &findings, &mut wrong);
        check_kind(&file, &name, &findings, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_rule_has_documentation_and_fixtures() {
    let mut wrong = String::new();
    for rule in own_rules() {
        let docs = rule.markdown();
        for section in ["## What it does", "## Why is this bad", "## Example", "## Use instead", "## Limits"] {
            if !docs.contains(section) {
                let _ = writeln!(wrong, "{}: no section `{section}`", rule.name);
            }
        }
        let folder = root().join(rule.name);
        for kind in ["fail", "pass"] {
            if !rust_files(&folder).iter().any(|f| kind_of(f) == kind) {
                let _ = writeln!(wrong, "{}: no {kind}ing fixture", rule.name);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_fixture_folder_is_a_rule() {
    let names: BTreeSet<&str> = rules::all().map(|r| r.name).collect();
    for entry in std::fs::read_dir(root()).expect("fixtures are there") {
        let name = entry.expect("a folder").file_name().to_string_lossy().into_owned();
        assert!(names.contains(name.as_str()), "`{name}` is no rule");
    }
}

#[test]
fn messages_read_as_fragments() {
    let front = front_end();
    let mut wrong = String::new();
    for file in fixture_files() {
        let text = std::fs::read_to_string(&file).expect("a fixture is readable");
        for finding in findings(&front, &text, &shown(&file), &mut String::new()) {
            let texts = [&finding.message, &finding.label, &finding.help].into_iter().chain(&finding.notes);
            for text in texts.chain(finding.steps.iter().map(|s| &s.text)) {
                let capital = text.starts_with(|c: char| c.is_uppercase());
                if capital || text.ends_with('.') || text.contains("  ") || text.trim() != text {
                    let _ = writeln!(wrong, "{}: `{text}`", finding.rule);
                }
            }
            if finding.message.is_empty() || finding.help.is_empty() || finding.subject.is_empty() {
                let _ = writeln!(wrong, "{}: message, help or subject is empty", finding.rule);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The rules that look at programs: those about suppressions need the command line.
fn own_rules() -> impl Iterator<Item = &'static Rule> {
    rules::all().filter(|r| r.family != "suppressions")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn fixture_files() -> Vec<PathBuf> {
    let only = std::env::var("FIXTURE").unwrap_or_default();
    let mut files: Vec<PathBuf> = std::fs::read_dir(root())
        .expect("fixtures are there")
        .flat_map(|folder| rust_files(&folder.expect("a folder").path()))
        .filter(|f| shown(f).contains(&only))
        .collect();
    files.sort();
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    entries.filter(|p| p.extension().is_some_and(|e| e == "rs")).collect()
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

fn kind_of(file: &Path) -> &'static str {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if name.starts_with("fail") { "fail" } else { "pass" }
}

fn front_end() -> FrontEnd {
    FrontEnd::new(&stubs().iter().chain(crates()).map(|s| s.krate.to_owned()).collect())
}

/// What all rules find in one file.
fn findings(front: &FrontEnd, text: &str, name: &str, wrong: &mut String) -> Vec<Finding> {
    let library = !text.contains("fn main(");
    let facts = front.read_text("fixture", text, library);
    for unseen in facts.unseen.iter().filter(|u| matches!(u.kind, UnseenKind::Syntax | UnseenKind::Bound)) {
        let _ = writeln!(wrong, "{name}: {} at line {:?}", unseen.what, unseen.span.map(|s| s.line));
    }
    let unit = CrateUnit { facts, member: true, library };
    let program = Program::link(vec![unit], front.catalogue.clone());
    let mut out = Vec::new();
    for rule in own_rules() {
        (rule.check)(&program, &mut out);
    }
    out
}

/// Reports findings without a mark, and marks without a finding.
fn compare(name: &str, text: &str, findings: &[Finding], wrong: &mut String) {
    let mut marks = marks(text);
    for finding in findings {
        let fits = |(line, rule, level): &Mark| {
            *line == finding.span.line
                && rule == finding.rule
                && level.map_or(finding.level >= Level::Warning, |l| l == finding.level)
        };
        match marks.iter().position(fits) {
            Some(at) => {
                // One mark stands for all findings of its rule on its line.
                let met = marks.remove(at);
                marks.retain(|m| *m != met);
                marks.push((0, met.1, Some(Level::Allow)));
            }
            None if already_met(text, finding) => {}
            None if finding.level >= Level::Warning => {
                let _ = writeln!(
                    wrong,
                    "{name}:{}: not expected: {} [{}]",
                    finding.span.line, finding.message, finding.rule
                );
            }
            None => {}
        }
    }
    for (line, rule, level) in marks.iter().filter(|m| m.0 != 0) {
        let level = level.map_or(String::new(), |l| format!(" at level {l:?}"));
        let _ = writeln!(wrong, "{name}:{line}: expected and not found: {rule}{level}");
    }
}

/// Whether a mark on the finding's line names its rule: a second finding of one rule on one line.
fn already_met(text: &str, finding: &Finding) -> bool {
    marks(text).iter().any(|(line, rule, _)| *line == finding.span.line && rule == finding.rule)
}

/// A failing fixture shows its rule, a passing one does not.
fn check_kind(file: &Path, name: &str, findings: &[Finding], wrong: &mut String) {
    let rule = file.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let shows = |least: Level| findings.iter().any(|f| f.rule == rule && f.level >= least);
    if kind_of(file) == "fail" && !shows(Level::Note) {
        let _ = writeln!(wrong, "{name}: a failing fixture without a finding of its rule");
    }
    if kind_of(file) == "pass" && shows(Level::Warning) {
        let _ = writeln!(wrong, "{name}: a passing fixture with a finding of its rule");
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let Some((_, said)) = line.split_once("//~") else { continue };
        let (at, said) = match said.strip_prefix('^') {
            Some(rest) => (i as u32, rest),
            None => (i as u32 + 1, said),
        };
        for one in said.split(',') {
            let mut words = one.split_whitespace();
            let rule = words.next().unwrap_or_default().to_owned();
            let level = words.next().map(|word| match word {
                "note" => Level::Note,
                "warning" => Level::Warning,
                "error" => Level::Error,
                other => panic!("`{other}` is no level"),
            });
            marks.push((at, rule, level));
        }
    }
    marks
}
