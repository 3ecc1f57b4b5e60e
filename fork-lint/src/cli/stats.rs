//! `--stats`: what was read, what was resolved and what was not, and how long it took.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::analysis::{CrateUnit, Program};
use crate::facts::{Stats, UnseenKind};
use crate::report::{Report, plural};

/// Crates that are listed one by one.
const WORST: usize = 10;

/// Times of a run.
#[derive(Debug, Default)]
pub(super) struct Times {
    /// Stages, in order.
    pub(super) stages: Vec<(&'static str, Duration)>,
    /// Rules.
    pub(super) rules: Vec<(&'static str, Duration)>,
    /// Crates taken from the cache, when there is one.
    pub(super) cached: Option<usize>,
    /// Why the cache was of no use.
    pub(super) cache_trouble: Option<String>,
}

impl Times {
    /// Does a stage and notes how long it took.
    pub(super) fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.stages.push((name, begun.elapsed()));
        done
    }
}

/// The page.
pub(super) fn page(program: &Program, report: &Report, times: &Times) -> String {
    let mut out = String::from("\nfork-lint statistics\n");
    let (members, others): (Vec<&CrateUnit>, Vec<&CrateUnit>) = program.crates.iter().partition(|u| u.member);
    for (name, units) in [("the crates asked about", &members), ("their dependencies", &others)] {
        if units.is_empty() {
            continue;
        }
        section(&mut out, name, units);
    }
    unseen(&mut out, report);
    worst(&mut out, &program.crates);
    out += "\n  time\n";
    for (stage, time) in &times.stages {
        let _ = writeln!(out, "    {stage:28} {:>9}", millis(*time));
    }
    let mut rules: Vec<_> = times.rules.iter().filter(|(_, t)| *t >= Duration::from_millis(1)).collect();
    rules.sort_by_key(|(_, t)| std::cmp::Reverse(*t));
    for (rule, time) in rules.into_iter().take(WORST) {
        let _ = writeln!(out, "      {rule:26} {:>9}", millis(*time));
    }
    match times.cached {
        Some(hits) => {
            let _ = writeln!(out, "\n  cache: {hits} of {} crates", program.crates.len());
        }
        None => out += "\n  cache: not used\n",
    }
    if let Some(trouble) = &times.cache_trouble {
        let _ = writeln!(out, "    {trouble}");
    }
    out
}

fn section(out: &mut String, name: &str, units: &[&CrateUnit]) {
    let s = units.iter().fold(Stats::default(), |sum, unit| add(sum, &unit.facts.stats));
    let _ = writeln!(out, "\n  {name}: {}", units.len());
    let _ = writeln!(
        out,
        "    source        {}, {}, {:.1} kB",
        counted(s.files, "file"),
        counted(s.lines, "line"),
        s.bytes as f64 / 1e3
    );
    let _ = writeln!(
        out,
        "    calls         {}: {} to one function, {} decided by a trait, {} not resolved",
        s.calls,
        share(s.resolved, s.calls),
        share(s.dispatched, s.calls),
        share(s.unresolved, s.calls),
    );
    let macros = s.macros_expanded + s.macros_unseen;
    let _ = writeln!(out, "    macro uses    {macros}: {} not seen through", share(s.macros_unseen, macros));
}

fn unseen(out: &mut String, report: &Report) {
    let mut kinds: BTreeMap<UnseenKind, usize> = BTreeMap::new();
    for gap in &report.gaps {
        *kinds.entry(gap.unseen.kind).or_default() += 1;
    }
    if kinds.is_empty() {
        return;
    }
    out.push_str("\n  not seen (listed by --verbose)\n");
    for (kind, count) in kinds {
        let word = match kind {
            UnseenKind::Syntax => "do not parse",
            UnseenKind::MissingFile => "missing files",
            UnseenKind::Generated => "made by build scripts",
            UnseenKind::Macro => "macros",
            UnseenKind::Bound => "beyond the engine's bounds",
            UnseenKind::MissingCrate => "crates without source",
        };
        let _ = writeln!(out, "    {word:28} {count:>9}");
    }
}

/// The crates with most unresolved calls.
fn worst(out: &mut String, units: &[CrateUnit]) {
    let mut units: Vec<&CrateUnit> = units.iter().filter(|u| u.facts.stats.unresolved > 0).collect();
    units.sort_by_key(|u| std::cmp::Reverse((u.facts.stats.unresolved, &u.facts.name)));
    if units.is_empty() {
        return;
    }
    out.push_str("\n  most calls not resolved\n");
    for unit in units.into_iter().take(WORST) {
        let s = &unit.facts.stats;
        let _ = writeln!(
            out,
            "    {:28} {:>9} of {} ({})",
            unit.facts.name,
            s.unresolved,
            s.calls,
            share(s.unresolved, s.calls)
        );
    }
}

fn add(a: Stats, b: &Stats) -> Stats {
    Stats {
        files: a.files + b.files,
        bytes: a.bytes + b.bytes,
        lines: a.lines + b.lines,
        calls: a.calls + b.calls,
        resolved: a.resolved + b.resolved,
        dispatched: a.dispatched + b.dispatched,
        unresolved: a.unresolved + b.unresolved,
        macros_expanded: a.macros_expanded + b.macros_expanded,
        macros_unseen: a.macros_unseen + b.macros_unseen,
    }
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "none".to_owned() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

fn counted(count: u64, word: &str) -> String {
    plural(usize::try_from(count).unwrap_or(usize::MAX), word)
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
