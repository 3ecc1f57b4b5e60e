use std::process::Command;

use crate::project::{Project, RULE, SOCKET, expect_file};

#[test]
fn a_file_that_does_not_parse_is_shown_and_the_rest_is_analysed() {
    let project = Project::library(&format!("mod broken;\n{SOCKET}"));
    project.write("src/broken.rs", "pub fn f( {\n");
    let ran = project.run("").expect_code(0);
    ran.expect_error("not analysed");
    ran.expect_error("src/broken.rs:1");
    ran.expect_error(RULE);
}

#[test]
fn missing_files_are_shown() {
    let project = Project::library(&format!("mod gone;\n{SOCKET}"));
    let ran = project.run("").expect_code(0);
    ran.expect_error("gone");
    ran.expect_error("src/lib.rs:1:");
    ran.expect_error(RULE);
}

#[test]
fn nothing_to_read_is_no_answer() {
    let project = Project::library("");
    std::fs::remove_file(project.path().join("src/lib.rs")).expect("a file");
    std::fs::write(project.path().join("src/main.rs"), [0xff, 0xfe, 0x00]).expect("a file");
    let ran = project.run("");
    assert!(matches!(ran.code, Some(3)), "{:?} {}", ran.code, ran.stderr);
    assert!(ran.stderr.contains("error: "), "{}", ran.stderr);
}

#[test]
fn a_broken_manifest_is_no_answer() {
    let project = Project::library(SOCKET);
    project.write("Cargo.toml", "[package\n");
    let ran = project.run("");
    assert!(matches!(ran.code, Some(2 | 3)), "{:?} {}", ran.code, ran.stderr);
    ran.expect_error("Cargo.toml");
}

#[test]
fn statistics_say_what_was_read() {
    let project = Project::library(SOCKET);
    let ran = project.run("--stats").expect_code(0);
    let stable: String = ran
        .stderr
        .lines()
        .map(|line| match line.trim_end().strip_suffix(" ms").and_then(|l| l.rsplit_once(' ')) {
            Some((name, _)) => format!("{} …\n", name.trim_end()),
            None => format!("{line}\n"),
        })
        .filter(|line| !line.starts_with("      "))
        .collect();
    expect_file("stats.txt", &stable);
}

/// Where a toolchain manager is at work, it refuses to start cargo here; without one the file means nothing.
#[test]
fn a_toolchain_that_is_not_installed_is_replaced() {
    let project = Project::library(SOCKET);
    project.write("rust-toolchain.toml", "[toolchain]\nchannel = \"nightly-2015-01-01\"\n");
    let mut command = project.command();
    // What `cargo test` has chosen for the tests.
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC"] {
        command.env_remove(name);
    }
    command.env("RUST_BACKTRACE", "1").args(["-D", "warnings"]);
    let ran = project.ran(command.output().expect("the tool starts")).expect_code(1);
    assert!(ran.stderr.contains(RULE), "{}", ran.stderr);
    assert!(!ran.stderr.contains("backtrace"), "{}", ran.stderr);
    let managed = Command::new("rustup").arg("--version").output().is_ok_and(|output| output.status.success());
    let said = ran.stderr.contains("toolchain 'nightly-2015-01-01") && ran.stderr.contains("is not installed");
    assert_eq!(said && ran.stderr.contains("instead"), managed, "{}", ran.stderr);
}
