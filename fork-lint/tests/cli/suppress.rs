use crate::project::{Project, RULE, SOCKET, expect_file};

/// The finding's line with something before it, and behind it.
fn with(before: &str, behind: &str) -> Project {
    let line = "    unsafe { socket(2, 1, 0) }";
    Project::library(&SOCKET.replace(line, &format!("{before}\n{line} {behind}")))
}

#[track_caller]
fn quiet(project: &Project) {
    let ran = project.run("-D warnings --show notes").expect_code(0);
    ran.expect_error("1 allowed in the source");
}

#[test]
fn above_and_behind_the_line() {
    quiet(&with(&format!("    // fork-lint: allow({RULE}) -- handed to the child"), ""));
    quiet(&with("", &format!("// fork-lint: allow({RULE}) -- handed to the child")));
    quiet(&with(&format!("    /* fork-lint: allow({RULE}) -- handed on */\n\n    // more words"), ""));
    quiet(&Project::library(&format!("//! fork-lint: allow({RULE}) -- an example\n{SOCKET}")));
}

#[test]
fn elsewhere_it_covers_nothing() {
    let project = Project::library(&format!("{SOCKET}// fork-lint: allow({RULE}) -- too late\n"));
    let ran = project.run("-D warnings").expect_code(1);
    ran.expect_error(&format!("error[{RULE}]"));
    ran.expect_error("error[unused-suppression]");
}

#[test]
fn what_is_wrong_with_suppressions_is_reported() {
    let project =
        with("    // fork-lint: allow(fd-without-cloexec)", "// fork-lint: allow(fds, fd-without-clexec) -- x");
    project.write(
        "src/lib.rs",
        &format!(
            "{}\n// fork-lint: please look away\n// fork-lint: allow(cloexec-set-late) -- nothing here\n",
            project.read("src/lib.rs")
        ),
    );
    let ran = project.run("").expect_code(0);
    expect_file("suppressions.txt", &ran.stderr);
}

#[test]
fn a_rule_that_is_switched_off_leaves_its_suppressions_alone() {
    let project = with(&format!("    // fork-lint: allow({RULE}) -- handed to the child"), "");
    project.run(&format!("-D warnings -A {RULE}")).expect_code(0);
    let idle = Project::library(&format!("// fork-lint: allow({RULE}) -- x\npub fn f() {{}}\n"));
    idle.run("-D warnings").expect_code(1);
    idle.run(&format!("-D warnings -A {RULE}")).expect_code(0);
    idle.run("-D warnings -A unused-suppression").expect_code(0);
}

#[test]
fn sarif_keeps_what_is_suppressed_with_the_reason() {
    let project = with(&format!("    // fork-lint: allow({RULE}) -- handed to the child"), "");
    let value: serde_json::Value = serde_json::from_str(&project.run("--format sarif").stdout).expect("JSON");
    let suppression = &value["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["justification"], "handed to the child");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 6);
}

#[test]
fn a_file_of_two_crates_is_reported_once() {
    let project = Project::library(&format!("mod shared;\npub use shared::listen;\n// {RULE}\n"));
    project.write("src/main.rs", "mod shared;\nfn main() { shared::listen(); }\n");
    project.write("src/shared.rs", SOCKET);
    let ran = project.run("").expect_code(0);
    assert_eq!(ran.stderr.matches(&format!("[{RULE}]")).count(), 1, "{}", ran.stderr);
    project.write("src/shared.rs", &format!("//! fork-lint: allow({RULE}) -- shared\n{SOCKET}"));
    project.run("-D warnings").expect_code(0);
}
