//! Loom models. `RUSTFLAGS="--cfg fork_runtime_loom" cargo test -p fork-runtime --lib --release`

use super::atomic::{AtomicU32, AtomicU64, Ordering};
use super::epoch;
use super::once_pass::{Claim, claim, finish};
use super::slots::Slots;
use loom::sync::Arc;
use loom::thread;

#[test]
fn concurrent_first_use_agrees_on_one_generation() {
    loom::model(|| {
        let words = Arc::new((AtomicU64::new(0), AtomicU64::new(7)));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let words = Arc::clone(&words);
                thread::spawn(move || epoch::current(&words.0, &words.1))
            })
            .collect();
        let mine = epoch::current(&words.0, &words.1);
        for thread in threads {
            assert_eq!(thread.join().ok(), Some(mine));
        }
        assert!(mine > 7);
    });
}

/// A fork at any moment of the parent's first use: the child sees a wiped word and the parent's `last` of that moment.
#[test]
fn no_generation_published_before_the_fork_is_the_childs() {
    loom::model(|| {
        let words = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let other = {
            let words = Arc::clone(&words);
            thread::spawn(move || epoch::current(&words.0, &words.1))
        };
        // The kernel copies memory: what was published before is seen, so the copy of `last` cannot be older.
        let inherited = words.0.load(Ordering::SeqCst);
        let last = words.1.load(Ordering::SeqCst);
        let (child_word, child_last) = (AtomicU64::new(0), AtomicU64::new(last));
        let child = epoch::current(&child_word, &child_last);
        assert_ne!(child, inherited, "an object of the parent would pass for one of the child");
        assert!(other.join().is_ok());
    });
}

#[test]
fn the_pass_runs_once_and_is_seen_whole() {
    loom::model(|| {
        let state = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
        let run = |state: &(AtomicU32, AtomicU32)| match claim(&state.0) {
            Claim::Mine => {
                state.1.fetch_add(1, Ordering::Relaxed);
                finish(&state.0);
            }
            Claim::Done => assert_eq!(state.1.load(Ordering::Relaxed), 1),
            Claim::Running => {}
        };
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let state = Arc::clone(&state);
                thread::spawn(move || run(&state))
            })
            .collect();
        run(&state);
        for thread in threads {
            assert!(thread.join().is_ok());
        }
        assert_eq!(state.1.load(Ordering::Relaxed), 1);
    });
}

/// Two threads take and put back what two slots hold: nothing is lost, and nothing owned twice (a box freed twice, or
/// read after it was freed, would end the model).
#[test]
fn slots_neither_lose_nor_double() {
    loom::model(|| {
        let slots = Arc::new(Slots::new(2));
        assert!(slots.put(0, Box::new(1_u32)).is_ok());
        let other = {
            let slots = Arc::clone(&slots);
            thread::spawn(move || {
                if let Some(mut taken) = slots.take(1) {
                    *taken += 1;
                    assert!(slots.put(1, taken).is_ok());
                }
            })
        };
        if let Some(mut taken) = slots.take(0) {
            *taken += 1;
            assert!(slots.put(0, taken).is_ok());
        }
        assert!(other.join().is_ok());
        let last = slots.take(0).expect("one is in");
        assert!((2..=3).contains(&*last));
        assert!(slots.take(0).is_none());
    });
}
