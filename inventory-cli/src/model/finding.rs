//! What is wrong, with the evidence.

use serde::{Deserialize, Serialize};

/// How bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; harms nobody by itself.
    Info,
    /// A hazard is there: it harms when the named condition comes.
    Warning,
    /// Proven, and harming now.
    Error,
}

impl Severity {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The evidence allows another reading.
    Likely,
    /// The kernel says so.
    Proven,
}

impl Confidence {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Proven => "proven",
        }
    }
}

/// Where something was read, and what stood there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// File or system call.
    pub source: String,
    /// What it said.
    pub value: String,
}

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the hazard, `H01`…`H24`.
    pub hazard: String,
    /// The hazard's name.
    pub name: String,
    /// The family of the hazard.
    pub family: String,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// The process it is about.
    pub pid: i32,
    /// One sentence that names the culprit.
    pub message: String,
    /// What was read.
    pub evidence: Vec<Evidence>,
    /// What removes it.
    pub remedy: String,
    /// A command that shows more and changes nothing.
    pub next: String,
}
