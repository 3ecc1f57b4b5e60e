//! Every parser against text that nobody meant: it must neither panic nor hang, whatever stands in the kernel's files.

use std::panic::catch_unwind;

use super::{elf, fdinfo, maps, parse_stat, parse_status, sockets, text, waiting};

const SEEDS: &[&str] = &[
    "pos:\t12\nflags:\t02100002\nmnt_id:\t24\nino:\t99\nlock:\t1: FLOCK  ADVISORY  WRITE 18454 00:2a:1234 0 EOF\n",
    "tfd:        7 events:       19 data:                7  pos:0 ino:2 sdev:9\ninotify wd:1 ino:7 sdev:9 mask:fc6\n",
    "7f0000000000-7f0000001000 rw-s 00001000 00:2a 77                         /tmp/a  b (deleted)\n",
    "202 0x7f00 0x89 0x2 0x0 0x0 0xffffffff 0x7ffe00 0x7f11",
    "   0: 0100007F:1F90 0200007F:0050 01 0:0 00:0 0 0 0 4711 1 0 20 0 0 10 -1",
    "0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/a b",
    "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue",
    "7 (a) b) S 1 7 7 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 100 1 1 18446744073709551615 1 1 1 1 1 0 0 0 0 0 0 0 17 0 0 0 0 0 0",
    "Name:\ta\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t7\nPid:\t7\nPPid:\t1\nTracerPid:\t0\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n\
     FDSize:\t64\nGroups:\t0\nThreads:\t1\nSigQ:\t0/1\nSigPnd:\t0\nShdPnd:\t0\nSigBlk:\t0\nSigIgn:\t0\nSigCgt:\t0\nCapInh:\t0\n\
     CapPrm:\t0\nCapEff:\t0\nCapBnd:\t0\nVmRSS:\t  7 kB\nCpus_allowed_list:\t0-1\nMems_allowed_list:\t0\n",
];

/// xorshift64*: the same bytes in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap_or(0) % below.max(1)
    }
}

fn mutate(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.next(6) {
        let at = chance.next(bytes.len() + 1);
        match chance.next(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, u8::try_from(chance.next(256)).unwrap_or(0)),
            2 => drop((at < bytes.len()).then(|| bytes.remove(at))),
            3 => bytes.splice(at..at, *b"99999999999999999999999999").for_each(drop),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << chance.next(8);
                }
            }
        }
    }
    bytes
}

#[test]
fn no_text_makes_a_parser_panic() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for round in 0..40_000 {
        let seed = SEEDS[round % SEEDS.len()].as_bytes();
        let bytes = mutate(seed, &mut chance);
        let survived = catch_unwind(|| {
            let lossless = text::lossless(&bytes);
            let shown = text::harmless(&lossless);
            assert!(!shown.chars().any(char::is_control));
            fdinfo::parse(&lossless);
            let parsed = maps::parse(&bytes);
            maps::at(&parsed, 0x7f00_0000_0800);
            let _ = (parse_stat(&bytes), parse_status(&bytes));
            elf::mounts(&lossless).for_each(drop);
            sockets::lines(&bytes);
            if let Some(futex) = waiting::parse(&lossless).and_then(|call| waiting::futex(&call)) {
                waiting::lock(&futex, &waiting::Around { words: Some([u32::MAX; 16]), musl: round % 2 == 0 });
            }
        });
        assert!(survived.is_ok(), "round {round}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn no_object_makes_the_reader_of_symbols_panic() {
    // Small, stripped, with dynamic symbols; and this very program's beginning, with all that a large one has.
    let mut chance = Chance(0x1234_5678_9abc_def1);
    let program = std::fs::read("/bin/true").expect("a small program");
    let parsed = object::File::parse(&program[..]).expect("an object");
    let wanted = [0, 0x1000, 0x4010, u64::MAX];
    assert_eq!(elf::name(&parsed, &wanted).len(), wanted.len());
    for round in 0..4_000 {
        let mut bytes = program.clone();
        // Headers, section and segment tables are where numbers lead to other places.
        let (head, tail) = (chance.next(3) == 0, bytes.len().saturating_sub(4096));
        for _ in 0..=chance.next(12) {
            let at = if head { chance.next(1024) } else { tail + chance.next(4096) };
            if let Some(byte) = bytes.get_mut(at) {
                *byte = [0, 0xff, 0x7f, 0x80, u8::try_from(chance.next(256)).unwrap_or(0)][chance.next(5)];
            }
        }
        if chance.next(8) == 0 {
            bytes.truncate(chance.next(bytes.len()));
        }
        let survived = catch_unwind(|| {
            if let Ok(parsed) = object::File::parse(&bytes[..]) {
                elf::name(&parsed, &wanted);
            }
        });
        assert!(survived.is_ok(), "round {round}");
    }
}
