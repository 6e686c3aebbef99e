//! What the interpreter needs without any expression language: JSON, its numbers, and times.
//! `scripts/bench-expr.mjs` takes it off from the size of
//! [`languages_wasm`](languages_wasm.rs).

use js_sys::{Reflect, global};
use statelab::source::json::{Number, Value};
use statelab::time::Timestamp;
use wasm_bindgen::closure::Closure;

fn main() {
    let read = Closure::<dyn Fn(String) -> Option<String>>::new(|text: String| {
        let value = Value::parse(&text).ok()?;
        // A Choice state compares numbers and times; Wait and Retry count in fractions.
        let factor = value.get("BackoffRate")?.as_f64()?;
        let limit = Number::from_f64(factor * 1.5)?;
        let is_less = value
            .get("Variable")?
            .as_number()?
            .partial_cmp(&limit)?
            .is_lt();
        let time = Timestamp::parse_rfc3339(value.get("Timestamp")?.as_str()?)?;
        let found = match is_less {
            true => value.get(&time.to_string())?.clone(),
            false => limit.into(),
        };
        (found != value).then(|| found.to_json())
    });
    drop(Reflect::set(
        &global(),
        &"statelab".into(),
        &read.into_js_value(),
    ));
}
