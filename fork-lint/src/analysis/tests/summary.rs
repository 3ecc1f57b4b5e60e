//! Effect summaries.

use super::*;

#[test]
fn recursion_ends_and_the_shortest_way_is_kept() {
    let mut a = Make::new("app::a");
    a.call("app::b", vec![]);
    a.call("app::c", vec![]);
    let mut b = Make::new("app::b");
    b.call("app::a", vec![]);
    b.call("app::c", vec![]);
    let mut c = Make::new("app::c");
    c.call("std::vec!", vec![]);
    let program = program(true, vec![a, b, c]);
    let way = program.summaries().witness(program.graph(), 0, Effect::Alloc).expect("a way");
    assert_eq!(way.calls.len(), 2);
    assert_eq!(way.leaf.as_str(), "std::vec!");
    assert!(program.summaries().witness(program.graph(), 0, Effect::Log).is_none());
}

#[test]
fn what_only_a_forked_child_does_is_not_the_functions_own() {
    let mut f = Make::new("app::spawn");
    let pid = f.call("c::fork", vec![]);
    let (child, parent) = branch(&mut f, pid, eq(0));
    f.enter(child);
    f.call("std::format!", vec![]);
    leave(&mut f, "std::process::exit");
    f.enter(parent);
    f.call("c::waitpid", vec![]);
    let program = program(true, vec![f]);
    let effects = program.summary(0);
    assert!(effects.has(Effect::Fork) && effects.has(Effect::Wait));
    assert!(!effects.has(Effect::Format) && !effects.has(Effect::Exit));
}

#[test]
fn a_thread_that_is_joined_is_not_there_any_more() {
    let mut joins = Make::new("app::joins");
    let handle = joins.call("std::thread::spawn", vec![Val::Fn(Sym::new("app::work"))]);
    let handle = joins.bind("handle", handle);
    joins.call("std::thread::JoinHandle::join", vec![handle]);
    let mut detaches = Make::new("app::detaches");
    let handle = detaches.call("std::thread::spawn", vec![Val::Fn(Sym::new("app::work"))]);
    detaches.bind("handle", handle);
    let mut work = Make::new("app::work");
    work.call("log::error!", vec![]);
    let mut rt = Make::new("app::rt");
    let runtime = rt.call("tokio::runtime::Runtime::new", vec![]);
    let local = rt.local("rt", &["tokio::runtime::Runtime"]);
    rt.assign(local, crate::facts::AssignOp::Set, runtime);
    rt.call("tokio::runtime::Runtime::block_on", vec![Val::Local(local)]);
    rt.drop_local(local);
    let mut made = Make::new("app::made");
    let runtime = made.call("tokio::runtime::Runtime::new", vec![]);
    made.ret(runtime);
    let program = program(true, vec![joins, detaches, work, rt, made]);
    let starts = |path: &str| program.summary(id(&program, path)).has(Effect::ThreadStart);
    assert_eq!(["app::joins", "app::detaches", "app::rt", "app::made"].map(starts), [false, true, false, true]);
    assert!(!program.summary(id(&program, "app::detaches")).has(Effect::Log), "the thread's work is not the starter's");
}
