//! Prepared spawns.

use crate::common::{Outcome, Scenario};
use crate::ensure;
use fork_runtime::Exit;
use fork_runtime::spawn::{Inherit, Spawn, Step};
use std::io::{Read, Seek};
use std::os::fd::{AsRawFd, OwnedFd};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("spawn_environment_folder_arguments", environment),
    ("spawn_errors_reach_the_caller", errors),
    ("spawn_descriptors_exchanged", exchanged),
    ("spawn_leaks_no_descriptor", no_leak),
    ("spawn_session_group_terminal", session),
    ("spawn_signals_limits_umask", signals),
    ("spawn_user", user),
    ("spawn_from_threads", threads),
];

/// What a shell command prints, started with this.
fn output(spawn: Spawn, script: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut file = tempfile::tempfile()?;
    let mut child = spawn.arg("-c").arg(script).fd(file.try_clone()?, 1).start()?;
    let exit = child.wait()?;
    file.rewind()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    ensure(exit.success(), &format!("{exit}: {text}"))?;
    Ok(text.trim_end().to_owned())
}

fn environment() -> Outcome {
    let spawn = Spawn::new("sh").env_clear().env("A", "1").env("B", "2").env("A", "3").env_remove("B");
    let text = output(spawn.current_dir("/usr"), "echo $A-$B-$(pwd)")?;
    ensure(text == "3--/usr", &text)
}

fn errors() -> Outcome {
    let step = |spawn: Spawn| match spawn.start() {
        Ok(mut child) => Err(format!("it started and ended with {:?}", child.wait())),
        Err(error) => Ok((error.step(), error.io().raw_os_error())),
    };
    ensure(step(Spawn::new("/no/such/program"))? == (Step::Exec, Some(libc::ENOENT)), "exec")?;
    ensure(step(Spawn::new("no-such-program"))? == (Step::Exec, Some(libc::ENOENT)), "exec by PATH")?;
    ensure(step(Spawn::new("/etc/passwd"))? == (Step::Exec, Some(libc::EACCES)), "not executable")?;
    ensure(step(Spawn::new("true").current_dir("/no/such"))? == (Step::Folder, Some(libc::ENOENT)), "folder")?;
    ensure(step(Spawn::new("true").rlimit(999, 0, 0))? == (Step::ResourceLimit, Some(libc::EINVAL)), "limit")?;
    ensure(step(Spawn::new("true").process_group(1))?.0 == Step::ProcessGroup, "group")?;
    ensure(step(Spawn::new("true").controlling_terminal(0))?.0 == Step::Terminal, "terminal")?;
    ensure(step(Spawn::new("true").arg("a\0b"))?.0 == Step::Prepare, "NUL")?;
    // The same request may be started again.
    let spawn = Spawn::new("true");
    for _ in 0..3 {
        ensure(spawn.start()?.wait()?.success(), "again")?;
    }
    Ok(())
}

fn file(text: &str) -> std::io::Result<OwnedFd> {
    let mut file = tempfile::tempfile()?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.rewind()?;
    Ok(file.into())
}

/// Each descriptor goes to the number of another one.
fn exchanged() -> Outcome {
    let (a, b, c) = (file("a")?, file("b")?, file("c")?);
    let numbers = [a.as_raw_fd(), b.as_raw_fd(), c.as_raw_fd()];
    let script = format!("cat <&{} <&{}; cat <&{}; cat <&{}", numbers[0], numbers[0], numbers[1], numbers[2]);
    let spawn = Spawn::new("bash").fd(a, numbers[1]).fd(b, numbers[2]).fd(c, numbers[0]);
    let text = output(spawn, &script)?;
    ensure(text == "cab", &text)
}

fn no_leak() -> Outcome {
    let leaking = file("")?;
    // SAFETY: clears a flag of our own descriptor, as careless code does.
    ensure(unsafe { libc::fcntl(leaking.as_raw_fd(), libc::F_SETFD, 0) } == 0, "fcntl")?;
    let list = "ls /proc/self/fd | tr '\n' ' '";
    // `ls` has the folder open itself, under the first free number.
    let text = output(Spawn::new("sh"), list)?;
    ensure(text == "0 1 2 3", &text)?;
    let text = output(Spawn::new("sh").inherit(Inherit::Unmarked), list)?;
    ensure(text.split(' ').any(|number| number == leaking.as_raw_fd().to_string()), &text)?;
    let text = output(Spawn::new("sh").fd(file("")?, 42), list)?;
    ensure(text == "0 1 2 3 42", &text)
}

fn session() -> Outcome {
    let fields = "set -- $(cat /proc/$$/stat); echo $1 $5 $6 $7";
    let text = output(Spawn::new("sh").new_session(), fields)?;
    let numbers: Vec<i32> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
    ensure(numbers[0] == numbers[1] && numbers[0] == numbers[2] && numbers[3] == 0, &text)?;
    let text = output(Spawn::new("sh").process_group(0), fields)?;
    let numbers: Vec<i32> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
    ensure(numbers[0] == numbers[1] && numbers[0] != numbers[2], &text)?;
    let (mut main, mut terminal) = (-1, -1);
    // SAFETY: two places for the result, and null for what is not wanted.
    let made = unsafe {
        libc::openpty(&raw mut main, &raw mut terminal, std::ptr::null_mut(), std::ptr::null(), std::ptr::null())
    };
    ensure(made == 0, "openpty")?;
    // SAFETY: fresh descriptors of our own.
    let terminal = unsafe { <OwnedFd as std::os::fd::FromRawFd>::from_raw_fd(terminal) };
    let text = output(Spawn::new("sh").fd(terminal, 0).controlling_terminal(0), fields)?;
    ensure(text.split(' ').nth(3).is_some_and(|number| number != "0"), &text)
}

extern "C" fn handler(_: i32) {}

fn signals() -> Outcome {
    // SAFETY: a handler that does nothing, and an ignored signal (SIGPIPE is ignored by Rust's start-up already).
    unsafe { libc::signal(libc::SIGUSR1, handler as extern "C" fn(i32) as libc::sighandler_t) };
    // SAFETY: as above.
    unsafe { libc::signal(libc::SIGUSR2, libc::SIG_IGN) };
    let script = "grep -E 'Sig(Blk|Ign|Cgt)' /proc/self/status | tr -s '\\t\\n' '  '";
    let grep = |spawn: Spawn| output(spawn, &format!("exec {script}").replace("exec grep", "grep"));
    let text = grep(Spawn::new("sh"))?;
    ensure(text.contains("SigBlk: 0000000000000000 SigIgn: 0000000000000000"), &text)?;
    let text = grep(Spawn::new("sh").keep_ignored_signals())?;
    let ignored = text.split("SigIgn: ").nth(1).and_then(|rest| u64::from_str_radix(rest.get(..16)?, 16).ok());
    ensure(ignored.is_some_and(|ignored| ignored & 0x1800 == 0x1800), &text)?;
    let text =
        output(Spawn::new("sh").rlimit(libc::RLIMIT_NOFILE, 77, 78).umask(0o27), "ulimit -n; ulimit -Hn; umask")?;
    ensure(text == "77\n78\n0027", &text)
}

fn user() -> Outcome {
    // SAFETY: geteuid(2) has no preconditions.
    if unsafe { libc::geteuid() } != 0 {
        let refused = Spawn::new("true").user(0, 0, []).start();
        return ensure(refused.is_err_and(|error| error.step() == Step::Identity), "became root");
    }
    let text = output(Spawn::new("sh").user(65534, 65534, [12, 34]), "id -u; id -g; id -G; exit 0")?;
    ensure(text == "65534\n65534\n65534 12 34", &text)
}

fn threads() -> Outcome {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|worker| {
                scope.spawn(move || {
                    (0..25).all(|_| {
                        let started = Spawn::new("sh").arg("-c").arg(format!("exit {worker}")).start();
                        started
                            .and_then(|mut child| {
                                child.wait().map_err(|_| Spawn::new("/").start().expect_err("a folder is no program"))
                            })
                            .is_ok_and(|exit| exit == Exit::Status(worker))
                    })
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| ensure(worker.join().unwrap_or(false), "a spawn failed"))
    })
}
