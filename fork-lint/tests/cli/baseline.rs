use crate::project::{Project, RULE, SOCKET};

#[test]
fn known_findings_do_not_count_wherever_they_move() {
    let project = Project::library(SOCKET);
    let ran = project.run("--baseline known.json --write-baseline -D warnings").expect_code(0);
    ran.expect_error("1 finding written to the baseline known.json");
    let written = project.read("known.json");
    assert!(written.contains(RULE) && written.contains("src/lib.rs") && !written.contains("line"), "{written}");
    project.run("--baseline known.json -D warnings").expect_code(0).expect_error("1 in the baseline");
    project.write("src/lib.rs", &format!("// moved\n\n\n{SOCKET}"));
    project.run("--baseline known.json -D warnings").expect_code(0);
}

#[test]
fn one_more_of_the_same_counts() {
    let project = Project::library(SOCKET);
    project.run("--baseline known.json --write-baseline").expect_code(0);
    let twice = SOCKET.replace("socket(2, 1, 0)", "socket(2, 1, 0) + socket(2, 1, 0)");
    project.write("src/lib.rs", &twice);
    project.run("--baseline known.json -D warnings").expect_code(1).expect_error("1 in the baseline");
}

#[test]
fn what_is_repaired_is_said() {
    let project = Project::library(SOCKET);
    project.run("--baseline known.json --write-baseline").expect_code(0);
    project.write("src/lib.rs", "pub fn listen() {}\n");
    let ran = project.run("--baseline known.json -D warnings").expect_code(0);
    ran.expect_error("1 finding of the baseline found no more: fd-without-cloexec in src/lib.rs");
    ran.expect_error("--baseline known.json --write-baseline");
    project.run("--baseline known.json --write-baseline").expect_code(0);
    let ran = project.run("--baseline known.json").expect_code(0);
    assert!(!ran.stderr.contains("no more"), "{}", ran.stderr);
}

#[test]
fn it_can_be_named_in_the_configuration() {
    let project = Project::library(SOCKET);
    project.configure("[package.metadata.fork-lint]\nbaseline = \"ci/known.json\"\n");
    project.run("").expect_code(2).expect_error("--write-baseline");
    project.write("ci/.keep", "");
    project.run("--write-baseline").expect_code(0);
    project.run("-D warnings").expect_code(0);
}

#[test]
fn what_is_wrong_with_a_baseline_is_said() {
    let project = Project::library(SOCKET);
    project.run("--write-baseline").expect_code(2).expect_error("--baseline FILE");
    project.run("--baseline gone.json").expect_code(2).expect_error("gone.json cannot be read");
    project.write("bad.json", "[]");
    project.run("--baseline bad.json").expect_code(2).expect_error("bad.json is not valid");
    project.write("new.json", "{\"version\": 99, \"findings\": []}");
    project.run("--baseline new.json").expect_code(2).expect_error("version 99");
}
