//! Real servers: what is wrong with them is named, what is right is not blamed.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use toolkit_tests::servers;

use crate::support::{Check, PATIENCE, Target, inventory, of, says, scan, silent};

pub(crate) const ALL: &[Check] = &[
    ("redis_saving_in_the_background_shares_its_event_loop", redis),
    ("postgres_and_its_backends_are_not_blamed", postgres),
    ("nginx_and_its_workers_are_not_blamed", nginx),
    ("gunicorn_workers_that_outlive_their_master_keep_the_port", gunicorn),
    ("python_child_blocked_on_the_lock_of_a_vanished_thread", python),
    ("a_shell_pipeline_is_not_blamed", pipeline),
];

/// The processes that hold a path, as `who-holds` has them.
fn holders(what: &str) -> Vec<i32> {
    let (_, text) = inventory(&["who-holds", what, "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    pids(&answer, |_| true)
}

fn pids(answer: &Value, keep: impl Fn(&Value) -> bool) -> Vec<i32> {
    let processes = answer["processes"].as_array().unwrap();
    processes.iter().filter(|p| keep(p)).map(|p| i32::try_from(p["pid"].as_i64().unwrap()).unwrap()).collect()
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn redis() {
    let server = servers::redis().unwrap();
    let mut client = BufReader::new(UnixStream::connect(server.socket()).unwrap());
    let mut ask = |line: &str| {
        client.get_mut().write_all(format!("{line}\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        client.read_line(&mut answer).unwrap();
        answer
    };
    (0..200).for_each(|n| assert!(ask(&format!("SET key{n} value")).starts_with("+OK")));
    // Saving a key takes this many microseconds: long enough to be seen.
    assert!(ask("CONFIG SET rdb-key-save-delay 100000").starts_with("+OK"));
    // Starts of threads and processes are told in clock ticks of 10 ms: let the server's threads be older than the child.
    std::thread::sleep(Duration::from_millis(50));
    assert!(ask("BGSAVE").starts_with('+'));
    let master = holders(&format!("path:{}", server.socket().display()))[0];
    let (answer, child) = until("no child of redis is seen", || {
        let answer = scan(master);
        let child = pids(&answer, |p| p["forked_from"] == master).first().copied()?;
        (!of(&answer, child, "H10").is_empty()).then_some((answer, child))
    });
    says(of(&answer, child, "H10")[0], "warning", &["redis-", "epoll", &format!("pid {master}")]);
    assert_eq!(of(&answer, child, "H01").len(), 0);
    let threads = of(&answer, child, "H02");
    says(threads[0], "info", &["bio_", "threads more at the time"]);
    // The server's own end of our connection is open in the child, too.
    says(of(&answer, child, "H09")[0], "warning", &["unix", "shares the connection"]);
}

fn postgres() {
    let server = servers::postgres().unwrap();
    let socket = format!("path:{}", server.socket().display());
    let listeners = until("postgres listens", || Some(holders(&socket)).filter(|h| !h.is_empty()));
    let answer = scan(listeners[0]);
    assert!(pids(&answer, |_| true).len() >= 4, "{answer:#}");
    for pid in pids(&answer, |p| p["role"] != "parent") {
        silent(pid);
    }
}

/// A server that is ended by its pid.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(pid @ 1..) = i32::try_from(self.0.id()) {
            // SAFETY: a signal to our own, unreaped child.
            unsafe { libc::kill(pid, libc::SIGTERM) };
        }
        let _ = self.0.wait();
    }
}

fn nginx() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display();
    let configuration = format!(
        "daemon off; worker_processes 2; pid {path}/pid; error_log {path}/error.log;\n\
         events {{ worker_connections 64; }}\n\
         http {{ access_log {path}/access.log; client_body_temp_path {path}/b; proxy_temp_path {path}/p;\n\
         fastcgi_temp_path {path}/f; uwsgi_temp_path {path}/u; scgi_temp_path {path}/s;\n\
         server {{ listen unix:{path}/socket; }} }}\n"
    );
    fs::write(folder.path().join("nginx.conf"), configuration).unwrap();
    let mut command = Command::new("/usr/sbin/nginx");
    command.arg("-c").arg(folder.path().join("nginx.conf")).arg("-e").arg(folder.path().join("error.log"));
    let server = Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("nginx is installed"));
    let master = i32::try_from(server.0.id()).unwrap();
    let workers = until("two workers of nginx", || {
        let answer = scan(master);
        let workers = pids(&answer, |p| p["forked_from"] == master);
        (workers.len() == 2).then_some(workers)
    });
    // A worker opens its event loop after its birth.
    until("the workers' event loops", || {
        let loops = workers
            .iter()
            .filter(|w| inventory(&["fds", &w.to_string(), "--kind", "epoll"]).1.contains("epoll"))
            .count();
        (loops == 2).then_some(())
    });
    workers.iter().chain([&master]).for_each(|pid| silent(*pid));
}

fn gunicorn() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.py"), "def app(e, r):\n    r('200 OK', [])\n    return [b'x']\n").unwrap();
    let mut command = Command::new("/usr/bin/gunicorn");
    command.args(["--workers", "3", "--bind", "127.0.0.1:0", "app:app"]).current_dir(folder.path());
    // Its workers notice that their master is gone only when they wake; a stopped one never does.
    let mut server =
        Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("gunicorn is installed"));
    let master = i32::try_from(server.0.id()).unwrap();
    let workers = until("three workers of gunicorn", || {
        let workers = pids(&scan(master), |p| p["forked_from"] == master);
        (workers.len() == 3).then_some(workers)
    });
    let each = |signal: i32| {
        // SAFETY: signals to processes of the server that this test has started, whose master is not reaped yet.
        workers.iter().filter(|w| **w > 0).for_each(|w| assert_eq!(unsafe { libc::kill(*w, signal) }, 0));
    };
    each(libc::SIGSTOP);
    server.0.kill().unwrap();
    let _ = server.0.wait();
    let answer = scan(workers[0]);
    each(libc::SIGKILL);
    says(of(&answer, workers[0], "H05")[0], "error", &["outlived", "listens on tcp 127.0.0.1:", "address in use"]);
}

fn python() {
    let script = "import os,sys,threading,time,signal\n\
                  lock=threading.Lock()\n\
                  def hold():\n    lock.acquire(); time.sleep(600)\n\
                  threading.Thread(target=hold,daemon=True).start()\n\
                  while not lock.locked(): time.sleep(.01)\n\
                  pid=os.fork()\n\
                  if pid==0:\n    lock.acquire(); os._exit(0)\n\
                  print(pid,os.getpid(),flush=True)\n\
                  sys.stdin.read()\n\
                  os.kill(pid,9)\n\
                  os._exit(0)\n";
    let mut command = Command::new("python3");
    command.args(["-c", script]);
    let target = Target::start(command);
    says(&crate::support::finding(target.pid(), "H01"), "error", &["python3", "for ever", "one thread"]);
}

fn pipeline() {
    let mut command = Command::new("sh");
    command.args(["-c", "(sleep 60 | cat >/dev/null) & echo $$; read x; exit"]);
    let target = Target::start(command);
    let children = until("the pipeline", || {
        let children = pids(&scan(target.pid()), |p| p["role"] == "child");
        (!children.is_empty()).then_some(children)
    });
    children.iter().chain([&target.pid()]).for_each(|pid| silent(*pid));
    let below: Vec<i32> = children.iter().flat_map(|c| pids(&scan(*c), |p| p["role"] == "child")).collect();
    below.iter().for_each(|pid| silent(*pid));
    for pid in below.iter().filter(|p| **p > 1 && Path::new(&format!("/proc/{p}")).exists()) {
        // SAFETY: a signal to a process of the pipeline that this test has started.
        unsafe { libc::kill(*pid, libc::SIGTERM) };
    }
}
