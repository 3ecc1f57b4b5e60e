//! The picture: a bar a row, on a logarithmic scale.

use crate::table::Measured;
use std::fmt::Write;

const LEFT: f64 = 330.0;
const WIDTH: f64 = 520.0;
const STEP: f64 = 30.0;

/// Both series as SVG. Bars are multiples of a raw fork in the same round, from 1/16 to 1024.
pub(crate) fn bars(small: &[Measured], large: &[Measured], megabytes: usize) -> String {
    let place = |ratio: f64| LEFT + WIDTH * ((ratio.log2() + 4.0) / 14.0).clamp(0.0, 1.0);
    let height = 70.0 + STEP * small.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"900\" height=\"{height}\" fill=\"white\"/>\n\
         <text x=\"10\" y=\"20\" font-size=\"14\">A process per job: times a raw fork of a small process, \
         log scale; small caller (dark), {megabytes} MB (light)</text>\n"
    );
    for power in (-4..=10).step_by(2) {
        let (x, label) = (place(f64::from(power).exp2()), f64::from(power).exp2());
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"40\" x2=\"{x:.1}\" y2=\"{height}\" stroke=\"#ddd\"/>\
             <text x=\"{x:.1}\" y=\"36\" text-anchor=\"middle\">{label}</text>"
        );
    }
    for (at, row) in small.iter().enumerate() {
        let y = 48.0 + STEP * at as f64;
        let own = row.name.starts_with("Zygote");
        let name = row.name.replace('&', "&amp;").replace('>', "&gt;");
        let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>", LEFT - 8.0, y + 14.0);
        let other = large.iter().find(|other| other.name == row.name);
        let both = [(Some(row), if own { "#1b6ca8" } else { "#666" }), (other, if own { "#8cc1e6" } else { "#bbb" })];
        for (number, (row, colour)) in both.into_iter().enumerate() {
            let Some(row) = row else { continue };
            let (top, end) = (y + 10.0 * number as f64, place(row.to_base));
            let _ = writeln!(
                svg,
                "<rect x=\"{LEFT}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"9\" fill=\"{colour}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" font-size=\"9\">{:.2} ({:.0} µs)</text>",
                end - LEFT,
                end + 4.0,
                top + 8.0,
                row.to_base,
                row.median / 1000.0
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}
