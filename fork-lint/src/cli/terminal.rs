//! What the terminal can show.

use std::io::{IsTerminal as _, stderr, stdout};

use anstream::{AutoStream, ColorChoice};

use super::args::{Args, Color, Format, Show};
use crate::report::Human;

/// How to talk to people on standard error, where findings in human format and all complaints go.
pub(super) fn human(args: &Args) -> Human {
    let to_file = args.output.is_some() && args.format == Format::Human;
    let colour = match choice(args) {
        ColorChoice::Auto => !to_file && AutoStream::choice(&stderr()) != ColorChoice::Never,
        other => other != ColorChoice::Never,
    };
    Human {
        colour,
        width: if to_file { None } else { width(stderr().is_terminal()) },
        notes: args.show.contains(&Show::Notes),
        verbose: args.verbose,
        quiet: args.quiet,
    }
}

/// Colour and width for text that was asked for and goes to standard output.
pub(super) fn page(args: &Args) -> (bool, Option<usize>) {
    let colour = match choice(args) {
        ColorChoice::Auto => AutoStream::choice(&stdout()) != ColorChoice::Never,
        other => other != ColorChoice::Never,
    };
    (colour, width(stdout().is_terminal()))
}

/// `--color`, else what cargo was told.
fn choice(args: &Args) -> ColorChoice {
    let told = args.color.or_else(|| match std::env::var("CARGO_TERM_COLOR").ok()?.as_str() {
        "always" => Some(Color::Always),
        "never" => Some(Color::Never),
        _ => None,
    });
    match told {
        Some(Color::Always) => ColorChoice::Always,
        Some(Color::Never) => ColorChoice::Never,
        Some(Color::Auto) | None => ColorChoice::Auto,
    }
}

/// Columns of the terminal; elsewhere lines stay whole unless `COLUMNS` says otherwise.
fn width(terminal: bool) -> Option<usize> {
    let set = || std::env::var("COLUMNS").ok()?.parse().ok();
    let measured = || {
        let size = terminal_size::terminal_size_of(stderr()).or_else(terminal_size::terminal_size);
        size.map(|(columns, _)| usize::from(columns.0))
    };
    if terminal { measured().or_else(set) } else { set() }.filter(|columns| *columns >= 20)
}
