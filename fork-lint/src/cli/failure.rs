//! Why there is no answer: what is wrong, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Group, Level, Renderer};

use super::exit::Exit;
use crate::report::{Human, clean, snippet_of};

/// A run that ends without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit status.
    pub exit: Exit,
    /// What is wrong, naming it.
    pub message: String,
    /// Where, when it is in a file.
    pub excerpt: Option<Excerpt>,
    /// What to do.
    pub help: Option<String>,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The file.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Bytes of the place.
    pub at: Range<usize>,
    /// What is there.
    pub label: String,
}

impl Failure {
    /// The command line or a configuration is wrong.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::Usage, message: message.into(), excerpt: None, help: None }
    }

    /// The analysis could not finish.
    pub fn unfinished(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::Unfinished, ..Failure::usage(message) }
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into()).filter(|h: &String| !h.is_empty());
        self
    }

    /// Says where.
    pub fn at(mut self, excerpt: Excerpt) -> Failure {
        self.excerpt = Some(excerpt);
        self
    }

    /// The text for people.
    pub fn render(&self, human: &Human) -> String {
        let renderer = if human.colour { Renderer::styled() } else { Renderer::plain() };
        let mut group = Group::with_title(Level::ERROR.primary_title(clean(&self.message)));
        if let Some(e) = &self.excerpt {
            group = group.element(snippet_of(&e.path, &e.text, e.at.clone(), &e.label));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(clean(help)));
        }
        renderer.hyperlink(false).decor_style(DecorStyle::Ascii).render(&[group])
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
