//! A process per job: by a template, against a raw fork and the ways that execute a program. Ratios are to a raw fork of a
//! small process in the same round. An argument sets the megabytes of the large caller.

mod common;

use common::{compare, per_call};
use fork_runtime::zygote::{self, Zygote};
use std::os::unix::process::CommandExt;
use std::process::Command;

fork_runtime::entry! {
    fn nothing(_context, _unused: ()) {}
}

fn raw_fork() {
    // SAFETY: the child ends at once.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        // SAFETY: async-signal-safe.
        unsafe { libc::_exit(0) };
    }
    assert!(pid > 0, "fork");
    // SAFETY: our own child; no place for a status.
    unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) };
}

fn command(pre_exec: bool) {
    let mut command = Command::new("/bin/true");
    command.env_clear();
    if pre_exec {
        // SAFETY: the closure does nothing.
        unsafe { command.pre_exec(|| Ok(())) };
    }
    command.status().expect("status");
}

fn one(zygote: &Zygote) {
    zygote.spawn(nothing, &()).expect("a worker").join().expect("a result");
}

fn in_flight(zygote: &Zygote, count: usize) {
    let workers: Vec<_> = (0..count).map(|_| zygote.spawn(nothing, &()).expect("a worker")).collect();
    for worker in workers {
        worker.join().expect("a result");
    }
}

/// The hand-over alone: the next process has had the time to get ready.
fn warm(zygote: &Zygote) -> f64 {
    let mut all: Vec<f64> = (0..20)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_micros(500));
            per_call(1, || one(zygote))
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[10]
}

/// Nanoseconds per worker of 16 threads that ask at once.
fn threads(zygote: &Zygote) -> f64 {
    per_call(1, || {
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| (0..10).for_each(|_| one(zygote)));
            }
        });
    }) / 160.0
}

fn main() {
    zygote::init();
    let megabytes: usize = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(2000);
    let early = Zygote::builder().early().expect("a template");
    let waiting = Zygote::builder().warm(2).early().expect("a template");
    let executed = Zygote::builder().exec().expect("a template");
    let round = |title: &str, slow: u32, rounds: usize| {
        compare(
            title,
            rounds,
            vec![
                ("raw fork, _exit, waitpid", Box::new(|| per_call(slow, raw_fork))),
                ("Zygote (early): spawn, result, wait", Box::new(|| per_call(50, || one(&early)))),
                ("Zygote (exec): spawn, result, wait", Box::new(|| per_call(50, || one(&executed)))),
                ("Zygote, 16 in flight, per worker", Box::new(|| per_call(4, || in_flight(&early, 16)) / 16.0)),
                ("Zygote, 16 threads, per worker", Box::new(|| threads(&early))),
                ("Zygote, warm process, latency to its end", Box::new(|| warm(&waiting))),
                (
                    "Zygote::exec /bin/true",
                    Box::new(|| {
                        per_call(10, || {
                            early.exec(["/bin/true"], |job| job).expect("started").wait().expect("waited for");
                        })
                    }),
                ),
                ("std::process::Command /bin/true", Box::new(|| per_call(10, || command(false)))),
                ("std::process::Command with pre_exec", Box::new(|| per_call(slow.min(10), || command(true)))),
            ],
        );
    };
    round("a small caller", 50, 21);
    let mut memory = vec![0_u8; megabytes << 20];
    memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    std::hint::black_box(&mut memory);
    round(&format!("a caller of {megabytes} MB"), 1, 11);
}
