//! Redis and PostgreSQL, as Debian packages them.

use std::error::Error;
use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    process: Child,
    owner: u32,
    stop: libc::c_int,
    socket: PathBuf,
    folder: TempDir,
}

impl Server {
    /// The unix socket it listens on.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The folder of the socket.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// All it has logged so far.
    ///
    /// # Errors
    ///
    /// When the log cannot be read.
    pub fn log(&self) -> std::io::Result<String> {
        fs::read_to_string(self.folder.path().join("log"))
    }

    fn start(mut command: Command, folder: TempDir, socket: PathBuf, stop: libc::c_int) -> Result<Self> {
        let log = fs::File::create(folder.path().join("log"))?;
        let process = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut server = Self { process, owner: std::process::id(), stop, socket, folder };
        let start = Instant::now();
        // Both log it in these words; a socket alone may belong to a server that still recovers.
        while !server.log()?.to_lowercase().contains("ready to accept connections") {
            if let Some(status) = server.process.try_wait()? {
                return Err(format!("the server ended with {status}:\n{}", server.log()?).into());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("the server does not listen:\n{}", server.log()?).into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A forked child of the test has a copy of this value, and not of the duty.
        let pid = libc::pid_t::try_from(self.process.id()).unwrap_or_default();
        if self.owner != std::process::id() || pid <= 0 {
            return;
        }
        // SAFETY: a signal to our own, unreaped child; the number was checked to be one of a process.
        unsafe { libc::kill(pid, self.stop) };
        let start = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) {
            if start.elapsed() > PATIENCE {
                let _ = self.process.kill();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Starts a Redis server that keeps nothing on disk.
///
/// # Errors
///
/// When it is not installed (the message says what to install) or does not start.
pub fn redis() -> Result<Server> {
    let program = find("redis-server", &["/usr/bin", "/usr/local/bin"], "redis-server")?;
    let folder = TempDir::new()?;
    let socket = folder.path().join("redis.sock");
    let mut command = Command::new(program);
    command.args(["--port", "0", "--save", "", "--appendonly", "no", "--maxclients", "2000", "--unixsocket"]);
    command.arg(&socket).arg("--dir").arg(folder.path());
    Server::start(command, folder, socket, libc::SIGTERM)
}

/// Starts a PostgreSQL server whose log names every session that connects and disconnects. Its only user is `postgres`.
///
/// # Errors
///
/// As [`redis`].
pub fn postgres() -> Result<Server> {
    let mut versions: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .map(|found| found.filter_map(|version| Some(version.ok()?.path().join("bin"))).collect())
        .unwrap_or_default();
    versions.sort();
    let folders: Vec<_> = versions.iter().rev().filter_map(|folder| folder.to_str()).collect();
    let initdb = find("initdb", &folders, "postgresql")?;
    let server = find("postgres", &folders, "postgresql")?;
    let folder = TempDir::new()?;
    let data = folder.path().join("data");
    // PostgreSQL refuses to run as root.
    let user = if is_root() { unprivileged() } else { None };
    let run = |program: &Path| {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = user {
            command.uid(uid).gid(gid);
        }
        command.current_dir("/").arg("-D").arg(&data);
        command
    };
    if let Some((uid, gid)) = user {
        chown(folder.path(), Some(uid), Some(gid))?;
    }
    let made =
        run(&initdb).args(["-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]).output()?;
    if !made.status.success() {
        return Err(format!("initdb: {}", String::from_utf8_lossy(&made.stderr)).into());
    }
    let mut command = run(&server);
    command.arg("-k").arg(folder.path());
    for setting in [
        "listen_addresses=",
        "fsync=off",
        "shared_buffers=16MB",
        "max_connections=200",
        "autovacuum=off",
        "log_connections=on",
        "log_disconnections=on",
        "log_line_prefix=[%p] ",
    ] {
        command.args(["-c", setting]);
    }
    let socket = folder.path().join(".s.PGSQL.5432");
    // SIGINT: "fast shutdown".
    Server::start(command, folder, socket, libc::SIGINT)
}

fn is_root() -> bool {
    // SAFETY: geteuid(2) has no preconditions.
    unsafe { libc::geteuid() == 0 }
}

/// The ids of `postgres`, else of `nobody`.
fn unprivileged() -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|wanted| {
        let line = users.lines().find(|line| line.split(':').next() == Some(wanted))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

fn find(program: &str, folders: &[&str], package: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = folders.iter().map(PathBuf::from).chain(std::env::split_paths(&path));
    places
        .find_map(|folder| Some(folder.join(program)).filter(|file| file.is_file()))
        .ok_or_else(|| format!("{program} is not installed; on Debian: apt-get install -y {package}").into())
}
