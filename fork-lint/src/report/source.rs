//! Texts of the files that reports point into.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

use crate::facts::{Span, Sym};

/// A file's text, with the byte offset of every line.
#[derive(Debug)]
pub struct Source {
    /// The text, without a byte order mark.
    pub text: String,
    /// The file starts with a byte order mark, which is not part of `text`.
    pub bom: bool,
    /// Some bytes of the file are no UTF-8; `text` has replacement characters for them.
    pub lossy: bool,
    starts: Vec<usize>,
}

impl Source {
    /// Indexes a text.
    pub fn new(text: &str) -> Source {
        let (text, bom) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Source { text: text.to_owned(), bom, lossy: false, starts }
    }

    /// Reads a file.
    pub fn read(path: &Path) -> io::Result<Source> {
        let bytes = std::fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(Source { lossy: matches!(text, Cow::Owned(_)), ..Source::new(&text) })
    }

    /// How many lines there are, an empty last one included.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line of that number (from 1), without its line end.
    pub fn line(&self, number: u32) -> Option<&str> {
        let range = self.line_range(number)?;
        Some(self.text[range].trim_end_matches(['\n', '\r']))
    }

    /// Bytes of the line of that number (from 1), line end included.
    pub fn line_range(&self, number: u32) -> Option<Range<usize>> {
        let index = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(index)?;
        Some(start..self.starts.get(index + 1).copied().unwrap_or(self.text.len()))
    }

    /// Bytes of a place; columns beyond a line's end mean its end. `None` when the file has no such line.
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let start = self.offset(span.line, span.column)?;
        let end = self.offset(span.end_line, span.end_column).unwrap_or(start).max(start);
        Some(start..end)
    }

    /// Bytes of a place when every line and column of it exists in the text, and the text is the file's.
    pub fn exact_range(&self, span: Span) -> Option<Range<usize>> {
        let range = self.range(span).filter(|_| !self.lossy)?;
        let column = |line: u32, at: usize| {
            let start = self.line_range(line)?.start;
            Some(self.text.get(start..at)?.chars().count() as u32 + 1)
        };
        let exact = column(span.line, range.start) == Some(span.column)
            && column(span.end_line, range.end) == Some(span.end_column);
        exact.then_some(range)
    }

    fn offset(&self, line: u32, column: u32) -> Option<usize> {
        let start = self.line_range(line)?.start;
        let text = self.line(line)?;
        let skip = (column as usize).saturating_sub(1);
        Some(start + text.char_indices().nth(skip).map_or(text.len(), |(at, _)| at))
    }
}

/// Reads each file once; a file that is gone or unreadable has no text.
#[derive(Debug, Default)]
pub struct Sources {
    read: RefCell<HashMap<Sym, Option<Rc<Source>>>>,
}

impl Sources {
    /// Takes this text for a file, whatever is on disk.
    pub fn insert(&self, file: Sym, text: &str) {
        self.read.borrow_mut().insert(file, Some(Rc::new(Source::new(text))));
    }

    /// The text of a file.
    pub fn get(&self, file: Sym) -> Option<Rc<Source>> {
        if let Some(known) = self.read.borrow().get(&file) {
            return known.clone();
        }
        let source = Source::read(Path::new(file.as_str())).ok().map(Rc::new);
        self.read.borrow_mut().insert(file, source.clone());
        source
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(line: u32, column: u32, end_line: u32, end_column: u32) -> Span {
        Span { file: Sym::new("x.rs"), line, column, end_line, end_column }
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("let ü = 1;\r\nfork();\r\n");
        let text = |s| source.range(s).map(|r| source.text[r].to_owned());
        assert_eq!(text(span(1, 5, 1, 6)).as_deref(), Some("ü"));
        assert_eq!(text(span(2, 1, 2, 7)).as_deref(), Some("fork()"));
        assert_eq!(text(span(1, 9, 1, 900)).as_deref(), Some("1;"), "beyond the line is its end, before the CR");
        assert_eq!(text(span(2, 5, 2, 1)).as_deref(), Some(""), "an end before the start is empty");
        assert_eq!(text(span(9, 1, 9, 2)), None, "a line that is not there");
        assert_eq!(text(span(0, 0, 0, 0)), None);
    }

    #[test]
    fn exact_ranges_refuse_what_is_not_there() {
        let source = Source::new("\u{feff}abc\n");
        assert!(source.bom);
        assert_eq!(source.exact_range(span(1, 1, 1, 4)), Some(0..3));
        assert_eq!(source.exact_range(span(1, 1, 1, 9)), None);
    }

    #[test]
    fn a_file_that_is_gone_has_no_text() {
        assert!(Sources::default().get(Sym::new("no/such/file.rs")).is_none());
    }
}
