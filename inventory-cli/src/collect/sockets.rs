//! Fills in states and endpoints of sockets.

use std::collections::HashSet;

use super::gaps::Gaps;
use crate::model::{Kind, OpenFile, Process, Socket};
use crate::proc::ProcDir;
use crate::proc::sockets::{self, Table};
use crate::proc::text;
use crate::sys::netlink;

pub(super) fn fill(seen: &[(ProcDir, Process, Gaps)], files: &mut [OpenFile], live: bool) {
    if files.iter().all(|f| f.kind != Kind::Socket) {
        return;
    }
    let mut table = Table::new();
    let wanted: HashSet<u64> = files.iter().filter(|f| f.kind == Kind::Socket).filter_map(|f| f.inode).collect();
    let ours = std::fs::read_link("/proc/self/ns/net").ok().map(|l| l.to_string_lossy().into_owned());
    let mut done: Vec<String> = Vec::new();
    for (dir, process, _) in seen.iter().filter(|(_, p, _)| !p.kernel_thread) {
        if process.descriptors.is_none() {
            continue;
        }
        let namespace = dir.link(c"ns/net").unwrap_or_default();
        if done.contains(&namespace) {
            continue;
        }
        // sock_diag answers for our own namespace; the files of the process answer for its.
        if !(live && ours.as_ref() == Some(&namespace) && from_diag(&mut table, &wanted).is_ok()) {
            sockets::from_proc(dir, &mut table);
        }
        done.push(namespace);
    }
    for file in files.iter_mut().filter(|f| f.kind == Kind::Socket) {
        file.socket = file.inode.and_then(|inode| table.get(&inode)).cloned().map(Box::new);
    }
}

/// Asks for one family after the other until every wanted socket is known: walking the kernel's tables of TCP, which are
/// as large as the machine's memory allows, costs milliseconds even when they are empty.
fn from_diag(table: &mut Table, wanted: &HashSet<u64>) -> std::io::Result<()> {
    unix_from_diag(table)?;
    let families = [
        ("tcp", libc::AF_INET, libc::IPPROTO_TCP),
        ("tcp6", libc::AF_INET6, libc::IPPROTO_TCP),
        ("udp", libc::AF_INET, libc::IPPROTO_UDP),
        ("udp6", libc::AF_INET6, libc::IPPROTO_UDP),
    ];
    for (name, family, protocol) in families {
        if wanted.iter().all(|inode| table.contains_key(inode)) {
            break;
        }
        let dumped = netlink::inet(family, protocol, |s| {
            let state = match sockets::tcp_state(s.state) {
                "closed" if name.starts_with("udp") => "bound",
                state => state,
            };
            let socket = Socket {
                protocol: name.into(),
                state: state.into(),
                local: sockets::show(&s.local.0, s.local.1),
                remote: (s.remote.1 != 0).then(|| sockets::show(&s.remote.0, s.remote.1)),
                peer: None,
            };
            table.insert(s.inode, socket);
        });
        // A kernel without the module for UDP still answers for TCP.
        if protocol == libc::IPPROTO_TCP && family == libc::AF_INET {
            dumped?;
        }
    }
    Ok(())
}

fn unix_from_diag(table: &mut Table) -> std::io::Result<()> {
    netlink::unix(|s| {
        let name = match s.name.strip_prefix(b"\0") {
            Some(name) => format!("@{}", text::lossless(name)),
            None => text::lossless(s.name.strip_suffix(b"\0").unwrap_or(&s.name)),
        };
        let state = match s.state {
            10 => "listen",
            1 => "established",
            _ => "unconnected",
        };
        let socket = Socket { protocol: "unix".into(), state: state.into(), local: name, remote: None, peer: s.peer };
        table.insert(s.inode, socket);
    })
}
