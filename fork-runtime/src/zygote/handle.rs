//! The owner's handle on a template.

use super::audit::Report;
use super::builder::Builder;
use super::control::{Control, How, Request};
use super::entry::Entry;
use super::error::{BuildError, SpawnError};
use super::frames::Setup;
use super::job::Job;
use super::queue::Queue;
use super::worker::Worker;
use crate::child::Child;
use crate::detect::{Generation, generation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A template process, of which workers are made. Clones share it. See the [module](super).
///
/// Dropping the last one ends the template; workers go on. In a forked copy of its owner it does nothing.
#[derive(Debug, Clone)]
pub struct Zygote {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    born: Generation,
    builder: Arc<Builder>,
    how: How,
    /// Taken for moments, and while a dead template is replaced. A forked copy of the owner never gets here.
    current: Mutex<Arc<Control>>,
    spare: Mutex<Option<Control>>,
    /// Processes that wait for a job, or will.
    warm: Mutex<VecDeque<Request>>,
    report: Mutex<Report>,
    replaced: AtomicU64,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Zygote {
    /// The choices, at their defaults.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn build(builder: Builder, how: How) -> Result<Self, BuildError> {
        let (control, report) = Control::start(&builder, how)?;
        Self::over(Arc::new(builder), how, control, report)
    }

    fn over(builder: Arc<Builder>, how: How, control: Control, report: Report) -> Result<Self, BuildError> {
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
            *locked(&zygote.inner.spare) = Some(zygote.inner.control().copy(&Queue::new(), zygote.deadline())?);
        }
        zygote.inner.refill();
        Ok(zygote)
    }

    /// The template that a worker has become, under the choices of the one it came from, without preload, spare and warm
    /// processes.
    pub(super) fn promoted(choices: &Builder, socket: OwnedFd, child: Child) -> Result<Self, BuildError> {
        let builder = Builder { warm: 0, spare: false, setup: Setup::default(), ..choices.clone() };
        let (control, report) = Control::set_up(socket, child, &builder.setup, &builder)?;
        Self::over(Arc::new(builder), How::Copy, control, report)
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
    /// [`Spawn`](crate::spawn::Spawn) is the shorter way.
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

    /// Another template, a copy of this one as it is now, its queue included.
    ///
    /// # Errors
    ///
    /// See [`SpawnError`].
    pub fn derive(&self) -> Result<Zygote, SpawnError> {
        self.derive_with(&Queue::new())
    }

    /// Another template, a copy of this one whose workers get descriptors and arguments besides those of their jobs.
    ///
    /// # Errors
    ///
    /// See [`SpawnError`].
    pub fn derive_with(&self, queue: &Queue) -> Result<Zygote, SpawnError> {
        self.inner.here()?;
        let control = self.inner.with_control(|control| control.copy(queue, self.deadline()))?;
        let zygote = Self::over(Arc::clone(&self.inner.builder), How::Copy, control, self.report());
        zygote.map_err(SpawnError::from)
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
        if self.inner.born.is_current() { self.inner.control().id() } else { 0 }
    }

    pub(super) fn choices(&self) -> Arc<Builder> {
        Arc::clone(&self.inner.builder)
    }

    pub(super) fn deadline(&self) -> Instant {
        self.inner.deadline()
    }

    /// A process that waits for a job on the other end, and whether it was warm; one that was not has the given job, if it
    /// is not empty.
    pub(super) fn idle(&self, job: &[u8]) -> Result<(Request, bool), SpawnError> {
        self.inner.here()?;
        let waiting = if self.inner.builder.warm > 0 { locked(&self.inner.warm).pop_front() } else { None };
        match waiting {
            Some(request) => Ok((request, true)),
            None => self.inner.with_control(|control| control.worker(job)).map(|request| (request, false)),
        }
    }

    /// Has another template instead of one that was found dead.
    pub(super) fn replace(&self, dead: &Arc<Control>) -> Result<(), SpawnError> {
        self.inner.replace(dead)
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
                let (control, report) =
                    Control::start(&self.builder, How::Exec).map_err(|_| SpawnError::TemplateGone)?;
                *locked(&self.report) = report;
                control
            }
            None => return Err(SpawnError::TemplateGone),
        };
        *current = Arc::new(fresh);
        self.replaced.fetch_add(1, Ordering::Relaxed);
        if self.builder.spare {
            // Without one, the next death is final in early mode; the next replacement tries again.
            *locked(&self.spare) = current.copy(&Queue::new(), self.deadline()).ok();
        }
        Ok(())
    }

    fn refill(&self) {
        if self.builder.warm == 0 {
            return;
        }
        let mut warm = locked(&self.warm);
        while warm.len() < self.builder.warm {
            match self.with_control(|control| control.worker(&[])) {
                Ok(request) => warm.push_back(request),
                Err(_) => return,
            }
        }
    }
}
