//! What is wrong with a field's type, guessed from the names in it. That chooses the words of an error; whether there is
//! one the compiler decides, by `ForkSafe`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

/// The trait of `fork_runtime::contract::fields` whose message fits; `None` if all names are those of plain data, for
/// which an error would be a surprise.
pub(crate) fn kind(ty: &Type) -> Option<&'static str> {
    let mut names = Vec::new();
    collect(ty.to_token_stream(), &mut names);
    let known = names.iter().find_map(|name| KINDS.iter().find(|(_, all)| all.contains(&name.as_str())));
    match known {
        Some((kind, _)) => Some(kind),
        None if names.iter().all(|name| PLAIN.contains(&name.as_str())) => None,
        None => Some("Field"),
    }
}

fn collect(tokens: TokenStream, names: &mut Vec<String>) {
    let mut lifetime = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if !lifetime => names.push(word.to_string()),
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Punct(punct) => {
                lifetime = punct.as_char() == '\'';
                continue;
            }
            _ => {}
        }
        lifetime = false;
    }
}

/// Names of std for data in the process' own memory, in any arrangement.
const PLAIN: [&str; 40] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "bool",
    "char",
    "str",
    "String",
    "Vec",
    "VecDeque",
    "Option",
    "Box",
    "HashMap",
    "HashSet",
    "BTreeMap",
    "BTreeSet",
    "PathBuf",
    "Duration",
    "Instant",
    "PhantomData",
    "AtomicBool",
    "AtomicU32",
    "AtomicU64",
    "AtomicUsize",
    "std",
    "core",
    "string",
    "vec",
    "collections",
    "sync",
];

const KINDS: [(&str, &[&str]); 9] = [
    (
        "Guard",
        &["MutexGuard", "RwLockReadGuard", "RwLockWriteGuard", "MappedMutexGuard", "ReentrantLockGuard", "StdoutLock"],
    ),
    ("Lock", &["Mutex", "RwLock", "Condvar", "Once", "OnceLock", "LazyLock", "Barrier", "ReentrantLock", "FairMutex"]),
    ("Thread", &["JoinHandle", "Thread", "ScopedJoinHandle", "ThreadPool"]),
    ("Channel", &["Sender", "SyncSender", "Receiver", "UnboundedSender", "UnboundedReceiver", "OwnedPermit"]),
    ("EventLoop", &["Runtime", "Poll", "Epoll", "EventLoop", "IoUring", "Reactor"]),
    ("Random", &["StdRng", "SmallRng", "ThreadRng", "ChaCha8Rng", "ChaCha12Rng", "ChaCha20Rng", "Rng"]),
    ("Temporary", &["NamedTempFile", "TempDir", "TempPath"]),
    (
        "Connection",
        &[
            "TcpStream",
            "UnixStream",
            "UdpSocket",
            "UnixDatagram",
            "TcpListener",
            "UnixListener",
            "Client",
            "Connection",
        ],
    ),
    ("File", &["File", "OwnedFd", "BorrowedFd", "BufWriter", "PipeReader", "PipeWriter"]),
];
