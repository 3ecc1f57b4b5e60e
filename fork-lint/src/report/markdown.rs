//! Markdown for terminals: headings, paragraphs, lists and code, wrapped to a width, lightly styled.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// Renders Markdown for a terminal of `width` columns.
pub fn terminal(text: &str, width: usize, colour: bool) -> String {
    let mut out = String::new();
    let mut blocks =
        Blocks { out: &mut out, width: width.max(20), colour, paragraph: String::new(), indent: String::new() };
    let mut fence = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") {
            blocks.flush();
            fence = !fence;
            if !fence {
                blocks.blank();
            }
        } else if fence {
            blocks.code(line);
        } else if trimmed.is_empty() {
            blocks.flush();
            blocks.blank();
        } else if let Some((depth, title)) = heading(trimmed) {
            blocks.flush();
            blocks.heading(depth, title);
        } else if trimmed.starts_with('|') {
            blocks.flush();
            blocks.verbatim(line);
        } else if let Some(mark) = item(trimmed) {
            blocks.flush();
            let depth = line.len() - trimmed.len();
            blocks.indent = " ".repeat(depth + mark);
            blocks.paragraph = line.to_owned();
        } else {
            blocks.add(trimmed);
        }
    }
    blocks.flush();
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

/// The text without Markdown's marks, unwrapped: for formats that ask for plain text.
pub fn plain(text: &str) -> String {
    terminal(text, usize::MAX, false)
}

/// Wraps a text; lines after the first of each of its lines start with `hang`, the very first with `lead`.
pub fn wrap(text: &str, width: usize, lead: &str, hang: &str) -> String {
    let mut out = String::from(lead);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let mut column = if number == 0 { lead.width() } else { 0 };
        let mut first = true;
        for word in words(line) {
            let size = visible(word);
            if !first && column + 1 + size > width {
                out.push('\n');
                out.push_str(hang);
                column = hang.width();
            } else if !first {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += size;
            first = false;
        }
    }
    out
}

/// Words; inline code is not broken unless it is long.
fn words(line: &str) -> impl Iterator<Item = &str> {
    const LONG: usize = 40;
    let mut rest = line.trim_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        let mut open: Option<usize> = None;
        for (at, c) in rest.char_indices() {
            match c {
                '`' => open = if open.is_some() { None } else { Some(at) },
                ' ' => {
                    let closes_near = open.is_some_and(|o| rest[at..].find('`').is_some_and(|n| at + n - o < LONG));
                    if !closes_near {
                        end = at;
                        break;
                    }
                }
                _ => {}
            }
        }
        let (word, tail) = rest.split_at(end);
        rest = tail.trim_start();
        Some(word)
    })
}

/// Columns a word takes, without terminal controls.
fn visible(word: &str) -> usize {
    let mut plain = String::with_capacity(word.len());
    let mut control = false;
    for c in word.chars() {
        match c {
            '\u{1b}' => control = true,
            'm' if control => control = false,
            _ if control => {}
            _ => plain.push(c),
        }
    }
    plain.width()
}

/// Depth and text of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let title = line.trim_start_matches('#');
    let depth = line.len() - title.len();
    (depth > 0 && title.starts_with(' ')).then(|| (depth, title.trim()))
}

/// Width of a list item's mark.
fn item(line: &str) -> Option<usize> {
    if line.starts_with("- ") || line.starts_with("* ") {
        return Some(2);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits < 4 && line[digits..].starts_with(". ")).then_some(digits + 2)
}

struct Blocks<'a> {
    out: &'a mut String,
    width: usize,
    colour: bool,
    paragraph: String,
    indent: String,
}

impl Blocks<'_> {
    fn add(&mut self, line: &str) {
        if !self.paragraph.is_empty() {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(line);
    }

    fn flush(&mut self) {
        if self.paragraph.is_empty() {
            self.indent.clear();
            return;
        }
        let text = std::mem::take(&mut self.paragraph);
        let indent = std::mem::take(&mut self.indent);
        let lead: String = text.chars().take_while(|c| *c == ' ').collect();
        let text = self.inline(&text);
        let wrapped = wrap(&text, self.width, &lead, &indent);
        self.out.push_str(&wrapped);
        self.out.push('\n');
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Bold with colours; without them the two upper depths are underlined.
    fn heading(&mut self, depth: usize, title: &str) {
        self.blank();
        let rule = match depth {
            1 => "=",
            2 => "-",
            _ => "",
        };
        let text = self.inline(title);
        let text = self.styled(&text, Style::new().bold());
        self.out.push_str(&text);
        self.out.push('\n');
        if !rule.is_empty() && !self.colour {
            self.out.push_str(&rule.repeat(title.width()));
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn code(&mut self, line: &str) {
        let line = self.styled(line, AnsiColor::Cyan.on_default());
        self.verbatim(&format!("    {line}"));
    }

    fn verbatim(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn styled(&self, text: &str, style: Style) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Inline code and bold; with colours the marks give way to a style.
    fn inline(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['`', '*']) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let (mark, style, keep) = if from.starts_with('`') {
                ("`", AnsiColor::Cyan.on_default(), true)
            } else if from.starts_with("**") {
                ("**", Style::new().bold(), false)
            } else {
                out.push('*');
                rest = &from[1..];
                continue;
            };
            match from[mark.len()..].find(mark) {
                Some(end) if end > 0 => {
                    let inner = &from[mark.len()..mark.len() + end];
                    if keep && !self.colour {
                        out.push_str(&format!("{mark}{inner}{mark}"));
                    } else {
                        out.push_str(&self.styled(inner, style));
                    }
                    rest = &from[mark.len() * 2 + end..];
                }
                _ => {
                    out.push_str(mark);
                    rest = &from[mark.len()..];
                }
            }
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_joined_and_wrapped() {
        let text = "## What it does\n\nFinds `malloc` in a\nforked child, where the allocator may be locked for ever.\n\n- one item that is\n  long enough to wrap\n- two\n\n```rust\nlet x =  1;\n```\nafter";
        let expected = "\
What it does
------------

Finds `malloc` in a forked
child, where the allocator may
be locked for ever.

- one item that is long enough
  to wrap
- two

    let x =  1;

after";
        assert_eq!(terminal(text, 30, false), expected);
    }

    #[test]
    fn colours_replace_marks() {
        let text = terminal("**bold** and `code`", 80, true);
        assert!(text.contains("\u{1b}[1mbold\u{1b}[0m"), "{text:?}");
        assert!(!text.contains('`') && !text.contains('*'), "{text:?}");
        assert_eq!(plain("a **b**\nc * d"), "a b c * d");
    }

    #[test]
    fn wrapping_counts_columns_not_bytes() {
        assert_eq!(wrap("日本 日本 ab", 7, "", ""), "日本\n日本 ab");
        assert_eq!(wrap("keep `a b` whole", 9, "", "  "), "keep\n  `a b`\n  whole");
    }
}
