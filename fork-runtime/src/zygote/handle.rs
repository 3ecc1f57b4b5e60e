//! The owner's handle on a template.

use super::audit::Report;
use super::builder::Builder;
use super::entry::Entry;
use super::error::{BuildError, SpawnError};
use super::frames::{self, Order, Refusal, Reply};
use super::job::Job;
use super::server;
use super::worker::Worker;
use crate::child::Child;
use crate::detect::{Generation, generation};
use crate::spawn::Spawn;
use crate::sys::{packets, reap};
use crate::{Fork, fork};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A template process, of which workers are made. Clones share it. See the [module](super).
///
/// Dropping the last one ends the template; workers go on. In a forked copy of its owner it does nothing.
#[derive(Debug, Clone)]
pub struct Zygote {
    inner: Arc<Inner>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Early,
    Exec,
    /// A copy of another one, or what a worker has become.
    Copy,
}

#[derive(Debug)]
struct Inner {
    born: Generation,
    builder: Arc<Builder>,
    how: How,
    /// Taken for moments, and while a dead template is replaced. A forked copy of the owner never gets here.
    current: Mutex<Arc<Control>>,
    spare: Mutex<Option<Control>>,
    /// Ends of the pairs of processes that wait for a job.
    warm: Mutex<VecDeque<OwnedFd>>,
    report: Mutex<Report>,
    replaced: AtomicU64,
}

/// A living template.
#[derive(Debug)]
struct Control {
    // Dropped first, and with it the template's reason to live.
    socket: OwnedFd,
    child: Child,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where an executed template finds its socket.
pub(super) const VARIABLE: &str = "FORK_RUNTIME_TEMPLATE";
const NUMBER: i32 = 3;

impl Zygote {
    /// The choices, at their defaults.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn build(builder: Builder, how: How) -> Result<Self, BuildError> {
        let (control, report) = start(&builder, how)?;
        Self::over(Arc::new(builder), how, control, report).map_err(|error| match error {
            SpawnError::Os(error) => BuildError::Unsupported(error),
            SpawnError::Threads(names) => BuildError::Threads(names),
            _ => BuildError::NoAnswer,
        })
    }

    fn over(builder: Arc<Builder>, how: How, control: Control, report: Report) -> Result<Self, SpawnError> {
        let inner = Inner {
            born: generation(),
            builder,
            how,
            current: Mutex::new(Arc::new(control)),
            spare: Mutex::default(),
            warm: Mutex::default(),
            report: Mutex::new(report),
            replaced: AtomicU64::new(0),
        };
        let zygote = Self { inner: Arc::new(inner) };
        if zygote.inner.builder.spare {
            *locked(&zygote.inner.spare) = Some(zygote.copy(&zygote.inner.control())?);
        }
        zygote.inner.refill();
        Ok(zygote)
    }

    /// The template that `worker` has become, under the choices of `self`, without preload, spare and warm processes.
    pub(super) fn promoted(choices: &Builder, socket: OwnedFd, child: Child) -> Result<Self, SpawnError> {
        let builder = Builder { warm: 0, spare: false, ..choices.clone() };
        Self::over(Arc::new(builder), How::Copy, Control { socket, child }, Report::default())
    }

    /// Starts a worker that runs the entry.
    ///
    /// # Errors
    ///
    /// See [`SpawnError`].
    pub fn spawn<A: Serialize, R: DeserializeOwned>(
        &self,
        entry: Entry<A, R>,
        argument: &A,
    ) -> Result<Worker<R>, SpawnError> {
        self.job(entry).start(argument)
    }

    /// A worker with choices: descriptors, environment, limits and so on.
    pub fn job<A, R>(&self, entry: Entry<A, R>) -> Job<'_, A, R> {
        Job::entry(self, entry)
    }

    /// A worker that runs a function of this program which is not declared as an entry. Closures without captures are
    /// functions; one with captures cannot exist in a process that was made before them.
    ///
    /// # Errors
    ///
    /// [`SpawnError::NotOurFunction`] for one of a shared library.
    pub fn function<A, R>(&self, function: fn(&mut super::Context, A) -> R) -> Result<Job<'_, A, R>, SpawnError>
    where
        A: DeserializeOwned,
        R: Serialize,
    {
        Job::function(self, function)
    }

    /// Executes a program, found by the `PATH` of the template, in a process made by the template: `choose` says with
    /// which descriptors, environment and so on. For programs from a process of any size without more,
    /// [`Spawn`] is the shorter way.
    ///
    /// # Errors
    ///
    /// See [`SpawnError`]; [`SpawnError::Os`] when the program could not be executed.
    pub fn exec(
        &self,
        words: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>,
        choose: impl for<'a> FnOnce(Job<'a, (), ()>) -> Job<'a, (), ()>,
    ) -> Result<Child, SpawnError> {
        choose(Job::program(self, words)).start_program()
    }

    /// Another template, a copy of this one as it is now.
    ///
    /// # Errors
    ///
    /// See [`SpawnError`].
    pub fn derive(&self) -> Result<Zygote, SpawnError> {
        self.inner.here()?;
        let control = self.inner.with_control(|control| self.copy(control))?;
        let report = self.report();
        Self::over(Arc::clone(&self.inner.builder), How::Copy, control, report)
    }

    fn copy(&self, control: &Arc<Control>) -> Result<Control, SpawnError> {
        let socket = control.order(&Order::Template)?;
        let Started { child, .. } = started(&socket, self.inner.deadline())?;
        Ok(Control { socket, child })
    }

    /// What the audit found after the preload.
    pub fn report(&self) -> Report {
        locked(&self.inner.report).clone()
    }

    /// How often a dead template has been replaced, by its spare or by executing it again.
    pub fn replaced(&self) -> u64 {
        self.inner.replaced.load(Ordering::Relaxed)
    }

    /// The pid of the template now.
    pub fn template_id(&self) -> u32 {
        if self.inner.born.is_current() { self.inner.control().child.id() } else { 0 }
    }

    pub(super) fn choices(&self) -> Arc<Builder> {
        Arc::clone(&self.inner.builder)
    }

    pub(super) fn deadline(&self) -> Instant {
        self.inner.deadline()
    }

    /// A process that waits for a job on the other end.
    pub(super) fn idle(&self) -> Result<OwnedFd, SpawnError> {
        self.inner.here()?;
        let waiting = if self.inner.builder.warm > 0 { locked(&self.inner.warm).pop_front() } else { None };
        match waiting {
            Some(socket) => Ok(socket),
            None => self.inner.with_control(|control| control.order(&Order::Worker)),
        }
    }

    /// Orders what is missing of the warm processes; does not wait for them.
    pub(super) fn refill(&self) {
        self.inner.refill();
    }
}

impl Inner {
    fn here(&self) -> Result<(), SpawnError> {
        if self.born.is_current() { Ok(()) } else { Err(SpawnError::Inherited) }
    }

    fn deadline(&self) -> Instant {
        Instant::now() + self.builder.timeout
    }

    fn control(&self) -> Arc<Control> {
        Arc::clone(&locked(&self.current))
    }

    /// Runs `order` on the template; on another one if that has died.
    fn with_control<R>(&self, order: impl Fn(&Arc<Control>) -> Result<R, SpawnError>) -> Result<R, SpawnError> {
        let control = self.control();
        match order(&control) {
            Err(SpawnError::TemplateGone) => {
                self.replace(&control)?;
                order(&self.control())
            }
            other => other,
        }
    }

    fn replace(&self, dead: &Arc<Control>) -> Result<(), SpawnError> {
        let mut current = locked(&self.current);
        if !Arc::ptr_eq(&current, dead) {
            return Ok(());
        }
        let spare = locked(&self.spare).take();
        let fresh = match spare {
            Some(spare) => spare,
            None if self.how == How::Exec => {
                let (control, report) = start(&self.builder, How::Exec).map_err(|_| SpawnError::TemplateGone)?;
                *locked(&self.report) = report;
                control
            }
            None => return Err(SpawnError::TemplateGone),
        };
        *current = Arc::new(fresh);
        self.replaced.fetch_add(1, Ordering::Relaxed);
        if self.builder.spare {
            // Without one, the next death is final in early mode; the next replacement tries again.
            *locked(&self.spare) = current.order(&Order::Template).ok().and_then(|socket| {
                let child = started(&socket, self.deadline()).ok()?.child;
                Some(Control { socket, child })
            });
        }
        Ok(())
    }

    fn refill(&self) {
        if self.builder.warm == 0 {
            return;
        }
        let mut warm = locked(&self.warm);
        while warm.len() < self.builder.warm {
            match self.with_control(|control| control.order(&Order::Worker)) {
                Ok(socket) => warm.push_back(socket),
                Err(_) => return,
            }
        }
    }
}

impl Drop for Inner {
    /// Sends the warm processes home, and makes sure that they are waited for.
    fn drop(&mut self) {
        if !self.born.is_current() {
            return;
        }
        let warm = std::mem::take(&mut *locked(&self.warm));
        for socket in &warm {
            packets::no_more(socket.as_fd());
        }
        for socket in &warm {
            // The handle goes to the list of those whose end is collected later.
            drop(started(socket, Instant::now() + Duration::from_secs(1)));
        }
    }
}

impl Control {
    /// Sends an order; what answers does so on the socket.
    fn order(&self, order: &Order) -> Result<OwnedFd, SpawnError> {
        let (ours, theirs) = packets::pair(libc::SOCK_SEQPACKET)?;
        match frames::send(self.socket.as_fd(), order, &[theirs]) {
            Ok(()) => Ok(ours),
            Err(error) if gone(&error) => Err(SpawnError::TemplateGone),
            Err(error) => Err(error.into()),
        }
    }
}

/// The other side of a socket does not exist any more; a reset tells that it had not read everything.
pub(super) fn gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
}

/// A process that the template has made, and what it has said already.
pub(super) struct Started {
    pub(super) child: Child,
    pub(super) early: Option<(Reply, Vec<OwnedFd>)>,
}

/// Waits for the template's word or the new process' own, whichever comes first.
pub(super) fn started(socket: &OwnedFd, deadline: Instant) -> Result<Started, SpawnError> {
    let mut early: Option<(Reply, Vec<OwnedFd>)> = None;
    loop {
        match next(socket, deadline)? {
            Some((Reply::Started(pid), mut fds)) => {
                let pidfd = fds.pop().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
                return Ok(Started { child: Child::new(pid, pidfd), early });
            }
            Some((Reply::Refused(refusal), _)) => return Err(refusal.into()),
            // Perhaps the template dies before it can tell. It is our child and not yet waited for, so the number is still
            // its own.
            Some((Reply::Here(pid), _)) => {
                return Ok(Started { child: Child::new(pid, reap::pidfd_open(pid)?), early });
            }
            Some(other) => early = Some(other),
            None => return Err(SpawnError::TemplateGone),
        }
    }
}

fn next(socket: &OwnedFd, deadline: Instant) -> Result<Option<(Reply, Vec<OwnedFd>)>, SpawnError> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(SpawnError::Timeout);
        }
        if reap::readable_within(socket.as_fd(), left)? {
            return Ok(frames::recv(socket.as_fd(), true)?);
        }
    }
}

fn start(builder: &Builder, how: How) -> Result<(Control, Report), BuildError> {
    let (ours, theirs) = packets::pair(libc::SOCK_SEQPACKET).map_err(BuildError::Exec)?;
    let child = if how == How::Early {
        match fork().map_err(BuildError::Fork)? {
            Fork::Child => {
                drop(ours);
                server::live(theirs)
            }
            Fork::Parent(child) => {
                // Ours alone, the end of the template would never be seen.
                drop(theirs);
                child
            }
        }
    } else {
        let spawn = Spawn::new("/proc/self/exe").env(VARIABLE, NUMBER.to_string()).fd(theirs, NUMBER);
        spawn.start().map_err(|error| BuildError::Exec(error.into()))?
    };
    let mut control = Control { socket: ours, child };
    let answer = control
        .order(&Order::Setup(builder.setup.clone()))
        .and_then(|socket| next(&socket, Instant::now() + builder.timeout));
    let failure = match answer {
        Ok(Some((Reply::Ready(report), _))) if builder.strict && !report.findings.is_empty() => {
            BuildError::Audit(report)
        }
        Ok(Some((Reply::Ready(report), _))) => return Ok((control, report)),
        Ok(Some((Reply::Refused(Refusal::Threads(names)), _))) => BuildError::Threads(names),
        Ok(Some((Reply::Refused(Refusal::Preload { entry, message }), _))) => BuildError::Preload { entry, message },
        Err(SpawnError::Os(error)) => BuildError::Encode(error),
        _ => BuildError::NoAnswer,
    };
    let _ = control.child.kill();
    let _ = control.child.wait_timeout(Duration::from_secs(5));
    Err(failure)
}
