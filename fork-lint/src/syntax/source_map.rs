//! Where a token was written: from the parser's spans to files, lines and columns.

use std::collections::HashMap;

use proc_macro2::{LineColumn, TokenStream};

use super::Limits;
use super::parse::{self, Parsed, Trouble};
use crate::facts::{Span, Sym};

/// Names a text that a [`SourceMap`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitId(u32);

/// A text and the place it was taken from.
struct Unit {
    file: Sym,
    line: u32,
    column: u32,
}

/// The texts of one crate, read on one thread.
///
/// Outside the compiler, spans count in a table of the thread that grows with every text parsed; the table gives
/// line and column and a running number of the text. This map remembers which number is which file.
#[derive(Default)]
pub struct SourceMap {
    units: Vec<Unit>,
    by_number: HashMap<u32, UnitId>,
}

impl SourceMap {
    /// A map for the next crate. Frees the texts of the crates this thread read before: their spans must not be
    /// used any more. Not for use inside the compiler, where [`SourceMap::default`] does.
    pub fn for_next_crate() -> SourceMap {
        proc_macro2::extra::invalidate_current_thread_spans();
        SourceMap::default()
    }

    /// Parses a file. What cannot be parsed is reported in [`Parsed::unseen`], the rest is kept.
    pub fn parse_file(&mut self, file: Sym, text: &str, limits: &Limits) -> Parsed {
        let unit = self.add(file, 1, 1);
        parse::parse_file(self, unit, text, limits)
    }

    /// Tokenises a text that was cut out of `file` at that line and column (counted from 1): a macro's definition.
    pub fn tokens(
        &mut self,
        file: Sym,
        line: u32,
        column: u32,
        text: &str,
        limits: &Limits,
    ) -> Result<(UnitId, TokenStream), Trouble> {
        let unit = self.add(file, line, column);
        parse::tokenise(self, unit, text, limits).map(|tokens| (unit, tokens))
    }

    /// The place of a span; `None` when it belongs to no text of this map (a token made up by an expansion or by the
    /// parser), for which the caller knows a better place: the invocation.
    pub fn span_of(&self, span: proc_macro2::Span) -> Option<Span> {
        let name = span.file();
        if let Some(number) = number_in(&name) {
            return Some(self.place(*self.by_number.get(&number)?, span.start(), span.end()));
        }
        // Inside the compiler a span knows its file.
        if name.is_empty() || name.starts_with('<') {
            return None;
        }
        let unit = Unit { file: Sym::new(&name), line: 1, column: 1 };
        Some(unit.place(span.start(), span.end()))
    }

    /// The place of a span of which the caller knows that it is from `unit` or made up; several times faster than
    /// [`SourceMap::span_of`].
    pub fn span_in(&self, unit: UnitId, span: proc_macro2::Span) -> Option<Span> {
        let (start, end) = (span.start(), span.end());
        if start == end {
            // Made-up spans are empty; no token is.
            return self.span_of(span);
        }
        Some(self.place(unit, start, end))
    }

    /// The file a text is from.
    pub fn file_of(&self, unit: UnitId) -> Sym {
        self.units[unit.0 as usize].file
    }

    fn add(&mut self, file: Sym, line: u32, column: u32) -> UnitId {
        let id = UnitId(self.units.len() as u32);
        self.units.push(Unit { file, line, column });
        id
    }

    /// Learns from any span of a unit's text which number the text has.
    pub(super) fn learn(&mut self, unit: UnitId, span: proc_macro2::Span) {
        if let Some(number) = number_in(&span.file()) {
            self.by_number.insert(number, unit);
        }
    }

    pub(super) fn place(&self, unit: UnitId, start: LineColumn, end: LineColumn) -> Span {
        self.units[unit.0 as usize].place(start, end)
    }
}

impl Unit {
    fn place(&self, start: LineColumn, end: LineColumn) -> Span {
        let (line, column) = self.shift(start);
        let (end_line, end_column) = self.shift(end);
        Span { file: self.file, line, column, end_line, end_column }
    }

    fn shift(&self, at: LineColumn) -> (u32, u32) {
        let (line, column) = (at.line as u32, at.column as u32);
        if line <= 1 { (self.line, self.column + column) } else { (self.line + line - 1, column + 1) }
    }
}

/// The number in `<parsed string 7>`.
fn number_in(name: &str) -> Option<u32> {
    name.strip_prefix("<parsed string ")?.strip_suffix('>')?.parse().ok()
}
