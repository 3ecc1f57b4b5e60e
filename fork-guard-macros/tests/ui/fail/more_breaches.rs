//! As `breaches`, for the other rules: locks, loggers, the environment, name service, C, descriptors.
use fork_guard_macros::fork_safe;
use std::sync::Mutex;

/// Stands for the crate of that name.
mod log {
    macro_rules! info {
        ($text:literal) => {};
    }
    pub(crate) use info;
}

#[fork_safe]
fn locks(count: &Mutex<u32>) -> bool {
    count.lock().is_ok()
}

#[fork_safe]
fn looks_up() -> bool {
    std::env::var_os("HOME").is_some()
}

#[fork_safe]
fn resolves() -> bool {
    std::net::TcpStream::connect("localhost:80").is_ok()
}

#[fork_safe]
fn calls_c() {
    unsafe { libc::srand(1) };
}

#[fork_safe]
fn opens() -> i32 {
    unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY) }
}

#[fork_safe]
fn closes() {
    unsafe { libc::close(0) };
}

#[fork_safe]
fn logs() {
    log::info!("in the child");
}

struct Client;

#[fork_safe]
impl Client {
    fn method(&self, count: &Mutex<u32>) -> bool {
        count.lock().is_ok()
    }
}

#[fork_safe]
trait Step {
    fn provided(&self) -> Vec<u8> {
        vec![1]
    }
}

#[fork_safe]
mod inside {
    pub fn collects() -> Vec<u8> {
        [1_u8].into_iter().collect()
    }
}

fn main() {}
