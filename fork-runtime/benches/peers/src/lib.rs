//! What both programs do: a count comes in, the nanoseconds of one come out.

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;

/// Fills the memory that the first argument asks for (in megabytes), then answers each line of standard input.
pub fn serve(mut one: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let megabytes: usize = std::env::args().nth(1).map_or(Ok(0), |word| word.parse())?;
    let _memory = vec![1_u8; megabytes << 20];
    let mut out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let count: u32 = line?.trim().parse()?;
        let start = Instant::now();
        for _ in 0..count {
            one()?;
        }
        writeln!(out, "{}", start.elapsed().as_nanos() as f64 / f64::from(count))?;
        out.flush()?;
    }
    Ok(())
}
