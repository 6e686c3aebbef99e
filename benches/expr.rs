//! Evaluation of JSONata: over values that are there already, from text to text, and the
//! reading of expressions.
//!
//! `make bench-expr` runs it beside the reference implementation. The cases are those of
//! `benches/expr.json`; what each is applied to is an expression itself, so that both
//! sides make the same. Time is CPU time of this process, which other programs disturb
//! less.

#![allow(missing_docs, clippy::unwrap_used)] // `criterion_main` writes no documentation

mod cpu_time;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use statelab::expr::jsonata::{Answer, Dialect, Expression, Options, compile};
use statelab::source::json::Value;
use statelab::time::Timestamp;

use cpu_time::CpuTime;

struct Case {
    name: String,
    expression: String,
    /// The variable that has the data; without it they are the input.
    binding: Option<Arc<str>>,
    data: Value,
}

fn evaluate(
    expression: &Expression,
    data: Option<&Value>,
    bindings: &[(Arc<str>, Value)],
) -> Answer {
    let mut entropy = || 0;
    let mut options = Options::new(Timestamp::from_millis(0), &mut entropy);
    expression.evaluate(data, bindings, &mut options).unwrap()
}

impl Case {
    fn all() -> Vec<Self> {
        let cases = Value::parse(include_str!("expr.json")).unwrap();
        let read = |case: &Value| {
            let text = |name: &str| case.get(name).and_then(Value::as_str).map(str::to_owned);
            let data = compile(&text("data").unwrap(), Dialect::Jsonata).unwrap();
            let data = evaluate(&data, None, &[]).into_value().unwrap();
            Self {
                name: text("name").unwrap(),
                expression: text("expression").unwrap(),
                binding: text("binding").map(Arc::from),
                // Read from its text, as data are that come from elsewhere.
                data: Value::parse(&data.to_json()).unwrap(),
            }
        };
        cases.as_array().unwrap().iter().map(read).collect()
    }

    fn evaluate(&self, expression: &Expression, data: &Value) -> Answer {
        match &self.binding {
            None => evaluate(expression, Some(data), &[]),
            Some(name) => evaluate(expression, None, &[(name.clone(), data.clone())]),
        }
    }
}

fn values(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("values");
    for case in Case::all() {
        let expression = compile(&case.expression, Dialect::Jsonata).unwrap();
        group.bench_function(&case.name, |bencher| {
            bencher.iter(|| case.evaluate(&expression, black_box(&case.data)));
        });
    }
}

fn texts(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("texts");
    for case in Case::all() {
        let expression = compile(&case.expression, Dialect::Jsonata).unwrap();
        let text = case.data.to_json();
        group.bench_function(&case.name, |bencher| {
            bencher.iter(|| {
                let data = Value::parse(black_box(&text)).unwrap();
                let answer = case.evaluate(&expression, &data);
                answer.into_value().map(|value| value.to_json())
            });
        });
    }
}

fn compilation(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("compile");
    for case in Case::all() {
        group.bench_function(&case.name, |bencher| {
            bencher.iter(|| compile(black_box(&case.expression), Dialect::Jsonata).unwrap());
        });
    }
}

fn criterion() -> Criterion<CpuTime> {
    Criterion::default()
        .with_measurement(CpuTime)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .without_plots()
}

criterion_group! {
    name = benches;
    config = criterion();
    targets = values, texts, compilation
}
criterion_main!(benches);
