//! Medians of interleaved rounds, and their ratios to a baseline of the same round.

use std::io::Write;
use std::time::Instant;

/// A name and what to measure: nanoseconds per operation of one round.
pub(crate) type Row<'a> = (&'a str, Box<dyn FnMut() -> f64 + 'a>);

/// Nanoseconds per call of `body`.
pub(crate) fn per_call(times: u32, mut body: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        body();
    }
    start.elapsed().as_nanos() as f64 / f64::from(times)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Runs all rows once per round; prints the median of each, and the median of its ratios to the first row.
pub(crate) fn compare(title: &str, rounds: usize, mut rows: Vec<Row<'_>>) {
    let mut taken: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    for _ in 0..rounds {
        for ((_, row), taken) in rows.iter_mut().zip(&mut taken) {
            taken.push(row());
        }
    }
    let base = taken[0].clone();
    let mut out = std::io::stdout().lock();
    let _ = writeln!(
        out,
        "\n{title} ({rounds} interleaved rounds)\n{:<52} {:>14} {:>10} {:>10}",
        "", "median ns", "min ns", "ratio"
    );
    for ((name, _), taken) in rows.iter().zip(taken) {
        let ratio = median(taken.iter().zip(&base).map(|(mine, base)| mine / base).collect());
        let least = taken.iter().copied().fold(f64::INFINITY, f64::min);
        let _ = writeln!(out, "{name:<52} {:>14.2} {least:>10.2} {ratio:>10.4}", median(taken));
    }
}
