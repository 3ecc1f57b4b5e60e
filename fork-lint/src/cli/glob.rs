//! File patterns of the configuration: `*` and `?` within a name, `**` over folders.

/// A pattern over names with `/` between their parts. One that names a folder covers all in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    parts: Vec<String>,
}

impl Glob {
    /// Reads a pattern; it is relative and stays inside.
    pub(super) fn parse(text: &str) -> Result<Glob, String> {
        let text = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
        if text.is_empty() {
            return Err("an empty pattern".to_owned());
        }
        if text.starts_with('/') {
            return Err("patterns are relative to the folder of the manifest".to_owned());
        }
        let parts: Vec<String> = text.split('/').map(str::to_owned).collect();
        if parts.iter().any(|p| p == ".." || p.is_empty()) {
            return Err("patterns have neither `..` nor empty parts".to_owned());
        }
        Ok(Glob { parts })
    }

    /// The pattern fits the name, or a folder around it.
    pub(super) fn matches(&self, name: &str) -> bool {
        let names: Vec<&str> = name.split('/').collect();
        fits(&self.parts, &names)
    }
}

/// Whether the parts fit all of the names, or the first of them.
fn fits(parts: &[String], names: &[&str]) -> bool {
    match parts.split_first() {
        None => true,
        Some((part, rest)) if part == "**" => (0..=names.len()).any(|skip| fits(rest, &names[skip..])),
        Some((part, rest)) => names.split_first().is_some_and(|(name, names)| word(part, name) && fits(rest, names)),
    }
}

/// `*` and `?` within one name.
fn word(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => {
                p += 1;
                n += 1;
            }
            // The last star takes one character more.
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    n = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_files_and_folders() {
        let cases = [
            ("src/gen", "src/gen/a.rs", true),
            ("src/gen", "src/general.rs", false),
            ("src/*.rs", "src/a.rs", true),
            ("src/*.rs", "src/m/a.rs", false),
            ("**/gen*", "a/b/generated/x.rs", true),
            ("src/**/t?st.rs", "src/a/b/test.rs", true),
            ("src/**/t?st.rs", "src/test.rs", true),
            ("./tests/", "tests/x.rs", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
        ];
        for (pattern, name, expected) in cases {
            let glob = Glob::parse(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
            assert_eq!(glob.matches(name), expected, "{pattern} on {name}");
        }
        for bad in ["", "/abs", "a/../b", "a//b"] {
            assert!(Glob::parse(bad).is_err(), "{bad}");
        }
    }
}
