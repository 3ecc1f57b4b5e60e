//! From what the rules find to what counts: levels, suppressions, exclusions, each finding once.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::config::Config;
use super::levels::{Layer, level};
use super::suppress::Suppressions;
use crate::analysis::Program;
use crate::facts::{Span, plain_path};
use crate::report::{Remark, Report, Reported, Standing};
use crate::rules::{self, Finding, Level, Rule};

/// The user's settings.
pub(super) struct Judge<'a> {
    /// Of the command line.
    pub(super) command_line: &'a Layer,
    /// Of the workspace and its packages.
    pub(super) config: &'a Config,
}

impl Judge<'_> {
    /// Runs all rules over a program and puts what counts into the report; returns how long each rule took.
    pub(super) fn run(&self, program: &Program, report: &mut Report) -> Vec<(&'static str, Duration)> {
        report.rules = rules::all().collect();
        let mut found = Vec::new();
        let mut times = Vec::new();
        for rule in rules::all() {
            let begun = Instant::now();
            let before = found.len();
            // One rule's defect does not cost the findings of the others; it is said, not hidden.
            if catch_unwind(AssertUnwindSafe(|| (rule.check)(program, &mut found))).is_err() {
                found.truncate(before);
                report.remarks.push(Remark {
                    level: Level::Warning,
                    message: format!("internal error: rule {} stopped, its findings are missing", rule.name),
                    help: None,
                });
            }
            times.push((rule.name, begun.elapsed()));
        }
        self.take(program, report, found);
        times
    }

    /// Puts findings into the report.
    pub(super) fn take(&self, program: &Program, report: &mut Report, found: Vec<Finding>) {
        let mut suppressions = Suppressions::of(program);
        let mut findings: Vec<Reported> =
            found.into_iter().chain(suppressions.wrong()).map(|f| self.levelled(f)).collect();
        suppressions.apply(&mut findings, program);
        let unused = suppressions.unused(report, |rule, at| self.level(rule, at, rule.level) == Level::Allow);
        findings.extend(unused.into_iter().map(|f| self.levelled(f)));
        findings.retain(|f| f.level != Level::Allow);
        let all = findings.len();
        findings.retain(|f| !self.config.excludes(Path::new(f.finding.span.file.as_str())));
        report.excluded = all - findings.len();
        sort(&mut findings);
        number(&mut findings);
        report.findings = findings;
    }

    fn levelled(&self, finding: Finding) -> Reported {
        let rule = rules::all().find(|r| r.name == finding.rule);
        let level = rule.map_or(finding.level, |rule| self.level(rule, finding.span, finding.level));
        Reported { finding, level, standing: Standing::Open, ordinal: 0 }
    }

    fn level(&self, rule: &Rule, at: Span, own: Level) -> Level {
        let package = self.config.package_of(Path::new(at.file.as_str()));
        let mut layers = vec![self.command_line];
        layers.extend(package.map(|settings| &settings.levels));
        layers.push(&self.config.workspace.levels);
        level(&layers, rule, own)
    }
}

/// By file and place; the same finding of a file that is part of two crates is one finding, at its worst level.
fn sort(findings: &mut Vec<Reported>) {
    findings.sort_by(|a, b| {
        let key = |r: &Reported| (r.finding.span.file.as_str(), r.finding.span, r.finding.rule);
        key(a).cmp(&key(b)).then_with(|| a.finding.message.cmp(&b.finding.message)).then(b.level.cmp(&a.level))
    });
    findings.dedup_by(|next, kept| {
        let (a, b) = (&next.finding, &kept.finding);
        a.rule == b.rule && a.span == b.span && (a.subject == b.subject || a.message == b.message)
    });
}

fn number(findings: &mut [Reported]) {
    let mut counts = HashMap::new();
    for reported in findings {
        let finding = &reported.finding;
        let count = counts.entry((finding.rule, plain_path(finding.function), finding.subject.clone())).or_insert(0);
        reported.ordinal = *count;
        *count += 1;
    }
}

#[cfg(test)]
mod tests;
