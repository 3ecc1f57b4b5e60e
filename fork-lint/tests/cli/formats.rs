use crate::project::{Project, RULE, SOCKET, expect_file};

#[test]
fn people_read_standard_error() {
    let project = Project::library(SOCKET);
    let ran = project.run("").expect_code(0);
    assert_eq!(ran.stdout, "");
    expect_file("human.txt", &ran.stderr);
    let coloured = project.run("--color always").expect_code(0);
    assert!(coloured.stderr.contains("\u{1b}["));
    assert!(!ran.stderr.contains('\u{1b}'), "no colours where no terminal is");
}

#[test]
fn machines_read_standard_output_alone() {
    let project = Project::library(SOCKET);
    for format in ["sarif", "json", "github"] {
        let ran = project.run(&format!("--format {format}")).expect_code(0);
        assert!(ran.stdout.contains(RULE), "{format}: {}", ran.stdout);
        assert_eq!(ran.stderr, "", "{format}");
        let ran = project.run(&format!("--format {format} --stats -D warnings")).expect_code(1);
        assert!(!ran.stdout.contains("statistics") && ran.stderr.contains("statistics"), "{format}");
    }
}

#[test]
fn sarif_names_files_from_the_workspace() {
    let project = Project::library(SOCKET);
    let value: serde_json::Value = serde_json::from_str(&project.run("--format sarif").stdout).expect("JSON");
    let run = &value["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], RULE);
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/lib.rs");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "SRCROOT");
    assert_eq!(place["region"]["startLine"], 6);
    assert_eq!(run["originalUriBaseIds"]["SRCROOT"]["uri"], "file://$DIR/");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|r| r["id"] == RULE).expect("the rule");
    assert_eq!(rule["properties"]["hazard"], "H04");
    assert_eq!(rule["properties"]["family"], "fds");
}

#[test]
fn a_report_goes_to_the_file_named() {
    let project = Project::library(SOCKET);
    let ran = project.run("--format sarif --output out.sarif -D warnings").expect_code(1);
    assert_eq!(ran.stdout, "");
    assert!(project.read("out.sarif").contains(RULE));
    project.run("--output out.txt --color always").expect_code(0);
    assert!(project.read("out.txt").contains("warning["));
    project.run("--output no/such/folder/x").expect_code(2).expect_error("no/such/folder/x");
}

#[test]
fn github_names_files_from_the_checkout() {
    let project = Project::empty();
    project.write("part/Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    project.write("part/src/lib.rs", SOCKET);
    let mut command = project.command();
    command.args(["--manifest-path", "part/Cargo.toml", "--format", "github"]).env("GITHUB_WORKSPACE", project.path());
    let ran = project.ran(command.output().expect("the tool starts"));
    assert!(ran.stdout.starts_with("::warning file=part/src/lib.rs,line=6,"), "{}", ran.stdout);
}
