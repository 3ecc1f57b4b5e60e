//! `generation()` against `getpid`. Bar: at most 1.5 ns, and 50 times faster.

mod common;

use common::{compare, per_call};
use std::hint::black_box;

fn main() {
    fork_runtime::generation();
    fork_runtime::cached_pid();
    compare(
        "fork detection",
        31,
        vec![
            (
                "getpid (std::process::id)",
                Box::new(|| {
                    per_call(100_000, || {
                        black_box(std::process::id());
                    })
                }),
            ),
            (
                "generation()",
                Box::new(|| {
                    per_call(1_000_000, || {
                        black_box(fork_runtime::generation());
                    })
                }),
            ),
            (
                "cached_pid()",
                Box::new(|| {
                    per_call(1_000_000, || {
                        black_box(fork_runtime::cached_pid());
                    })
                }),
            ),
            (
                "an empty loop",
                Box::new(|| {
                    per_call(1_000_000, || {
                        black_box(0);
                    })
                }),
            ),
        ],
    );
}
