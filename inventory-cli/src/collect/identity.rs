//! Who a process is: names, users, signals, and which program run it belongs to.

use std::hash::Hasher as _;
use std::io;

use super::gaps::Gaps;
use super::{Parts, Row};
use crate::model::{Credentials, Memory, Process, Role, Signals};
use crate::proc::{ProcDir, Root, memory, parse_status, text};

/// Longest command line kept, in bytes and words.
const COMMAND: (u64, usize) = (16 * 1024, 256);

pub(super) fn read(
    root: &Root,
    row: &Row,
    role: Role,
    parts: Parts,
    gaps: &mut Gaps,
) -> io::Result<(ProcDir, Process)> {
    let dir = ProcDir::open(root, row.pid)?;
    // The pid may have been given to another process since the table was read.
    if dir.stat()?.starttime != row.start_ticks {
        return Err(io::Error::from_raw_os_error(libc::ESRCH));
    }
    let status = parse_status(&dir.read("status")?)?;
    let dead = matches!(row.state, 'Z' | 'X');
    let user_memory = !row.kernel_thread && !dead;
    let link = |name, gaps: &mut Gaps| user_memory.then(|| gaps.keep(&name_of(name), dir.link(name))).flatten();
    let image = user_memory.then(|| image(&dir, parts, gaps)).flatten();
    let process = Process {
        pid: row.pid,
        role,
        start_ticks: row.start_ticks,
        age_seconds: age(root, row.start_ticks),
        name: row.name.clone(),
        command: gaps.keep("cmdline", dir.read_up_to("cmdline", COMMAND.0)).map(|bytes| words(&bytes)),
        exe: link(c"exe", gaps),
        cwd: link(c"cwd", gaps),
        state: row.state,
        parent: row.parent,
        group: row.group,
        session: row.session,
        forked_without_exec: row.forked_without_exec && !row.kernel_thread,
        kernel_thread: row.kernel_thread,
        layout: row.layout,
        image,
        forked_from: None,
        credentials: Some(Credentials {
            uid: [status.ruid, status.euid, status.suid, status.fuid],
            gid: [status.rgid, status.egid, status.sgid, status.fgid],
            capabilities: status.capeff,
            seccomp: status.seccomp,
            no_new_privs: status.nonewprivs.map(|v| v != 0),
        }),
        threads_total: row.threads,
        threads: Vec::new(),
        descriptors: None,
        memory: Some(Memory {
            resident: row.resident,
            anonymous: status.rssanon.map(|kib| kib * 1024),
            page_tables: status.vmpte.map(|kib| kib * 1024),
            swapped: status.vmswap.map(|kib| kib * 1024),
            ..Memory::default()
        }),
        mappings: None,
        signals: Some(Signals {
            pending: status.sigpnd,
            pending_process: status.shdpnd,
            blocked: status.sigblk,
            ignored: status.sigign,
            caught: status.sigcgt,
        }),
        handlers: None,
        latent_locks: None,
        unwritten: None,
        timers: None,
        namespaces: Default::default(),
        cgroups: None,
        limits: Default::default(),
        environment: None,
        login_uid: None,
        unreadable: Vec::new(),
    };
    Ok((dir, process))
}

fn name_of(name: &std::ffi::CStr) -> String {
    name.to_string_lossy().into_owned()
}

fn words(bytes: &[u8]) -> Vec<String> {
    let text = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    if text.is_empty() {
        return Vec::new();
    }
    text.split(|b| *b == 0).take(COMMAND.1).map(text::lossless).collect()
}

fn age(root: &Root, start_ticks: u64) -> Option<f64> {
    let uptime = std::fs::read_to_string(root.join("uptime")).ok()?;
    let uptime: f64 = uptime.split(' ').next()?.parse().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "ticks since boot stay far below 2^52")]
    Some((uptime - start_ticks as f64 / procfs::ticks_per_second() as f64).max(0.0))
}

/// The 16 random bytes that exec put on the stack (`AT_RANDOM`, getauxval(3)), hashed: they seed the stack protector, so
/// that the bytes themselves are never shown.
fn image(dir: &ProcDir, parts: Parts, gaps: &mut Gaps) -> Option<String> {
    if parts.no_memory {
        return None;
    }
    let auxv = gaps.keep("auxv", dir.read_up_to("auxv", 4096))?;
    const WORD: usize = size_of::<usize>();
    let word = |bytes: &[u8]| Some(usize::from_ne_bytes(bytes.try_into().ok()?) as u64);
    let address = auxv.chunks_exact(2 * WORD).find_map(|pair| {
        let (key, value) = pair.split_at(WORD);
        if word(key)? == libc::AT_RANDOM { word(value) } else { None }
    })?;
    let mut bytes = [0; 16];
    gaps.keep("mem", memory::read(dir, address, &mut bytes))?;
    Some(format!("{:016x}", hash(&bytes)))
}

/// A hash that is the same in every run of this program.
#[expect(
    deprecated,
    reason = "SipHasher is the hash of std with fixed keys; the default hasher need not stay as it is"
)]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = std::hash::SipHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Sets `forked_from`: the parent, when both are forks of one program run; else (the parent has ended) the oldest process
/// of that run.
pub(super) fn origins(seen: &mut [(ProcDir, Process, Gaps)]) {
    let runs: Vec<(i32, Option<String>, Option<u64>)> =
        seen.iter().map(|(_, p, _)| (p.pid, p.image.clone(), p.layout)).collect();
    for (_, process, _) in seen.iter_mut().filter(|(_, p, _)| p.forked_without_exec) {
        let same_run = |(pid, image, layout): &&(i32, Option<String>, Option<u64>)| {
            *pid != process.pid
                && match (image, &process.image) {
                    (Some(a), Some(b)) => a == b,
                    _ => layout.is_some() && *layout == process.layout,
                }
        };
        let parent = runs.iter().find(|run| run.0 == process.parent);
        process.forked_from = match parent {
            Some(run) if same_run(&run) => Some(run.0),
            // Nothing can be compared: a forked child's parent is the one that forked it, unless it was adopted.
            Some((pid, None, None)) if *pid > 1 => Some(*pid),
            _ => None,
        };
    }
}
