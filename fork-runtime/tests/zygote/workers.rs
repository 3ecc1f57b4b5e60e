//! Handles: usage, waiting in tasks, promotion that goes wrong.

use crate::common::{Outcome, Scenario};
use crate::life::{mold, nap};
use crate::{both, ensure};
use fork_runtime::Exit;
use fork_runtime::zygote::{BuildError, JoinError, Zygote};
use std::time::{Duration, Instant};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("zygote_usage_comes_with_the_status", usage),
    ("zygote_awaited_in_tasks", awaited),
    ("zygote_awaited_worker_is_killed_when_dropped", awaited_and_dropped),
    ("zygote_handles_dropped_in_a_forked_copy_do_nothing", dropped_in_copy),
    ("zygote_mold_that_is_stuck", stuck_mold),
    ("zygote_mold_that_exits_or_is_killed", exiting_mold),
    ("zygote_mold_with_threads", threaded_mold),
    ("zygote_signal_during_promotion", signal_during_promotion),
];

fork_runtime::entry! {
    /// Burns so much processor time, and touches so much memory.
    fn burn(_context, work: (u64, usize)) -> usize {
        let start = Instant::now();
        let memory = vec![1_u8; work.1];
        while start.elapsed() < Duration::from_millis(work.0) {
            std::hint::black_box(&memory);
        }
        memory.len()
    }
}

fn usage() -> Outcome {
    both(|zygote| {
        let mut worker = zygote.spawn(burn, &(60, 32 << 20))?;
        ensure(worker.usage().is_none(), "before it has ended")?;
        ensure(worker.wait()? == Exit::Status(0), "status")?;
        let usage = worker.usage().ok_or("no usage")?;
        ensure(usage.user + usage.system >= Duration::from_millis(10), format!("{usage:?}"))?;
        ensure(usage.most_resident >= 32 << 20 && usage.minor_faults > 0, format!("{usage:?}"))?;
        // The result is there all the same.
        ensure(worker.join()? == 32 << 20, "result")?;
        let mut killed = zygote.spawn(nap, &600_000)?;
        killed.kill()?;
        ensure(killed.wait()? == Exit::Signal(libc::SIGKILL) && killed.usage().is_some(), "of a killed one too")
    })
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()
}

/// What the program does on SIGCHLD.
fn on_child_signal() -> usize {
    // SAFETY: plain data, for which zero is a valid value.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: a place for the result.
    unsafe { libc::sigaction(libc::SIGCHLD, std::ptr::null(), &raw mut action) };
    action.sa_sigaction
}

fn awaited() -> Outcome {
    both(|zygote| {
        let start = Instant::now();
        runtime()?.block_on(async {
            // All at once in one thread: none blocks it.
            let workers = (0..20).map(|_| zygote.spawn(nap, &300)).collect::<Result<Vec<_>, _>>()?;
            let ids: Vec<u32> = workers.iter().map(fork_runtime::zygote::Worker::id).collect();
            for (worker, id) in workers.into_iter().zip(ids) {
                ensure(worker.join_async().await? == id, "another's result")?;
            }
            let mut killed = zygote.spawn(nap, &600_000)?;
            killed.kill()?;
            ensure(killed.wait_async().await? == Exit::Signal(libc::SIGKILL), "status")?;
            let ended = killed.join_async().await;
            ensure(matches!(ended, Err(JoinError::Ended(Exit::Signal(libc::SIGKILL)))), format!("{ended:?}"))?;
            let broken = zygote.spawn(mold, &3)?.join_async().await;
            ensure(matches!(&broken, Err(JoinError::Panicked { message, .. }) if message == "broken mold"), "panic")?;
            ensure(zygote.spawn(mold, &0)?.join_async().await? == 0, "a template that nobody wants")
        })?;
        ensure(start.elapsed() < Duration::from_secs(5), format!("one after the other: {:?}", start.elapsed()))?;
        ensure(on_child_signal() == libc::SIG_DFL, "somebody has installed a handler for SIGCHLD")
    })
}

fn awaited_and_dropped() -> Outcome {
    let zygote = Zygote::builder().exec()?;
    let worker = zygote.job(nap).kill_on_drop().start(&600_000)?;
    let pidfd = worker.pidfd()?.try_clone_to_owned()?;
    runtime()?.block_on(async {
        let late = tokio::time::timeout(Duration::from_millis(20), worker.join_async()).await;
        ensure(late.is_err(), format!("{late:?}"))
    })?;
    let mut entry = libc::pollfd { fd: std::os::fd::AsRawFd::as_raw_fd(&pidfd), events: libc::POLLIN, revents: 0 };
    // SAFETY: one entry, and its count.
    ensure(unsafe { libc::poll(&raw mut entry, 1, 30_000) } == 1, "it lives on")
}

/// The copy has all handles, and drops them: templates, warm processes and workers of the owner live on.
fn dropped_in_copy() -> Outcome {
    for builder in [Zygote::builder().warm(2).spare().early(), Zygote::builder().warm(2).spare().exec()] {
        let zygote = builder?;
        let worker = zygote.job(nap).kill_on_drop().channel().start(&200)?;
        let id = worker.id();
        let mut handles = Some((zygote, worker));
        let forked = fork_runtime::testkit::Way::Fork.run(|| {
            drop(handles.take());
            0
        })?;
        ensure(forked == Exit::Status(0), "the copy")?;
        let (zygote, worker) = handles.ok_or("the copy was this process")?;
        ensure(worker.join()? == id, "the worker")?;
        for _ in 0..5 {
            ensure(zygote.spawn(nap, &0)?.join().is_ok(), "a worker")?;
        }
        ensure(zygote.replaced() == 0, "the template was replaced")?;
    }
    Ok(())
}

fn stuck_mold() -> Outcome {
    both(|zygote| {
        let worker = zygote.spawn(mold, &1)?;
        let pidfd = worker.pidfd()?.try_clone_to_owned()?;
        let late = worker.into_template_timeout(Duration::from_millis(50));
        ensure(matches!(&late, Err(JoinError::Timeout)), format!("{late:?}"))?;
        let mut entry = libc::pollfd { fd: std::os::fd::AsRawFd::as_raw_fd(&pidfd), events: libc::POLLIN, revents: 0 };
        // SAFETY: one entry, and its count.
        ensure(unsafe { libc::poll(&raw mut entry, 1, 30_000) } == 1, "it is stuck for ever")?;
        ensure(zygote.spawn(nap, &0)?.join().is_ok(), "the template has suffered")
    })
}

fn exiting_mold() -> Outcome {
    both(|zygote| {
        let ended = zygote.spawn(mold, &2)?.into_template().map(|_| ());
        ensure(matches!(ended, Err(JoinError::Ended(Exit::Status(7)))), format!("{ended:?}"))?;
        let ended = zygote.spawn(mold, &4)?.into_template().map(|_| ());
        ensure(matches!(ended, Err(JoinError::Ended(Exit::Signal(libc::SIGKILL)))), format!("{ended:?}"))?;
        let ended = zygote.spawn(mold, &3)?.into_template().map(|_| ());
        ensure(matches!(ended, Err(JoinError::Panicked { .. })), format!("{ended:?}"))?;
        let ended = zygote.spawn(nap, &0)?.into_template().map(|_| ());
        ensure(matches!(ended, Err(JoinError::Ended(Exit::Status(0)))), format!("{ended:?}"))?;
        ensure(zygote.spawn(nap, &0)?.join().is_ok(), "the template has suffered")
    })
}

fn threaded_mold() -> Outcome {
    both(|zygote| {
        let refused = zygote.spawn(mold, &5)?.into_template().map(|_| ());
        let named = matches!(&refused, Err(JoinError::NoTemplate(BuildError::Threads(names))) if names.len() == 1);
        ensure(named, format!("{refused:?}"))
    })
}

/// The worker ends by the signal, or is a template already and blocks it: nothing in between, and nobody waits for ever.
fn signal_during_promotion() -> Outcome {
    let zygote = Zygote::builder().early()?;
    let (mut ended, mut made) = (0, 0);
    let mut random = 88_172_645_463_325_252_u64;
    for round in 0..300 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let worker = zygote.spawn(mold, &0)?;
        let until = Instant::now() + Duration::from_nanos(random % 250_000);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        worker.signal(libc::SIGTERM)?;
        match worker.into_template_timeout(Duration::from_secs(20)) {
            Ok((_, next)) => {
                made += 1;
                ensure(
                    next.spawn(nap, &0)?.join().is_ok(),
                    format!("round {round}: a template that makes no workers"),
                )?;
            }
            Err(JoinError::Ended(Exit::Signal(libc::SIGTERM)) | JoinError::NoTemplate(BuildError::NoAnswer)) => {
                ended += 1
            }
            other => return Err(format!("round {round}: {other:?}").into()),
        }
    }
    ensure(made > 0 && ended > 0, format!("{made} templates, {ended} ended: nothing was tested"))
}
