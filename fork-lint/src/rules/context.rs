//! Where code runs: in a forked child that will execute another program, or in the process itself.

use crate::analysis::{FnId, Program, calls};
use crate::catalogue::Role;
use crate::facts::{Call, FnKind, Val};
use crate::rules::subject::path_of;

/// Whether a call is run by a forked child only.
pub(super) fn runs_in_child(program: &Program, id: FnId, _call: &Call) -> bool {
    let f = program.function(id);
    let FnKind::Closure { parent } = f.kind else { return false };
    program.by_path(parent).iter().flat_map(|&p| calls(&program.function(p).body)).any(|call| {
        let roles = path_of(call).map_or(&[][..], |p| program.catalogue.roles(p));
        roles.iter().any(|role| match role {
            Role::PreExec { param } => call.args.get(*param as usize) == Some(&Val::Fn(f.path)),
            _ => false,
        })
    })
}
