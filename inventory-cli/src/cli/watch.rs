//! `watch`: every fork as it happens, each child looked at once it has settled, at a bounded rate.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::json;

use super::args::{Format, Options, Watch};
use super::failure::Failure;
use super::load::{self, Wanted};
use super::run::print;
use crate::collect::{Parts, Table};
use crate::model::Snapshot;
use crate::proc::Root;
use crate::proc::text::harmless;
use crate::render::text::Page;
use crate::sys::connector::{Connector, Event};

/// Where forks are learnt from.
enum Source {
    /// The kernel tells.
    Connector(Connector),
    /// The list of processes is read again and again: short-lived children are missed.
    Polling { root: Root, known: HashMap<i32, u64> },
}

const POLL: Duration = Duration::from_millis(100);

impl Source {
    fn open(options: &Options) -> Result<(Self, String), Failure> {
        let root = load::root(options);
        let refused = if root.is_live() {
            match Connector::open().and_then(|c| c.confirm().map(|()| c)) {
                Ok(connector) => return Ok((Self::Connector(connector), "the kernel tells of every fork".into())),
                Err(error) => error.to_string(),
            }
        } else {
            "another proc filesystem".into()
        };
        let table = Table::read(&root).map_err(|e| Failure::target(e.to_string()))?;
        let known = table.rows().iter().map(|r| (r.pid, r.start_ticks)).collect();
        let said = format!(
            "the proc connector is not available ({refused}): the process list is read every {} ms, children that live \
             shorter are missed",
            POLL.as_millis()
        );
        Ok((Self::Polling { root, known }, said))
    }

    /// The forks since the last call, as parent and child; waits at most as long as told.
    fn next(&mut self, patience: Duration, lost: &mut u64) -> io::Result<Vec<(i32, i32)>> {
        match self {
            Self::Connector(connector) => match connector.next(patience)? {
                Event::Fork { parent, child } => Ok(vec![(parent, child)]),
                Event::Lost => {
                    *lost += 1;
                    Ok(Vec::new())
                }
                _ => Ok(Vec::new()),
            },
            Self::Polling { root, known } => {
                std::thread::sleep(patience.min(POLL));
                let table = Table::read(root)?;
                let new = table.rows().iter().filter(|r| known.get(&r.pid) != Some(&r.start_ticks));
                let new = new.map(|r| (r.parent, r.pid)).collect();
                *known = table.rows().iter().map(|r| (r.pid, r.start_ticks)).collect();
                Ok(new)
            }
        }
    }
}

/// Watches until the time or the number asked for is reached.
pub(super) fn watch(options: &Options, asked: &Watch, parts: Parts, page: Page) -> Result<ExitCode, Failure> {
    let (mut source, said) = Source::open(options)?;
    let _ = writeln!(io::stderr(), "{said}");
    let start = Instant::now();
    let own = i32::try_from(std::process::id()).unwrap_or(0);
    let mut waiting: VecDeque<(Instant, i32, i32)> = VecDeque::new();
    let (mut lost, mut skipped, mut shown, mut worst) = (0, 0, 0u64, false);
    let mut window = (Instant::now(), 0u32);
    loop {
        let over = asked.duration.is_some_and(|d| start.elapsed() >= d);
        if over && waiting.is_empty() || asked.count.is_some_and(|c| shown >= c) {
            break;
        }
        let due = waiting.front().map_or(POLL, |(at, ..)| at.saturating_duration_since(Instant::now()).min(POLL));
        for (parent, child) in source.next(due.max(Duration::from_millis(1)), &mut lost)? {
            let wanted = asked.parents.is_empty() || asked.parents.contains(&parent);
            if over || !wanted || parent == own || child == own {
                continue;
            }
            if window.0.elapsed() > Duration::from_secs(1) {
                window = (Instant::now(), 0);
            }
            window.1 += 1;
            if window.1 > asked.rate {
                skipped += 1;
            } else {
                waiting.push_back((Instant::now() + asked.settle, parent, child));
            }
        }
        while let Some((_, parent, child)) = waiting.front().copied().filter(|(at, ..)| *at <= Instant::now()) {
            waiting.pop_front();
            let seen = load::snapshot(options, Wanted::pids(&[child], true, parts)).ok();
            worst |= seen.as_ref().is_some_and(|s| fails(options, s, child));
            show(options, parent, child, seen.as_ref(), page)?;
            shown += 1;
            if asked.count.is_some_and(|c| shown >= c) {
                break;
            }
        }
    }
    if lost + skipped > 0 {
        let _ = writeln!(
            io::stderr(),
            "not looked at: {skipped} forks above {} a second; events lost {lost} times",
            asked.rate
        );
    }
    Ok(ExitCode::from(u8::from(worst)))
}

fn fails(options: &Options, snapshot: &Snapshot, child: i32) -> bool {
    let least = options.fail_on.least();
    least.is_some_and(|least| snapshot.findings.iter().any(|f| f.pid == child && f.severity >= least))
}

fn show(options: &Options, parent: i32, child: i32, seen: Option<&Snapshot>, page: Page) -> Result<(), Failure> {
    let process = seen.and_then(|s| s.process(child));
    let findings: Vec<_> = seen.into_iter().flat_map(|s| &s.findings).filter(|f| f.pid == child).collect();
    if options.format != Format::Text {
        let line = json!({
            "type": "fork",
            "parent": parent,
            "child": child,
            "seen": process.is_some(),
            "name": process.map(|p| &p.name),
            "forked_without_exec": process.map(|p| p.forked_without_exec),
            "findings": findings,
        });
        return print(|out| writeln!(out, "{line}"));
    }
    let what = match process {
        None => "ended before it was looked at".to_owned(),
        Some(p) if p.forked_without_exec => format!("{} forked", harmless(&p.name)),
        Some(p) => format!("{} executed", harmless(&p.name)),
    };
    let least = options.severity.least();
    let loud: Vec<_> = findings.iter().filter(|f| least.is_some_and(|l| f.severity >= l)).collect();
    print(|out| {
        writeln!(out, "{parent} -> {child} {what}")?;
        loud.iter().try_for_each(|f| {
            let lead = format!("  {} {} ", f.severity.word(), f.hazard);
            out.write_all(crate::render::paragraph(&harmless(&f.message), page.width, &lead).as_bytes())
        })
    })
}
