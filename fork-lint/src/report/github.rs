//! For GitHub Actions: workflow commands that annotate the changed files.

use std::io::{self, Write};
use std::path::Path;

use super::{Report, Reported, tally};
use crate::facts::{Sym, UnseenKind};
use crate::rules::Level;

/// Writes one workflow command for each finding, the worst first (a step shows ten of a kind), then a summary line.
/// File names are relative to `root`, the checked-out repository.
pub fn github(report: &Report, root: &Path, notes: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut findings: Vec<&Reported> = report.open().filter(|f| notes || f.level >= Level::Warning).collect();
    findings.sort_by_key(|f| std::cmp::Reverse(f.level));
    for reported in findings {
        let finding = &reported.finding;
        let span = finding.span;
        let mut text = finding.message.clone();
        for step in finding.steps.iter().filter(|s| s.span != span) {
            text += &format!("\n{}:{}: {}", shown(report, root, step.span.file), step.span.line, step.text);
        }
        for note in &finding.notes {
            text += &format!("\nnote: {note}");
        }
        if !finding.help.is_empty() {
            text += &format!("\nhelp: {}", finding.help);
        }
        let title = property(finding.rule);
        match inside(root, span.file) {
            Some(name) => writeln!(
                out,
                "::{} file={},line={},endLine={},col={},endColumn={},title={title}::{}",
                command(reported.level),
                property(&name),
                span.line,
                span.end_line,
                span.column,
                span.end_column,
                data(&text),
            )?,
            // A file of a dependency is not in the repository: an annotation would land on another file of that name.
            None => {
                let text = format!("{}:{}: {text}", shown(report, root, span.file), span.line);
                writeln!(out, "::{} title={title}::{}", command(reported.level), data(&text))?;
            }
        }
    }
    for gap in report.gaps.iter().filter(|g| g.member && g.unseen.kind == UnseenKind::Syntax) {
        let place = gap.unseen.span.and_then(|span| Some((inside(root, span.file)?, span.line)));
        let place = place.map(|(name, line)| format!(" file={},line={line}", property(&name))).unwrap_or_default();
        writeln!(out, "::warning{place}::{}", data(&format!("not analysed: {}", gap.unseen.what)))?;
    }
    for remark in &report.remarks {
        writeln!(out, "::{}::{}", command(remark.level), data(&remark.message))?;
    }
    writeln!(out, "fork-lint: {}", tally(report).sentence(notes))
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Allow => "notice",
    }
}

/// Name of a file in the repository.
fn inside(root: &Path, file: Sym) -> Option<String> {
    let path = Path::new(file.as_str());
    let inside = if path.is_absolute() { path.strip_prefix(root).ok()? } else { path };
    Some(inside.display().to_string())
}

fn shown(report: &Report, root: &Path, file: Sym) -> String {
    inside(root, file).unwrap_or_else(|| report.places.stable(file))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("50% of\r\na: b"), "50%25 of%0D%0Aa: b");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
