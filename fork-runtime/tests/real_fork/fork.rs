//! The safe `fork`, and handles on children.

use crate::common::{Outcome, Scenario};
use crate::{ensure, succeeds};
use fork_runtime::testkit::Way;
use fork_runtime::{Exit, Fork, ForkError, exit_child, fork, fork_unchecked};
use std::time::Duration;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("fork_alone", alone),
    ("fork_refused_names_the_threads", refused),
    ("fork_right_after_join", after_join),
    ("fork_refused_when_a_hook_starts_a_thread", hook_starts_thread),
    ("fork_unchecked_with_threads", unchecked),
    ("fork_in_a_child_of_a_threaded_process", in_child_of_threaded),
    ("child_handle_is_inert_in_another_process", inert_handle),
    ("child_no_zombie_after_drop", no_zombie),
    ("child_signal_and_timeouts", signals),
];

fn alone() -> Outcome {
    for _ in 0..10 {
        match fork()? {
            Fork::Child => exit_child(7),
            Fork::Parent(mut child) => ensure(child.wait()? == Exit::Status(7), "status")?,
        }
    }
    Ok(())
}

fn refused() -> Outcome {
    let error = std::thread::scope(|scope| {
        let named = std::thread::Builder::new().name("busy-worker".into());
        let worker = named.spawn_scoped(scope, std::thread::park)?;
        // The kernel learns the name when the thread starts to run.
        let listed = || matches!(fork(), Err(error) if error.to_string().contains("busy-worker"));
        while !listed() {
            std::thread::yield_now();
        }
        let error = fork();
        worker.thread().unpark();
        // A scope ends before its threads have left the kernel's count; a join does not.
        let _ = worker.join();
        Ok::<_, std::io::Error>(error)
    })?;
    match error {
        Err(ForkError::NotSingleThreaded { threads }) => {
            ensure(threads.len() == 1 && threads[0].name == "busy-worker", &format!("{threads:?}"))?;
        }
        other => return Err(format!("{other:?}").into()),
    }
    alone()
}

fn after_join() -> Outcome {
    for _ in 0..40 {
        std::thread::spawn(|| ()).join().map_err(|_| "panicked")?;
        match fork()? {
            Fork::Child => exit_child(0),
            Fork::Parent(child) => succeeds(child)?,
        }
    }
    Ok(())
}

fn hook_starts_thread() -> Outcome {
    use fork_runtime::atfork::{Hooks, Prepare, register};
    use std::sync::Mutex;
    static WORKER: Mutex<Option<std::thread::JoinHandle<()>>> = Mutex::new(None);
    let _hook = register(
        Hooks::new("starter")
            .prepare(|| {
                if let Ok(mut worker) = WORKER.lock() {
                    *worker = Some(std::thread::spawn(std::thread::park));
                }
                Prepare::Ready
            })
            .parent(|event| {
                if let (Ok(mut worker), false) = (WORKER.lock(), event.forked())
                    && let Some(worker) = worker.take()
                {
                    worker.thread().unpark();
                    let _ = worker.join();
                }
            }),
    );
    let refused = fork();
    ensure(matches!(&refused, Err(ForkError::NotSingleThreaded { .. })), &format!("{refused:?}"))
}

fn unchecked() -> Outcome {
    std::thread::scope(|scope| {
        let idle = scope.spawn(std::thread::park);
        // SAFETY: the child only ends.
        let child = match unsafe { fork_unchecked() }? {
            Fork::Child => exit_child(0),
            Fork::Parent(child) => child,
        };
        idle.thread().unpark();
        succeeds(child)
    })
}

/// The child of a threaded process has one thread, so a safe fork is allowed in it.
fn in_child_of_threaded() -> Outcome {
    let child = std::thread::scope(|scope| {
        let idle = scope.spawn(std::thread::park);
        // SAFETY: the parked thread holds no lock.
        let child = unsafe {
            Way::Fork.start_threaded(|| match fork() {
                Ok(Fork::Child) => 0,
                Ok(Fork::Parent(child)) => i32::from(succeeds(child).is_err()),
                Err(_) => 1,
            })
        };
        idle.thread().unpark();
        child
    });
    succeeds(child?)
}

fn inert_handle() -> Outcome {
    let mut sleeper = Way::Fork.start(|| {
        std::thread::sleep(Duration::from_secs(600));
        0
    })?;
    succeeds(Way::Clone3.start(|| {
        let inert = sleeper.kill().is_err() && sleeper.try_wait().is_err() && sleeper.pidfd().is_err();
        drop(std::mem::replace(
            &mut sleeper,
            match Way::Fork.start(|| 0) {
                Ok(other) => other,
                Err(_) => return 2,
            },
        ));
        i32::from(!inert)
    })?)?;
    ensure(sleeper.try_wait()?.is_none(), "the inherited handle did something")?;
    sleeper.kill()?;
    ensure(sleeper.wait()? == Exit::Signal(libc::SIGKILL), "killed")
}

/// Children in state Z of this process.
fn zombies() -> usize {
    let me = std::process::id().to_string();
    let Ok(all) = std::fs::read_dir("/proc") else {
        return 0;
    };
    all.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("stat")).ok())
        .filter(|stat| {
            let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
            fields.next() == Some("Z") && fields.next() == Some(&me)
        })
        .count()
}

fn no_zombie() -> Outcome {
    for _ in 0..30 {
        drop(Way::Fork.start(|| 0)?);
    }
    // Whatever ended late is collected by a later call; all that remains is to let them end.
    let deadline = std::time::Instant::now() + Duration::from_secs(30);
    loop {
        succeeds(Way::Fork.start(|| 0)?)?;
        Way::Fork.run(|| 0)?;
        if zombies() == 0 {
            return Ok(());
        }
        ensure(std::time::Instant::now() < deadline, "zombies stay")?;
    }
}

fn signals() -> Outcome {
    let mut sleeper = Way::Fork.start(|| {
        std::thread::sleep(Duration::from_secs(600));
        0
    })?;
    ensure(sleeper.wait_timeout(Duration::from_millis(5))?.is_none(), "ended early")?;
    sleeper.signal(libc::SIGTERM)?;
    ensure(sleeper.wait()? == Exit::Signal(libc::SIGTERM), "by signal")?;
    ensure(sleeper.wait()? == Exit::Signal(libc::SIGTERM), "asked again")
}
