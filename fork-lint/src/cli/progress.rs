//! A line on the terminal that says what a long run is doing.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::driver;
use crate::report::plural;

/// Runs shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// The line; erased when it goes out of scope.
pub(super) struct Progress {
    stage: Arc<Mutex<String>>,
    crates: AtomicUsize,
    read: AtomicUsize,
    drawer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts one on standard error, if that is a terminal and `wanted`.
    pub(super) fn start(wanted: bool) -> Progress {
        let stage = Arc::new(Mutex::new(String::new()));
        let drawer = (wanted && std::io::stderr().is_terminal()).then(|| {
            let (stop, stopped) = channel();
            let stage = Arc::clone(&stage);
            let thread = std::thread::spawn(move || {
                let begun = Instant::now();
                let mut drawn = false;
                while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    if begun.elapsed() > PATIENCE {
                        let text = stage.lock().map(|s| s.clone()).unwrap_or_default();
                        draw(&format!(
                            "\r\u{1b}[2K    fork-lint: {text} ({:.0?})",
                            Duration::from_secs(begun.elapsed().as_secs())
                        ));
                        drawn = true;
                    }
                }
                if drawn {
                    draw("\r\u{1b}[2K");
                }
            });
            (stop, thread)
        });
        Progress { stage, crates: AtomicUsize::new(0), read: AtomicUsize::new(0), drawer }
    }

    /// Says what is being done.
    pub(super) fn say(&self, what: &str) {
        if let Ok(mut stage) = self.stage.lock() {
            what.clone_into(&mut stage);
        }
    }
}

impl driver::Progress for Progress {
    fn started(&self, crates: usize) {
        self.crates.store(crates, Ordering::Relaxed);
        self.read.store(0, Ordering::Relaxed);
        self.say(&format!("reading {}", plural(crates, "crate")));
    }

    fn finished(&self, title: &str) {
        let read = self.read.fetch_add(1, Ordering::Relaxed) + 1;
        self.say(&format!("read {read} of {}, {title} last", plural(self.crates.load(Ordering::Relaxed), "crate")));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.drawer.take() {
            drop(stop);
            // A drawer that panicked has nothing to erase.
            let _ = thread.join();
        }
    }
}

/// A terminal that cannot be written to shows no progress.
fn draw(text: &str) {
    let mut stream = std::io::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
