use std::process::Stdio;

use crate::project::{Project, RULE, Ran, SOCKET, expect_file};

fn run(words: &str) -> Ran {
    Project::empty().run(words)
}

#[test]
fn exit_statuses() {
    let project = Project::library(SOCKET);
    project.run("").expect_code(0);
    project.run("-D warnings").expect_code(1);
    project.run(&format!("--deny {RULE}")).expect_code(1);
    project.run("-D H04").expect_code(1);
    project.run("-D fds").expect_code(1);
    project.run("-D all -A fds").expect_code(0);
    project.run("-D nothing-like-it").expect_code(2);
    project.run("--no-such-flag").expect_code(2);
    project.run("--manifest-path gone/Cargo.toml").expect_code(2).expect_error("gone/Cargo.toml");
    project.run("--package shopp").expect_code(2).expect_error("did you mean `shop`?");
}

#[test]
fn both_ways_to_be_called() {
    let project = Project::library(SOCKET);
    let direct = project.command().args(["-D", "warnings"]).output().expect("the tool starts");
    assert_eq!(project.ran(direct).stderr, project.run("-D warnings").stderr);
}

#[test]
fn misspelt_rules_are_named() {
    let ran = run("-W fd-without-clexec").expect_code(2);
    expect_file("misspelt-rule.txt", &ran.stderr);
    run("--explain alloction-in-child").expect_code(2).expect_error("did you mean");
    run("-A zzzzzz").expect_code(2).expect_error("--list");
}

#[test]
fn rules_and_hazards_are_explained() {
    let rule = run(&format!("--explain {RULE}")).expect_code(0);
    assert!(rule.stdout.starts_with("fd-without-cloexec\n==================\n"), "{}", rule.stdout);
    for heading in ["What it does", "Why is this bad", "Example", "Use instead", "Limits"] {
        assert!(rule.stdout.contains(&format!("\n{heading}\n---")), "{heading}");
    }
    assert!(rule.stdout.lines().all(|l| l.chars().count() <= 100), "{}", rule.stdout);
    let hazard = run("--explain h4").expect_code(0);
    assert!(hazard.stdout.contains("H04 fd-leaked-on-exec") && hazard.stdout.contains("cloexec-set-late"));
    assert!(run("--explain fork-cost").expect_code(0).stdout.contains("H20"));
    let coloured = run("--explain h4 --color always").expect_code(0);
    assert!(coloured.stdout.contains("\u{1b}["));
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = run("--list").expect_code(0).stdout;
    let json: serde_json::Value =
        serde_json::from_str(&run("--list --format json").expect_code(0).stdout).expect("JSON");
    let rules = json["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), list.lines().count());
    for rule in rules {
        let name = rule["name"].as_str().expect("a name");
        assert!(list.contains(name));
        assert!(fork_lint::rules::all().any(|r| r.name == name));
    }
    assert_eq!(json["hazards"].as_array().map(Vec::len), Some(24));
}

#[test]
fn help_fits_the_terminal() {
    let help = run("--help").expect_code(0).stdout;
    assert!(help.contains("cargo fork-lint [OPTIONS]") && help.contains("Exit status"), "{help}");
    assert!(help.lines().all(|l| l.chars().count() <= 100), "{help}");
    assert!(run("--version").expect_code(0).stdout.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_leaves_is_no_crash() {
    let project = Project::library(SOCKET);
    for words in [&["--list", "--format", "json"][..], &["--format", "sarif"], &["--explain", "H04"], &["--help"]] {
        let mut command = project.command();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = command.args(words).stdout(writer).stderr(Stdio::piped()).output().expect("the tool starts");
        let ran = project.ran(output);
        assert!(!ran.stderr.contains("panicked"), "{words:?}: {}", ran.stderr);
        assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
    }
}
