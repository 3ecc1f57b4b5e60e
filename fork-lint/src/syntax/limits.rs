//! How much source the engine takes on.

/// Bounds of the syntax stage. Source beyond them is reported as unseen, never parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest text parsed, in bytes.
    pub bytes: usize,
    /// Deepest syntax tree built, in levels as counted by the check before parsing (never fewer than the tree has).
    /// Parsing takes up to [`Limits::STACK_PER_LEVEL`] bytes of stack a level.
    pub depth: u32,
    /// Macros expanded inside the expansion of macros.
    pub macro_depth: u32,
    /// Tokens one macro invocation may expand to, all steps together.
    pub invocation_tokens: usize,
    /// Tokens all macro invocations of a crate may expand to.
    pub crate_tokens: usize,
}

impl Limits {
    /// Stack that parsing and dropping one level of a syntax tree may take, in bytes, in an unoptimised build.
    pub const STACK_PER_LEVEL: usize = 32 * 1024;

    /// Bounds for a thread with that much stack, half of it left to the caller's own walk over the tree.
    pub fn for_stack(bytes: usize) -> Limits {
        let levels = bytes / 2 / Limits::STACK_PER_LEVEL;
        Limits { depth: u32::try_from(levels).unwrap_or(u32::MAX), ..Limits::default() }
    }
}

impl Default for Limits {
    /// For a thread with 64 MiB of stack.
    fn default() -> Limits {
        Limits { bytes: 32 << 20, depth: 1024, macro_depth: 128, invocation_tokens: 1 << 20, crate_tokens: 16 << 20 }
    }
}
