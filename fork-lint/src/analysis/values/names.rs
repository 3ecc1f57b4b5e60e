//! What a function without source at hand does to its first argument, as far as Rust's naming conventions tell.

/// Methods that give the receiver, or what it wraps, under another type.
const SAME: &[&str] = &[
    "unwrap",
    "expect",
    "unwrap_or",
    "unwrap_or_else",
    "unwrap_or_default",
    "unwrap_unchecked",
    "map_err",
    "ok",
    "ok_or",
    "ok_or_else",
    "or_else",
    "context",
    "with_context",
    "wrap_err",
    "wrap_err_with",
    "clone",
    "cloned",
    "copied",
    "to_owned",
    "borrow",
    "borrow_mut",
    "deref",
    "deref_mut",
    "bits",
    "cast",
    "cast_mut",
    "branch",
    "cvt",
    "cvt_r",
    "check",
    "result",
    "inspect",
    "inspect_err",
    "bitor",
    "union",
    "by_ref",
    "leak",
    "new_unchecked",
    "wrapping_add",
    "to_vec",
    "into_boxed_slice",
    "iter",
    "iter_mut",
    "into_iter",
    "get_mut",
    "get_ref",
    "get",
    "first",
    "last",
    "to_bytes_with_nul",
    "addr_of",
    "addr_of_mut",
];

/// Prefixes of conversions: `from_raw_fd`, `into_raw_fd`, `as_fd`, `try_from`, `from_bits_truncate`.
const CONVERSIONS: &[&str] = &["from_", "into_", "as_", "try_from", "try_into", "unwrap_"];

/// Whether a function of that name, known by nothing else, gives back its first argument in another form.
pub fn passes_by_name(last_segment: &str) -> bool {
    matches!(last_segment, "from" | "into")
        || SAME.contains(&last_segment)
        || CONVERSIONS.iter().any(|p| last_segment.starts_with(p))
}

/// Methods whose result is made of the receiver: read from it, or holding it.
const MADE_OF: &[&str] = &[
    "map",
    "and_then",
    "parse",
    "trim",
    "trim_end",
    "trim_start",
    "split",
    "split_once",
    "next",
    "nth",
    "to_str",
    "to_string",
    "to_string_lossy",
    "filter",
    "strip_prefix",
    "lines",
    "zip",
    "chain",
    "collect",
    "enumerate",
    "take",
];

/// Whether a function of that name, known by nothing else, gives back something that holds or is read from its first
/// argument.
pub(super) fn holds_by_name(last_segment: &str) -> bool {
    passes_by_name(last_segment) || MADE_OF.contains(&last_segment)
}
