//! A crate without unsafe code can use everything but what puts a static into a section.
#![forbid(unsafe_code)]
use fork_runtime::{after_fork_in_child, fork_safe};

#[fork_safe]
struct Counter {
    #[fork(reset)]
    count: u32,
}

#[after_fork_in_child]
fn reseed() {}

fn main() {
    let _ = Counter { count: 1 };
}
