//! Preload, warm processes, copies, promotion; the death of anybody at any time.

use crate::common::{Outcome, Scenario};
use crate::{both, ensure, eventually};
use fork_runtime::Exit;
use fork_runtime::zygote::{BuildError, Finding, JoinError, SpawnError, Zygote};
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
    ("zygote_worker_becomes_a_template", promoted),
    ("zygote_warm_processes", warm),
    ("zygote_warm_processes_killed", warm_killed),
    ("zygote_template_killed_and_executed_again", executed_again),
    ("zygote_template_killed_with_a_spare", spare),
    ("zygote_template_killed_without_either", no_spare),
    ("zygote_workers_outlive_their_template", outlive),
    ("zygote_owner_death_ends_template_and_workers", owner_death),
    ("zygote_dropped_template_ends", dropped),
    ("zygote_external_programs", external),
    ("zygote_output_is_flushed_once", flushed),
    ("zygote_settings", settings),
    ("zygote_worker_forks_and_its_children_stay", worker_forks),
    ("zygote_raw_clone_leaves_libc_right", libc_state),
    ("zygote_threads_ask_at_once", threads_ask),
    ("zygote_ten_thousand_leave_nothing", ten_thousand),
    ("zygote_killed_at_random_a_thousand_times", killed_at_random),
];

static LOADED: AtomicU32 = AtomicU32::new(0);
static WARMED: AtomicU32 = AtomicU32::new(0);
static KEPT: Mutex<Vec<Box<dyn Send>>> = Mutex::new(Vec::new());

fork_runtime::entry! {
    fn load(_context, value: u32) -> Result<(), String> {
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
    fn loaded(context, promote: bool) -> (u32, u32) {
        if promote {
            context.become_template();
        }
        (LOADED.load(Ordering::Relaxed), WARMED.fetch_add(1, Ordering::Relaxed))
    }
}

fork_runtime::entry! {
    fn nap(_context, millis: u64) -> u32 {
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

/// All children of this process but the template.
fn children(zygote: &Zygote) -> std::io::Result<Vec<i32>> {
    let list = std::fs::read_to_string("/proc/thread-self/children")?;
    let template = i32::try_from(zygote.template_id()).unwrap_or_default();
    Ok(list.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).filter(|pid| *pid != template).collect())
}

fn kill(pid: i32) {
    if pid > 0 {
        // SAFETY: a child of this process that nobody has waited for.
        unsafe { libc::kill(pid, libc::SIGKILL) };
    }
}

fn warm_killed() -> Outcome {
    let zygote = Zygote::builder().warm(3).early()?;
    zygote.spawn(nap, &0)?.join()?;
    eventually("the warm processes are there", || Ok(children(&zygote)?.len() >= 3))?;
    children(&zygote)?.into_iter().for_each(kill);
    eventually("they are dead", || {
        let dead =
            |pid: &i32| std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z"));
        Ok(children(&zygote)?.iter().all(dead))
    })?;
    for _ in 0..6 {
        zygote.spawn(nap, &0)?.join()?;
    }
    Ok(())
}

fn kill_template(zygote: &Zygote) -> Outcome {
    let pid = i32::try_from(zygote.template_id())?;
    kill(pid);
    eventually("the template is dead", || {
        Ok(!std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z")))
    })
}

fn executed_again() -> Outcome {
    let zygote = Zygote::builder().preload(load, &7).warm(2).exec()?;
    for round in 1..=5 {
        kill_template(&zygote)?;
        for _ in 0..4 {
            ensure(zygote.spawn(loaded, &false)?.join()? == (7, 0), "the new template has no preload")?;
        }
        ensure(zygote.replaced() == round, format!("replaced {} times", zygote.replaced()))?;
    }
    Ok(())
}

fn spare() -> Outcome {
    let zygote = Zygote::builder().preload(load, &7).spare().early()?;
    for round in 1..=5 {
        kill_template(&zygote)?;
        ensure(zygote.spawn(loaded, &false)?.join()? == (7, 0), "the spare has no preload")?;
        ensure(zygote.replaced() == round, format!("replaced {} times", zygote.replaced()))?;
    }
    Ok(())
}

fn no_spare() -> Outcome {
    let zygote = Zygote::builder().early()?;
    kill_template(&zygote)?;
    let told = zygote.spawn(nap, &0);
    ensure(matches!(&told, Err(SpawnError::TemplateGone)), format!("{told:?}"))
}

fn outlive() -> Outcome {
    let zygote = Zygote::builder().early()?;
    let workers = (0..5).map(|_| zygote.spawn(nap, &300)).collect::<Result<Vec<_>, _>>()?;
    kill_template(&zygote)?;
    for worker in workers {
        let pid = worker.id();
        ensure(worker.join()? == pid, "the result was lost with the template")?;
    }
    Ok(())
}

fn alive(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z"))
}

fn owner_death() -> Outcome {
    let (mut reader, mut writer) = std::io::pipe()?;
    let mut owner = fork_runtime::testkit::Way::Fork.start(|| {
        let mut run = || -> Result<(), Box<dyn std::error::Error>> {
            let zygote = Zygote::builder().warm(2).early()?;
            let bound = zygote.job(nap).death_signal(libc::SIGKILL).start(&600_000)?;
            writer.write_all(&zygote.template_id().to_ne_bytes())?;
            writer.write_all(&bound.id().to_ne_bytes())?;
            loop {
                std::thread::park();
            }
        };
        i32::from(run().is_err())
    })?;
    let (mut template, mut worker) = ([0; 4], [0; 4]);
    reader.read_exact(&mut template)?;
    reader.read_exact(&mut worker)?;
    let (template, worker) = (u32::from_ne_bytes(template), u32::from_ne_bytes(worker));
    ensure(alive(template) && alive(worker), "they should be there")?;
    owner.kill()?;
    owner.wait()?;
    eventually("all have ended with their owner", || Ok(!alive(template) && !alive(worker)))
}

fn dropped() -> Outcome {
    let zygote = Zygote::builder().warm(3).early()?;
    let template = zygote.template_id();
    let worker = zygote.spawn(nap, &100)?;
    drop(zygote);
    eventually("the template has ended", || Ok(!alive(template) || worker.id() == 0))?;
    ensure(worker.join().is_ok(), "the worker should go on")?;
    // Dropped handles are collected by later ones.
    let other = Zygote::builder().early()?;
    eventually("no zombie", || {
        other.spawn(nap, &0)?.join()?;
        Ok(children(&other)?.is_empty())
    })
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

fn descriptors() -> std::io::Result<usize> {
    Ok(std::fs::read_dir("/proc/self/fd")?.count())
}

fn ten_thousand() -> Outcome {
    let zygote = Zygote::builder().early()?;
    zygote.spawn(nap, &0)?.join()?;
    let before = (descriptors()?, descriptors_of(zygote.template_id())?, pages(zygote.template_id())?);
    for _ in 0..10_000 {
        zygote.spawn(nap, &0)?.join()?;
    }
    let after = (descriptors()?, descriptors_of(zygote.template_id())?, pages(zygote.template_id())?);
    ensure((before.0, before.1) == (after.0, after.1), format!("descriptors: {before:?}, {after:?}"))?;
    ensure(after.2 <= before.2 + 64, format!("the template grows: {before:?}, {after:?}"))?;
    ensure(children(&zygote)?.is_empty(), "a zombie is left")
}

fn descriptors_of(pid: u32) -> std::io::Result<usize> {
    Ok(std::fs::read_dir(format!("/proc/{pid}/fd"))?.count())
}

/// Resident pages of its own.
fn pages(pid: u32) -> Result<u64, Box<dyn std::error::Error>> {
    let statm = std::fs::read_to_string(format!("/proc/{pid}/statm"))?;
    Ok(statm.split(' ').nth(1).ok_or("statm")?.parse()?)
}

/// Each spawn ends in one of the documented ways, at once, whoever is killed when. That no child stays behind is not
/// asserted: see the limits in the module's documentation.
fn killed_at_random() -> Outcome {
    let zygote = Zygote::builder().preload(load, &7).spare().warm(2).exec()?;
    let (mut good, mut told) = (0, 0);
    let mut random = 88_172_645_463_325_252_u64;
    for round in 0..1000 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let victim = match random % 8 {
            0 => zygote.template_id().try_into().unwrap_or_default(),
            1 | 2 => children(&zygote)?.first().copied().unwrap_or_default(),
            _ => 0,
        };
        let killer = std::thread::spawn(move || {
            // A pause of up to a spawn's length.
            let until = Instant::now() + Duration::from_nanos(random % 200_000);
            while Instant::now() < until {
                std::hint::spin_loop();
            }
            kill(victim);
        });
        let start = Instant::now();
        match zygote.spawn(loaded, &false).map(|mut worker| worker.join_timeout(Duration::from_secs(30))) {
            Ok(Ok(answer)) => {
                ensure(answer == (7, 0), format!("round {round}: {answer:?}"))?;
                good += 1;
            }
            Ok(Err(JoinError::Ended(Exit::Signal(libc::SIGKILL)))) | Err(SpawnError::TemplateGone) => told += 1,
            other => return Err(format!("round {round}: {other:?}").into()),
        }
        killer.join().map_err(|_| "panicked")?;
        ensure(start.elapsed() < Duration::from_secs(25), format!("round {round} took {:?}", start.elapsed()))?;
    }
    ensure(good > 500, format!("{good} good, {told} told"))
}
