//! Calls that make a descriptor, and whether it is closed on exec from the start.

use crate::analysis::values::{Flag, Flow, Has, has_flag, root_local};
use crate::analysis::{FnId, Program, Site, call_sites, calls};
use crate::catalogue::Role;
use crate::facts::{Call, Fn, Sym};
use crate::rules::subject::{functions, path_of};

/// A call that makes a descriptor.
pub(super) struct Creation<'p> {
    /// The function it is in.
    pub(super) id: FnId,
    /// That function.
    pub(super) f: &'p Fn,
    /// Where the call is.
    pub(super) site: Site,
    /// The call.
    pub(super) call: &'p Call,
    /// What is called.
    pub(super) path: Sym,
    /// Index of the argument that can carry the flag.
    pub(super) flags: Option<u32>,
    /// The flag.
    pub(super) flag: Sym,
    /// What to call instead; empty when the flag is enough.
    pub(super) instead: Sym,
    /// A copy of a descriptor.
    pub(super) dup: bool,
    /// Where the descriptor comes out, when not as the result.
    out: Option<u32>,
    /// Whether close-on-exec is set.
    pub(super) has: Has,
}

impl Creation<'_> {
    /// The values of the function that are this descriptor.
    pub(super) fn flow(&self, program: &Program) -> Flow {
        let out = self.out.and_then(|i| self.call.args.get(i as usize));
        match out.and_then(|val| root_local(program, &self.f.body, val)) {
            Some(local) => Flow::of_local(program, self.id, local),
            None => Flow::of_result(program, self.id, self.call.id),
        }
    }
}

/// Every creation in the user's own functions, outside forked children, that does not set close-on-exec always.
pub(super) fn creations(program: &Program) -> impl Iterator<Item = Creation<'_>> {
    functions(program).flat_map(move |(id, f)| {
        call_sites(id, &f.body).filter_map(move |(site, call)| creation(program, site, f, call))
    })
}

fn creation<'p>(program: &'p Program, site: Site, f: &'p Fn, call: &'p Call) -> Option<Creation<'p>> {
    let id = site.function;
    let path = path_of(call)?;
    program.catalogue.roles(path).iter().find_map(|role| match role {
        Role::Opens { always: true, .. } => None,
        Role::Opens { flags, flag, instead, out, dup, .. } => {
            let has = match flags.map(|i| call.args.get(i as usize)) {
                None => Has::No,
                Some(None) => Has::Maybe("the flags are not given here"),
                Some(Some(val)) => has_flag(program, id, val, Flag::cloexec(flag.as_str())),
            };
            if program.is_before_exec(site) {
                return None;
            }
            Some(Creation {
                id,
                f,
                site,
                call,
                path,
                flags: *flags,
                flag: *flag,
                instead: *instead,
                dup: *dup,
                out: *out,
                has,
            })
        }
        _ => None,
    })
}

/// Whether a function also makes a descriptor in a form that sets close-on-exec always.
pub(super) fn always_atomic(program: &Program, f: &Fn) -> bool {
    calls(&f.body)
        .filter_map(path_of)
        .any(|path| program.catalogue.roles(path).iter().any(|role| matches!(role, Role::Opens { always: true, .. })))
}
