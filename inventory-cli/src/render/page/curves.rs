//! Copied memory over time, as lines.

use std::fmt::Write as _;

use super::pictures::open;
use crate::model::{MemorySample, MemorySeries, Snapshot};
use crate::render::bytes;

const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 140.0;
/// More processes than this are not drawn.
const MOST: usize = 30;

/// A picture for each process that was followed: what the child has copied, and what the parent has.
pub(super) fn over_time(snapshot: &Snapshot) -> String {
    let mut html = String::new();
    for series in snapshot.memory_over_time.iter().filter(|s| !s.samples.is_empty()).take(MOST) {
        if html.is_empty() {
            html += "<h2>Copied memory over time</h2>\n";
        }
        html += &picture(series);
    }
    html
}

/// Name, colour, and what is drawn.
type Line = (&'static str, &'static str, fn(&MemorySample) -> u64);

fn picture(series: &MemorySeries) -> String {
    let known = series.samples.iter().any(|s| s.by_child.is_some());
    let lines: &[Line] = if known {
        &[
            ("by the child", "#b26a00", |s| s.by_child.unwrap_or(0)),
            ("by the parent", "#3b6ea5", |s| s.by_parent.unwrap_or(0)),
        ]
    } else {
        &[("the child's own", "#b26a00", |s| s.exclusive)]
    };
    let last = series.samples.last().map_or(0.0, |s| s.seconds);
    let top = lines.iter().flat_map(|(.., of)| series.samples.iter().map(of)).max().unwrap_or(0);
    let mut html = format!("<p class=\"t\">{} and its parent {}, {last:.1} s</p>", series.pid, series.parent);
    html += &open(620, 165);
    for (place, (name, colour, of)) in lines.iter().enumerate() {
        let mut points = String::new();
        for sample in &series.samples {
            let x = sample.seconds / last.max(1e-9) * WIDTH;
            let _ = write!(points, "{:.1},{:.1} ", x.clamp(0.0, WIDTH) + 5.0, HEIGHT - share(of(sample), top) + 5.0);
        }
        let value = bytes(series.samples.last().map_or(0, of));
        let _ = write!(
            html,
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"{}\" y=\"162\" style=\"fill:{colour}\">{name}: {value}</text>",
            5 + place * 300
        );
    }
    html + "</svg>\n"
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture of 140 points")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / (whole.max(1)) as f64 * HEIGHT
}
