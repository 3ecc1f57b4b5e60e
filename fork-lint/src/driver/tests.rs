//! The driver with a reader of its own: a crate's file says what reading it does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;
use tempfile::TempDir;

use super::{Cache, Digest, Digester, Done, Output, Progress, Reader, SeenFile, read_program};
use crate::facts::{ConstDef, CrateFacts, Sym, Unseen, UnseenKind, Val};
use crate::project::{CfgSet, CrateInput, Missing, Project};

/// A project of these crates, each with the crates it names.
pub(super) fn project(crates: &[(&str, &[usize])]) -> Project {
    let input = |&(name, deps): &(&str, &[usize])| CrateInput {
        root: name.to_owned(),
        title: format!("{name} 1.0.0"),
        root_file: PathBuf::from(format!("{name}.rs")),
        package_dir: PathBuf::new(),
        edition: 2024,
        cfg: Arc::new(CfgSet::default()),
        deps: deps.iter().map(|&dep| (crates[dep].0.to_owned(), dep)).collect(),
        missing: Vec::new(),
        proc_macros: Vec::new(),
        member: true,
        library: true,
    };
    Project { crates: crates.iter().map(input).collect(), ..Project::default() }
}

/// Reads files of lines: `show X` is the interface, `look PATH` looks for a file, `panic` panics.
#[derive(Default)]
struct Lines {
    read: Mutex<Vec<String>>,
    setting: u8,
}

type Shown = Vec<Sym>;

impl Reader for Lines {
    type Interface = Shown;

    fn settings(&self) -> Digest {
        Digester::new().add([self.setting]).digest()
    }

    fn read(&self, input: &CrateInput, direct: &[(String, Sym)], below: &FxHashMap<Sym, Arc<Shown>>) -> Output<Shown> {
        self.read.lock().expect("no panic").push(input.root.clone());
        let text = fs::read_to_string(&input.root_file).unwrap_or_default();
        let content = Some(Digest::of_source(text.as_bytes()));
        let mut output = Output {
            facts: CrateFacts { name: input.root.clone(), ..CrateFacts::default() },
            interface: Shown::new(),
            seen: vec![SeenFile { path: input.root_file.clone(), content }],
        };
        let seen: BTreeMap<Sym, &Arc<Shown>> = below.iter().map(|(root, shown)| (*root, shown)).collect();
        for (root, shown) in seen {
            let named = direct.iter().any(|(_, direct)| *direct == root);
            let value = Val::Or(shown.iter().map(|text| Val::Str(*text)).chain([Val::Int(i64::from(named))]).collect());
            output.facts.consts.push(ConstDef { path: root, value });
        }
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("show", what)) => output.interface.push(Sym::new(what)),
                Some(("look", path)) => {
                    let path = input.package_dir.join(path);
                    let content = fs::read(&path).ok().map(|bytes| Digest::of_source(&bytes));
                    output.seen.push(SeenFile { path, content });
                }
                _ => assert_ne!(line, "panic", "asked to"),
            }
        }
        output
    }

    fn not_read(&self, input: &CrateInput, why: &str) -> Output<Shown> {
        let unseen = Unseen { kind: UnseenKind::Bound, what: why.to_owned(), span: None };
        let facts = CrateFacts { name: input.root.clone(), unseen: vec![unseen], ..CrateFacts::default() };
        Output { facts, interface: Shown::new(), seen: Vec::new() }
    }
}

/// Crates in files, each of which shows its name.
struct World {
    dir: TempDir,
    project: Project,
    reader: Lines,
    tool: Digest,
}

impl World {
    /// `base` ← `mid` ← `app`, and `lone`.
    fn new() -> World {
        World::of(&[("base", &[]), ("lone", &[]), ("mid", &[0]), ("app", &[2])])
    }

    fn of(crates: &[(&str, &[usize])]) -> World {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut project = project(crates);
        for input in &mut project.crates {
            input.root_file = dir.path().join(&input.root_file);
            input.package_dir = dir.path().to_owned();
            fs::write(&input.root_file, format!("show {}\n", input.root)).expect("file");
        }
        World { dir, project, reader: Lines::default(), tool: Digest::of(b"tool") }
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.dir.path().join(file), text).expect("file");
    }

    fn cache_folder(&self) -> PathBuf {
        self.dir.path().join("made/here")
    }

    fn entries(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.cache_folder()).expect("folder").flatten().map(|entry| entry.path());
        files.filter(|path| path.extension().is_some_and(|ext| ext == "crate")).collect()
    }

    /// Runs with the cache, compares with a run without, and gives the crates that were read, sorted.
    fn run(&self) -> Vec<String> {
        let cache = Cache::open_as(&self.cache_folder(), self.tool).expect("a cache");
        let (done, read) = self.run_with(Some(&cache));
        assert_eq!(done.cached, self.project.crates.len() - read.len());
        assert_eq!(done.trouble, None);
        read
    }

    fn run_with(&self, cache: Option<&Cache>) -> (Done, Vec<String>) {
        let done = read_program(&self.project, &self.reader, cache, 2, &());
        let mut read = std::mem::take(&mut *self.reader.read.lock().expect("no panic"));
        read.sort();
        let fresh = read_program(&self.project, &self.reader, None, 1, &());
        self.reader.read.lock().expect("no panic").clear();
        assert_eq!(facts(&done), facts(&fresh), "the cache changes nothing");
        (done, read)
    }
}

fn facts(done: &Done) -> Vec<String> {
    done.units.iter().map(|unit| format!("{:?}", unit.facts)).collect()
}

const ALL: [&str; 4] = ["app", "base", "lone", "mid"];
const NONE: [&str; 0] = [];

#[test]
fn dependencies_first_whatever_the_threads() {
    let world = World::new();
    for threads in [0, 1, 2, 7] {
        let done = read_program(&world.project, &world.reader, None, threads, &());
        let order = std::mem::take(&mut *world.reader.read.lock().expect("no panic"));
        let at = |name: &str| order.iter().position(|read| read == name).expect("read");
        assert!(at("base") < at("mid") && at("mid") < at("app"), "{order:?}");
        let names: Vec<_> = done.units.iter().map(|unit| unit.facts.name.as_str()).collect();
        assert_eq!(names, ["base", "lone", "mid", "app"]);
        let below: Vec<_> = done.units[3].facts.consts.iter().map(|known| known.path.as_str()).collect();
        assert_eq!(below, ["base", "mid"]);
        assert_eq!((done.cached, done.trouble), (0, None));
    }
}

#[test]
fn a_panic_stays_in_its_crate() {
    let world = World::new();
    world.write("mid.rs", "show mid\npanic\n");
    let cache = Cache::open_as(&world.cache_folder(), world.tool).expect("a cache");
    let (done, read) = world.run_with(Some(&cache));
    assert_eq!(read, ALL);
    let unseen = &done.units[2].facts.unseen;
    assert_eq!(unseen.len(), 1);
    assert!(unseen[0].what.contains("panicked") && unseen[0].what.contains("asked to"), "{}", unseen[0].what);
    assert_eq!(done.units[3].facts.consts.len(), 2);
    // What rests on it is not kept either.
    assert_eq!(world.run(), ["app", "mid"]);
}

#[test]
fn only_what_changed_is_read_again() {
    let mut world = World::new();
    assert_eq!(world.run(), ALL);
    assert_eq!(world.run(), NONE);

    world.write("mid.rs", "show mid\nno one sees this\n");
    assert_eq!(world.run(), ["mid"]);
    world.write("base.rs", "show base\nshow more\n");
    assert_eq!(world.run(), ["app", "base", "mid"]);
    world.write("base.rs", "show base\n");
    assert_eq!(world.run(), ["app", "base", "mid"]);
    assert_eq!(world.run(), NONE);

    world.project.crates[1].cfg = Arc::new(CfgSet { names: vec!["new".into()], pairs: Vec::new() });
    assert_eq!(world.run(), ["lone"]);
    world.project.crates[1].missing.push(Missing { name: "gone".into(), of: "gone".into(), why: "why".into() });
    assert_eq!(world.run(), ["lone"]);
    world.project.crates[3].deps[0].0 = "renamed".into();
    assert_eq!(world.run(), ["app"]);

    world.reader.setting = 1;
    assert_eq!(world.run(), ALL);
    world.tool = Digest::of(b"another tool");
    assert_eq!(world.run(), ALL);
    assert_eq!(world.run(), NONE);
}

#[test]
fn one_crate_above_many() {
    let names: Vec<String> = (0..70).map(|n| format!("base{n}")).collect();
    let all: Vec<usize> = (0..70).collect();
    let mut crates: Vec<(&str, &[usize])> = names.iter().map(|name| (name.as_str(), &[][..])).collect();
    crates.push(("app", &all));
    let world = World::of(&crates);
    assert_eq!(world.run().len(), 71);
    world.write("app.rs", "show changed\n");
    assert_eq!(world.run(), ["app"]);
}

#[test]
fn files_that_were_looked_for() {
    let world = World::new();
    world.write("lone.rs", "look sub/probed.rs\nlook there.rs\n");
    world.write("there.rs", "a");
    world.run();
    assert_eq!(world.run(), NONE);
    fs::create_dir(world.dir.path().join("sub")).expect("folder");
    assert_eq!(world.run(), NONE);
    world.write("sub/probed.rs", "");
    assert_eq!(world.run(), ["lone"]);
    assert_eq!(world.run(), NONE);
    world.write("there.rs", "b");
    assert_eq!(world.run(), ["lone"]);
    fs::remove_file(world.dir.path().join("there.rs")).expect("removed");
    assert_eq!(world.run(), ["lone"]);
    assert_eq!(world.run(), NONE);
    fs::create_dir(world.dir.path().join("there.rs")).expect("folder");
    assert_eq!(world.run(), NONE, "a folder is no file");
}

#[test]
fn same_length_and_time_is_not_same_content() {
    let world = World::new();
    world.run();
    let path = world.dir.path().join("lone.rs");
    let time = fs::metadata(&path).and_then(|data| data.modified()).expect("time");
    world.write("lone.rs", "show LONE\n");
    fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time)).expect("time set");
    assert_eq!(world.run(), ["lone"]);
}

#[test]
fn damaged_entries_are_read_anew() {
    let world = World::new();
    world.run();
    assert_eq!(world.entries().len(), 4);
    for entry in world.entries() {
        let bytes = fs::read(&entry).expect("bytes");
        fs::write(&entry, &bytes[..bytes.len() / 2]).expect("cut");
    }
    assert_eq!(world.run(), ALL);
    fs::write(&world.entries()[0], "").expect("emptied");
    assert_eq!(world.run().len(), 1);
    fs::remove_dir_all(world.cache_folder()).expect("removed");
    assert_eq!(world.run(), ALL);
    assert_eq!(world.run(), NONE);
}

#[test]
fn the_folder_is_marked() {
    let world = World::new();
    world.run();
    assert_eq!(fs::read_to_string(world.cache_folder().join(".gitignore")).expect("file"), "*\n");
    assert!(world.dir.path().join("made/CACHEDIR.TAG").is_file());
    // A folder that is there belongs to someone.
    let given = tempfile::tempdir().expect("temporary folder");
    Cache::open_as(given.path(), world.tool).expect("a cache");
    assert_eq!(fs::read_dir(given.path()).expect("folder").count(), 0);
    let error = Cache::open_as(&world.dir.path().join("base.rs/below"), world.tool).err().expect("no folder");
    assert!(error.to_string().contains("base.rs/below"), "{error}");
}

#[test]
fn without_a_place_to_write_the_program_is_read_all_the_same() {
    let world = World::new();
    let cache = Cache::open_as(&world.cache_folder(), world.tool).expect("a cache");
    fs::remove_dir_all(world.cache_folder()).expect("removed");
    let (done, read) = world.run_with(Some(&cache));
    assert_eq!(read, ALL);
    let trouble = done.trouble.expect("said");
    assert!(trouble.contains("cannot be written") && trouble.contains("made/here"), "{trouble}");
}

#[test]
fn interfaces_that_do_not_open_cost_a_second_reading() {
    /// Reads what another reader's interface was packed from.
    struct Other(Lines);
    impl Reader for Other {
        type Interface = (String, Shown);
        fn settings(&self) -> Digest {
            self.0.settings()
        }
        fn read(
            &self,
            input: &CrateInput,
            _: &[(String, Sym)],
            _: &FxHashMap<Sym, Arc<Self::Interface>>,
        ) -> Output<Self::Interface> {
            self.not_read(input, "read")
        }
        fn not_read(&self, input: &CrateInput, why: &str) -> Output<Self::Interface> {
            let output = self.0.not_read(input, why);
            Output { facts: output.facts, interface: (String::new(), output.interface), seen: output.seen }
        }
    }
    let world = World::new();
    world.run();
    world.write("app.rs", "changed");
    let cache = Cache::open_as(&world.cache_folder(), world.tool).expect("a cache");
    let done = read_program(&world.project, &Other(Lines::default()), Some(&cache), 2, &());
    assert_eq!(done.cached, 0);
    assert!(done.units.iter().all(|unit| unit.facts.unseen[0].what == "read"));
    assert!(done.trouble.is_some());
}

#[test]
fn runs_at_once_do_not_disturb_each_other() {
    let world = World::new();
    let run = |_: usize| {
        let cache = Cache::open_as(&world.cache_folder(), world.tool).expect("a cache");
        for _ in 0..20 {
            let done = read_program(&world.project, &world.reader, Some(&cache), 2, &());
            assert_eq!((done.units.len(), done.trouble), (4, None));
            for entry in world.entries() {
                // The other run may have replaced it in between.
                let _ = fs::remove_file(entry);
            }
        }
    };
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|n| scope.spawn(move || run(n))).collect();
        runs.into_iter().for_each(|run| run.join().expect("ends"));
    });
}

#[test]
fn progress_is_told() {
    #[derive(Default)]
    struct Told(Mutex<Vec<String>>);
    impl Progress for Told {
        fn started(&self, crates: usize) {
            self.0.lock().expect("no panic").push(crates.to_string());
        }
        fn finished(&self, title: &str) {
            self.0.lock().expect("no panic").push(title.to_owned());
        }
    }
    let world = World::new();
    let told = Told::default();
    read_program(&world.project, &world.reader, None, 2, &told);
    let mut told = told.0.into_inner().expect("no panic");
    assert_eq!(told[0], "4");
    told[1..].sort();
    assert_eq!(told[1..], ["app 1.0.0", "base 1.0.0", "lone 1.0.0", "mid 1.0.0"]);
}

#[test]
fn a_place_for_the_cache() {
    let project = Project { target_dir: "/p/target".into(), ..Project::default() };
    assert_eq!(Cache::folder(&project, Some(Path::new("given"))), Path::new("given"));
    if std::env::var_os("FORK_LINT_CACHE_DIR").is_none() {
        assert_eq!(Cache::folder(&project, None), Path::new("/p/target/fork-lint"));
    }
}
