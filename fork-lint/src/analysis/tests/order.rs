//! Thread order.

use super::*;
use crate::analysis::{Order, Seen, Site};
use crate::facts;

fn main_fn() -> Make {
    Make::new("app::main").entry(facts::Entry::Main)
}

fn fork_fn() -> Make {
    let mut f = Make::new("app::forks");
    let pid = f.call("c::fork", vec![]);
    let (child, _) = branch(&mut f, pid, eq(0));
    f.enter(child);
    leave(&mut f, "c::_exit");
    f
}

fn order(program: &Program) -> Order {
    let site = program.forks().iter().next().map(|f| f.site).expect("a fork");
    program.order(site)
}

fn start(f: &mut Make) -> Val {
    f.call("std::thread::spawn", vec![])
}

#[test]
fn a_start_before_the_call_is_seen_and_one_after_it_is_not() {
    let mut before = main_fn();
    start(&mut before);
    before.call("app::forks", vec![]);
    let before = program(false, vec![fork_fn(), before]);
    let Order::Live(evidence) = order(&before) else { panic!("not live") };
    assert!(matches!(evidence.what, Seen::Start(_)));
    assert_eq!(evidence.calls, [Site { function: 1, block: 0, event: 1 }]);

    let mut after = main_fn();
    after.call("app::forks", vec![]);
    start(&mut after);
    assert!(matches!(order(&program(false, vec![fork_fn(), after])), Order::Latent));
}

#[test]
fn a_start_in_another_branch_is_not_before() {
    let mut main = main_fn();
    let (one, other) = branch(&mut main, Val::Unknown, Pat::Opaque);
    main.enter(one);
    start(&mut main);
    main.enter(other);
    main.call("app::forks", vec![]);
    assert!(matches!(order(&program(false, vec![fork_fn(), main])), Order::Latent));
}

#[test]
fn threads_that_have_ended_do_not_count() {
    let mut main = main_fn();
    let handle = start(&mut main);
    let handle = main.bind("handle", handle);
    main.call("std::thread::JoinHandle::join", vec![handle]);
    main.call("app::forks", vec![]);
    assert!(matches!(order(&program(false, vec![fork_fn(), main])), Order::Latent));
}

#[test]
fn a_check_of_the_thread_count_stops_the_search() {
    let mut main = main_fn();
    start(&mut main);
    main.call("threads::one", vec![]);
    main.call("app::forks", vec![]);
    assert!(matches!(order(&program(false, vec![fork_fn(), main])), Order::Checked));
}

#[test]
fn a_threaded_main_and_async_code_and_threads_are_live() {
    let mut main = Make::new("app::main").entry(facts::Entry::ThreadedRuntimeMain);
    main.call("app::forks", vec![]);
    assert!(order(&program(false, vec![fork_fn(), main])).live().is_some());

    let mut poll = Make::new("app::poll").public().asynchronous();
    poll.call("app::forks", vec![]);
    let Order::Live(evidence) = order(&program(true, vec![fork_fn(), poll])) else { panic!("not live") };
    assert!(matches!(evidence.what, Seen::Async(1)));

    let mut main = main_fn();
    main.call("std::thread::spawn", vec![Val::Fn(Sym::new("app::forks"))]);
    let Order::Live(evidence) = order(&program(false, vec![fork_fn(), main])) else { panic!("not live") };
    assert!(matches!(evidence.what, Seen::InThread(_)));
}

#[test]
fn async_code_on_a_single_threaded_main_is_latent() {
    let mut main = Make::new("app::main").entry(facts::Entry::CurrentThreadRuntimeMain);
    main.call("app::poll", vec![]);
    let mut poll = Make::new("app::poll").asynchronous();
    poll.call("app::forks", vec![]);
    assert!(matches!(order(&program(false, vec![fork_fn(), main, poll])), Order::Latent));
}

#[test]
fn a_librarys_callers_are_unknown_and_may_have_been_told() {
    let public = |unsafe_: bool| {
        let mut f = Make::new("app::run").public();
        if unsafe_ {
            f = f.unsafe_fn();
        }
        f.call("app::forks", vec![]);
        order(&program(true, vec![fork_fn(), f]))
    };
    assert!(matches!(public(false), Order::Unknown { public: Some(1), stated: false }));
    assert!(matches!(public(true), Order::Unknown { public: Some(1), stated: true }));
}

#[test]
fn the_child_of_a_fork_has_one_thread() {
    let mut main = main_fn();
    start(&mut main);
    let pid = main.call("c::fork", vec![]);
    let (child, _) = branch(&mut main, pid, eq(0));
    main.enter(child);
    main.call("app::forks", vec![]);
    leave(&mut main, "c::_exit");
    assert!(matches!(order(&program(false, vec![fork_fn(), main])), Order::Child));
}
