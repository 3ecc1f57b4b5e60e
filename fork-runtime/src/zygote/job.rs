//! What a worker shall be, and its start.

use super::context::Context;
use super::control::{Started, gone};
use super::entry::{self, Entry};
use super::error::SpawnError;
use super::frames::{self, JobFrame, Reply, Settings, Task};
use super::handle::Zygote;
use super::worker::Worker;
use crate::child::Child;
use crate::sys::packets::{self, FDS_A_MESSAGE, MESSAGE, SHORT};
use crate::sys::{functions, reap};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Instant;

/// Choices about a worker; the template's own are the defaults. See [`Zygote::job`].
#[must_use]
pub struct Job<'a, A, R> {
    zygote: &'a Zygote,
    task: Task<'static>,
    fds: Vec<OwnedFd>,
    stdio: [Option<OwnedFd>; 3],
    cgroup: Option<OwnedFd>,
    channel: bool,
    kill_on_drop: bool,
    settings: Settings,
    types: PhantomData<fn(A) -> R>,
}

impl<A, R> fmt::Debug for Job<'_, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("task", &self.task).field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<'a, A, R> Job<'a, A, R> {
    fn new(zygote: &'a Zygote, task: Task<'static>) -> Self {
        Self {
            zygote,
            task,
            fds: Vec::new(),
            stdio: [const { None }; 3],
            cgroup: None,
            channel: false,
            kill_on_drop: false,
            settings: Settings::default(),
            types: PhantomData,
        }
    }

    pub(super) fn entry(zygote: &'a Zygote, entry: Entry<A, R>) -> Self {
        Self::new(zygote, Task::Entry(entry.name(), Entry::<A, R>::signature()))
    }

    /// Passes a descriptor; the worker finds them in this order by [`Context::take_fds`]. Any number of them.
    pub fn fd(mut self, fd: impl Into<OwnedFd>) -> Self {
        self.fds.push(fd.into());
        self
    }

    /// Passes descriptors.
    pub fn fds(mut self, fds: impl IntoIterator<Item = OwnedFd>) -> Self {
        self.fds.extend(fds);
        self
    }

    /// The worker's standard input, output or error (0, 1, 2); other numbers are ignored.
    pub fn stdio(mut self, number: usize, fd: impl Into<OwnedFd>) -> Self {
        if let Some(place) = self.stdio.get_mut(number) {
            *place = Some(fd.into());
        }
        self
    }

    /// A socket pair between owner and worker: [`Worker::channel`], [`Context::take_channel`]. Its end of file is the end
    /// of the worker.
    pub fn channel(mut self) -> Self {
        self.channel = true;
        self
    }

    /// Kills the worker when its handle is dropped; the default lets it run.
    pub fn kill_on_drop(mut self) -> Self {
        self.kill_on_drop = true;
        self
    }

    /// Sets a variable.
    pub fn env(mut self, key: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.settings.env.push((key.as_ref().as_bytes().to_vec(), Some(value.as_ref().as_bytes().to_vec())));
        self
    }

    /// Removes a variable.
    pub fn env_remove(mut self, key: impl AsRef<OsStr>) -> Self {
        self.settings.env.push((key.as_ref().as_bytes().to_vec(), None));
        self
    }

    /// Starts from an empty environment.
    pub fn env_clear(mut self) -> Self {
        self.settings.clear_env = true;
        self
    }

    /// The working folder.
    pub fn current_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.settings.folder = Some(folder.as_ref().as_os_str().as_bytes().to_vec());
        self
    }

    /// The name in `ps`, at most 15 bytes.
    pub fn title(mut self, title: impl Into<Vec<u8>>) -> Self {
        self.settings.title = Some(title.into());
        self
    }

    /// A resource limit: `libc::RLIMIT_NOFILE` and so on, soft and hard. setrlimit(2).
    pub fn rlimit(mut self, resource: u32, soft: u64, hard: u64) -> Self {
        self.settings.limits.push((resource, soft, hard));
        self
    }

    /// The file mode creation mask.
    pub fn umask(mut self, mask: u32) -> Self {
        self.settings.umask = Some(mask);
        self
    }

    /// The nice value.
    pub fn nice(mut self, value: i32) -> Self {
        self.settings.nice = Some(value);
        self
    }

    /// Becomes a user, with one group and these supplementary groups.
    pub fn user(mut self, uid: u32, gid: u32, groups: impl Into<Vec<u32>>) -> Self {
        self.settings.user = Some((uid, gid, groups.into()));
        self
    }

    /// Starts a session.
    pub fn new_session(mut self) -> Self {
        self.settings.session = true;
        self
    }

    /// Moves the worker into a cgroup, by a descriptor of its folder; before anything of the job runs.
    pub fn cgroup(mut self, folder: impl Into<OwnedFd>) -> Self {
        self.cgroup = Some(folder.into());
        self
    }

    /// New namespaces: `libc::CLONE_NEWNET` and so on, unshare(2). A new pid namespace is for the worker's children.
    pub fn namespaces(mut self, flags: i32) -> Self {
        self.settings.namespaces = flags;
        self
    }

    /// No program that the worker executes gets privileges: prctl(2), `PR_SET_NO_NEW_PRIVS`.
    pub fn no_new_privileges(mut self) -> Self {
        self.settings.no_new_privileges = true;
        self
    }

    /// A system call filter, as the bytes of an array of `struct sock_filter`; implies
    /// [`no_new_privileges`](Job::no_new_privileges). It has to allow what a worker needs to report and to end: `sendmsg`,
    /// `write`, `exit_group`.
    pub fn seccomp(mut self, program: impl Into<Vec<u8>>) -> Self {
        self.settings.seccomp = Some(program.into());
        self
    }

    /// The signal the worker gets when its owner ends; more exactly, when the *thread* ends that made the template
    /// (prctl(2), `PR_SET_PDEATHSIG`): make it in `main`.
    pub fn death_signal(mut self, signal: i32) -> Self {
        self.settings.death_signal = Some(signal);
        self
    }

    /// Makes the process, or takes a warm one, and gives it its job.
    fn launch(self, argument: &[u8]) -> Result<(Started, Option<UnixStream>), SpawnError> {
        let mut fds = Vec::new();
        let large = argument.len() > MESSAGE / 2;
        if large {
            fds.push(packets::sealed(argument)?);
        }
        let mut channel = None;
        if self.channel {
            let (ours, theirs) = packets::pair(libc::SOCK_STREAM)?;
            let ours = UnixStream::from(ours);
            ours.set_nonblocking(true)?;
            channel = Some(ours);
            fds.push(theirs);
        }
        let stdio = [0, 1, 2].map(|at: usize| self.stdio[at].is_some());
        let cgroup = self.cgroup.is_some();
        fds.extend(self.stdio.into_iter().flatten().chain(self.cgroup).chain(self.fds));
        let plain = self.settings == Settings::default();
        let frame = JobFrame {
            task: self.task,
            argument: (!large).then_some(argument),
            channel: self.channel,
            stdio,
            cgroup,
            fds: u32::try_from(fds.len()).map_err(io::Error::other)?,
            settings: (!plain).then_some(self.settings),
        };
        let bytes = frames::encode(&frame)?;
        if bytes.len() > MESSAGE {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the environment is too large").into());
        }
        let numbers = packets::numbers(&fds);
        // Along with the order, past no template that reads it: to it these are bytes. 16 are the order's.
        let short = if numbers.is_empty() && bytes.len() <= SHORT - 16 { &bytes[..] } else { &[] };
        let mut tries = 3_u32;
        loop {
            let (request, warm) = self.zygote.idle(short)?;
            let template = request.template();
            let told =
                if short.is_empty() || warm { give(request.socket()?.as_fd(), &bytes, &numbers) } else { Ok(()) };
            let started = request.started(self.zygote.deadline());
            // Last, so that the template's next clone is not in the way of this process.
            self.zygote.refill();
            match (told, started) {
                (Ok(()), Ok(started)) => return Ok((started, channel)),
                // A warm process that was killed before it was given the job.
                (Err(error), Ok(_)) if gone(&error) && warm => {}
                // It was killed in the middle of that: the worker's end is what there is to report.
                (Err(error), Ok(started)) if gone(&error) => return Ok((started, channel)),
                (Err(error), _) if !gone(&error) => return Err(error.into()),
                // No process was made of the order, so the job has not run.
                (_, Err(SpawnError::TemplateGone)) if warm || tries > 0 => {
                    tries -= u32::from(!warm);
                    self.zygote.replace(&template)?;
                }
                (_, Err(error)) => return Err(error),
                (Err(error), Ok(_)) => return Err(error.into()),
            }
        }
    }
}

/// Sends the job past the template, to the process that there is or will be.
fn give(to: BorrowedFd<'_>, bytes: &[u8], fds: &[RawFd]) -> io::Result<()> {
    let (first, more) = fds.split_at(fds.len().min(FDS_A_MESSAGE));
    packets::send(to, bytes, first)?;
    more.chunks(FDS_A_MESSAGE).try_for_each(|fds| packets::send(to, &[0], fds))
}

impl<'a, A: DeserializeOwned, R: Serialize> Job<'a, A, R> {
    pub(super) fn function(zygote: &'a Zygote, function: fn(&mut Context, A) -> R) -> Result<Self, SpawnError> {
        fn caller<A: DeserializeOwned, R: Serialize>(
            function: usize,
            context: &mut Context,
            bytes: &[u8],
        ) -> Result<Vec<u8>, String> {
            entry::call(functions::with_types::<A, R>(function), context, bytes)
        }
        let caller: functions::Caller = caller::<A, R>;
        let place = |address: usize| functions::distance(address).ok_or(SpawnError::NotOurFunction);
        let task = Task::Function(place(caller as usize)?, place(function as usize)?);
        Ok(Self::new(zygote, task))
    }
}

impl<A: Serialize, R: DeserializeOwned> Job<'_, A, R> {
    /// Starts the worker.
    ///
    /// # Errors
    ///
    /// See [`SpawnError`].
    pub fn start(self, argument: &A) -> Result<Worker<R>, SpawnError> {
        if let Task::Entry(name, signature) = self.task {
            entry::find(name, signature).map_err(SpawnError::NoSuchEntry)?;
        }
        let bytes = frames::encode(argument)?;
        let (choices, kill) = (self.zygote.choices(), self.kill_on_drop);
        let (started, channel) = self.launch(&bytes)?;
        Ok(Worker::new(choices, started, channel, kill))
    }
}

impl<'a> Job<'a, (), ()> {
    pub(super) fn program(zygote: &'a Zygote, words: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        let words = words.into_iter().map(|word| word.as_ref().as_bytes().to_vec()).collect();
        Self::new(zygote, Task::Execute(words))
    }

    /// Waits until the program runs: then the worker's end of the pair, which is close-on-exec, is closed.
    pub(super) fn start_program(self) -> Result<Child, SpawnError> {
        let deadline = self.zygote.deadline();
        let (Started { socket, mut child, mut early }, _) = self.launch(&[])?;
        while early.is_none() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                child.kill()?;
                return Err(SpawnError::Timeout);
            }
            if reap::readable_within(socket.as_fd(), left)? {
                match frames::recv(socket.as_fd())? {
                    Some((Reply::Started(_), _)) => {}
                    Some(reply) => early = Some(reply),
                    None => return Ok(child),
                }
            }
        }
        child.wait()?;
        let what = match early {
            Some((Reply::Unable(what), _)) => what,
            _ => "the program was not executed".to_owned(),
        };
        Err(SpawnError::Os(io::Error::other(what)))
    }
}
