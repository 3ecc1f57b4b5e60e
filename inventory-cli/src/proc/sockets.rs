//! Endpoints of sockets, by inode: one pass over the kernel's tables, whatever the number of descriptors.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::{ProcDir, text};
use crate::model::Socket;

/// Sockets by inode.
pub type Table = HashMap<u64, Socket>;

/// State of a TCP socket by its number (include/net/tcp_states.h).
pub fn tcp_state(number: u8) -> &'static str {
    match number {
        1 => "established",
        2 => "syn_sent",
        3 => "syn_received",
        4 => "fin_wait_1",
        5 => "fin_wait_2",
        6 => "time_wait",
        7 => "closed",
        8 => "close_wait",
        9 => "last_ack",
        10 => "listen",
        11 => "closing",
        _ => "unknown",
    }
}

/// Reads `/proc/PID/net/*`: the tables of the target's network namespace, which need no system call there.
pub fn from_proc(dir: &ProcDir, table: &mut Table) {
    for protocol in ["tcp", "tcp6", "udp", "udp6"] {
        let text = dir.read(&format!("net/{protocol}")).unwrap_or_default();
        for line in String::from_utf8_lossy(&text).lines().skip(1) {
            if let Some((inode, socket)) = inet(protocol, line) {
                table.insert(inode, socket);
            }
        }
    }
    for line in dir.read("net/unix").unwrap_or_default().split(|b| *b == b'\n').skip(1) {
        if let Some((inode, socket)) = unix(line) {
            table.insert(inode, socket);
        }
    }
}

/// `0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4711 …`
fn inet(protocol: &str, line: &str) -> Option<(u64, Socket)> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let [_, local, remote, state, ..] = words[..] else { return None };
    let inode = words.get(9)?.parse().ok().filter(|inode| *inode != 0)?;
    let state = tcp_state(u8::from_str_radix(state, 16).ok()?);
    let state = if protocol.starts_with("udp") && state == "closed" { "bound" } else { state };
    let (remote, open) = (address(remote)?, !remote.ends_with(":0000"));
    let remote = open.then_some(remote);
    Some((inode, Socket { protocol: protocol.into(), state: state.into(), local: address(local)?, remote, peer: None }))
}

/// `0100007F:1F90`, the address in words of the machine's byte order.
fn address(text: &str) -> Option<String> {
    let (ip, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let mut bytes = Vec::new();
    for at in (0..ip.len()).step_by(8) {
        bytes.extend(u32::from_str_radix(ip.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    }
    Some(show(&bytes, port))
}

/// Address and port as text, from bytes in network order.
pub fn show(ip: &[u8], port: u16) -> String {
    if let Ok(v4) = <[u8; 4]>::try_from(ip) {
        return format!("{}:{port}", Ipv4Addr::from(v4));
    }
    match <[u8; 16]>::try_from(ip) {
        Ok(v6) => format!("[{}]:{port}", Ipv6Addr::from(v6)),
        Err(_) => format!("?:{port}"),
    }
}

/// `0000000000000000: 00000002 00000000 00010000 0001 01 4711 /run/socket`
fn unix(line: &[u8]) -> Option<(u64, Socket)> {
    let line = text::lossless(line);
    let mut rest = line.as_str();
    // The inode is padded with blanks; the path is what follows one more, and may hold any.
    let mut word = || {
        let (word, after) = rest.trim_start_matches(' ').split_once(' ').unwrap_or((rest.trim_start_matches(' '), ""));
        rest = after;
        word
    };
    let [_, _, _, flags, _, state, inode] = std::array::from_fn(|_| word());
    let flags = u32::from_str_radix(flags, 16).ok()?;
    let state = u8::from_str_radix(state, 16).ok()?;
    let path = rest;
    // __SO_ACCEPTCON of include/linux/net.h; else SS_CONNECTED.
    let state = if flags & 0x10000 != 0 {
        "listen"
    } else if state == 3 {
        "established"
    } else {
        "unconnected"
    };
    let socket = Socket { protocol: "unix".into(), state: state.into(), local: path.to_owned(), ..Socket::default() };
    Some((inode.parse().ok()?, socket))
}

/// Both parsers on one line, for the test with random text.
#[cfg(test)]
pub(super) fn lines(bytes: &[u8]) {
    inet("tcp", &String::from_utf8_lossy(bytes));
    unix(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_tables() {
        let line = "   0: 0100007F:1F90 0200007F:0050 01 0:0 00:0 0 0 0 4711 1 0 20 0 0 10 -1";
        let (inode, socket) = inet("tcp", line).unwrap();
        assert_eq!(
            (inode, socket.local.as_str(), socket.remote.as_deref()),
            (4711, "127.0.0.1:8080", Some("127.0.0.2:80"))
        );
        let line = b"0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/a b";
        let (inode, socket) = unix(line).unwrap();
        assert_eq!((inode, socket.local.as_str(), socket.state.as_str()), (12345, "/run/a b", "listen"));
        for nonsense in ["", "x", "0: zz:1 2", "a b c d e f g h"] {
            assert!(inet("tcp", nonsense).is_none() && unix(nonsense.as_bytes()).is_none());
        }
    }
}
