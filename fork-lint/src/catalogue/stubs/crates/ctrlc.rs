//! ctrlc: a handler, and a thread that waits for it.
//! source: ctrlc 3.4 src/lib.rs
#[fx(thread_start, signal_handler, alloc)] #[role(starts_threads)] #[role(thread_entry, param = 0)] pub fn set_handler<F: FnMut()>(user_handler: F) -> Result<(), Error> {}
pub struct Error;
