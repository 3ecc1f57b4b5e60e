//! Starting /bin/true from a small process and from one of 2000 MB. Bar: within 1.1 times of `posix_spawn`.
//!
//! An argument sets the megabytes.

mod common;

use common::{compare, per_call};
use fork_runtime::ForkExcluded;
use fork_runtime::spawn::Spawn;
use std::os::unix::process::CommandExt;
use std::process::Command;

const PROGRAM: &str = "/bin/true";

fn posix_spawn() {
    let mut pid = 0;
    let argv = [c"/bin/true".as_ptr().cast_mut(), std::ptr::null_mut()];
    let envp = [std::ptr::null_mut()];
    // SAFETY: a path, null-terminated arrays of strings, and no actions or attributes.
    let failed = unsafe {
        libc::posix_spawn(
            &raw mut pid,
            c"/bin/true".as_ptr(),
            std::ptr::null(),
            std::ptr::null(),
            argv.as_ptr(),
            envp.as_ptr(),
        )
    };
    assert!(failed == 0 && pid > 0, "posix_spawn");
    // SAFETY: our own child; no place for a status.
    unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) };
}

fn prepared(spawn: &Spawn) {
    spawn.start().expect("started").wait().expect("waited for");
}

fn std_command(pre_exec: bool) {
    let mut command = Command::new(PROGRAM);
    command.env_clear();
    if pre_exec {
        // SAFETY: the closure does nothing.
        unsafe { command.pre_exec(|| Ok(())) };
    }
    command.status().expect("status");
}

fn round(title: &str, slow: u32) {
    let spawn = Spawn::new(PROGRAM).env_clear();
    let full =
        Spawn::new(PROGRAM).env_clear().new_session().umask(0o22).current_dir("/").rlimit(libc::RLIMIT_CORE, 0, 0);
    compare(
        title,
        15,
        vec![
            ("posix_spawn", Box::new(|| per_call(20, posix_spawn))),
            ("fork_runtime::Spawn", Box::new(|| per_call(20, || prepared(&spawn)))),
            ("fork_runtime::Spawn, session, folder, limit, umask", Box::new(|| per_call(20, || prepared(&full)))),
            ("std::process::Command", Box::new(|| per_call(20, || std_command(false)))),
            ("std::process::Command with pre_exec", Box::new(|| per_call(slow, || std_command(true)))),
        ],
    );
}

fn main() {
    let megabytes: usize = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(2000);
    round("a small process", 20);
    let mut memory = vec![0_u8; megabytes << 20];
    memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    std::hint::black_box(&mut memory);
    round(&format!("a process of {megabytes} MB"), 1);
    drop(memory);
    let mut region = ForkExcluded::new(megabytes << 20).expect("memory");
    (0..megabytes << 20).step_by(4096).for_each(|at| region.write(at, &[1]).expect("in bounds"));
    round(&format!("a process of {megabytes} MB in ForkExcluded memory"), 20);
}
