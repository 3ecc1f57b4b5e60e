//! What a child has of its parent's, and what not.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fds::describe;
use super::{Page, gaps, title};
use crate::model::{Descriptor, Process, Relation, Snapshot};
use crate::proc::text::harmless;
use crate::render::signal_names;
use crate::render::table::{table, wrap};

/// The differences and what is shared, part by part.
pub fn diff(snapshot: &Snapshot, child: &Process, parent: &Process, page: Page) -> String {
    let mut text = format!("{}\n", page.paint.strong(&format!("{} against {}", title(child), title(parent))));
    let how = match (child.forked_without_exec, child.image == parent.image && child.image.is_some()) {
        (true, true) => "a fork of the same program run",
        (true, false) => "forked without exec, of a program run that could not be compared or has been replaced",
        (false, _) => "has executed a program of its own since its fork",
    };
    text += &wrap(how, page.width, "  origin      ");
    text += &files(snapshot, child, parent, page);
    if let (Some(a), Some(b)) = (child.signals, parent.signals) {
        for (name, own, theirs) in
            [("blocked", a.blocked, b.blocked), ("ignored", a.ignored, b.ignored), ("caught", a.caught, b.caught)]
        {
            text += &sets(name, own, theirs, page);
        }
    }
    let numbers = |m: &BTreeMap<String, u64>| m.iter().map(|(k, v)| (k.clone(), v.to_string())).collect();
    text += &maps("namespaces", &numbers(&child.namespaces), &numbers(&parent.namespaces), page);
    let limit = |m: &BTreeMap<String, Option<u64>>| -> BTreeMap<String, String> {
        m.iter().map(|(k, v)| (k.clone(), v.map_or("unlimited".into(), |v| v.to_string()))).collect()
    };
    text += &maps("limits", &limit(&child.limits), &limit(&parent.limits), page);
    if let (Some(a), Some(b)) = (&child.credentials, &parent.credentials) {
        let differ = |name: &str, a: String, b: String| {
            if a == b {
                String::new()
            } else {
                wrap(&format!("{a}, parent {b}"), page.width, &format!("  {name:<11} "))
            }
        };
        text += &differ("user", a.uid[1].to_string(), b.uid[1].to_string());
        text += &differ("group", a.gid[1].to_string(), b.gid[1].to_string());
        text += &differ("capabilities", format!("{:#x}", a.capabilities), format!("{:#x}", b.capabilities));
    }
    if let (Some(a), Some(b)) = (&child.environment, &parent.environment) {
        let names: Vec<&str> = a
            .keys()
            .chain(b.keys().filter(|k| !a.contains_key(*k)))
            .filter(|k| a.get(*k) != b.get(*k))
            .map(String::as_str)
            .collect();
        if !names.is_empty() {
            text += &wrap(&harmless(&names.join(" ")), page.width, "  environment differs in ");
        }
    }
    for (name, a, b) in [("directory", &child.cwd, &parent.cwd), ("program", &child.exe, &parent.exe)] {
        if let (Some(a), Some(b)) = (a, b)
            && a != b
        {
            text += &wrap(&format!("{}, parent {}", harmless(a), harmless(b)), page.width, &format!("  {name:<11} "));
        }
    }
    text + &gaps(snapshot, page)
}

fn files(snapshot: &Snapshot, child: &Process, parent: &Process, page: Page) -> String {
    let (Some(own), Some(theirs)) = (&child.descriptors, &parent.descriptors) else {
        return "  descriptors could not be compared\n".into();
    };
    let mut text = String::new();
    let index = |table: &[Descriptor]| -> HashMap<u32, i32> { table.iter().rev().map(|d| (d.file, d.fd)).collect() };
    let (ours, parents) = (index(own), index(theirs));
    let same_number: HashSet<(u32, i32)> = theirs.iter().map(|d| (d.file, d.fd)).collect();
    let other = |d: &Descriptor| {
        let first = parents.get(&d.file).copied()?;
        Some(if same_number.contains(&(d.file, d.fd)) { d.fd } else { first })
    };
    let mut section = |name: &str, list: Vec<(&Descriptor, Option<i32>)>| {
        if list.is_empty() {
            return;
        }
        let rows: Vec<Vec<String>> = list
            .iter()
            .filter_map(|(d, other)| {
                let file = snapshot.file(d)?;
                let number = match other {
                    Some(other) if *other != d.fd => format!("{} ({other})", d.fd),
                    _ => d.fd.to_string(),
                };
                Some(vec![String::new(), number, file.kind.word().into(), describe(snapshot, file)])
            })
            .collect();
        text += &format!("{} {}\n", page.paint.strong(name), page.paint.faint(&format!("({})", rows.len())));
        text += table(&["", "FD", "KIND", "TARGET"], &rows, page.width).split_once('\n').map_or("", |(_, rows)| rows);
    };
    section("the same open file in both", own.iter().filter_map(|d| Some((d, Some(other(d)?)))).collect());
    section(
        "the same file, opened anew by the child",
        own.iter().filter(|d| d.relation == Relation::Reopened).map(|d| (d, None)).collect(),
    );
    let only = own.iter().filter(|d| !parents.contains_key(&d.file) && d.relation != Relation::Reopened);
    section("of the child alone", only.map(|d| (d, None)).collect());
    section("of the parent alone", theirs.iter().filter(|d| !ours.contains_key(&d.file)).map(|d| (d, None)).collect());
    text
}

fn sets(name: &str, own: u64, theirs: u64, page: Page) -> String {
    let part = |word: &str, set: u64| (set != 0).then(|| format!("{word} {}", signal_names(set)));
    let parts = [part("both:", own & theirs), part("child only:", own & !theirs), part("parent only:", theirs & !own)];
    let text: Vec<String> = parts.into_iter().flatten().collect();
    if text.is_empty() { String::new() } else { wrap(&text.join("; "), page.width, &format!("  {name:<11} ")) }
}

fn maps(name: &str, own: &BTreeMap<String, String>, theirs: &BTreeMap<String, String>, page: Page) -> String {
    let differ: Vec<String> = own
        .iter()
        .filter_map(|(k, v)| Some((k, v, theirs.get(k)?)))
        .filter(|(_, a, b)| a != b)
        .map(|(k, a, b)| format!("{k} {a} (parent {b})"))
        .collect();
    if differ.is_empty() { String::new() } else { wrap(&differ.join(", "), page.width, &format!("  {name:<11} ")) }
}
