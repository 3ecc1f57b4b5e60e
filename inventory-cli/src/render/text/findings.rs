//! Findings as paragraphs.

use super::Page;
use crate::model::{Finding, Severity};
use crate::proc::text::harmless;
use crate::render::table::wrap;

/// The findings from a severity on, each with evidence, remedy and next command; the rest is counted.
pub fn findings(all: &[Finding], from: Severity, page: Page) -> String {
    let (shown, hidden): (Vec<_>, Vec<_>) = all.iter().partition(|f| f.severity >= from);
    let mut text = String::new();
    for (n, finding) in shown.iter().enumerate() {
        // The remedy of a hazard is told once.
        let told = shown.iter().take(n).any(|f| f.hazard == finding.hazard);
        let word = page.paint.severity(finding.severity);
        text += &format!("{word} {} {} ({})\n", finding.hazard, finding.name, finding.confidence.word());
        text += &wrap(&harmless(&finding.message), page.width, "  ");
        for evidence in finding.evidence.iter().take(4) {
            let line = format!("{}: {}", harmless(&evidence.source), harmless(&evidence.value));
            text += &wrap(&line, page.width, "    saw  ");
        }
        if !told {
            text += &wrap(&finding.remedy, page.width, "    fix  ");
        }
        text += &format!("    next {}\n", harmless(&finding.next));
    }
    let word = from.word();
    match (shown.is_empty(), hidden.len()) {
        (true, 0) => text += "nothing found\n",
        (true, n) => text += &format!("nothing found at {word} level; {n} at info level: --severity info\n"),
        (false, 0) => {}
        (false, n) => text += &format!("{n} more below {word} level: --severity info\n"),
    }
    text
}
