//! A run, from the command line to the exit status.

use super::args::{Args, Format};
use super::exit::Exit;
use super::failure::Failure;
use super::levels::Layer;
use super::{explain, lint, terminal, write};
use crate::report::markdown;

/// Widest page of prose.
const PAGE: usize = 100;

/// Does what the command line asks for.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let levels = Layer::from_words(&args.levels)?;
    if let Some(word) = &args.explain {
        let (colour, width) = terminal::page(args);
        let text = markdown::terminal(&explain::explain(word)?, width.unwrap_or(PAGE).min(PAGE), colour) + "\n";
        return say(&text);
    }
    if args.list {
        let (_, width) = terminal::page(args);
        let json = args.format == Format::Json;
        return say(&if json { explain::list_json() } else { explain::list(width.unwrap_or(usize::MAX)) });
    }
    lint::lint(args, &levels)
}

fn say(text: &str) -> Result<Exit, Failure> {
    write::send(&mut std::io::stdout().lock(), text.as_bytes())
        .map_err(|e| Failure::unfinished(format!("standard output cannot be written to: {e}")))?;
    Ok(Exit::Clean)
}
