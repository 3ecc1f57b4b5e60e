use crate::project::{Project, RULE, SOCKET, expect_file};

#[test]
fn levels_of_the_configuration_and_the_command_line() {
    let project = Project::library(SOCKET);
    project.configure(&format!("[package.metadata.fork-lint]\ndeny = [\"{RULE}\"]\n"));
    project.run("").expect_code(1);
    project.run(&format!("-W {RULE}")).expect_code(0);
    project.run("-A H04").expect_code(0);
    project.run("--show notes -A all").expect_code(0).expect_error("no findings");
}

#[test]
fn a_file_at_the_root_and_one_that_is_named() {
    let project = Project::library(SOCKET);
    project.write("fork-lint.toml", "deny = [\"warnings\"]\n");
    project.run("").expect_code(1);
    project.write("other.toml", "exclude-paths = [\"src/*.rs\"]\n");
    project.run("-D warnings --config other.toml").expect_code(0).expect_error("1 excluded by configuration");
    project.run("--config gone.toml").expect_code(2).expect_error("gone.toml");
}

#[test]
fn mistakes_are_shown_with_their_place() {
    let project = Project::library(SOCKET);
    project.write("fork-lint.toml", "deny = []\nexclude_path = [\"src\"]\n");
    expect_file("unknown-key.txt", &project.run("").expect_code(2).stderr);
    project.write("fork-lint.toml", "allow = [\"fd-without-clexec\"]\n");
    expect_file("unknown-rule.txt", &project.run("").expect_code(2).stderr);
    project.write("fork-lint.toml", "");
    project.configure("[workspace.metadata.fork-lint]\n");
    expect_file("two-places.txt", &project.run("").expect_code(2).stderr);
}

#[test]
fn the_catalogue_can_be_extended() {
    let text =
        "extern \"C\" {\n    fn vendor_open() -> i32;\n}\n\npub fn open() -> i32 {\n    unsafe { vendor_open() }\n}\n";
    let project = Project::library(text);
    project.run("-D warnings").expect_code(0);
    project.write(
        "fork-lint.toml",
        "[[catalogue]]\npath = \"c::vendor_open\"\nroles = [\"opens\"]\nreason = \"vendor manual, page 3\"\n",
    );
    project.run("-D warnings").expect_code(1).expect_error(&format!("error[{RULE}]"));
}

#[test]
fn a_catalogue_entry_that_fits_nothing_is_reported() {
    let project = Project::library(SOCKET);
    project.write("fork-lint.toml", "[[catalogue]]\npath = \"shop::lisen\"\neffects = [\"alloc\"]\nreason = \"x\"\n");
    let ran = project.run("").expect_code(0);
    ran.expect_error("the catalogue entry `shop::lisen` of $DIR/fork-lint.toml fits nothing in this program");
    project.write("fork-lint.toml", "[[catalogue]]\npath = \"shop::listen\"\neffects = [\"alloc\"]\nreason = \"x\"\n");
    assert!(!project.run("").expect_code(0).stderr.contains("fits nothing"));
}

#[test]
fn packages_have_settings_of_their_own() {
    let project = Project::empty();
    project.write("Cargo.toml", "[workspace]\nresolver = \"2\"\nmembers = [\"a\", \"b\"]\n");
    for name in ["a", "b"] {
        let manifest = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        project.write(&format!("{name}/Cargo.toml"), &manifest);
        project.write(&format!("{name}/src/lib.rs"), SOCKET);
    }
    let manifest = project.read("a/Cargo.toml");
    project.write("a/Cargo.toml", &format!("{manifest}[package.metadata.fork-lint]\nallow = [\"fds\"]\n"));
    let ran = project.run("--workspace -D warnings").expect_code(1);
    ran.expect_error("b/src/lib.rs:6");
    assert!(!ran.stderr.contains("a/src/lib.rs"), "{}", ran.stderr);
    project.run("-p a -D warnings").expect_code(0);
}
