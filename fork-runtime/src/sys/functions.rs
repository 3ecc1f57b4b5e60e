//! Naming a function of this program to another process that runs the same image: by its distance from the start.

use crate::zygote::Context;

/// What calls a function whose address it is given.
pub(crate) type Caller = fn(usize, &mut Context, &[u8]) -> Result<Vec<u8>, String>;

unsafe extern "C" {
    // Made by the linker: the first byte of the program, and the first one past its code (end(3)).
    static __executable_start: u8;
    static etext: u8;
}

fn start() -> usize {
    (&raw const __executable_start).addr()
}

/// The distance of an address inside this program's code.
pub(crate) fn distance(address: usize) -> Option<u64> {
    let length = (&raw const etext).addr().checked_sub(start())?;
    let distance = address.checked_sub(start())?;
    (distance < length).then_some(distance as u64)
}

/// The address that [`distance`] was asked about, in a process with the same image.
fn address(distance: u64) -> Option<usize> {
    let address = start().checked_add(usize::try_from(distance).ok()?)?;
    self::distance(address).map(|_| address)
}

/// Calls by distances that a process with the same image has made.
pub(crate) fn call(caller: u64, function: u64, context: &mut Context, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let (Some(caller), Some(function)) = (address(caller), address(function)) else {
        return Err("an address outside this program's code".to_owned());
    };
    // SAFETY: the owner, which alone can send this, runs the same image (the template is a fork of it or was executed
    // from its `/proc/self/exe`) and took both from function pointers of just these types.
    let caller = unsafe { std::mem::transmute::<usize, Caller>(caller) };
    caller(function, context, bytes)
}

/// Calls `function`, whose address was one of a `fn(&mut Context, A) -> R`.
///
/// The pair of types and address is made in one place, `Job::function`.
pub(crate) fn with_types<A, R>(function: usize) -> fn(&mut Context, A) -> R {
    // SAFETY: see `call` and above.
    unsafe { std::mem::transmute::<usize, fn(&mut Context, A) -> R>(function) }
}
