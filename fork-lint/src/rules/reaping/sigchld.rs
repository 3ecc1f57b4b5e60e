//! Programs whose children are reaped elsewhere: by the kernel, by a handler, or by a wait for any child.

use crate::analysis::{Program, calls};
use crate::catalogue::{Effect, Role};
use crate::facts::{Call, Sym, Val};
use crate::rules::subject::{called_name, path_of};

/// Whether some code of the user's crates reaps children that it does not name.
pub(super) fn reaped_elsewhere(program: &Program) -> bool {
    (0..program.fn_count())
        .filter(|&id| program.unit_of(id).member)
        .any(|id| calls(&program.function(id).body).any(|call| handles(program, call) || waits_for_any(program, call)))
}

/// A call that installs a disposition for the end of children, other than the default.
fn handles(program: &Program, call: &Call) -> bool {
    let roles = program.call_roles(&call.callee);
    if roles.contains(&Role::AutoReap) {
        return true;
    }
    let resets = |name: &str| matches!(name, "SIG_DFL" | "SigDfl" | "SIG_UNBLOCK" | "SIG_BLOCK" | "SIG_SETMASK");
    let installs =
        !matches!(called_name(call), "kill" | "killpg" | "raise" | "sigaddset" | "sigdelset" | "sigismember" | "add");
    installs
        && call.args.iter().any(|a| names(a, &|n| matches!(n, "SIGCHLD" | "SigChld" | "CHILD")))
        && !call.args.iter().any(|a| names(a, &resets))
        || called_name(call) == "child" && path_of(call).is_some_and(|p| p.as_str().contains("SignalKind"))
}

/// `wait()`, `waitpid(-1, ..)`, `waitid(P_ALL, ..)`
fn waits_for_any(program: &Program, call: &Call) -> bool {
    let roles = program.call_roles(&call.callee);
    let waits = roles.contains(&Role::Reaps)
        || path_of(call).and_then(|p| program.catalogue.entry(p)).is_some_and(|e| e.effects.contains(&Effect::Wait));
    let first = call.args.first();
    waits
        && match called_name(call) {
            "wait" | "wait3" => match &call.callee {
                // `Child::wait` names its child.
                crate::facts::Callee::Path(path) => {
                    !path.as_str().contains("Child") && call.args.len() != 1 || is_c(*path)
                }
                _ => false,
            },
            "waitpid" | "wait4" => {
                first.is_some_and(|pid| matches!(pid, Val::Int(i64::MIN..=0)) || is_none_or_any(pid))
            }
            "waitid" => call.args.iter().any(|a| names(a, &|n| matches!(n, "P_ALL" | "All"))),
            _ => false,
        }
}

fn is_c(path: Sym) -> bool {
    path.as_str().starts_with("c::")
}

fn is_none_or_any(pid: &Val) -> bool {
    match pid {
        Val::Ctor(path, vals) => path.last() == "None" || vals.iter().any(|v| matches!(v, Val::Int(i64::MIN..=0))),
        Val::Const(path) => matches!(path.last(), "None" | "WAIT_ANY" | "ANY"),
        _ => false,
    }
}

fn names(val: &Val, test: &impl std::ops::Fn(&str) -> bool) -> bool {
    match val {
        Val::Const(path) => test(path.last()),
        Val::Ctor(path, vals) => test(path.last()) || vals.iter().any(|v| names(v, test)),
        Val::Or(vals) | Val::Phi(vals) | Val::Computed(vals) => vals.iter().any(|v| names(v, test)),
        Val::Inside(inner) => names(inner, test),
        Val::Struct(_, fields) => fields.iter().any(|(_, v)| names(v, test)),
        _ => false,
    }
}
