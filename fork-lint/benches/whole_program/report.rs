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

    /// The last cost of each row, on one line: the time that passed, and that of processors.
    pub(crate) fn last(&self) -> String {
        let last = self.rows().map(|(_, costs)| costs.last().copied());
        let one = |cost: Cost| format!("{:.1}/{:.1}", cost.wall.as_secs_f64(), cost.cpu.as_secs_f64());
        last.into_iter().flatten().map(one).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<34}{:>9}{:>9}{:>9}{:>6}", "medians", "wall s", "cpu s", "peak MB", "runs")?;
        for (name, costs) in self.rows().iter().filter(|(_, costs)| !costs.is_empty()) {
            let (wall, cpu, peak) = (wall(costs), cpu(costs), peak(costs) / 1e6);
            writeln!(f, "{name:<34}{wall:>9.2}{cpu:>9.2}{peak:>9.0}{:>6}", costs.len())?;
        }
        writeln!(f, "\n{:<34}{:>9}{:>9}{:>9}", "ratios", "wall", "cpu", "aim ≤")?;
        let ratios = [
            ("whole analysis / parsing", &self.cold, &self.parse, 2.0),
            ("whole analysis / cargo check", &self.cold, &self.check, 0.1),
            ("unchanged / whole", &self.unchanged, &self.cold, 0.2),
            ("program changed / whole", &self.program_changed, &self.cold, 0.2),
            ("dependency's body changed / whole", &self.body_changed, &self.cold, 0.2),
            ("dependency's interface / whole", &self.public_added, &self.cold, 0.2),
        ];
        for (name, costs, to, aim) in ratios.into_iter().filter(|(_, costs, to, _)| !costs.is_empty() && !to.is_empty())
        {
            let (is, of_cpu) = (wall(costs) / wall(to), cpu(costs) / cpu(to));
            let verdict = if is <= aim { "" } else { "  missed" };
            writeln!(f, "{name:<34}{is:>9.3}{of_cpu:>9.3}{aim:>9.1}{verdict}")?;
        }
        let most = peak(&self.cold) / 1e9;
        let verdict = if most <= 1.5 { "" } else { "  missed" };
        writeln!(f, "{:<34}{most:>9.2}{:>9}{:>9.1}{verdict}", "peak memory, GB", "", 1.5)
    }
}

fn wall(costs: &[Cost]) -> f64 {
    median(costs, |cost| Duration::as_secs_f64(&cost.wall))
}

fn cpu(costs: &[Cost]) -> f64 {
    median(costs, |cost| Duration::as_secs_f64(&cost.cpu))
}

fn peak(costs: &[Cost]) -> f64 {
    median(costs, |cost| cost.peak as f64)
}

/// Of at least one.
fn median(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<f64> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => (values[count / 2 - 1] + values[count / 2]) / 2.0,
    }
}
