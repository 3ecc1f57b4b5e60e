//! For code scanning: SARIF 2.1.0.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Base, Gap, Places, Report, Reported, Standing, level_word, markdown};
use crate::facts::{Span, Sym, plain_path};
use crate::rules::{Finding, Fix, Level, Rule};

/// Results that GitHub accepts in one run.
const RESULTS: usize = 25_000;

/// Writes the log.
pub fn sarif(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &log(report)).map_err(io::Error::from)?;
    writeln!(out)
}

fn log(report: &Report) -> Value {
    let kept = worst(report);
    let left_out = report.findings.len() - kept.len();
    let mut log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "fork-lint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": report.rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
                "notifications": [
                    {"id": "unseen", "shortDescription": {"text": "Source that could not be read or seen through."}},
                    {"id": "run", "shortDescription": {"text": "Something to know about the run itself."}},
                ],
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": bases(report),
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications(report, left_out),
            }],
            "results": kept.into_iter().map(|reported| result(report, reported)).collect::<Vec<_>>(),
        }],
    });
    if !env!("CARGO_PKG_REPOSITORY").is_empty() {
        log["runs"][0]["tool"]["driver"]["informationUri"] = json!(env!("CARGO_PKG_REPOSITORY"));
    }
    log
}

/// All findings, or the worst of them when there are more than a host accepts; in source order.
fn worst(report: &Report) -> Vec<&Reported> {
    let mut order: Vec<usize> = (0..report.findings.len()).collect();
    order.sort_by_key(|&at| (!report.findings[at].open(), std::cmp::Reverse(report.findings[at].level), at));
    order.truncate(RESULTS);
    order.sort_unstable();
    order.into_iter().map(|at| &report.findings[at]).collect()
}

fn descriptor(rule: &Rule) -> Value {
    let docs = rule.markdown();
    json!({
        "id": rule.name,
        "name": pascal(rule.name),
        "shortDescription": {"text": rule.headline()},
        "fullDescription": {"text": rule.headline()},
        "help": {"text": markdown::plain(&docs), "markdown": docs},
        "defaultConfiguration": {"level": level_word(rule.level)},
        "properties": {
            "hazard": rule.hazard,
            "family": rule.family,
            "tags": ["fork-safety", rule.family],
        },
    })
}

/// `AllocationInChild` of `allocation-in-child`.
fn pascal(name: &str) -> String {
    name.split('-')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<Vec<_>>()
        })
        .collect()
}

fn result(report: &Report, reported: &Reported) -> Value {
    let finding = &reported.finding;
    let places = &report.places;
    let mut text = format!("{}.", finding.message);
    for note in &finding.notes {
        text += &format!("\nnote: {note}");
    }
    if !finding.help.is_empty() {
        text += &format!("\nhelp: {}", finding.help);
    }
    let mut primary = location(places, finding.span, Some(&finding.label));
    if !finding.function.as_str().is_empty() {
        primary["logicalLocations"] = json!([{"fullyQualifiedName": finding.function.as_str(), "kind": "function"}]);
    }
    let mut steps: Vec<Value> = finding.steps.iter().map(|s| location(places, s.span, Some(&s.text))).collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level_word(reported.level),
        "message": {"text": text},
        "locations": [primary],
        "partialFingerprints": {"forkLint/v1": fingerprint(reported)},
        "suppressions": suppressions(places, &reported.standing),
        "properties": {"function": finding.function.as_str(), "subject": finding.subject},
    });
    if let Some(index) = report.rules.iter().position(|r| r.name == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !steps.is_empty() {
        let related = steps.iter().cloned().enumerate().map(|(id, mut step)| {
            step["id"] = json!(id);
            step
        });
        result["relatedLocations"] = related.collect();
        if finding.steps.iter().all(|s| s.span != finding.span) {
            steps.push(location(places, finding.span, Some(&finding.label)));
        }
        let flow: Vec<Value> = steps.into_iter().map(|step| json!({"location": step})).collect();
        result["codeFlows"] = json!([{"threadFlows": [{"locations": flow}]}]);
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([repair(places, fix)]);
    }
    result
}

fn location(places: &Places, span: Span, text: Option<&str>) -> Value {
    let mut location = json!({
        "physicalLocation": {"artifactLocation": artifact(places, span.file), "region": region(span)},
    });
    if let Some(text) = text.filter(|t| !t.is_empty()) {
        location["message"] = json!({"text": text});
    }
    location
}

fn region(span: Span) -> Value {
    let (line, column) = (span.line.max(1), span.column.max(1));
    let end_line = span.end_line.max(line);
    let end_column = if end_line == line { span.end_column.max(column) } else { span.end_column.max(1) };
    json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
}

fn artifact(places: &Places, file: Sym) -> Value {
    let (base, name) = places.locate(file);
    match base {
        Base::Workspace => json!({"uri": encoded(&name), "uriBaseId": "SRCROOT"}),
        Base::Package(index) => json!({"uri": encoded(&name), "uriBaseId": base_id(places, index)}),
        Base::Absolute => json!({"uri": format!("file://{}", encoded(&name))}),
    }
}

/// `PKG_nix-0.26.4`; the folder's number tells two of one name and version apart.
fn base_id(places: &Places, index: usize) -> String {
    let package = &places.packages[index];
    let id = format!("PKG_{}-{}", package.name(), package.version());
    let twin = places.packages.iter().take(index).any(|p| p.title == package.title);
    if twin { format!("{id}_{index}") } else { id }
}

/// Folders that file names in this log are relative to.
fn bases(report: &Report) -> Value {
    let places = &report.places;
    let folder = |path: &std::path::Path| json!({"uri": format!("file://{}/", encoded(&path.to_string_lossy()))});
    let mut bases = Map::new();
    bases.insert("SRCROOT".to_owned(), folder(&places.root));
    let of_finding = |f: &Finding| {
        let edits = f.fix.iter().flat_map(|fix| &fix.edits).map(|e| e.span.file);
        std::iter::once(f.span.file).chain(f.steps.iter().map(|s| s.span.file)).chain(edits).collect::<Vec<_>>()
    };
    let files: BTreeSet<Sym> = report
        .findings
        .iter()
        .flat_map(|f| of_finding(&f.finding))
        .chain(report.gaps.iter().filter_map(|g| g.unseen.span.map(|s| s.file)))
        .collect();
    for file in files {
        if let (Base::Package(index), _) = places.locate(file) {
            bases.insert(base_id(places, index), folder(&places.packages[index].dir));
        }
    }
    Value::Object(bases)
}

/// A path as part of a URI.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

fn repair(places: &Places, fix: &Fix) -> Value {
    let mut files: Vec<Sym> = fix.edits.iter().map(|e| e.span.file).collect();
    files.sort();
    files.dedup();
    let changes = files.into_iter().map(|file| {
        let edits = fix.edits.iter().filter(|e| e.span.file == file);
        let replacements = edits.map(|e| json!({"deletedRegion": region(e.span), "insertedContent": {"text": e.text}}));
        json!({"artifactLocation": artifact(places, file), "replacements": replacements.collect::<Vec<_>>()})
    });
    json!({"description": {"text": fix.title}, "artifactChanges": changes.collect::<Vec<_>>()})
}

fn suppressions(places: &Places, standing: &Standing) -> Value {
    match standing {
        Standing::Open => json!([]),
        Standing::Known => json!([{"kind": "external", "justification": "in the baseline"}]),
        Standing::Suppressed { reason, at } => {
            json!([{"kind": "inSource", "justification": reason, "location": location(places, *at, None)}])
        }
    }
}

/// The same for the same defect after lines have moved: rule, function, subject, and which of several.
fn fingerprint(reported: &Reported) -> String {
    let finding = &reported.finding;
    let key = format!("{}\0{}\0{}\0{}", finding.rule, plain_path(finding.function), finding.subject, reported.ordinal);
    // FNV-1a: stable by definition, and needs nothing else.
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

fn notifications(report: &Report, left_out: usize) -> Value {
    let mut list: Vec<Value> = report.gaps.iter().map(|gap| unseen(&report.places, gap)).collect();
    let say = |level: Level, text: &str| json!({"descriptor": {"id": "run"}, "level": level_word(level), "message": {"text": text}});
    list.extend(report.remarks.iter().map(|remark| say(remark.level, &remark.message)));
    if left_out > 0 {
        list.push(say(
            Level::Warning,
            &format!("{left_out} results of lower level are left out: hosts accept {RESULTS}"),
        ));
    }
    Value::Array(list)
}

fn unseen(places: &Places, gap: &Gap) -> Value {
    let level = if gap.member { Level::Warning } else { Level::Note };
    let mut notification = json!({
        "descriptor": {"id": "unseen"},
        "level": level_word(level),
        "message": {"text": format!("not analysed, in {}: {}", gap.crate_title, gap.unseen.what)},
    });
    if let Some(span) = gap.unseen.span {
        notification["locations"] = json!([location(places, span, None)]);
    }
    notification
}
