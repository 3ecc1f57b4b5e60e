//! For GitHub Actions: workflow commands that annotate the changed files.

use std::io::{self, Write};
use std::path::Path;

use super::{Report, Reported, tally};
use crate::facts::Sym;
use crate::rules::Level;

/// Writes one workflow command for each finding, the worst first (a step shows ten of a kind), then a summary line.
/// File names are relative to `root`, the checked-out repository.
pub fn github(report: &Report, root: &Path, notes: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut shown: Vec<&Reported> = report.open().filter(|f| notes || f.level >= Level::Warning).collect();
    shown.sort_by_key(|f| std::cmp::Reverse(f.level));
    for reported in shown {
        let finding = &reported.finding;
        let span = finding.span;
        let mut text = finding.message.clone();
        for step in finding.steps.iter().filter(|s| s.span != span) {
            text += &format!("\n{}:{}: {}", name(report, root, step.span.file), step.span.line, step.text);
        }
        for note in &finding.notes {
            text += &format!("\nnote: {note}");
        }
        if !finding.help.is_empty() {
            text += &format!("\nhelp: {}", finding.help);
        }
        writeln!(
            out,
            "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            command(reported.level),
            property(&name(report, root, span.file)),
            span.line,
            span.end_line,
            span.column,
            span.end_column,
            property(finding.rule),
            data(&text),
        )?;
    }
    for gap in report.gaps.iter().filter(|g| g.member && g.unseen.kind == crate::facts::UnseenKind::Syntax) {
        let place = match gap.unseen.span {
            Some(span) => format!(" file={},line={}", property(&name(report, root, span.file)), span.line),
            None => String::new(),
        };
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

fn name(report: &Report, root: &Path, file: Sym) -> String {
    match Path::new(file.as_str()).strip_prefix(root) {
        Ok(inside) => inside.display().to_string(),
        Err(_) => report.places.locate(file).1,
    }
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
