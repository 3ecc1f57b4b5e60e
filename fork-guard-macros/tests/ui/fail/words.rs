//! Mistakes in the attribute itself, and places where it cannot be.
use fork_guard_macros::fork_safe;

#[fork_safe(allow(allocation-in-child))]
fn no_reason() -> String {
    String::from("text")
}

#[fork_safe(allow(allocating-in-child, reason = "why"))]
fn no_such_rule() {}

#[fork_safe(alow(x))]
fn no_such_word() {}

#[fork_safe]
async fn runs_on_a_runtime() {}

#[fork_safe]
const NUMBER: u32 = 1;

fn main() {
    let _ = (no_reason(), no_such_rule(), no_such_word(), runs_on_a_runtime(), NUMBER);
}
