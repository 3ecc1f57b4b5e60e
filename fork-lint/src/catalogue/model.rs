//! The vocabulary of the catalogue: what a function does, and what part it plays around a fork.

use crate::facts::Sym;

/// Something a function does that matters in a forked child. Propagates from callee to caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Effect {
    /// Takes memory from the allocator.
    Alloc,
    /// Formats text (`core::fmt` machinery).
    Format,
    /// Reads or writes std's or C's buffered standard streams.
    Stdio,
    /// Logs through `log`, `tracing`, syslog or the like.
    Log,
    /// Reads or changes the environment, or other process state behind a libc lock (locale, time zone).
    Env,
    /// Name service: users, groups, hosts.
    Nss,
    /// May panic by an explicit panic, assertion, `unwrap` or `expect`.
    Panic,
    /// Takes a lock.
    Lock,
    /// libc's set*id family, which signals and waits for every thread it knows (`setxid`).
    Setxid,
    /// Starts a thread that is still there when the function returns.
    ThreadStart,
    /// Forks (the child may return, exec or exit; see roles).
    Fork,
    /// Replaces the program.
    Exec,
    /// Ends the process through `exit` handlers and destructors of statics.
    Exit,
    /// Ends the process at once (`_exit`, `abort`).
    ExitNow,
    /// Installs a signal handler or changes dispositions.
    SignalHandler,
    /// Changes the signal mask.
    SignalMask,
    /// Calls a C function that POSIX does not list as async-signal-safe, for another reason than the above.
    UnsafeCall,
    /// Waits for a child.
    Wait,
}

impl Effect {
    /// Every effect, in declaration order.
    pub const ALL: [Effect; 18] = [
        Effect::Alloc,
        Effect::Format,
        Effect::Stdio,
        Effect::Log,
        Effect::Env,
        Effect::Nss,
        Effect::Panic,
        Effect::Lock,
        Effect::Setxid,
        Effect::ThreadStart,
        Effect::Fork,
        Effect::Exec,
        Effect::Exit,
        Effect::ExitNow,
        Effect::SignalHandler,
        Effect::SignalMask,
        Effect::UnsafeCall,
        Effect::Wait,
    ];

    /// The word for it in stubs and in user configuration.
    pub fn word(self) -> &'static str {
        match self {
            Effect::Alloc => "alloc",
            Effect::Format => "format",
            Effect::Stdio => "stdio",
            Effect::Log => "log",
            Effect::Env => "env",
            Effect::Nss => "nss",
            Effect::Panic => "panic",
            Effect::Lock => "lock",
            Effect::Setxid => "setxid",
            Effect::ThreadStart => "thread_start",
            Effect::Fork => "fork",
            Effect::Exec => "exec",
            Effect::Exit => "exit",
            Effect::ExitNow => "exit_now",
            Effect::SignalHandler => "signal_handler",
            Effect::SignalMask => "signal_mask",
            Effect::UnsafeCall => "unsafe_call",
            Effect::Wait => "wait",
        }
    }

    /// The effect of that word.
    pub fn from_word(word: &str) -> Option<Effect> {
        Effect::ALL.into_iter().find(|e| e.word() == word)
    }
}

/// How a fork's result tells the child apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An integer; the child gets this one.
    Int(i64),
    /// An enum; the child gets the variant of this name.
    Variant(Sym),
}

/// How much of libc's own repair runs in the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForkKind {
    /// libc's `fork`: atfork handlers run, glibc repairs its allocator.
    Libc,
    /// A raw system call (`clone`, `clone3`, `_Fork`): nothing is repaired.
    Raw,
    /// `vfork`: the parent's memory itself, until exec or `_exit`.
    Vfork,
}

/// What part a catalogued function or type plays. `param` counts arguments from 0, the receiver included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Returns twice. `#[role(fork, child = 0)]`, `#[role(fork, child = "Child", kind = "raw")]`
    Fork {
        /// What the child sees.
        child: Shape,
        /// Which repair runs.
        kind: ForkKind,
    },
    /// Returns in the child only: the parent exits inside. `#[role(daemon)]`
    Daemon,
    /// Its parameter runs in a forked child that will exec. `#[role(pre_exec, param = 1)]`
    PreExec {
        /// The callable.
        param: u32,
    },
    /// Its parameter is the entry function of a raw clone. `#[role(clone_entry, param = 0)]`
    CloneEntry {
        /// The callable.
        param: u32,
    },
    /// Its parameter runs in a child after a libc fork, and the child exits when it returns. `#[role(fork_entry, param = 0)]`
    ForkEntry {
        /// The callable.
        param: u32,
    },
    /// Its parameter runs in another thread. `#[role(thread_entry, param = 0)]`
    ThreadEntry {
        /// The callable.
        param: u32,
    },
    /// Its parameter is stored or run later on this process, not during the call. `#[role(stores, param = 0)]`
    Stores {
        /// The callable.
        param: u32,
    },
    /// Its parameter becomes a signal handler. `#[role(handler, param = 1)]`
    Handler {
        /// The callable.
        param: u32,
    },
    /// Never returns. `#[role(diverges)]`
    Diverges,
    /// The result is the receiver or first argument, seen from another side (`unwrap`, `map_err`, `into`). `#[role(transparent)]`
    Transparent,
    /// Opens a descriptor. `#[role(opens, flags = 1, flag = "SOCK_CLOEXEC", instead = "…")]`; without `flags`, the
    /// function has no way to set close-on-exec and `instead` names the one that has; with `cloexec = true` always set.
    Opens {
        /// Index of the flags argument.
        flags: Option<u32>,
        /// The flag that sets close-on-exec; for a `fopen` mode the letter `e`.
        flag: Sym,
        /// What to call instead; empty when the flag is enough.
        instead: Sym,
        /// Where the descriptor comes out: `None` = the result, else the index of an out-argument (`pipe(fds)`).
        out: Option<u32>,
        /// A copy of a descriptor (`dup`), which loses the flag of the original.
        dup: bool,
        /// Close-on-exec is always set.
        always: bool,
    },
    /// `fcntl`-like: command and argument decide. `#[role(fcntl)]`
    Fcntl,
    /// `ioctl`-like: the request decides (`FIOCLEX`, `FIONCLEX`). `#[role(ioctl)]`
    Ioctl,
    /// A raw system call: the first argument is its number, and decides. `#[role(syscall)]`
    Syscall,
    /// Its parameter runs in every forked child, inside libc's `fork` (`pthread_atfork`). `#[role(atfork_child, param = 2)]`
    AtforkChild {
        /// The callable.
        param: u32,
    },
    /// Sets close-on-exec on its argument. `#[role(sets_cloexec, param = 0)]`
    SetsCloexec {
        /// The descriptor.
        param: u32,
    },
    /// Clears close-on-exec on its argument. `#[role(clears_cloexec, param = 0)]`
    ClearsCloexec {
        /// The descriptor.
        param: u32,
    },
    /// Closes a descriptor. `#[role(closes, param = 0)]`
    Closes {
        /// The descriptor.
        param: u32,
    },
    /// Closes every descriptor of a range. `#[role(closes_range)]`
    ClosesRange,
    /// Proves that the process has one thread, or refuses. `#[role(checks_threads)]`
    ChecksThreads,
    /// Starts a thread or a runtime with threads; the value returned keeps them. `#[role(starts_threads)]`
    StartsThreads,
    /// Ends the threads of its receiver or argument (`join`, `shutdown`). `#[role(ends_threads)]`
    EndsThreads,
    /// Makes a child process that has to be waited for. `#[role(spawns_child)]`
    SpawnsChild,
    /// Waits for the child given. `#[role(reaps)]`
    Reaps,
    /// Reads the process id. `#[role(reads_pid)]`
    ReadsPid,
    /// Installs a disposition so that children are reaped by the kernel, or leaves reaping to a handler. `#[role(auto_reap)]`
    AutoReap,
    /// Sets dispositions or the mask back to default. `#[role(resets_signals)]`
    ResetsSignals,
    /// Takes a lock on a file. `#[role(locks_file)]`
    LocksFile,
    /// Maps memory. `#[role(maps_memory)]`
    MapsMemory,
    /// Arms a timer. `#[role(arms_timer)]`
    ArmsTimer,
    /// A type of a class, `#[role(class = "guard")]`; see [`Class`].
    Class(Class),
}

/// Classes of types that matter across a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A lock's guard: `guard`.
    Guard,
    /// A lock: `lock`.
    Lock,
    /// A runtime with threads: `runtime`.
    Runtime,
    /// A thread's join handle: `join_handle`.
    JoinHandle,
    /// An event loop, epoll or io_uring instance: `event_loop`.
    EventLoop,
    /// A connection, client or session: `connection`.
    Connection,
    /// A pool of connections: `pool`.
    Pool,
    /// A random generator in user space: `rng`.
    Rng,
    /// A temporary file or folder removed on drop: `temp_file`.
    TempFile,
    /// A writer with a buffer flushed on drop: `buffered_writer`.
    BufferedWriter,
    /// A memory map: `mapping`.
    Mapping,
    /// A file lock's handle: `file_lock`.
    FileLock,
    /// A child process: `child`.
    Child,
    /// An owned descriptor or what owns one (file, socket): `fd`.
    Fd,
    /// A pipe's end: `pipe_end`.
    PipeEnd,
    /// A value that a lazy cell makes on first use (`OnceLock`, `LazyLock`): `lazy`.
    Lazy,
}

impl Class {
    /// Every class with its word.
    pub const WORDS: [(Class, &'static str); 16] = [
        (Class::Guard, "guard"),
        (Class::Lock, "lock"),
        (Class::Runtime, "runtime"),
        (Class::JoinHandle, "join_handle"),
        (Class::EventLoop, "event_loop"),
        (Class::Connection, "connection"),
        (Class::Pool, "pool"),
        (Class::Rng, "rng"),
        (Class::TempFile, "temp_file"),
        (Class::BufferedWriter, "buffered_writer"),
        (Class::Mapping, "mapping"),
        (Class::FileLock, "file_lock"),
        (Class::Child, "child"),
        (Class::Fd, "fd"),
        (Class::PipeEnd, "pipe_end"),
        (Class::Lazy, "lazy"),
    ];

    /// The class of that word.
    pub fn from_word(word: &str) -> Option<Class> {
        Class::WORDS.into_iter().find(|(_, w)| *w == word).map(|(c, _)| c)
    }
}

/// What the catalogue says of one path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it does itself, or through code that is not at hand.
    pub effects: Vec<Effect>,
    /// The parts it plays.
    pub roles: Vec<Role>,
    /// Where that is known from.
    pub source: String,
}
