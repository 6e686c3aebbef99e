//! The engine in WebAssembly, for `scripts/bench-expr.mjs` to call from Node.js: it finds
//! `statelab.compile` and `statelab.evaluate` among the global names.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Object, Reflect, global};
use statelab::expr::jsonata::{Dialect, Expression, Options, compile};
use statelab::source::json::Value;
use statelab::time::Timestamp;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// An expression, and the name of the variable that has the data, if any does.
struct Compiled {
    expression: Expression,
    binding: Arc<str>,
}

fn main() {
    let known: Rc<RefCell<Vec<Compiled>>> = Rc::default();
    let added = known.clone();
    let compile =
        Closure::<dyn Fn(String, String) -> usize>::new(move |text: String, binding: String| {
            let expression = compile(&text, Dialect::Jsonata);
            let mut known = added.borrow_mut();
            known.extend(expression.map(|expression| Compiled {
                expression,
                binding: binding.into(),
            }));
            known.len() - 1
        });
    let evaluate = Closure::<dyn Fn(usize, String) -> Option<String>>::new(
        move |index: usize, data: String| evaluate(known.borrow().get(index)?, &data),
    );
    let functions = Object::new();
    for (name, function) in [
        ("compile", compile.into_js_value()),
        ("evaluate", evaluate.into_js_value()),
    ] {
        set(&functions, name, &function);
    }
    set(&global(), "statelab", &functions);
}

/// From text to text.
fn evaluate(compiled: &Compiled, data: &str) -> Option<String> {
    let Compiled {
        expression,
        binding,
    } = compiled;
    let data = Value::parse(data).ok()?;
    let mut entropy = || 0;
    let mut options = Options::new(Timestamp::from_millis(0), &mut entropy);
    let answer = match binding.is_empty() {
        true => expression.evaluate(Some(&data), &[], &mut options),
        false => expression.evaluate(None, &[(binding.clone(), data)], &mut options),
    };
    Some(answer.ok()?.into_value()?.to_json())
}

fn set(target: &Object, name: &str, value: &JsValue) {
    // It fails for frozen objects only.
    drop(Reflect::set(target, &name.into(), value));
}
