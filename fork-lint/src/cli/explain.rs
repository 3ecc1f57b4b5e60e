//! `--explain` and `--list`: what the rules and hazards are.

use std::fmt::Write as _;

use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

use super::failure::Failure;
use super::levels::Selector;
use crate::report::{level_word, markdown};
use crate::rules::hazards::{HAZARDS, Hazard, hazard};
use crate::rules::{self, Rule};

/// The documentation of a rule, or of a hazard and all its rules, as Markdown.
pub(super) fn explain(word: &str) -> Result<String, Failure> {
    if let Some(rule) = rules::all().find(|r| r.name == word) {
        return Ok(of_rule(rule, ""));
    }
    if let Some(hazard) = hazard(word) {
        return Ok(of_hazard(hazard));
    }
    Err(Failure::usage(format!("no rule or hazard is called `{word}`")).help(Selector::advice(word)))
}

/// One rule's page; `mark` makes its headings deeper.
fn of_rule(rule: &Rule, mark: &str) -> String {
    let docs = rule.markdown();
    let body = docs.split_once('\n').map_or("", |(_, body)| body).trim();
    let deeper = |line: &str| if line.starts_with("## ") { format!("{mark}{line}\n") } else { format!("{line}\n") };
    let body: String = body.lines().map(deeper).collect();
    let mut text = format!("#{mark} {}\n\n", rule.name);
    let _ = writeln!(text, "**{}**\n", rule.headline());
    let _ = match hazard(rule.hazard) {
        Some(h) => writeln!(
            text,
            "Hazard {} ({}), family {}, default level {}.\n",
            h.id,
            h.name,
            rule.family,
            level_word(rule.level)
        ),
        None => writeln!(text, "Family {}, default level {}.\n", rule.family, level_word(rule.level)),
    };
    text + &body
}

fn of_hazard(hazard: &Hazard) -> String {
    let mut text =
        format!("# {} {}\n\n{}\n\n**What removes it.** {}\n\n", hazard.id, hazard.name, hazard.story, hazard.remedy);
    let rules: Vec<&Rule> = rules::all().filter(|r| r.hazard == hazard.id).collect();
    if rules.is_empty() {
        text += "No rule of the linter sees it in source.\n";
    }
    for rule in rules {
        text += &of_rule(rule, "#");
        text.push('\n');
    }
    text
}

/// The rules as a table.
pub(super) fn list(width: usize) -> String {
    let mut rules: Vec<&Rule> = rules::all().collect();
    rules.sort_by_key(|r| (r.family, r.hazard, r.name));
    let longest = |of: fn(&Rule) -> &str| rules.iter().map(|r| of(r).width()).max().unwrap_or(0);
    let (name, family) = (longest(|r| r.name), longest(|r| r.family));
    let mut text = String::new();
    for rule in rules {
        let hazard = if rule.hazard.is_empty() { "-" } else { rule.hazard };
        let lead = format!("{:name$}  {hazard:3}  {:family$}  {:7}  ", rule.name, rule.family, level_word(rule.level));
        let hang = " ".repeat(lead.width());
        let room = if width > lead.width() + 30 { width } else { usize::MAX };
        text += &markdown::wrap(rule.headline(), room, &lead, &hang);
        text.push('\n');
    }
    text
}

/// The rules and the hazards as JSON.
pub(super) fn list_json() -> String {
    let rules = rules::all().map(|rule| {
        json!({
            "name": rule.name,
            "hazard": (!rule.hazard.is_empty()).then_some(rule.hazard),
            "family": rule.family,
            "level": level_word(rule.level),
            "summary": rule.headline(),
            "docs": rule.markdown(),
        })
    });
    let hazards = HAZARDS
        .iter()
        .map(|h| json!({"id": h.id, "name": h.name, "family": h.family, "story": h.story, "remedy": h.remedy}));
    let all = json!({"rules": rules.collect::<Vec<_>>(), "hazards": hazards.collect::<Vec<_>>()});
    format!("{all:#}\n")
}
