use std::path::PathBuf;

use super::*;
use crate::analysis::CrateUnit;
use crate::catalogue::Catalogue;
use crate::cli::config::Settings;
use crate::cli::glob::Glob;
use crate::cli::levels::Selector;
use crate::facts::{Callee, CrateFacts, Suppression, Sym, Val};
use crate::rules::Step;
use crate::testing::Make;

const RULE: &str = "fd-without-cloexec";

fn span(file: &str, line: u32) -> Span {
    Span { file: Sym::new(file), line, column: 5, end_line: line, end_column: 9 }
}

fn finding(at: Span, subject: &str) -> Finding {
    Finding {
        rule: RULE,
        level: Level::Warning,
        message: format!("about {subject}"),
        span: at,
        label: String::new(),
        steps: Vec::new(),
        notes: Vec::new(),
        help: String::new(),
        fix: None,
        function: Sym::new("nix@0.26.4::open"),
        subject: subject.to_owned(),
    }
}

fn allow(file: &str, lines: (u32, u32)) -> Suppression {
    Suppression {
        rules: vec![RULE.to_owned()],
        reason: Some("because".into()),
        span: span(file, lines.0),
        covers: lines,
    }
}

fn judged(config: &Config, command_line: Layer, facts: CrateFacts, found: Vec<Finding>) -> Report {
    let unit = CrateUnit { facts, member: true, library: true };
    let program = Program::link(vec![unit.clone(), unit], Catalogue::default());
    let mut report = Report::default();
    Judge { command_line: &command_line, config }.take(&program, &mut report, found);
    report
}

fn plain(facts: CrateFacts, found: Vec<Finding>) -> Report {
    judged(&Config::default(), Layer::default(), facts, found)
}

#[test]
fn findings_are_in_order_each_once_and_numbered() {
    let found = vec![
        finding(span("/b.rs", 1), "x"),
        finding(span("/a.rs", 9), "x"),
        Finding { level: Level::Error, ..finding(span("/a.rs", 9), "x") },
        finding(span("/a.rs", 2), "y"),
        finding(span("/a.rs", 9), "z"),
    ];
    let report = plain(CrateFacts::default(), found);
    let told: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.finding.span.file.as_str(), f.finding.span.line, f.finding.subject.as_str(), f.level, f.ordinal))
        .collect();
    use Level::{Error, Warning};
    let expected = [
        ("/a.rs", 2, "y", Warning, 0),
        ("/a.rs", 9, "x", Error, 0),
        ("/a.rs", 9, "z", Warning, 0),
        ("/b.rs", 1, "x", Warning, 1),
    ];
    assert_eq!(told, expected);
}

#[test]
fn settings_of_the_nearest_place_decide() {
    let rule = |level| Layer(vec![(Selector::Rule(RULE), level)]);
    let settings = |dir: &str, levels: Layer| Settings { dir: PathBuf::from(dir), levels, ..Settings::default() };
    let config =
        Config { workspace: settings("/w", rule(Level::Error)), packages: vec![settings("/w/a", rule(Level::Allow))] };
    let found = || vec![finding(span("/w/a/x.rs", 1), "x"), finding(span("/w/b/x.rs", 1), "x")];
    let report = judged(&config, Layer::default(), CrateFacts::default(), found());
    assert_eq!(report.findings.iter().map(|f| f.level).collect::<Vec<_>>(), [Level::Error]);
    let report = judged(&config, rule(Level::Warning), CrateFacts::default(), found());
    assert_eq!(report.findings.iter().map(|f| f.level).collect::<Vec<_>>(), [Level::Warning, Level::Warning]);
}

#[test]
fn excluded_files_are_counted() {
    let workspace =
        Settings { dir: "/w".into(), exclude: Glob::parse("gen").into_iter().collect(), ..Settings::default() };
    let config = Config { workspace, packages: Vec::new() };
    let found = vec![finding(span("/w/gen/x.rs", 1), "x"), finding(span("/w/src/x.rs", 1), "x")];
    let report = judged(&config, Layer::default(), CrateFacts::default(), found);
    assert_eq!((report.findings.len(), report.excluded), (1, 1));
}

#[test]
fn a_suppression_covers_its_lines_and_is_used_once_for_all_crates() {
    let facts = CrateFacts { suppressions: vec![allow("/a.rs", (3, 4))], ..CrateFacts::default() };
    let report = plain(facts.clone(), vec![finding(span("/a.rs", 4), "x"), finding(span("/a.rs", 5), "y")]);
    let standing: Vec<_> = report.findings.iter().map(|f| (f.finding.rule, f.open())).collect();
    assert_eq!(standing, [(RULE, false), (RULE, true)]);
    let report = plain(facts, vec![finding(span("/a.rs", 5), "y")]);
    let rules: Vec<_> = report.findings.iter().map(|f| f.finding.rule).collect();
    assert_eq!(rules, ["unused-suppression", RULE]);
}

#[test]
fn a_suppression_where_a_macro_is_used_covers_what_is_in_it() {
    let (body, site) = (span("/macros.rs", 40), span("/a.rs", 4));
    let mut f = Make::new("shop::f");
    f.call_with(Callee::Path(Sym::new("c::socket")), vec![Val::Int(1)], &[], false);
    let mut f = f.done();
    for block in &mut f.body.blocks {
        for event in &mut block.events {
            if let crate::facts::Event::Call(call) = event {
                call.span = body;
                call.expanded_at = Some(site);
            }
        }
    }
    let facts = CrateFacts { fns: vec![f], suppressions: vec![allow("/a.rs", (3, 4))], ..CrateFacts::default() };
    let through = |at: Span| Finding { steps: vec![Step { span: at, text: "used here".into() }], ..finding(body, "x") };
    let report = plain(facts.clone(), vec![through(site)]);
    assert!(!report.findings[0].open());
    let elsewhere = plain(facts, vec![through(span("/a.rs", 8))]);
    assert!(elsewhere.findings.iter().any(|f| f.finding.rule == RULE && f.open()), "another use of the macro");
}
