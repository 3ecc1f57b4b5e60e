//! The figures, and how they stand to what was aimed at.

use std::fmt;
use std::time::Duration;

use crate::process::Cost;

/// What was measured, a cost a round.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) cold: Vec<Cost>,
    pub(crate) parse: Vec<Cost>,
    pub(crate) check: Vec<Cost>,
    pub(crate) unchanged: Vec<Cost>,
    pub(crate) program_changed: Vec<Cost>,
    pub(crate) body_changed: Vec<Cost>,
    pub(crate) public_added: Vec<Cost>,
}

impl Figures {
    fn rows(&self) -> [(&'static str, &[Cost]); 7] {
        [
            ("whole analysis, empty cache", &self.cold),
            ("syn parsing the same files", &self.parse),
            ("cargo check from clean", &self.check),
            ("again, nothing changed", &self.unchanged),
            ("a function added to the program", &self.program_changed),
            ("a body changed in a dependency", &self.body_changed),
            ("a public function added there", &self.public_added),
        ]
    }

    /// The last round, on one line.
    pub(crate) fn last(&self) -> String {
        let walls = self.rows().map(|(_, costs)| costs.last().map_or(0.0, |cost| cost.wall.as_secs_f64()));
        walls.map(|wall| format!("{wall:.2}")).join(" ")
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<34}{:>9}{:>9}{:>9}{:>6}", "medians", "wall s", "cpu s", "peak MB", "runs")?;
        for (name, costs) in self.rows().iter().filter(|(_, costs)| !costs.is_empty()) {
            let (wall, cpu, peak) = (wall(costs), median(costs, |cost| cost.cpu.as_secs_f64()), peak(costs) / 1e6);
            writeln!(f, "{name:<34}{wall:>9.2}{cpu:>9.2}{peak:>9.0}{:>6}", costs.len())?;
        }
        let cold = wall(&self.cold);
        let over = |costs: &[Cost]| cold / wall(costs);
        let of_cold = |costs: &[Cost]| wall(costs) / cold;
        let rows = [
            ("whole analysis / parsing", over(&self.parse), 2.0),
            ("whole analysis / cargo check", over(&self.check), 0.1),
            ("peak memory, GB", peak(&self.cold) / 1e9, 1.5),
            ("unchanged / whole", of_cold(&self.unchanged), 0.2),
            ("program changed / whole", of_cold(&self.program_changed), 0.2),
            ("dependency's body changed / whole", of_cold(&self.body_changed), 0.2),
            ("dependency's interface / whole", of_cold(&self.public_added), 0.2),
        ];
        writeln!(f, "\n{:<34}{:>9}{:>9}", "ratios", "is", "aim ≤")?;
        for (name, is, aim) in rows.iter().filter(|(_, is, _)| is.is_finite()) {
            let verdict = if is <= aim { "" } else { "  missed" };
            writeln!(f, "{name:<34}{is:>9.3}{aim:>9.1}{verdict}")?;
        }
        Ok(())
    }
}

fn wall(costs: &[Cost]) -> f64 {
    median(costs, |cost| Duration::as_secs_f64(&cost.wall))
}

fn peak(costs: &[Cost]) -> f64 {
    median(costs, |cost| cost.peak as f64)
}

/// Not a number where there is nothing.
fn median(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<f64> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => (values[count / 2 - 1] + values[count / 2]) / 2.0,
    }
}
