//! Symbols in serialised form: text where people read it, else a number into a table of texts that goes beside it.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{self, Serialize, Serializer};

use super::Sym;

thread_local! {
    static WRITING: RefCell<Option<Writing>> = const { RefCell::new(None) };
    static READING: RefCell<Option<Vec<Sym>>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Writing {
    numbers: FxHashMap<Sym, u32>,
    texts: Vec<Sym>,
}

/// Runs `write`, in which symbols become numbers in order of first use; gives back what it made and the symbols.
pub(crate) fn with_numbers<T>(write: impl FnOnce() -> T) -> (T, Vec<Sym>) {
    let outer = WRITING.replace(Some(Writing::default()));
    let made = write();
    let table = WRITING.replace(outer);
    (made, table.map(|table| table.texts).unwrap_or_default())
}

/// Runs `read`, in which numbers become the symbols that [`with_numbers`] gave.
pub(crate) fn with_symbols<T>(symbols: Vec<Sym>, read: impl FnOnce() -> T) -> T {
    let outer = READING.replace(Some(symbols));
    let made = read();
    READING.replace(outer);
    made
}

impl Serialize for Sym {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            return to.serialize_str(self.as_str());
        }
        let number = WRITING.with_borrow_mut(|table| {
            let table = table.as_mut()?;
            Some(*table.numbers.entry(*self).or_insert_with(|| {
                table.texts.push(*self);
                table.texts.len() as u32 - 1
            }))
        });
        to.serialize_u32(number.ok_or_else(|| ser::Error::custom("a symbol is written without a table"))?)
    }
}

impl<'de> Deserialize<'de> for Sym {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Sym, D::Error> {
        if from.is_human_readable() {
            return from.deserialize_str(Text);
        }
        let number = u32::deserialize(from)?;
        let symbol = READING.with_borrow(|table| table.as_ref()?.get(number as usize).copied());
        symbol.ok_or_else(|| de::Error::custom("a symbol's number is not in the table"))
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Sym;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Sym, E> {
        Ok(Sym::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_where_no_one_reads() {
        let list = ["b", "a", "b", "b"].map(Sym::new);
        let (bytes, table) = with_numbers(|| postcard::to_allocvec(&list).expect("written"));
        assert_eq!(bytes, [0, 1, 0, 0]);
        assert_eq!(table, ["b", "a"].map(Sym::new));
        let read =
            |bytes: &[u8], table: &[Sym]| with_symbols(table.to_vec(), || postcard::from_bytes::<[Sym; 4]>(bytes));
        assert_eq!(read(&bytes, &table), Ok(list));
        assert!(read(&bytes, &table[..1]).is_err());
        assert!(postcard::from_bytes::<[Sym; 4]>(&bytes).is_err(), "no table is left behind");
    }

    #[test]
    fn text_where_people_read() {
        let text = serde_json::to_string(&Sym::new("std::println!")).expect("written");
        assert_eq!(text, "\"std::println!\"");
        assert_eq!(serde_json::from_str::<Sym>(&text).expect("read"), Sym::new("std::println!"));
    }
}
