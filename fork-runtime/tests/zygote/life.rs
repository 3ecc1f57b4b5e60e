//! Preload, warm processes, copies, promotion, programs, settings.

use crate::common::{Outcome, Scenario};
use crate::{both, ensure};
use fork_runtime::Exit;
use fork_runtime::zygote::{BuildError, Finding, Queue, Zygote};
use std::io::{Read, Seek, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("zygote_preload_is_there_in_every_worker", preload),
    ("zygote_preload_errors_reach_the_builder", preload_errors),
    ("zygote_audit_lists_what_would_be_shared", audited),
    ("zygote_hung_preload_delays_only_its_builder", hung_preload),
    ("zygote_derived", derived),
    ("zygote_derived_with_queued_descriptors_and_arguments", queued),
    ("zygote_worker_becomes_a_template", promoted),
    ("zygote_warm_processes", warm),
    ("zygote_external_programs", external),
    ("zygote_output_is_flushed_once", flushed),
    ("zygote_settings", settings),
    ("zygote_handlers_and_mask_are_reset", handlers),
    ("zygote_worker_forks_and_its_children_stay", worker_forks),
    ("zygote_raw_clone_leaves_libc_right", libc_state),
    ("zygote_threads_ask_at_once", threads_ask),
];

static LOADED: AtomicU32 = AtomicU32::new(0);
static WARMED: AtomicU32 = AtomicU32::new(0);
static KEPT: Mutex<Vec<Box<dyn Send>>> = Mutex::new(Vec::new());

fork_runtime::entry! {
    pub(crate) fn load(_context, value: u32) -> Result<(), String> {
        match value {
            0 => Err("nothing to load".to_owned()),
            1 => panic!("too much to load"),
            2 => {
                // The kernel learns the name when the thread starts to run.
                let (told, named) = std::sync::mpsc::channel();
                let _ = std::thread::Builder::new().name("left-behind".into()).spawn(move || {
                    let _ = told.send(());
                    std::thread::park();
                });
                named.recv().map_err(|error| error.to_string())
            }
            3 => loop {
                std::thread::park();
            },
            4 => {
                let pair = std::os::unix::net::UnixStream::pair().map_err(|error| error.to_string())?;
                KEPT.lock().map_err(|error| error.to_string())?.push(Box::new(pair));
                Ok(())
            }
            value => {
                LOADED.store(value, Ordering::Relaxed);
                write!(std::io::stdout(), "output of the preload, no line end;").map_err(|error| error.to_string())
            }
        }
    }
}

fork_runtime::entry! {
    pub(crate) fn loaded(context, promote: bool) -> (u32, u32) {
        if promote {
            context.become_template();
        }
        (LOADED.load(Ordering::Relaxed), WARMED.fetch_add(1, Ordering::Relaxed))
    }
}

fork_runtime::entry! {
    pub(crate) fn nap(_context, millis: u64) -> u32 {
        std::thread::sleep(Duration::from_millis(millis));
        std::process::id()
    }
}

fork_runtime::entry! {
    fn prints(_context, text: String) {
        let _ = write!(std::io::stdout(), "{text}");
    }
}

fork_runtime::entry! {
    fn describe(_context, _unused: ()) -> Vec<String> {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_ascii_whitespace().skip(1).collect::<Vec<_>>().join(" ")
        };
        let (env, folder) = (std::env::var("MARK").unwrap_or_default(), std::env::current_dir().unwrap_or_default());
        let limit = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let limit = limit.lines().find(|line| line.starts_with("Max open files")).unwrap_or_default();
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let nice = stat.rsplit(") ").next().unwrap_or_default().split(' ').nth(16).unwrap_or_default().to_owned();
        let limit = limit.split_ascii_whitespace().nth(3).unwrap_or_default().to_owned();
        vec![field("Name:"), field("Umask:"), field("NoNewPrivs:"), field("SigBlk:"), env, folder.display().to_string(), limit, nice]
    }
}

fork_runtime::entry! {
    fn forks(_context, _unused: ()) -> bool {
        // A child that outlives the worker and holds all its descriptors.
        fork_runtime::testkit::Way::Fork.start(|| {
            std::thread::sleep(Duration::from_secs(20));
            0
        }).is_ok()
    }
}

fork_runtime::entry! {
    fn state_of_libc(_context, _unused: ()) -> (bool, u32) {
        // pthread_mutex of the error-checking kind and libc's gettid both use the cached id.
        let mut made = 0;
        for _ in 0..20 {
            made += std::thread::spawn(|| 1).join().unwrap_or(0);
        }
        // SAFETY: no preconditions.
        let cached = unsafe { libc::pthread_self() };
        let mut clock = 0;
        // SAFETY: this very thread, and a place for the result; the clock's number is made of the cached id.
        let known = unsafe { libc::pthread_getcpuclockid(cached, &raw mut clock) } == 0;
        // SAFETY: gettid(2).
        let tid = unsafe { libc::syscall(libc::SYS_gettid) };
        // CLOCK_THREAD_CPUTIME of a thread: the complement of the id, shifted by 3, with 6 below.
        let of_kernel = !i32::try_from(tid).unwrap_or_default() << 3 | 6;
        (known && clock == of_kernel, made)
    }
}

fork_runtime::entry! {
    /// A mold that is good, stuck, exits, panics, is killed, has a thread.
    pub(crate) fn mold(context, how: u32) -> u32 {
        context.become_template();
        match how {
            1 => loop {
                std::thread::park();
            },
            2 => fork_runtime::exit_child(7),
            3 => panic!("broken mold"),
            // SAFETY: raises a signal in this process.
            4 => drop(unsafe { libc::raise(libc::SIGKILL) }),
            5 => drop(std::thread::spawn(std::thread::park)),
            _ => {}
        }
        how
    }
}

fn preload() -> Outcome {
    for build in [
        Zygote::builder().preload(load, &7).early(),
        Zygote::builder().preload(load, &7).exec(),
        Zygote::builder().preload(load, &9).preload(load, &7).strict().early(),
    ] {
        let zygote = build?;
        for _ in 0..3 {
            ensure(zygote.spawn(loaded, &false)?.join()? == (7, 0), "not loaded, or state carried over")?;
        }
        ensure(zygote.report().findings.is_empty(), zygote.report().to_string())?;
    }
    Ok(())
}

fn preload_errors() -> Outcome {
    for early in [true, false] {
        let build = |value: u32| {
            let builder = Zygote::builder().preload(load, &value);
            if early { builder.early() } else { builder.exec() }
        };
        let text = |value| build(value).err().map(|error| error.to_string()).unwrap_or_default();
        ensure(text(0).ends_with("load\" failed: nothing to load"), text(0))?;
        ensure(text(1).contains("panicked at") && text(1).contains("too much to load"), text(1))?;
        ensure(text(2).contains("has threads after its preload: left-behind ("), text(2))?;
    }
    Ok(())
}

fn audited() -> Outcome {
    let zygote = Zygote::builder().preload(load, &4).early()?;
    let connections = |finding: &&Finding| matches!(finding, Finding::Connection(_));
    ensure(zygote.report().findings.iter().filter(connections).count() == 2, zygote.report().to_string())?;
    let strict = Zygote::builder().preload(load, &4).strict().early();
    ensure(matches!(&strict, Err(BuildError::Audit(_))), format!("{strict:?}"))
}

fn hung_preload() -> Outcome {
    let good = Zygote::builder().exec()?;
    std::thread::scope(|scope| {
        let hung = scope.spawn(|| Zygote::builder().preload(load, &3).timeout(Duration::from_millis(1500)).exec());
        // A worker that hangs delays nobody either.
        let sleeper = good.job(nap).kill_on_drop().start(&600_000);
        for _ in 0..20 {
            ensure(good.spawn(nap, &0)?.join().is_ok(), "no worker")?;
        }
        let late = hung.is_finished();
        drop(sleeper?);
        let hung = hung.join().map_err(|_| "panicked")?;
        ensure(matches!(&hung, Err(BuildError::NoAnswer)), format!("{hung:?}"))?;
        ensure(!late, "twenty workers took as long as the hung preload")
    })
}

fn derived() -> Outcome {
    let zygote = Zygote::builder().preload(load, &7).early()?;
    let copy = zygote.derive()?;
    let deeper = copy.derive()?;
    drop(zygote);
    for zygote in [&copy, &deeper] {
        ensure(zygote.spawn(loaded, &false)?.join()? == (7, 0), "the copy has lost its preload")?;
    }
    ensure(copy.template_id() != deeper.template_id(), "no process of its own")
}

fork_runtime::entry! {
    /// The queued arguments, and what is in all descriptors.
    fn inherit(context, _unused: ()) -> (Vec<String>, String) {
        let queued = (0..).map_while(|number| context.queued(number).ok()).collect();
        let mut text = String::new();
        for fd in context.take_fds() {
            let _ = std::fs::File::from(fd).read_to_string(&mut text);
        }
        (queued, text)
    }
}

/// What is queued in a template, its workers have; and so have those of its copies, which may queue more.
fn queued() -> Outcome {
    let pipe = |text: &str| -> std::io::Result<std::io::PipeReader> {
        let (reader, mut writer) = std::io::pipe()?;
        writer.write_all(text.as_bytes())?;
        Ok(reader)
    };
    both(|zygote| {
        let large = "x".repeat(100_000);
        let first = zygote.derive_with(&Queue::new().fd(pipe("a")?).argument(&"one")?)?;
        let second = first.derive_with(&Queue::new().fd(pipe("b")?).argument(&large)?)?;
        let plain = zygote.spawn(inherit, &())?.join()?;
        ensure(plain == (vec![], String::new()), format!("{plain:?}"))?;
        let got = second.job(inherit).fd(pipe("c")?).start(&())?.join()?;
        ensure(got == (vec!["one".to_owned(), large.clone()], "abc".to_owned()), got.1)?;
        // The pipe has been read, but its descriptor is passed again.
        let got = first.spawn(inherit, &())?.join()?;
        ensure(got == (vec!["one".to_owned()], String::new()), format!("{got:?}"))?;
        let many = (0..600).try_fold(Queue::new(), |queue, _| Ok::<_, std::io::Error>(queue.fd(pipe("m")?)))?;
        let got = zygote.derive_with(&many)?.spawn(inherit, &())?.join()?;
        ensure(got.1.len() == 600, format!("{}", got.1.len()))
    })
}

fn promoted() -> Outcome {
    let zygote = Zygote::builder().preload(load, &7).early()?;
    let (first, second) = zygote.spawn(loaded, &true)?.into_template()?;
    ensure(first == (7, 0), "the worker's own result")?;
    // A generation further, each from the warmed state of the one before.
    let (next, third) = second.spawn(loaded, &true)?.into_template()?;
    ensure(next == (7, 1) && third.spawn(loaded, &false)?.join()? == (7, 2), "the warmed state is lost")?;
    ensure(zygote.spawn(loaded, &true)?.join()? == (7, 0), "a promotion that nobody asked for")
}

fn warm() -> Outcome {
    for builder in [Zygote::builder().warm(4).early(), Zygote::builder().warm(4).exec()] {
        let zygote = builder?;
        let mut pids = Vec::new();
        for _ in 0..12 {
            let pid = zygote.spawn(nap, &0)?.join()?;
            ensure(!pids.contains(&pid), "a process twice")?;
            pids.push(pid);
        }
    }
    Ok(())
}

fn external() -> Outcome {
    both(|zygote| {
        let mut file = tempfile::tempfile()?;
        let copy = file.try_clone()?;
        let words = ["sh", "-c", "echo $MARK; exit 4"];
        let mut child = zygote.exec(words, |job| job.stdio(1, copy).env("MARK", "here"))?;
        ensure(child.wait()? == Exit::Status(4), "status")?;
        let mut text = String::new();
        file.rewind()?;
        file.read_to_string(&mut text)?;
        ensure(text == "here\n", &text)?;
        let error = zygote.exec(["/no/such/program"], |job| job).err().ok_or("it should not start")?;
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        ensure(source.contains("/no/such/program"), source)
    })
}

fn flushed() -> Outcome {
    let mut file = tempfile::tempfile()?;
    let zygote = Zygote::builder().preload(load, &7).early()?;
    for number in 0..5 {
        zygote.job(prints).stdio(1, file.try_clone()?).start(&format!("<{number}>"))?.join()?;
    }
    let mut text = String::new();
    file.rewind()?;
    file.read_to_string(&mut text)?;
    ensure(text == "<0><1><2><3><4>", text)
}

fn settings() -> Outcome {
    both(|zygote| {
        let job = zygote.job(describe).title("a-worker").umask(0o27).no_new_privileges().env("MARK", "set");
        let job = job.current_dir("/usr").rlimit(libc::RLIMIT_NOFILE, 77, 78).nice(5);
        let seen = job.start(&())?.join()?;
        let wanted = ["a-worker", "0027", "1", "0000000000000000", "set", "/usr", "77", "5"];
        ensure(seen == wanted, format!("{seen:?}"))?;
        let wrong = zygote.job(describe).current_dir("/no/such").start(&())?.join();
        let text = wrong.err().map(|error| error.to_string()).unwrap_or_default();
        ensure(text.contains("working folder: No such file"), text)
    })
}

fork_runtime::entry! {
    /// Signals that are caught, ignored, blocked.
    fn signals(_context, _unused: ()) -> Vec<String> {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let field = |name| status.lines().find_map(|line: &str| line.strip_prefix(name)).unwrap_or_default().trim();
        ["SigCgt:", "SigIgn:", "SigBlk:"].map(|name| field(name).to_owned()).to_vec()
    }
}

/// What the owner catches and blocks before it makes its templates, no worker does.
fn handlers() -> Outcome {
    extern "C" fn nothing(_: libc::c_int) {}
    let handler = nothing as extern "C" fn(libc::c_int);
    // SAFETY: a handler that does nothing.
    ensure(unsafe { libc::signal(libc::SIGUSR1, handler as libc::sighandler_t) } != libc::SIG_ERR, "signal")?;
    // SAFETY: plain data, for which zero is a valid value.
    let mut set: libc::sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: a valid set.
    unsafe { libc::sigaddset(&raw mut set, libc::SIGUSR2) };
    // SAFETY: a valid set; no place for the old one.
    ensure(unsafe { libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()) } == 0, "mask")?;
    both(|zygote| {
        let seen = zygote.spawn(signals, &())?.join()?;
        let [caught, ignored, blocked] = &seen[..] else { return Err(format!("{seen:?}").into()) };
        // What is ignored may stay so (as SIGPIPE in a Rust program), as it would over exec.
        ensure(caught == "0000000000000000" && blocked == "0000000000000000", format!("{seen:?}"))?;
        let status = std::fs::read_to_string("/proc/self/status")?;
        let ours = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default();
        let [ignored, ours] = [ignored.as_str(), ours.trim()].map(|set| u64::from_str_radix(set, 16));
        ensure(ignored? & !ours? == 0, format!("{seen:?}, of which not all are ignored by the owner"))
    })
}

/// The socket stays open in the worker's child: the end of the process counts.
fn worker_forks() -> Outcome {
    both(|zygote| {
        let start = Instant::now();
        ensure(zygote.spawn(forks, &())?.join()?, "it should fork")?;
        let mut aborted = zygote.spawn(forks, &())?;
        aborted.wait()?;
        ensure(start.elapsed() < Duration::from_secs(15), "it waited for the worker's child")
    })
}

fn libc_state() -> Outcome {
    both(|zygote| {
        let seen = zygote.spawn(state_of_libc, &())?.join()?;
        ensure(seen == (true, 20), format!("{seen:?}"))
    })
}

fn threads_ask() -> Outcome {
    let zygote = Zygote::builder().exec()?;
    std::thread::scope(|scope| {
        let asks = || (0..50).all(|_| zygote.spawn(nap, &0).is_ok_and(|worker| worker.join().is_ok()));
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(asks)).collect();
        threads.into_iter().try_for_each(|thread| ensure(thread.join().unwrap_or(false), "a worker was lost"))
    })
}
