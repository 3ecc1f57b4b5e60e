//! The stubs hold together: they parse, name what exists, contradict themselves nowhere, and say where they know it from.

mod names;
mod posix;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use super::{Effect, Entry, Role, stubs};
use walk::{Kind, items};

#[test]
fn files_parse_and_are_of_a_readable_length() {
    for stub in stubs() {
        for (name, text) in stub.files {
            if let Err(e) = syn::parse_file(text) {
                panic!("{name}:{}: {e}", e.span().start().line);
            }
            if name.ends_with(".rs") {
                assert!(text.lines().count() <= 400, "{name} is too long to read at a sitting");
            }
        }
    }
}

#[test]
fn crates_and_files_are_listed_once() {
    let mut seen = BTreeSet::new();
    for stub in stubs() {
        assert!(seen.insert(stub.krate), "{} twice", stub.krate);
        for (name, _) in stub.files {
            assert!(seen.insert(name), "{name} twice");
        }
    }
}

#[test]
fn every_name_in_a_signature_exists() {
    let wrong = names::unknown_names();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_path_has_two_entries_that_differ() {
    let mut known: BTreeMap<(bool, String), (Option<Entry>, String)> = BTreeMap::new();
    for item in items() {
        let entry = item.entry.map(|e| Entry { source: String::new(), ..e });
        // C has a `struct stat` and a function `stat`.
        match known.get(&(item.kind == Kind::Type, item.path.clone())) {
            None => drop(known.insert((item.kind == Kind::Type, item.path), (entry, item.place))),
            Some((first, place)) => {
                assert_eq!(*first, entry, "{} at {place} and at {}", item.path, item.place);
                assert!(!item.path.starts_with("c::"), "{} at {place} and at {}", item.path, item.place);
            }
        }
    }
}

#[test]
fn what_is_claimed_has_a_source() {
    for item in items() {
        let claims = item.entry.as_ref().is_some_and(|e| !e.effects.is_empty() || !e.roles.is_empty());
        assert!(!claims || item.source.is_some(), "{} at {} says what it does but not where that is known from", item.path, item.place);
    }
}

#[test]
fn roles_name_parameters_that_are_there() {
    for item in items() {
        for role in item.entry.iter().flat_map(|e| &e.roles) {
            let named: Vec<u32> = match role {
                Role::PreExec { param }
                | Role::CloneEntry { param }
                | Role::ForkEntry { param }
                | Role::ThreadEntry { param }
                | Role::Stores { param }
                | Role::Handler { param }
                | Role::AtforkChild { param }
                | Role::SetsCloexec { param }
                | Role::ClearsCloexec { param }
                | Role::Closes { param } => vec![*param],
                Role::Opens { flags, out, .. } => flags.iter().chain(out).copied().collect(),
                _ => Vec::new(),
            };
            for param in named {
                assert!((param as usize) < item.params, "{} at {}: {role:?} of {} parameters", item.path, item.place, item.params);
            }
            if let Role::Class(_) = role {
                assert_eq!(item.kind, Kind::Type, "{} at {}: only a type has a class", item.path, item.place);
            } else {
                assert_ne!(item.kind, Kind::Type, "{} at {}: a type has no {role:?}", item.path, item.place);
            }
        }
    }
}

#[test]
fn openers_name_the_flag_or_the_alternative() {
    for item in items() {
        for role in item.entry.iter().flat_map(|e| &e.roles) {
            if let Role::Opens { flags, flag, instead, always, .. } = role {
                let told = *always || (flags.is_some() && !flag.as_str().is_empty()) || !instead.as_str().is_empty();
                assert!(told, "{} at {}: neither a flag nor another function", item.path, item.place);
            }
        }
    }
}

#[test]
fn what_never_returns_says_so_in_both_ways() {
    for item in items().iter().filter(|i| i.kind == Kind::Fn) {
        let entry = item.entry.clone().unwrap_or_default();
        if entry.roles.contains(&Role::Diverges) {
            assert!(item.never, "{} at {} diverges and has a return type", item.path, item.place);
        }
        if entry.effects.iter().any(|e| matches!(e, Effect::Exit | Effect::ExitNow)) {
            assert!(entry.roles.contains(&Role::Diverges), "{} at {} ends the process and is not said to diverge", item.path, item.place);
        }
    }
}

#[test]
fn thread_starts_have_effect_and_role() {
    for item in items() {
        let entry = item.entry.clone().unwrap_or_default();
        let effect = entry.effects.contains(&Effect::ThreadStart);
        let role = entry.roles.contains(&Role::StartsThreads);
        assert_eq!(effect, role, "{} at {}: thread_start and starts_threads go together", item.path, item.place);
        let forks = entry.roles.iter().any(|r| matches!(r, Role::Fork { .. } | Role::Daemon | Role::CloneEntry { .. } | Role::ForkEntry { .. }));
        assert_eq!(entry.effects.contains(&Effect::Fork), forks, "{} at {}: fork and its role go together", item.path, item.place);
    }
}
