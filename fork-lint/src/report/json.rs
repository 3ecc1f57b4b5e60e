//! For editors and tools that read cargo's JSON messages: one `compiler-message` line a finding, a summary last.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{CrateLine, Human, Report, Reported, level_word, tally};
use crate::facts::{Span, Sym};
use crate::rules::Level;

/// Writes the lines. Suppressed and baselined findings are counted in the summary alone.
pub fn json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for reported in report.open() {
        let owner = owner(report, reported.finding.span.file);
        writeln!(out, "{}", envelope(owner, message(report, reported)))?;
    }
    for gap in report.gaps.iter().filter(|g| g.member) {
        let spans: Vec<Value> = gap.unseen.span.map(|s| span(report, s, true, None)).into_iter().collect();
        let text = format!("not analysed: {}", gap.unseen.what);
        let owner = report.crates.iter().find(|c| c.title == gap.crate_title);
        let body = diagnostic(&text, None, Level::Note, spans, Vec::new(), Some(format!("note: {text}\n")));
        writeln!(out, "{}", envelope(owner, body))?;
    }
    let tally = tally(report);
    let summary = json!({
        "reason": "fork-lint-summary",
        "version": env!("CARGO_PKG_VERSION"),
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "suppressed": tally.suppressed,
        "baseline": tally.known,
        "excluded": report.excluded,
        "crates": report.crates.len(),
        "unseen": report.gaps.len(),
        "rules": tally.by_rule.iter().map(|(level, rule, count)| {
            json!({"rule": rule, "level": level_word(*level), "count": count})
        }).collect::<Vec<_>>(),
        "remarks": report.remarks.iter().map(|remark| {
            json!({"level": level_word(remark.level), "message": remark.message, "help": remark.help})
        }).collect::<Vec<_>>(),
    });
    writeln!(out, "{summary}")
}

/// The crate a file is reported under: the innermost package around it, a member if there is one.
fn owner(report: &Report, file: Sym) -> Option<&CrateLine> {
    let around = report.crates.iter().filter(|c| std::path::Path::new(file.as_str()).starts_with(&c.dir));
    around.max_by_key(|c| (c.dir.as_os_str().len(), c.root_file.as_os_str() == file.as_str(), c.library))
}

fn envelope(owner: Option<&CrateLine>, message: Value) -> Value {
    let mut words = owner.map_or("", |c| c.title.as_str()).split(' ');
    let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or("0.0.0"));
    let dir = owner.map(|c| c.dir.display().to_string()).unwrap_or_default();
    let kind = if owner.is_some_and(|c| !c.library) { "bin" } else { "lib" };
    json!({
        "reason": "compiler-message",
        "package_id": format!("path+file://{dir}#{name}@{version}"),
        "manifest_path": format!("{dir}/Cargo.toml"),
        "target": {
            "kind": [kind],
            "crate_types": [kind],
            "name": name,
            "src_path": owner.map(|c| c.root_file.display().to_string()).unwrap_or_default(),
            "edition": owner.map_or(2021, |c| c.edition).to_string(),
            "doc": true,
            "doctest": false,
            "test": true,
        },
        "message": message,
    })
}

fn message(report: &Report, reported: &Reported) -> Value {
    let finding = &reported.finding;
    let mut spans = vec![span(report, finding.span, true, Some(&finding.label))];
    spans.extend(
        finding.steps.iter().filter(|s| s.span != finding.span).map(|s| span(report, s.span, false, Some(&s.text))),
    );
    let mut children: Vec<Value> =
        finding.notes.iter().map(|note| diagnostic(note, None, Level::Note, Vec::new(), Vec::new(), None)).collect();
    if !finding.help.is_empty() {
        children.push(help(&finding.help, Vec::new()));
    }
    if let Some(fix) = &finding.fix {
        let edits = fix.edits.iter().map(|edit| {
            let mut place = span(report, edit.span, true, None);
            place["suggested_replacement"] = json!(edit.text);
            place["suggestion_applicability"] = json!("MachineApplicable");
            place
        });
        children.push(help(&fix.title, edits.collect()));
    }
    let rendered = Human::default().finding(report, reported, false) + "\n\n";
    let explanation = report.rule(finding.rule).map(|r| r.markdown());
    let code = json!({"code": finding.rule, "explanation": explanation});
    diagnostic(&finding.message, Some(code), reported.level, spans, children, Some(rendered))
}

fn help(text: &str, spans: Vec<Value>) -> Value {
    let mut child = diagnostic(text, None, Level::Note, spans, Vec::new(), None);
    child["level"] = json!("help");
    child
}

fn diagnostic(
    text: &str,
    code: Option<Value>,
    level: Level,
    spans: Vec<Value>,
    children: Vec<Value>,
    rendered: Option<String>,
) -> Value {
    json!({
        "$message_type": "diagnostic",
        "message": text,
        "code": code,
        "level": level_word(level),
        "spans": spans,
        "children": children,
        "rendered": rendered,
    })
}

fn span(report: &Report, span: Span, primary: bool, label: Option<&str>) -> Value {
    let source = report.sources.get(span.file);
    let bytes = source.as_ref().and_then(|s| s.range(span)).unwrap_or(0..0);
    let bom = if source.as_ref().is_some_and(|s| s.bom) { 3 } else { 0 };
    let lines = source.iter().flat_map(|source| {
        (span.line..=span.end_line.max(span.line)).take(50).filter_map(|number| {
            let text = source.line(number)?;
            let length = text.chars().count() as u32 + 1;
            let start = if number == span.line { span.column.clamp(1, length) } else { 1 };
            let end = if number == span.end_line { span.end_column.clamp(start, length) } else { length };
            Some(json!({"text": text, "highlight_start": start, "highlight_end": end}))
        })
    });
    let (base, name) = report.places.locate(span.file);
    let file = if base == super::Base::Workspace { name } else { span.file.as_str().to_owned() };
    json!({
        "file_name": file,
        "byte_start": bytes.start + bom,
        "byte_end": bytes.end + bom,
        "line_start": span.line,
        "line_end": span.end_line,
        "column_start": span.column,
        "column_end": span.end_column,
        "is_primary": primary,
        "text": lines.collect::<Vec<_>>(),
        "label": label.filter(|l| !l.is_empty()),
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}
