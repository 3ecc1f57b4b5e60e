//! Tests on hand-built facts, part by part.

mod forks;
mod order;
mod regions;
mod summary;

use crate::analysis::{CrateUnit, Program};
use crate::catalogue::{Catalogue, Class, Effect, Entry, ForkKind, Role, Shape};
use crate::facts::{BlockId, CmpOp, CrateFacts, Fn, Pat, Sym, Val};
use crate::testing::Make;

/// A catalogue of a few functions with the effects and roles that the tests are about.
fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    let mut add = |path: &str, effects: &[Effect], roles: &[Role]| {
        let entry = Entry { effects: effects.to_vec(), roles: roles.to_vec(), source: String::new() };
        catalogue.add(Sym::new(path), entry);
    };
    let fork = |child: Shape, kind| Role::Fork { child, kind };
    add("c::fork", &[], &[fork(Shape::Int(0), ForkKind::Libc)]);
    add("c::vfork", &[], &[fork(Shape::Int(0), ForkKind::Vfork)]);
    add("c::syscall", &[], &[Role::Syscall]);
    add("nix::unistd::fork", &[], &[fork(Shape::Variant(Sym::new("Child")), ForkKind::Libc)]);
    add("c::daemon", &[], &[Role::Daemon]);
    add("c::_exit", &[Effect::ExitNow], &[Role::Diverges]);
    add("std::process::exit", &[Effect::Exit], &[Role::Diverges]);
    add("c::execv", &[Effect::Exec], &[]);
    add("c::setsid", &[], &[]);
    add("c::waitpid", &[Effect::Wait], &[]);
    add("std::format!", &[Effect::Alloc, Effect::Format], &[]);
    add("std::vec!", &[Effect::Alloc], &[]);
    add("std::io::Error::other", &[Effect::Alloc], &[]);
    add("log::error!", &[Effect::Log, Effect::Alloc, Effect::Format, Effect::Lock], &[]);
    add("std::sync::Mutex::lock", &[Effect::Lock], &[]);
    add("std::sync::MutexGuard", &[], &[Role::Class(Class::Guard)]);
    add("std::io::BufWriter", &[], &[Role::Class(Class::BufferedWriter)]);
    add("std::result::Result::map_err", &[], &[Role::Transparent]);
    add("std::result::Result::unwrap", &[Effect::Panic], &[Role::Transparent]);
    add("std::boxed::Box::new", &[Effect::Alloc], &[]);
    add("std::mem::drop", &[], &[]);
    add("cmd::pre_exec", &[Effect::Alloc], &[Role::PreExec { param: 1 }]);
    add("cmd::spawn", &[], &[Role::SpawnsChild]);
    add("std::thread::spawn", &[Effect::ThreadStart], &[Role::StartsThreads, Role::ThreadEntry { param: 0 }]);
    add("std::thread::JoinHandle::join", &[], &[Role::EndsThreads]);
    add("std::thread::scope", &[], &[Role::EndsThreads]);
    add("tokio::runtime::Runtime::new", &[Effect::ThreadStart], &[Role::StartsThreads]);
    add("tokio::runtime::Runtime::block_on", &[], &[]);
    add("tokio::runtime::Runtime", &[], &[Role::Class(Class::Runtime)]);
    add("threads::one", &[], &[Role::ChecksThreads]);
    catalogue
}

/// A program of one crate.
fn program(library: bool, fns: Vec<Make>) -> Program {
    let facts =
        CrateFacts { name: "app".to_owned(), fns: fns.into_iter().map(Make::done).collect(), ..CrateFacts::default() };
    Program::link(vec![CrateUnit { facts, member: true, library }], catalogue())
}

/// A member crate and one that it depends on.
fn with_dependency(fns: Vec<Make>, theirs: Vec<Make>) -> Program {
    let unit = |name: &str, fns: Vec<Make>, member| {
        let fns: Vec<Fn> = fns.into_iter().map(Make::done).collect();
        CrateUnit { facts: CrateFacts { name: name.to_owned(), fns, ..CrateFacts::default() }, member, library: true }
    };
    Program::link(vec![unit("dep", theirs, false), unit("app", fns, true)], catalogue())
}

fn eq(value: i64) -> Pat {
    Pat::Cmp(CmpOp::Eq, value)
}

fn variant(name: &str, fields: Vec<Pat>) -> Pat {
    Pat::Variant(Sym::new(name), fields)
}

/// `if on matches pat { child } else { parent }`; the blocks of both.
fn branch(f: &mut Make, on: Val, pat: Pat) -> (BlockId, BlockId) {
    let (child, parent) = (f.block(), f.block());
    f.switch(on, vec![(pat, child), (Pat::Any, parent)]);
    (child, parent)
}

/// A call that never returns ends its block.
fn leave(f: &mut Make, path: &str) {
    f.call_unused(path, vec![Val::Int(0)]);
    f.diverge();
}

fn id(program: &Program, path: &str) -> usize {
    program.by_path(Sym::new(path))[0]
}

/// Names of what is called in a region, in order.
fn called(program: &Program, region: usize) -> Vec<String> {
    let region = &program.regions()[region];
    super::call_sites(region.function, &program.function(region.function).body)
        .filter(|(site, _)| region.has(*site))
        .filter_map(|(_, call)| match &call.callee {
            crate::facts::Callee::Path(path) => Some(path.last().to_owned()),
            _ => None,
        })
        .collect()
}
