//! Functions that a worker can be asked to run, by name.

use super::context::Context;
use crate::sys::entries::{self, Registered};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::marker::PhantomData;

/// A function made by [`entry!`](crate::entry): its name, and the types of its argument and result.
pub struct Entry<A, R> {
    name: &'static str,
    types: PhantomData<fn(A) -> R>,
}

impl<A, R> Clone for Entry<A, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, R> Copy for Entry<A, R> {}

impl<A, R> fmt::Debug for Entry<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.name).finish()
    }
}

impl<A, R> Entry<A, R> {
    /// For [`entry!`](crate::entry).
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Self {
        Self { name, types: PhantomData }
    }

    /// `crate::module::function`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn signature() -> u64 {
        signature::<A, R>()
    }
}

impl<A: DeserializeOwned, R: Serialize> Entry<A, R> {
    /// The entry of this name.
    ///
    /// # Errors
    ///
    /// [`NoSuchEntry`], also when its types are others.
    pub fn named(name: &str) -> Result<Self, NoSuchEntry> {
        find(name, Self::signature()).map(|entry| Self::new(entry.name))
    }
}

/// The program has no entry of this name, or one with other types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchEntry {
    pub(super) name: String,
    pub(super) changed: bool,
}

impl fmt::Display for NoSuchEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changed {
            write!(f, "the entry \"{}\" has other types of argument or result than were asked for", self.name)
        } else {
            write!(f, "no entry \"{}\": declare it with fork_runtime::entry! in this program", self.name)
        }
    }
}

impl std::error::Error for NoSuchEntry {}

/// FNV-1a over the names of the types; only compared between processes of one image.
#[doc(hidden)]
pub fn signature<A, R>() -> u64 {
    let names = std::any::type_name::<(A, R)>();
    names.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

pub(super) fn find(name: &str, signature: u64) -> Result<&'static Registered, NoSuchEntry> {
    let none = |changed| NoSuchEntry { name: name.to_owned(), changed };
    // The nameless one only keeps the section alive.
    let found = entries::all().iter().find(|entry| entry.name == name && !name.is_empty()).ok_or(none(false))?;
    if (found.signature)() == signature { Ok(found) } else { Err(none(true)) }
}

/// For [`entry!`](crate::entry): between bytes and types.
#[doc(hidden)]
pub fn call<A: DeserializeOwned, R: Serialize>(
    function: fn(&mut Context, A) -> R,
    context: &mut Context,
    bytes: &[u8],
) -> Result<Vec<u8>, String> {
    let argument = postcard::from_bytes(bytes).map_err(|error| format!("the argument cannot be decoded: {error}"))?;
    let result = function(context, argument);
    postcard::to_stdvec(&result).map_err(|error| format!("the result cannot be encoded: {error}"))
}

/// Declares a function that workers can be asked to run: a constant of type [`Entry`](crate::zygote::Entry).
///
/// ```
/// fork_runtime::entry! {
///     /// Adds one.
///     pub fn next(_context, number: u32) -> u32 {
///         number + 1
///     }
/// }
/// assert!(next.name().ends_with("::next"));
/// ```
///
/// The name and a hash of the types go into a section of the executable (`fork_runtime_entries`), where a template finds
/// them, whatever its addresses are.
#[macro_export]
macro_rules! entry {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($context:ident, $argument:ident: $A:ty $(,)?) $(-> $R:ty)? $body:block) => {
        $(#[$meta])*
        #[allow(non_upper_case_globals, reason = "it stands for a function")]
        $vis const $name: $crate::zygote::Entry<$A, $crate::entry!(@result $($R)?)> = {
            const NAME: &str = concat!(module_path!(), "::", stringify!($name));
            fn body($context: &mut $crate::zygote::Context, $argument: $A) $(-> $R)? $body
            fn run(
                context: &mut $crate::zygote::Context,
                bytes: &[u8],
            ) -> ::std::result::Result<::std::vec::Vec<u8>, ::std::string::String> {
                $crate::zygote::private::call(body, context, bytes)
            }
            #[used]
            #[unsafe(link_section = "fork_runtime_entries")]
            static REGISTERED: $crate::zygote::private::Registered = $crate::zygote::private::Registered::new(
                NAME,
                $crate::zygote::private::signature::<$A, $crate::entry!(@result $($R)?)>,
                run,
            );
            $crate::zygote::Entry::new(NAME)
        };
    };
    (@result) => { () };
    (@result $R:ty) => { $R };
}
