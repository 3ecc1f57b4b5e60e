//! Stories from bug reports that no other file has: each names its culprit.

use std::process::Command;

use serde_json::Value;

use crate::support::{Check, Target, finding, inventory, says, scan, silent};

pub(crate) const ALL: &[Check] = &[
    ("an_epoll_instance_that_watches_what_its_process_has_closed", stale_epoll),
    ("a_port_pinned_by_an_orphan_is_led_back_to_it", pinned),
    ("gc_freeze_keeps_pages_of_python_shared", freeze),
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
