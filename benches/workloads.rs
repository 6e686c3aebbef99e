//! The interpreter on the workloads that peers are measured with, which lie beside the
//! repository: transitions per second of CPU time, quotas off, the whole history kept.
//!
//! `make bench-workloads` runs it beside a peer. With `--once NAME` one workload runs
//! once, and what it held at most is printed as JSON.

#![allow(clippy::panic, clippy::unwrap_used)]

mod cpu_time;
mod workload;

use std::fs;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use statelab::source::json::Value;

use cpu_time::CpuTime;
use workload::Workload;

/// Names and the transitions that each makes.
const WORKLOADS: [(&str, u64); 6] = [
    ("1-loop", 10_001),
    ("2-map", 10_001),
    ("3-parallel", 401),
    ("4-jsonata", 10_001),
    ("5-task", 6_001),
    ("6-payload", 200),
];

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/bench/workloads");

fn read(name: &str, kind: &str) -> Option<String> {
    fs::read_to_string(format!("{FOLDER}/{name}.{kind}.json")).ok()
}

fn workload(name: &str) -> Option<Workload> {
    let (Some(definition), Some(input)) = (read(name, "asl"), read(name, "input")) else {
        eprintln!("skipped: no workload {name} at {FOLDER}");
        return None;
    };
    Some(Workload::read(&definition, &input))
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let once = arguments.iter().position(|argument| argument == "--once");
    if let Some(name) = once.and_then(|at| arguments.get(at + 1)) {
        return run_once(name);
    }
    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .sample_size(20)
        .without_plots()
        .configure_from_args();
    let mut group = criterion.benchmark_group("workloads");
    for (name, transitions) in WORKLOADS {
        let Some(workload) = workload(name) else {
            continue;
        };
        group.throughput(Throughput::Elements(transitions));
        group.bench_function(name, |bencher| bencher.iter(|| workload.run()));
    }
    group.finish();
    criterion.final_summary();
}

fn run_once(name: &str) {
    let Some(workload) = workload(name) else {
        return;
    };
    let run = workload.run();
    let expected = read(name, "expected").map(|text| Value::parse(&text).unwrap());
    assert!(
        run.output.is_some() && run.output == expected,
        "{name}: {:?}",
        run.output
    );
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.split_whitespace().next());
    let kilobytes = kilobytes.unwrap_or("null");
    println!(
        "{{\"events\":{},\"peakKilobytes\":{kilobytes}}}",
        run.events
    );
}
