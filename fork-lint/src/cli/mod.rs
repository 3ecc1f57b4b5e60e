//! The command-line tool: arguments, configuration, the run, and what it answers.

mod args;
mod baseline;
mod config;
mod exit;
mod explain;
mod failure;
mod fix;
mod glob;
mod judge;
mod levels;
mod lint;
mod progress;
mod run;
mod similar;
mod stats;
mod suppress;
mod terminal;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

pub use args::{Args, Color, Format, Show};
pub use exit::Exit;
pub use failure::{Excerpt, Failure};

/// Stack of the thread that does the work: deep syntax trees and call graphs are walked by recursion.
const STACK: usize = 256 << 20;

/// The tool; the words are those of the command line, the program's name first.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::read(words) {
        Ok(args) => args,
        Err(e) => {
            // Help and usage errors: whoever closed the stream does not read them.
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { Exit::Usage as u8 } else { Exit::Clean as u8 });
        }
    };
    let human = terminal::human(&args);
    let worker =
        std::thread::Builder::new().name("fork-lint".to_owned()).stack_size(STACK).spawn(move || run::run(&args));
    let answer =
        worker.map_err(|e| Failure::unfinished(format!("no thread could be started: {e}"))).and_then(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err(Failure::unfinished("internal error: the analysis stopped, see above")))
        });
    match answer {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let text = failure.render(&human) + "\n";
            let _ = write::send(&mut std::io::stderr().lock(), text.as_bytes());
            failure.exit.into()
        }
    }
}
