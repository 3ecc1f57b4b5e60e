//! `fork-inventory` beside the tools people use today, and beside the bare walk of the kernel's files that is the limit.
//!
//! All figures are of one run, interleaved, as CPU time (user and system) and peak memory of each process, with the ratio
//! to the bare walk. `cargo bench -p inventory-cli --bench hosts`; `-- quick` uses smaller targets. Tools that are not
//! installed are named and left out.

use std::ffi::CString;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd as _, FromRawFd as _};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 5;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize| words.get(n).and_then(|w| w.parse().ok()).unwrap_or(0);
    match words.first().map(String::as_str) {
        Some("target-files") => files(number(1), number(2)),
        Some("target-maps") => maps(number(1)),
        Some("walk") => words.iter().skip(1).for_each(|pid| walk(pid)),
        Some("read-maps") => drop(std::fs::read(format!("/proc/{}/maps", words.get(1).map_or("self", |w| w)))),
        _ => compare(words.iter().any(|w| w == "quick")),
    }
}

fn compare(quick: bool) {
    let (processes, each, alone, mappings) = if quick { (30, 300, 2000, 5000) } else { (300, 1000, 15_000, 50_000) };
    let one = Target::start(&["target-files", "1", "1000"]);
    report("one process, 1000 descriptors", &one, "walk", &["fds", "scan"]);
    let big = Target::start(&["target-files", "1", &alone.to_string()]);
    report(&format!("one process, {alone} descriptors"), &big, "walk", &["fds", "scan"]);
    let many = Target::start(&["target-files", &processes.to_string(), &each.to_string()]);
    report(&format!("{processes} forked processes, {each} descriptors"), &many, "walk", &["fds", "scan"]);
    let maps = Target::start(&["target-maps", &mappings.to_string()]);
    report(&format!("one process, {mappings} mappings"), &maps, "read-maps", &["maps", "scan"]);
}

/// One table: the bare walk first.
fn report(title: &str, target: &Target, walk: &str, commands: &[&str]) {
    let own = std::env::current_exe().expect("the path of this program").to_string_lossy().into_owned();
    let list = target.pids.join(",");
    let mut tools: Vec<(String, Vec<String>)> = vec![(format!("bare {walk}"), vec![own, walk.to_owned()])];
    let inventory = env!("CARGO_BIN_EXE_fork-inventory");
    for command in commands {
        let words = [inventory, command, "--fail-on", "never"].map(str::to_owned).to_vec();
        tools.push((format!("fork-inventory {command}"), words));
    }
    for (_, words) in &mut tools {
        words.extend(target.pids.iter().cloned());
    }
    if walk == "walk" {
        tools.push(("lsof -nP -p".into(), ["lsof", "-nP", "-p", &list].map(str::to_owned).to_vec()));
        tools.push(("lsfd -p".into(), ["lsfd", "-p", &list].map(str::to_owned).to_vec()));
    } else {
        tools.push(("pmap".into(), ["pmap", &list].map(str::to_owned).to_vec()));
        tools.push(("pmap -x".into(), ["pmap", "-x", &list].map(str::to_owned).to_vec()));
    }
    let what = if walk == "walk" { "open_files" } else { "memory_maps" };
    let script = format!("import sys,psutil\nfor p in sys.argv[1:]: psutil.Process(int(p)).{what}()");
    if measure(&["/usr/bin/python3", "-c", "import psutil"].map(str::to_owned)).is_some_and(|s| s.succeeded) {
        let words = ["/usr/bin/python3".to_owned(), "-c".to_owned(), script];
        tools.push((format!("psutil {what}"), words.into_iter().chain(target.pids.iter().cloned()).collect()));
    }
    let mut out = std::io::stdout();
    let _ = writeln!(out, "\n{title}\n{:28} {:>10} {:>8} {:>10} {:>9}", "", "CPU ms", "ratio", "wall ms", "peak MiB");
    let mut samples: Vec<Vec<Sample>> = vec![Vec::new(); tools.len()];
    for _ in 0..ROUNDS {
        for ((_, words), samples) in tools.iter().zip(&mut samples) {
            samples.extend(measure(words));
        }
    }
    let mut baseline = None;
    for ((name, _), samples) in tools.iter().zip(&mut samples) {
        samples.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
        let Some(median) = samples.get(samples.len() / 2) else {
            let _ = writeln!(out, "{name:28} not installed");
            continue;
        };
        let baseline = *baseline.get_or_insert(median.cpu);
        let ratio = median.cpu / baseline;
        let _ = writeln!(out, "{name:28} {:10.1} {ratio:8.2} {:10.1} {:9.1}", median.cpu, median.wall, median.peak);
    }
}

#[derive(Clone, Copy)]
struct Sample {
    cpu: f64,
    wall: f64,
    peak: f64,
    succeeded: bool,
}

/// Runs a program to its end; none when it is not installed.
#[expect(clippy::cast_precision_loss, reason = "microseconds and kilobytes of one short process")]
fn measure(words: &[String]) -> Option<Sample> {
    let (program, arguments) = words.split_first()?;
    let start = Instant::now();
    let child = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let pid = i32::try_from(child.id()).ok()?;
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    let mut status = 0;
    // SAFETY: waits for our own child, which nobody else waits for; `status` and `usage` are memory of the right types.
    let waited = unsafe { libc::wait4(pid, &raw mut status, 0, usage.as_mut_ptr()) };
    assert_eq!(waited, pid);
    // SAFETY: zeroed memory is a valid `rusage` (integers only), and wait4 has filled it.
    let usage = unsafe { usage.assume_init() };
    let ms = |t: libc::timeval| t.tv_sec as f64 * 1e3 + t.tv_usec as f64 / 1e3;
    let wall = start.elapsed().as_secs_f64() * 1e3;
    Some(Sample {
        cpu: ms(usage.ru_utime) + ms(usage.ru_stime),
        wall,
        peak: usage.ru_maxrss as f64 / 1024.0,
        succeeded: status == 0,
    })
}

/// A target that ends with its standard input.
struct Target {
    process: Child,
    pids: Vec<String>,
}

impl Target {
    fn start(words: &[&str]) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        let mut process = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        Self { process, pids: line.split_whitespace().map(str::to_owned).collect() }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn tell(pids: &[i32]) {
    let line = pids.iter().map(i32::to_string).collect::<Vec<_>>().join(" ");
    let _ = writeln!(std::io::stdout(), "{line}");
    let _ = std::io::stdout().flush();
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

/// Descriptors (of 20: 14 files, 2 ends of pipes, 3 sockets, 1 eventfd) in a process and in its forks.
fn files(processes: usize, each: usize) {
    let limit = libc::rlimit { rlim_cur: 20_000, rlim_max: 20_000 };
    // SAFETY: reads `limit`.
    unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) };
    let folder = tempfile::tempdir().expect("a folder");
    let mut kept: Vec<Box<dyn std::any::Any>> = Vec::new();
    let mut count = 0;
    while count < each {
        match count % 20 {
            0..14 => {
                kept.push(Box::new(File::create(folder.path().join(format!("f{}", count % 2000))).expect("a file")))
            }
            14..16 => {
                kept.push(Box::new(std::io::pipe().expect("a pipe")));
                count += 1;
            }
            16..19 => kept.push(Box::new(std::os::unix::net::UnixDatagram::unbound().expect("a socket"))),
            // SAFETY: a plain system call.
            _ => drop(unsafe { libc::eventfd(0, 0) }.to_string()),
        }
        count += 1;
    }
    let mut pids = vec![i32::try_from(std::process::id()).unwrap_or(0)];
    for _ in 1..processes {
        // SAFETY: this process has one thread.
        match unsafe { libc::fork() } {
            0 => {
                // SAFETY: a plain system call.
                unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
                loop {
                    // SAFETY: a plain system call.
                    unsafe { libc::pause() };
                }
            }
            pid => pids.push(pid),
        }
    }
    tell(&pids);
}

/// Very many mappings, of alternating protection so that the kernel does not merge them.
fn maps(count: usize) {
    let length = count * 4096;
    // SAFETY: a new mapping at a place that the kernel chooses.
    let start = unsafe {
        libc::mmap(std::ptr::null_mut(), length, libc::PROT_READ, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0)
    };
    assert_ne!(start, libc::MAP_FAILED);
    for page in (0..count).step_by(2) {
        // SAFETY: a page within the mapping made above, which nothing else uses.
        unsafe { libc::mprotect(start.wrapping_byte_add(page * 4096), 4096, libc::PROT_NONE) };
    }
    tell(&[i32::try_from(std::process::id()).unwrap_or(0)]);
}

/// The least that any lister must do: each link, each fdinfo.
fn walk(pid: &str) {
    let Ok(links) = File::open(format!("/proc/{pid}/fd")) else { return };
    let Ok(infos) = File::open(format!("/proc/{pid}/fdinfo")) else { return };
    let mut names: Vec<CString> = Vec::new();
    for entry in std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten() {
        names.extend(CString::new(entry.file_name().to_string_lossy().as_bytes()));
    }
    let mut buffer = [0u8; 4096];
    for name in names {
        // SAFETY: the name ends in NUL, the buffer is as long as told.
        unsafe { libc::readlinkat(links.as_raw_fd(), name.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) };
        // SAFETY: the name ends in NUL.
        let fd = unsafe { libc::openat(infos.as_raw_fd(), name.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
        if fd >= 0 {
            // SAFETY: the descriptor was made by the line above and belongs to nobody else.
            let _ = unsafe { File::from_raw_fd(fd) }.read(&mut buffer);
        }
    }
}
