//! Colour, which never carries meaning alone.

use crate::model::Severity;

/// Whether to colour.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paint {
    /// Whether escape sequences may be written.
    pub colour: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Emphasised.
    pub fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Less important.
    pub fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    /// The word of a severity.
    pub fn severity(self, severity: Severity) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "36",
        };
        self.with(code, severity.word())
    }
}
