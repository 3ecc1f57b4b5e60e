//! A page that opens from disk: no script, no style and no picture from elsewhere.

mod curves;
mod pictures;

use std::fmt::Write as _;

use super::{bytes, duration};
use crate::model::{Finding, Snapshot};
use crate::proc::text::harmless;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;\
background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}code,td,.t{font-family:ui-monospace,monospace;\
font-size:.85rem}article{border-left:.3rem solid #888;padding:.2rem .8rem;margin:1rem 0}.error{border-color:#b3261e}\
.warning{border-color:#b26a00}.info{border-color:#3b6ea5}table{border-collapse:collapse}td,th{padding:.15rem .6rem;\
border-bottom:1px solid #ddd;text-align:left;overflow-wrap:anywhere}svg{max-width:100%;height:auto}svg text{font:12px \
ui-monospace,monospace}@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}td,th{border-color:#444}\
svg text{fill:#e6e6e6}}";

/// The whole page.
pub fn page(snapshot: &Snapshot) -> String {
    let names: Vec<String> = snapshot.targets().take(5).map(|p| format!("{} ({})", p.name, p.pid)).collect();
    let title = format!("Fork inventory: {}", names.join(", "));
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
         'unsafe-inline'\"><title>{0}</title><style>{STYLE}</style></head><body><h1>{0}</h1>\n",
        escape(&title)
    );
    let _ = writeln!(
        html,
        "<p>{} processes looked at, {} open files, kernel {}, as user {}.</p>",
        snapshot.processes.len(),
        snapshot.files.len(),
        escape(&snapshot.kernel),
        snapshot.looked_as
    );
    html += "<h2>Findings</h2>\n";
    if snapshot.findings.is_empty() {
        html += "<p>None.</p>\n";
    }
    snapshot.findings.iter().for_each(|f| finding(&mut html, f));
    html += "<h2>Who was forked from whom</h2>\n";
    html += &pictures::lineage(snapshot);
    html += "<h2>Who shares what with whom</h2>\n";
    html += &pictures::sharing(snapshot);
    html += "<h2>Memory</h2>\n";
    html += &pictures::memory(snapshot);
    html += &curves::over_time(snapshot);
    processes(&mut html, snapshot);
    gaps(&mut html, snapshot);
    html + "</body></html>\n"
}

fn finding(html: &mut String, finding: &Finding) {
    let word = finding.severity.word();
    let _ = write!(
        html,
        "<article class=\"{word}\"><b>{word} {} {}</b> ({})<br>{}<table>",
        escape(&finding.hazard),
        escape(&finding.name),
        finding.confidence.word(),
        escape(&finding.message)
    );
    for evidence in &finding.evidence {
        let _ = write!(html, "<tr><td>{}</td><td>{}</td></tr>", escape(&evidence.source), escape(&evidence.value));
    }
    let _ = writeln!(html, "</table>{}<br><code>{}</code></article>", escape(&finding.remedy), escape(&finding.next));
}

fn processes(html: &mut String, snapshot: &Snapshot) {
    *html += "<h2>Processes</h2>\n<table><tr><th>pid<th>parent<th>name<th>origin<th>age<th>threads<th>files<th>resident</tr>\n";
    for process in snapshot.processes.iter().take(500) {
        let _ = writeln!(
            html,
            "<tr><td>{}<td>{}<td>{}<td>{}<td>{}<td>{}<td>{}<td>{}</tr>",
            process.pid,
            process.parent,
            escape(&process.name),
            if process.forked_without_exec { "fork" } else { "exec" },
            process.age_seconds.map_or("?".into(), duration),
            process.threads_total,
            process.descriptors.as_ref().map_or("?".into(), |d| d.len().to_string()),
            process.memory.as_ref().map_or("?".into(), |m| bytes(m.resident)),
        );
    }
    *html += "</table>\n";
}

fn gaps(html: &mut String, snapshot: &Snapshot) {
    let gaps: Vec<_> =
        snapshot.processes.iter().flat_map(|p| p.unreadable.iter().map(move |g| (p.pid, g))).take(500).collect();
    if gaps.is_empty() && snapshot.cut.is_empty() {
        return;
    }
    *html += "<h2>Not seen</h2>\n<table>\n";
    for (pid, gap) in gaps {
        let (source, error, needs) = (escape(&gap.source), escape(&gap.error), escape(&gap.needs));
        let _ = writeln!(html, "<tr><td>{pid}<td>{source}<td>{error}<td>needs {needs}</tr>");
    }
    for cut in &snapshot.cut {
        let _ = writeln!(html, "<tr><td><td>left out<td colspan=2>{}</tr>", escape(cut));
    }
    *html += "</table>\n";
}

/// Text as HTML: control characters visible, markup inert.
pub(super) fn escape(text: &str) -> String {
    harmless(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_is_inert() {
        assert_eq!(escape("<script>'\"&\u{1b}"), "&lt;script&gt;&#39;&quot;&amp;\\u{1b}");
    }
}
