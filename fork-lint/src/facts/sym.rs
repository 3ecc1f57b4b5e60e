//! Interned strings: every path, name and file of a run is stored once and compared as a number.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::{OnceLock, RwLock};

/// An interned string. Two are equal exactly when their texts are equal; valid for the life of the process.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(u32);

#[derive(Default)]
struct Interner {
    ids: HashMap<&'static str, u32>,
    texts: Vec<&'static str>,
}

fn interner() -> &'static RwLock<Interner> {
    static INTERNER: OnceLock<RwLock<Interner>> = OnceLock::new();
    INTERNER.get_or_init(RwLock::default)
}

thread_local! {
    /// Spares the lock for the names a thread meets again and again.
    static SEEN: RefCell<HashMap<&'static str, u32>> = RefCell::default();
    static TEXTS: RefCell<Vec<Option<&'static str>>> = const { RefCell::new(Vec::new()) };
}

impl Sym {
    /// The symbol of `text`.
    pub fn new(text: &str) -> Sym {
        if let Some(id) = SEEN.with_borrow(|seen| seen.get(text).copied()) {
            return Sym(id);
        }
        let mut table = interner().write().unwrap_or_else(|e| e.into_inner());
        let id = match table.ids.get(text) {
            Some(&id) => id,
            None => {
                // The table lives as long as the process: a run interns what it reads once and ends.
                let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
                let id = table.texts.len() as u32;
                table.texts.push(text);
                table.ids.insert(text, id);
                id
            }
        };
        let text = table.texts[id as usize];
        drop(table);
        SEEN.with_borrow_mut(|seen| seen.insert(text, id));
        Sym(id)
    }

    /// The text.
    pub fn as_str(self) -> &'static str {
        TEXTS.with_borrow_mut(|texts| {
            let at = self.0 as usize;
            if let Some(Some(text)) = texts.get(at) {
                return *text;
            }
            let table = interner().read().unwrap_or_else(|e| e.into_inner());
            if texts.len() < table.texts.len() {
                texts.resize(table.texts.len(), None);
            }
            texts[at] = Some(table.texts[at]);
            table.texts[at]
        })
    }

    /// The part after the last `::`.
    pub fn last(self) -> &'static str {
        let text = self.as_str();
        text.rsplit("::").next().unwrap_or(text)
    }
}

impl fmt::Display for Sym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl From<&str> for Sym {
    fn from(text: &str) -> Sym {
        Sym::new(text)
    }
}

#[cfg(feature = "cli")]
impl serde::Serialize for Sym {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

#[cfg(feature = "cli")]
impl<'de> serde::Deserialize<'de> for Sym {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Sym, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Sym;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Sym, E> {
                Ok(Sym::new(text))
            }
        }
        from.deserialize_str(Text)
    }
}
