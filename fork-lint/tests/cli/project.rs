//! A scratch project, and the tool run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A package on disk that goes away with the test.
pub(crate) struct Project {
    dir: TempDir,
}

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// One finding on line 6, which has a repair that is none of the tool's: `socket` without its close-on-exec flag.
pub(crate) const SOCKET: &str = "\
extern \"C\" {
    fn socket(domain: i32, kind: i32, protocol: i32) -> i32;
}

pub fn listen() -> i32 {
    unsafe { socket(2, 1, 0) }
}
";

pub(crate) const RULE: &str = "fd-without-cloexec";

impl Project {
    /// A package of one library file.
    pub(crate) fn library(text: &str) -> Project {
        let project = Project::empty();
        project.write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        project.write("src/lib.rs", text);
        project
    }

    pub(crate) fn empty() -> Project {
        Project { dir: TempDir::new().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> PathBuf {
        // The tool speaks of files by their real names.
        fs::canonicalize(self.dir.path()).expect("a folder")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("a file")
    }

    /// Adds to the manifest.
    pub(crate) fn configure(&self, text: &str) {
        let manifest = self.read("Cargo.toml");
        self.write("Cargo.toml", &format!("{manifest}\n{text}"));
    }

    /// Runs the tool in the project's folder.
    pub(crate) fn run(&self, words: &str) -> Ran {
        let mut command = self.command();
        command.arg("fork-lint").args(words.split_whitespace());
        self.ran(command.output().expect("the tool starts"))
    }

    /// The tool, in the project's folder, without what the tester's terminal would tell it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-fork-lint"));
        command.current_dir(self.path());
        for name in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "CARGO_TERM_COLOR", "GITHUB_WORKSPACE"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn ran(&self, output: Output) -> Ran {
        let dir = self.path().display().to_string();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text").replace(&dir, "$DIR");
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Makes the folder a git repository with all files committed.
    pub(crate) fn commit(&self) {
        let git = |words: &[&str]| {
            let output = Command::new("git")
                .args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
                .args(words)
                .current_dir(self.path())
                .output()
                .expect("git");
            assert!(output.status.success(), "{output:?}");
        };
        git(&["init", "-q"]);
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", "all"]);
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "\n--- stdout\n{}\n--- stderr\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn expect_error(&self, text: &str) {
        assert!(self.stderr.contains(text), "`{text}` is not in\n{}", self.stderr);
    }
}

/// Compares with a file of expected text.
#[track_caller]
pub(crate) fn expect_file(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cli").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).expect("a file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(text == expected, "{} differs, UPDATE=1 writes it anew; now it is\n{text}", path.display());
}
