//! `#[fork_safe]` on functions, and on what has functions in it.

use fork_lint::syntax::promise::Promise;
use proc_macro2::{TokenStream, TokenTree};

use crate::diagnostic::error;
use crate::kind::Kind;
use crate::scan::{Breach, scan};
use crate::text::Text;

/// An error for each breach that is not allowed.
pub(crate) fn breaches(promise: &Promise, kind: Kind, item: TokenStream) -> TokenStream {
    // The names that a file imports are not in what the macro is given; those of std are what they usually are.
    let mut text = Text::after(USUAL);
    let method = kind == Kind::Function && names_self(&item);
    text.push(if method { "struct This;\nimpl This {\n#[fork_safe]\n" } else { "#[fork_safe]\n" });
    text.tokens(item);
    text.push(if method { "}\n" } else { "" });
    let allowed = |rule: &str| promise.allows.iter().any(|allow| allow.rules.iter().any(|(name, _)| name == rule));
    let found = scan(&text.text);
    let errors = found.into_iter().filter(|breach| !allowed(breach.rule));
    errors
        .filter_map(|Breach { place, message, .. }| text.spans(place).map(|(from, to)| error(from, to, &message)))
        .collect()
}

const USUAL: &str = "\
mod usual {
    pub use ::std::{alloc, collections, env, fmt, fs, io, net, process, sync, thread, time};
    pub use ::std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
    pub use ::std::ffi::CString;
    pub use ::std::fs::{File, OpenOptions};
    pub use ::std::net::{TcpListener, TcpStream, UdpSocket};
    pub use ::std::process::Command;
    pub use ::std::rc::Rc;
    pub use ::std::sync::{Arc, Condvar, Mutex, RwLock};
}
use usual::*;
";

/// Whether the function is one of an `impl` or `trait`, as far as that can be seen.
fn names_self(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "self" || word == "Self",
        TokenTree::Group(group) => names_self(&group.stream()),
        _ => false,
    })
}
