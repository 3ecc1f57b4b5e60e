//! A living template as its owner sees it, and the orders it was given.

use super::audit::Report;
use super::builder::Builder;
use super::error::{BuildError, SpawnError};
use super::frames::{self, Order, Refusal, Reply, Setup};
use super::queue::Queue;
use super::server;
use crate::child::Child;
use crate::process::PerProcess;
use crate::spawn::Spawn;
use crate::sys::ledger::{self, Ledger};
use crate::sys::packets::{self, Fds};
use crate::sys::reap;
use crate::{Fork, fork};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Early,
    Exec,
    /// A copy of another one, or what a worker has become.
    Copy,
}

/// Where an executed template finds its socket.
pub(super) const VARIABLE: &str = "FORK_RUNTIME_TEMPLATE";
const NUMBER: i32 = 3;

/// A living template.
#[derive(Debug)]
pub(super) struct Control {
    // Dropped first, and with it the template's reason to live.
    socket: OwnedFd,
    child: Child,
    ledger: Arc<Ledger>,
    orders: AtomicU64,
}

impl Control {
    /// Makes a template and has it set up.
    pub(super) fn start(builder: &Builder, how: How) -> Result<(Self, Report), BuildError> {
        let (ours, theirs) = packets::pair(libc::SOCK_SEQPACKET).map_err(BuildError::Exec)?;
        let child = if how == How::Early {
            if crate::only_thread().is_ok() {
                // What is in a buffer here, the template would write again.
                server::flush();
            }
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
        Self::set_up(ours, child, &builder.setup, builder)
    }

    /// The template on the other end of the socket gets its ledger, loads, and is audited. It is killed if that fails.
    pub(super) fn set_up(
        socket: OwnedFd,
        child: Child,
        setup: &Setup,
        builder: &Builder,
    ) -> Result<(Self, Report), BuildError> {
        let (file, ledger) = match ledger::file().and_then(|file| Ledger::map(&file).map(|ledger| (file, ledger))) {
            Ok(both) => both,
            Err(error) => {
                end(child);
                return Err(BuildError::Unsupported(error));
            }
        };
        let control = Self { socket, child, ledger: Arc::new(ledger), orders: AtomicU64::new(0) };
        let answer = control
            .send(&Order::Setup(setup.clone()), vec![file])
            .and_then(|socket| control.answer(&socket, Instant::now() + builder.timeout));
        let failure = match answer {
            Ok(Said::This(Reply::Ready(report), _)) if builder.strict && !report.findings.is_empty() => {
                BuildError::Audit(report)
            }
            Ok(Said::This(Reply::Ready(report), _)) => return Ok((control, report)),
            Ok(Said::This(Reply::Refused(Refusal::Threads(names)), _)) => BuildError::Threads(names),
            Ok(Said::This(Reply::Refused(Refusal::Preload { entry, message }), _)) => {
                BuildError::Preload { entry, message }
            }
            Err(SpawnError::Os(error)) => BuildError::Encode(error),
            _ => BuildError::NoAnswer,
        };
        end(control.child);
        Err(failure)
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks for a process that waits for a job; or that has this one, if it is not empty, but [`SHORT`](packets::SHORT) with
    /// the order.
    pub(super) fn worker(self: &Arc<Self>, job: &[u8]) -> Result<Request, SpawnError> {
        let id = self.number();
        let socket = self.send_bytes(&[&frames::encode(&Order::Worker(id))?, job].concat(), vec![])?;
        Ok(Request { socket: Some(socket), id, control: Arc::clone(self) })
    }

    /// Another template, a copy of this one, with more in its queue.
    pub(super) fn copy(self: &Arc<Self>, queue: &Queue, deadline: Instant) -> Result<Self, SpawnError> {
        let file = ledger::file()?;
        let ledger = Arc::new(Ledger::map(&file)?);
        let id = self.number();
        let socket = self.send(&Order::Template(id), vec![file])?;
        let request = Request { socket: Some(socket), id, control: Arc::clone(self) };
        let Started { socket, child, .. } = request.started(deadline)?;
        let copy = Self { socket, child, ledger, orders: AtomicU64::new(0) };
        queue
            .send(copy.socket.as_fd())
            .map_err(|error| if gone(&error) { SpawnError::TemplateGone } else { error.into() })?;
        Ok(copy)
    }

    fn number(&self) -> u64 {
        // From 1: an empty ledger has 0.
        self.orders.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Sends an order; what answers does so on the socket.
    fn send(&self, order: &Order, fds: Vec<OwnedFd>) -> Result<OwnedFd, SpawnError> {
        self.send_bytes(&frames::encode(order)?, fds)
    }

    fn send_bytes(&self, order: &[u8], mut fds: Vec<OwnedFd>) -> Result<OwnedFd, SpawnError> {
        sweep();
        let (ours, theirs) = packets::pair(libc::SOCK_SEQPACKET)?;
        fds.push(theirs);
        match packets::send(self.socket.as_fd(), order, &packets::numbers(&fds)) {
            Ok(()) => Ok(ours),
            Err(error) if gone(&error) => Err(SpawnError::TemplateGone),
            Err(error) => Err(error.into()),
        }
    }

    /// The next thing that is said on the socket, by the template or by what it made.
    fn answer(&self, socket: &OwnedFd, deadline: Instant) -> Result<Said, SpawnError> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(SpawnError::Timeout);
            }
            // Of a template that was killed, the socket may live on in a worker that says nothing for long.
            let ready = reap::either_readable([socket.as_fd(), self.child.pidfd()?], Some(left))?;
            if ready == [false; 2] {
                continue;
            }
            match frames::recv(socket.as_fd()) {
                Ok(Some((reply, fds))) => return Ok(Said::This(reply, fds)),
                Ok(None) => return Ok(Said::NoMore),
                // What it said before its end would be here.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && ready[1] => return Ok(Said::NoMore),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

enum Said {
    This(Reply, Fds),
    /// The template has ended, or has dealt with the request.
    NoMore,
}

fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait_timeout(Duration::from_secs(5));
}

/// The other side of a socket does not exist any more; a reset, that it had not read everything.
pub(super) fn gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
}

/// An order for a process, until it is known what came of it. Dropped before that, the process that may yet come of it is
/// not wanted: it is killed and waited for when it shows.
#[derive(Debug)]
pub(super) struct Request {
    /// `None` only after it was given away.
    socket: Option<OwnedFd>,
    id: u64,
    control: Arc<Control>,
}

/// A process that the template has made, and what it has said already.
pub(super) struct Started {
    pub(super) socket: OwnedFd,
    pub(super) child: Child,
    pub(super) early: Option<(Reply, Fds)>,
}

impl Request {
    /// Our end of the pair.
    pub(super) fn socket(&self) -> Result<&OwnedFd, SpawnError> {
        self.socket.as_ref().ok_or(SpawnError::TemplateGone)
    }

    /// Who was asked.
    pub(super) fn template(&self) -> Arc<Control> {
        Arc::clone(&self.control)
    }

    /// Waits for the template's word, or its end. After [`SpawnError::TemplateGone`] it is certain that no process was
    /// made, and so that nothing of the job has run.
    pub(super) fn started(mut self, deadline: Instant) -> Result<Started, SpawnError> {
        let mut early = None;
        loop {
            let pid = match self.control.answer(self.socket()?, deadline)? {
                Said::This(Reply::Started(pid), mut fds) => match fds.pop() {
                    Some(pidfd) => return self.settled(Child::new(pid, pidfd), early),
                    None => Some(pid),
                },
                Said::This(Reply::Refused(refusal), _) => {
                    self.socket = None;
                    return Err(refusal.into());
                }
                Said::This(said, fds) => {
                    early = Some((said, fds));
                    continue;
                }
                Said::NoMore => self.control.ledger.made(self.id),
            };
            let Some(pid) = pid else {
                self.socket = None;
                return Err(SpawnError::TemplateGone);
            };
            // It is our child and nobody has waited for it, so the number is still its own.
            let child = Child::new(pid, reap::pidfd_open(pid)?);
            return self.settled(child, early);
        }
    }

    fn settled(mut self, child: Child, early: Option<(Reply, Fds)>) -> Result<Started, SpawnError> {
        let socket = self.socket.take().ok_or(SpawnError::TemplateGone)?;
        Ok(Started { socket, child, early })
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        // In a forked copy of the owner, the other end is in use: by the owner.
        if let Some(socket) = self.socket.take().filter(|_| self.control.ledger.is_ours()) {
            // A process without a job ends by itself.
            packets::no_more(socket.as_fd());
            let given_up = GivenUp { socket, id: self.id, ledger: Arc::clone(&self.control.ledger), pid: None };
            GIVEN_UP.get().lock().unwrap_or_else(PoisonError::into_inner).push(given_up);
            sweep();
        }
    }
}

/// Requests that nobody waits for any more.
static GIVEN_UP: PerProcess<Mutex<Vec<GivenUp>>> = PerProcess::new(Mutex::default);

struct GivenUp {
    socket: OwnedFd,
    id: u64,
    ledger: Arc<Ledger>,
    /// The process it came to, for which there was no descriptor yet.
    pid: Option<u32>,
}

impl GivenUp {
    /// Whether it is still open what comes of it.
    fn open(&mut self) -> bool {
        if let Some(pid) = self.pid {
            return self.unwanted(pid, reap::pidfd_open(pid));
        }
        loop {
            let pid = match frames::recv(self.socket.as_fd()) {
                Ok(Some((Reply::Started(pid), mut fds))) => match fds.pop() {
                    Some(pidfd) => return self.unwanted(pid, Ok(pidfd)),
                    None => Some(pid),
                },
                Ok(Some((Reply::Refused(_), _))) => None,
                Ok(Some(_)) => continue,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return true,
                // The end of both: of a template that has ended, and of the process it may have made.
                Ok(None) | Err(_) => self.ledger.made(self.id),
            };
            return pid.is_some_and(|pid| self.unwanted(pid, reap::pidfd_open(pid)));
        }
    }

    fn unwanted(&mut self, pid: u32, pidfd: io::Result<OwnedFd>) -> bool {
        match pidfd {
            Ok(pidfd) => {
                // Dropped, it is collected when it has ended.
                let _ = Child::new(pid, pidfd).kill();
                false
            }
            Err(error) => {
                self.pid = Some(pid);
                matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE))
            }
        }
    }
}

/// Finds out about requests that were given up.
pub(super) fn sweep() {
    let mut all = GIVEN_UP.get().lock().unwrap_or_else(PoisonError::into_inner);
    if !all.is_empty() {
        all.retain_mut(GivenUp::open);
    }
}
