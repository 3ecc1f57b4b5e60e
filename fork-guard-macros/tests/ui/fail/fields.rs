//! Fields that do not survive a fork: each error names the field, what goes wrong, and what to use.
use fork_runtime::fork_safe;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, mpsc};

#[fork_safe]
struct Locked {
    waiting: Mutex<Vec<u32>>,
    shared: Arc<OnceLock<String>>,
}

#[fork_safe]
struct Holding<'a>(MutexGuard<'a, u32>);

#[fork_safe]
struct Working {
    worker: std::thread::JoinHandle<()>,
    jobs: mpsc::Sender<u32>,
}

#[fork_safe]
enum Opened {
    Socket { stream: std::net::TcpStream },
    File(std::fs::File),
}

struct StdRng;
struct TempDir;
struct Runtime;

#[fork_safe]
struct Others {
    random: StdRng,
    scratch: TempDir,
    runtime: Runtime,
    callback: Box<dyn Fn()>,
}

#[fork_safe]
struct Generic<T, U> {
    kept: T,
    #[fork(discard)]
    value: Option<U>,
}

fn survives<T: fork_runtime::ForkSafe>() {}

fn main() {
    survives::<Generic<u8, Mutex<u8>>>();
    survives::<Generic<Mutex<u8>, u8>>();
}
