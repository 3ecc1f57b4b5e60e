//! Stories from bug reports that no other file has: each names its culprit.

use std::io::{BufRead as _, BufReader};
use std::process::Command;

use serde_json::Value;

use crate::support::{Check, Target, finding, inventory, says, scan, silent};

pub(crate) const ALL: &[Check] = &[
    ("an_epoll_instance_that_watches_what_its_process_has_closed", stale_epoll),
    ("a_port_pinned_by_an_orphan_is_led_back_to_it", pinned),
    ("gc_freeze_keeps_pages_of_python_shared", freeze),
    ("copied_memory_is_told_by_whom_and_when", by_whom),
    ("columns_and_conditions_pick_the_same_in_every_format", columns),
];

/// h2o's story: a helper forked meanwhile keeps the file open, so that events for the closed descriptor go on.
fn stale_epoll() {
    let target = Target::own("stale-epoll");
    says(&finding(target.pids[1], "H10"), "warning", &["has closed fd", "watches it still"]);
    let target = Target::own("kept-epoll");
    silent(target.pids[1]);
}

/// The daemon has ended, the program that it ran has its listener.
fn pinned() {
    let target = Target::own("pinned");
    let (orphan, port) = (target.pids[0], target.pids[1]);
    let (status, text) = inventory(&["who-holds", &format!("port:{port}")]);
    assert_eq!(status, 0);
    let line = text.lines().find(|l| l.starts_with(&orphan.to_string())).expect("the orphan's line");
    assert!(line.contains("exec") && line.contains("sleep") && line.contains("listen"), "{line}");
    assert_eq!(inventory(&["who-holds", "port:1"]).0, 1, "nobody listens there");
}

/// Pages of its private mappings that a Python child has copied by running its garbage collector.
fn copied(freeze: &str) -> u64 {
    let script = format!(
        "import gc,os,sys\n\
         gc.disable()\n\
         graph=[[n] for n in range(300000)]\n\
         {freeze}\n\
         r,w=os.pipe()\n\
         pid=os.fork()\n\
         if pid==0:\n    gc.collect(); os.write(w,b'x'); os.read(0,1); os._exit(0)\n\
         os.read(r,1)\n\
         print(pid,os.getpid(),flush=True)\n\
         sys.stdin.read()\n\
         os.kill(pid,9)\n\
         os._exit(0)\n"
    );
    let mut command = Command::new("python3");
    command.args(["-c", &script]);
    let target = Target::start(command);
    let (_, text) = inventory(&["mem", &target.pid().to_string(), "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    let process = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    let mappings = process["mappings"].as_array().unwrap().iter().filter(|m| m["access"] == "rw-p");
    mappings.map(|m| m["diverged"].as_u64().or(m["exclusive"].as_u64()).unwrap_or(0)).sum()
}

/// The collector writes into the header of every object it visits, and with that copies its page.
fn freeze() {
    let (thawed, frozen) = (copied(""), copied("gc.freeze()"));
    assert!(thawed > 10 << 20, "{thawed} bytes copied by a collection");
    assert!(frozen < thawed / 3, "{frozen} bytes with gc.freeze, {thawed} without");
}

fn by_whom() {
    let target = Target::own("copying");
    let pid = target.pid().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let start = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fork-inventory"));
        command.args(words).stdout(std::process::Stdio::piped()).spawn().unwrap()
    };
    let mut looking = start(&["mem", &pid, "--interval", "20ms", "--count", "2000", "--format", "ndjson"]);
    let mut lines = BufReader::new(looking.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut sample = || -> Value { serde_json::from_str(&lines.next().expect("one more look")).unwrap() };
    let first = sample();
    let known = first["sample"]["by_child"].is_u64();
    assert_eq!(first["sample"]["by_child"].as_u64().unwrap_or(0), 0);
    target.go_on();
    let began = std::time::Instant::now();
    // Pages of the stack and of the allocator come on top.
    let enough = |value: &Value, least: u64| value.as_u64().is_some_and(|b| (least..least + (1 << 19)).contains(&b));
    loop {
        let now = sample();
        if !known || enough(&now["sample"]["by_child"], 3 << 20) && enough(&now["sample"]["by_parent"], 1 << 20) {
            break;
        }
        assert!(began.elapsed() < crate::support::PATIENCE, "{now:#}");
    }
    looking.kill().unwrap();
    looking.wait().unwrap();
    let words = ["report", &pid, "--interval", "20ms", "--count", "3", "-o", file.to_str().unwrap()];
    assert_eq!(inventory(&words).0, 0);
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("Copied memory over time") && page.contains("<polyline"), "{}", page.len());
    let (_, text) = inventory(&["mem", &pid, "--interval", "20ms", "--count", "2"]);
    assert!(!known || text.contains("copied by the child") || text.contains("copied by the"), "{text}");
    let (_, json) = inventory(&["mem", &pid, "--interval", "20ms", "--count", "2", "--format", "json"]);
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["memory_over_time"][0]["samples"].as_array().unwrap().len(), 2);
    let schema: Value = serde_json::from_str(&inventory(&["schema"]).1).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&answer));
}

fn columns() {
    let target = Target::own("connection");
    let pid = target.pid().to_string();
    let (_, text) = inventory(&["fds", &pid, "--columns", "pid,fd,state", "--where", "state=listen"]);
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), ["PID", "FD", "STATE"]);
    assert!(lines[1].starts_with(&pid) && lines[1].ends_with("listen"), "{text}");
    let (_, json) = inventory(&["fds", &pid, "--where", "state=listen", "--format", "json"]);
    let answer: Value = serde_json::from_str(&json).unwrap();
    let process = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    assert_eq!(process["descriptors"].as_array().unwrap().len(), 1, "{process:#}");
    let all = scan(target.pid());
    let process = all["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    assert!(process["descriptors"].as_array().unwrap().len() > 3);
    assert_eq!(inventory(&["fds", &pid, "--columns", "colour"]).0, 2);
    assert_eq!(inventory(&["fds", &pid, "--where", "colour=red"]).0, 2);
}
