//! The linter's rules over one item.

use fork_lint::facts::Span;
use fork_lint::rules::{self, Finding, Level, Rule};

use crate::engine::with_program;

/// Something the item does and must not.
pub(crate) struct Breach {
    pub(crate) rule: &'static str,
    /// In the scanned text.
    pub(crate) place: Span,
    /// What, why, and what to do.
    pub(crate) message: String,
}

/// The rules that say something about one function alone.
pub(crate) const RULES: [&str; 13] = [
    "allocation-in-child",
    "formatting-in-child",
    "stdio-in-child",
    "logging-in-child",
    "environment-in-child",
    "name-service-in-child",
    "panic-in-child",
    "unsafe-c-call-in-child",
    "lock-in-child",
    "child-exits-with-exit",
    "thread-in-fork-safe",
    "fd-without-cloexec",
    "stdio-slot-closed",
];

/// Everything the item does that a child must not; nothing if it cannot be read, which the compiler will say.
pub(crate) fn scan(text: &str) -> Vec<Breach> {
    let mut breaches = with_program(text, |program| {
        let mut found = Vec::new();
        for rule in rules::all().filter(|rule| RULES.contains(&rule.name)) {
            let mut findings = Vec::new();
            (rule.check)(program, &mut findings);
            findings.retain(|finding| finding.level >= Level::Warning);
            found.extend(findings.iter().map(|finding| breach(rule, finding)));
        }
        found
    })
    .unwrap_or_default();
    breaches.sort_by_key(|breach| (breach.place.line, breach.place.column));
    breaches.dedup_by_key(|breach| breach.place);
    breaches
}

fn breach(rule: &Rule, finding: &Finding) -> Breach {
    // The function's own name in this text is not the one its author knows.
    let what = match finding.message.split_once(", and ") {
        Some((what, promise)) if promise.ends_with("is `#[fork_safe]`") => {
            format!("{what} in a `#[fork_safe]` function")
        }
        _ => finding.message.clone(),
    };
    let what = what.replace("crate::", "").replace("This::", "Self::");
    let mut message = format!("{what} [{}]\n\nwhy: {}", rule.name, why(rule));
    if !finding.help.is_empty() {
        message.push_str(&format!("\nfix: {}", finding.help));
    }
    message.push_str(&format!("\nmore: cargo fork-lint --explain {}", rule.name));
    Breach { rule: rule.name, place: finding.span, message }
}

/// The first sentence of what the rule's documentation says about why.
fn why(rule: &Rule) -> String {
    let docs = rule.markdown();
    let section = docs.split("## Why is this bad\n").nth(1).unwrap_or_default();
    let paragraph: Vec<&str> = section.lines().take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ").unwrap_or(paragraph.trim_end_matches('.').len());
    paragraph[..end].to_owned()
}
