use std::fs;

use super::*;

/// Reads a workspace of one package whose files have these texts.
fn read(manifest: &str, file: Option<&str>) -> Result<Config, Failure> {
    let dir = tempfile::tempdir().map_err(|e| Failure::unfinished(e.to_string()))?;
    let write =
        |name: &str, text: &str| fs::write(dir.path().join(name), text).map_err(|e| Failure::unfinished(e.to_string()));
    write("Cargo.toml", manifest)?;
    if let Some(text) = file {
        write(FILE, text)?;
    }
    Config::read(dir.path(), &[dir.path().to_owned()], None)
}

#[track_caller]
fn refused(manifest: &str, file: Option<&str>, message: &str, marked: &str, help: &str) {
    let failure = read(manifest, file).expect_err("the configuration is wrong");
    assert!(failure.message.contains(message), "{failure:?}");
    let excerpt = failure.excerpt.expect("a place");
    assert_eq!(&excerpt.text[excerpt.at], marked);
    assert!(failure.help.unwrap_or_default().contains(help));
}

#[test]
fn settings_are_read_from_all_places() -> Result<(), Failure> {
    let manifest = r#"
        [package]
        name = "x"
        [package.metadata.fork-lint]
        allow = ["H02"]
        exclude-paths = ["src/gen"]
        [workspace.metadata.fork-lint]
        deny = ["warnings", "unused-suppression"]
        baseline = "ci/known.json"
        [[workspace.metadata.fork-lint.catalogue]]
        path = "x::spawn_worker"
        effects = ["thread_start"]
        roles = ["closes(param = 1)"]
        reason = "C library, its manual"
    "#;
    let config = read(manifest, None)?;
    assert_eq!(config.workspace.levels.0.len(), 2);
    assert!(config.baseline().is_some_and(|b| b.ends_with("ci/known.json")));
    let (path, entry) = &config.workspace.catalogue[0];
    assert_eq!((path.as_str(), &entry.roles[..]), ("x::spawn_worker", &[Role::Closes { param: 1 }][..]));
    let dir = config.packages[0].dir.clone();
    assert!(config.excludes(&dir.join("src/gen/a.rs")));
    assert!(!config.excludes(&dir.join("src/main.rs")));
    Ok(())
}

use crate::catalogue::Role;

#[test]
fn what_is_wrong_is_shown() {
    let of = |text: &str| format!("[workspace.metadata.fork-lint]\n{text}");
    refused(&of("exclude_paths = []"), None, "unknown key `exclude_paths`", "exclude_paths", "`exclude-paths`");
    refused(&of("deny = ['H99']"), None, "no rule, hazard or family is called `H99`", "'H99'", "--list");
    refused(&of("deny = 'H01'"), None, "`deny` is a list of strings", "'H01'", "");
    refused(&of("deny = ['H01']\nallow = ['h1']"), None, "two levels", "'H01'", "take one");
    refused(&of("exclude-paths = ['../x']"), None, "not a pattern", "'../x'", "");
    refused("", Some("[[catalogue]]\npath = 'a::b'\neffects = ['aloc']"), "no effect", "'aloc'", "`alloc`");
    refused("", Some("[[catalogue]]\npath = 'ab'"), "not the path", "'ab'", "in full");
    refused("", Some("[[catalogue]]\npath = 'a::b'\nrole = []"), "unknown key `role`", "role", "`roles`");
    refused(
        "",
        Some("[[catalogue]]\npath = 'a::b'\nroles = ['zigzag']"),
        "cannot be understood",
        "'zigzag'",
        "the roles are",
    );
    refused(
        "",
        Some("[[catalogue]]\npath = 'a::b'\nroles = ['opens_fd']"),
        "cannot be understood",
        "'opens_fd'",
        "`opens`",
    );
    refused("", Some("deny = ["), "not valid TOML", "", "");
}

#[test]
fn two_places_are_both_named() {
    let failure = read("[workspace.metadata.fork-lint]\n", Some("deny = []")).expect_err("two places");
    assert!(failure.message.contains("fork-lint.toml") && failure.message.contains("Cargo.toml"), "{failure}");
    let baselines = "[package.metadata.fork-lint]\nbaseline = 'a'\n[workspace.metadata.fork-lint]\nbaseline = 'b'";
    assert!(read(baselines, None).expect_err("two baselines").message.contains("a baseline is set in"));
}
