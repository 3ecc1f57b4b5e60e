//! What a worker gets, and what comes back.

use crate::common::{Outcome, Scenario};
use crate::{both, ensure};
use fork_runtime::Exit;
use fork_runtime::zygote::{BuildError, Context, Entry, JoinError, SpawnError, Zygote};
use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("zygote_typed_arguments_and_results", typed),
    ("zygote_a_fresh_process_per_job", fresh),
    ("zygote_panic_has_message_and_place", panics),
    ("zygote_exit_status_and_signal", statuses),
    ("zygote_three_hundred_descriptors", many_descriptors),
    ("zygote_only_passed_descriptors_exist", only_passed),
    ("zygote_large_argument_and_result", large),
    ("zygote_functions_without_entries", functions),
    ("zygote_unknown_and_changed_entries", unknown),
    ("zygote_channel_ends_with_the_worker", channel),
    ("zygote_kill_on_drop", kill_on_drop),
    ("zygote_ten_servers_on_one_listening_socket", ten_servers),
    ("zygote_refused_with_threads", refused_with_threads),
];

type Pair = (String, Vec<u32>);

fork_runtime::entry! {
    fn sum(_context, pair: Pair) -> (String, u32, u32) {
        (pair.0, pair.1.iter().sum(), std::process::id())
    }
}

fork_runtime::entry! {
    fn count(_context, _unused: ()) -> u32 {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        COUNT.fetch_add(1, Ordering::Relaxed)
    }
}

#[expect(clippy::exit, reason = "what happens then is what is tested")]
fn leave() -> ! {
    std::process::exit(3)
}

fork_runtime::entry! {
    fn fails(_context, how: u32) {
        match how {
            0 => panic!("on purpose: {how}"),
            1 => leave(),
            2 => std::process::abort(),
            _ => std::thread::sleep(Duration::from_secs(600)),
        }
    }
}

fork_runtime::entry! {
    fn read_all(context, _unused: ()) -> Vec<String> {
        let read = |fd: OwnedFd| {
            let mut text = String::new();
            File::from(fd).read_to_string(&mut text).map(|_| text).unwrap_or_default()
        };
        context.take_fds().into_iter().map(read).collect()
    }
}

fork_runtime::entry! {
    fn descriptors(_context, _unused: ()) -> Vec<String> {
        let all = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
        all.filter_map(|entry| Some(std::fs::read_link(entry.path()).ok()?.to_string_lossy().into_owned())).collect()
    }
}

fork_runtime::entry! {
    fn echo(_context, bytes: Vec<u8>) -> Vec<u8> {
        bytes
    }
}

fork_runtime::entry! {
    fn talk(context, _unused: ()) {
        if let Some(mut channel) = context.take_channel() {
            let mut letter = [0];
            while channel.read(&mut letter).is_ok_and(|read| read == 1) && letter != *b"q" {
                let _ = channel.write_all(&letter.map(|letter| letter.to_ascii_uppercase()));
            }
        }
    }
}

fn typed() -> Outcome {
    both(|zygote| {
        let worker = zygote.spawn(sum, &("total".to_owned(), vec![1, 2, 3]))?;
        let pid = worker.id();
        let answer = worker.join()?;
        ensure(answer == ("total".to_owned(), 6, pid), format!("{answer:?}, worker {pid}"))
    })
}

fn fresh() -> Outcome {
    both(|zygote| {
        for _ in 0..5 {
            ensure(zygote.spawn(count, &())?.join()? == 0, "state went from one worker to the next")?;
        }
        Ok(())
    })
}

fn panics() -> Outcome {
    both(|zygote| match zygote.spawn(fails, &0)?.join() {
        Err(JoinError::Panicked { message, location }) => {
            ensure(message == "on purpose: 0" && location.contains("basics.rs:"), format!("{message} at {location}"))
        }
        other => Err(format!("{other:?}").into()),
    })
}

fn statuses() -> Outcome {
    both(|zygote| {
        for (how, exit) in [(1, Exit::Status(3)), (2, Exit::Signal(libc::SIGABRT))] {
            let ended = zygote.spawn(fails, &how)?.join();
            ensure(matches!(ended, Err(JoinError::Ended(end)) if end == exit), format!("{ended:?}"))?;
        }
        let mut sleeper = zygote.spawn(fails, &9)?;
        ensure(matches!(sleeper.join_timeout(Duration::from_millis(5)), Err(JoinError::Timeout)), "no time-out")?;
        ensure(sleeper.try_wait()?.is_none(), "it should run")?;
        sleeper.signal(libc::SIGTERM)?;
        let ended = sleeper.join();
        ensure(matches!(ended, Err(JoinError::Ended(Exit::Signal(libc::SIGTERM)))), format!("{ended:?}"))
    })
}

fn with_text(text: &str) -> std::io::Result<OwnedFd> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    std::io::Seek::rewind(&mut file)?;
    Ok(file.into())
}

fn many_descriptors() -> Outcome {
    both(|zygote| {
        let wanted: Vec<String> = (0..600).map(|number| format!("file {number}")).collect();
        let files = wanted.iter().map(|text| with_text(text)).collect::<Result<Vec<_>, _>>()?;
        let got = zygote.job(read_all).fds(files).start(&())?.join()?;
        ensure(got == wanted, format!("{} files", got.len()))
    })
}

/// What is open in the owner, close-on-exec or not, is not open in a worker; what was passed is.
fn only_passed() -> Outcome {
    let leak = File::open("/dev/zero")?;
    // SAFETY: clears a flag of our own descriptor.
    unsafe { libc::fcntl(leak.as_raw_fd(), libc::F_SETFD, 0) };
    both(|zygote| {
        let passed = File::open("/dev/full")?;
        let seen = zygote.job(descriptors).fd(passed).start(&())?.join()?;
        let strange: Vec<_> = seen.iter().filter(|target| target.contains("/dev/zero")).collect();
        ensure(strange.is_empty() && seen.iter().any(|target| target == "/dev/full"), format!("{seen:?}"))?;
        let sockets = seen.iter().filter(|target| target.starts_with("socket:")).count();
        // Three standard streams, the passed one, the list, and the socket that the result goes over.
        ensure(sockets == 1 && seen.len() == 6, format!("{seen:?}"))
    })
}

fn large() -> Outcome {
    both(|zygote| {
        for length in [30_000, 61_440, 70_000, 1 << 20] {
            let bytes: Vec<u8> = (0..length).map(|at: u32| at.to_le_bytes()[0]).collect();
            ensure(zygote.spawn(echo, &bytes)?.join()? == bytes, format!("{length} bytes"))?;
        }
        Ok(())
    })?;
    let zygote = Zygote::builder().largest_result(100_000).early()?;
    let refused = zygote.spawn(echo, &vec![1; 200_000])?.join();
    ensure(matches!(refused, Err(JoinError::BadReply(_))), format!("{refused:?}"))
}

fn functions() -> Outcome {
    fn twice(_: &mut Context, number: u64) -> u64 {
        number * 2
    }
    both(|zygote| {
        ensure(zygote.function(twice)?.start(&21)?.join()? == 42, "a function")?;
        let closure = |_: &mut Context, text: String| text.len();
        ensure(zygote.function(closure)?.start(&"four".to_owned())?.join()? == 4, "a closure")
    })
}

fn unknown() -> Outcome {
    let zygote = Zygote::builder().early()?;
    let error = Entry::<u32, u32>::named("zygote::basics::nobody").err().ok_or("it should not be there")?;
    ensure(error.to_string().contains("no entry \"zygote::basics::nobody\""), error.to_string())?;
    let error = Entry::<u64, ()>::named(fails.name()).err().ok_or("its types are others")?;
    ensure(error.to_string().contains("other types"), error.to_string())?;
    let found = Entry::<u32, ()>::named(fails.name())?;
    let ended = zygote.spawn(found, &1)?.join();
    ensure(matches!(ended, Err(JoinError::Ended(Exit::Status(3)))), format!("{ended:?}"))
}

fn channel() -> Outcome {
    both(|zygote| {
        let mut worker = zygote.job(talk).channel().start(&())?;
        let mut channel = worker.channel().ok_or("a channel")?;
        ensure(
            matches!(channel.read(&mut [0]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
            "blocks",
        )?;
        channel.set_nonblocking(false)?;
        channel.write_all(b"a")?;
        let mut letter = [0];
        channel.read_exact(&mut letter)?;
        ensure(letter == *b"A", "no answer")?;
        channel.write_all(b"q")?;
        ensure(channel.read(&mut letter)? == 0, "no end of file")?;
        Ok(worker.join()?)
    })
}

fork_runtime::entry! {
    fn serve(context, greeting: String) -> Result<(), String> {
        let listener = context.take_fds().pop().map(TcpListener::from).ok_or("no listener")?;
        for client in listener.incoming() {
            let answer = format!("{greeting} {}", std::process::id());
            let _ = client.and_then(|mut client| client.write_all(answer.as_bytes()));
        }
        Ok(())
    }
}

/// The second program of AnyEvent::Fork's synopsis: they all accept, and end with their handles.
fn ten_servers() -> Outcome {
    both(|zygote| {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let listener: OwnedFd = listener.into();
        let start = || Ok(zygote.job(serve).fd(listener.try_clone()?).kill_on_drop().start(&"hello".to_owned())?);
        let servers: Vec<_> = (0..10).map(|_| start()).collect::<Result<_, Box<dyn std::error::Error>>>()?;
        let ids: Vec<String> = servers.iter().map(|server| format!("hello {}", server.id())).collect();
        for _ in 0..40 {
            let mut answer = String::new();
            TcpStream::connect(address)?.read_to_string(&mut answer)?;
            ensure(ids.contains(&answer), format!("{answer}: none of {ids:?}"))?;
        }
        drop(listener);
        drop(servers);
        // The last of the listening sockets goes with the last of them.
        crate::eventually("all servers have ended", || Ok(TcpStream::connect(address).is_err()))
    })
}

fn kill_on_drop() -> Outcome {
    both(|zygote| {
        let worker = zygote.job(fails).kill_on_drop().start(&9)?;
        let pidfd = worker.pidfd()?.try_clone_to_owned()?;
        drop(worker);
        let mut entry = libc::pollfd { fd: pidfd.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: one entry, and its count.
        ensure(unsafe { libc::poll(&raw mut entry, 1, 30_000) } == 1, "it lives on")
    })
}

fn refused_with_threads() -> Outcome {
    std::thread::scope(|scope| {
        let idle = scope.spawn(std::thread::park);
        let early = Zygote::builder().early();
        let exec = Zygote::builder().exec();
        idle.thread().unpark();
        ensure(matches!(&early, Err(BuildError::Fork(_))), format!("{early:?}"))?;
        ensure(exec?.spawn(count, &())?.join()? == 0, "exec mode works with threads")
    })?;
    let zygote = Zygote::builder().early()?;
    drop(zygote.clone());
    let forked = fork_runtime::testkit::Way::Fork
        .run(|| i32::from(!matches!(zygote.spawn(count, &()), Err(SpawnError::Inherited))))?;
    ensure(forked.success(), "a forked copy of the handle should do nothing")?;
    ensure(zygote.spawn(count, &())?.join()? == 0, "the copy has hurt the template")
}
