//! The death of anybody at any time, and what is left of 10 000 workers: nothing.

use crate::common::{Outcome, Scenario};
use crate::life::{load, loaded, nap};
use crate::{ensure, eventually};
use fork_runtime::Exit;
use fork_runtime::zygote::{JoinError, SpawnError, Zygote};
use std::io::{Read, Write};
use std::time::{Duration, Instant};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("zygote_warm_processes_killed", warm_killed),
    ("zygote_template_killed_and_executed_again", executed_again),
    ("zygote_template_killed_with_a_spare", spare),
    ("zygote_template_killed_without_either", no_spare),
    ("zygote_workers_outlive_their_template", outlive),
    ("zygote_owner_death_ends_template_and_workers", owner_death),
    ("zygote_dropped_template_ends", dropped),
    ("zygote_ten_thousand_leave_nothing", ten_thousand),
    ("zygote_stuck_template_is_given_up_and_what_it_makes_later_ends", stuck),
    ("zygote_killed_at_random_a_thousand_times", killed_at_random),
];

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

pub(crate) fn kill_template(zygote: &Zygote) -> Outcome {
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

/// A stopped template answers nobody; an order that was given up still is in its queue.
fn stuck() -> Outcome {
    let zygote = Zygote::builder().timeout(Duration::from_millis(300)).early()?;
    let template = i32::try_from(zygote.template_id())?;
    zygote.spawn(nap, &0)?.join()?;
    // SAFETY: the template, a child of this process that nobody has waited for.
    ensure(template > 0 && unsafe { libc::kill(template, libc::SIGSTOP) } == 0, "stop")?;
    let late = zygote.spawn(nap, &600_000);
    // SAFETY: as above.
    ensure(unsafe { libc::kill(template, libc::SIGCONT) } == 0, "continue")?;
    ensure(matches!(&late, Err(SpawnError::Timeout)), format!("{late:?}"))?;
    eventually("the late worker has ended", || {
        zygote.spawn(nap, &0)?.join()?;
        Ok(children(&zygote)?.is_empty())
    })
}

/// Each spawn ends in one of the documented ways, at once, whoever is killed when; and in the end no process, no zombie
/// and no descriptor is left.
fn killed_at_random() -> Outcome {
    let other = Zygote::builder().early()?;
    other.spawn(nap, &0)?.join()?;
    let before = descriptors()?;
    let zygote = Zygote::builder().preload(load, &7).spare().warm(2).exec()?;
    let (mut good, mut told, mut killed) = (0, 0, 0);
    let mut random = 88_172_645_463_325_252_u64;
    for round in 0..1000 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut others = children(&zygote)?;
        others.retain(|pid| u32::try_from(*pid) != Ok(other.template_id()));
        let victim = match random % 8 {
            0 => i32::try_from(zygote.template_id()).ok(),
            1 => others.first().copied(),
            // The newest, before it has said a word.
            2 | 3 => others.last().copied(),
            _ => None,
        };
        killed += i32::from(victim.is_some());
        let killer = std::thread::spawn(move || {
            // A pause of up to a spawn's length.
            let until = Instant::now() + Duration::from_nanos(random % 200_000);
            while Instant::now() < until {
                std::hint::spin_loop();
            }
            victim.into_iter().for_each(kill);
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
    ensure(good > 500 && killed > 250, format!("{good} good, {told} told, {killed} killed"))?;
    drop(zygote);
    eventually("nothing is left", || {
        // Dropped handles are collected by later calls.
        other.spawn(nap, &0)?.join()?;
        Ok(children(&other)?.is_empty() && descriptors()? <= before)
    })
    .map_err(|error| {
        let show = |pid: i32| std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let processes: String = children(&other).unwrap_or_default().into_iter().map(show).collect();
        let fds = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
        let fds: Vec<_> = fds.filter_map(|fd| std::fs::read_link(fd.path()).ok()).collect();
        format!("{error}; processes: {processes}; descriptors, {before} before: {fds:?}").into()
    })
}
