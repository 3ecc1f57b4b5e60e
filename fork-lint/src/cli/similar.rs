//! Did you mean …?

/// The candidate that a misspelt word most likely stands for.
pub(super) fn similar<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_ascii_lowercase().replace('_', "-");
    let near = |candidate: &str| strsim::jaro_winkler(&word, &candidate.to_ascii_lowercase().replace('_', "-"));
    let scored = candidates.into_iter().map(|c| (near(c), c)).filter(|(score, _)| *score > 0.8);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, c)| c)
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
        assert_eq!(similar("zebra", words), None);
    }
}
