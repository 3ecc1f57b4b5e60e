//! Rule `fd-without-cloexec`.

use std::cell::LazyCell;

use super::creation::{Creation, creations};
use super::execs::{Execs, Reaches};
use super::late::set_later;
use crate::analysis::Program;
use crate::analysis::values::Has;
use crate::rules::edit::Written;
use crate::rules::subject::{finding, place, shown, step};
use crate::rules::{Finding, Fix, rule};

rule! {
    /// A descriptor is created without close-on-exec
    ///
    /// ## What it does
    /// Reports calls that create a descriptor and do not set close-on-exec: `socket`, `open`, `memfd_create` and the
    /// like whose flags cannot contain the flag, and functions that have no way to set it (`accept`, `pipe`, `creat`).
    /// Flags are followed through constants, variables, branches, parameters and helper functions. A descriptor that
    /// gets the flag later is left to `cloexec-set-late`.
    ///
    /// ## Why is this bad
    /// Every program that this process executes afterwards inherits the descriptor, whoever starts it, from whatever
    /// thread. A listening socket keeps its port busy after the server has stopped; the peer of a connection or a pipe
    /// never sees the end of it; a file on an unmounted disk, a lock or a secret stays open in a program that was
    /// never meant to have it.
    ///
    /// ## Example
    /// ```rust
    /// let fd = unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let fd = unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM | libc::SOCK_CLOEXEC, 0) };
    /// ```
    /// A descriptor that one child is meant to have loses the flag in that child, between fork and exec, not here.
    ///
    /// ## Limits
    /// Nothing is said where the flags are not known: a parameter of a public function, a field, a computed value. In a
    /// program that executes nothing after the call, or marks or closes all descriptors before every exec, it is a note;
    /// what calls that cannot be resolved do there is not known.
    pub FdWithoutCloexec = "fd-without-cloexec", "H04", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let execs = LazyCell::new(|| Execs::find(program));
    for creation in creations(program) {
        let own_rule = creation.dup || creation.flag.as_str() == "MSG_CMSG_CLOEXEC";
        if creation.has == Has::No && !own_rule && set_later(program, &creation).is_none() {
            out.push(without(&creation, execs.after(creation.site)));
        }
    }
}

fn without(creation: &Creation<'_>, reaches: Reaches) -> Finding {
    let name = shown(creation.path);
    let message = match creation.flags {
        Some(_) => format!("`{name}` creates a descriptor without `{}`", creation.flag),
        None => format!("`{name}` creates a descriptor that is not closed on exec"),
    };
    let mut found = finding(&FdWithoutCloexec, reaches.level(), creation.f, place(creation.call), message);
    found.label = "every program executed from here on inherits this descriptor".to_owned();
    found.notes.extend(reaches.why_not());
    found.help = atomic_form(creation).unwrap_or_else(|| {
        "call `fcntl(fd, F_SETFD, FD_CLOEXEC)` at once: there is no form that sets it from the start".to_owned()
    });
    if let Some(inner) = creation.inner {
        found.steps.push(step(place(creation.call), "the flags are given here"));
        found.steps.push(step(place(inner), "and are handed to the call that creates the descriptor"));
    }
    found.fix = repair(creation);
    found.subject = name;
    found
}

/// Functions that have a sibling with flags: its name, whether it takes the same arguments first, and what it takes more.
const SIBLINGS: &[(&str, &str, bool, &[&str])] = &[
    ("c::accept", "accept4", true, &["{}SOCK_CLOEXEC"]),
    ("c::pipe", "pipe2", true, &["{}O_CLOEXEC"]),
    ("c::dup", "fcntl", true, &["{}F_DUPFD_CLOEXEC", "0"]),
    ("c::epoll_create", "epoll_create1", false, &["{}EPOLL_CLOEXEC"]),
    ("c::inotify_init", "inotify_init1", true, &["{}IN_CLOEXEC"]),
    ("c::mkstemp", "mkostemp", true, &["{}O_CLOEXEC"]),
];

/// The repair, where the call's text leaves no doubt.
pub(super) fn repair(creation: &Creation<'_>) -> Option<Fix> {
    if creation.inner.is_some() || creation.flag.as_str().len() == 1 {
        return None;
    }
    let written = Written::read(creation.call)?;
    match creation.flags {
        Some(at) => written.add_flag(at, creation.flag.last()),
        None => {
            let (_, name, keep, more) = SIBLINGS.iter().find(|(path, ..)| *path == creation.path.as_str())?;
            written.call_instead(name, *keep, more)
        }
    }
}

/// What to write so that the descriptor has close-on-exec from the start; `None` when there is no such form.
pub(super) fn atomic_form(creation: &Creation<'_>) -> Option<String> {
    match (creation.flags, creation.instead.as_str()) {
        (Some(_), _) => Some(format!("add `{}` to the flags", creation.flag)),
        (None, instead) if instead.is_empty() || instead.ends_with("after it") => None,
        (None, instead) => Some(format!("call `{instead}` instead")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;
    use crate::facts::{AssignOp, Sym, Val};
    use crate::testing::{Make, const_, constant, program};

    fn opens(flags: Option<u32>, flag: &str, instead: &str) -> Role {
        Role::Opens { flags, flag: Sym::new(flag), instead: Sym::new(instead), out: None, dup: false, always: false }
    }

    fn roles() -> Vec<(&'static str, Role)> {
        vec![
            ("c::socket", opens(Some(1), "SOCK_CLOEXEC", "")),
            ("c::accept", opens(None, "SOCK_CLOEXEC", "accept4(fd, addr, len, SOCK_CLOEXEC)")),
            ("c::fcntl", Role::Fcntl),
        ]
    }

    fn found(make: Vec<Make>, consts: Vec<(&str, Val)>) -> usize {
        let consts = consts.into_iter().map(|(p, v)| constant(p, v)).collect();
        let program = program(make.into_iter().map(Make::done).collect(), consts, &roles());
        let mut out = Vec::new();
        check(&program, &mut out);
        out.len()
    }

    fn socket(flags: Val) -> Make {
        let mut f = Make::new("app::open");
        f.call("c::socket", vec![const_("c::AF_INET"), flags, Val::Int(0)]);
        f
    }

    #[test]
    fn flags_are_read_through_constants_and_unions() {
        let with = Val::Or(vec![const_("c::SOCK_STREAM"), const_("app::FLAGS")]);
        assert_eq!(found(vec![socket(const_("c::SOCK_STREAM"))], vec![]), 1);
        assert_eq!(found(vec![socket(with.clone())], vec![("app::FLAGS", const_("c::SOCK_CLOEXEC"))]), 0);
        assert_eq!(found(vec![socket(with)], vec![("app::FLAGS", const_("c::SOCK_NONBLOCK"))]), 1);
        assert_eq!(found(vec![socket(Val::Int(0o2_000_001))], vec![]), 0);
        assert_eq!(found(vec![socket(Val::Unknown)], vec![]), 0);
    }

    #[test]
    fn a_flag_added_under_a_condition_counts() {
        let mut f = Make::new("app::open");
        let flags = f.local("flags", &[]);
        f.assign(flags, AssignOp::Set, const_("c::SOCK_STREAM"));
        let (then, after) = (f.block(), f.block());
        f.switch(Val::Unknown, vec![(crate::facts::Pat::Opaque, then), (crate::facts::Pat::Any, after)]);
        f.enter(then);
        f.assign(flags, AssignOp::Or, const_("c::SOCK_CLOEXEC"));
        f.goto(after);
        f.enter(after);
        f.call("c::socket", vec![Val::Int(2), Val::Local(flags), Val::Int(0)]);
        assert_eq!(found(vec![f], vec![]), 0);
    }

    #[test]
    fn parameters_are_what_all_callers_give() {
        let helper = || {
            let mut f = Make::new("app::helper");
            let flags = f.param("flags");
            f.call("c::socket", vec![Val::Int(2), flags, Val::Int(0)]);
            f
        };
        let caller = |path: &str, flags: Val| {
            let mut f = Make::new(path);
            f.call("app::helper", vec![flags]);
            f
        };
        let plain = || const_("c::SOCK_STREAM");
        let with = || Val::Or(vec![plain(), const_("c::SOCK_CLOEXEC")]);
        assert_eq!(found(vec![helper(), caller("app::a", plain()), caller("app::b", plain())], vec![]), 1);
        assert_eq!(found(vec![helper(), caller("app::a", with()), caller("app::b", with())], vec![]), 0);
        assert_eq!(found(vec![helper(), caller("app::a", with()), caller("app::b", plain())], vec![]), 0);
        assert_eq!(found(vec![helper().public(), caller("app::a", plain())], vec![]), 0);
    }

    #[test]
    fn helpers_are_read_by_what_they_return() {
        let mut flags = Make::new("app::flags");
        flags.ret(Val::Ctor(Sym::new(""), vec![Val::Int(-1), const_("c::SOCK_STREAM")]));
        let mut f = Make::new("app::open");
        let pair = f.call("app::flags", vec![]);
        f.call("c::socket", vec![Val::Int(2), Val::Field(Box::new(pair), Sym::new("1")), Val::Int(0)]);
        assert_eq!(found(vec![flags, f], vec![]), 1);
    }

    #[test]
    fn a_flag_set_by_the_caller_is_another_rules_matter() {
        let mut f = Make::new("app::open");
        let fd = f.call("c::accept", vec![Val::Int(3)]);
        f.ret(Val::Ctor(Sym::new("std::result::Result::Ok"), vec![fd]));
        let mut g = Make::new("app::serve");
        let fd = g.call("app::open", vec![]);
        let fd = g.bind("fd", Val::Inside(Box::new(fd)));
        g.call("c::fcntl", vec![fd, const_("c::F_SETFD"), const_("c::FD_CLOEXEC")]);
        assert_eq!(found(vec![f, g], vec![]), 0);
    }
}
