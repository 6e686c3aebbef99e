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

fn main() {
    let compiled: Rc<RefCell<Vec<Expression>>> = Rc::default();
    let known = compiled.clone();
    let compile = Closure::<dyn Fn(String) -> usize>::new(move |text: String| {
        let expression = compile(&text, Dialect::Jsonata);
        let mut known = known.borrow_mut();
        known.extend(expression);
        known.len() - 1
    });
    let evaluate = Closure::<dyn Fn(usize, String, String) -> Option<String>>::new(
        move |index: usize, data: String, binding: String| {
            let compiled = compiled.borrow();
            evaluate(compiled.get(index)?, &data, &binding)
        },
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

/// From text to text; `binding` names the variable that has the data, if any does.
fn evaluate(expression: &Expression, data: &str, binding: &str) -> Option<String> {
    let data = Value::parse(data).ok()?;
    let mut entropy = || 0;
    let mut options = Options::new(Timestamp::from_millis(0), &mut entropy);
    let answer = match binding {
        "" => expression.evaluate(Some(&data), &[], &mut options),
        name => expression.evaluate(None, &[(Arc::from(name), data)], &mut options),
    };
    Some(answer.ok()?.into_value()?.to_json())
}

fn set(target: &Object, name: &str, value: &JsValue) {
    // It fails for frozen objects only.
    drop(Reflect::set(target, &name.into(), value));
}
