//! JSON in WebAssembly without any expression language: what `scripts/bench-expr.mjs` takes off
//! from the size of [`languages_wasm`](languages_wasm.rs).

use js_sys::{Reflect, global};
use statelab::source::json::Value;
use statelab::time::Timestamp;
use wasm_bindgen::closure::Closure;

fn main() {
    let read = Closure::<dyn Fn(String) -> Option<String>>::new(|text: String| {
        let value = Value::parse(&text).ok()?;
        let now = Timestamp::from_millis(0).to_string();
        Some(value.get(&now).unwrap_or(&value).to_json())
    });
    drop(Reflect::set(
        &global(),
        &"statelab".into(),
        &read.into_js_value(),
    ));
}
