//! What is said of a field does not fit it, or is nothing.
use fork_runtime::fork_safe;

struct Connection;

#[fork_safe]
struct Unfitting {
    #[fork(reset)]
    session: Connection,
    #[fork(close)]
    second: Connection,
    #[fork(discard)]
    third: Connection,
    #[fork(per_process)]
    fourth: Connection,
    #[fork(reset = 7)]
    fifth: String,
}

#[fork_safe]
struct Words {
    #[fork(kept)]
    a: Connection,
    #[fork]
    b: Connection,
    #[fork(keep, discard)]
    c: Connection,
    #[fork(keep)]
    #[fork(discard)]
    d: Connection,
    #[fork(keep, reason = " ")]
    e: Connection,
}

#[fork_safe]
union Either {
    a: u8,
    b: i8,
}

#[fork_safe(allow(lock-in-child, reason = "why"))]
struct Allowing(u8);

#[fork_safe(check = self.born)]
struct Checking(u8);

#[fork_safe(crate = nowhere)]
struct Elsewhere(u8);

#[fork_safe(crate = fork_runtime)]
fn needs_no_runtime() {}

fn main() {
    needs_no_runtime();
}
