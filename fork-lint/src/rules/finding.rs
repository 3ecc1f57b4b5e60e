//! What a rule reports.

use crate::facts::{Span, Sym};

/// How bad, by what was seen (DESIGN: error = will break when the named condition holds and it was seen; warning =
/// hazard present; note = latent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Latent, or not verifiable.
    Note,
    /// A hazard is present.
    Warning,
    /// Breaks, and the condition was seen.
    Error,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Name of the rule.
    pub rule: &'static str,
    /// Its level, before the user's settings.
    pub level: Level,
    /// One lower-case sentence fragment without a full stop that names what happens and where.
    pub message: String,
    /// The primary place.
    pub span: Span,
    /// Text at the primary place.
    pub label: String,
    /// The path from the fork to the harm, in order; each step with its place and text. The primary place may be one.
    pub steps: Vec<Step>,
    /// What else must be known: the evidence for the level, libc differences.
    pub notes: Vec<String>,
    /// What to write instead.
    pub help: String,
    /// The repair, where it is certain.
    pub fix: Option<Fix>,
    /// Path of the function it is in, for the baseline (stable under line shifts).
    pub function: Sym,
    /// What it is about (callee, effect or variable), for the baseline and for the fingerprint.
    pub subject: String,
}

/// A step on the path to the harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where.
    pub span: Span,
    /// What happens there.
    pub text: String,
}

/// A machine-applicable repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative fragment.
    pub title: String,
    /// Replacements, none overlapping another.
    pub edits: Vec<Edit>,
}

/// A replacement of the text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub text: String,
}
