//! Post-fork diagnostics for production hosts: what a live process inherited, what of it hurts, who is affected, and
//! what to do, without stopping the process.
//!
//! Data flows one way: [`collect`] reads the kernel's files into the plain values of [`model`] (a failure to read is a
//! value too), [`findings`] judges those values alone, so that a saved snapshot is judged like a live one, and
//! [`render`] shows them. [`proc`] and [`sys`] are the only contact with the kernel; `sys` alone has `unsafe`.
//!
//! # What is never done to a target
//!
//! It is not stopped, signalled or attached to; its memory is read through `/proc/PID/mem` only, a few words at a time,
//! never by `process_vm_readv` (which un-shares the pages it reads, measured on Linux 6.18); no file is opened through
//! its descriptors; `stat` through a descriptor is never used, but for the size of a *deleted* file on a local
//! filesystem, by `statx` with `AT_STATX_DONT_SYNC`. `tests/contract.rs` records every system call against a list.

pub mod cli;
pub mod collect;
pub mod findings;
pub mod model;
pub mod proc;
pub mod render;
pub mod sys;
