//! Which level a finding gets from the user's settings.
//!
//! The most specific selector decides: a rule before a hazard before a family before `all`; of two alike, the later.
//! The command line is asked first, then the package's settings, then the workspace's. `warnings` and `notes` apply last,
//! to what has that level by then.

use super::failure::Failure;
use super::similar::did_you_mean;
use crate::rules::hazards::{HAZARDS, hazard};
use crate::rules::{self, Level, Rule};

/// What a setting is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Selector {
    /// Every finding.
    All,
    /// A family of rules.
    Family(&'static str),
    /// The rules of a hazard, by its id.
    Hazard(&'static str),
    /// A rule.
    Rule(&'static str),
    /// Findings at this level.
    Level(Level),
}

/// Settings of one place, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layer(pub(super) Vec<(Selector, Level)>);

impl Selector {
    /// The selector of a word.
    pub(super) fn parse(word: &str) -> Option<Selector> {
        match word {
            "all" => return Some(Selector::All),
            "warnings" => return Some(Selector::Level(Level::Warning)),
            "notes" => return Some(Selector::Level(Level::Note)),
            _ => {}
        }
        if let Some(rule) = rules::all().find(|r| r.name == word) {
            return Some(Selector::Rule(rule.name));
        }
        if let Some(hazard) = hazard(word) {
            return Some(Selector::Hazard(hazard.id));
        }
        families().into_iter().find(|f| *f == word).map(Selector::Family)
    }

    /// What an unknown word may have meant.
    pub(super) fn advice(word: &str) -> String {
        let hazards = HAZARDS.iter().map(|h| h.name);
        let names = rules::all().map(|r| r.name).chain(hazards).chain(families()).chain(["all", "warnings", "notes"]);
        did_you_mean(word, names, "`cargo fork-lint --list` lists rules, hazards and families")
    }

    fn weight(self, rule: &Rule) -> Option<u8> {
        match self {
            Selector::All => Some(1),
            Selector::Family(family) => (family == rule.family).then_some(2),
            Selector::Hazard(hazard) => (hazard == rule.hazard).then_some(3),
            Selector::Rule(name) => (name == rule.name).then_some(4),
            Selector::Level(_) => None,
        }
    }
}

/// The families that rules are of.
pub(super) fn families() -> Vec<&'static str> {
    let mut families: Vec<_> = rules::all().map(|r| r.family).collect();
    families.sort_unstable();
    families.dedup();
    families
}

impl Layer {
    /// The settings of a command line.
    pub(super) fn from_words(words: &[(String, Level)]) -> Result<Layer, Failure> {
        let settings =
            words.iter().map(|(word, level)| match Selector::parse(word) {
                Some(selector) => Ok((selector, *level)),
                None => Err(Failure::usage(format!("no rule, hazard or family is called `{word}`"))
                    .help(Selector::advice(word))),
            });
        settings.collect::<Result<_, _>>().map(Layer)
    }

    fn of_rule(&self, rule: &Rule) -> Option<Level> {
        let matching = self.0.iter().filter_map(|(selector, level)| Some((selector.weight(rule)?, *level)));
        // The last of the heaviest: `max_by_key` keeps the later of two equal ones.
        matching.max_by_key(|(weight, _)| *weight).map(|(_, level)| level)
    }

    fn of_level(&self, level: Level) -> Option<Level> {
        self.0.iter().rev().find(|(selector, _)| *selector == Selector::Level(level)).map(|(_, to)| *to)
    }
}

/// The level of a finding; `layers` has the one that is asked first in front.
pub(super) fn level(layers: &[&Layer], rule: &Rule, own: Level) -> Level {
    let mut level = layers.iter().find_map(|layer| layer.of_rule(rule)).unwrap_or(own);
    for group in [Level::Note, Level::Warning] {
        if level == group
            && let Some(to) = layers.iter().find_map(|layer| layer.of_level(group))
        {
            level = to;
        }
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULE: Rule = Rule {
        name: "allocation-in-child",
        hazard: "H03",
        family: "child-work",
        level: Level::Warning,
        summary: "",
        docs: "",
        check: |_, _| {},
    };

    #[track_caller]
    fn check(layers: &[&[(Selector, Level)]], own: Level, expected: Level) {
        let layers: Vec<Layer> = layers.iter().map(|l| Layer(l.to_vec())).collect();
        assert_eq!(level(&layers.iter().collect::<Vec<_>>(), &RULE, own), expected, "{layers:?}");
    }

    #[test]
    fn the_most_specific_then_the_latest_decides() {
        use Level::{Allow, Error, Note, Warning};
        use Selector::{All, Family, Hazard, Rule};
        let rule = Rule("allocation-in-child");
        check(&[], Note, Note);
        check(&[&[(rule, Error), (Family("child-work"), Allow)]], Warning, Error);
        check(&[&[(Hazard("H03"), Allow), (All, Error)]], Warning, Allow);
        check(&[&[(rule, Error), (rule, Allow)]], Warning, Allow);
        check(&[&[(All, Warning)], &[(rule, Error)]], Note, Warning);
        check(&[&[(Family("locks"), Error)]], Warning, Warning);
    }

    #[test]
    fn groups_apply_last() {
        use Level::{Allow, Error, Note, Warning};
        let warnings = Selector::Level(Warning);
        let notes = Selector::Level(Note);
        check(&[&[(warnings, Error)]], Warning, Error);
        check(&[&[(warnings, Error)]], Note, Note);
        check(&[&[(notes, Warning), (warnings, Error)]], Note, Error);
        check(&[&[(warnings, Error), (Selector::Rule("allocation-in-child"), Allow)]], Warning, Allow);
        check(&[&[(warnings, Allow)], &[(warnings, Error)]], Warning, Allow);
    }

    #[test]
    fn words_name_rules_hazards_and_families() {
        assert_eq!(Selector::parse("unused-suppression"), Some(Selector::Rule("unused-suppression")));
        assert_eq!(Selector::parse("h4"), Some(Selector::Hazard("H04")));
        assert_eq!(Selector::parse("fd-leaked-on-exec"), Some(Selector::Hazard("H04")));
        assert_eq!(Selector::parse("suppressions"), Some(Selector::Family("suppressions")));
        assert_eq!(Selector::parse("unused-supression"), None);
        assert_eq!(Selector::advice("unused-supression"), "did you mean `unused-suppression`?");
    }
}
