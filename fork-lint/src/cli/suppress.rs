//! Which findings the source allows, and what is wrong with what it says about that.

use std::collections::{HashMap, HashSet};

use super::similar::did_you_mean;
use crate::analysis::{Program, calls};
use crate::facts::{Span, Suppression, Sym};
use crate::report::{Report, Reported, Sources, Standing};
use crate::rules::hazards::hazard;
use crate::rules::suppressing::{INVALID, UNREASONED, UNUSED};
use crate::rules::{self, Edit, Finding, Fix, Level, Rule};

/// The suppressions of a program, each once.
pub(super) struct Suppressions {
    all: Vec<Known>,
}

struct Known {
    suppression: Suppression,
    /// Written in a package that the user asked about.
    member: bool,
    /// For each of its rules: allowed a finding.
    used: Vec<bool>,
}

/// Where code in a macro's body was expanded.
type Sites = HashMap<Span, Vec<Span>>;

impl Suppressions {
    /// Those of all crates; a file that is part of two crates counts once.
    pub(super) fn of(program: &Program) -> Suppressions {
        let mut all: Vec<Known> = Vec::new();
        let mut seen: HashMap<Span, usize> = HashMap::new();
        for unit in &program.crates {
            for suppression in &unit.facts.suppressions {
                match seen.get(&suppression.span) {
                    Some(&at) => all[at].member |= unit.member,
                    None => {
                        seen.insert(suppression.span, all.len());
                        let used = vec![false; suppression.rules.len()];
                        all.push(Known { suppression: suppression.clone(), member: unit.member, used });
                    }
                }
            }
        }
        Suppressions { all }
    }

    /// Findings about suppressions that cannot work.
    pub(super) fn wrong(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for known in self.all.iter().filter(|k| k.member) {
            let suppression = &known.suppression;
            if suppression.rules.is_empty() {
                let message = "this suppression cannot be understood";
                found.push(about(INVALID, suppression, message.to_owned(), "", FORM.to_owned()));
                continue;
            }
            for name in suppression.rules.iter().filter(|name| !is_rule(name)) {
                let message = format!("no rule is called `{name}`");
                found.push(about(INVALID, suppression, message, name, meant(name)));
            }
            if reason(suppression).is_none() {
                let names = suppression.rules.join(", ");
                let message = format!("the suppression of `{names}` gives no reason and has no effect");
                found.push(about(UNREASONED, suppression, message, &names, FORM.to_owned()));
            }
        }
        found
    }

    /// Marks the findings that a suppression covers.
    pub(super) fn apply(&mut self, findings: &mut [Reported], program: &Program) {
        let mut by_file: HashMap<Sym, Vec<usize>> = HashMap::new();
        for (at, known) in self.all.iter().enumerate() {
            if reason(&known.suppression).is_some() {
                by_file.entry(known.suppression.span.file).or_default().push(at);
            }
        }
        if by_file.is_empty() {
            return;
        }
        let sites = sites(program, findings);
        for reported in findings.iter_mut() {
            let finding = &reported.finding;
            let expansions = sites.get(&finding.span).map_or(&[][..], Vec::as_slice);
            let steps = finding.steps.iter().map(|s| s.span).filter(|span| expansions.contains(span));
            let places: Vec<Span> = std::iter::once(finding.span).chain(steps).collect();
            for place in places {
                for &at in by_file.get(&place.file).into_iter().flatten() {
                    let Known { suppression, used, .. } = &mut self.all[at];
                    let covers = (suppression.covers.0..=suppression.covers.1).contains(&place.line);
                    let Some(named) = suppression.rules.iter().position(|r| r == finding.rule).filter(|_| covers)
                    else {
                        continue;
                    };
                    used[named] = true;
                    if let (Standing::Open, Some(reason)) = (&reported.standing, reason(suppression)) {
                        reported.standing = Standing::Suppressed { reason: reason.to_owned(), at: suppression.span };
                    }
                }
            }
        }
    }

    /// Findings about suppressions that nothing needed; rules that `off` says are switched off need none.
    pub(super) fn unused(&self, report: &Report, off: impl Fn(&Rule, Span) -> bool) -> Vec<Finding> {
        let mut found = Vec::new();
        for known in self.all.iter().filter(|k| k.member && reason(&k.suppression).is_some()) {
            let suppression = &known.suppression;
            let idle: Vec<&str> = suppression
                .rules
                .iter()
                .zip(&known.used)
                .filter(|(name, used)| !**used && rules::all().any(|r| r.name == **name && !off(r, suppression.span)))
                .map(|(name, _)| name.as_str())
                .collect();
            if idle.is_empty() {
                continue;
            }
            let names = idle.join("`, `");
            let message = format!("nothing here needs the suppression of `{names}`");
            let mut finding = about(UNUSED, suppression, message, &idle.join(", "), "remove it".to_owned());
            if idle.len() == suppression.rules.len() {
                finding.fix = removal(&report.sources, suppression.span);
            }
            found.push(finding);
        }
        found
    }
}

const FORM: &str = "write `// fork-lint: allow(rule) -- reason`";

/// What a name that is no rule may have meant; a family or a hazard is too much to allow at once.
fn meant(name: &str) -> String {
    let hazard = hazard(name).map_or("", |h| h.id);
    let within = |r: &&Rule| r.family == name || (!hazard.is_empty() && r.hazard == hazard);
    let within: Vec<&str> = rules::all().filter(within).map(|r| r.name).collect();
    if within.is_empty() {
        return did_you_mean(name, rules::all().map(|r| r.name), "`cargo fork-lint --list` lists the rules");
    }
    format!("name the rule: one of {}", within.join(", "))
}

fn is_rule(name: &str) -> bool {
    rules::all().any(|r| r.name == name)
}

fn reason(suppression: &Suppression) -> Option<&str> {
    suppression.reason.as_deref().map(str::trim).filter(|r| !r.is_empty())
}

fn about(rule: &'static Rule, suppression: &Suppression, message: String, subject: &str, help: String) -> Finding {
    Finding {
        rule: rule.name,
        level: Level::Warning,
        message,
        span: suppression.span,
        label: String::new(),
        steps: Vec::new(),
        notes: Vec::new(),
        help,
        fix: None,
        function: Sym::new(""),
        subject: subject.to_owned(),
    }
}

fn sites(program: &Program, findings: &[Reported]) -> Sites {
    let wanted: HashSet<Span> = findings.iter().map(|f| f.finding.span).collect();
    let mut sites = Sites::new();
    for unit in &program.crates {
        for call in unit.facts.fns.iter().flat_map(|f| calls(&f.body)) {
            if let Some(site) = call.expanded_at
                && wanted.contains(&call.span)
            {
                sites.entry(call.span).or_default().push(site);
            }
        }
    }
    sites
}

/// Takes a comment away, and its line when nothing else is on it. Attributes are left to their author.
fn removal(sources: &Sources, span: Span) -> Option<Fix> {
    let source = sources.get(span.file)?;
    let text = source.text.get(source.exact_range(span)?)?;
    let line = source.line(span.line)?;
    if !text.starts_with("//") || span.end_line != span.line {
        return None;
    }
    let before: String = line.chars().take(span.column as usize - 1).collect();
    let place = if before.trim().is_empty() && source.lines() > span.line as usize {
        Span { column: 1, end_line: span.line + 1, end_column: 1, ..span }
    } else {
        Span { column: before.trim_end().chars().count() as u32 + 1, ..span }
    };
    let edits = vec![Edit { span: place, text: String::new() }];
    Some(Fix { title: "remove the comment".to_owned(), edits })
}
