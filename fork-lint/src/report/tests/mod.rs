//! The renderers, on findings made by hand: expected texts are files under `tests/data/report`.

mod formats;
mod people;

use std::path::{Path, PathBuf};

use super::*;
use crate::facts::{Sym, UnseenKind};
use crate::rules::{self, Edit, Fix, Step};

const MAIN: &str = "\
use std::process::Command;

fn main() {
    start_logger();
    match unsafe { libc::fork() } {
        0 => {
\t\tlet s = format!(\"日本 {}\", 1); // a tab, and wide characters
            report(&s);
            unsafe { libc::_exit(0) }
        }
        _ => {}
    }
}

fn report(text: &str) {
    log_line(text);
}
";

const DEPENDENCY: &str = "pub fn log_line(text: &str) {\r\n    println!(\"{text}\");\r\n}\r\n";

fn span(file: &str, line: u32, column: u32, end_column: u32) -> Span {
    Span { file: Sym::new(file), line, column, end_line: line, end_column }
}

fn step(span: Span, text: &str) -> Step {
    Step { span, text: text.to_owned() }
}

const MAIN_FILE: &str = "/work place/shop/src/main.rs";
const DEPENDENCY_FILE: &str = "/registry/linelog-1.2.3/src/lib.rs";

/// A finding whose path leads into a dependency, with the primary place in the program.
fn through_a_dependency() -> Finding {
    Finding {
        rule: "fd-without-cloexec",
        level: Level::Error,
        message: "the child of `fork` writes to standard output through `log_line`".into(),
        span: span(MAIN_FILE, 8, 13, 23),
        label: "calls `report`, which prints".into(),
        steps: vec![
            step(span(MAIN_FILE, 5, 20, 32), "forks here"),
            step(span(MAIN_FILE, 8, 13, 23), "calls `report`"),
            step(span(MAIN_FILE, 16, 5, 19), "calls `linelog::log_line`"),
            step(span(DEPENDENCY_FILE, 2, 5, 23), "locks standard output"),
        ],
        notes: vec![
            "a thread is running at the fork: `start_logger` starts one, and the lock of standard output may be its own at \
             that moment, in which case the child waits for ever"
                .into(),
        ],
        help: "write to a descriptor with `libc::write`".into(),
        fix: None,
        function: Sym::new("shop::main"),
        subject: "std::println!".into(),
    }
}

/// A finding in one line, with a repair.
fn repairable() -> Finding {
    Finding {
        rule: "unused-suppression",
        level: Level::Warning,
        message: "`format!` allocates in the child of `fork`".into(),
        span: span(MAIN_FILE, 7, 11, 31),
        label: "allocates".into(),
        steps: vec![step(span(MAIN_FILE, 5, 20, 32), "forks here"), step(span(MAIN_FILE, 7, 11, 31), "allocates")],
        notes: Vec::new(),
        help: "build the text before the fork".into(),
        fix: Some(Fix {
            title: "use a constant".into(),
            edits: vec![Edit { span: span(MAIN_FILE, 7, 11, 31), text: "\"1\"".into() }],
        }),
        function: Sym::new("shop::main"),
        subject: "std::format!".into(),
    }
}

/// A finding in a file that cannot be read, and with a step beyond the end of one that can.
fn out_of_reach() -> Finding {
    Finding {
        span: span("/work place/shop/src/gone.rs", 3, 1, 9),
        label: "here it was".into(),
        steps: vec![step(span(MAIN_FILE, 999, 1, 2), "a line that is there no more")],
        help: "read the files again".into(),
        fix: None,
        function: Sym::new("shop::gone"),
        ..repairable()
    }
}

fn latent() -> Finding {
    Finding { level: Level::Note, message: "latent".into(), fix: None, ..repairable() }
}

fn report(findings: Vec<Finding>) -> Report {
    let package = |title: &str, dir: &str, member| PackageDir { title: title.into(), dir: dir.into(), member };
    let line = |title: &str, dir: &str, member: bool| CrateLine {
        title: title.into(),
        member,
        library: !member,
        dir: dir.into(),
        root_file: Path::new(dir).join(if member { "src/main.rs" } else { "src/lib.rs" }),
        edition: 2021,
    };
    let sources = Sources::default();
    sources.insert(Sym::new(MAIN_FILE), MAIN);
    sources.insert(Sym::new(DEPENDENCY_FILE), DEPENDENCY);
    let reported = |finding: Finding| Reported { level: finding.level, finding, standing: Standing::Open, ordinal: 0 };
    Report {
        findings: findings.into_iter().map(reported).collect(),
        gaps: Vec::new(),
        remarks: Vec::new(),
        crates: vec![
            line("linelog 1.2.3", "/registry/linelog-1.2.3", false),
            line("shop 0.1.0", "/work place/shop", true),
        ],
        rules: rules::all().filter(|r| ["fd-without-cloexec", "unused-suppression"].contains(&r.name)).collect(),
        places: Places {
            root: "/work place/shop".into(),
            cwd: "/work place/shop".into(),
            packages: vec![
                package("linelog 1.2.3", "/registry/linelog-1.2.3", false),
                package("shop 0.1.0", "/work place/shop", true),
            ],
        },
        sources,
        excluded: 0,
    }
}

/// All kinds of things at once.
fn everything() -> Report {
    let mut report =
        report(vec![through_a_dependency(), repairable(), out_of_reach(), latent(), repairable(), latent()]);
    report.findings[4].standing = Standing::Suppressed { reason: "one thread".into(), at: span(MAIN_FILE, 7, 32, 60) };
    report.findings[5].standing = Standing::Known;
    let gap = |kind, what: &str, span, member| Gap {
        unseen: Unseen { kind, what: what.into(), span },
        crate_title: if member { "shop 0.1.0".into() } else { "linelog 1.2.3".into() },
        member,
    };
    report.gaps = vec![
        gap(UnseenKind::Syntax, "expected `;`", Some(span(MAIN_FILE, 3, 1, 3)), true),
        gap(UnseenKind::Macro, "`thing!` is not expanded", Some(span(DEPENDENCY_FILE, 1, 1, 4)), false),
        gap(UnseenKind::MissingCrate, "the source of `x` is not at hand", None, false),
    ];
    report.remarks = vec![Remark {
        level: Level::Warning,
        message: "read without dependencies".into(),
        help: Some("go online".into()),
    }];
    report
}

/// Compares with a file; `UPDATE=1` writes it.
#[track_caller]
fn expect_file(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/report").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(text == expected, "{} differs, UPDATE=1 writes it anew; now it is\n{text}", path.display());
}
