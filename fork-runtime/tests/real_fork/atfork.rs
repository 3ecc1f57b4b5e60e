//! The hooks.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds, ways};
use fork_runtime::atfork::{self, Hooks, Phase, Prepare, RawHooks, run_child_now};
use fork_runtime::testkit::Way;
use fork_runtime::{ForkError, PerProcess, fork};
use std::ffi::c_void;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("atfork_order", order),
    ("atfork_once_per_process_every_way", once_every_way),
    ("atfork_in_grandchildren", grandchildren),
    ("atfork_unregistered", unregistered),
    ("atfork_retry_undoes_and_repeats", retry),
    ("atfork_deadline", deadline),
    ("atfork_panic_in_prepare", panic_in_prepare),
    ("atfork_panic_in_parent", panic_in_parent),
    ("atfork_panic_in_child", panic_in_child),
    ("atfork_fork_inside_a_hook", fork_inside),
    ("atfork_register_inside_a_hook", register_inside),
    ("atfork_closures_wait_in_a_threaded_fork", threaded_fork_defers),
    ("atfork_signal_safe", signal_safe),
    ("atfork_fork_from_a_c_library", c_library),
    ("atfork_threads_register_while_others_fork", register_while_forking),
    ("atfork_fallback", fallback),
];

type Log = Arc<Mutex<Vec<String>>>;

fn note(log: &Log, text: &str) {
    if let Ok(mut log) = log.lock() {
        log.push(text.to_owned());
    }
}

fn read(log: &Log) -> String {
    log.lock().map(|log| log.join(" ")).unwrap_or_default()
}

fn logging(log: &Log, name: &'static str, phase: Phase) -> Hooks {
    let (p, a, c) = (Arc::clone(log), Arc::clone(log), Arc::clone(log));
    Hooks::new(name)
        .phase(phase)
        .prepare(move || {
            note(&p, &format!("p{name}"));
            Prepare::Ready
        })
        .parent(move |event| note(&a, &format!("a{name}{}", if event.forked() { "" } else { "-undo" })))
        .child(move |event| note(&c, &format!("c{name}{}", if event.prepared() { "" } else { "-unprepared" })))
}

fn order() -> Outcome {
    let log = Log::default();
    let _app = [atfork::register(logging(&log, "1", Phase::App)), atfork::register(logging(&log, "2", Phase::App))];
    let _locks = atfork::register(logging(&log, "L", Phase::Locks));
    let _pools = atfork::register(logging(&log, "P", Phase::Pools));
    succeeds(Way::Fork.start(|| status(ensure(read(&log) == "p2 p1 pP pL cL cP c1 c2", &read(&log))))?)?;
    ensure(read(&log) == "p2 p1 pP pL aL aP a1 a2", &read(&log))?;
    // The crate's own `fork` keeps the same order.
    log.lock().map_err(|_| "poisoned")?.clear();
    match fork()? {
        fork_runtime::Fork::Child => fork_runtime::exit_child(i32::from(read(&log) != "p2 p1 pP pL cL cP c1 c2")),
        fork_runtime::Fork::Parent(child) => succeeds(child)?,
    }
    ensure(read(&log) == "p2 p1 pP pL aL aP a1 a2", &read(&log))
}

fn counting() -> (Arc<AtomicU32>, atfork::Registration) {
    let count = Arc::new(AtomicU32::new(0));
    let inside = Arc::clone(&count);
    let hooks = Hooks::new("count").child(move |_| {
        inside.fetch_add(1, Ordering::Relaxed);
    });
    (count, atfork::register(hooks))
}

fn once_every_way() -> Outcome {
    let (count, _kept) = counting();
    static VALUE: PerProcess<u32> = PerProcess::new(std::process::id);
    for way in ways() {
        succeeds(way.start(|| {
            // Three triggers, one pass.
            let value = *VALUE.get();
            run_child_now();
            run_child_now();
            let ran = count.load(Ordering::Relaxed);
            // libc's fork runs the pass of the process in the middle as well.
            let due = if way == Way::Grandchild { 2 } else { 1 };
            status(ensure(value == std::process::id() && ran == due, &format!("{ran} passes")))
        })?)
        .map_err(|error| format!("{way:?}: {error}"))?;
    }
    ensure(count.load(Ordering::Relaxed) == 0, "a child hook ran in the parent")
}

fn grandchildren() -> Outcome {
    let (count, _kept) = counting();
    succeeds(Way::Fork.start(|| {
        let child = count.load(Ordering::Relaxed);
        let deeper = Way::Fork.run(|| i32::from(count.load(Ordering::Relaxed) != 2));
        i32::from(child != 1 || !deeper.is_ok_and(fork_runtime::Exit::success))
    })?)
}

fn unregistered() -> Outcome {
    let (count, registration) = counting();
    drop(registration);
    succeeds(Way::Fork.start(|| {
        run_child_now();
        i32::from(count.load(Ordering::Relaxed) != 0)
    })?)
}

fn retry() -> Outcome {
    let log = Log::default();
    let _low = atfork::register(logging(&log, "low", Phase::Locks));
    let left = AtomicU32::new(2);
    let said = Arc::clone(&log);
    // Between the two in order, so that `high` is prepared and undone, `low` never reached, until it is ready.
    let _asks = atfork::register(Hooks::new("asks").phase(Phase::Io).prepare(move || {
        note(&said, "ask");
        let again = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        if again { Prepare::Retry } else { Prepare::Ready }
    }));
    let _high = atfork::register(logging(&log, "high", Phase::App));
    succeeds(Way::Fork.start(|| 0)?)?;
    let want = "phigh ask ahigh-undo phigh ask ahigh-undo phigh ask plow alow ahigh";
    ensure(read(&log) == want, &read(&log))
}

fn deadline() -> Outcome {
    let log = Log::default();
    let _other = atfork::register(logging(&log, "o", Phase::App));
    let never = logging(&log, "n", Phase::Locks).prepare(|| Prepare::Retry).deadline(Duration::from_millis(20));
    let _never = atfork::register(never);
    let error = fork().err().ok_or("the fork should have been given up")?;
    ensure(matches!(&error, ForkError::HookNotReady { hook } if hook == "n"), &error.to_string())?;
    ensure(read(&log).ends_with("ao-undo") && !read(&log).contains(" an"), &read(&log))?;
    log.lock().map_err(|_| "poisoned")?.clear();
    // libc's fork cannot be refused: it happens, and the hook is told.
    let start = Instant::now();
    succeeds(Way::Fork.start(|| status(ensure(read(&log).ends_with("cn-unprepared co"), &read(&log))))?)?;
    ensure(start.elapsed() < Duration::from_secs(60), "the deadline did not hold")?;
    ensure(read(&log).ends_with("ao"), &read(&log))
}

fn panic_in_prepare() -> Outcome {
    let log = Log::default();
    let _bad = atfork::register(logging(&log, "b", Phase::Locks).prepare(|| panic!("on purpose")));
    let _good = atfork::register(logging(&log, "g", Phase::App));
    let error = fork().err().ok_or("the fork should have been given up")?;
    ensure(matches!(&error, ForkError::HookPanicked { hook } if hook == "b"), &error.to_string())?;
    ensure(read(&log) == "pg ag-undo", &read(&log))?;
    succeeds(Way::Fork.start(|| status(ensure(read(&log).ends_with("cb-unprepared cg"), &read(&log))))?)
}

fn panic_in_parent() -> Outcome {
    let log = Log::default();
    let _bad = atfork::register(Hooks::new("bad").phase(Phase::Locks).parent(|_| panic!("on purpose")));
    let _good = atfork::register(logging(&log, "g", Phase::App));
    for _ in 0..2 {
        succeeds(Way::Fork.start(|| 0)?)?;
    }
    ensure(read(&log) == "pg ag pg ag", &read(&log))
}

fn panic_in_child() -> Outcome {
    let _bad = atfork::register(Hooks::new("bad").child(|_| panic!("on purpose")));
    let exit = Way::Fork.run(|| 0)?;
    ensure(exit == fork_runtime::Exit::Signal(libc::SIGABRT), &exit.to_string())
}

fn fork_inside() -> Outcome {
    let log = Log::default();
    let inner = Arc::clone(&log);
    let _nested = atfork::register(Hooks::new("nested").phase(Phase::Locks).prepare(move || {
        // Runs no prepare of its own (that would never end), but its child is a new process with a pass of its own.
        let copy = Arc::clone(&inner);
        let exit = Way::Fork.run(move || {
            run_child_now();
            status(ensure(read(&copy) == "po co", &read(&copy)))
        });
        note(&inner, if exit.is_ok_and(fork_runtime::Exit::success) { "inner-ok" } else { "inner-bad" });
        Prepare::Ready
    }));
    let _outer = atfork::register(logging(&log, "o", Phase::App));
    for _ in 0..2 {
        log.lock().map_err(|_| "poisoned")?.clear();
        succeeds(Way::Fork.start(|| status(ensure(read(&log) == "po inner-ok co", &read(&log))))?)?;
        ensure(read(&log) == "po inner-ok ao", &read(&log))?;
    }
    Ok(())
}

fn register_inside() -> Outcome {
    let log = Log::default();
    let kept: Arc<Mutex<Vec<atfork::Registration>>> = Arc::default();
    let (store, inner) = (Arc::clone(&kept), Arc::clone(&log));
    let _adds = atfork::register(Hooks::new("adds").prepare(move || {
        if let Ok(mut kept) = store.lock() {
            // Registers on the first fork, unregisters on the second.
            if kept.is_empty() {
                kept.push(atfork::register(logging(&inner, "x", Phase::App)));
            } else {
                kept.clear();
            }
        }
        Prepare::Ready
    }));
    succeeds(Way::Fork.start(|| 0)?)?;
    ensure(read(&log).is_empty(), &read(&log))?;
    succeeds(Way::Fork.start(|| 0)?)?;
    ensure(read(&log) == "px", &read(&log))?;
    succeeds(Way::Fork.start(|| 0)?)?;
    ensure(read(&log) == "px", &read(&log))
}

fn threaded_fork_defers() -> Outcome {
    let (count, _kept) = counting();
    let child = std::thread::scope(|scope| {
        let idle = scope.spawn(std::thread::park);
        // SAFETY: the parked thread holds no lock, so the child may run ordinary code.
        let child = unsafe {
            Way::Fork.start_threaded(|| {
                let at_once = count.load(Ordering::Relaxed);
                run_child_now();
                status(ensure(at_once == 0 && count.load(Ordering::Relaxed) == 1, "ran inside libc's handler"))
            })
        };
        idle.thread().unpark();
        child
    });
    succeeds(child?)
}

static RAW: [AtomicU32; 3] = [const { AtomicU32::new(0) }; 3];

extern "C" fn raw<const N: usize>(data: *mut c_void) {
    RAW[N].fetch_add(data.addr() as u32, Ordering::Relaxed);
}

fn raw_counts() -> [u32; 3] {
    RAW.each_ref().map(|count| count.load(Ordering::Relaxed))
}

fn signal_safe() -> Outcome {
    let hooks = |step: usize| RawHooks {
        name: "raw",
        phase: Phase::Locks,
        prepare: Some(raw::<0>),
        parent: Some(raw::<1>),
        child: Some(raw::<2>),
        data: std::ptr::without_provenance_mut(step),
    };
    // SAFETY: atomic additions, of no memory but a static.
    let kept = unsafe { atfork::register_signal_safe(hooks(1)) }?;
    // SAFETY: as above.
    let dropped = unsafe { atfork::register_signal_safe(hooks(100)) }?;
    drop(dropped);
    let child = std::thread::scope(|scope| {
        let idle = scope.spawn(std::thread::park);
        // SAFETY: atomics only.
        let child = unsafe { Way::Fork.start_threaded(|| i32::from(raw_counts() != [1, 0, 1])) };
        idle.thread().unpark();
        child
    });
    succeeds(child?)?;
    ensure(raw_counts() == [1, 1, 0], "in the parent")?;
    succeeds(Way::Clone3.start(|| {
        let before = raw_counts();
        run_child_now();
        run_child_now();
        i32::from(before != [1, 1, 0] || raw_counts() != [1, 1, 1])
    })?)?;
    kept.forget();
    let mut more = Vec::new();
    let full = loop {
        // SAFETY: as above.
        match unsafe { atfork::register_signal_safe(hooks(1)) } {
            Ok(registration) => more.push(registration),
            Err(full) => break full,
        }
    };
    ensure(more.len() == 63, &full.to_string())
}

/// `daemon(3)` forks inside libc.
fn c_library() -> Outcome {
    let (count, _kept) = counting();
    succeeds(Way::Fork.start(|| {
        let before = count.load(Ordering::Relaxed);
        let (mut read_end, write_end) = match std::io::pipe() {
            Ok(ends) => ends,
            Err(_) => return 3,
        };
        let again = Way::Fork.start(|| {
            // SAFETY: one thread; the caller of `daemon` ends inside it by `_exit`.
            if unsafe { libc::daemon(1, 1) } != 0 {
                return 4;
            }
            let ran = count.load(Ordering::Relaxed).to_ne_bytes();
            i32::from(std::io::Write::write_all(&mut &write_end, &ran).is_err())
        });
        if again.and_then(|mut child| child.wait()).is_err() {
            return 5;
        }
        drop(write_end);
        let mut ran = [0; 4];
        let answered = std::io::Read::read_exact(&mut read_end, &mut ran);
        status(answered.map_err(Into::into).and_then(|()| {
            ensure(before == 1 && u32::from_ne_bytes(ran) == 3, "the fork inside daemon() ran no child hook")
        }))
    })?)
}

fn register_while_forking() -> Outcome {
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let (_, registration) = counting();
                    drop(registration);
                }
            });
        }
        let forks = (0..60).try_for_each(|_| {
            // SAFETY: glibc's fork leaves the allocator usable in the child, and the child's hooks only count.
            let child = unsafe {
                Way::Fork.start_threaded(|| {
                    run_child_now();
                    let (_, registration) = counting();
                    drop(registration);
                    0
                })
            };
            succeeds(child?)
        });
        stop.store(true, Ordering::Relaxed);
        forks
    })
}

fn fallback() -> Outcome {
    fork_runtime::detect::use_fallback()?;
    order()?;
    let (count, _kept) = counting();
    for way in [Way::Fork, Way::Clone3, Way::Fork] {
        succeeds(way.start(|| {
            run_child_now();
            i32::from(count.load(Ordering::Relaxed) != 1)
        })?)?;
    }
    Ok(())
}
