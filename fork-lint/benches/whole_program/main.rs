//! What the linter costs on a whole program: `cargo bench -p fork-lint`.
//!
//! Reads `benches/program` (about 250 crates) from an empty cache, from a full one, and after changes, and measures in
//! the same rounds what there is to compare it with: syn parsing the same files on as many threads, and `cargo check`
//! from clean. Every measurement is a process of its own, so that its memory is its own too. Needs the network once,
//! for the program's dependencies.
//!
//! `-- --rounds N --checks N`: so many rounds (5), the first of them with `cargo check` (1).
#![expect(clippy::print_stdout, reason = "the figures are for whoever runs the benchmark")]

mod parse;
mod process;
mod program;
mod report;

use std::env;
use std::error::Error;
use std::process::Command;
use std::thread::available_parallelism;

use process::measure;
use program::Program;
use report::Figures;

/// The linter's: what is compared is the work, not the allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["list", manifest] => parse::list(manifest),
        ["parse", list, threads] => parse::parse(list, threads.parse()?),
        _ => run(number(&words, "--rounds", 5)?, number(&words, "--checks", 1)?),
    }
}

fn number(words: &[&str], name: &str, default: usize) -> Outcome<usize> {
    let Some(at) = words.iter().position(|word| *word == name) else { return Ok(default) };
    let value = words.get(at + 1).ok_or_else(|| format!("{name} needs a number"))?;
    Ok(value.parse().map_err(|error| format!("{name} {value}: {error}"))?)
}

fn run(rounds: usize, checks: usize) -> Outcome<()> {
    let threads = available_parallelism()?.get();
    let program = Program::prepare()?;
    let myself = env::current_exe()?;
    let files = program.list(&myself)?;
    println!("{} crates compiled, {} files of {:.1} MB read, {threads} threads", program.crates, files.0, files.1);

    let parse = || {
        let mut command = Command::new(&myself);
        command.arg("parse").arg(program.files()).arg(threads.to_string());
        command
    };
    // The files come from memory in all that is measured.
    measure(&mut parse())?;

    let mut figures = Figures::default();
    for round in 0..rounds.max(1) {
        let lint = || measure(&mut program.lint(threads));
        program.empty_cache()?;
        figures.cold.push(lint()?);
        figures.parse.push(measure(&mut parse())?);
        figures.unchanged.push(lint()?);
        program.change_program(round)?;
        figures.program_changed.push(lint()?);
        program.change_body(round)?;
        figures.body_changed.push(lint()?);
        program.add_public(round)?;
        figures.public_added.push(lint()?);
        if round < checks {
            program.clean()?;
            figures.check.push(measure(&mut program.check(threads))?);
        }
        println!("round {} of {rounds}: {}", round + 1, figures.last());
    }
    println!("\n{figures}");
    Ok(())
}
