//! The hazards: each target makes one, prints the pids to look at, and waits for the end of its standard input.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::fd::{AsRawFd as _, FromRawFd as _, IntoRawFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::{Mutex, Once, RwLock, mpsc};
use std::thread;

static VICTIM_MUTEX: Mutex<u32> = Mutex::new(0);
static VICTIM_RWLOCK: RwLock<u32> = RwLock::new(0);
static VICTIM_PARKING_LOT: parking_lot::Mutex<u32> = parking_lot::Mutex::new(0);
static VICTIM_ONCE: Once = Once::new();

pub(crate) fn run(name: &str) {
    match name {
        "rust-mutex" => held(|| std::mem::forget(VICTIM_MUTEX.lock()), || drop(VICTIM_MUTEX.lock())),
        "rust-rwlock" => held(|| std::mem::forget(VICTIM_RWLOCK.write()), || drop(VICTIM_RWLOCK.read())),
        "parking-lot" => held(|| std::mem::forget(VICTIM_PARKING_LOT.lock()), || drop(VICTIM_PARKING_LOT.lock())),
        "rust-once" => held_inside(),
        "rust-stdout" => held(|| std::mem::forget(std::io::stdout().lock()), || drop(std::io::stdout().lock())),
        "deleted-file" => deleted_file(),
        "pipe" => pipe(),
        "connection" => connection(),
        "offset" => offset(),
        "flock" => flock(),
        "mask" => mask(),
        "zombie" => zombie(),
        "leak-on-exec" => leak_on_exec(),
        "condvar" => condvar(),
        "spawned" => spawned(),
        "activation" => activation(),
        "prefork" => prefork(),
        "hostile" => hostile(),
        "storm" => storm(),
        "forker-later" => forker_later(),
        "forker" => forker(),
        _ => assert!(crate::lives::run(name), "no target is called {name}"),
    }
}

/// Forks: the child runs `body` and sleeps; it dies with the parent.
pub(crate) fn fork(body: impl FnOnce()) -> i32 {
    let parent = own();
    // SAFETY: called before this process has a second thread, or in a target whose very point is the hazard.
    let pid = unsafe { libc::fork() };
    assert!(pid >= 0, "{}", std::io::Error::last_os_error());
    if pid == 0 {
        // SAFETY: a plain system call.
        unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
        // Who was killed before the line above tells nobody.
        // SAFETY: a plain system call.
        if unsafe { libc::getppid() } != parent {
            // SAFETY: ends the child.
            unsafe { libc::_exit(0) };
        }
        body();
        loop {
            // SAFETY: a plain system call.
            unsafe { libc::pause() };
        }
    }
    pid
}

/// Tells the pids and waits until the check is done. Bare writes: standard output may be locked.
pub(crate) fn tell(pids: &[i32]) {
    tell_and_end(pids, pids);
}

/// As [`tell`], for numbers of which only some are pids to end.
pub(crate) fn tell_and_end(told: &[i32], pids: &[i32]) {
    let line = told.iter().map(i32::to_string).collect::<Vec<_>>().join(" ") + "\n";
    // SAFETY: 1 is the descriptor of standard output, which stays open: the file is not dropped.
    let mut out = std::mem::ManuallyDrop::new(unsafe { File::from_raw_fd(1) });
    out.write_all(line.as_bytes()).unwrap();
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    for pid in pids.iter().filter(|p| **p > 0 && **p != own()) {
        // SAFETY: a signal to a process that this one has made and not reaped.
        unsafe { libc::kill(*pid, libc::SIGKILL) };
    }
}

pub(crate) fn own() -> i32 {
    i32::try_from(std::process::id()).unwrap()
}

/// Another thread holds a lock while the process forks; the child takes it.
fn held(hold: fn(), take: fn()) {
    let (sender, receiver) = mpsc::channel();
    let holder = thread::Builder::new().name("log-flusher".into()).spawn(move || {
        hold();
        sender.send(()).unwrap();
        loop {
            thread::park();
        }
    });
    drop(holder);
    receiver.recv().unwrap();
    let child = fork(take);
    tell(&[child, own()]);
}

fn held_inside() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        VICTIM_ONCE.call_once(|| {
            sender.send(()).unwrap();
            loop {
                thread::park();
            }
        });
    });
    receiver.recv().unwrap();
    let child = fork(|| VICTIM_ONCE.call_once(|| ()));
    tell(&[child, own()]);
}

fn deleted_file() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&vec![1; 3 << 20]).unwrap();
    let child = fork(|| ());
    drop(file);
    tell(&[child, own()]);
}

/// The git and cadical story: a child waits for the end of its standard input; a sibling, forked meanwhile, has the writing end.
fn pipe() {
    let (reader, writer) = std::io::pipe().unwrap();
    let number = writer.as_raw_fd();
    let mut from = File::from(OwnedFd::from(reader));
    let first = fork(|| {
        let _ = from.read(&mut [0]);
    });
    // The reader keeps the writing end, too: it forgot to close it.
    let second = fork(|| ());
    drop(writer);
    assert!(number > 2);
    tell(&[first, own(), second]);
}

fn connection() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let client = std::net::TcpStream::connect(server.local_addr().unwrap()).unwrap();
    let epoll = epoll();
    let child = fork(|| ());
    tell(&[child, own()]);
    drop((client, epoll));
}

pub(crate) fn epoll() -> OwnedFd {
    // SAFETY: a plain system call.
    let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
    assert!(fd >= 0);
    // SAFETY: the descriptor was made by the line above and belongs to nobody else.
    unsafe { OwnedFd::from_raw_fd(fd) }
}

fn offset() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"a record\n").unwrap();
    let child = fork(|| ());
    tell(&[child, own()]);
}

/// The lock is taken by a process that ends; its child has the descriptor still.
fn flock() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    let taker = fork(|| {
        // SAFETY: a plain system call on an open descriptor.
        unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX) };
        let (mut stays, mut told) = std::io::pipe().unwrap();
        let daemon = fork(|| {
            // SAFETY: plain system calls: this one outlives its parent, and ends by itself.
            unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, 0) };
            // SAFETY: as above.
            unsafe { libc::alarm(60) };
            told.write_all(&[0]).unwrap();
        });
        stays.read_exact(&mut [0]).unwrap();
        writer.write_all(&daemon.to_ne_bytes()).unwrap();
        // SAFETY: ends this process without the parent's destructors.
        unsafe { libc::_exit(0) };
    });
    let mut bytes = [0; 4];
    reader.read_exact(&mut bytes).unwrap();
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(taker, std::ptr::null_mut(), 0) };
    tell(&[i32::from_ne_bytes(bytes), own()]);
}

/// SIGTERM is blocked while a program is executed: it never hears it.
fn mask() {
    let mut set = std::mem::MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: `set` is memory of the right type.
    unsafe { libc::sigemptyset(set.as_mut_ptr()) };
    // SAFETY: initialised by the line above.
    unsafe { libc::sigaddset(set.as_mut_ptr(), libc::SIGTERM) };
    // SAFETY: as above; the old mask is not asked for.
    unsafe { libc::sigprocmask(libc::SIG_BLOCK, set.as_ptr(), std::ptr::null_mut()) };
    let child = fork(|| drop(Command::new("sleep").arg("60").exec()));
    tell(&[child, own()]);
}

fn zombie() {
    // SAFETY: ends the child at once.
    let children: Vec<i32> = (0..3).map(|_| fork(|| unsafe { libc::_exit(0) })).collect();
    assert!(children.iter().all(|c| *c > 0));
    tell(&[own()]);
}

fn leak_on_exec() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    inheritable(listener.as_raw_fd());
    let child = fork(|| drop(Command::new("sleep").arg("60").exec()));
    tell(&[child, own()]);
}

pub(crate) fn inheritable(fd: i32) {
    // SAFETY: a plain system call on an open descriptor.
    unsafe { libc::fcntl(fd, libc::F_SETFD, 0) };
}

/// Silent: a forked child that has threads of its own, idle on a condition variable.
fn condvar() {
    let child = fork(|| {
        static PAIR: (Mutex<bool>, std::sync::Condvar) = (Mutex::new(false), std::sync::Condvar::new());
        for _ in 0..2 {
            thread::spawn(|| {
                let mut ready = PAIR.0.lock().unwrap();
                while !*ready {
                    ready = PAIR.1.wait(ready).unwrap();
                }
            });
        }
    });
    tell(&[child, own()]);
}

/// Silent: what `std::process::Command` spawns.
fn spawned() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut child = Command::new("sleep")
        .arg("60")
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    tell(&[i32::try_from(child.id()).unwrap()]);
    let _ = child.wait();
    drop(listener);
}

/// Silent: a socket handed over on purpose, as systemd does it.
fn activation() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let fd = listener.into_raw_fd();
    let child = fork(|| {
        // SAFETY: plain system calls on an open descriptor.
        unsafe { libc::dup2(fd, 3) };
        inheritable(3);
        drop(Command::new("sleep").arg("60").env("LISTEN_FDS", "1").exec());
    });
    tell(&[child, own()]);
}

/// Silent: a healthy prefork server. Master and workers share the listener and a log opened for appending, nothing else.
fn prefork() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = OpenOptions::new().append(true).create(true).open(folder.path().join("log")).unwrap();
    log.write_all(b"started\n").unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let workers: Vec<i32> = (0..3)
        .map(|_| {
            fork(|| {
                let own_loop = epoll();
                let _ = listener.accept();
                drop(own_loop);
            })
        })
        .collect();
    tell(&[&workers[..], &[own()]].concat());
}

/// Names that would speak to a terminal or a browser, and very many descriptors.
fn hostile() {
    let limit = libc::rlimit { rlim_cur: 8000, rlim_max: 8000 };
    // SAFETY: a plain system call that reads `limit`.
    unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) };
    let folder = tempfile::tempdir().unwrap();
    let name = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}\nerror FAKE <script>";
    let file = File::create(folder.path().join(name)).unwrap();
    let many: Vec<File> = (0..6000).map(|_| file.try_clone().unwrap()).collect();
    // SAFETY: the name ends in NUL.
    unsafe { libc::prctl(libc::PR_SET_NAME, c"\xff\x1b[31m\nerror F".as_ptr()) };
    let child = fork(|| ());
    tell(&[child, own()]);
    drop(many);
}

/// Short-lived children all the time.
fn storm() {
    let child = fork(|| {
        loop {
            // SAFETY: this process has one thread; the child ends at once, and is reaped.
            let pid = unsafe { libc::fork() };
            if pid == 0 {
                // SAFETY: ends the child.
                unsafe { libc::_exit(0) };
            }
            // SAFETY: waits for the child made above.
            unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) };
        }
    });
    tell(&[child, own()]);
}

/// Forks a child that stays, every 100 ms, for a while.
fn forker() {
    let child = fork(|| {
        for _ in 0..100 {
            fork(|| thread::sleep(std::time::Duration::from_secs(5)));
            thread::sleep(std::time::Duration::from_millis(100));
        }
    });
    tell(&[child, own()]);
}

/// Has an event loop, and forks when it is told to. Its output is read no further than the first line.
fn forker_later() {
    let events = epoll();
    let line = format!("{}\n", own());
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::io::stdin().read_exact(&mut [0]).unwrap();
    let child = fork(|| ());
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    // SAFETY: a signal to a child that this process has made and not reaped.
    unsafe { libc::kill(child, libc::SIGKILL) };
    drop(events);
}
