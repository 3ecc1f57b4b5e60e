//! The main job: read a program, judge it, report.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use super::args::{Args, Format};
use super::baseline::Baseline;
use super::config::Config;
use super::exit::Exit;
use super::failure::Failure;
use super::judge::Judge;
use super::levels::Layer;
use super::progress::Progress;
use super::stats::{self, Times};
use super::write::{replace, send};
use super::{fix, terminal};
use crate::analysis::Program;
use crate::catalogue::Catalogue;
use crate::driver::{Cache, Done, read_program};
use crate::facts::{Callee, CrateFacts, Sym, UnseenKind, plain_path};
use crate::frontend::FrontEnd;
use crate::project::{LoadError, LoadOptions, Project, load};
use crate::report::{CrateLine, PackageDir, Places, Remark, Report, github, json, plural, sarif};
use crate::rules::Level;

/// Reads, judges and reports.
pub(super) fn lint(args: &Args, levels: &Layer) -> Result<Exit, Failure> {
    let progress = Progress::start(!args.quiet);
    let mut times = Times::default();
    progress.say("reading the project");
    let project = times.stage("project", || load(&options(args))).map_err(unloadable)?;
    if args.fix && !args.allow_dirty {
        fix::ready(&project.workspace_root)?;
    }
    let config = Config::read(&project.workspace_root, &members(&project), args.config.as_deref())?;
    let cache = (!args.no_cache).then(|| Cache::open(&Cache::folder(&project, args.cache_dir.as_deref())));
    let (cache, closed) = match cache {
        Some(Ok(cache)) => (Some(cache), None),
        Some(Err(error)) => (None, Some(error.to_string())),
        None => (None, None),
    };
    let threads = args.threads.map_or(0, usize::from);
    let (done, catalogue) = times.stage("sources", || read(&project, &config, cache.as_ref(), threads, &progress));
    times.cached = cache.is_some().then_some(done.cached);
    times.cache_trouble = closed.or(done.trouble);
    progress.say("following calls");
    let program = times.stage("link", || Program::link(done.units, catalogue));
    let mut report = Report { places: places(&project), crates: crates(&project), ..Report::default() };
    gather(&mut report, &config, &project, &program);
    let judge = Judge { command_line: levels, config: &config };
    times.rules = times.stage("rules", || judge.run(&program, &mut report));
    drop(progress);
    let exit = finish(args, &config, &program, report, &times);
    // The process ends here: taking everything apart first would only take its time.
    std::mem::forget(program);
    exit
}

/// What was read of all crates, and the catalogue with the user's entries.
fn read(
    project: &Project,
    config: &Config,
    cache: Option<&Cache>,
    threads: usize,
    progress: &Progress,
) -> (Done, Catalogue) {
    let mut front = FrontEnd::new(&project.names());
    for (_, (path, entry)) in config.catalogue() {
        front.catalogue.add(*path, entry.clone());
    }
    let done = read_program(project, &front, cache, threads, progress);
    (done, front.catalogue)
}

fn options(args: &Args) -> LoadOptions {
    LoadOptions {
        manifest_path: args.manifest_path.clone(),
        packages: args.package.clone(),
        workspace: args.workspace,
        exclude: args.exclude.clone(),
        features: args.features.clone(),
        all_features: args.all_features,
        no_default_features: args.no_default_features,
        target: args.target.clone(),
        all_targets: args.all_targets,
        no_deps: args.no_deps,
        locked: args.locked,
        offline: args.offline,
        frozen: args.frozen,
    }
}

/// What the user named and is not there is a matter of the command line; the rest is a program that cannot be read.
fn unloadable(e: LoadError) -> Failure {
    match e {
        LoadError::NoManifest { .. }
        | LoadError::NotAManifest { .. }
        | LoadError::NoPackage { .. }
        | LoadError::NoFeature { .. } => Failure::usage(e.to_string()),
        LoadError::NoCargo { .. } | LoadError::Refused { .. } | LoadError::NoTarget { .. } => {
            Failure::unfinished(e.to_string())
        }
    }
}

/// Folders of the packages asked about.
fn members(project: &Project) -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = project.crates.iter().filter(|c| c.member).map(|c| c.package_dir.clone()).collect();
    dirs.sort();
    dirs.dedup();
    dirs
}

/// What there is to say before the rules have run.
fn gather(report: &mut Report, config: &Config, project: &Project, program: &Program) {
    let trouble = |text: &String| Remark { level: Level::Warning, message: text.clone(), help: None };
    report.remarks.extend(project.troubles.iter().map(trouble));
    for (input, unit) in project.crates.iter().zip(&program.crates) {
        report.add_gaps(&unit.facts, &input.title, unit.member);
    }
    report.remarks.extend(idle_entries(config, program));
}

/// Reports what was judged, and says how it went.
fn finish(args: &Args, config: &Config, program: &Program, mut report: Report, times: &Times) -> Result<Exit, Failure> {
    known(args, config, &mut report)?;
    if args.fix {
        fix::apply(&mut report)?;
    }
    write(args, &report)?;
    if args.stats {
        let page = stats::page(program, &report, times);
        send(&mut std::io::stderr().lock(), page.as_bytes()).map_err(unwritable)?;
    }
    if program.crates.iter().filter(|u| u.member).all(|u| blank(&u.facts)) {
        return Err(Failure::unfinished("no source file of the packages asked about could be read")
            .help("the files are named above; --package or --manifest-path choose other packages"));
    }
    Ok(if report.fails() { Exit::Findings } else { Exit::Clean })
}

/// Nothing is known of the crate, and that is the front end's trouble rather than an empty file.
fn blank(facts: &CrateFacts) -> bool {
    let empty = facts.fns.is_empty() && facts.types.is_empty() && facts.statics.is_empty() && facts.impls.is_empty();
    let failed = |kind| matches!(kind, UnseenKind::Syntax | UnseenKind::MissingFile | UnseenKind::Bound);
    empty && facts.unseen.iter().any(|u| failed(u.kind))
}

/// Compares with the baseline, or writes it.
fn known(args: &Args, config: &Config, report: &mut Report) -> Result<(), Failure> {
    let path = args.baseline.clone().or_else(|| config.baseline());
    let Some(path) = path else {
        return match args.write_baseline {
            true => Err(Failure::usage("--write-baseline does not know where to write")
                .help("name the file: --baseline FILE, or `baseline` in the configuration")),
            false => Ok(()),
        };
    };
    if args.write_baseline {
        let baseline = Baseline::of(&report.findings, &report.places);
        baseline.write(&path)?;
        let message = format!("{} written to the baseline {}", plural(baseline.total(), "finding"), path.display());
        report.remarks.push(Remark { level: Level::Note, message, help: None });
        baseline.apply(&mut report.findings, &report.places, &path);
        return Ok(());
    }
    let remark = Baseline::read(&path)?.apply(&mut report.findings, &report.places, &path);
    report.remarks.extend(remark);
    Ok(())
}

/// Writes the report in the format asked for.
fn write(args: &Args, report: &Report) -> Result<(), Failure> {
    let human = terminal::human(args);
    let mut text = Vec::new();
    let written = match args.format {
        Format::Human => human.render(report, &mut text),
        Format::Json => json(report, &mut text),
        Format::Sarif => sarif(report, &mut text),
        Format::Github => github(report, &checkout(report), human.notes, &mut text),
    };
    written.map_err(|e| Failure::unfinished(format!("the report cannot be written: {e}")))?;
    let sent = match (&args.output, args.format) {
        (Some(path), _) => {
            return replace(path, &text).map_err(|e| {
                Failure::usage(format!("the report cannot be written to {}: {e}", path.display()))
                    .help("name a file in a folder that exists and can be written to")
            });
        }
        (None, Format::Human) => send(&mut std::io::stderr().lock(), &text),
        (None, _) => send(&mut std::io::stdout().lock() as &mut dyn Write, &text),
    };
    sent.map_err(unwritable)
}

fn unwritable(e: std::io::Error) -> Failure {
    Failure::unfinished(format!("the output cannot be written: {e}"))
}

/// Folder that GitHub names files from.
fn checkout(report: &Report) -> PathBuf {
    let set = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from).filter(|p| p.is_absolute());
    set.unwrap_or_else(|| report.places.root.clone())
}

fn places(project: &Project) -> Places {
    let mut seen = HashSet::new();
    let mut packages: Vec<PackageDir> = Vec::new();
    for input in &project.crates {
        if seen.insert(&input.package_dir) {
            packages.push(PackageDir {
                title: input.title.clone(),
                dir: input.package_dir.clone(),
                member: input.member,
            });
        }
    }
    let cwd = std::env::current_dir().unwrap_or_default();
    Places { root: project.workspace_root.clone(), cwd, packages }
}

fn crates(project: &Project) -> Vec<CrateLine> {
    let line = |input: &crate::project::CrateInput| CrateLine {
        title: input.title.clone(),
        member: input.member,
        library: input.library,
        dir: input.package_dir.clone(),
        root_file: input.root_file.clone(),
        edition: input.edition,
    };
    project.crates.iter().map(line).collect()
}

/// Catalogue entries of the configuration whose path occurs nowhere in the program: most often a spelling mistake.
fn idle_entries(config: &Config, program: &Program) -> Vec<Remark> {
    let mut wanted: HashSet<Sym> = config.catalogue().map(|(_, (path, _))| plain_path(*path)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    for unit in &program.crates {
        for f in &unit.facts.fns {
            wanted.remove(&plain_path(f.path));
            for call in crate::analysis::calls(&f.body) {
                match &call.callee {
                    Callee::Path(path) => wanted.remove(&plain_path(*path)),
                    Callee::Dispatch { trait_, method } => {
                        wanted.remove(&Sym::new(&format!("{}::{method}", plain_path(*trait_))))
                    }
                    _ => false,
                };
            }
        }
        for path in unit.facts.types.iter().map(|t| t.path).chain(unit.facts.statics.iter().map(|s| s.path)) {
            wanted.remove(&plain_path(path));
        }
    }
    let idle = config.catalogue().filter(|(_, (path, _))| wanted.contains(&plain_path(*path)));
    idle.map(|(origin, (path, _))| Remark {
        level: Level::Warning,
        message: format!("the catalogue entry `{path}` of {} fits nothing in this program", origin.display()),
        help: Some("write the path where the function is defined, not where it is re-exported".to_owned()),
    })
    .collect()
}
