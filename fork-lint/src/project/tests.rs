//! Whole projects, written to a temporary folder and loaded.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{CrateInput, LoadError, LoadOptions, Missing, Project, load};

/// A folder with these files.
fn project(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, text).expect("file");
    }
    dir
}

fn options(dir: &TempDir, manifest: &str) -> LoadOptions {
    let target = Some("x86_64-unknown-linux-gnu".to_owned());
    LoadOptions { manifest_path: Some(dir.path().join(manifest)), offline: true, target, ..LoadOptions::default() }
}

fn loaded(dir: &TempDir) -> Project {
    load(&options(dir, "Cargo.toml")).expect("loads")
}

/// Roots in order, members with a star; each member once, with the features selected.
fn roots(project: &Project) -> Vec<String> {
    let selected = |c: &&CrateInput| !c.root.ends_with("-features");
    project.crates.iter().filter(selected).map(|c| format!("{}{}", c.root, if c.member { "*" } else { "" })).collect()
}

fn named<'a>(project: &'a Project, root: &str) -> &'a CrateInput {
    let found = project.crates.iter().find(|c| c.root == root);
    found.unwrap_or_else(|| panic!("no {root} among {:?}", roots(project)))
}

/// `name=root` of the crates it can name.
fn deps(project: &Project, root: &str) -> Vec<String> {
    named(project, root).deps.iter().map(|(name, at)| format!("{name}={}", project.crates[*at].root)).collect()
}

fn features(project: &Project, root: &str) -> Vec<String> {
    let pairs = named(project, root).cfg.pairs.iter();
    pairs.filter(|(key, _)| key == "feature").map(|(_, value)| value.clone()).collect()
}

/// Every path below the folder.
fn tree(dir: &Path) -> BTreeSet<PathBuf> {
    let mut paths = BTreeSet::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("folder").flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push(entry.path());
            }
            paths.insert(entry.path());
        }
    }
    paths
}

const LIB: (&str, &str) = ("src/lib.rs", "");

#[test]
fn library_and_binary_of_one_package() {
    let dir = project(&[
        ("Cargo.toml", "[package]\nname = \"my-app\"\nversion = \"0.3.1\"\nedition = \"2021\""),
        LIB,
        ("src/main.rs", "fn main() {}"),
        ("src/bin/tool.rs", "fn main() {}"),
        ("tests/it.rs", ""),
    ]);
    let program = loaded(&dir);
    assert_eq!(roots(&program), ["my_app*", "my_app@bin*", "tool*"]);
    assert_eq!(deps(&program, "my_app@bin"), ["my_app=my_app"]);
    let titles: Vec<_> = program.crates.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(titles, ["my-app 0.3.1", "my-app 0.3.1 (bin my-app)", "my-app 0.3.1 (bin tool)"]);
    let lib = named(&program, "my_app");
    assert_eq!((lib.edition, lib.library), (2021, true));
    assert_eq!(lib.root_file, dir.path().join("src/lib.rs"));
    assert_eq!(lib.package_dir, dir.path());
    assert!(
        lib.cfg.names.iter().any(|name| name == "unix") && lib.cfg.names.iter().any(|name| name == "debug_assertions")
    );
    assert!(!named(&program, "tool").library);
    assert_eq!((&*program.workspace_root, &*program.target_dir), (dir.path(), &*dir.path().join("target")));
    assert_eq!(program.troubles, Vec::<String>::new());

    let all = load(&LoadOptions { all_targets: true, ..options(&dir, "Cargo.toml") }).expect("loads");
    assert_eq!(roots(&all), ["my_app*", "my_app@bin*", "tool*", "it*"]);
    assert!(named(&all, "it").cfg.names.iter().any(|name| name == "test"));
    assert!(!named(&all, "my_app").cfg.names.iter().any(|name| name == "test"));
}

#[test]
fn workspace_members_and_path_dependencies() {
    let dir = project(&[
        (
            "ws/Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n\
            [workspace.dependencies]\nbase = { path = \"crates/base\" }",
        ),
        (
            "ws/crates/app/Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2024\"\n[dependencies]\n\
            renamed = { package = \"base\", path = \"../base\" }\nouter = { path = \"../../../outer\" }",
        ),
        ("ws/crates/app/src/main.rs", "fn main() {}"),
        ("ws/crates/base/Cargo.toml", "[package]\nname = \"base\"\nversion = \"1.0.0\"\n[lib]\nname = \"the_base\""),
        ("ws/crates/base/src/lib.rs", ""),
        (
            "ws/crates/mid/Cargo.toml",
            "[package]\nname = \"mid\"\nversion = \"1.0.0\"\n[dependencies]\nbase.workspace = true",
        ),
        ("ws/crates/mid/src/lib.rs", ""),
        ("outer/Cargo.toml", "[package]\nname = \"outer\"\nversion = \"1.0.0\""),
        ("outer/src/lib.rs", ""),
    ]);
    let root = "ws/Cargo.toml";
    let app = "ws/crates/app/Cargo.toml";

    let whole = load(&options(&dir, root)).expect("loads");
    assert_eq!(deps(&whole, "app"), ["outer=outer", "renamed=the_base"]);
    assert_eq!(deps(&whole, "mid"), ["the_base=the_base"]);
    let mut all = roots(&whole);
    all.sort();
    assert_eq!(all, ["app*", "mid*", "outer", "the_base*"]);
    for (at, input) in whole.crates.iter().enumerate() {
        assert!(input.deps.iter().all(|(_, dep)| *dep < at), "{} stands before what it depends on", input.root);
    }

    let one = load(&options(&dir, app)).expect("loads");
    assert_eq!(roots(&one).last().map(String::as_str), Some("app*"));
    assert_eq!(one.crates.len(), 3);
    assert_eq!(one.workspace_root, dir.path().join("ws"));

    let named_one = LoadOptions { packages: vec!["mid@1.0.0".into()], ..options(&dir, root) };
    assert_eq!(roots(&load(&named_one).expect("loads")), ["the_base", "mid*"]);
    let excluded = LoadOptions { workspace: true, exclude: vec!["a*".into()], ..options(&dir, app) };
    assert_eq!(roots(&load(&excluded).expect("loads")), ["the_base*", "mid*"]);
    let wrong = LoadOptions { packages: vec!["bsae".into()], ..options(&dir, root) };
    let error = load(&wrong).expect_err("no such package").to_string();
    assert!(error.contains("no package `bsae`") && error.contains("did you mean `base`"), "{error}");

    let left = load(&LoadOptions { no_deps: true, ..options(&dir, app) }).expect("loads");
    assert_eq!(roots(&left), ["app*"]);
    let missing = &named(&left, "app").missing;
    assert_eq!(missing.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["outer", "renamed"]);
    assert!(missing[0].why.contains("--no-deps"));
    assert_eq!(left.troubles, Vec::<String>::new());
}

/// `app` with its features, a dependency used by tests too, one for another system, a build dependency and a
/// procedural macro.
fn varied(root: &str) -> TempDir {
    let manifest = format!(
        "{root}[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2021\"\n\
         [features]\ndefault = [\"std\"]\nstd = [\"lib/std\"]\nextra = [\"dep:opt\", \"opt?/more\", \"dep:re-named\"]\n\
         [dependencies]\nlib = {{ path = \"lib\", default-features = false }}\nopt = {{ path = \"opt\", optional = true }}\n\
         re-named = {{ path = \"own-name\", package = \"own-name\", optional = true }}\n\
         mac = {{ path = \"mac\" }}\n\
         [target.'cfg(windows)'.dependencies]\nwin = {{ path = \"win\" }}\n\
         [target.'cfg(all(unix, target_pointer_width = \"64\"))'.dependencies]\nunixy = {{ path = \"unixy\" }}\n\
         [build-dependencies]\nbuilder = {{ path = \"builder\" }}\n\
         [dev-dependencies]\nlib = {{ path = \"lib\", features = [\"for-tests\"] }}\ntester = {{ path = \"tester\" }}\n\
         [[bin]]\nname = \"needs\"\npath = \"src/needs.rs\"\nrequired-features = [\"extra\"]\n"
    );
    let package = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n{rest}");
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest),
        ("src/lib.rs".to_owned(), String::new()),
        ("src/needs.rs".to_owned(), "fn main() {}".to_owned()),
        ("tests/it.rs".to_owned(), String::new()),
    ];
    for (name, rest) in [
        ("lib", "[features]\ndefault = [\"big\"]\nbig = []\nstd = []\nfor-tests = []\nfor-build = []"),
        ("opt", "[features]\nmore = []"),
        ("own-name", ""),
        ("mac", "[lib]\nproc-macro = true\n[dependencies]\nmachelp = { path = \"../machelp\" }"),
        ("machelp", ""),
        ("win", ""),
        ("unixy", ""),
        ("builder", "[dependencies]\nlib = { path = \"../lib\", features = [\"for-build\"] }"),
        ("tester", ""),
    ] {
        files.push((format!("{name}/Cargo.toml"), package(name, rest)));
        files.push((format!("{name}/src/lib.rs"), String::new()));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    project(&files)
}

#[test]
fn only_what_is_compiled_for_the_target_with_its_features() {
    let dir = varied("");
    let program = loaded(&dir);
    assert_eq!(roots(&program), ["lib", "unixy", "app*"]);
    assert_eq!(features(&program, "app"), ["default", "std"]);
    // Neither the tests' nor the build script's features: those are other builds of it.
    assert_eq!(features(&program, "lib"), ["std"]);
    assert_eq!(named(&program, "app").proc_macros, ["mac"]);
    assert!(named(&program, "app").missing.is_empty());
    assert!(program.troubles[0].contains("bin `needs`") && program.troubles[0].contains("`extra`"));

    let extra =
        LoadOptions { features: vec!["extra".into()], no_default_features: true, ..options(&dir, "Cargo.toml") };
    let program = load(&extra).expect("loads");
    assert_eq!(roots(&program), ["lib", "opt", "own_name", "unixy", "app*", "needs*"]);
    assert_eq!((features(&program, "app"), features(&program, "opt")), (vec!["extra".into()], vec!["more".into()]));
    assert_eq!(features(&program, "lib"), Vec::<String>::new());

    let all = load(&LoadOptions { all_features: true, ..options(&dir, "Cargo.toml") }).expect("loads");
    assert_eq!(features(&all, "app"), ["default", "extra", "std"]);

    let windows = LoadOptions { target: Some("x86_64-pc-windows-gnu".into()), ..options(&dir, "Cargo.toml") };
    assert_eq!(roots(&load(&windows).expect("loads")), ["lib", "win", "app*"]);

    let tests = load(&LoadOptions { all_targets: true, ..options(&dir, "Cargo.toml") }).expect("loads");
    assert_eq!(deps(&tests, "it"), ["lib=lib", "tester=tester", "unixy=unixy", "app=app"]);
    assert_eq!(deps(&tests, "app"), ["lib=lib", "unixy=unixy"]);
    assert_eq!(features(&tests, "lib"), ["big", "default", "for-tests", "std"]);

    let wrong = LoadOptions { features: vec!["exrta".into()], ..options(&dir, "Cargo.toml") };
    let error = load(&wrong).expect_err("no such feature").to_string();
    assert!(error.contains("no feature `exrta`") && error.contains("did you mean `extra`"), "{error}");
}

#[test]
fn members_are_read_with_all_and_with_no_features_too() {
    let dir = varied("");
    let program = loaded(&dir);
    let others = program.crates.iter().filter(|c| c.root.ends_with("-features"));
    assert_eq!(others.map(|c| c.root.as_str()).collect::<Vec<_>>(), ["app@all-features", "app@no-features"]);
    let all = named(&program, "app@all-features");
    assert_eq!(features(&program, "app@all-features"), ["default", "extra", "std"]);
    assert_eq!(features(&program, "app@no-features"), Vec::<String>::new());
    assert!(all.member && all.library && all.title == "app 1.0.0 (all features)");
    assert_eq!(deps(&program, "app@all-features"), deps(&program, "app"));
    // Resolved for the selected features only, an optional dependency of the others is a name without source.
    assert!(all.missing.contains(&Missing::new("opt".into(), "opt", "")));
    assert!(all.missing.contains(&Missing::new("re_named".into(), "own_name", "")));
    assert!(program.names().contains("own_name"));
    for (at, input) in program.crates.iter().enumerate() {
        assert!(input.deps.iter().all(|(_, dep)| *dep < at));
    }

    let chosen = LoadOptions { features: vec!["extra".into()], ..options(&dir, "Cargo.toml") };
    let program = load(&chosen).expect("loads");
    assert!(!program.crates.iter().any(|c| c.root.ends_with("-features")), "what the user chose is what is read");
}

#[test]
fn the_first_resolver_unites_features() {
    let dir = varied("[workspace]\nresolver = \"1\"\n");
    assert_eq!(features(&loaded(&dir), "lib"), ["big", "default", "for-build", "std"]);
}

#[test]
fn two_versions_of_a_crate() {
    let dir = project(&[
        (
            "Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"1.0.0\"\n[dependencies]\n\
            old = { package = \"dep\", path = \"old\" }\ndep = { path = \"new\" }",
        ),
        LIB,
        ("old/Cargo.toml", "[package]\nname = \"dep\"\nversion = \"0.1.0\""),
        ("old/src/lib.rs", ""),
        ("new/Cargo.toml", "[package]\nname = \"dep\"\nversion = \"0.2.0\""),
        ("new/src/lib.rs", ""),
    ]);
    let program = loaded(&dir);
    assert_eq!(deps(&program, "app"), ["dep=dep@0.2.0", "old=dep@0.1.0"]);
    assert_eq!(named(&program, "dep@0.1.0").title, "dep 0.1.0");
}

#[test]
fn dependencies_that_cannot_be_had() {
    let dir = project(&[
        (
            "Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"1.0.0\"\n[features]\ndefault = [\"on\"]\non = []\n\
            [dependencies]\nno-such-package-anywhere = \"7\"\nnear = { path = \"near\" }\nlater = { version = \"1\", optional = true }",
        ),
        LIB,
        ("near/Cargo.toml", "[package]\nname = \"near\"\nversion = \"1.0.0\""),
        ("near/src/lib.rs", ""),
    ]);
    let program = loaded(&dir);
    assert_eq!(roots(&program), ["app*"]);
    assert_eq!(features(&program, "app"), ["default", "on"]);
    let missing: Vec<_> = named(&program, "app").missing.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(missing, ["near", "no_such_package_anywhere"]);
    assert_eq!(program.troubles.len(), 1);
    let said = &program.troubles[0];
    assert!(said.contains(&*dir.path().join("Cargo.toml").to_string_lossy()), "{said}");
    assert!(said.contains("could not be resolved") && said.contains("no matching package"), "{said}");
    assert!(!said.contains("fork-lint-"), "the stand-in's path shows: {said}");

    let locked = load(&LoadOptions { locked: true, ..options(&dir, "Cargo.toml") });
    assert!(matches!(locked, Err(LoadError::Refused { .. })), "{locked:?}");
}

#[test]
fn nothing_is_written() {
    let dir = varied("");
    let before = tree(dir.path());
    loaded(&dir);
    assert_eq!(tree(dir.path()), before);

    // A lock file that no longer fits is left as it is.
    let lock = dir.path().join("Cargo.lock");
    let outdated = "version = 3\n\n[[package]]\nname = \"app\"\nversion = \"0.9.0\"\n";
    fs::write(&lock, outdated).expect("file");
    assert_eq!(roots(&loaded(&dir)), ["lib", "unixy", "app*"]);
    assert_eq!(fs::read_to_string(&lock).expect("lock"), outdated);

    for path in tree(dir.path()).into_iter().chain([dir.path().to_owned()]) {
        let mode = if path.is_dir() { 0o555 } else { 0o444 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    }
    assert_eq!(roots(&loaded(&dir)), ["lib", "unixy", "app*"]);
    for path in tree(dir.path()).into_iter().chain([dir.path().to_owned()]).filter(|path| path.is_dir()) {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions");
    }
}

#[test]
fn a_package_copied_into_a_foreign_workspace() {
    let dir = project(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"other\"]"),
        ("other/Cargo.toml", "[package]\nname = \"other\"\nversion = \"1.0.0\""),
        ("other/src/lib.rs", ""),
        (
            "copy/Cargo.toml",
            "[package]\nname = \"copied\"\nversion = \"1.0.0\"\n[dependencies]\nother = { path = \"../other\" }\n\
            [dev-dependencies]\nno-such-package-anywhere = \"7\"",
        ),
        ("copy/Cargo.toml.orig", "[package]\nname = \"copied\"\nversion.workspace = true"),
        ("copy/src/lib.rs", ""),
    ]);
    let program = load(&options(&dir, "copy/Cargo.toml")).expect("loads");
    assert_eq!(roots(&program), ["other", "copied*"]);
    assert_eq!(named(&program, "copied").package_dir, dir.path().join("copy"));
    assert_eq!(program.workspace_root, dir.path().join("copy"));
    assert_eq!(program.troubles.len(), 1);
    assert!(program.troubles[0].contains("workspace of its own"), "{:?}", program.troubles);
}

#[test]
fn manifests_that_cannot_be_read() {
    let dir = project(&[
        ("Cargo.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\""),
        LIB,
        ("broken/Cargo.toml", "[package\nname = \"app\""),
        (
            "empty/Cargo.toml",
            "[package]\nname = \"empty\"\nversion = \"1.0.0\"\n[workspace]\n[[bin]]\nname = \"b\"\npath = \"b.rs\"\nrequired-features = [\"f\"]\n[features]\nf = []",
        ),
        ("empty/b.rs", "fn main() {}"),
    ]);
    let manifest = dir.path().join("Cargo.toml").display().to_string();
    let error = |path: &str| load(&options(&dir, path)).expect_err("an error");
    let missing = error("no/such/Cargo.toml");
    assert!(matches!(missing, LoadError::NoManifest { .. }), "{missing:?}");
    assert!(
        missing.to_string().contains("no/such/Cargo.toml")
            && missing.to_string().contains(&format!("did you mean `{manifest}`"))
    );
    for path in ["src", "src/lib.rs", ""] {
        let folder = error(path);
        assert!(matches!(folder, LoadError::NotAManifest { .. }), "{folder:?}");
        assert!(folder.to_string().contains(&format!("did you mean `{manifest}`")), "{folder}");
    }
    let broken = error("broken/Cargo.toml").to_string();
    assert!(broken.contains("broken/Cargo.toml`: "), "{broken}");
    let empty = error("empty/Cargo.toml").to_string();
    assert!(empty.contains("no library or binary") && empty.contains("`f`"), "{empty}");
}

/// Members are read with the features selected, with all of them, and with none; a program's other reading uses its
/// library's.
#[test]
fn members_are_read_with_all_features_and_with_none() {
    let dir = tempfile::tempdir().expect("folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        fs::write(path, text).expect("file");
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"both\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\ndefault = [\"a\"]\na = []\nb = []\n",
    );
    write("src/lib.rs", "");
    write("src/main.rs", "fn main() {}");
    let project = loaded(&dir);
    let of =
        |suffix: &str| -> Vec<&CrateInput> { project.crates.iter().filter(|c| c.root.ends_with(suffix)).collect() };
    let all = of("@all-features");
    assert_eq!(all.len(), 2, "{:?}", project.crates.iter().map(|c| &c.root).collect::<Vec<_>>());
    assert!(all.iter().all(|c| c.cfg.pairs.contains(&("feature".to_owned(), "b".to_owned()))));
    assert!(all.iter().any(|c| c.deps.iter().any(|(_, at)| project.crates[*at].root.ends_with("@all-features"))));
    assert!(of("@no-features").iter().all(|c| c.cfg.pairs.iter().all(|(key, _)| key != "feature")));
    let mut chosen = options(&dir, "Cargo.toml");
    chosen.features = vec!["b".to_owned()];
    assert!(load(&chosen).expect("loads").crates.iter().all(|c| !c.root.ends_with("-features")));
}
