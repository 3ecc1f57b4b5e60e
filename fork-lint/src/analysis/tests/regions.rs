//! Regions that are closures or functions, and what happens in them.

use super::*;
use crate::analysis::{ChildEvent, Deed, How, RegionKind};
use crate::facts::Callee;

fn closure(path: &str, parent: &str, calls: &[&str]) -> Make {
    let mut f = Make::new(path).closure_of(parent);
    for call in calls {
        f.call(call, vec![]);
    }
    f
}

fn effects(program: &Program) -> Vec<(Effect, usize)> {
    let effect = |e: &ChildEvent| match e.deed {
        Deed::Effect(effect) => Some((effect, e.path.len())),
        Deed::Unverified => None,
    };
    program.child_events().iter().filter_map(effect).collect()
}

#[test]
fn a_closure_given_to_pre_exec_is_a_region_and_not_its_callers_work() {
    let mut f = Make::new("app::run");
    f.call("cmd::pre_exec", vec![Val::Unknown, Val::Fn(Sym::new("app::run::{closure#0}"))]);
    let hook = closure("app::run::{closure#0}", "app::run", &["log::error!"]);
    let program = program(true, vec![f, hook]);
    assert_eq!(program.regions()[0].kind, RegionKind::PreExec);
    assert_eq!(effects(&program), [(Effect::Log, 1)]);
    assert!(!program.summary(id(&program, "app::run")).has(Effect::Log));
}

#[test]
fn a_boxed_closure_passed_through_wrappers_is_a_region() {
    let mut inner = Make::new("dep::hook");
    let cmd = inner.param("cmd");
    let f = inner.param("f");
    inner.callable(1);
    inner.call("cmd::pre_exec", vec![cmd, f]);
    let mut outer = Make::new("app::with");
    let f = outer.param("f");
    outer.callable(0);
    outer.call("dep::hook", vec![Val::Unknown, f]);
    let mut run = Make::new("app::run");
    let boxed = run.call("std::boxed::Box::new", vec![Val::Fn(Sym::new("app::run::{closure#0}"))]);
    run.call("app::with", vec![boxed]);
    let hook = closure("app::run::{closure#0}", "app::run", &["std::vec!"]);
    let program = with_dependency(vec![outer, run, hook], vec![inner]);
    assert_eq!(program.regions().len(), 1);
    assert_eq!(program.regions()[0].through.len(), 2);
    assert_eq!(effects(&program), [(Effect::Alloc, 1)]);
}

#[test]
fn a_callable_called_in_a_pre_exec_closure_of_a_wrapper_is_a_region() {
    let mut with = Make::new("app::with");
    with.param("hook");
    with.callable(0);
    with.call("cmd::pre_exec", vec![Val::Unknown, Val::Fn(Sym::new("app::with::{closure#0}"))]);
    let mut around = Make::new("app::with::{closure#0}").closure_of("app::with");
    around.call_with(Callee::Indirect(Sym::new("hook")), vec![], &[], false);
    let mut run = Make::new("app::run");
    run.call("app::with", vec![Val::Fn(Sym::new("app::hook"))]);
    let mut hook = Make::new("app::hook");
    hook.call("std::format!", vec![]);
    let program = program(true, vec![with, around, run, hook]);
    let of_hook: Vec<_> = program.regions().iter().filter(|r| r.function == id(&program, "app::hook")).collect();
    assert_eq!(of_hook.len(), 1);
    assert_eq!(of_hook[0].kind, RegionKind::PreExec);
}

#[test]
fn a_callable_called_in_the_child_of_a_wrapper_is_a_region() {
    let mut with = Make::new("app::in_child");
    with.param("f");
    with.callable(0);
    let pid = with.call("c::fork", vec![]);
    let (child, parent) = branch(&mut with, pid, eq(0));
    with.enter(child);
    with.call_with(Callee::Param(0), vec![], &[], false);
    leave(&mut with, "c::_exit");
    with.enter(parent);
    with.call("c::waitpid", vec![]);
    let mut run = Make::new("app::run");
    run.call("app::in_child", vec![Val::Fn(Sym::new("app::work"))]);
    let mut work = Make::new("app::work");
    work.call("std::sync::Mutex::lock", vec![]);
    let program = program(true, vec![with, run, work]);
    assert!(program.regions().iter().any(|r| r.kind == RegionKind::ForkEntry));
    assert_eq!(effects(&program), [(Effect::Lock, 1)]);
    assert!(!program.summary(id(&program, "app::run")).has(Effect::Lock));
}

#[test]
fn callables_called_here_or_stored_are_told_apart() {
    let mut keep = Make::new("app::keep");
    let f = keep.param("f");
    keep.callable(0);
    keep.store(Val::Field(Box::new(Val::Unknown), Sym::new("hook")), f);
    let mut run = Make::new("app::run");
    run.call("app::keep", vec![Val::Fn(Sym::new("app::a"))]);
    run.call("std::result::Result::map_err", vec![Val::Unknown, Val::Fn(Sym::new("std::io::Error::other"))]);
    let mut a = Make::new("app::a");
    a.call("log::error!", vec![]);
    let program = program(true, vec![keep, run, a]);
    let effects = program.summary(id(&program, "app::run"));
    assert!(effects.has(Effect::Alloc) && !effects.has(Effect::Log));
    assert!(program.graph().callers(id(&program, "app::a")).all(|e| e.how == How::Later));
}

#[test]
fn the_harm_is_found_below_helpers_and_told_at_the_childs_call() {
    let mut f = Make::new("app::run");
    f.call("cmd::pre_exec", vec![Val::Unknown, Val::Fn(Sym::new("app::run::{closure#0}"))]);
    let hook = closure("app::run::{closure#0}", "app::run", &["app::helper"]);
    let mut helper = Make::new("app::helper");
    helper.call("dep::deep", vec![]);
    let mut deep = Make::new("dep::deep");
    deep.call("dep::deeper", vec![]);
    let mut deeper = Make::new("dep::deeper");
    deeper.call("std::vec!", vec![]);
    deeper.call("dep::deep", vec![]);
    let program = with_dependency(vec![f, hook, helper], vec![deep, deeper]);
    assert_eq!(effects(&program), [(Effect::Alloc, 2)]);
    let event = &program.child_events()[0];
    let way = program.witness_at(event.site(), Effect::Alloc).expect("a way to the allocation");
    assert_eq!((way.calls.len(), way.leaf.as_str()), (3, "std::vec!"));
}

#[test]
fn setuid_matters_after_a_raw_clone_only() {
    let run = |fork: &str| {
        let mut f = Make::new("app::run");
        let pid = f.call(fork, vec![Val::Const(Sym::new("c::SYS_clone"))]);
        let (child, _) = branch(&mut f, pid, eq(0));
        f.enter(child);
        f.call("c::setuid", vec![]);
        leave(&mut f, "c::_exit");
        let facts = CrateFacts { name: "app".to_owned(), fns: vec![f.done()], ..CrateFacts::default() };
        let mut catalogue = catalogue();
        let entry = Entry { effects: vec![Effect::Setxid], roles: vec![], source: String::new() };
        catalogue.add(Sym::new("c::setuid"), entry);
        Program::link(vec![CrateUnit { facts, member: true, library: true }], catalogue)
    };
    assert_eq!(effects(&run("c::fork")), []);
    assert_eq!(effects(&run("c::syscall")), [(Effect::Setxid, 1)]);
}
