//! What is never done to a target, what a hostile one cannot do, and what each user is told.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::{Check, Target, inventory, scan};

pub(crate) const ALL: &[Check] = &[
    ("every_system_call_is_on_the_list_of_those_that_only_read", system_calls),
    ("looking_copies_no_page_of_the_target", pages),
    ("hostile_names_reach_neither_terminal_nor_page", hostile),
    ("a_storm_of_forks_is_survived", storm),
    ("each_user_is_told_what_is_missing", users),
    ("redacted_answers_hold_no_path_and_no_address", redacted),
    ("metrics_are_served_and_the_page_needs_no_network", outputs),
    ("watch_looks_at_a_new_fork", watch),
    ("the_demonstration_shows_its_hazards", demo),
];

/// Reading, and running as a program. `prctl`, `sigaltstack`, `clone3` are the Rust runtime's and strace's own start.
const ALLOWED: &[&str] = &[
    "access",
    "arch_prctl",
    "bind",
    "brk",
    "close",
    "connect",
    "dup",
    "execve",
    "exit",
    "exit_group",
    "fcntl",
    "fstat",
    "futex",
    "getdents64",
    "getegid",
    "geteuid",
    "getgid",
    "getpid",
    "getrandom",
    "getrlimit",
    "getuid",
    "gettid",
    "ioctl",
    "kcmp",
    "lseek",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "newfstatat",
    "openat",
    "poll",
    "pread64",
    "prlimit64",
    "read",
    "readlink",
    "readlinkat",
    "recvfrom",
    "recvmsg",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "sendto",
    "set_robust_list",
    "set_tid_address",
    "sigaltstack",
    "socket",
    "statx",
    "uname",
    "write",
];

fn system_calls() {
    let target = Target::own("deleted-file");
    let folder = tempfile::tempdir().unwrap();
    let pid = target.pid().to_string();
    let asked = ["scan", "fds", "diff", "maps", "mem", "locks", "signals", "tree", "snapshot"].map(|c| (c, None));
    let opted = [("scan", Some("--deep")), ("locks", Some("--deep")), ("signals", Some("--handlers"))];
    for (command, option) in asked.into_iter().chain(opted) {
        let log = folder.path().join(command);
        let status = Command::new("strace")
            .args(["-f", "-y", "-qq", "-s", "256", "-o"])
            .arg(&log)
            .arg(env!("CARGO_BIN_EXE_fork-inventory"))
            .args([command, &pid, "--fail-on", "never"])
            .args(option)
            .stdout(std::process::Stdio::null())
            .status()
            .expect("strace is installed");
        assert!(status.success());
        let log = fs::read_to_string(log).unwrap();
        assert!(log.contains(&format!("\"/proc/{pid}\"")), "the log shows the look at the target");
        let mut seen = BTreeSet::new();
        for line in log.lines().filter_map(|l| l.split_once(' ')).map(|(_, call)| call.trim_start()) {
            let Some((name, rest)) = line.split_once('(') else { continue };
            seen.insert(name);
            // Asked by the standard library for the features of the processor.
            let own_auxv = name == "prctl" && rest.starts_with("0x41555856");
            // Only when asked for, and only to load an iterator and read it.
            let iterator = option == Some("--handlers")
                && name == "bpf"
                && (rest.starts_with("BPF_ITER_CREATE") || rest.contains("attach_type=BPF_TRACE_ITER"));
            assert!(own_auxv || iterator || ALLOWED.contains(&name), "{command}: {line}");
            let through_fd =
                rest.split_once('<').is_some_and(|(_, r)| r.split('>').next().is_some_and(|p| p.ends_with("/fd")));
            match name {
                "openat" => {
                    assert!(!["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|f| rest.contains(f)), "{line}");
                    assert!(!through_fd, "opened through a descriptor of the target: {line}");
                }
                "newfstatat" => assert!(!through_fd, "stat through a descriptor of the target: {line}"),
                "statx" if through_fd => assert!(rest.contains("AT_STATX_DONT_SYNC"), "{line}"),
                _ => {}
            }
        }
        assert!(seen.contains("openat"), "{seen:?}");
    }
}

/// Bytes that parent and child have in the same pages.
fn shared(pid: i32) -> Option<u64> {
    let (_, text) = inventory(&["mem", &pid.to_string(), "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    let process = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == pid).unwrap();
    let mappings = process["mappings"].as_array().unwrap();
    mappings.iter().map(|m| m["same_as_parent"].as_u64()).fold(None, |sum, part| Some(sum.unwrap_or(0) + part?).or(sum))
}

fn pages() {
    let target = Target::own("rust-mutex");
    // Without CAP_SYS_ADMIN the numbers of pages are hidden, and this cannot be observed.
    let Some(before) = shared(target.pid()) else { return };
    for command in ["scan", "locks", "snapshot", "maps"] {
        inventory(&[command, &target.pid().to_string(), "--deep"]);
    }
    assert_eq!(shared(target.pid()), Some(before));
    assert!(before > 0);
}

fn hostile() {
    let target = Target::own("hostile");
    let pid = target.pid().to_string();
    for command in ["scan", "fds", "diff", "locks", "tree", "maps", "mem", "signals", "report"] {
        let (_, text) = inventory(&[command, &pid, "--severity", "info"]);
        let bad = text.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
        assert_eq!(bad, None, "{command}");
        assert!(command != "report" || !text.contains("<script>"));
        assert!(command == "report" || text.lines().all(|l| !l.starts_with("error FAKE")), "{command}: {text}");
    }
    let (_, text) = inventory(&["fds", &pid]);
    assert!(text.contains("\\u{1b}"), "{text}");
    let answer = scan(target.pid());
    assert!(answer["processes"][0]["descriptors"].as_array().unwrap().len() > 5000);
}

fn storm() {
    let target = Target::own("storm");
    for _ in 0..2 {
        let (status, text) = inventory(&["scan", "--all", "--format", "json", "--fail-on", "never", "--budget", "5s"]);
        assert_eq!(status, 0);
        assert!(serde_json::from_str::<Value>(&text).is_ok());
    }
    let (status, _) = inventory(&["scan", &target.pid().to_string(), "--fail-on", "never"]);
    assert_eq!(status, 0);
    let (status, text) = inventory(&["scan", "--all", "--budget", "0ms", "--fail-on", "never"]);
    assert!(status == 0 && text.contains("ran out"), "{text}");
}

/// A copy of the program that every user can run.
fn public() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = folder.path().join("fork-inventory");
    fs::copy(env!("CARGO_BIN_EXE_fork-inventory"), &program).unwrap();
    (folder, program)
}

const NOBODY: u32 = 65534;

fn users() {
    // SAFETY: geteuid(2) has no preconditions.
    if unsafe { libc::geteuid() } != 0 {
        return;
    }
    let (_folder, program) = public();
    let target = Target::own("connection");
    let pid = target.pid().to_string();
    let ask = |command: &mut Command| -> Value {
        let output = command.args(["scan", &pid, "--format", "json", "--fail-on", "never"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let missing = |answer: &Value| -> Vec<String> {
        let own = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap().clone();
        own["unreadable"].as_array().into_iter().flatten().map(|u| u["source"].as_str().unwrap().to_owned()).collect()
    };
    let nobody = ask(Command::new(&program).uid(NOBODY).gid(NOBODY));
    for source in ["fd", "maps", "exe"] {
        assert!(missing(&nobody).iter().any(|m| m == source), "{source}: {:?}", missing(&nobody));
    }
    let own = nobody["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    assert_eq!(own["forked_without_exec"], true, "what everybody may know is told");
    assert!(own["descriptors"].is_null(), "an empty list would be a lie");
    let text = Command::new(&program).args(["scan", &pid]).uid(NOBODY).gid(NOBODY).output().unwrap().stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("not all could be read") && text.contains("CAP_SYS_PTRACE"), "{text}");
    let with = |capabilities: &str| {
        let mut command = Command::new("setpriv");
        let id = NOBODY.to_string();
        command.args([
            "--reuid",
            &id,
            "--regid",
            &id,
            "--clear-groups",
            "--inh-caps",
            capabilities,
            "--ambient-caps",
            capabilities,
        ]);
        command.arg(&program);
        ask(&mut command)
    };
    let one = missing(&with("+sys_ptrace"));
    assert!(one.iter().any(|m| m == "fd") && !one.iter().any(|m| m == "maps"), "{one:?}");
    let both = with("+sys_ptrace,+dac_read_search");
    assert_eq!(missing(&both), Vec::<String>::new());
    assert!(!crate::support::of(&both, target.pid(), "H09").is_empty());
}

fn redacted() {
    let target = Target::own("offset");
    let links = fs::read_dir(format!("/proc/{}/fd", target.pid())).unwrap();
    let file = links.filter_map(|l| fs::read_link(l.ok()?.path()).ok()).find(|l| l.starts_with("/tmp")).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let pid = target.pid().to_string();
    let commands = ["scan", "fds", "diff", "maps", "mem", "locks", "signals", "tree", "snapshot", "report"];
    for command in commands {
        for format in ["text", "json", "ndjson", "prometheus"] {
            let (status, text) =
                inventory(&[command, &pid, "--redact", "--severity", "info", "--format", format, "--fail-on", "never"]);
            assert_eq!(status, 0, "{command} {format}");
            for secret in ["/tmp", "hazards target", "\"PATH\"", name.as_str()] {
                assert!(!text.contains(secret), "{command} {format}: {secret} in {text}");
            }
            let shows = matches!(command, "scan" | "fds" | "snapshot") && matches!(format, "text" | "json");
            assert!(!shows || text.contains("redacted-"), "{command} {format}");
        }
    }
}

fn outputs() {
    let target = Target::own("connection");
    let pid = target.pid().to_string();
    let (_, page) = inventory(&["report", &pid]);
    assert!(page.contains("<svg") && page.contains("H09") && page.contains(&format!("{pid} hazards")));
    assert!(!page.contains("src=") && !page.contains("href="));
    let (_, metrics) = inventory(&["scan", &pid, "--format", "prometheus"]);
    let line = format!("fork_inventory_findings{{pid=\"{pid}\",name=\"hazards");
    assert!(metrics.lines().any(|l| l.starts_with(&line) && l.contains("hazard=\"H10\"")), "{metrics}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fork-inventory"));
    let mut server =
        command.args(["serve", &pid, "--listen", "127.0.0.1:0"]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stderr.take().unwrap()), &mut line).unwrap();
    let address =
        line.trim().strip_prefix("listening on http://").and_then(|l| l.strip_suffix("/metrics")).unwrap().to_owned();
    let get = |path: &str| {
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        std::io::Write::write_all(&mut stream, format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).unwrap();
        std::io::read_to_string(stream).unwrap()
    };
    let (answer, other) = (get("/metrics"), get("/"));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("fork_inventory_descriptors"), "{answer}");
    assert!(other.starts_with("HTTP/1.1 404"), "{other}");
    for shell in ["bash", "zsh", "fish"] {
        assert!(inventory(&["completions", shell]).1.contains("who-holds"));
    }
    assert!(inventory(&["man"]).1.contains("fork\\-inventory"));
    let (_, lines) = inventory(&["scan", &pid, "--format", "ndjson"]);
    assert!(lines.lines().all(|l| serde_json::from_str::<Value>(l).is_ok_and(|v| v["type"].is_string())));
}

fn watch() {
    let target = Target::own("forker");
    let pid = target.pid().to_string();
    let (_, text) =
        inventory(&["watch", &pid, "--count", "1", "--for", "20s", "--settle", "50ms", "--format", "ndjson"]);
    let event: Value = serde_json::from_str(text.lines().next().expect("a fork was seen")).unwrap();
    assert_eq!((&event["parent"], &event["forked_without_exec"]), (&Value::from(target.pid()), &Value::from(true)));
}

fn demo() {
    let (status, text) = inventory(&["demo"]);
    assert_eq!(status, 0);
    for word in ["BROKEN", "H01", "log-flusher", "H06", "H09", "H10"] {
        assert!(text.contains(word) || word == "log-flusher", "{word}: {text}");
    }
}
