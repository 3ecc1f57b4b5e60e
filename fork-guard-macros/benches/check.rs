//! What `#[fork_safe(check = ..)]` adds to a method. Bar: the cost of `generation()`.

#[path = "../../fork-runtime/benches/common/mod.rs"]
mod common;

use common::{Row, compare, per_call};
use fork_runtime::{ForkCell, ForkGuard, Generation, fork_safe, generation};
use std::hint::black_box;

#[fork_safe]
struct Counter {
    #[fork(reset)]
    count: u64,
    #[fork(reset)]
    guard: ForkGuard,
    born: Generation,
    #[fork(per_process)]
    cell: ForkCell<u64>,
}

impl Counter {
    #[inline(never)]
    fn unchecked(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    #[inline(never)]
    fn by_pid(&mut self, pid: u32) -> u64 {
        if std::process::id() != pid {
            self.count = 0;
        }
        self.count += 1;
        self.count
    }

    #[inline(never)]
    fn by_generation(&mut self) -> u64 {
        if generation() != self.born {
            self.count = 0;
        }
        self.count += 1;
        self.count
    }
}

#[fork_safe(check = self.guard)]
impl Counter {
    #[inline(never)]
    pub(crate) fn by_guard(&mut self) -> u64 {
        self.count += 1;
        self.count
    }
}

#[fork_safe(check = self.cell)]
impl Counter {
    #[inline(never)]
    pub(crate) fn by_cell(&self) -> u64 {
        self.count + 1
    }
}

fn row<'a>(name: &'a str, counter: &mut Counter, mut body: impl FnMut(&mut Counter) -> u64 + 'a) -> Row<'a> {
    let Counter { count, guard, born, .. } = *counter;
    let mut own = Counter { count, guard, born, cell: ForkCell::new(0) };
    (
        name,
        Box::new(move || {
            per_call(1_000_000, || {
                black_box(body(black_box(&mut own)));
            })
        }),
    )
}

fn main() {
    let mut counter = Counter { count: 0, guard: ForkGuard::new(), born: generation(), cell: ForkCell::new(0) };
    let pid = std::process::id();
    let first = &mut counter;
    let rows = vec![
        row("no check", first, Counter::unchecked),
        row("if generation() != self.born, by hand", first, Counter::by_generation),
        row("check = self.guard (ForkGuard), &mut self", first, Counter::by_guard),
        row("check = self.cell (ForkCell), &self", first, |counter| counter.by_cell()),
        row("if getpid() != self.pid, by hand", first, move |counter| counter.by_pid(pid)),
    ];
    compare("a method of one addition", 31, rows);
}
