//! The stories of the hazards.

use fork_lint::rules::hazards::{HAZARDS, Hazard, hazard};

use super::failure::Failure;
use crate::render::paragraph;
use crate::render::text::Page;

/// How each hazard shows in a live process, in the order of their numbers.
const LIVE: [&str; 24] = [
    "A thread of a forked process that waits in futex for a lock whose owner is no thread of that process; or one thread alone \
     waiting for a private futex without time-out, which nobody is left to wake. `fork-inventory locks PID`",
    "A process forked without exec whose parent has threads that are older than it. `fork-inventory scan PID --severity info`",
    "As H01, when the call has already met a lock; before that, nothing shows.",
    "An open file description that a process shares with its parent after exec (kcmp). `fork-inventory fds PID --inherited`",
    "Pipe ends and listening sockets that forked children share; a reader that waits for an end that somebody else holds open. \
     `fork-inventory who-holds pipe:N`",
    "Descriptors of deleted files in forked children, with the bytes on disk. `fork-inventory fds PID`",
    "A regular file not opened for appending, whose open file description two processes share, with an offset above 0.",
    "0, 1 or 2 closed, or an event descriptor or listener in its place.",
    "A connected socket that is the same open file description in two forked processes, with the address of the other side.",
    "An epoll or io_uring instance shared by two processes; one that watches a descriptor its process has closed.",
    "Nothing: a number in memory says not that it is a pid.",
    "Nothing: the state of a generator looks like any memory.",
    "Blocked, ignored and caught sets equal to the parent's where they should not be. `fork-inventory signals PID`",
    "Nothing that could be told from memory in use.",
    "Pages whose numbers in parent and child differ. `fork-inventory mem PID`",
    "Deleted files that a forked process maps. `fork-inventory maps PID`",
    "Nothing: it happens at the end.",
    "A flock whose recorded owner is another process than its holder. `fork-inventory locks PID`",
    "Children in state Z. `fork-inventory tree PID`",
    "The size of the page tables, and what copying them takes. `fork-inventory mem PID`",
    "Name and command line equal to the parent's.",
    "Timers that the parent has and the child has not.",
    "Nothing: the pipe is gone when one looks.",
    "Nothing: a wrong signal leaves no trace.",
];

/// The page of a hazard, or the list of them.
pub(super) fn explain(word: Option<&str>, page: Page) -> Result<String, Failure> {
    let Some(word) = word else {
        return Ok(HAZARDS.iter().map(|h| format!("{}  {:24} {}\n", h.id, h.name, h.family)).collect());
    };
    let hazard = hazard(word).ok_or_else(|| {
        Failure::usage(format!("no hazard is called `{word}`: `fork-inventory explain` lists them all"))
    })?;
    Ok(of(hazard, page))
}

fn of(hazard: &Hazard, page: Page) -> String {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let number = hazard.id.get(1..).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let live = number.checked_sub(1).and_then(|n| LIVE.get(n)).copied().unwrap_or_default();
    let section =
        |head: &str, text: &str| format!("\n{}\n{}", page.paint.strong(head), paragraph(&tidy(text), page.width, "  "));
    let mut text = page.paint.strong(&format!("{} {} ({})", hazard.id, hazard.name, hazard.family));
    text.push('\n');
    text += &section("what goes wrong", hazard.story);
    text += &section("how it shows in a live process", live);
    text += &section("what removes it", hazard.remedy);
    text + &section("in source", &format!("cargo fork-lint --explain {}", hazard.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Paint;

    #[test]
    fn every_hazard_has_a_page_within_80_columns() {
        let page = Page { width: 80, paint: Paint::default() };
        for hazard in HAZARDS {
            let text = explain(Some(hazard.id), page).unwrap();
            assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        }
        assert!(explain(Some("H99"), page).is_err());
    }
}
