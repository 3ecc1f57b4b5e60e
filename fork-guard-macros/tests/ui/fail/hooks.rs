//! Functions that cannot be fork hooks or entries.
use fork_runtime::{after_fork_in_child, after_fork_in_parent, before_fork, zygote};

#[before_fork]
async fn asynchronous() {}

#[before_fork]
unsafe fn dangerous() {}

#[after_fork_in_child]
fn generic<T>() {}

#[before_fork]
fn takes(_event: &fork_runtime::atfork::Event) {}

#[after_fork_in_parent]
fn takes_more(_event: &fork_runtime::atfork::Event, _more: u8) {}

#[after_fork_in_parent]
fn takes_another(_event: u8) {}

#[before_fork]
fn gives_another() -> u8 {
    1
}

#[before_fork(phase = Random)]
fn no_such_phase() {}

#[before_fork(when = 1)]
fn no_such_word() {}

#[after_fork_in_child]
static NOT_A_FUNCTION: u8 = 1;

#[zygote::entry]
fn no_argument() {}

#[zygote::entry]
fn pattern((_a, _b): (u8, u8)) {}

struct Value;

impl Value {
    #[after_fork_in_child]
    fn method(&self) {}
}

fn main() {}
