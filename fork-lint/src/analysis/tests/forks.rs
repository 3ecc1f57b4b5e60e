//! Fork forms and wrappers.

use super::*;
use crate::analysis::{Abs, RegionKind};
use crate::facts::{Callee, Term};

/// `if fork() == 0 { child(); _exit } parent()`
fn plain(pat: Pat, on: impl FnOnce(&mut Make, Val) -> Val) -> Program {
    let mut f = Make::new("app::run");
    let pid = f.call("c::fork", vec![]);
    let on = on(&mut f, pid);
    let (child, parent) = branch(&mut f, on, pat);
    f.enter(child);
    f.call("std::vec!", vec![]);
    leave(&mut f, "c::_exit");
    f.enter(parent);
    f.call("c::waitpid", vec![]);
    program(true, vec![f])
}

#[test]
fn the_child_is_told_by_its_number() {
    for (pat, on_child) in [(eq(0), true), (Pat::Cmp(CmpOp::Gt, 0), false), (Pat::Cmp(CmpOp::Ne, 0), false)] {
        let program = plain(pat, |_, pid| pid);
        let calls = called(&program, 0);
        assert_eq!(calls.contains(&"vec!".to_owned()), on_child, "{calls:?}");
        assert_eq!(calls.contains(&"waitpid".to_owned()), !on_child, "{calls:?}");
    }
}

#[test]
fn errors_are_not_the_childs() {
    let mut f = Make::new("app::run");
    let pid = f.call("nix::unistd::fork", vec![]);
    let (failed, parent, child) = (f.block(), f.block(), f.block());
    f.switch(
        pid,
        vec![
            (variant("Err", vec![Pat::Any]), failed),
            (variant("Ok", vec![variant("Parent", vec![Pat::Any])]), parent),
            (variant("Ok", vec![variant("Child", vec![])]), child),
        ],
    );
    f.enter(failed);
    f.call("std::format!", vec![]);
    f.enter(parent);
    f.call("c::waitpid", vec![]);
    f.enter(child);
    leave(&mut f, "c::_exit");
    let program = program(true, vec![f]);
    assert_eq!(called(&program, 0), ["_exit"]);
}

#[test]
fn the_result_is_followed_through_locals_question_marks_and_map_err() {
    let program = plain(eq(0), |f, pid| {
        let mapped = f.call("std::result::Result::map_err", vec![pid]);
        f.bind("pid", Val::Inside(Box::new(mapped)))
    });
    assert!(!called(&program, 0).contains(&"waitpid".to_owned()));
}

#[test]
fn a_helper_that_tests_the_result_is_evaluated() {
    let mut test = Make::new("app::Forked::in_child");
    let this = test.param("self");
    let (yes, no) = branch(&mut test, this, variant("Child", vec![]));
    test.enter(yes);
    test.ret(Val::Int(1));
    test.enter(no);
    test.ret(Val::Int(0));
    let mut f = Make::new("app::run");
    let side = f.call("nix::unistd::fork", vec![]);
    let is = f.call("app::Forked::in_child", vec![side]);
    let (child, parent) = branch(&mut f, is, eq(1));
    f.enter(child);
    leave(&mut f, "c::_exit");
    f.enter(parent);
    f.call("c::waitpid", vec![]);
    let program = program(true, vec![test, f]);
    assert_eq!(called(&program, 0), ["in_child", "_exit"]);
}

fn syscall(number: Val, flags: Val) -> Program {
    let mut f = Make::new("app::run");
    f.call("c::syscall", vec![number, flags]);
    program(true, vec![f])
}

#[test]
fn raw_system_calls_fork() {
    let named = |name: &str| Val::Const(Sym::new(name));
    let kind = |program: &Program| program.regions().first().map(|r| r.kind);
    let fork = |k| Some(RegionKind::Fork(k));
    assert_eq!(kind(&syscall(named("c::SYS_fork"), Val::Unit)), fork(ForkKind::Raw));
    assert_eq!(kind(&syscall(named("c::SYS_clone3"), Val::Unit)), fork(ForkKind::Raw));
    assert_eq!(kind(&syscall(named("c::SYS_clone"), named("c::SIGCHLD"))), fork(ForkKind::Raw));
    let thread = Val::Or(vec![named("c::CLONE_VM"), named("c::CLONE_THREAD")]);
    assert_eq!(kind(&syscall(named("c::SYS_clone"), thread)), None);
    let vfork = Val::Or(vec![named("c::CLONE_VM"), named("c::CLONE_VFORK")]);
    assert_eq!(kind(&syscall(named("c::SYS_clone"), vfork)), fork(ForkKind::Vfork));
    assert_eq!(kind(&syscall(named("c::SYS_gettid"), Val::Unit)), None);
}

/// `fn fork() -> Result<Side> { match c::fork() { -1 => Err(..), 0 => Ok(Child), pid => Ok(Parent(pid)) } }`
fn wrapper(path: &str) -> Make {
    let mut f = Make::new(path);
    let pid = f.call("c::fork", vec![]);
    let pid = f.bind("pid", pid);
    let (failed, child, parent) = (f.block(), f.block(), f.block());
    f.switch(pid.clone(), vec![(eq(-1), failed), (eq(0), child), (Pat::Any, parent)]);
    let ctor = |name: &str, fields| Val::Ctor(Sym::new(name), fields);
    f.enter(failed);
    f.ret(ctor("std::result::Result::Err", vec![Val::Unknown]));
    f.enter(child);
    f.ret(ctor("std::result::Result::Ok", vec![ctor("app::Side::Child", vec![])]));
    f.enter(parent);
    f.ret(ctor("std::result::Result::Ok", vec![ctor("app::Side::Parent", vec![pid])]));
    f
}

#[test]
fn a_function_that_returns_in_the_child_is_a_fork_for_its_callers() {
    let mut outer = Make::new("app::forked");
    let side = outer.call("app::fork", vec![]);
    outer.ret(side);
    let mut f = Make::new("app::run");
    let side = f.call("app::forked", vec![]);
    let (child, parent) = branch(&mut f, Val::Inside(Box::new(side)), variant("Child", vec![]));
    f.enter(child);
    leave(&mut f, "c::_exit");
    f.enter(parent);
    f.call("c::waitpid", vec![]);
    let program = program(true, vec![wrapper("app::fork"), outer, f]);
    assert_eq!(called(&program, 2), ["_exit"]);
    assert_eq!(program.regions()[2].through.len(), 2);
    let form = program.forks().wrapper(id(&program, "app::fork")).map(|f| &f.child);
    assert_eq!(form, Some(&Abs::Ctor(Sym::new("Ok"), vec![Abs::variant("Child")])));
}

#[test]
fn a_function_whose_parent_exits_returns_in_the_child_only() {
    let mut daemonize = Make::new("app::daemonize");
    let pid = daemonize.call("c::fork", vec![]);
    let (child, parent) = branch(&mut daemonize, pid, eq(0));
    daemonize.enter(parent);
    leave(&mut daemonize, "std::process::exit");
    daemonize.enter(child);
    daemonize.call("c::setsid", vec![]);
    let mut main = Make::new("app::main");
    main.call("app::daemonize", vec![]);
    main.call("std::vec!", vec![]);
    let program = program(false, vec![daemonize, main]);
    let form = program.forks().wrapper(id(&program, "app::daemonize")).map(|f| (&f.child, &f.parent));
    assert_eq!(form, Some((&Abs::Done, &None)));
    assert!(program.regions()[1].parent_gone);
    assert_eq!(called(&program, 1), ["vec!"]);
}

#[test]
fn a_child_that_falls_through_makes_no_wrapper() {
    let mut f = Make::new("app::run");
    let pid = f.call("c::fork", vec![]);
    let (child, parent) = branch(&mut f, pid, eq(0));
    f.enter(child);
    f.call("c::setsid", vec![]);
    f.goto(parent);
    f.enter(parent);
    f.ret(Val::Ctor(Sym::new("std::result::Result::Ok"), vec![Val::Unit]));
    let program = program(true, vec![f]);
    assert!(program.forks().wrapper(0).is_none());
    let fork = &program.forks().in_fn(0)[0];
    assert_eq!((fork.child.exits.len(), fork.parent.exits.len()), (1, 1));
}

#[test]
fn a_fork_by_trait_is_found_in_its_few_implementations() {
    let mut f = Make::new("app::run");
    let callee = Callee::Dispatch { trait_: Sym::new("app::Sys"), method: Sym::new("fork") };
    f.call_with(callee, vec![], &[], false);
    let mut program_fns = vec![wrapper("<app::Real as app::Sys>::fork"), f];
    let fns = program_fns.drain(..).map(Make::done).collect();
    let imp = crate::facts::ImplDef {
        trait_: Sym::new("app::Sys"),
        self_ty: Sym::new("app::Real"),
        methods: vec![Sym::new("fork")],
    };
    let facts = CrateFacts { name: "app".to_owned(), fns, impls: vec![imp], ..CrateFacts::default() };
    let program = Program::link(vec![CrateUnit { facts, member: true, library: true }], catalogue());
    assert_eq!(program.forks().in_fn(1).len(), 1);
}

#[test]
fn an_endless_function_never_returns() {
    let mut die = Make::new("app::die");
    leave(&mut die, "c::_exit");
    let mut f = Make::new("app::run");
    let pid = f.call("c::fork", vec![]);
    let (child, parent) = branch(&mut f, pid, eq(0));
    f.enter(child);
    f.call("app::die", vec![]);
    f.goto(parent);
    f.enter(parent);
    f.call("c::waitpid", vec![]);
    assert!(matches!(Make::new("x").done().body.blocks[0].term, Term::Return { .. }));
    let program = program(true, vec![die, f]);
    assert_eq!(called(&program, 0), ["die"]);
}
