//! A process per job: by a template, beside the C prototypes of the same mechanism, a raw fork, the ways that execute a
//! program, and the peers that are installed. All rows take turns in each round; ratios are medians of the ratios in one
//! round: to a raw fork of a small process, and to the prototype that does the same.
//!
//! `cargo bench -p fork-runtime --features zygote --bench zygote -- [ROUNDS] [MEGABYTES] [SVG-FILE]`

mod draw;
mod own;
mod peers;
mod table;

use fork_runtime::zygote::{self, Zygote};
use peers::Peer;
use std::path::PathBuf;
use table::{Row, measure, say};

fn main() {
    zygote::init();
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let mut numbers = arguments.iter().filter_map(|argument| argument.parse::<usize>().ok());
    let rounds = numbers.next().unwrap_or(15);
    let megabytes = numbers.next().unwrap_or(2000);
    let svg: Option<PathBuf> = arguments.iter().find(|argument| argument.ends_with(".svg")).map(PathBuf::from);
    // Before anything else of this process is there: a template is a copy of it.
    let early = Zygote::builder().early().expect("a template");
    let waiting = Zygote::builder().warm(2).early().expect("a template");
    let executed = Zygote::builder().exec().expect("a template");
    let folder = tempfile::tempdir().expect("a folder");
    let programs = peers::Programs::compile(folder.path());

    say(format_args!("\n{rounds} interleaved rounds; {}", table::machine()));
    let small = series("a small caller", rounds, &programs, 0, &early, &executed, &waiting);
    own::latencies(&executed);
    own::latencies_idle(&executed);
    own::memory(&executed);
    let mut memory = vec![0_u8; megabytes << 20];
    memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    std::hint::black_box(&mut memory);
    let large =
        series("the same, a large caller", rounds.div_ceil(2), &programs, megabytes, &early, &executed, &waiting);
    table::growth(&small, &large, megabytes);
    if let Some(file) = svg {
        std::fs::write(&file, draw::bars(&small, &large, megabytes)).expect("the picture");
        say(format_args!("\npicture: {}", file.display()));
    }
}

const FORK: &str = "C: fork, _exit, waitpid";
const TEMPLATE: &str = "C prototype: template, all set up";
const IN_FLIGHT: &str = "C prototype: 16 in flight, per process";
const HAND_OVER: &str = "C prototype: hand-over to a forked process";
const SPAWN: &str = "C: posix_spawn /bin/true";

fn series(
    title: &str,
    rounds: usize,
    programs: &peers::Programs,
    megabytes: usize,
    early: &Zygote,
    executed: &Zygote,
    waiting: &Zygote,
) -> Vec<table::Measured> {
    let few = if megabytes > 0 { 2 } else { 20 };
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut peer = |name: &'static str, count: u32, peer: Option<Peer>| match peer {
        Some(mut peer) => rows.push(Row::new(name, move || peer.ask(count))),
        None => say(format_args!("not here: {name}")),
    };
    // Its size is that of the small process in both series: what the others are measured by.
    peer(FORK, 40, programs.prototype("fork", 0));
    peer(TEMPLATE, 40, programs.prototype("template", megabytes));
    peer(IN_FLIGHT, 4, programs.prototype("in-flight", megabytes));
    peer(HAND_OVER, 20, programs.prototype("hand-over", 0));
    peer(SPAWN, 20, programs.prototype("posix_spawn", megabytes));
    if megabytes > 0 {
        peer("C: fork of the large process", 2, programs.prototype("fork", megabytes));
    }
    peer("AnyEvent::Fork->new->run", 10, peers::anyevent("new", megabytes));
    peer("AnyEvent::Fork->new_exec->run", 5, peers::anyevent("new_exec", megabytes));
    peer("Python forkserver, start and join", 4, peers::forkserver(megabytes));
    for name in ["zygote 0.1.2: spawn, run, drop", "procspawn 1.0.2: spawn, join"] {
        peer(name, 10, peers::from_environment(name, megabytes));
    }
    rows.push(Row::new("Zygote (early): spawn, result, wait", || own::each(40, early)).beside(TEMPLATE));
    rows.push(Row::new("Zygote (exec): spawn, result, wait", || own::each(40, executed)).beside(TEMPLATE));
    rows.push(Row::new("Zygote: 16 in flight, per worker", || own::in_flight(4, executed)).beside(IN_FLIGHT));
    rows.push(Row::new("Zygote: 16 threads, per worker", || own::threads(executed)).beside(IN_FLIGHT));
    rows.push(Row::new("Zygote, warm: hand-over to its result", || own::hand_over(waiting)).beside(HAND_OVER));
    rows.push(Row::new("Zygote::exec /bin/true", || own::program(20, executed)).beside(SPAWN));
    rows.push(Row::new("Spawn /bin/true", || own::spawn(20)).beside(SPAWN));
    rows.push(Row::new("std Command /bin/true", || own::command(20, false)).beside(SPAWN));
    rows.push(Row::new("std Command with pre_exec", || own::command(few, true)).beside(SPAWN));
    measure(title, rounds, rows)
}
