//! The template's life: it takes orders, and runs no code of the user's after its preload.

use super::audit;
use super::context::Context;
use super::entry;
use super::frames::{self, Order, Refusal, Reply, Setup};
use super::queue::Held;
use super::work::{self, After};
use crate::sys::ledger::Ledger;
use crate::sys::packets::Short;
use crate::sys::workers::{self, Cloned, ThreadState};
use crate::sys::{packets, process, settings};
use std::io::Write;
use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd};

/// What the end of [`serve`] means for this process.
enum Next {
    /// It is a worker now; its job was received already, or comes over this socket.
    Work(OwnedFd),
    /// It is another template now, with this ledger.
    Serve(OwnedFd, OwnedFd),
    /// The owner has gone.
    End,
}

/// The whole life of a template and of the workers that are made of it. Each becomes what it is by returning from
/// [`serve`], so nothing of the template's is on the stack below a user's function.
pub(super) fn live(control: OwnedFd) -> ! {
    let Ok(mut control) = prepare(control) else {
        process::exit_now(EXIT_UNPREPARED);
    };
    // What every worker needs is made here, once: what it writes first, it pays for with a page fault.
    work::describe_panics();
    flush();
    let (mut held, mut ledger, mut received) = (Held::default(), None, Short::new());
    loop {
        match serve(&control, &mut ledger, &mut held, &mut received) {
            Next::End => process::exit_now(0),
            Next::Serve(other, file) => {
                control = other;
                ledger = Ledger::map(&file).ok();
            }
            Next::Work(socket) => {
                // Closed with all others.
                let _ = control.into_raw_fd();
                ledger = None;
                match work::work(socket, &mut received, std::mem::take(&mut held)) {
                    After::Template(socket) => control = socket,
                    After::End(status) => process::exit_now(status),
                }
            }
        }
        // A template, or a worker that became one: it starts with nothing but its own socket and its queue.
        workers::block_signals();
        flush();
    }
}

/// The status of a template that could not set itself up; the owner sees the end of its socket.
const EXIT_UNPREPARED: i32 = 125;

fn prepare(control: OwnedFd) -> std::io::Result<OwnedFd> {
    workers::block_signals();
    workers::note_owner();
    // Away from 0 to 2, which then are made valid.
    let moved = settings::above_stdio(control.as_fd())?;
    drop(control);
    settings::fill_stdio()?;
    workers::close_all_but(&[moved.as_fd()]);
    Ok(moved)
}

/// Every process flushes what it has written itself; what is still in a buffer would be written by each worker again.
pub(super) fn flush() {
    let _ = std::io::stdout().flush();
    workers::flush_c();
}

/// Takes orders until this process is something else.
fn serve(control: &OwnedFd, ledger: &mut Option<Ledger>, held: &mut Held, received: &mut Short) -> Next {
    let state = ThreadState::record();
    let mut room = packets::room();
    loop {
        // A malformed order cannot be answered: nobody but the owner can send one, so the two do not fit together.
        let Ok(Some((long, mut fds))) = packets::recv(control.as_fd(), true, received, &mut room) else {
            return Next::End;
        };
        let bytes = long.as_deref().unwrap_or(received.bytes());
        let Ok((order, job)) = postcard::take_from_bytes::<Order>(bytes) else {
            return Next::End;
        };
        if let Order::Queue(queued) = order {
            if held.add(queued, fds).is_err() {
                return Next::End;
            }
            continue;
        }
        let Some(socket) = fds.pop() else {
            return Next::End;
        };
        let (number, template) = match order {
            Order::Setup(setup) => {
                *ledger = fds.pop().and_then(|file| Ledger::map(&file).ok());
                set_up(&setup, control, &socket);
                continue;
            }
            Order::Template(number) => (number, true),
            Order::Worker(number) => (number, false),
            Order::Queue(_) => return Next::End,
        };
        let cloned = match (&state, &*ledger) {
            (Ok(state), Some(ledger)) => workers::clone_alone(state, ledger, number),
            (Err(error), _) => Err(std::io::Error::from_raw_os_error(error.raw_os_error().unwrap_or(libc::ENOSYS))),
            (Ok(_), None) => Err(std::io::Error::from_raw_os_error(libc::ENOMEM)),
        };
        let reply = match cloned {
            Ok(Cloned::Here) if !template => {
                let job = job.len();
                received.keep_last(job);
                // To free it would be to write, and copy, several pages of the allocator's.
                std::mem::forget(std::mem::take(&mut room));
                return Next::Work(socket);
            }
            Ok(Cloned::Here) => return fds.pop().map_or(Next::End, |file| Next::Serve(socket, file)),
            Ok(Cloned::There(pid, pidfd)) => {
                if frames::send_started(socket.as_fd(), pid, Some(&pidfd)).is_err() {
                    // Too many descriptors under way, of a user with limits (unix(7), ETOOMANYREFS): the number will do.
                    let _ = frames::send_started(socket.as_fd(), pid, None);
                }
                received.wipe();
                continue;
            }
            Ok(Cloned::NotAlone) => Refusal::Threads(audit::threads()),
            Err(error) => Refusal::Clone(error.raw_os_error().unwrap_or(libc::ENOSYS)),
        };
        // The owner may have given up and closed its end.
        let _ = frames::send(socket.as_fd(), &Reply::Refused(reply), &[]);
    }
}

fn set_up(setup: &Setup, control: &OwnedFd, socket: &OwnedFd) {
    if let Some(name) = &setup.name {
        workers::set_name(name);
    }
    let mut context = Context::default();
    for (name, signature, argument) in &setup.preload {
        if let Err(message) = preload(name, *signature, argument, &mut context) {
            let refusal = Refusal::Preload { entry: name.clone(), message };
            let _ = frames::send(socket.as_fd(), &Reply::Refused(refusal), &[]);
            return;
        }
    }
    workers::block_signals();
    workers::note_owner();
    flush();
    // A thread that a preload has joined may still be on its way out.
    let reply = if crate::only_thread().is_ok() {
        Reply::Ready(audit::audit(&packets::numbers([control, socket])))
    } else {
        Reply::Refused(Refusal::Threads(audit::threads()))
    };
    let _ = frames::send(socket.as_fd(), &reply, &[]);
}

/// Runs an entry whose result is `Result<(), String>`.
fn preload(name: &str, signature: u64, argument: &[u8], context: &mut Context) -> Result<(), String> {
    let registered = entry::find(name, signature).map_err(|error| error.to_string())?;
    let outcome = work::guarded(|| (registered.run)(context, argument))
        .map_err(|panic| format!("panicked at {}: {}", panic.location, panic.message))??;
    frames::decode::<Result<(), String>>(&outcome).map_err(|error| error.to_string())?
}

/// Whether this process is a template that was executed, and with which socket: see [`super::init`].
pub(super) fn is_template(value: &std::ffi::OsStr) -> Option<OwnedFd> {
    let number = value.to_str()?.parse().ok()?;
    let fd = crate::sys::fds::adopt_socket(number)?;
    (fd.as_raw_fd() > 2).then_some(fd)
}
