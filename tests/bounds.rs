//! What hostile expressions and data may cost: each ends with a value or an error, in
//! bounded time, on a small stack, in bounded memory.

#![allow(clippy::unwrap_used)] // a test may fail

#[path = "bounds/hostile.rs"]
mod hostile;

use std::thread;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Code without optimisation takes more than ten times as much stack.
const STACK: usize = if cfg!(debug_assertions) {
    16 << 20
} else {
    1 << 20
};

/// What the worst of the expressions may hold at a time, in megabytes.
const MEGABYTES: f32 = 600.0;

fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn(work).unwrap().join().unwrap();
}

#[test]
fn nested_expressions_end() {
    on_small_stack(hostile::nested);
}

#[test]
fn recursion_ends() {
    on_small_stack(hostile::recursive);
}

#[test]
fn nested_values_end() {
    on_small_stack(hostile::nested_values);
}

#[test]
fn endless_expressions_end() {
    on_small_stack(hostile::endless);
    let peak = MEMORY.peak_usage_as_mb();
    assert!(peak < MEGABYTES, "{peak} MB");
}

#[test]
fn patterns_end() {
    on_small_stack(hostile::patterns);
}

#[test]
fn paths_and_calls_end() {
    on_small_stack(hostile::paths_and_calls);
}
