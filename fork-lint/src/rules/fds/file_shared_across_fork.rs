//! Rule `file-shared-across-fork`.

use crate::analysis::values::{Flow, root_local};
use crate::analysis::{FnId, Fork, Program, Site, Walk, call_sites};
use crate::facts::{Call, Fn, Val};
use crate::rules::child::site_place;
use crate::rules::subject::{called_name, place, step};
use crate::rules::workers::{at_fork, beside};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A file is read or written on both sides of a fork
    ///
    /// ## What it does
    /// Reports files that are opened before a fork and read, written or sought in by both processes afterwards, in the
    /// function that forks. Files opened to append are left alone.
    ///
    /// ## Why is this bad
    /// The position in an open file belongs to what the fork shares: each process moves it under the other. Records are
    /// torn in two, a seek of one redirects the writes of the other, and of a file that is read each gets a part.
    ///
    /// ## Example
    /// ```rust
    /// let mut log = File::create("run.log")?;
    /// match unsafe { fork()? } {
    ///     ForkResult::Child => { log.write_all(b"child\n")?; unsafe { libc::_exit(0) } }
    ///     ForkResult::Parent { .. } => log.write_all(b"parent\n")?,
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let mut log = File::options().append(true).create(true).open("run.log")?;
    /// ```
    /// Or open the file after the fork, in each process.
    ///
    /// ## Limits
    /// Uses in other functions that are given the file are seen as uses; files kept in fields and statics are not seen.
    pub FileSharedAcrossFork = "file-shared-across-fork", "H07", "fds", Warning, check
}

/// Methods and functions that use a file's position.
const MOVES: &[&str] = &[
    "write",
    "write_all",
    "write_fmt",
    "writev",
    "write_vectored",
    "read",
    "read_to_end",
    "read_to_string",
    "read_exact",
    "readv",
    "seek",
    "lseek",
    "rewind",
    "lseek64",
    "write!",
    "writeln!",
    "copy",
    "set_len",
];

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in beside(program) {
        let id = region.site.function;
        let f = program.function(id);
        let Some(fork) = program.forks().in_fn(id).iter().find(|fork| fork.site == region.site) else { continue };
        for (opened, call) in call_sites(id, &f.body).filter(|(site, c)| *site < region.site && opens_file(f, c)) {
            if let Some((child, parent)) = both_use(program, id, f, fork, call) {
                let message = "parent and child of this fork move the position of one open file".to_owned();
                let mut found = at_fork(program, &FileSharedAcrossFork, Level::Warning, region, message);
                found.label = "the open file is shared from here on, its position included".to_owned();
                found.steps.insert(0, step(site_place(program, opened), "opened before the fork"));
                found.steps.push(step(child, "used by the child"));
                found.steps.push(step(parent, "used by the parent"));
                found.help = "open it after the fork in each process, or open it to append".to_owned();
                found.subject = called_name(call).to_owned();
                out.push(found);
            }
        }
    }
}

/// Whether a call opens a file at a position of its own.
fn opens_file(f: &Fn, call: &Call) -> bool {
    let opens = matches!(
        called_name(call),
        "open" | "open64" | "openat" | "creat" | "create" | "create_new" | "fopen" | "mkstemp" | "tempfile"
    );
    let of_std = |call: &Call| match &call.callee {
        crate::facts::Callee::Path(path) => {
            let text = path.as_str();
            text.starts_with("c::")
                || text.contains("::File::")
                || text.contains("OpenOptions")
                || text.contains("fcntl::open")
                || text.starts_with("tempfile::")
        }
        _ => false,
    };
    let appends = |val: &Val| matches!(val, Val::Const(p) if p.last().contains("APPEND"));
    let by_flag = call.args.iter().any(|a| match a {
        Val::Or(vals) => vals.iter().any(appends),
        one => appends(one),
    });
    let by_builder = called_name(call) == "open"
        && crate::analysis::calls(&f.body).any(|c| called_name(c) == "append" && c.args.get(1) == Some(&Val::Int(1)));
    opens && of_std(call) && !by_flag && !by_builder
}

/// Where child and parent use a file after the fork.
fn both_use(
    program: &Program,
    id: FnId,
    f: &Fn,
    fork: &Fork,
    opened: &Call,
) -> Option<(crate::facts::Span, crate::facts::Span)> {
    let flow = Flow::of_result(program, id, opened.id);
    let alive = program.alive_at(fork.site);
    let held = flow.locals().any(|l| alive.iter().any(|a| a.local == l));
    if !held {
        return None;
    }
    let uses = |side: &Walk, other: Option<&Walk>| {
        call_sites(id, &f.body).find_map(|(site, call)| {
            let here = site != fork.site
                && side.has(site.block, site.event)
                && after(fork.site, site)
                && other.is_none_or(|o| !o.has(site.block, site.event));
            let moves = MOVES.contains(&called_name(call))
                && call.args.iter().any(|a| {
                    flow.carries(a) || root_local(program, &f.body, a).is_some_and(|l| flow.carries(&Val::Local(l)))
                });
            (here && moves).then(|| place(call))
        })
    };
    Some((uses(&fork.child, Some(&fork.parent))?, uses(&fork.parent, None)?))
}

/// Whether a place comes after the fork in the text: in a loop both orders run.
fn after(fork: Site, site: Site) -> bool {
    site > fork
}
