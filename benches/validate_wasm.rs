//! Reading, lowering and checking in WebAssembly, for `scripts/bench-validate.mjs` to call from
//! Node.js: it finds `statelab.definition(size)` and `statelab.check(text)` among the global
//! names.
#![allow(clippy::unwrap_used)]

mod definition;

use js_sys::{Object, Reflect, global};
use wasm_bindgen::closure::Closure;

use definition::{SIZES, check, definition};

fn main() {
    let write = Closure::<dyn Fn(String) -> Option<String>>::new(|size: String| {
        let (_, states) = SIZES.into_iter().find(|(name, _)| *name == size)?;
        Some(definition(states))
    });
    let check = Closure::<dyn Fn(String) -> usize>::new(|text: String| check(&text));
    let functions = Object::new();
    for (name, function) in [
        ("definition", write.into_js_value()),
        ("check", check.into_js_value()),
    ] {
        // It fails for frozen objects only.
        drop(Reflect::set(&functions, &name.into(), &function));
    }
    drop(Reflect::set(&global(), &"statelab".into(), &functions));
}
