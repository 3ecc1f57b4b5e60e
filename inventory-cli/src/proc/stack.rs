//! The stack of a waiting thread, without stopping it.
//!
//! `/proc/PID/task/TID/syscall` has the stack pointer and the instruction of a thread that is in a system call. What lies on
//! the stack from there on is read; a word counts as a return address when it leads behind a call instruction in executable
//! memory. This is not unwinding: the frame pointer is not in that file, and what an earlier call has left behind can be
//! among the words. It is said to be probable, and is never the base of a finding.

use super::maps::{self, Map};
use super::{ProcDir, elf, memory};

/// Bytes of stack that are read, and frames that are told.
const LENGTH: u64 = 16 * 1024;
const MOST: usize = 12;

/// Return addresses in words, innermost first.
pub fn probable(dir: &ProcDir, maps: &[Map], stack: u64, instruction: u64) -> Vec<String> {
    let addresses = addresses(dir, maps, stack, instruction);
    let mut names = elf::places(dir, maps, &addresses);
    names.dedup();
    names
}

fn addresses(dir: &ProcDir, maps: &[Map], stack: u64, instruction: u64) -> Vec<u64> {
    let mut found = vec![instruction];
    let Some(map) = maps::at(maps, stack) else { return found };
    let mut bytes = vec![0; usize::try_from(LENGTH.min(map.end - stack)).unwrap_or(0)];
    if memory::read(dir, stack, &mut bytes).is_err() || !cfg!(target_arch = "x86_64") {
        return found;
    }
    for word in bytes.as_chunks::<8>().0 {
        let address = u64::from_ne_bytes(*word);
        let code = maps::at(maps, address).is_some_and(|m| m.access[2] && m.path.starts_with('/'));
        let mut before = [0; 7];
        if code && memory::read(dir, address.wrapping_sub(7), &mut before).is_ok() && follows_call(&before) {
            found.push(address);
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// Whether the seven bytes before an address end in a call instruction of x86-64 (opcodes E8, and FF /2 in its forms).
fn follows_call(before: &[u8; 7]) -> bool {
    let register = |modrm: u8| modrm >> 3 & 7 == 2;
    match *before {
        [_, _, 0xe8, ..] => true,
        [.., 0xff, modrm] if modrm >> 6 == 3 && register(modrm) => true,
        [.., 0xff, modrm] if modrm >> 6 == 0 && register(modrm) && modrm & 7 != 4 && modrm & 7 != 5 => true,
        [.., 0xff, modrm, _] if register(modrm) && (modrm >> 6 == 1 && modrm & 7 != 4 || modrm == 0x14) => true,
        [.., 0xff, 0x54, _, _] => true,
        [_, 0xff, modrm, ..] if register(modrm) && (modrm >> 6 == 2 && modrm & 7 != 4 || modrm == 0x15) => true,
        [0xff, 0x94, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_call() {
        for call in [
            [0, 0, 0xe8, 1, 2, 3, 4],
            [0, 0, 0, 0, 0, 0xff, 0xd0],
            [0, 0xff, 0x15, 1, 2, 3, 4],
            [0, 0, 0, 0, 0xff, 0x50, 8],
            [0, 0, 0, 0xff, 0x54, 0x24, 8],
        ] {
            assert!(follows_call(&call), "{call:x?}");
        }
        assert!(!follows_call(&[0x90; 7]) && !follows_call(&[0, 0, 0, 0, 0, 0xff, 0xe0]));
    }
}
