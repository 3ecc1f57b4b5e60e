//! The worker's life: it becomes what the job says, runs it, reports, and leaves by `_exit`.

use super::context::Context;
use super::entry;
use super::frames::{self, JobFrame, Reply, Settings, Task};
use super::queue::Held;
use super::server::flush;
use crate::sys::packets::{self, Short};
use crate::sys::{functions, settings, workers};
use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, IntoRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// What becomes of the process after its job.
pub(super) enum After {
    End(i32),
    Template(OwnedFd),
}

/// The status of a worker that panicked, as std's.
const EXIT_PANICKED: i32 = 101;
/// The status of one that could not become what it should.
const EXIT_UNABLE: i32 = 126;

const NO_ROOM: &str = "descriptors: there is no room for so many (RLIMIT_NOFILE)";

/// An argument may be this long: it is in the owner's memory already.
const LONGEST_ARGUMENT: usize = usize::MAX;

/// `job` is empty if it comes over the socket.
pub(super) fn work(socket: OwnedFd, job: &mut Short, held: Held) -> After {
    let kept: Vec<_> = [&socket].into_iter().chain(&held.fds).map(AsFd::as_fd).collect();
    workers::close_all_but(&kept);
    crate::atfork::run_child_now();
    let unable = |what: String| {
        let _ = frames::send(socket.as_fd(), &Reply::Unable(what), &[]);
        After::End(EXIT_UNABLE)
    };
    let mut room = Vec::new();
    let mut fds: Vec<OwnedFd> = Vec::new();
    let mut long = None;
    if job.bytes().is_empty() {
        room = rehearse();
        match packets::recv(socket.as_fd(), true, job, &mut room) {
            Ok(Some((_, more))) if more.cut => return unable(NO_ROOM.to_owned()),
            Ok(Some((bytes, more))) => {
                long = bytes;
                fds.extend(more);
            }
            // The owner does not want it any more, or is gone.
            _ => return After::End(0),
        }
    }
    let frame: JobFrame<'_> = match postcard::from_bytes(long.as_deref().unwrap_or(job.bytes())) {
        Ok(frame) => frame,
        Err(error) => return unable(format!("the job cannot be decoded: {error}")),
    };
    let wanted = usize::try_from(frame.fds).unwrap_or(usize::MAX);
    while fds.len() < wanted {
        match packets::recv(socket.as_fd(), true, &mut Short::new(), &mut room) {
            Ok(Some((_, more))) if more.cut => return unable(NO_ROOM.to_owned()),
            Ok(Some((_, more))) => fds.extend(more),
            _ => return After::End(0),
        }
    }
    let context = Context { fds: held.fds, queued: held.arguments, ..Context::default() };
    let mut given = Given { fds: fds.into_iter(), context, argument: None };
    if let Err((what, error)) = given.arrange(&frame) {
        return unable(format!("{what}: {error}"));
    }
    let Given { mut context, argument, .. } = given;
    let argument = argument.as_deref().or(frame.argument).unwrap_or_default();
    workers::unblock_signals();
    let outcome = guarded(|| match &frame.task {
        Task::Entry(name, signature) => entry::find(name, *signature)
            .map_err(|error| error.to_string())
            .and_then(|registered| (registered.run)(&mut context, argument)),
        Task::Function(caller, function) => functions::call(*caller, *function, &mut context, argument),
        Task::Execute(words) => Err(execute(words)),
    });
    flush();
    let promote = context.promote;
    drop(context);
    match outcome {
        Ok(Ok(result)) => {
            if frames::send_done(&socket, result, promote).is_err() && promote {
                return After::End(0);
            }
            if promote {
                return After::Template(socket);
            }
            // The end of the process closes it.
            let _ = socket.into_raw_fd();
            After::End(0)
        }
        Ok(Err(what)) => unable(what),
        Err(Panic { message, location }) => {
            let _ = frames::send(socket.as_fd(), &Reply::Panicked { message, location }, &[]);
            After::End(EXIT_PANICKED)
        }
    }
}

/// A process that waits for its job has the time to touch what it will need then: each page of code or data that it is the
/// first to use costs a page fault.
fn rehearse() -> Vec<u8> {
    let _ = guarded(|| entry::find("", 0).is_ok());
    let frame = JobFrame {
        task: Task::Entry("", 0),
        argument: Some(&[]),
        channel: false,
        stdio: [false; 3],
        cgroup: false,
        fds: 0,
        settings: None,
    };
    let bytes = frames::encode(&frame).unwrap_or_default();
    let _ = std::hint::black_box(postcard::from_bytes::<JobFrame<'_>>(&bytes));
    flush();
    let mut room = packets::room();
    room.push(0);
    room
}

/// Only comes back with a reason. The socket is close-on-exec: success is its end.
fn execute(words: &[Vec<u8>]) -> String {
    let mut words = words.iter().map(|word| OsStr::from_bytes(word));
    let Some(program) = words.next() else {
        return "no program".to_owned();
    };
    let error = std::process::Command::new(program).args(words).exec();
    format!("exec of {}: {error}", program.display())
}

struct Given {
    fds: std::vec::IntoIter<OwnedFd>,
    context: Context,
    argument: Option<Vec<u8>>,
}

type Failed = (&'static str, io::Error);

impl Given {
    fn next(&mut self, wanted: bool) -> Result<Option<OwnedFd>, Failed> {
        match (wanted, wanted.then(|| self.fds.next()).flatten()) {
            (true, None) => Err(("descriptors", io::ErrorKind::UnexpectedEof.into())),
            (_, fd) => Ok(fd),
        }
    }

    fn arrange(&mut self, frame: &JobFrame<'_>) -> Result<(), Failed> {
        let none = Settings::default();
        let settings = frame.settings.as_ref().unwrap_or(&none);
        if let Some(file) = self.next(frame.argument.is_none())? {
            self.argument = Some(packets::unsealed(file, LONGEST_ARGUMENT).map_err(|error| ("argument", error))?);
        }
        self.context.channel = self.next(frame.channel)?.map(Into::into);
        for (target, wanted) in (0..).zip(frame.stdio) {
            if let Some(fd) = self.next(wanted)? {
                settings::stdio(&fd, target).map_err(|error| ("standard stream", error))?;
            }
        }
        if let Some(folder) = self.next(frame.cgroup)? {
            join_cgroup(&folder).map_err(|error| ("cgroup", error))?;
        }
        self.context.fds.extend(self.fds.by_ref());
        apply(settings)
    }
}

/// A cgroup's folder; writing 0 to `cgroup.procs` moves the writer (cgroups(7)).
fn join_cgroup(folder: &OwnedFd) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    // Not created, should the folder be another one.
    let list = std::fs::File::options().write(true).open(format!("/proc/self/fd/{}/cgroup.procs", folder.as_raw_fd()));
    io::Write::write_all(&mut list?, b"0")
}

/// In an order in which nothing takes away what a later step needs.
fn apply(settings: &Settings) -> Result<(), Failed> {
    settings::environment(settings.clear_env, &settings.env);
    if let Some(title) = &settings.title {
        workers::set_name(title);
    }
    if settings.session {
        settings::new_session().map_err(|error| ("session", error))?;
    }
    if settings.namespaces != 0 {
        settings::unshare(settings.namespaces).map_err(|error| ("namespaces", error))?;
    }
    if let Some(folder) = &settings.folder {
        std::env::set_current_dir(OsStr::from_bytes(folder)).map_err(|error| ("working folder", error))?;
    }
    for (resource, soft, hard) in &settings.limits {
        settings::limit(*resource, *soft, *hard).map_err(|error| ("resource limit", error))?;
    }
    if let Some(mask) = settings.umask {
        settings::umask(mask);
    }
    if let Some(value) = settings.nice {
        settings::nice(value).map_err(|error| ("nice value", error))?;
    }
    if let Some((uid, gid, groups)) = &settings.user {
        settings::user(*uid, *gid, groups).map_err(|error| ("user", error))?;
    }
    // After the user: a change of user clears it (prctl(2)).
    if let Some(signal) = settings.death_signal {
        workers::die_with_parent(signal).map_err(|error| ("death signal", error))?;
    }
    if settings.no_new_privileges || settings.seccomp.is_some() {
        settings::no_new_privileges().map_err(|error| ("no_new_privs", error))?;
    }
    if let Some(filter) = &settings.seccomp {
        settings::seccomp(filter).map_err(|error| ("seccomp", error))?;
    }
    Ok(())
}

/// What a panic said, and where.
#[derive(Debug, Clone, Default)]
pub(super) struct Panic {
    pub(super) message: String,
    pub(super) location: String,
}

fn text(payload: &dyn std::any::Any) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    payload.downcast_ref::<&str>().copied().or_else(owned).unwrap_or("a value that is no text")
}

static PANIC: Mutex<Panic> = Mutex::new(Panic { message: String::new(), location: String::new() });

/// Has panics of this thread described for [`guarded`], after the message that std prints. Once in a template: its copies
/// have it, and their one thread has the same id.
pub(super) fn describe_panics() {
    let this = std::thread::current().id();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == this {
            let location = info.location().map(ToString::to_string).unwrap_or_default();
            let message = text(info.payload()).to_owned();
            *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Panic { message, location };
        }
        usual(info);
    }));
}

/// Runs `body`; a panic is caught.
pub(super) fn guarded<R>(body: impl FnOnce() -> R) -> Result<R, Panic> {
    let outcome = catch_unwind(AssertUnwindSafe(body));
    outcome.map_err(|payload| {
        let mut panic = std::mem::take(&mut *PANIC.lock().unwrap_or_else(PoisonError::into_inner));
        if panic.location.is_empty() {
            // A hook of the user's own has replaced ours.
            text(&*payload).clone_into(&mut panic.message);
        }
        panic
    })
}
