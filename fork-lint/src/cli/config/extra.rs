//! `[[catalogue]]`: what functions do that the built-in catalogue does not know.

use std::ops::Range;

use toml::de::DeTable;

use super::document::{Document, Node};
use crate::catalogue::attrs::{ROLE_WORDS, parse_role};
use crate::catalogue::{Effect, Entry, Role};
use crate::cli::failure::Failure;
use crate::cli::similar::did_you_mean;
use crate::facts::Sym;

const KEYS: &[&str] = &["path", "effects", "roles", "reason"];

/// The entries, in order.
pub(super) fn entries(document: &Document, value: &Node<'_>) -> Result<Vec<(Sym, Entry)>, Failure> {
    let list = value
        .get_ref()
        .as_array()
        .ok_or_else(|| document.mismatch("catalogue", "a list of tables, `[[catalogue]]`", value))?;
    list.iter()
        .map(|item| {
            let table = item.get_ref().as_table();
            let table =
                table.ok_or_else(|| document.mismatch("catalogue", "a list of tables, `[[catalogue]]`", item))?;
            entry(document, item.span(), table)
        })
        .collect()
}

fn entry(document: &Document, at: Range<usize>, table: &DeTable<'_>) -> Result<(Sym, Entry), Failure> {
    let mut entry = Entry::default();
    let mut path = None;
    for (name, value) in table {
        let key = name.get_ref().as_ref();
        match key {
            "path" => path = Some(canonical(document, value.span(), document.string(key, value)?)?),
            "effects" => {
                for (at, word) in document.strings(key, value)? {
                    entry.effects.push(effect(document, at, word)?);
                }
            }
            "roles" => {
                for (at, text) in document.strings(key, value)? {
                    entry.roles.push(role(document, at, text)?);
                }
            }
            "reason" => entry.source = document.string(key, value)?.trim().to_owned(),
            _ => return Err(document.unknown_key(name.span(), key, KEYS)),
        }
    }
    let lacks = |what: &str, help: &str| {
        let message = format!("a catalogue entry without {what}");
        document.failure(at.clone(), message, "this entry".to_owned()).help(help)
    };
    let path = path.ok_or_else(|| lacks("`path`", "name the function: path = \"crate_name::module::function\""))?;
    if entry.effects.is_empty() && entry.roles.is_empty() {
        return Err(lacks("`effects` and `roles`", "say what it does: effects = [\"thread_start\"]"));
    }
    if entry.source.is_empty() {
        return Err(lacks("`reason`", "say where that is known from: reason = \"..\""));
    }
    Ok((path, entry))
}

fn canonical(document: &Document, at: Range<usize>, text: &str) -> Result<Sym, Failure> {
    let fits =
        text.contains("::") && !text.contains(char::is_control) && text.split("::").all(|part| !part.trim().is_empty());
    if fits {
        return Ok(Sym::new(text));
    }
    let help = "write it in full: `crate_name::module::function`, `crate_name::Type::method`, `c::function` for C";
    Err(document
        .failure(at, format!("`{text}` is not the path of a function or type"), "this path".to_owned())
        .help(help))
}

fn effect(document: &Document, at: Range<usize>, word: &str) -> Result<Effect, Failure> {
    Effect::from_word(word).ok_or_else(|| {
        let words = Effect::ALL.map(Effect::word);
        let help = did_you_mean(word, words, &format!("the effects are {}", words.join(", ")));
        document.failure(at, format!("no effect is called `{word}`"), "unknown effect".to_owned()).help(help)
    })
}

/// `role(key = value)` as people write it, or `role, key = value` as the stubs do.
fn role(document: &Document, at: Range<usize>, text: &str) -> Result<Role, Failure> {
    let text = text.trim();
    let plain = match text.strip_suffix(')').and_then(|t| t.split_once('(')) {
        Some((word, "")) => word.to_owned(),
        Some((word, keys)) => format!("{word}, {keys}"),
        None => text.to_owned(),
    };
    parse_role(&plain).map_err(|why| {
        let word = plain.split([',', '=', ' ']).next().unwrap_or_default();
        let known = ROLE_WORDS.contains(&word);
        let help = if known {
            String::new()
        } else {
            did_you_mean(word, ROLE_WORDS, &format!("the roles are {}", ROLE_WORDS.join(", ")))
        };
        document.failure(at, "a role that cannot be understood".to_owned(), why).help(help)
    })
}
