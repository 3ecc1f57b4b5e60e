//! From arguments to an answer.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;

use super::args::{App, Color, Command, Format, Level, Options};
use super::failure::Failure;
use super::load::{self, Wanted};
use super::{compare, demo, doctor, explain, over_time, serve, watch, who};
use crate::collect::Parts;
use crate::model::{Kind, Relation, Role, Severity, Snapshot};
use crate::render::text::{self, Column, Page};
use crate::render::{Paint, json, page as html, prometheus};

pub(super) fn run(app: &App) -> Result<ExitCode, Failure> {
    let options = &app.options;
    let page = layout(options);
    let judged = Parts { no_memory: options.no_mem, deep: options.deep, ..Parts::default() };
    let full = Parts { descriptors: true, threads: true, mappings: true, surroundings: true, ..judged };
    // The text of a command that shows one part has no findings.
    let base = Parts { unjudged: options.format == Format::Text, ..judged };
    let fds = Parts { descriptors: true, ..base };
    match &app.command {
        Command::Scan(targets) => {
            let snapshot = load::snapshot(options, Wanted::family(targets, full))?;
            let least = options.severity.least().unwrap_or(Severity::Error);
            answer(options, &snapshot, || text::scan(&snapshot, least, page))?;
            Ok(status(options, &snapshot))
        }
        Command::Fds(asked) => {
            let kind = asked.kind.as_deref().map(kind).transpose()?;
            let mut snapshot = load::snapshot(options, Wanted::family(&asked.targets, fds))?;
            let sharers = snapshot.sharer_counts();
            text::pick(&mut snapshot, &asked.conditions);
            let Snapshot { processes, files, .. } = &mut snapshot;
            for descriptors in processes.iter_mut().filter(|p| p.role == Role::Target).map(|p| &mut p.descriptors) {
                descriptors.iter_mut().for_each(|all| {
                    all.retain(|d| {
                        kind.is_none_or(|k| files.get(d.file as usize).is_some_and(|f| f.kind == k))
                            && (!asked.inherited || matches!(d.relation, Relation::Inherited | Relation::Duplicated))
                    });
                });
            }
            let columns = if asked.columns.is_empty() { Column::usual() } else { asked.columns.clone() };
            if options.format == Format::Text {
                print(|out| text::fds(out, &snapshot, &sharers, &columns, page))?;
                return Ok(ExitCode::SUCCESS);
            }
            answer(options, &snapshot, String::new)
        }
        Command::Diff { child, parent } => {
            let pids: Vec<i32> = std::iter::once(*child).chain(*parent).collect();
            let snapshot = load::snapshot(options, Wanted::pids(&pids, true, full))?;
            let missing = |pid: i32| Failure::target(format!("process {pid} is not there"));
            let child = snapshot.process(*child).ok_or_else(|| missing(*child))?;
            let parent = parent.unwrap_or(child.forked_from.unwrap_or(child.parent));
            let parent = snapshot.process(parent).ok_or_else(|| {
                Failure::target(format!("the parent of {}, {parent}, cannot be read: name another process", child.pid))
            })?;
            answer(options, &snapshot, || text::diff(&snapshot, child, parent, page))
        }
        Command::Maps(asked) | Command::Mem(asked) => {
            let parts = Parts { mappings: true, pages: true, rollup: asked.rollup, ..base };
            let mut snapshot = load::snapshot(options, Wanted::family(&asked.targets, parts))?;
            let streams = matches!(options.format, Format::Text | Format::Ndjson);
            over_time::follow(options, &asked.repeat, &mut snapshot, streams, page)?;
            let whole = matches!(app.command, Command::Maps(_));
            answer(options, &snapshot, || if whole { text::maps(&snapshot, page) } else { text::mem(&snapshot, page) })
        }
        Command::Signals(asked) => {
            let parts = Parts { handlers: asked.handlers, ..base };
            let snapshot = load::snapshot(options, Wanted::family(&asked.targets, parts))?;
            answer(options, &snapshot, || text::signals(&snapshot, page))
        }
        Command::Locks(targets) => {
            let parts = Parts { threads: true, ..fds };
            let snapshot = load::snapshot(options, Wanted::family(targets, parts))?;
            answer(options, &snapshot, || text::locks(&snapshot, page))
        }
        Command::Tree(targets) => {
            let snapshot = load::snapshot(options, Wanted::family(targets, base))?;
            answer(options, &snapshot, || text::tree(&snapshot, page))
        }
        Command::WhoHolds { what } => {
            let what: who::What = what.parse()?;
            let snapshot = load::snapshot(options, Wanted::everything(Parts { brief: true, ..fds }))?;
            who::answer(options, &snapshot, &what, page)
        }
        Command::Snapshot { targets, output } => {
            let parts = Parts { pages: true, ..full };
            let snapshot = load::snapshot(options, Wanted::family(targets, parts))?;
            deliver(output.as_deref(), |out| json::whole(&snapshot, out))
        }
        Command::Report { targets, repeat, output } => {
            let parts = Parts { pages: true, ..full };
            let mut snapshot = load::snapshot(options, Wanted::family(targets, parts))?;
            over_time::follow(options, repeat, &mut snapshot, false, page)?;
            deliver(output.as_deref(), |out| out.write_all(html::page(&snapshot).as_bytes()))
        }
        Command::Compare { before, after } => compare::compare(options, before, after, page),
        Command::Watch(asked) => watch::watch(options, asked, full, page),
        Command::Serve { targets, listen } => serve::serve(options, targets, full, *listen).map(|()| ExitCode::SUCCESS),
        Command::Demo { stage: true } => demo::stage().map(|()| ExitCode::SUCCESS),
        Command::Demo { stage: false } => demo::with_child(|pid| {
            let snapshot = load::snapshot(options, Wanted::pids(&[pid], true, full))?;
            let least = options.severity.least().unwrap_or(Severity::Error);
            answer(options, &snapshot, || text::scan(&snapshot, least, page))
        }),
        Command::Explain { hazard } => {
            let text = explain::explain(hazard.as_deref(), page)?;
            print(|out| out.write_all(text.as_bytes())).map(|()| ExitCode::SUCCESS)
        }
        Command::Doctor { pid } => {
            let checks = doctor::checks(&load::root(options), *pid)?;
            match options.format {
                Format::Prometheus => return Err(Failure::usage("doctor has no metrics: use --format text or json")),
                Format::Text => print(|out| out.write_all(doctor::text(&checks, page).as_bytes()))?,
                Format::Json | Format::Ndjson => print(|out| {
                    serde_json::to_writer(&mut *out, &checks)?;
                    out.write_all(b"\n")
                })?,
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Completions { shell } => print(|out| {
            clap_complete::generate(*shell, &mut super::command(), "fork-inventory", out);
            Ok(())
        })
        .map(|()| ExitCode::SUCCESS),
        Command::Man => print(|out| clap_mangen::Man::new(super::command()).render(out)).map(|()| ExitCode::SUCCESS),
        Command::Schema => print(|out| out.write_all(json::SCHEMA.as_bytes())).map(|()| ExitCode::SUCCESS),
    }
}

fn layout(options: &Options) -> Page {
    let out = io::stdout();
    let colour = match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    };
    let width = terminal_size::terminal_size_of(out).map_or(80, |(width, _)| usize::from(width.0).max(40));
    Page { width, paint: Paint { colour } }
}

/// Writes a snapshot in the format asked for.
pub(super) fn answer(
    options: &Options,
    snapshot: &Snapshot,
    text: impl FnOnce() -> String,
) -> Result<ExitCode, Failure> {
    match options.format {
        Format::Text => print(|out| out.write_all(text().as_bytes()))?,
        Format::Json => print(|out| json::whole(snapshot, out))?,
        Format::Ndjson => print(|out| json::lines(snapshot, out))?,
        Format::Prometheus => print(|out| out.write_all(prometheus::metrics(snapshot).as_bytes()))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes to a file, or to standard output.
fn deliver(path: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, Failure> {
    match path {
        Some(path) => {
            let unwritable = |e: io::Error| Failure::usage(format!("cannot write {}: {e}", path.display()));
            let mut file = io::BufWriter::new(std::fs::File::create(path).map_err(unwritable)?);
            write(&mut file).and_then(|()| file.flush()).map_err(unwritable)?;
        }
        None => print(|out| write(out))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes to standard output. A reader that has gone away wants no more.
pub(super) fn print(
    write: impl FnOnce(&mut io::BufWriter<io::StdoutLock<'static>>) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::usage(format!("cannot write the answer: {error}")))
        }
        _ => Ok(()),
    }
}

fn status(options: &Options, snapshot: &Snapshot) -> ExitCode {
    let fails = |level: Level| level.least().is_some_and(|least| snapshot.findings.iter().any(|f| f.severity >= least));
    if fails(options.fail_on) { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn kind(word: &str) -> Result<Kind, Failure> {
    serde_json::from_value(word.into()).map_err(|_| {
        Failure::usage(format!(
            "`{word}` is no kind: file, directory, device, pipe, socket, eventfd, epoll, timerfd, signalfd, inotify, \
             fanotify, io_uring, pidfd, memfd, namespace, other, unknown"
        ))
    })
}
