//! Functions.

use ::fork_guard_macros::fork_safe;

#[fork_safe]
fn generic<T: ::core::marker::Copy, const N: usize>(given: [T; N]) -> T {
    given[0]
}

#[fork_safe]
extern "C" fn foreign(n: i32) -> i32 {
    n
}

#[fork_safe]
const fn constant() -> u32 {
    3
}

#[fork_safe(allow(allocation-in-child, reason = "the first call is made before main forks"))]
fn allowed() -> ::std::string::String {
    ::std::string::String::with_capacity(4)
}

struct Counter(u32);

#[fork_safe]
impl Counter {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

trait Step {
    #[fork_safe]
    fn step(&self) -> u32;

    #[fork_safe]
    fn twice(&self) -> u32 {
        self.step() * 2
    }
}

impl Step for Counter {
    #[fork_safe]
    fn step(&self) -> u32 {
        self.0
    }
}

#[fork_safe]
mod child {
    pub fn leave() -> u32 {
        7
    }
}

macro_rules! made {
    ($name:ident, $body:expr) => {
        #[fork_safe]
        fn $name() -> u32 {
            $body + 1
        }
    };
}

made!(by_macro, 2);

#[::core::prelude::v1::test]
fn functions() {
    let mut counter = Counter(constant());
    ::std::assert_eq!(counter.next() + counter.twice() + child::leave() + by_macro(), 4 + 8 + 7 + 3);
    ::std::assert_eq!(generic([1, 2]) + foreign(1), 2);
    ::std::assert!(allowed().is_empty());
}
