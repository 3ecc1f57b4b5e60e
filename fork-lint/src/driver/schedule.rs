//! Crates over threads.

use std::any::Any;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rustc_hash::FxHashMap;

use super::held::Held;
use super::plan::{Plan, source_size};
use super::{Cache, Digest, Progress, Reader};
use crate::analysis::CrateUnit;
use crate::facts::{CrateFacts, Sym};
use crate::project::Project;

/// Parsing and resolving recurse with the nesting of the source. Only what is used of it is real memory.
const STACK: usize = 256 << 20;
/// More threads than that wait for each other.
const MOST_THREADS: usize = 32;
/// Interfaces that take longer to open than a thread takes to start.
const WORTH_A_THREAD: usize = 16;

/// A program that was read.
pub struct Done {
    /// Its crates, in the project's order.
    pub units: Vec<CrateUnit>,
    /// How many of them came from the cache.
    pub cached: usize,
    /// Why the cache could not be used as it should.
    pub trouble: Option<String>,
}

/// Reads all crates of a project on so many threads (0: as many as there are processors). A crate whose reading
/// panics is there with that said in its facts.
pub fn read_program<R: Reader>(
    project: &Project,
    reader: &R,
    cache: Option<&Cache>,
    threads: usize,
    progress: &dyn Progress,
) -> Done {
    progress.started(project.crates.len());
    let size = |input: &crate::project::CrateInput| {
        let known = cache.and_then(|cache| cache.size(input));
        known.unwrap_or_else(|| input.root_file.parent().map_or(0, source_size))
    };
    let sizes: Vec<u64> = project.crates.iter().map(size).collect();
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    let threads = if threads == 0 { processors() } else { threads }.clamp(1, MOST_THREADS);
    let cache_and_settings = cache.map(|cache| (cache, reader.settings()));
    let run = Run::new(project, reader, cache_and_settings, threads, progress, &sizes);
    thread::scope(|scope| {
        let mut workers = 0;
        for _ in 0..threads {
            let made = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run.work());
            workers += usize::from(made.is_ok());
        }
        if workers == 0 {
            run.work();
        }
    });
    let state = run.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    if state.unreadable {
        let again = read_program(project, reader, None, threads, progress);
        let trouble = Some("the cache held what this linter cannot have written: it was not used".to_owned());
        return Done { trouble, ..again };
    }
    let facts = state.facts.into_iter().map(Option::unwrap_or_default);
    let unit = |(input, facts): (&crate::project::CrateInput, CrateFacts)| CrateUnit {
        facts,
        member: input.member,
        library: input.library,
    };
    let units = project.crates.iter().zip(facts).map(unit).collect();
    Done { units, cached: state.cached, trouble: cache.and_then(Cache::finish) }
}

struct Run<'a, R: Reader> {
    project: &'a Project,
    reader: &'a R,
    /// The cache, and what the reader's answers depend on.
    cache: Option<(&'a Cache, Digest)>,
    threads: usize,
    progress: &'a dyn Progress,
    plan: Plan,
    roots: Vec<Sym>,
    state: Mutex<State<R::Interface>>,
    changed: Condvar,
}

struct State<I> {
    /// Crates that can be read now, the first to take on top.
    ready: BinaryHeap<(u64, Reverse<usize>)>,
    /// Crates that each still waits for.
    waits: Vec<usize>,
    /// Crates not done.
    left: usize,
    facts: Vec<Option<CrateFacts>>,
    interfaces: Vec<Option<Shown<I>>>,
    /// Crates above each that may still ask for its interface.
    wanted: Vec<usize>,
    cached: usize,
    /// The cache held an interface that does not open.
    unreadable: bool,
}

struct Shown<I> {
    interface: Arc<Held<I>>,
    /// Digest of the interface; nothing where the crate's reading failed, so that nothing that rests on it is kept.
    digest: Option<Digest>,
}

impl<I> Clone for Shown<I> {
    fn clone(&self) -> Shown<I> {
        Shown { interface: Arc::clone(&self.interface), digest: self.digest }
    }
}

/// What became of one crate.
struct Finished<I> {
    facts: CrateFacts,
    shown: Shown<I>,
    cached: bool,
}

/// The interface of a crate below does not open.
struct Unreadable;

impl<'a, R: Reader> Run<'a, R> {
    fn new(
        project: &'a Project,
        reader: &'a R,
        cache: Option<(&'a Cache, Digest)>,
        threads: usize,
        progress: &'a dyn Progress,
        sizes: &[u64],
    ) -> Run<'a, R> {
        let plan = Plan::of(project, sizes);
        let count = project.crates.len();
        let mut waits = vec![0; count];
        plan.dependents.iter().flatten().for_each(|&dependent| waits[dependent] += 1);
        let mut wanted = vec![0; count];
        plan.below.iter().flatten().for_each(|&dep| wanted[dep] += 1);
        let ready = (0..count).filter(|&at| waits[at] == 0).map(|at| (plan.rank[at], Reverse(at))).collect();
        let state = State {
            ready,
            waits,
            left: count,
            facts: (0..count).map(|_| None).collect(),
            interfaces: (0..count).map(|_| None).collect(),
            wanted,
            cached: 0,
            unreadable: false,
        };
        let roots = project.crates.iter().map(|input| Sym::new(&input.root)).collect();
        Run {
            project,
            reader,
            cache,
            threads,
            progress,
            plan,
            roots,
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State<R::Interface>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes crates until none is left.
    fn work(&self) {
        let mut state = self.state();
        loop {
            if state.left == 0 || state.unreadable {
                return;
            }
            let Some((_, Reverse(at))) = state.ready.pop() else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let shown = |&dep: &usize| Some((self.roots[dep], state.interfaces[dep].clone()?));
            let below: Vec<_> = self.plan.below[at].iter().filter_map(shown).collect();
            drop(state);
            let finished = catch_unwind(AssertUnwindSafe(|| self.one(at, &below)));
            let finished = finished.unwrap_or_else(|panic| Ok(self.failed(at, &*panic)));
            drop(below);
            self.progress.finished(&self.project.crates[at].title);
            state = self.state();
            let done_with = match finished {
                Ok(finished) => self.finish(&mut state, at, finished),
                Err(Unreadable) => {
                    state.unreadable = true;
                    Vec::new()
                }
            };
            self.changed.notify_all();
            // Freeing a large interface takes its time; the others need not wait for that.
            drop(state);
            drop(done_with);
            state = self.state();
        }
    }

    /// Notes the result, and gives back what no one needs any more.
    fn finish(
        &self,
        state: &mut State<R::Interface>,
        at: usize,
        finished: Finished<R::Interface>,
    ) -> Vec<Shown<R::Interface>> {
        state.facts[at] = Some(finished.facts);
        state.interfaces[at] = (state.wanted[at] > 0).then_some(finished.shown);
        state.cached += usize::from(finished.cached);
        state.left -= 1;
        let mut done_with = Vec::new();
        for &dep in &self.plan.below[at] {
            state.wanted[dep] -= 1;
            if state.wanted[dep] == 0 {
                done_with.extend(state.interfaces[dep].take());
            }
        }
        for &dependent in &self.plan.dependents[at] {
            state.waits[dependent] -= 1;
            if state.waits[dependent] == 0 {
                state.ready.push((self.plan.rank[dependent], Reverse(dependent)));
            }
        }
        done_with
    }

    /// One crate, from the cache or its sources.
    fn one(&self, at: usize, below: &[(Sym, Shown<R::Interface>)]) -> Result<Finished<R::Interface>, Unreadable> {
        let input = &self.project.crates[at];
        let direct: Vec<(String, Sym)> =
            input.deps.iter().map(|(name, dep)| (name.clone(), self.roots[*dep])).collect();
        let digests: Option<Vec<(Sym, Digest)>> =
            below.iter().map(|(root, shown)| Some((*root, shown.digest?))).collect();
        let kept = self.cache.zip(digests).map(|((cache, settings), digests)| {
            let key = cache.key(input, &direct, &digests, settings);
            (cache, key)
        });
        if let Some((cache, key)) = kept
            && let Some(entry) = cache.look_up(input, key)
            && let Some(facts) = entry.facts()
        {
            let digest = Some(entry.header.interface);
            let shown = Shown { interface: Arc::new(Held::cached(entry.into_interface())), digest };
            return Ok(Finished { facts, shown, cached: true });
        }
        let open = self.open(below)?;
        let output = self.reader.read(input, &direct, &open);
        let digest = kept.and_then(|(cache, key)| cache.store(input, key, &output));
        let shown = Shown { interface: Arc::new(Held::read(output.interface)), digest };
        Ok(Finished { facts: output.facts, shown, cached: false })
    }

    /// The interfaces themselves. One changed crate may need all that the cache holds: many are opened by many threads.
    fn open(&self, below: &[(Sym, Shown<R::Interface>)]) -> Result<FxHashMap<Sym, Arc<R::Interface>>, Unreadable> {
        let packed: Vec<&Shown<R::Interface>> =
            below.iter().map(|(_, shown)| shown).filter(|shown| !shown.interface.is_open()).collect();
        let helpers = (packed.len() / WORTH_A_THREAD).min(self.threads - 1);
        thread::scope(|scope| {
            let part =
                |of: usize| packed.iter().skip(of).step_by(helpers + 1).for_each(|shown| drop(shown.interface.get()));
            for of in 1..=helpers {
                // What a thread that cannot be made would have opened is opened below.
                let _ = thread::Builder::new().spawn_scoped(scope, move || part(of));
            }
            part(0);
        });
        below.iter().map(|(root, shown)| Ok((*root, shown.interface.get().ok_or(Unreadable)?))).collect()
    }

    /// A crate whose reading panicked.
    fn failed(&self, at: usize, panic: &(dyn Any + Send)) -> Finished<R::Interface> {
        let output = self.reader.not_read(&self.project.crates[at], &said(panic));
        let shown = Shown { interface: Arc::new(Held::read(output.interface)), digest: None };
        Finished { facts: output.facts, shown, cached: false }
    }
}

/// The message of a panic.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("its reading panicked: {}", text.unwrap_or("without a message"))
}
