//! `serve`: metrics over HTTP, one request at a time, each with a fresh look.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use super::args::{Options, Targets};
use super::failure::Failure;
use super::load::{self, Wanted};
use crate::collect::Parts;
use crate::render::prometheus;

/// How long a client may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers until the process is ended.
pub(super) fn serve(options: &Options, targets: &Targets, parts: Parts, address: SocketAddr) -> Result<(), Failure> {
    let listener =
        TcpListener::bind(address).map_err(|e| Failure::usage(format!("cannot listen on {address}: {e}")))?;
    let bound = listener.local_addr()?;
    let _ = writeln!(io::stderr(), "listening on http://{bound}/metrics");
    for stream in listener.incoming() {
        // A client that breaks off concerns nobody else.
        let _ = stream.and_then(|stream| answer(stream, options, targets, parts));
    }
    Ok(())
}

fn answer(mut stream: TcpStream, options: &Options, targets: &Targets, parts: Parts) -> io::Result<()> {
    let path = request(&mut stream)?;
    let (status, body) = match path.as_deref() {
        Some("/metrics") => match load::snapshot(options, Wanted::family(targets, parts)) {
            Ok(snapshot) => ("200 OK", prometheus::metrics(&snapshot)),
            Err(failure) => ("503 Service Unavailable", format!("{failure}\n")),
        },
        Some(_) => ("404 Not Found", "the metrics are at /metrics\n".to_owned()),
        None => ("400 Bad Request", "GET /metrics is all that is answered\n".to_owned()),
    };
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    let length = body.len();
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// The path of a GET request, read within bounds of time and size.
fn request(stream: &mut TcpStream) -> io::Result<Option<String>> {
    const LONGEST: usize = 8 * 1024;
    let start = Instant::now();
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|w| w == b"\r\n\r\n") && head.len() < LONGEST {
        let left = PATIENCE.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut buffer)? {
            0 => break,
            read => head.extend(buffer.get(..read).unwrap_or_default()),
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.lines().next().unwrap_or_default().split(' ');
    let get = words.next() == Some("GET");
    Ok(words.next().filter(|_| get).map(|path| path.split('?').next().unwrap_or(path).to_owned()))
}
