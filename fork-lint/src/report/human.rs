//! For people: rustc's style, the path from the fork to the harm as labelled places.

use std::collections::HashSet;
use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Severity, Origin, Patch, Renderer, Snippet,
    normalize_untrusted_str,
};

use super::{Gap, Remark, Report, Reported, Source, markdown, plural, tally};
use crate::facts::{Span, Sym, UnseenKind};
use crate::rules::{Edit, Level};

/// Lines between two places of one file beyond which they are shown as two excerpts.
const FAR: u32 = 300;
/// A place of more lines than this is shown by its first line.
const TALL: u32 = 4;

/// How to show a report to people.
#[derive(Clone, Copy, Debug, Default)]
pub struct Human {
    /// With terminal colours.
    pub colour: bool,
    /// Columns to wrap notes at; `None` leaves lines whole.
    pub width: Option<usize>,
    /// Show findings at note level.
    pub notes: bool,
    /// Show all that could not be seen, dependencies included.
    pub verbose: bool,
    /// Show neither summary nor remarks that are not errors.
    pub quiet: bool,
}

impl Human {
    /// Writes the whole report.
    pub fn render(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        for remark in &report.remarks {
            if !self.quiet || remark.level == Level::Error {
                writeln!(out, "{}\n", self.remark(remark))?;
            }
        }
        let mut explained = HashSet::new();
        for reported in report.open() {
            if reported.level >= Level::Warning || self.notes {
                let explain = explained.insert(reported.finding.rule);
                writeln!(out, "{}\n", self.finding(report, reported, explain))?;
            }
        }
        self.gaps(report, out)?;
        if !self.quiet {
            writeln!(out, "{}", self.summary(report))?;
        }
        Ok(())
    }

    /// One finding; `explain` adds where its rule's documentation is.
    pub fn finding(&self, report: &Report, reported: &Reported, explain: bool) -> String {
        let finding = &reported.finding;
        let title = severity(reported.level).primary_title(clean(&finding.message)).id(finding.rule);
        let mut group = Group::with_title(title).elements(self.places(report, reported));
        for note in &finding.notes {
            group = group.element(Severity::NOTE.message(self.wrapped(note)));
        }
        if explain {
            let text = format!("for the story: cargo fork-lint --explain {}", finding.rule);
            group = group.element(Severity::NOTE.message(text));
        }
        let patches = finding.fix.as_ref().map(|fix| patches(report, &fix.edits)).unwrap_or_default();
        let help = match &finding.fix {
            Some(fix) if finding.help.is_empty() => &fix.title,
            _ => &finding.help,
        };
        if patches.is_empty() {
            if !help.is_empty() {
                group = group.element(Severity::HELP.message(self.wrapped(help)));
            }
            return self.renderer().render(&[group]);
        }
        let repair = Severity::HELP.secondary_title(self.wrapped(help)).elements(patches);
        self.renderer().render(&[group, repair])
    }

    /// The excerpts of a finding, or bare positions where a file cannot be shown.
    fn places(&self, report: &Report, reported: &Reported) -> Vec<Element<'static>> {
        let marks = marks(reported);
        let mut files: Vec<Sym> = Vec::new();
        for mark in &marks {
            if !files.contains(&mark.span.file) {
                files.push(mark.span.file);
            }
        }
        let mut elements = Vec::new();
        for file in files {
            let here: Vec<&Mark> = marks.iter().filter(|m| m.span.file == file).collect();
            let shown = report.places.shown(file);
            match report.sources.get(file) {
                Some(source) => elements.extend(excerpts(&source, &shown, &here)),
                None => elements.extend(here.iter().flat_map(|m| bare(&shown, m))),
            }
        }
        elements
    }

    fn remark(&self, remark: &Remark) -> String {
        let title = severity(remark.level).primary_title(clean(&remark.message));
        let mut group = Group::with_title(title);
        if let Some(help) = &remark.help {
            group = group.element(Severity::HELP.message(self.wrapped(help)));
        }
        self.renderer().render(&[group])
    }

    fn gaps(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let (shown, counted): (Vec<&Gap>, Vec<&Gap>) =
            report.gaps.iter().partition(|gap| self.verbose || (gap.member && loud(gap.unseen.kind)));
        for gap in shown {
            writeln!(out, "{}\n", self.gap(report, gap))?;
        }
        if !counted.is_empty() && !self.quiet {
            let message = format!("{} not seen through, listed by --verbose and counted by --stats", sorts(&counted));
            let text = self.renderer().render(&[Group::with_title(Severity::NOTE.primary_title(message))]);
            writeln!(out, "{text}\n")?;
        }
        Ok(())
    }

    fn gap(&self, report: &Report, gap: &Gap) -> String {
        let severity = if gap.member && loud(gap.unseen.kind) { Severity::WARNING } else { Severity::NOTE };
        let title = severity.primary_title(clean(&format!("not analysed: {}", gap.unseen.what)));
        let mut group = Group::with_title(title);
        if let Some(span) = gap.unseen.span {
            let mark = Mark { span, label: String::new(), primary: true };
            let shown = report.places.shown(span.file);
            group = match report.sources.get(span.file) {
                Some(source) => group.elements(excerpts(&source, &shown, &[&mark])),
                None => group.elements(bare(&shown, &mark)),
            };
        }
        if !gap.member {
            group = group.element(Severity::NOTE.message(clean(&format!("in {}", gap.crate_title))));
        }
        self.renderer().render(&[group])
    }

    fn summary(&self, report: &Report) -> String {
        let tally = tally(report);
        let members = report.crates.iter().filter(|c| c.member).count();
        let others = report.crates.len() - members;
        let mut text = format!("fork-lint: {}", tally.sentence(self.notes));
        if report.excluded > 0 {
            text += &format!("; {} excluded by configuration", report.excluded);
        }
        text += &format!("; {} and {} read", plural(members, "crate"), dependencies(others));
        let text = markdown::wrap(&text, self.width.unwrap_or(usize::MAX), "", "  ");
        if !self.colour {
            return text;
        }
        let style = anstyle::Style::new().bold();
        format!("{style}{text}{style:#}")
    }

    fn renderer(&self) -> Renderer {
        let renderer = if self.colour { Renderer::styled() } else { Renderer::plain() };
        renderer.hyperlink(false).decor_style(DecorStyle::Ascii).term_width(self.width.unwrap_or(140))
    }

    /// Wraps a note or help so that it stands right of the `= note: ` that the renderer puts before it.
    fn wrapped(&self, text: &str) -> String {
        const GUTTER: usize = 14;
        let text = clean(text);
        match self.width {
            Some(width) => markdown::wrap(&text, width.saturating_sub(GUTTER).max(30), "", ""),
            None => text,
        }
    }
}

/// An excerpt of a text with one place marked, for errors in configuration files.
pub fn snippet_of(path: &str, text: &str, at: Range<usize>, label: &str) -> Snippet<'static, Annotation<'static>> {
    let end = at.end.min(text.len());
    let start = at.start.min(end);
    Snippet::source(text.to_owned())
        .path(path.to_owned())
        .annotation(AnnotationKind::Primary.span(start..end).label(clean(label)))
}

struct Mark {
    span: Span,
    label: String,
    primary: bool,
}

/// The primary place and the steps; numbered where the order of the lines does not tell the order of the steps.
fn marks(reported: &Reported) -> Vec<Mark> {
    let finding = &reported.finding;
    let told: Vec<Span> = finding.steps.iter().map(|s| s.span).collect();
    let numbered = told.len() > 1
        && told.windows(2).any(|w| w[0].file != w[1].file || (w[0].line, w[0].column) > (w[1].line, w[1].column));
    let label = |at: usize, text: &str| match numbered {
        true => clean(&format!("{}: {text}", at + 1)),
        false => clean(text),
    };
    let mut marks = Vec::new();
    let same = finding.steps.iter().position(|s| s.span == finding.span);
    let text = match same {
        Some(at) if finding.label.is_empty() => label(at, &finding.steps[at].text),
        Some(at) => label(at, &finding.label),
        None => clean(&finding.label),
    };
    marks.push(Mark { span: finding.span, label: text, primary: true });
    for (at, step) in finding.steps.iter().enumerate() {
        if Some(at) != same {
            marks.push(Mark { span: step.span, label: label(at, &step.text), primary: false });
        }
    }
    marks
}

/// Excerpts of one file: one for every cluster of places, the one with the primary place first.
fn excerpts(source: &Rc<Source>, path: &str, marks: &[&Mark]) -> Vec<Element<'static>> {
    let (mut placed, lost): (Vec<(&Mark, Range<usize>)>, Vec<&Mark>) = {
        let mut placed = Vec::new();
        let mut lost = Vec::new();
        for &mark in marks {
            match source.range(shortened(mark.span, source)) {
                Some(range) => placed.push((mark, range)),
                None => lost.push(mark),
            }
        }
        (placed, lost)
    };
    placed.sort_by_key(|(mark, range)| (mark.span.line, range.start));
    let mut clusters: Vec<Vec<(&Mark, Range<usize>)>> = Vec::new();
    for place in placed {
        match clusters.last_mut() {
            Some(last) if place.0.span.line.saturating_sub(last[last.len() - 1].0.span.line) <= FAR => last.push(place),
            _ => clusters.push(vec![place]),
        }
    }
    clusters.sort_by_key(|cluster| !cluster.iter().any(|(mark, _)| mark.primary));
    let mut elements: Vec<Element<'static>> = Vec::new();
    for cluster in clusters {
        let first = cluster[0].0.span.line;
        let last = cluster.iter().map(|(mark, _)| shortened(mark.span, source).end_line).max().unwrap_or(first);
        let start = source.line_range(first).map_or(0, |r| r.start);
        let end = source.line_range(last.max(first)).map_or(source.text.len(), |r| r.end);
        let window = source.text.get(start..end).unwrap_or_default().to_owned();
        let annotations = cluster.into_iter().map(|(mark, range)| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let range = range.start - start..(range.end - start).min(end - start);
            let label = (!mark.label.is_empty()).then(|| mark.label.clone());
            kind.span(range).label(label)
        });
        let snippet = Snippet::source(window).line_start(first as usize).path(path.to_owned());
        elements.push(snippet.annotations(annotations).into());
    }
    elements.extend(lost.into_iter().flat_map(|mark| bare(path, mark)));
    elements
}

/// A tall place by its first line.
fn shortened(span: Span, source: &Source) -> Span {
    if span.end_line.saturating_sub(span.line) < TALL && (span.end_line as usize) <= source.lines() {
        return span;
    }
    Span { end_line: span.line, end_column: u32::MAX, ..span }
}

/// A place whose text is not at hand.
fn bare(path: &str, mark: &Mark) -> Vec<Element<'static>> {
    let origin = Origin::path(path.to_owned()).line(mark.span.line as usize).char_column(mark.span.column as usize);
    let mut elements = vec![origin.into()];
    if !mark.label.is_empty() {
        elements.push(Severity::NOTE.message(mark.label.clone()).into());
    }
    elements
}

fn patches(report: &Report, edits: &[Edit]) -> Vec<Element<'static>> {
    let mut elements: Vec<Element<'static>> = Vec::new();
    let mut files: Vec<Sym> = Vec::new();
    for edit in edits {
        if !files.contains(&edit.span.file) {
            files.push(edit.span.file);
        }
    }
    for file in files {
        let Some(source) = report.sources.get(file) else { return Vec::new() };
        let mut snippet = Snippet::source(source.text.clone()).path(report.places.shown(file));
        for edit in edits.iter().filter(|e| e.span.file == file) {
            let Some(range) = source.exact_range(edit.span) else { return Vec::new() };
            snippet = snippet.patch(Patch::new(range, edit.text.clone()));
        }
        elements.push(snippet.into());
    }
    elements
}

fn severity(level: Level) -> Severity<'static> {
    match level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note | Level::Allow => Severity::NOTE,
    }
}

fn loud(kind: UnseenKind) -> bool {
    matches!(kind, UnseenKind::Syntax | UnseenKind::MissingFile | UnseenKind::Bound)
}

/// `12 macros, 3 generated files`.
fn sorts(gaps: &[&Gap]) -> String {
    let words = [
        (UnseenKind::Syntax, "file that does not parse", "files that do not parse"),
        (UnseenKind::MissingFile, "missing file", "missing files"),
        (UnseenKind::Generated, "generated file", "generated files"),
        (UnseenKind::Macro, "macro", "macros"),
        (UnseenKind::Bound, "file beyond the engine's bounds", "files beyond the engine's bounds"),
        (UnseenKind::MissingCrate, "crate without source", "crates without source"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter_map(|(kind, one, many)| match gaps.iter().filter(|g| g.unseen.kind == kind).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        })
        .collect();
    parts.join(", ")
}

fn dependencies(count: usize) -> String {
    if count == 1 { "1 dependency".to_owned() } else { format!("{count} dependencies") }
}

/// Text from sources and from other programs may hold terminal controls; line breaks stay.
pub fn clean(text: &str) -> String {
    text.lines().map(normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}
