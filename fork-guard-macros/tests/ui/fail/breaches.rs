//! One error for each breach, at its place; the functions stay, so that nothing else is wrong.
use fork_guard_macros::fork_safe;

#[fork_safe]
fn allocates() -> String {
    String::from("text")
}

#[fork_safe]
fn formats(n: u32) -> String {
    format!("{n}")
}

#[fork_safe]
fn prints(n: u32) {
    println!("{n}");
}

#[fork_safe]
fn starts() {
    std::thread::spawn(|| {});
}

#[fork_safe]
fn leaves() {
    std::process::exit(1);
}

#[fork_safe]
fn panics(given: Option<u32>) -> u32 {
    given.unwrap()
}

#[fork_safe]
fn in_a_closure(given: Option<u32>) -> Option<Box<u32>> {
    given.map(|n| Box::new(n))
}

fn main() {
    let _ = (allocates(), formats(1), prints(1), starts(), panics(None), in_a_closure(None));
    leaves();
}
