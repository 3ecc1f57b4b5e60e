//! Calls that make a descriptor, and whether it is closed on exec from the start.

use crate::analysis::values::{Flag, Flow, Has, has_flag, has_flag_called, root_local};
use crate::analysis::{Edge, FnId, How, Program, Site, Target};
use crate::catalogue::Role;
use crate::facts::{Call, Callee, Fn, Sym, Val};
use crate::rules::subject::path_of;

const SYSCALL: &str = "c::syscall";

/// How many calls up a flag is followed to those who give it.
const DEPTH: usize = 3;

/// A call that makes a descriptor.
pub(super) struct Creation<'p> {
    /// The function it is in.
    pub(super) id: FnId,
    /// That function.
    pub(super) f: &'p Fn,
    /// The call.
    pub(super) call: &'p Call,
    /// Where it is.
    pub(super) site: Site,
    /// What is called.
    pub(super) path: Sym,
    /// The argument that can carry the flag, where the function has one.
    pub(super) flags: Option<usize>,
    /// The flag.
    pub(super) flag: Sym,
    /// What to call instead; empty when the flag is enough.
    pub(super) instead: Sym,
    /// A copy of a descriptor.
    pub(super) dup: bool,
    /// Where the descriptor comes out, when not as the result.
    out: Option<usize>,
    /// Whether close-on-exec is set.
    pub(super) has: Has,
    /// For the call of a function that hands its flags on: the call that makes the descriptor.
    pub(super) inner: Option<&'p Call>,
}

impl<'p> Creation<'p> {
    /// The values of the function that are this descriptor.
    pub(super) fn flow(&self, program: &Program) -> Flow {
        match self.out.and_then(|i| self.call.args.get(i)).and_then(|val| root_local(program, &self.f.body, val)) {
            Some(local) => Flow::of_local(program, self.id, local),
            None => Flow::of_result(program, self.id, self.call.id),
        }
    }

    /// The value of the flags.
    fn flags_value(&self) -> Option<&'p Val> {
        self.call.args.get(self.flags?)
    }
}

/// Every creation in the user's own functions, outside children that will execute another program, that does not set
/// close-on-exec always. Where a function hands on the flags it is given, its calls count as creations.
pub(super) fn creations(program: &Program) -> Vec<Creation<'_>> {
    let (mut all, mut last) = (Vec::new(), None);
    let syscall = Sym::new(SYSCALL);
    // Most calls are of something else, and looking a call up costs more than asking for the role of its target.
    let opens = |path| path == syscall || program.catalogue.roles(path).iter().any(|r| matches!(r, Role::Opens { .. }));
    let is_one = |e: &&Edge| e.how == How::Direct && matches!(e.to, Target::Leaf(path) if opens(path));
    for edge in program.graph().edges().iter().filter(is_one) {
        if last.replace(edge.site) == Some(edge.site) {
            continue;
        }
        let Some(made) = creation(program, edge.site) else { continue };
        if matches!(made.has, Has::Maybe(_)) {
            let through = Vec::new();
            by_callers(program, &made, made.id, &through, &mut all);
        }
        if concerns(program, edge.site) {
            all.push(made);
        }
    }
    all
}

/// Whether the user is told about a place: in a package asked about, not under test, and not in a child that will
/// execute another program.
fn concerns(program: &Program, site: Site) -> bool {
    program.unit_of(site.function).member && !program.function(site.function).is_test && !program.is_before_exec(site)
}

fn creation(program: &Program, site: Site) -> Option<Creation<'_>> {
    let call = program.call_at(site)?;
    let (path, shift) = called(call)?;
    let f = program.function(site.function);
    program.catalogue.roles(path).iter().find_map(|role| match *role {
        Role::Opens { always: true, .. } => None,
        Role::Opens { flags, flag, instead, out, dup, .. } => {
            let flags = flags.map(|i| i as usize + shift);
            let has = match flags.map(|i| call.args.get(i)) {
                None => Has::No,
                Some(None) => Has::Maybe("the flags are not given here"),
                Some(Some(val)) => has_flag(program, site.function, val, Flag::cloexec(flag.as_str())),
            };
            let out = out.map(|i| i as usize + shift);
            Some(Creation { id: site.function, f, call, site, path, flags, flag, instead, dup, out, has, inner: None })
        }
        _ => None,
    })
}

/// What is called, and where its arguments start: `syscall(SYS_memfd_create, ..)` is `memfd_create(..)`.
fn called(call: &Call) -> Option<(Sym, usize)> {
    let path = path_of(call)?;
    if path.as_str() != SYSCALL {
        return Some((path, 0));
    }
    let Some(Val::Const(number)) = call.args.first() else { return None };
    let name = number.last();
    let name = name.strip_prefix("SYS_").or_else(|| name.strip_prefix("__NR_"))?;
    Some((Sym::new(&format!("c::{name}")), 1))
}

/// Adds the calls, by any number of functions that hand the flags on, which are known not to set the flag.
fn by_callers<'p>(
    program: &'p Program,
    made: &Creation<'p>,
    of: FnId,
    through: &[(FnId, &'p Call)],
    all: &mut Vec<Creation<'p>>,
) {
    let Some(flags) = made.flags_value() else { return };
    if through.len() >= DEPTH || through.is_empty() && !made.flow(program).is_returned(&made.f.body) {
        return;
    }
    // A trait's provided method that no implementation replaces is the one thing that the call can run.
    let sure = |e: &&Edge| {
        let one = || program.graph().at(e.site).iter().filter(|e| matches!(e.to, Target::Fn(_))).count() == 1;
        e.how == How::Direct || e.how == How::Candidate && one()
    };
    for edge in program.graph().callers(of).filter(sure) {
        let named = |c: &&Call| matches!(c.callee, Callee::Path(_) | Callee::Dispatch { .. });
        let Some(call) = program.call_at(edge.site).filter(named) else { continue };
        let caller = edge.site.function;
        // What is catalogued itself is judged by its own entry.
        let known = path_of(call).is_some_and(|p| program.catalogue.entry(p).is_some());
        if known || caller == of || through.iter().any(|(f, _)| *f == caller) {
            continue;
        }
        let mut chain = vec![(caller, call)];
        chain.extend_from_slice(through);
        match has_flag_called(program, &chain, made.id, flags, Flag::cloexec(made.flag.as_str())) {
            Has::No if concerns(program, edge.site) => all.push(Creation {
                id: caller,
                f: program.function(caller),
                call,
                site: edge.site,
                path: path_of(call).unwrap_or(made.path),
                out: None,
                has: Has::No,
                inner: Some(made.call),
                ..*made
            }),
            Has::Maybe(_) => by_callers(program, made, caller, &chain, all),
            _ => {}
        }
    }
}

/// Whether a function also makes a descriptor in a form that sets close-on-exec always.
pub(super) fn always_atomic(program: &Program, f: &Fn) -> bool {
    crate::analysis::calls(&f.body)
        .filter_map(path_of)
        .any(|path| program.catalogue.roles(path).iter().any(|role| matches!(role, Role::Opens { always: true, .. })))
}
