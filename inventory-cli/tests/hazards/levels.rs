//! What each user is told: the owner, one whose process has changed its user, and who may do what.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::{Check, Target, of};

pub(crate) const ALL: &[Check] = &[
    ("the_owner_sees_all_but_page_numbers_and_handlers", owner),
    ("a_worker_that_dropped_its_rights_is_not_shown_as_empty", dropped),
    ("the_doctor_says_what_a_user_lacks", doctor),
];

const NOBODY: u32 = 65534;

fn is_root() -> bool {
    // SAFETY: geteuid(2) has no preconditions.
    unsafe { libc::geteuid() == 0 }
}

/// Copies of both programs that every user can run.
struct Public {
    _folder: tempfile::TempDir,
    inventory: PathBuf,
    hazards: PathBuf,
}

impl Public {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let [inventory, hazards] = ["fork-inventory", "hazards"].map(|name| folder.path().join(name));
        fs::copy(env!("CARGO_BIN_EXE_fork-inventory"), &inventory).unwrap();
        fs::copy(std::env::current_exe().unwrap(), &hazards).unwrap();
        Self { _folder: folder, inventory, hazards }
    }

    fn target(&self, name: &str, user: u32) -> Target {
        let mut command = Command::new(&self.hazards);
        command.args(["target", name]).uid(user).gid(user).current_dir("/");
        Target::start(command)
    }

    fn ask(&self, user: u32, words: &[&str]) -> String {
        let output = Command::new(&self.inventory).args(words).uid(user).gid(user).current_dir("/").output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("panicked"), "{errors}");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn owner() {
    if !is_root() {
        return;
    }
    let public = Public::new();
    let target = public.target("connection", NOBODY);
    let pid = target.pid().to_string();
    let answer: Value = serde_json::from_str(&public.ask(NOBODY, &["scan", &pid, "--format", "json"])).unwrap();
    let process = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    assert!(process["unreadable"].is_null(), "{process:#}");
    for hazard in ["H09", "H10"] {
        assert_eq!(of(&answer, target.pid(), hazard).len(), 1, "the owner sees {hazard} as root does");
    }
    // Page numbers are hidden: what is exclusive is told, what is the parent's is not, and why is said.
    let memory = public.ask(NOBODY, &["mem", &pid]);
    assert!(memory.contains("of its own (page numbers") && memory.contains("CAP_SYS_ADMIN"), "{memory}");
    let handlers = public.ask(NOBODY, &["signals", &pid, "--handlers"]);
    assert!(handlers.contains("not read") && handlers.contains("CAP_BPF"), "{handlers}");
    assert!(public.ask(NOBODY, &["scan", &pid, "--deep"]).contains("AT RISK"));
}

/// A process that was root's: its directory shows the new user, its tables are root's still.
fn dropped() {
    if !is_root() {
        return;
    }
    let public = Public::new();
    let target = public.target("dropped", 0);
    let pid = target.pid().to_string();
    let text = public.ask(NOBODY, &["fds", &pid]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("could not be read") && text.contains("while it is dumpable"), "{text}");
    let answer: Value = serde_json::from_str(&public.ask(NOBODY, &["scan", &pid, "--format", "json"])).unwrap();
    let process = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    assert!(process["descriptors"].is_null() && process["unreadable"].is_array(), "{process:#}");
    assert_eq!(process["credentials"]["uid"][1], NOBODY);
    let text = public.ask(NOBODY, &["scan", &pid]);
    assert!(text.contains("NOTHING SEEN (not all could be read)"), "{text}");
}

fn doctor() {
    if !is_root() {
        return;
    }
    let public = Public::new();
    let target = public.target("connection", 0);
    let pid = target.pid().to_string();
    let theirs = public.ask(NOBODY, &["doctor", &pid]);
    for line in ["missing bpf task iterator", "missing page numbers", &format!("missing fd of {pid}")] {
        assert!(theirs.contains(line), "{line}: {theirs}");
    }
    assert!(theirs.contains(&format!("ok      status of {pid}")), "{theirs}");
    let ours = public.ask(0, &["doctor", &pid]);
    assert!(ours.contains(&format!("ok      fd of {pid}")), "{ours}");
}
