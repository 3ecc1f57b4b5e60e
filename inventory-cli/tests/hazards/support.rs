//! Starting targets, asking `fork-inventory`, waiting within bounds.

use std::io::{BufRead as _, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long something that must happen may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A named check.
pub(crate) type Check = (&'static str, fn());

/// Runs the checks whose name contains `only`.
pub(crate) fn run(checks: &[Check], only: Option<&str>) -> ExitCode {
    let only = only.filter(|word| !word.starts_with('-'));
    let mut failed = 0;
    for (name, check) in checks.iter().filter(|(name, _)| only.is_none_or(|o| name.contains(o))) {
        let start = Instant::now();
        let word = if catch_unwind(AssertUnwindSafe(check)).is_ok() { "ok" } else { "FAILED" };
        failed += i32::from(word == "FAILED");
        let _ = writeln!(std::io::stdout(), "{word:6} {name} ({:.1} s)", start.elapsed().as_secs_f64());
    }
    ExitCode::from(u8::from(failed > 0))
}

/// A target process; it ends with this value, and its children with it.
pub(crate) struct Target {
    process: Child,
    /// The pids it printed: the interesting process first, then its parent.
    pub(crate) pids: Vec<i32>,
}

impl Target {
    /// Starts one of this program's own targets.
    pub(crate) fn own(name: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.args(["target", name]);
        Self::start(command)
    }

    /// Starts a program that prints pids in its first line and ends with its standard input.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the target starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its first line");
        let pids: Vec<i32> = line.split_whitespace().filter_map(|w| w.parse().ok()).collect();
        assert!(!pids.is_empty(), "the target printed {line:?}");
        Self { process, pids }
    }

    /// Tells the target to take its next step.
    pub(crate) fn go_on(&self) {
        self.process.stdin.as_ref().expect("its input").write_all(b"\n").expect("it reads");
    }

    /// The process that matters.
    pub(crate) fn pid(&self) -> i32 {
        self.pids[0]
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let start = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) {
            if start.elapsed() > Duration::from_secs(5) {
                let _ = self.process.kill();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Runs `fork-inventory`; exit status and standard output.
pub(crate) fn inventory(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fork-inventory")).args(arguments).output().expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    (output.status.code().expect("an exit status"), String::from_utf8(output.stdout).expect("UTF-8"))
}

/// The JSON answer to `scan` of a process.
pub(crate) fn scan(pid: i32) -> Value {
    let (_, text) = inventory(&["scan", &pid.to_string(), "--format", "json"]);
    serde_json::from_str(&text).expect("JSON")
}

/// The findings about a process, of a hazard, at a severity or worse.
pub(crate) fn of<'a>(answer: &'a Value, pid: i32, hazard: &str) -> Vec<&'a Value> {
    let all = answer["findings"].as_array().expect("findings");
    all.iter().filter(|f| f["pid"] == pid && f["hazard"] == hazard).collect()
}

/// Scans until a finding of a hazard is there, and answers it.
pub(crate) fn finding(pid: i32, hazard: &str) -> Value {
    let start = Instant::now();
    loop {
        let answer = scan(pid);
        if let Some(found) = of(&answer, pid, hazard).first() {
            return (*found).clone();
        }
        assert!(start.elapsed() < PATIENCE, "no {hazard} of {pid}: {answer:#}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// That a finding is of a severity and says all of the words.
pub(crate) fn says(finding: &Value, severity: &str, words: &[&str]) {
    assert_eq!(finding["severity"], severity, "{finding:#}");
    let message = finding["message"].as_str().expect("a message");
    for word in words {
        assert!(message.contains(word), "{word:?} is missing in {message:?}");
    }
}

/// That nothing at warning level or above is said about a process.
pub(crate) fn silent(pid: i32) {
    let answer = scan(pid);
    let loud: Vec<&Value> = answer["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|f| f["severity"] != "info" && f["pid"] == pid)
        .collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

/// Compiles a C target.
pub(crate) fn compile(name: &str, flags: &[&str]) -> PathBuf {
    compile_with("gcc", name, flags)
}

/// Compiles a C target with a compiler of another C library.
pub(crate) fn compile_with(compiler: &str, name: &str, flags: &[&str]) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/targets").join(format!("{name}.c"));
    let suffix = flags.concat().replace('-', "");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{compiler}{suffix}"));
    std::fs::create_dir_all(&folder).expect("a folder for programs");
    let program = folder.join(name);
    let status =
        Command::new(compiler).args(["-O1", "-g0", "-pthread", "-o"]).arg(&program).arg(source).args(flags).status();
    assert!(status.expect("the compiler is installed").success());
    program
}
