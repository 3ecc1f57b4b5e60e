//! Family `child-work`: what a forked child does before it execs or exits.
//!
//! A call is reported by one rule, the most telling: a log line also formats, allocates and locks, and is logging.

mod allocation;
mod environment;
mod formatting;
mod logging;
mod name_service;
mod panic;
mod stdio;
mod unsafe_call;
mod unverified;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[
    &allocation::AllocationInChild,
    &formatting::FormattingInChild,
    &stdio::StdioInChild,
    &logging::LoggingInChild,
    &environment::EnvironmentInChild,
    &name_service::NameServiceInChild,
    &panic::PanicInChild,
    &unsafe_call::UnsafeCCallInChild,
    &unverified::UnverifiedCallInChild,
];
