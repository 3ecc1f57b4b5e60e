//! Rounds, medians, ratios.

use std::fmt;
use std::io::Write;

/// A name and what to measure: nanoseconds of one round.
pub(crate) struct Row<'a> {
    name: &'static str,
    beside: Option<&'static str>,
    run: Box<dyn FnMut() -> f64 + 'a>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(name: &'static str, run: impl FnMut() -> f64 + 'a) -> Self {
        Self { name, beside: None, run: Box::new(run) }
    }

    /// The row that does the same by other means.
    pub(crate) fn beside(mut self, other: &'static str) -> Self {
        self.beside = Some(other);
        self
    }
}

/// What came of a row, in nanoseconds.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) median: f64,
    least: f64,
    quarters: [f64; 2],
    pub(crate) to_base: f64,
    to_same: Option<f64>,
    best: Option<f64>,
}

pub(crate) fn say(text: fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The value below which this part of all lies.
pub(crate) fn part(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values.get(((last as f64) * part).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Runs all rows once a round and prints them; the first is the base of the ratios.
pub(crate) fn measure(title: &str, rounds: usize, mut rows: Vec<Row<'_>>) -> Vec<Measured> {
    let mut taken: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    for round in 0..=rounds {
        for (row, taken) in rows.iter_mut().zip(&mut taken) {
            let value = (row.run)();
            // The first is for everybody to get warm.
            if round > 0 {
                taken.push(value);
            }
        }
    }
    say(format_args!(
        "\n{title}\n{:<42} {:>9} {:>9} {:>19} {:>7} {:>7} {:>7}",
        "microseconds", "median", "least", "middle half", "x fork", "x same", "best"
    ));
    let ratio = |mine: &[f64], other: &[f64]| {
        part(&mut mine.iter().zip(other).map(|(mine, other)| mine / other).collect::<Vec<_>>(), 0.5)
    };
    let mut all = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let same = row.beside.and_then(|name| rows.iter().position(|row| row.name == name));
        let mut sorted = taken[at].clone();
        let least = part(&mut sorted, 0.0);
        let measured = Measured {
            name: row.name,
            median: part(&mut sorted, 0.5),
            least,
            quarters: [part(&mut sorted, 0.25), part(&mut sorted, 0.75)],
            to_base: ratio(&taken[at], &taken[0]),
            to_same: same.map(|same| ratio(&taken[at], &taken[same])),
            best: same.map(|same| least / part(&mut taken[same].clone(), 0.0)),
        };
        say(format_args!("{measured}"));
        all.push(measured);
    }
    all
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = |nanos: f64| nanos / 1000.0;
        let [low, high] = self.quarters.map(micros);
        let (name, median, least) = (self.name, micros(self.median), micros(self.least));
        write!(f, "{name:<42} {median:>9.1} {least:>9.1} {low:>9.1}-{high:<9.1} {:>7.2}", self.to_base)?;
        match (self.to_same, self.best) {
            (Some(same), Some(best)) => write!(f, " {same:>7.2} {best:>7.2}"),
            _ => Ok(()),
        }
    }
}

/// How the rows of both series compare.
pub(crate) fn growth(small: &[Measured], large: &[Measured], megabytes: usize) {
    say(format_args!("\na caller of {megabytes} MB against a small one, least of each and ratio to the fork"));
    for row in small {
        if let Some(other) = large.iter().find(|other| other.name == row.name) {
            let (best, median) = (other.least / row.least, other.to_base / row.to_base);
            say(format_args!("{:<42} {best:>7.2} {median:>7.2}", row.name));
        }
    }
}

/// Processors and load.
pub(crate) fn machine() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{processors} processors, load {}", load.split(' ').next().unwrap_or_default())
}
