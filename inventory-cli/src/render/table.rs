//! Columns of text, and paragraphs, within a width.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Rows of cells under a headline. The last column takes what is left, and is cut in the middle when that is too little.
pub(crate) fn table<S: AsRef<str>>(head: &[&str], rows: &[Vec<S>], width: usize) -> String {
    let last = head.len().saturating_sub(1);
    let column = |n: usize| {
        rows.iter()
            .filter_map(|r| r.get(n))
            .map(|c| wide(c.as_ref()))
            .chain(head.get(n).map(|h| wide(h)))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..last).map(column).collect();
    let room = width.saturating_sub(widths.iter().map(|w| w + 2).sum()).max(12);
    let mut text = String::new();
    let mut line = |cells: &[&str]| {
        for (n, cell) in cells.iter().enumerate() {
            match widths.get(n) {
                Some(width) => {
                    text.push_str(cell);
                    text.extend(std::iter::repeat_n(' ', (width + 2).saturating_sub(wide(cell))));
                }
                None if wide(cell) <= room => text.push_str(cell),
                None => text.push_str(&shorten(cell, room)),
            }
        }
        while text.ends_with(' ') {
            text.pop();
        }
        text.push('\n');
    };
    line(head);
    for row in rows {
        line(&row.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    }
    text
}

/// Columns that a text takes. Nearly all is ASCII, where that is its length.
fn wide(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Cuts the middle out, so that both the beginning and the end of a path stay.
pub(crate) fn shorten(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let keep = room.saturating_sub(1);
    let (mut head, mut tail) = (String::new(), Vec::new());
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > keep / 3 {
            break;
        }
        head.push(c);
    }
    let mut left = keep.saturating_sub(head.width());
    for c in text.chars().rev() {
        let wide = c.width().unwrap_or(0);
        if wide > left {
            break;
        }
        left -= wide;
        tail.push(c);
    }
    format!("{head}…{}", tail.into_iter().rev().collect::<String>())
}

/// A paragraph: the first line behind `lead`, further ones as far in.
pub(crate) fn wrap(text: &str, width: usize, lead: &str) -> String {
    let indent = " ".repeat(lead.width());
    let mut lines = String::from(lead);
    let mut used = lead.width();
    let mut first = true;
    for word in text.split(' ') {
        if !first && used + 1 + word.width() > width {
            lines.push('\n');
            lines.push_str(&indent);
            used = indent.width();
        } else if !first {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += word.width();
        first = false;
    }
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_wider_than_the_page() {
        let path = "/a/very/long/path/that/does/not/fit/at/all/into/the/column/that/it/has.log";
        let rows = vec![vec!["3".to_owned(), "file".to_owned(), path.to_owned()]];
        let text = table(&["FD", "KIND", "TARGET"], &rows, 40);
        assert!(text.lines().all(|l| l.width() <= 40), "{text}");
        assert!(text.contains("has.log"));
        assert_eq!(wrap("one two three", 9, "- "), "- one two\n  three\n");
    }
}
