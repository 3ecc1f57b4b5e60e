use crate::project::{Project, SOCKET};

/// A suppression that nothing needs: its repair is to go.
const IDLE: &str = "pub fn f() {\n    // fork-lint: allow(fd-without-cloexec) -- once needed\n    g(); // fork-lint: allow(cloexec-set-late) -- no more\n}\nfn g() {}\n";
const REPAIRED: &str = "pub fn f() {\n    g();\n}\nfn g() {}\n";

#[test]
fn repairs_are_made_in_a_clean_repository() {
    let project = Project::library(IDLE);
    project.commit();
    let ran = project.run("--fix -D warnings").expect_code(0);
    ran.expect_error("2 repairs made in 1 file");
    ran.expect_error("src/lib.rs:2: remove the comment");
    assert_eq!(project.read("src/lib.rs"), REPAIRED);
    project.write("src/lib.rs", REPAIRED);
    project.run("--fix --allow-dirty").expect_code(0).expect_error("no finding has a repair that is certain");
}

#[test]
fn what_could_not_be_brought_back_is_left_alone() {
    let project = Project::library(IDLE);
    project.run("--fix").expect_code(2).expect_error("in no git repository");
    project.commit();
    project.write("src/lib.rs", &format!("{IDLE}// changed\n"));
    project.run("--fix").expect_code(2).expect_error("uncommitted files: src/lib.rs");
    assert!(project.read("src/lib.rs").contains("once needed"));
    project.run("--fix --allow-dirty").expect_code(0);
    assert!(!project.read("src/lib.rs").contains("once needed"));
    project.run("--allow-dirty").expect_code(2);
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    let project = Project::library(&format!("\u{feff}{}", IDLE.replace('\n', "\r\n")));
    project.run("--fix --allow-dirty").expect_code(0);
    assert_eq!(project.read("src/lib.rs"), format!("\u{feff}{}", REPAIRED.replace('\n', "\r\n")));
}

#[test]
fn findings_without_a_repair_still_count() {
    let project = Project::library(SOCKET);
    let before = project.read("src/lib.rs");
    let ran = project.run("--fix --allow-dirty -D warnings");
    assert!(ran.code == Some(1) || project.read("src/lib.rs") != before, "{}", ran.stderr);
}
