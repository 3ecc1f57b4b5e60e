//! `--fix`: makes the repairs that are certain.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use super::failure::Failure;
use super::write::replace;
use crate::facts::Sym;
use crate::report::{Remark, Report, Source, plural};
use crate::rules::{Edit, Level};

/// Refuses where version control could not bring the old text back.
pub(super) fn ready(root: &Path) -> Result<(), Failure> {
    let help = "commit or stash the changes first, or repair all the same with --allow-dirty";
    let status = Command::new("git")
        // A repository's own settings can name programs to run; these two are read by `status`.
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "status", "--porcelain", "--", "."])
        .env("GIT_OPTIONAL_LOCKS", "0")
        .current_dir(root)
        .output()
        .map_err(|e| Failure::usage(format!("--fix asks git whether {} is clean: {e}", root.display())).help(help))?;
    if !status.status.success() {
        let message = format!("--fix would change {}, which is in no git repository", root.display());
        return Err(Failure::usage(message).help("repair all the same with --allow-dirty"));
    }
    let changed: Vec<String> = String::from_utf8_lossy(&status.stdout).lines().map(str::to_owned).collect();
    let Some(first) = changed.first() else { return Ok(()) };
    let rest = if changed.len() > 1 { format!(" and {} more", changed.len() - 1) } else { String::new() };
    let name = first.get(3..).unwrap_or(first);
    Err(Failure::usage(format!("--fix refuses to change uncommitted files: {name}{rest}")).help(help))
}

/// Makes the repairs of all findings that count, takes those findings out of the report, and says what was done.
pub(super) fn apply(report: &mut Report) -> Result<(), Failure> {
    let mut files: BTreeMap<Sym, Vec<Change>> = BTreeMap::new();
    let mut done = HashSet::new();
    let mut left = 0;
    for (number, reported) in report.findings.iter().enumerate().filter(|(_, f)| f.open()) {
        let Some(fix) = &reported.finding.fix else { continue };
        match place(report, &fix.edits, &files) {
            Some(changes) => {
                done.insert(number);
                for (file, change) in changes {
                    let known = files.entry(file).or_default();
                    if !known.contains(&change) {
                        known.push(change);
                    }
                }
            }
            None => left += 1,
        }
    }
    for (&file, changes) in &files {
        let Some(source) = report.sources.get(file) else { continue };
        write(file, &source, changes)?;
    }
    let titles: Vec<String> = report
        .findings
        .iter()
        .enumerate()
        .filter(|(number, _)| done.contains(number))
        .filter_map(|(_, f)| {
            let (finding, fix) = (&f.finding, f.finding.fix.as_ref()?);
            Some(format!("{}:{}: {}", report.places.shown(finding.span.file), finding.span.line, fix.title))
        })
        .collect();
    let mut number = 0;
    report.findings.retain(|_| {
        number += 1;
        !done.contains(&(number - 1))
    });
    for title in titles {
        report.remarks.push(Remark { level: Level::Note, message: format!("repaired {title}"), help: None });
    }
    let what = plural(files.len(), "file");
    let message = match (done.len(), left) {
        (0, 0) => "no finding has a repair that is certain".to_owned(),
        (made, 0) => format!("{} made in {what}", plural(made, "repair")),
        (made, left) => {
            format!("{} made in {what}, {left} left: in dependencies, or overlapping", plural(made, "repair"))
        }
    };
    let help = (!done.is_empty()).then(|| "check the program again: the other places have moved".to_owned());
    report.remarks.push(Remark { level: Level::Note, message, help });
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    at: Range<usize>,
    text: String,
}

/// The changes of one repair; `None` when it is not for files of the user's, or overlaps one already taken.
fn place(report: &Report, edits: &[Edit], taken: &BTreeMap<Sym, Vec<Change>>) -> Option<Vec<(Sym, Change)>> {
    let mut changes: Vec<(Sym, Change)> = Vec::new();
    for edit in edits {
        let file = edit.span.file;
        let package = report.places.package_of(file).map(|at| &report.places.packages[at])?;
        if !package.member {
            return None;
        }
        let at = report.sources.get(file)?.exact_range(edit.span)?;
        let change = Change { at, text: edit.text.clone() };
        let others = taken.get(&file).into_iter().flatten().chain(changes.iter().filter(|c| c.0 == file).map(|c| &c.1));
        if others.into_iter().any(|other| *other != change && overlap(&other.at, &change.at)) {
            return None;
        }
        changes.push((file, change));
    }
    (!changes.is_empty()).then_some(changes)
}

/// Two insertions at one place overlap too: nothing says which comes first.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end || a.start == b.start
}

fn write(file: Sym, source: &Source, changes: &[Change]) -> Result<(), Failure> {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|c| c.at.start);
    let path = Path::new(file.as_str());
    let failed = |e: std::io::Error| {
        Failure::unfinished(format!("{} cannot be changed: {e}", path.display()))
            .help("files named before it are repaired")
    };
    let now = Source::read(path).map_err(failed)?;
    if now.text != source.text {
        return Err(Failure::unfinished(format!("{} has changed since it was read", path.display())).help("run again"));
    }
    let mut text = String::from(if source.bom { "\u{feff}" } else { "" });
    let mut from = 0;
    for change in changes {
        text += &source.text[from..change.at.start];
        text += &change.text;
        from = change.at.end;
    }
    text += &source.text[from..];
    replace(path, text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_touch_the_same_text_overlap() {
        assert!(overlap(&(1..4), &(3..5)));
        assert!(overlap(&(2..2), &(2..2)));
        assert!(!overlap(&(1..3), &(3..5)));
        assert!(!overlap(&(1..3), &(3..3)));
    }
}
