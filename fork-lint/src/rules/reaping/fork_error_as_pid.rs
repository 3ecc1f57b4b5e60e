//! Rule `fork-error-as-pid`.

use crate::analysis::{Abs, Fits, FnId, Program, Site, call_sites};
use crate::catalogue::{Role, Shape};
use crate::facts::{AssignOp, Body, Call, CallId, Callee, Event, Fn, LocalId, Pat, Span, Term, Val};
use crate::rules::subject::{called_name, finding, functions, place, shown, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// The −1 of a failed fork is used as a pid
    ///
    /// ## What it does
    /// Follows the result of `fork`, `vfork`, `clone` and raw system calls as the value −1 through the function, and
    /// reports where it is given to `kill`, `waitpid` and the like, or kept as the child's pid.
    ///
    /// ## Why is this bad
    /// Fork fails when the limit of processes or memory is reached: under load. As a pid, −1 means everybody:
    /// `kill(-1, SIGTERM)` ends every process that the user may signal, `waitpid(-1)` takes the end of some other child.
    ///
    /// ## Example
    /// ```rust
    /// let pid = unsafe { libc::fork() };
    /// if pid == 0 { run_child() }
    /// unsafe { libc::kill(pid, libc::SIGTERM) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let pid = unsafe { libc::fork() };
    /// match pid {
    ///     -1 => return Err(io::Error::last_os_error()),
    ///     0 => run_child(),
    ///     child => unsafe { libc::kill(child, libc::SIGTERM) },
    /// };
    /// ```
    ///
    /// ## Limits
    /// Only within the function that forks. A test that cannot be judged counts as one for −1.
    pub ForkErrorAsPid = "fork-error-as-pid", "H24", "reaping", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (id, f) in functions(program) {
        for fork in program.forks().in_fn(id) {
            let Some(call) = program.call_at(fork.site) else { continue };
            let raw = fork.form.wrapper.is_none() && matches!(fork.form.child, Abs::Child(Shape::Int(0)));
            if !raw {
                continue;
            }
            if let Some((at, how)) = misuse(program, id, f, fork.site, call) {
                out.push(kept(f, call, at, how));
            }
        }
    }
}

fn kept(f: &Fn, call: &Call, at: Span, how: String) -> Finding {
    let name = match call.callee {
        Callee::Path(path) => shown(path),
        _ => called_name(call).to_owned(),
    };
    let message = format!("a failed `{name}` goes unnoticed: its -1 is used as a pid");
    let mut found = finding(&ForkErrorAsPid, Level::Warning, f, place(call), message);
    found.label = "returns -1 when it fails".to_owned();
    found.steps = vec![step(place(call), "returns -1 when it fails"), step(at, how)];
    found.help = "test for -1 first, and return `io::Error::last_os_error()`".to_owned();
    found.subject = name;
    found
}

/// The first use of the result as a pid that −1 reaches.
fn misuse(program: &Program, id: FnId, f: &Fn, fork: Site, call: &Call) -> Option<(Span, String)> {
    let body = &f.body;
    let pid = Pid::of(program, body, call.id);
    let reached = pid.walk(program, body, fork);
    for (_, c) in call_sites(id, body).filter(|(site, _)| reached.contains(&(site.block, site.event))) {
        let takes = program.call_roles(&c.callee).contains(&Role::Reaps)
            || matches!(
                called_name(c),
                "kill" | "killpg" | "waitpid" | "waitid" | "wait4" | "pidfd_open" | "ptrace" | "setpgid"
            );
        if takes && c.args.iter().any(|a| pid.is(a)) {
            return Some((place(c), format!("`{}` is given -1", called_name(c))));
        }
    }
    for (b, block) in body.blocks.iter().enumerate() {
        for (e, event) in block.events.iter().enumerate() {
            if let Event::Store { value, span, .. } = event
                && reached.contains(&(b as u32, e as u32))
                && (pid.is(value) || pid.is_held(value))
            {
                return Some((*span, "-1 is kept as the child's pid".to_owned()));
            }
        }
        if let Term::Return { value, span, .. } = &block.term
            && reached.contains(&(b as u32, block.events.len() as u32))
            && pid.is_held(value)
        {
            return Some((*span, "-1 is returned as the child's pid".to_owned()));
        }
    }
    None
}

/// The result of a fork under the names a function gives it, untested.
struct Pid {
    locals: Vec<LocalId>,
    results: Vec<CallId>,
}

impl Pid {
    fn of(program: &Program, body: &Body, call: CallId) -> Pid {
        let mut pid = Pid { locals: Vec::new(), results: vec![call] };
        loop {
            let before = pid.locals.len() + pid.results.len();
            for event in body.blocks.iter().flat_map(|b| &b.events) {
                match event {
                    Event::Assign { local, op: AssignOp::Set, value, .. }
                        if pid.is(value) && !pid.locals.contains(local) =>
                    {
                        pid.locals.push(*local);
                    }
                    // `Pid::from_raw(pid)` tests nothing.
                    Event::Call(c)
                        if called_name(c) == "from_raw"
                            && c.args.first().is_some_and(|a| pid.is(a))
                            && !pid.results.contains(&c.id)
                            && program.targets(&c.callee).is_empty() =>
                    {
                        pid.results.push(c.id);
                    }
                    _ => {}
                }
            }
            if before == pid.locals.len() + pid.results.len() {
                return pid;
            }
        }
    }

    fn is(&self, val: &Val) -> bool {
        match val {
            Val::Local(local) => self.locals.contains(local),
            Val::Result(call) => self.results.contains(call),
            Val::Computed(vals) => matches!(vals.as_slice(), [one] if self.is(one)),
            Val::Ctor(path, vals) => path.last() == "Pid" && vals.iter().any(|v| self.is(v)),
            _ => false,
        }
    }

    /// Put into a success or an object, as if it were a child's.
    fn is_held(&self, val: &Val) -> bool {
        match val {
            Val::Ctor(path, vals) => path.last() != "Err" && vals.iter().any(|v| self.is(v) || self.is_held(v)),
            Val::Struct(_, fields) => fields.iter().any(|(_, v)| self.is(v) || self.is_held(v)),
            _ => false,
        }
    }

    /// The events (and the ends, one past the last) that run after the fork when it returned −1.
    fn walk(&self, program: &Program, body: &Body, fork: Site) -> Vec<(u32, u32)> {
        let mut seen = vec![false; body.blocks.len()];
        let mut out = Vec::new();
        let mut todo = vec![(fork.block, fork.event + 1)];
        while let Some((b, from)) = todo.pop() {
            let Some(block) = body.blocks.get(b as usize) else { continue };
            if from == 0 && std::mem::replace(&mut seen[b as usize], true) {
                continue;
            }
            let ends = |e: &u32| {
                let site = Site { function: fork.function, block: b, event: *e };
                program.call_at(site).is_some_and(|c| program.diverges(site) || self.is_asserted(c))
            };
            let end = (from..block.events.len() as u32).find(ends);
            out.extend((from..=end.unwrap_or(block.events.len() as u32)).map(|e| (b, e)));
            if end.is_some() {
                continue;
            }
            match &block.term {
                Term::Goto(to) => todo.push((*to, 0)),
                Term::Switch { on, arms, .. } => todo.extend(self.taken(on, arms).into_iter().map(|to| (to, 0))),
                Term::Return { .. } | Term::Diverge => {}
            }
        }
        out
    }

    /// `assert!(pid >= 0)`, `assert_ne!(pid, -1)`
    fn is_asserted(&self, call: &Call) -> bool {
        let about = |a: &Val| self.is(a) || matches!(a, Val::Computed(vals) if vals.iter().any(|v| self.is(v)));
        called_name(call).contains("assert") && called_name(call).ends_with('!') && call.args.iter().any(about)
    }

    /// The arms that −1 takes; none for a test that is about the pid and cannot be judged.
    fn taken(&self, on: &Val, arms: &[(Pat, u32)]) -> Vec<u32> {
        if !self.is(on) {
            let about = matches!(on, Val::Computed(vals) if vals.iter().any(|v| self.is(v)));
            return if about { Vec::new() } else { arms.iter().map(|(_, to)| *to).collect() };
        }
        let failed = Abs::Int(-1);
        let mut taken = Vec::new();
        for (pat, to) in arms {
            match failed.fits(pat) {
                Fits::Yes => {
                    taken.push(*to);
                    return taken;
                }
                Fits::Maybe => return Vec::new(),
                Fits::No => {}
            }
        }
        taken
    }
}
