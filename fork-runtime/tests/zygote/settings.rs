//! Who a worker is; templates as pid 1, without privileges and in containers. Where the machine forbids a thing, the test
//! says so and why.

use crate::common::{Outcome, Scenario, note};
use crate::life::{load, loaded, mold, nap};
use crate::{both, ensure, eventually};
use fork_runtime::testkit::Way;
use fork_runtime::zygote::{JoinError, Zygote};
use fork_runtime::{Exit, exit_child};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("zygote_setting_user_and_groups", user),
    ("zygote_setting_session", session),
    ("zygote_setting_limits_and_nice", limits),
    ("zygote_setting_namespaces", namespaces),
    ("zygote_setting_cgroup", cgroup),
    ("zygote_setting_no_new_privileges_and_seccomp", seccomp),
    ("zygote_setting_death_signal", death_signal),
    ("zygote_as_pid_one", pid_one),
    ("zygote_as_nobody_without_privileges", nobody),
    ("zygote_in_a_container_without_privileges", container),
];

const NOBODY: u32 = 65_534;

fork_runtime::entry! {
    /// Lines of /proc/self/status, and other facts, by name.
    fn facts(_context, names: Vec<String>) -> Vec<String> {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let fact = |name: &String| match name.as_str() {
            // SAFETY: no condition.
            "session" => (unsafe { libc::getsid(0) }.cast_unsigned() == std::process::id()).to_string(),
            // SAFETY: numbers.
            "nice" => unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) }.to_string(),
            // SAFETY: reads nothing of ours.
            "getppid" => (unsafe { libc::syscall(libc::SYS_getppid) } >= 0).to_string(),
            "cgroup" => std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default(),
            name if name.starts_with('/') => {
                std::fs::read_link(name).map_or_else(|error| error.to_string(), |link| link.display().to_string())
            }
            name => {
                let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                line.unwrap_or_default().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        names.iter().map(fact).collect()
    }
}

fork_runtime::entry! {
    fn file_limit(_context, _unused: ()) -> (u64, u64, bool) {
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: a place for the result.
        unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) };
        let files: Vec<_> = (0..10).map(|_| File::open("/dev/null")).collect();
        (limit.rlim_cur, limit.rlim_max, files.iter().any(Result::is_err))
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn is_root() -> bool {
    // SAFETY: no condition.
    unsafe { libc::geteuid() == 0 }
}

fn user() -> Outcome {
    if !is_root() {
        return note("only root may become another user");
    }
    both(|zygote| {
        let seen = zygote
            .job(facts)
            .user(NOBODY, 65_533, [7, 8])
            .start(&names(&["Uid", "Gid", "Groups", "CapEff"]))?
            .join()?;
        let (uid, gid) = (format!("{NOBODY} {NOBODY} {NOBODY} {NOBODY}"), "65533 65533 65533 65533");
        ensure(seen == [uid.as_str(), gid, "7 8", "0000000000000000"], format!("{seen:?}"))?;
        // One who is nobody already cannot become another: an error, not a worker with the wrong rights.
        let derived = zygote.derive()?;
        ensure(derived.spawn(nap, &0)?.join().is_ok(), "the template itself has not changed")
    })
}

fn session() -> Outcome {
    both(|zygote| {
        let seen = zygote.job(facts).new_session().start(&names(&["session"]))?.join()?;
        let without = zygote.job(facts).start(&names(&["session"]))?.join()?;
        ensure((seen[0].as_str(), without[0].as_str()) == ("true", "false"), format!("{seen:?} {without:?}"))
    })
}

fn limits() -> Outcome {
    both(|zygote| {
        let got = zygote.job(file_limit).rlimit(libc::RLIMIT_NOFILE, 8, 9).start(&())?.join()?;
        ensure(got == (8, 9, true), format!("{got:?}"))?;
        let seen = zygote.job(facts).nice(7).start(&names(&["nice"]))?.join()?;
        ensure(seen == ["7"], format!("{seen:?}"))?;
        // More than the hard limit allows even root.
        let refused = zygote.job(facts).rlimit(libc::RLIMIT_NOFILE, 9, 8).start(&vec![])?.join();
        ensure(
            matches!(&refused, Err(JoinError::Unable(what)) if what.starts_with("resource limit")),
            format!("{refused:?}"),
        )
    })
}

fn namespaces() -> Outcome {
    both(|zygote| {
        let links = names(&["/proc/self/ns/uts", "/proc/self/ns/net", "/proc/self/ns/ipc"]);
        let flags = libc::CLONE_NEWUTS | libc::CLONE_NEWNET;
        let plain = zygote.job(facts).start(&links)?.join()?;
        let seen = match zygote.job(facts).namespaces(flags).start(&links)?.join() {
            Err(JoinError::Unable(what)) if what.contains("not permitted") => {
                return note(&format!("new namespaces are not allowed here: {what}"));
            }
            other => other?,
        };
        let differ: Vec<bool> = seen.iter().zip(&plain).map(|(new, old)| new != old).collect();
        ensure(differ == [true, true, false], format!("{seen:?}, without {plain:?}"))?;
        let wrong = zygote.job(facts).namespaces(libc::CLONE_VM).start(&links)?.join();
        ensure(matches!(&wrong, Err(JoinError::Unable(what)) if what.starts_with("namespaces")), format!("{wrong:?}"))
    })
}

/// A new cgroup in one of the hierarchies that are mounted.
fn new_cgroup() -> Result<PathBuf, String> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let mut reasons = vec!["no cgroup hierarchy is mounted".to_owned()];
    for line in mounts.lines() {
        let fields: Vec<_> = line.split(' ').collect();
        // A cpuset without processors takes no process.
        if fields.len() < 4 || !fields[2].starts_with("cgroup") || fields[3].contains("cpuset") {
            continue;
        }
        let folder = PathBuf::from(fields[1]).join(format!("fork-runtime-test-{}", std::process::id()));
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) => reasons.push(format!("{}: {error}", folder.display())),
        }
    }
    Err(reasons.pop().unwrap_or_default())
}

fn cgroup() -> Outcome {
    let folder = match new_cgroup() {
        Ok(folder) => folder,
        Err(reason) => return note(&format!("no cgroup can be made here: {reason}")),
    };
    let outcome = both(|zygote| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let seen = zygote.job(facts).cgroup(File::open(&folder)?).start(&names(&["cgroup"]))?.join()?;
        ensure(seen[0].contains(&name), &seen[0])?;
        let plain = zygote.job(facts).start(&names(&["cgroup"]))?.join()?;
        ensure(!plain[0].contains(&name), &plain[0])?;
        let wrong = zygote.job(facts).cgroup(File::open("/")?).start(&names(&["cgroup"]))?.join();
        ensure(matches!(&wrong, Err(JoinError::Unable(what)) if what.starts_with("cgroup")), format!("{wrong:?}"))
    });
    // A process that has just ended may still count.
    let removed = eventually("the cgroup is empty", || Ok(std::fs::remove_dir(&folder).is_ok()));
    outcome.and(removed)
}

/// `getppid` fails, or kills; all else is allowed.
fn filter(action: u32) -> Vec<u8> {
    let number = u32::try_from(libc::SYS_getppid).unwrap_or_default();
    let fetch = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
    let equal = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
    let ends = libc::BPF_RET | libc::BPF_K;
    // struct sock_filter: code, two jumps, operand. The number is the first word of struct seccomp_data.
    let program = [(fetch, 0, 0), (equal, 1, number), (ends, 0, action), (ends, 0, libc::SECCOMP_RET_ALLOW)];
    let mut bytes = Vec::new();
    for (code, if_not, operand) in program {
        bytes.extend(u16::try_from(code).unwrap_or_default().to_ne_bytes());
        bytes.extend([0_u8, if_not]);
        bytes.extend(operand.to_ne_bytes());
    }
    bytes
}

fn seccomp() -> Outcome {
    both(|zygote| {
        let asked = names(&["NoNewPrivs", "getppid"]);
        let plain = zygote.job(facts).start(&asked)?.join()?;
        ensure(plain[1] == "true", format!("{plain:?}"))?;
        let only = zygote.job(facts).no_new_privileges().start(&asked)?.join()?;
        ensure(only == ["1", "true"], format!("{only:?}"))?;
        let fails = libc::SECCOMP_RET_ERRNO | u32::try_from(libc::EPERM)?;
        let seen = zygote.job(facts).seccomp(filter(fails)).start(&asked)?.join()?;
        ensure(seen == ["1", "false"], format!("{seen:?}"))?;
        let killed = zygote.job(facts).seccomp(filter(libc::SECCOMP_RET_KILL_PROCESS)).start(&asked)?.join();
        ensure(matches!(killed, Err(JoinError::Ended(Exit::Signal(libc::SIGSYS)))), format!("{killed:?}"))?;
        let wrong = zygote.job(facts).seccomp([1, 2, 3]).start(&asked)?.join();
        ensure(matches!(&wrong, Err(JoinError::Unable(what)) if what.starts_with("seccomp")), format!("{wrong:?}"))
    })
}

/// Of a worker that became another user, which clears it: it has to be set afterwards.
fn death_signal() -> Outcome {
    let (mut reader, writer) = io::pipe()?;
    let mut owner = Way::Fork.start(|| {
        let run = || -> Outcome {
            let zygote = Zygote::builder().exec()?;
            let job = zygote.job(nap).death_signal(libc::SIGTERM).fd(writer.try_clone()?);
            let job = if is_root() { job.user(NOBODY, NOBODY, []) } else { job };
            let worker = job.start(&600_000)?;
            // It holds the pipe open, which nothing else does after this.
            std::mem::forget(worker);
            Ok(())
        };
        let status = i32::from(run().is_err());
        // Its job has begun, for all that matters here.
        std::thread::sleep(Duration::from_millis(100));
        exit_child(status)
    })?;
    drop(writer);
    ensure(owner.wait()? == Exit::Status(0), "the owner could not start it")?;
    let mut nothing = Vec::new();
    // Ends when the worker has.
    reader.read_to_end(&mut nothing).map(|_| ()).map_err(Into::into)
}

/// A bit of everything, for surroundings that are unusual.
fn everything() -> Outcome {
    both(|zygote| {
        ensure(zygote.spawn(loaded, &false)?.join()? == (0, 0), "result")?;
        let ended = zygote.spawn(mold, &3)?.join();
        ensure(matches!(ended, Err(JoinError::Panicked { .. })), format!("{ended:?}"))?;
        let mut sleeper = zygote.spawn(nap, &600_000)?;
        sleeper.kill()?;
        ensure(sleeper.wait()? == Exit::Signal(libc::SIGKILL), "status")?;
        let (_, promoted) = zygote.spawn(loaded, &true)?.into_template()?;
        ensure(promoted.spawn(loaded, &false)?.join()? == (0, 1), "promotion")?;
        let mut file = tempfile::tempfile()?;
        let copy = file.try_clone()?;
        ensure(zygote.exec(["echo", "here"], |job| job.stdio(1, copy))?.wait()? == Exit::Status(0), "program")?;
        let mut text = String::new();
        file.rewind()?;
        file.read_to_string(&mut text)?;
        ensure(text == "here\n", text)
    })?;
    let zygote = Zygote::builder().preload(load, &7).spare().warm(2).exec()?;
    for _ in 0..3 {
        let template = i32::try_from(zygote.template_id())?;
        // SAFETY: a child of this process that nobody has waited for.
        ensure(template > 0 && unsafe { libc::kill(template, libc::SIGKILL) } == 0, "kill")?;
        for _ in 0..5 {
            ensure(zygote.spawn(loaded, &false)?.join()? == (7, 0), "after the template\'s death")?;
        }
    }
    Ok(())
}

/// Runs it in this process, for which the harness keeps the log, and makes a status of it.
fn status_of(outcome: Outcome) -> i32 {
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            let _ = io::Write::write_fmt(&mut io::stderr(), format_args!("{error}\n"));
            1
        }
    }
}

fn pid_one() -> Outcome {
    let body = || {
        status_of(ensure(std::process::id() == 1, "not pid 1").and_then(|()| {
            everything()?;
            // What is nobody's becomes this process': it is not mistaken for a worker, and does not get in the way.
            Way::Fork.run(|| i32::from(Way::Fork.start(|| 5).is_err()))?;
            everything()
        }))
    };
    match Way::NewPidNamespace.run(body) {
        Err(error) if error.raw_os_error() == Some(libc::EPERM) => {
            note(&format!("a new pid namespace is not allowed here: {error}"))
        }
        other => ensure(other? == Exit::Status(0), "as pid 1"),
    }
}

/// Gives up root, if it is root, with all its capabilities.
fn become_nobody() -> io::Result<()> {
    let checked = |done: i32| if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) };
    if is_root() {
        // SAFETY: no groups.
        checked(unsafe { libc::setgroups(0, std::ptr::null()) })?;
        // SAFETY: numbers.
        checked(unsafe { libc::setresgid(NOBODY, NOBODY, NOBODY) })?;
        // SAFETY: numbers.
        checked(unsafe { libc::setresuid(NOBODY, NOBODY, NOBODY) })?;
    }
    // SAFETY: numbers.
    checked(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) })
}

fn nobody() -> Outcome {
    let run = || -> Outcome {
        become_nobody()?;
        everything()?;
        let refused = Zygote::builder().early()?.job(nap).user(0, 0, []).start(&0)?.join();
        ensure(matches!(&refused, Err(JoinError::Unable(what)) if what.starts_with("user")), format!("{refused:?}"))
    };
    ensure(Way::Fork.run(|| status_of(run()))? == Exit::Status(0), "as nobody")
}

/// A rootless container: nobody outside, in a user namespace without any mapping (so nobody inside, too), as pid 1.
fn container() -> Outcome {
    const FORBIDDEN: i32 = 77;
    let run = || -> i32 {
        // SAFETY: numbers; one thread.
        let made = become_nobody().is_ok() && unsafe { libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWPID) } == 0;
        if !made {
            let _ = note(&format!("no user namespace for nobody here: {}", io::Error::last_os_error()));
            return FORBIDDEN;
        }
        let inside =
            Way::Fork.run(|| status_of(ensure(std::process::id() == 1, "not pid 1").and_then(|()| everything())));
        i32::from(!matches!(inside, Ok(Exit::Status(0))))
    };
    match Way::Fork.run(run)? {
        Exit::Status(0 | FORBIDDEN) => Ok(()),
        other => Err(format!("in a container: {other}").into()),
    }
}
