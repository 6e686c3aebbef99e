//! Random texts against everything that reads a text: nothing panics, and what was read
//! keeps its promises. The texts are our own definitions, expressions, mocks and
//! histories, mutated by a generator that repeats itself.
//!
//! The same promises are what `fuzz/` lets a coverage-guided fuzzer break.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // A test may fail loudly.

#[path = "random/mutate.rs"]
mod mutate;
#[path = "random/promises.rs"]
mod promises;
#[path = "random/seeds.rs"]
mod seeds;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use mutate::Mutator;
use seeds::Seeds;

type Promise = fn(&str);

fn hold(name: &str, promise: Promise, seeds: impl Fn(&Seeds) -> &[String], rounds: u64) {
    let all = Seeds::read();
    let seeds = seeds(&all);
    assert!(seeds.len() > 2, "{name} has seeds");
    write_seeds(name, seeds);
    for seed in seeds {
        promise(seed);
    }
    for round in 0..rounds {
        let text = Mutator::new(round).mutate(seeds);
        if catch_unwind(AssertUnwindSafe(|| promise(&text))).is_err() {
            panic!("{name}, round {round}: {text:?}");
        }
    }
}

/// Any text, for 20 seconds or as many as `FUZZ_SECONDS` says: `make fuzz` takes ten minutes.
/// What happens in a round depends on its number alone.
#[test]
fn nothing_breaks_the_reader_of_definitions() {
    let seconds = std::env::var("FUZZ_SECONDS");
    let seconds = seconds.map_or(20, |seconds| seconds.parse().unwrap());
    let end = Instant::now() + Duration::from_secs(seconds);
    let all = Seeds::read();
    let mut rounds = 0;
    while Instant::now() < end {
        let seeds = match rounds % 4 {
            0 => &all.notations,
            _ => &all.definitions,
        };
        let text = Mutator::new(1_000_000 + rounds).mutate(seeds);
        let begun = Instant::now();
        for (name, promise) in [
            ("json", promises::json as Promise),
            ("asl", promises::asl),
            ("read", promises::read),
        ] {
            if catch_unwind(AssertUnwindSafe(|| promise(&text))).is_err() {
                panic!("{name}, round {rounds}: {text:?}");
            }
        }
        let took = begun.elapsed();
        assert!(
            took < Duration::from_secs(10),
            "round {rounds} took {took:?}: {text:?}"
        );
        rounds += 1;
    }
    println!("{rounds} texts");
}

/// Leaves the seeds to the fuzzer, below the folder `WRITE_SEEDS`.
fn write_seeds(name: &str, seeds: &[String]) {
    let Some(folder) = std::env::var_os("WRITE_SEEDS") else {
        return;
    };
    let folder = std::path::Path::new(&folder).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for (index, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join(index.to_string()), seed).unwrap();
    }
}

/// A short round among the ordinary tests and a long one.
macro_rules! promises {
    ($($name:ident: $seeds:ident, $rounds:literal;)*) => {
        mod short {
            $(#[test]
            fn $name() {
                super::hold(stringify!($name), super::promises::$name, |all| &all.$seeds, 200);
            })*
        }
        mod long {
            $(#[test]
            #[ignore = "takes long"]
            fn $name() {
                super::hold(stringify!($name), super::promises::$name, |all| &all.$seeds, $rounds);
            })*
        }
    };
}

promises! {
    json: definitions, 100_000;
    asl: definitions, 30_000;
    read: notations, 20_000;
    jsonpath: paths, 300_000;
    intrinsic: calls, 300_000;
    jsonata: expressions, 100_000;
    regex: patterns, 60_000;
    picture: pictures, 60_000;
    mocks: mocks, 100_000;
    history: histories, 20_000;
    simulate: simulations, 30_000;
}
