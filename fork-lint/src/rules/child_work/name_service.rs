//! Rule `name-service-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork looks up users, groups or hosts
    ///
    /// ## What it does
    /// Reports calls in a forked child that end in the name service: `getpwnam`, `getgrouplist`, `initgroups`,
    /// `getaddrinfo`, `ToSocketAddrs`, and crates that wrap them.
    ///
    /// ## Why is this bad
    /// The name service loads shared libraries, reads files, opens sockets and caches, all behind locks of libc. A thread in
    /// the middle of a look-up at the fork leaves those locks taken for ever in the child.
    ///
    /// ## Example
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(move || {
    ///         nix::unistd::initgroups(&name, gid)?;
    ///         Ok(())
    ///     });
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let groups = nix::unistd::getgrouplist(&name, gid)?;
    /// unsafe {
    ///     command.pre_exec(move || {
    ///         nix::unistd::setgroups(&groups)?;
    ///         Ok(())
    ///     });
    /// }
    /// ```
    ///
    /// ## Limits
    /// `setgroups`, `setgid` and `setuid` take numbers and are not reported here.
    pub NameServiceInChild = "name-service-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "look up users, groups and hosts before the fork and pass numbers to the child";
    report(
        program,
        &NameServiceInChild,
        Deed::Effect(Effect::Nss),
        |_, _| Weight::Deadlocks,
        "asks the name service",
        help,
        out,
    );
}
