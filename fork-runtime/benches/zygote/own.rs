//! The crate's rows, and what is measured of it alone.

use crate::table::{part, say};
use fork_runtime::spawn::Spawn;
use fork_runtime::zygote::Zygote;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::{Duration, Instant};

fork_runtime::entry! {
    fn nothing(_context, _unused: ()) {}
}

fork_runtime::entry! {
    /// Its own memory, in kilobytes: the share of what it shares, and what it alone has.
    fn memory_of_worker(_context, _unused: ()) -> (u64, u64) {
        let text = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
        let field = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_ascii_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        (field("Pss:"), field("Private_Dirty:"))
    }
}

fn per_call(times: u32, mut body: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        body();
    }
    start.elapsed().as_nanos() as f64 / f64::from(times)
}

fn one(zygote: &Zygote) {
    zygote.spawn(nothing, &()).expect("a worker").join().expect("a result");
}

pub(crate) fn each(times: u32, zygote: &Zygote) -> f64 {
    per_call(times, || one(zygote))
}

pub(crate) fn in_flight(times: u32, zygote: &Zygote) -> f64 {
    let all = || {
        let workers: Vec<_> = (0..16).map(|_| zygote.spawn(nothing, &()).expect("a worker")).collect();
        workers.into_iter().for_each(|worker| worker.join().expect("a result"));
    };
    per_call(times, all) / 16.0
}

/// Of 16 threads that ask at once, ten times each.
pub(crate) fn threads(zygote: &Zygote) -> f64 {
    let all = || {
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| (0..10).for_each(|_| one(zygote)));
            }
        });
    };
    per_call(1, all) / 160.0
}

/// The median of some; the next process has had the time to get ready. Its end is waited for outside of the time, as the
/// prototype does.
pub(crate) fn hand_over(zygote: &Zygote) -> f64 {
    let mut all: Vec<f64> = (0..20)
        .map(|_| {
            std::thread::sleep(Duration::from_micros(500));
            let start = Instant::now();
            let mut worker = zygote.spawn(nothing, &()).expect("a worker");
            worker.answer().expect("a result");
            let taken = start.elapsed().as_nanos() as f64;
            worker.wait().expect("its end");
            taken
        })
        .collect();
    part(&mut all, 0.5)
}

pub(crate) fn program(times: u32, zygote: &Zygote) -> f64 {
    per_call(times, || {
        zygote.exec(["/bin/true"], |job| job).expect("started").wait().expect("waited for");
    })
}

pub(crate) fn spawn(times: u32) -> f64 {
    per_call(times, || {
        Spawn::new("/bin/true").start().expect("started").wait().expect("waited for");
    })
}

pub(crate) fn command(times: u32, pre_exec: bool) -> f64 {
    per_call(times, || {
        let mut command = Command::new("/bin/true");
        if pre_exec {
            // SAFETY: the closure does nothing.
            unsafe { command.pre_exec(|| Ok(())) };
        }
        command.status().expect("status");
    })
}

fn show(title: &str, mut all: Vec<f64>) {
    let at = |all: &mut Vec<f64>, share| part(all, share) / 1000.0;
    let [half, ninety, ninety_nine, most] = [0.5, 0.9, 0.99, 1.0].map(|share| at(&mut all, share));
    say(format_args!("{title:<42} 50 % {half:.0}, 90 % {ninety:.0}, 99 % {ninety_nine:.0}, all {most:.0}"));
}

pub(crate) fn latencies(zygote: &Zygote) {
    say(format_args!("\nlatency of a spawn with result and wait, microseconds"));
    show("one after the other, 2000", (0..2000).map(|_| per_call(1, || one(zygote))).collect());
}

/// An idle processor has to be woken up.
pub(crate) fn latencies_idle(zygote: &Zygote) {
    let pause = Duration::from_millis(5);
    let all = (0..200).map(|_| {
        std::thread::sleep(pause);
        per_call(1, || one(zygote))
    });
    show("with 5 ms of rest before each, 200", all.collect());
}

pub(crate) fn memory(zygote: &Zygote) {
    let mut worker = zygote.spawn(nothing, &()).expect("a worker");
    worker.wait().expect("its end");
    let faults = worker.usage().map_or(0, |usage| usage.minor_faults);
    let (share, own) = zygote.spawn(memory_of_worker, &()).expect("a worker").join().expect("a result");
    say(format_args!(
        "\na worker: {own} kB of its own, {share} kB with its share of the template; {faults} page faults in its life"
    ));
}
