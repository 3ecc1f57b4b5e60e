//! Memory looked at again and again: for `mem --interval` and the picture in `report --interval`.

use std::io::Write as _;
use std::time::Duration;

use super::args::{Format, Options, Repeat};
use super::failure::Failure;
use super::load;
use super::run::print;
use crate::collect::Copied;
use crate::model::{MemorySample, MemorySeries, Role, Snapshot};
use crate::proc::text::harmless;
use crate::render::bytes;
use crate::render::text::Page;

/// Follows every forked process that was asked for, telling each look when `told`, and keeps the looks in the snapshot.
pub(super) fn follow(
    options: &Options,
    asked: &Repeat,
    snapshot: &mut Snapshot,
    told: bool,
    page: Page,
) -> Result<(), Failure> {
    let Some(interval) = asked.interval else { return Ok(()) };
    if options.from.is_some() {
        return Err(Failure::usage("a saved snapshot does not go on: --interval needs the live process"));
    }
    let root = load::root(options);
    let mut followed = Vec::new();
    for process in snapshot.processes.iter().filter(|p| p.role == Role::Target) {
        let Some(parent) = process.forked_from else {
            snapshot.cut.push(format!("memory of {} over time: it is no fork of a process that is there", process.pid));
            continue;
        };
        match Copied::new(&root, process.pid, parent) {
            Ok(copied) => {
                let series = MemorySeries { pid: process.pid, parent, samples: Vec::new() };
                followed.push((copied, series, process.name.clone()));
            }
            Err(error) => snapshot.cut.push(format!("memory of {} over time: {error}", process.pid)),
        }
    }
    for round in 0..asked.count {
        if round > 0 {
            std::thread::sleep(interval.max(Duration::from_millis(10)));
        }
        // One that has ended tells no more; what was seen of it stays.
        for (copied, series, name) in &mut followed {
            let Ok(sample) = copied.look() else { continue };
            if told {
                print(|out| match options.format {
                    Format::Text => out.write_all(line(series, name, &sample, page).as_bytes()),
                    _ => {
                        let line = serde_json::json!({ "type": "memory_sample", "pid": series.pid, "sample": sample });
                        writeln!(out, "{line}")
                    }
                })?;
            }
            series.samples.push(sample);
        }
    }
    for (copied, series, _) in followed {
        if copied.cut {
            snapshot.cut.push(format!("memory of {} over time: more than 4 GiB", series.pid));
        }
        snapshot.memory_over_time.push(series);
    }
    Ok(())
}

fn line(series: &MemorySeries, name: &str, sample: &MemorySample, page: Page) -> String {
    let lead = format!("{:7.1} s  {} {}  ", sample.seconds, series.pid, harmless(name));
    let text = match (sample.same_as_parent, sample.by_child, sample.by_parent) {
        (Some(same), Some(child), Some(parent)) => format!(
            "{} shared, {} apart; since the first look {} copied by the child, {} by the parent",
            bytes(same),
            bytes(sample.diverged.unwrap_or(0)),
            bytes(child),
            bytes(parent)
        ),
        _ => format!("{} of its own (by whom: needs CAP_SYS_ADMIN)", bytes(sample.exclusive)),
    };
    crate::render::paragraph(&text, page.width, &lead)
}
