//! Crates that fork to become a daemon, under the names they share.
//! source: daemonize 0.5 src/lib.rs, daemonize-me, daemonix, fork 0.1–0.11 (documentation)
pub struct Daemonize;
impl Daemonize {
    #[fx(fork)] #[role(daemon)] pub fn start(self) -> Result<(), std::io::Error> {}
}
/// source: fork 0.1 src/lib.rs
pub enum Fork { Parent(i32), Child }
impl Fork { pub fn is_child(&self) -> bool {} pub fn is_parent(&self) -> bool {} }
#[fx(fork)] #[role(fork, child = "Child")] pub fn fork() -> Result<Fork, i32> {}
#[fx(fork)] #[role(fork, child = "Child")] pub fn daemon(nochdir: bool, noclose: bool) -> Result<Fork, i32> {}
