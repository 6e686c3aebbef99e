//! How fast a definition is read, lowered and checked, in CPU time: one of 33 states, which a
//! key stroke must not notice, and one of 1 MB, the most that the service takes.

#![allow(clippy::unwrap_used)]

mod cpu_time;
mod definition;

use std::hint::black_box;

use criterion::{Criterion, Throughput};

use cpu_time::CpuTime;
use definition::{SIZES, check, definition};

fn main() {
    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .sample_size(20)
        .without_plots()
        .configure_from_args();
    let mut group = criterion.benchmark_group("validate");
    for (name, states) in SIZES {
        let text = definition(states);
        assert_eq!(check(&text), 0, "{name} has no problems");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| check(black_box(&text))));
    }
    group.finish();
    criterion.final_summary();
}
