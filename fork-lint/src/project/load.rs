//! From a manifest to the crates of a program.

use std::env;
use std::path::{Path, PathBuf};
use std::thread;

use super::cargo::Alone;
use super::crates::Crates;
use super::graph::{Graph, PackageIx};
use super::select::{Selected, select};
use super::toolchain::Toolchain;
use super::tools::Tools;
use super::{LoadError, Project, cargo, manifest};

/// What to load, in cargo's words.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// Path of the manifest; without one, the nearest above the current folder.
    pub manifest_path: Option<PathBuf>,
    /// Packages to look at (`name`, `name@version`, `na*`).
    pub packages: Vec<String>,
    /// Look at all members of the workspace.
    pub workspace: bool,
    /// Members to leave out.
    pub exclude: Vec<String>,
    /// Features to switch on, each entry one or several.
    pub features: Vec<String>,
    /// Switch on all features.
    pub all_features: bool,
    /// Leave the default features off.
    pub no_default_features: bool,
    /// Triple of the target; without one, the configured one or the host.
    pub target: Option<String>,
    /// Look at tests, examples and benches too.
    pub all_targets: bool,
    /// Leave out all dependencies.
    pub no_deps: bool,
    /// Refuse a lock file that is missing or does not fit.
    pub locked: bool,
    /// Do not use the network.
    pub offline: bool,
    /// Both.
    pub frozen: bool,
}

/// Reads the layout of the project. Nothing of it is run, and nothing is written into it.
///
/// When no features are chosen, members are there once more with all of their features and with none, in so far as
/// that differs.
///
/// When its dependencies cannot be resolved (no network, a package that is gone) the selected packages are read alone:
/// their dependencies are in [`super::CrateInput::missing`], and [`Project::troubles`] says why.
pub fn load(options: &LoadOptions) -> Result<Project, LoadError> {
    let manifest = manifest::find(options.manifest_path.as_deref())?;
    let here = env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    let mut tools = Tools::usual();
    let target = options.target.as_deref();
    let (mut alone, mut toolchain) = ask(&tools, &manifest, &here, target);
    let failed = alone.is_err() || toolchain.trouble.is_some();
    let instead = if failed { tools.instead(&here) } else { None };
    let mut troubles: Vec<String> = Vec::new();
    if let Some((others, why)) = instead {
        (alone, toolchain) = ask(&others, &manifest, &here, target);
        tools = others;
        troubles.push(why);
    }
    let mut alone = alone?;
    let selected = select(&alone.metadata, &manifest, options)?;

    troubles.extend(toolchain.trouble.clone());
    if let Some((_, why)) = &alone.isolated {
        troubles.push(format!("`{}` is read as a workspace of its own: {why}", manifest.display()));
    }
    let mut absent = "dependencies are left out (--no-deps)".to_owned();
    let answer = (!options.no_deps).then(|| cargo::whole(&tools, &manifest, &alone, &toolchain, options));
    let whole = match answer.transpose() {
        Ok(metadata) => metadata,
        Err(message) if options.locked || options.frozen => return Err(LoadError::Refused { manifest, message }),
        Err(why) => {
            troubles.push(format!(
                "the dependencies of `{}` could not be resolved, so it is read without them: {why}",
                manifest.display()
            ));
            absent = "its dependencies could not be resolved".to_owned();
            None
        }
    };
    if options.no_deps {
        alone
            .metadata
            .packages
            .retain(|package| selected.iter().any(|member| package.manifest_path == member.manifest));
    }
    let metadata = whole.as_ref().unwrap_or(&alone.metadata);
    let graph = Graph::new(metadata, &toolchain);
    let members: Vec<(PackageIx, &Selected)> =
        selected.iter().filter_map(|member| Some((graph.of_manifest(&member.manifest)?, member))).collect();
    let united = resolver(metadata) == 1;
    let active = graph.activate(&members, options.all_targets, united);
    let mut crates = Crates::new(&graph, &active, &toolchain.cfg, &absent);
    for &(member, _) in &members {
        crates.add_member(member, options.all_targets);
    }
    let (crates, left_out) =
        crates.finish(options.features.is_empty() && !options.all_features && !options.no_default_features);
    if !crates.iter().any(|input| input.member) {
        return Err(LoadError::NoTarget { manifest, left_out });
    }
    troubles.extend(left_out);
    Ok(Project {
        crates,
        workspace_root: metadata.workspace_root.clone().into(),
        target_dir: metadata.target_directory.clone().into(),
        troubles,
    })
}

/// The workspace's packages, and the toolchain, at the same time.
fn ask(tools: &Tools, manifest: &Path, here: &Path, target: Option<&str>) -> (Result<Alone, LoadError>, Toolchain) {
    thread::scope(|scope| {
        let toolchain = scope.spawn(|| Toolchain::find(&tools.rustc, here, target));
        let alone = cargo::alone(tools, manifest);
        (alone, toolchain.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn resolver(metadata: &cargo_metadata::Metadata) -> u8 {
    let root: &Path = metadata.workspace_root.as_std_path();
    let root_manifest = root.join("Cargo.toml");
    let root_package = metadata.packages.iter().find(|package| package.manifest_path == root_manifest);
    manifest::resolver(&root_manifest, root_package.map(|package| package.edition.as_str()))
}
