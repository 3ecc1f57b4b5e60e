//! Addresses and names of signal handlers, when they are asked for.

use super::gaps::Gaps;
use crate::model::{Handler, Process, Role};
use crate::proc::{ProcDir, elf, handlers, maps};

pub(super) fn read(seen: &mut [(ProcDir, Process, Gaps)], live: bool) {
    // Pids of another proc filesystem mean other processes here.
    if !live {
        return;
    }
    let layout = handlers::layout();
    for (dir, process, gaps) in seen.iter_mut().filter(|(_, p, _)| p.role == Role::Target && !p.kernel_thread) {
        let read = match &layout {
            Ok(layout) => handlers::read(layout, process.pid),
            Err(error) => Err(std::io::Error::new(error.kind(), error.to_string())),
        };
        let Some(found) = gaps.keep("handlers", read) else { continue };
        let maps = gaps.keep("maps", dir.read("maps")).map(|text| maps::parse(&text)).unwrap_or_default();
        let caught: Vec<u64> = found.iter().map(|d| d.handler).filter(|h| *h != IGNORED).collect();
        let mut places = elf::places(dir, &maps, &caught).into_iter();
        let handler = |d: &handlers::Disposition| {
            let address = (d.handler != IGNORED).then_some(d.handler);
            Handler { signal: d.signal, address, place: address.and_then(|_| places.next()), flags: d.flags }
        };
        process.handlers = Some(found.iter().map(handler).collect());
    }
}

/// `SIG_IGN`
const IGNORED: u64 = 1;
