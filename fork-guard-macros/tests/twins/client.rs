//! A client with a worker thread: a child asks a thread that it does not have.

use crate::common::{Outcome, Scenario};
use crate::{GLANCE, ended, ensure, status, succeeds};
use fork_runtime::testkit::Way;
use fork_runtime::{ForkCell, Generation, fork_safe, generation};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("client_waits_for_ever_without", waits),
    ("client_starts_its_own_worker_with", own_worker),
    ("client_dropped_in_a_child", dropped),
    ("client_that_refuses", refuses),
];

type Job = (u64, Sender<u64>);

struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

fn start() -> (Sender<Job>, JoinHandle<()>) {
    let (jobs, todo): (Sender<Job>, Receiver<Job>) = mpsc::channel();
    let work = move || {
        for (number, answer) in todo {
            let _ = answer.send(number * 2);
        }
    };
    (jobs, std::thread::spawn(work))
}

/// Asks the worker, which has to be there.
fn ask(jobs: &Sender<Job>, number: u64) -> Option<u64> {
    let (answer, answered) = mpsc::channel();
    jobs.send((number, answer)).ok()?;
    answered.recv().ok()
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn plain() -> Worker {
    let (jobs, thread) = start();
    Worker { jobs: Some(jobs), thread: Some(thread) }
}

/// The same with a word about each field.
#[fork_safe]
#[derive(Default)]
struct Annotated {
    #[fork(discard)]
    jobs: Option<Sender<Job>>,
    #[fork(discard)]
    thread: Option<JoinHandle<()>>,
    asked: u64,
}

impl Drop for Annotated {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[fork_safe]
struct Client {
    worker: ForkCell<Annotated>,
}

#[fork_safe(check = self.worker)]
impl Client {
    pub(crate) fn ask(&self, number: u64) -> Option<u64> {
        let mut worker = self.worker.lock().ok()?;
        worker.asked += 1;
        if worker.jobs.is_none() {
            let (jobs, thread) = start();
            worker.jobs = Some(jobs);
            worker.thread = Some(thread);
        }
        ask(worker.jobs.as_ref()?, number)
    }
}

fn waits() -> Outcome {
    let worker = plain();
    let jobs = worker.jobs.as_ref().ok_or("no worker")?;
    ensure(ask(jobs, 2) == Some(4), "the worker works")?;
    // SAFETY: the other thread waits for a job, and holds no lock of the allocator; the child is killed.
    let child = unsafe { Way::Fork.start_threaded(|| i32::from(ask(jobs, 2) != Some(4))) };
    ensure(ended(child?, GLANCE)?.is_none(), "the harm did not happen: somebody answered")
}

fn own_worker() -> Outcome {
    let client = Client { worker: ForkCell::default() };
    ensure(client.ask(2) == Some(4), "the worker works")?;
    // SAFETY: the other thread waits for a job, and holds no lock of the allocator.
    let child = unsafe { Way::Fork.start_threaded(|| i32::from(client.ask(3) != Some(6))) };
    succeeds(child?)?;
    ensure(client.ask(4) == Some(8), "the parent's worker goes on")
}

fn dropped() -> Outcome {
    let worker = plain();
    let mut held = Some(worker);
    // SAFETY: as above; what the plain twin does in the child is wait, and it is killed.
    let child = unsafe {
        Way::Fork.start_threaded(|| {
            drop(held.take());
            0
        })
    };
    // glibc gives the memory of the thread's record free in the child: waiting for ever, or worse.
    let harm = ended(child?, GLANCE)?;
    ensure(harm != Some(fork_runtime::Exit::Status(0)), "the harm did not happen")?;
    let client = Client { worker: ForkCell::default() };
    ensure(client.ask(2) == Some(4), "the worker works")?;
    let mut held = Some(client);
    // SAFETY: as above.
    let child = unsafe {
        Way::Fork.start_threaded(|| {
            drop(held.take());
            0
        })
    };
    succeeds(child?)
}

/// A session that cannot be made again.
#[fork_safe]
struct Session {
    key: [u8; 4],
    born: Generation,
}

#[fork_safe(check = self.born)]
impl Session {
    pub(crate) fn sign(&self) -> u8 {
        self.key[0]
    }

    pub(crate) fn renew(&mut self) -> u8 {
        self.key[0] += 1;
        self.key[0]
    }
}

fn refuses() -> Outcome {
    let mut session = Session { key: [1; 4], born: generation() };
    ensure(session.sign() == 1 && session.renew() == 2, "in the process that made it")?;
    succeeds(Way::Fork.start(|| {
        let refused = |refused: bool| ensure(refused, "a child was not refused");
        let shared = std::panic::catch_unwind(|| session.sign()).is_err();
        let mut own = Session { key: session.key, born: session.born };
        let mutable = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| own.renew())).is_err();
        status(refused(shared).and(refused(mutable)))
    })?)
}
