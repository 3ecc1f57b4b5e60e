//! A snapshot as text, JSON, Prometheus metrics, or a page.

pub mod json;
pub mod page;
mod paint;
pub mod prometheus;
mod table;
pub mod text;

pub use paint::Paint;
pub(crate) use table::{table as columns, wrap as paragraph};

/// Bytes in the largest unit that keeps a digit before the point.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut scale = 0;
    let mut whole = number;
    while whole >= 1024 && scale + 1 < UNITS.len() {
        whole /= 1024;
        scale += 1;
    }
    let unit = UNITS.get(scale).copied().unwrap_or_default();
    if scale == 0 || whole >= 10 {
        return format!("{whole} {unit}");
    }
    let tenths = number / (1 << (10 * (scale - 1))) * 10 / 1024 % 10;
    format!("{whole}.{tenths} {unit}")
}

/// Seconds, minutes, hours or days.
pub fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 10.0 => format!("{s:.1} s"),
        s if s < 120.0 => format!("{s:.0} s"),
        s if s < 7200.0 => format!("{:.0} min", s / 60.0),
        s if s < 172_800.0 => format!("{:.0} h", s / 3600.0),
        s => format!("{:.0} days", s / 86400.0),
    }
}

/// The names of a set of signals, bit n−1 for signal n.
pub fn signal_names(set: u64) -> String {
    let name = |number: i32| match nix::sys::signal::Signal::try_from(number) {
        Ok(signal) => signal.as_str().trim_start_matches("SIG").to_owned(),
        Err(_) => number.to_string(),
    };
    let names: Vec<String> = (1..=64).filter(|n| set >> (n - 1) & 1 == 1).map(name).collect();
    if names.is_empty() { "none".into() } else { names.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1023), "1023 B");
        assert_eq!(bytes(1536), "1.5 KiB");
        assert_eq!(bytes(20 << 20), "20 MiB");
        assert_eq!(bytes(u64::MAX), "16777215 TiB");
        assert_eq!(signal_names(0x4001), "HUP TERM");
        assert_eq!(signal_names(0), "none");
        assert_eq!(duration(3.25), "3.2 s");
    }
}
