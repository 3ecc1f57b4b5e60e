//! Did you mean …?

use crate::project::nearest;

/// The candidate that a misspelt word most likely stands for, or that has it as a part.
pub(super) fn similar<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace('_', "-");
    let word = plain(word);
    let known: Vec<(String, &str)> = candidates.into_iter().map(|c| (plain(c), c)).collect();
    let original = |found: &str| known.iter().find(|(text, _)| text == found).map(|(_, c)| *c);
    if let Some(found) = nearest(&word, known.iter().map(|(text, _)| text.as_str())) {
        return original(&found);
    }
    let parts = known.iter().flat_map(|(text, _)| text.split('-').filter(|part| part.len() > 4));
    let part = nearest(&word, parts)?;
    let whole = known.iter().find(|(text, _)| text.split('-').any(|p| p == part))?;
    Some(whole.1)
}

/// `did you mean …?`, or what else to do.
pub(super) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    match similar(word, candidates) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["allocation-in-child", "exclude-paths", "deny"];
        assert_eq!(similar("alocation-in-child", words), Some("allocation-in-child"));
        assert_eq!(similar("exclude_path", words), Some("exclude-paths"));
        assert_eq!(similar("alocation", words), Some("allocation-in-child"));
        assert_eq!(similar("zebra", words), None);
    }
}
