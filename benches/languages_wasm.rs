//! The three expression languages in WebAssembly, for `scripts/bench-expr.mjs` to weigh.

use js_sys::{Reflect, global};
use statelab::expr::jsonata::Dialect;
use statelab::expr::request::{Language, Request, World};
use statelab::source::json::Value;
use statelab::time::Timestamp;
use wasm_bindgen::closure::Closure;

fn main() {
    let evaluate = Closure::<dyn Fn(u8, String, String) -> Option<String>>::new(
        |language: u8, expression: String, data: String| {
            let request = Request {
                language: match language {
                    0 => Language::Jsonata,
                    1 => Language::JsonPath,
                    _ => Language::Intrinsic,
                },
                expression: &expression,
                data: Some(Value::parse(&data).ok()?),
                bindings: Value::empty_object(),
            };
            let world = World {
                dialect: Dialect::States,
                now: Timestamp::from_millis(0),
                entropy: &mut || 0,
            };
            match request.evaluate(world) {
                Ok(value) => Some(value?.to_json()),
                Err(failure) => Some(failure.message),
            }
        },
    );
    drop(Reflect::set(
        &global(),
        &"statelab".into(),
        &evaluate.into_js_value(),
    ));
}
